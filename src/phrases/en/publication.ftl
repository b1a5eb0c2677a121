# The way of a release to the public, its overview, and what is done to it afterwards.
# $title (String) - the headline
publication-title = Publish “{ $title }”
# $number (Number) - from 1
publication-edition = edition { $number }
publication-checks = Before you publish
# $count (Number) - what was looked at
# $fine (Number) - of these in order
publication-seen =
    { $count ->
        [one] One point looked at
       *[other] { $count } points looked at
    }, { $fine } in order
publication-fate = What will happen
publication-fate-nothing = Nothing goes out: no text has been written yet.
# $languages (String) - in which, as a sentence lists them
publication-fate-now = As soon as you confirm, the release goes public { $languages }.
# $day (String) - a date
# $hour (String) - a time
# $zone (String) - its zone
# $languages (String) - in which
publication-fate-at = On { $day } at { $hour } ({ $zone }), the release goes public { $languages }.
# $count (Number) - readers by mail
# $number (String) - the same, written out
# $when (String) - how many at which instant
publication-fate-readers = { $count ->
    [0] No subscriber gets it by e-mail.
    [one] One subscriber gets it by e-mail: { $when }.
   *[other] { $number } subscribers get it by e-mail: { $when }.
}
# $languages (String) - each with its number
publication-fate-each = By language: { $languages }; each person once.
publication-fate-until-slot = Until then, a correction replaces the text without a second e-mail.
publication-fate-correction = Whoever had the edition before gets its note; for everybody else it is a plain item.
# $count (Number) - people
publication-fate-previews = { $count ->
    [one] One person has seen it already by a personal link.
   *[other] { $count } people have seen it already by personal links.
}
# $at (String) - day and hour
publication-fate-not-before = It carries the notice “Do not use before { $at }”.
publication-when = When is it public?
publication-when-hint = Nobody before.
publication-when-now = Now
publication-when-at = On this day at this time
publication-day = Day
publication-hour = Time
publication-zone = Time zone
publication-twice = The clock shows this hour twice that night. Which one?
# $zone (String) - the zone with its offset
publication-twice-first = The first ({ $zone })
# $zone (String) - the zone with its offset
publication-twice-second = The second ({ $zone })
publication-later = One language later
publication-language-reason = Why it follows later
publication-language-reason-hint = Needed where your institution’s policy asks for this language. It is kept in the journal and shown at the desk.
publication-who = Who may see it before?
publication-who-hint = Personal links, revocable, with a watermark.
publication-who-nobody = Nobody has a link.
publication-who-link = Personal links
publication-use = From when may it be used?
publication-use-hint = A notice on the page and in the e-mail. It hides nothing.
publication-use-now = As soon as it is public, without a notice
publication-use-until = With the notice “Do not use before” this moment
publication-go-now = Publish now…
publication-go-at = Schedule…
# $count (Number) - points
publication-blocked = { $count ->
    [one] One point is still to be corrected.
   *[other] { $count } points are still to be corrected.
}
publication-correct-first = Correct the first one
publication-first-pair = You wrote in it or handed it in: somebody else sends it on.
# $names (String) - people
publication-others = These people can send it on: { $names }.
publication-nobody-else = Nobody else can send it on at present; your admin can change that.
publication-waits = It waits for them.
publication-submit = Hand in
publication-make-ready = Mark as ready
publication-unschedule = Take the instant away
publication-to-editor = To the text
publication-to-overview = To the overview
publication-back-or-force = Send back or force
publication-force-only = Force
publication-back-reason = A word to its author
publication-back-hint = What is to be changed. It stands in the journal.
publication-send-back = Send back to the author
publication-force-reason = Why it cannot wait
publication-force-hint = It goes out without a second person and with what is still to be corrected. It is marked, and somebody else must ratify it.
publication-force = Force…
publication-wrongs = This cannot be done yet:
publication-wrong-instant = Give a day and a time.
publication-wrong-past = This instant is past. Choose a later one, or publish now.
publication-wrong-skipped = This hour does not exist: summer time begins that night. Choose an earlier or a later one.
publication-wrong-twice = Say which of the two hours you mean.
publication-wrong-language-reason = Say why this language follows later.
publication-wrong-no-language = At least one language goes out.
publication-wrong-reason = Give a reason.
publication-changed = The text has changed since you opened this page. Nothing has been done; look at it again below.
# $name (String) - who
# $at (String) - day and hour
publication-somebody-was-first = Somebody was first: { $name }, { $at }. Nothing has been done twice; below is how it stands.
publication-by-itself = by itself, at its instant
publication-four-eyes = You wrote in it or handed it in. The policy asks for a second person.
publication-confirm-now = Publish now?
# $day (String) - a date
# $hour (String) - a time
publication-confirm-at = Schedule for { $day } at { $hour }?
publication-confirm-force = Force this publication?
publication-publish-button = Publish
# $hour (String) - a time
publication-schedule-button = Schedule for { $hour }
publication-force-button = Force
publication-not-yet = Not yet
# $lang (String) - a language, with a capital
publication-follows-later = { $lang }: follows later
# $reason (String) - a sentence
publication-forced-with = Forced, to be ratified: { $reason }
# $at (String) - day and hour
# $name (String) - who
# $reason (String) - why
publication-forced-by = Forced on { $at } by { $name }: “{ $reason }”.
# $name (String) - who
# $at (String) - day and hour
publication-ratified-by = Ratified by { $name }, { $at }.
publication-ratify = Ratify
publication-ratify-another = Somebody else must ratify it; until then admins are told once a day.
publication-unratified = Not ratified yet.
# $count (Number) - publications
publication-unratified-mail-title = { $count ->
    [one] A forced publication waits for ratification
   *[other] { $count } forced publications wait for ratification
}
publication-unratified-mail-intro = Nobody but the person who forced them has said that this was right. Whoever may send them on can ratify them.
publication-unratified-mail-link = To the release
# $count (Number) - points
preflight-must = To correct: { $count }
# $count (Number) - points
preflight-should = To check: { $count }
# $count (Number) - points
preflight-fine = In order: { $count }
preflight-correct = Correct
preflight-look = Look
preflight-compare = Compare
preflight-empty = Nothing is written yet
# $lang (String) - a language, with a capital
preflight-language-missing = { $lang } is missing
preflight-together = The languages that are asked for go out together, unless somebody decides otherwise with a reason.
# $lang (String) - a language, with a capital
preflight-language-later = { $lang } follows later
# $languages (String) - in which
preflight-languages = Complete { $languages }
preflight-languages-hint = They go out together.
# $lang (String) - a language, with a capital
preflight-title-missing = { $lang }: no title
# $lang (String) - a language, with a capital
preflight-lead-missing = { $lang }: no lead
preflight-lead-missing-hint = Lists and e-mails show it below the title.
# $lang (String) - a language, with a capital
preflight-body-missing = { $lang }: no text
# $lang (String) - a language, with a capital
# $count (Number) - characters
preflight-title-long = { $lang }: a title of { $count } characters
preflight-title-long-hint = Up to 90 are read at a glance.
# $lang (String) - a language, with a capital
# $count (Number) - characters
preflight-lead-long = { $lang }: a lead of { $count } characters
preflight-lead-long-hint = 300 at most.
preflight-lengths = Titles and leads of a good length
# $leads (String) - each language with its number
preflight-lengths-hint = Leads in characters: { $leads }.
preflight-no-contact = No press contact
preflight-no-contact-hint = Whom does a journalist call?
preflight-none-reachable = No contact has a public number or address
preflight-none-reachable-hint = Mark one as public in the directory, or choose another contact.
preflight-reachable = A contact who can be reached
# $number (Number) - of the picture
# $lang (String) - a language
preflight-no-description = Picture { $number } has no description in { $lang }
# $file (String) - its name
preflight-no-description-hint = { $file }. Say what can be seen, or call it decorative.
# $number (Number) - of the picture
preflight-no-credit = Picture { $number } does not say who made it
preflight-pictures = Pictures described and credited
# $lang (String) - a language, with a capital
preflight-dead-link = { $lang }: a link to a page that is not there
# $lang (String) - a language, with a capital
preflight-bare-address = { $lang }: an address without words
# $lang (String) - a language, with a capital
preflight-empty-link = { $lang }: a link without words
# $lang (String) - a language, with a capital
preflight-headings = { $lang }: headings leave a level out
preflight-headings-hint = Begin with ##, then ###.
preflight-structure = Links and headings in order
# $lang (String) - a language, with a capital
preflight-wrong-weekday = { $lang }: a date with the wrong weekday
# $day (String) - a date with its weekday
preflight-is-a = It is { $day }.
# $lang (String) - a language, with a capital
preflight-other-day = { $lang }: the date in the text is not that of publication
# $day (String) - a date with its weekday
preflight-says = The text says { $day }.
preflight-day = The date in the text is that of publication
# $lang (String) - a language, with a capital
# $is (String) - a language
preflight-wrong-language = { $lang }: the text seems to be in another language ({ $is })
# $one (String) - a language
# $other (String) - a language
preflight-same-text = The same text in two languages: { $one }, { $other }
preflight-same-text-hint = One of them was probably pasted twice.
preflight-texts = Each text in its language
preflight-texts-hint = Not the same one pasted twice.
# $lang (String) - a language, with a capital
preflight-behind = { $lang }: older than the other text
# $ahead (String) - a language
# $ahead_at (String) - day and hour
# $behind (String) - a language
# $behind_at (String) - day and hour
preflight-behind-hint = { $ahead } changed { $ahead_at }, { $behind } { $behind_at }.
preflight-no-topic = No topic
preflight-no-topic-hint = Whoever subscribed to a topic would not get it.
# $count (Number) - topics
preflight-topics = { $count ->
    [one] One topic
   *[other] { $count } topics
}
# $lang (String) - a language, with a capital
preflight-same-title = { $lang }: another release of that day has this title
overview-editions = Editions
overview-history = History
overview-addresses = Addresses
overview-reach = Reach
overview-mails = E-mails accepted
overview-requests = Requests for its page
overview-previews = Seen before publication
overview-previews-all = Personal links
overview-to-publication = Towards publication
overview-write = Write
overview-correct = Correct…
# $languages (String) - in which languages
overview-language = Publish { $languages }, too…
overview-take-off = Withdraw or unpublish
overview-withdraw = Withdraw or unpublish…
overview-back = Bring back
overview-restore = Bring back
overview-no-address = It gets its addresses when it is published.
overview-journal = Journal
overview-short = Short
overview-redirects = leads to the present one
# $reason (String) - a sentence
overview-language-reason = A language follows later: { $reason }
# $title (String) - the headline
after-correct-title = Correct “{ $title }”
# $title (String) - the headline
after-withdraw-title = Withdraw “{ $title }”
after-unchanged = Nothing is different yet from what the public reads. Write the correction first.
after-difference = What will be different
after-minor = Minor correction
after-minor-says = The page shows the new text at once. No notice, no e-mail; history keeps the old text.
# $languages (String) - in which
after-language = Publish { $languages }, too
after-language-says = The page appears in that language at once, and those who read it get it with their next e-mail, or at once if they chose so.
# $count (Number) - readers
# $number (String) - the same, written out
after-had = { $count ->
    [0] Nobody has had it by e-mail yet.
    [one] One reader has had it by e-mail and is not told.
   *[other] { $number } readers have had it by e-mail and are not told.
}
# $count (Number) - readers
# $when (String) - how many of them at which instant
# $number (String) - readers, written out
after-had-major = { $count ->
    [0] Nobody has had it by e-mail yet.
    [one] One reader has had it by e-mail. Told: { $when }.
   *[other] { $number } readers have had it by e-mail. Told: { $when }.
}
after-not-yours = Somebody with the right to publish sends it on.
after-minor-button = Publish this text
after-major = New edition with a public note
after-major-says = For whatever changes what the release says. It opens the next edition with the text as it is written now; it goes the usual way to the public. The old edition stays readable with the difference.
# $lang (String) - a language
after-note = What is corrected ({ $lang })
after-note-hint = Readers see it above the text and in their e-mail.
after-major-button = Open the next edition
# $lang (String) - a language
after-wrong-note = Say what is corrected ({ $lang }).
after-open = A correction is open already; go on with that one.
after-withdraw = Withdraw
after-withdraw-says = The text stays readable under a notice with the reason. It is marked in lists, and search engines are asked to forget it.
after-withdraw-button = Withdraw
after-unpublish = Unpublish
after-unpublish-says = The text is no longer readable. Its addresses answer with the reason, or lead elsewhere.
after-unpublish-button = Unpublish
# $lang (String) - a language
after-reason = Reason ({ $lang })
after-reason-hint = A sentence that everybody reads.
# $lang (String) - a language
after-wrong-reason = Give the reason ({ $lang }).
after-moved = Leads instead to (optional)
after-moved-hint = An address of this site, such as /2026-0417.
after-wrong-moved = No page of this site has this address.
after-restore-says = It is readable again as it was, at the same addresses. Whoever had it is told.
publication-closed = The institution that leads this release is closed: nothing of it goes public any more. Choose another one in the editor.
# $number (String) - readers
publication-fate-at-once = { $number } at once
# $number (String) - readers
# $slot (String) - day and hour
publication-fate-at-slot = { $number } at the slot of { $slot }
# $count (Number) - readers
# $number (String) - the same, written out
publication-fate-lists = { $count ->
    [one] One of them is on a press list.
   *[other] { $number } of them are on press lists.
}
