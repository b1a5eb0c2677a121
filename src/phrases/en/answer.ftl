# The pages on which spokespersons answer, and the mails to them.
answer-chancellery-name = Chancellery
# $day (String) - with its weekday
answer-meeting-council = Council of Ministers of { $day }
# $day (String) - with its weekday
answer-meeting-inner = Inner cabinet of { $day }
answer-door-title = Your answer is asked for
# $name (String) - of a person
answer-door-for = This link was made for { $name }.
answer-door-open = Open
answer-door-hint = Nothing is shown and nothing is answered before you press. The link then works on this device only.
answer-end-expired-title = This link has expired
answer-end-expired = The day of this meeting is over. Questions that are still open come with a new e-mail.
answer-end-revoked-title = This link was replaced
answer-end-revoked = A newer link was opened in its place. You can have a new one sent to your known address.
answer-end-ended-title = The Chancellery has ended your links
answer-end-ended = To have a new one, call the Chancellery: only it can send one.
answer-end-nobody-title = You no longer answer here
answer-end-nobody = You are no longer listed as the spokesperson of a minister in office. What you answered stays; whoever follows you has been written to.
answer-end-elsewhere-title = Opened on another device
# $email (String) - an address, mostly hidden
answer-end-elsewhere = This link has been opened on another device. If it was meant for you, have a new one sent to { $email }; opening it ends the other device.
answer-end-send-new = Send me a new link
answer-end-sent-title = A new link is on its way
# $email (String) - an address, mostly hidden
answer-end-sent = If you are still asked, it arrives at { $email } within a minute. At most one a minute is sent.
# $count (Number) - decisions
answer-title = { $count ->
    [one] One decision awaits your answer
   *[other] { $count } decisions await your answer
}
answer-title-none = You have answered everything
answer-title-public = These decisions are public
# $name (String) - of a person
# $minister (String) - name and title
answer-identity = You are { $name } and answer for { $minister }.
answer-not-you = Not you?
# $hour (String) - a time of day
answer-until = Before { $hour },
# $minutes (Number) - from 0
answer-left = { $minutes ->
    [one] { $minutes } minute left.
   *[other] { $minutes } minutes left.
}
answer-left-none = less than a minute left.
# $count (Number) - hours, 3 or more
answer-left-hours = { $count } hours left.
# $count (Number) - days, 2 or more
answer-left-days = { $count } days left.
answer-no-silence = After that the Chancellery calls you: silence is not agreement.
answer-silence = After that, silence counts as agreement to exactly these texts.
answer-no-deadline = No deadline is set; silence is not agreement.
# $hour (String) - a time of day
answer-deadline-past = The deadline of { $hour } has passed. Your answer counts the same until publication.
# $hour (String) - a time of day
answer-public = Public since { $hour }. What you answer now is kept as a remark.
answer-choose = Choose an answer for each item. Nothing leaves until you send it below.
answer-answered = Answered
answer-nothing = Nothing is asked of you in this meeting at present.
# $number (Number) - place in the agenda
answer-item = Item { $number }
answer-new = new
answer-changed = changed
answer-refused = asked again
answer-done = answered
answer-is-public = public
# $minister (String) - name and title
answer-for = For { $minister }
# $instrument (String) - what it is
# $reading (Number) - 0 for none, 1 to 3
answer-instrument = { $instrument }{ $reading ->
    [0] { "" }
    [1] , first reading
    [2] , second reading
   *[other] , third reading
}
# $who (String) - offices
answer-proposed = Proposed by: { $who }
# $reason (String) - what the Chancellery wrote
answer-refused-because = The Chancellery did not take your change: “{ $reason }”
# $hour (String) - a time of day
answer-changed-since = Changed since you agreed at { $hour }; the rest is the same.
# $hour (String) - a time of day
answer-changed-since-answer = Changed since your answer at { $hour }; the rest is the same.
answer-being-edited = The Chancellery is working on this text. If it changes, you are asked again, with the difference.
# $languages (String) - codes
answer-full = Full text, { $languages }
answer-settled = Nothing more is asked of you about this item.
answer-revise = Change the answer
# $number (Number) - place in the agenda
answer-legend = Your answer on item { $number }
answer-agree = Agree
answer-suggest = Agree, with a change
answer-change = Ask for a change
answer-none = Does not concern us
answer-remark = Remark
answer-leave-remark = Leave a remark
answer-your-remark = Your remark, which the Chancellery keeps
answer-not-yet = No answer yet
answer-not-sent = Not sent yet
answer-clear = Clear
# $number (Number) - place in the agenda
answer-clear-of = the answer on item { $number }
# $language (String) - its name
answer-your-title = Your headline, { $language }
# $language (String) - its name
answer-your-lead = Your lead, { $language }
# $language (String) - its name
answer-your-text = Your text, { $language }
answer-reason = What should be different, and why?
# $count (Number) - items
answer-chosen = of { $count } chosen
answer-to-send = to send
answer-next = Next
answer-check = Check
answer-send-title = This is what you send
answer-sum-agree = agree, to exactly this text in all its languages
answer-sum-suggest = agree with your change
answer-sum-change = change asked for
answer-sum-none = does not concern us
answer-open-stay = Items without an answer stay open; this page brings you back to them. You can change each answer until publication.
answer-send = Send my answers
answer-send-one = Send 1 answer
answer-send-many = Send # answers
answer-choose-first = First choose an answer
answer-personal = This link is yours alone and works on this device.
answer-somebody-else = Somebody else today?
# $name (String) - of a person
answer-hand-over = Let { $name } answer in your place
answer-hand-over-hint = They get an e-mail of their own, until the end of the meeting. You can still answer; the last answer counts.
# $phone (String) - a number
answer-chancellery = Chancellery: { $phone }
answer-to-desk = Back to the desk
answer-wrong-title = Nothing was sent yet. Please put this right:
answer-wrong-no-reason = say what should be different, and why
# $count (Number) - characters
answer-wrong-long = use at most { $count } characters
answer-wrong-same = your text is the same as ours; choose “Agree”, or change it
answer-wrong-text = a text needs a headline in each language, of at most 255 characters
# $count (Number) - answers
answer-confirm-title = { $count ->
    [one] Send this answer?
   *[other] Send these { $count } answers?
}
# $count (Number) - answers
answer-confirm-button = { $count ->
    [one] Yes, send 1 answer
   *[other] Yes, send { $count } answers
}
answer-confirm-back = No, back
answer-column-item = Item
answer-column-answer = Answer
# $hour (String) - to the second
answer-received = Received at { $hour }
answer-all-done = Everything is answered. Nothing is left for you to do.
# $count (Number) - items
answer-still-open = { $count ->
    [one] One item is still open.
   *[other] { $count } items are still open.
}
answer-go-on = Answer the rest
# $name (String) - of a person
# $minister (String) - name and title
# $channel (String) - by which way
# $email (String) - mostly hidden
answer-receipt-by = { $name }, for { $minister }, { $channel }. This receipt has also been sent to { $email }.
answer-by-link = by personal link
answer-by-desk = signed in
answer-receipt-caption = Receipt: item, answer, fingerprint of the text
answer-hash-note = The signs are the fingerprint of the text on which you answered. If that text changes, you are asked again, with the difference.
answer-fate-older = The text changed while you were reading: this answer is kept with the text you read, and you are asked about the new one.
answer-fate-public = The decision was public already: this answer is kept as a remark.
answer-fate-waived = The Chancellery no longer asks your minister about this item: this answer is kept as a remark.
answer-fate-decided = The Chancellery had already decided about this item: this answer is kept as a remark.
answer-list-title = Decisions that await your answer
answer-list-all = all
publication-not-agreed = Not all spokespersons who must agree have agreed to exactly this text: see the board of its meeting.
after-not-agreed = The spokespersons agreed to this text: what they agreed to changes only by a correction edition, which they are asked about.
answer-list-empty = Nothing has been put to you yet.
# $title (String) - what waits
# $meeting (String) - its name
answer-mail-subject = { $title } ({ $meeting })
# $count (Number) - decisions
# $hour (String) - a time of day
answer-mail-title-before =
    Before { $hour }: { $count ->
        [one] one decision awaits your answer
       *[other] { $count } decisions await your answer
    }
# $title (String) - what waits
answer-mail-reminder = Reminder. { $title }
# $name (String) - of a person
answer-mail-hello = Hello { $name },
# $minister (String) - name and title
answer-mail-for = For { $minister }
# $what (String) - new, changed, a minister
# $numbers (String) - a list
answer-mail-items = { $what }: { $numbers }
# $count (Number) - items
# $numbers (String) - of these items
answer-mail-new = { $count ->
    [one] New: item { $numbers }
   *[other] New: items { $numbers }
}
# $count (Number) - items
# $numbers (String) - of these items
answer-mail-changed = { $count ->
    [one] Changed since your answer: item { $numbers }
   *[other] Changed since your answer: items { $numbers }
}
# $count (Number) - items
# $numbers (String) - of these items
answer-mail-refused = { $count ->
    [one] Asked again: item { $numbers }
   *[other] Asked again: items { $numbers }
}
answer-mail-button = Read and answer
answer-mail-no-password = No password needed. Opening is not yet an answer: you choose item by item and send it yourself.
# $hour (String) - a time of day
answer-mail-call = At { $hour } the Chancellery calls whoever has not answered. Silence is not agreement.
# $hour (String) - a time of day
answer-mail-silence = From { $hour } on, silence counts as agreement to exactly these texts.
answer-mail-no-deadline = Silence is not agreement.
# $hour (String) - a time of day
answer-mail-publication = At { $hour } what is ready goes public.
answer-mail-personal = The link is yours alone and opens on one device only.
# $names (String) - of people
answer-mail-deputy = You cannot? On the page you can let { $names } answer in your place.
answer-mail-no-texts = The texts are not in this e-mail. It was sent automatically.
# $count (Number) - members of the government
# $hour (String) - a time of day
answer-escalation-title = { $count ->
    [one] One answer is missing
   *[other] { $count } answers are missing
} at { $hour }
answer-escalation-button = Open the board
