# The desk's first page, its lists, its calendar.
# $count (Number) - how many
home-waiting = { $count ->
    [0] Nothing waits for you
    [one] One thing waits for you
    [2] Two things wait for you
    [3] Three things wait for you
   *[other] { $count } things wait for you
}
home-write = Write a release
home-write-for = On behalf of
home-waiting-title = Waits for you
home-most-pressing = the most pressing first
home-waiting-none = All that was yours to do is done.
home-why-conflict = two texts
# $count (Number) - how many
home-conflict = { $count ->
    [one] Somebody else wrote in the same field; both texts are kept.
   *[other] Somebody else wrote in { $count } fields that you were writing in; all texts are kept.
}
home-choose = Choose
home-why-send-on = to reread
# $at (String) - hour or date
# $by (String) - name
home-handed-in = Submitted by { $by }, { $at }.
home-second-eyes = You are the second pair of eyes.
# $at (String) - hour or date
home-planned = Goes public: { $at }
home-reread = Reread
home-why-sent-back = sent back
# $at (String) - hour or date
# $by (String) - name
# $reason (String) - why
home-sent-back = Sent back by { $by }, { $at }: “{ $reason }”
home-take-up = Take up again
home-why-ratify = to ratify
# $at (String) - hour or date
# $by (String) - name
# $reason (String) - why
home-forced = Published by force by { $by }, { $at }: “{ $reason }”
home-examine = Examine
home-why-today = today
home-check = Check
home-drafts = My drafts
home-drafts-none = You have no draft in hand.
# $count (Number) - how many
home-drafts-all = { $count ->
    [one] the only one
   *[other] all { $count }
}
# $lang (String) - FR
home-complete = { $lang } complete
# $last (String) - NL
# $others (String) - FR
home-complete-both = { $others } and { $last } complete
# $lang (String) - NL
home-without-text = { $lang } without text
# $lang (String) - NL
home-without-title = { $lang } without title
# $lang (String) - NL
home-missing = { $lang } is missing
# $name (String) - who
# $since (String) - hour
home-open-at = { $name } has it open since { $since }
home-find = Find again
home-find-where = in all that you may see
# $lang (String) - NL
home-find-missing = Without { $lang }
home-find-alt = Without alternative text
home-find-contact = Without contact
home-find-embargo = Under embargo
home-find-submitted = Submitted
home-find-scheduled = Scheduled
home-find-withdrawn = Withdrawn
home-find-unpublished = Unpublished
home-published = Just published
home-all = all
home-reads = reads
home-mails = e-mails
# $accepted (String) - number
# $sent (String) - number
home-of = { $accepted } of { $sent }
calendar-weeks = weeks
calendar-month = month
# $from (String) - date
# $to (String) - date
calendar-title = { $from } to { $to }
calendar-before = Before
calendar-after = After
calendar-file = Download (iCalendar)
calendar-today = today
# $count (Number) - how many
calendar-count = { $count ->
    [0] Nothing is scheduled.
    [one] One scheduled publication.
   *[other] { $count } scheduled publications.
}
list-in-progress = In progress
# $state (String) - draft
list-in-state = Releases: { $state }
# $words (String) - what was typed
list-found = Releases with “{ $words }”
list-none = No release that you may see matches this.
list-words = Words or number
list-state = State
list-any-state = in progress
list-institution = Institution
list-any-institution = all
list-missing = What is missing
list-missing-none = any
list-missing-alt = alternative text of a picture
list-missing-contact = press contact
list-embargo = “Do not use before”
list-embargo-yes = yes
list-more = Older ones
list-index-away = Searching what is published is not possible just now; try again in a minute.
