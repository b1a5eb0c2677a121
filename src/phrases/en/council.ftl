# Meetings of the Council of Ministers and their decisions: public pages, desk, mails.
nav-council = Council of Ministers
council-kind-council = Council of Ministers
council-kind-inner = Inner cabinet
# $day (String) - a day with its weekday, within a sentence
council-meeting-of = Council of Ministers of { $day }
# $day (String) - a day with its weekday, within a sentence
council-inner-of = Inner cabinet of { $day }
# $number (Number) - of a decision in its meeting
council-item = decision { $number }
council-instrument = Instrument
council-proposed-by = Proposed by
# $names (String) - members of the government with their titles
council-on-proposal = On the proposal of { $names }
council-items-nav = Decisions of this meeting
# $number (Number) - of a decision in its meeting
council-previous-item = ← Decision { $number }
# $number (Number) - of a decision in its meeting
council-next-item = Decision { $number } →
council-all-items = All decisions of the meeting
council-preliminary-draft-law = preliminary draft law
council-draft-law = draft law
council-draft-royal-decree = draft royal decree
council-royal-decree = royal decree
council-ministerial-decree = ministerial decree
council-circular = circular
council-cooperation-agreement = cooperation agreement
council-treaty = treaty
council-public-contract = public contract
council-appointment = appointment
council-note = policy note
council-report = report
council-other-instrument = other
# $number (Number) - 1 to 3
council-reading = { $number ->
    [1] first reading
    [2] second reading
   *[other] third reading
}
council-lead = The meetings of the Council of Ministers and the decisions that came out of them, the latest first.
council-none = No meeting has been published yet.
council-none-in-year = No meeting of that year has been published.
# $year (String) - a year
council-list-of = Council of Ministers: { $year }
council-years = Years
council-follow = Follow
council-subscribe = Receive the decisions by e-mail
council-feed = Feed of the meetings
council-feed-of = Feed of this meeting
council-all-decisions = All press releases of the Council
# $count (Number) - how many decisions
council-count = { $count ->
    [0] No decision
    [one] { $count } decision
   *[other] { $count } decisions
}
# $day (String) - a date
# $hour (String) - a time of day
council-published-at = Published on { $day }, { $hour }
council-published = Published at
council-decisions = Decisions
council-no-decisions = No decision of this meeting can be read.
council-meetings-nav = Other meetings
council-all-meetings = All meetings
council-versions = This meeting in other languages
# $language (String) - the name of a language, with a capital
# $some (Number) - how many decisions are there in that language
# $all (Number) - how many there are
council-partly = { $language }: { $some ->
    [0] no decision
    [one] { $some } decision of { $all }
   *[other] { $some } decisions of { $all }
}
# $count (Number) - how many
council-pictures = { $count ->
    [one] { $count } picture
   *[other] { $count } pictures
}
# $count (Number) - how many
council-documents = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
council-facts = The meeting
council-date = Date
council-place = Place
council-electronic = Electronic procedure
council-chair = Chair
# $name (String) - a member of the government
# $title (String) - their title
council-chaired = Chair: { $name }, { $title }
council-publication = Publication
council-by-member = By member of the government
council-take-along = Everything at once
council-kit-page = All texts on one page
council-kit-page-hint = to read and to print
# $one (String) - the name of a language
# $two (String) - the name of another
council-kit-two = All texts in { $one } and { $two }
council-kit-text = Texts only
council-kit-zip = Texts, pictures and documents
# $meeting (String) - what the meeting is called
council-kit-title = Press kit: { $meeting }
council-kit-languages = Languages of the press kit
# $one (String) - the name of a language
# $two (String) - the name of another
council-kit-both = { $one } and { $two }
# $format (String) - Markdown, HTML, ZIP
council-kit-download = Download ({ $format })
# $day (String) - a day with its weekday and a capital
# $count (Number) - how many decisions
council-block = { $count ->
    [one] { $day }: { $count } decision
   *[other] { $day }: { $count } decisions
}
# $count (Number) - how many decisions
council-block-all = { $count ->
    [one] The decision
   *[other] All { $count } decisions
}
# $name (String) - a member of the government
council-chosen-mandate = member of the government: { $name }
# $name (String) - what a meeting is called
council-chosen-meeting = meeting: { $name }
# $name (String) - an instrument
council-chosen-instrument = instrument: { $name }
council-narrow-mandate = Member of the government
council-narrow-instrument = Instrument
# The desk.
council-nav-desk = Council
council-desk-title = Meetings of the Council
council-desk-new = New meeting
council-desk-preparing = In preparation
council-desk-past = Published and cancelled
council-desk-none = No meeting is in preparation.
council-desk-past-none = No meeting has been published yet.
council-desk-older = Older meetings
council-desk-nobody = There is no institution of the family “Council of Ministers” yet. An administrator adds it; then meetings can be planned.
# $ready (Number) - how many decisions are ready
# $all (Number) - how many there are
council-desk-ready = { $all ->
    [0] No decision yet
    [one] { $ready } of { $all } decision ready
   *[other] { $ready } of { $all } decisions ready
}
council-stage-preparing = in preparation
council-stage-armed = scheduled
council-stage-published = published
council-stage-cancelled = cancelled
# $at (String) - a day and an hour
council-planned-for = Planned for { $at }.
# $at (String) - a day and an hour
council-armed-for = Goes public by itself on { $at }.
# $at (String) - a day and an hour
council-went-public = Public since { $at }.
council-form-new = New meeting
council-form-change = The meeting
council-form-kind = Kind
council-form-day = Day
council-form-where = Place
council-form-electronic = Electronic procedure, without a place
council-form-chair = Chair
council-form-nobody = – nobody named –
council-form-planned = Public on
council-form-hour = at
council-form-planned-hint = The instant that the meeting can be scheduled for. It may stay empty.
council-form-deadline = Answers until
council-form-deadline-hint = Until when the spokespersons are asked to answer. It may stay empty.
council-form-languages = Languages that must be agreed
council-form-silence = Silence agrees once the deadline has passed
council-form-silence-hint = The spokespersons are told so beforehand. Without a tick, whoever does not answer is brought to the Chancellery’s attention.
council-form-intro = Text above the decisions
council-form-intro-hint = On the public page. Markdown.
council-form-save = Save
council-form-create = Plan the meeting
council-form-public = The meeting is public: its place, its chair and the text above its decisions can still be put right.
council-form-disarms = The meeting is scheduled. With another instant that is taken off, and somebody who wrote nothing in it has to schedule it again.
council-wrong-day = Please give the day of the meeting.
council-wrong-instant = Please give a day and an hour, or neither.
council-wrong-skipped = That hour does not exist: summer time begins then.
council-wrong-language = Choose at least one language.
council-wrong-deadline = Answers must be in before the meeting goes public.
council-wrong-long = At most 4,000 characters.
council-wrong-chair = That mandate does not exist.
# $ready (Number) - how many decisions go out now
# $all (Number) - how many are to come
council-standing = { $all ->
    [0] No decision is on the agenda yet.
    [one] { $ready ->
        [0] The one decision is not ready yet.
       *[other] The one decision is ready.
    }
   *[other] { $ready ->
        [0] None of the { $all } decisions is ready yet.
        [one] { $ready } of { $all } decisions is ready.
       *[other] { $ready } of { $all } decisions are ready.
    }
}
# $public (Number) - how many decisions are public
# $waiting (Number) - how many are not
council-standing-public = { $waiting ->
    [0] All decisions are public ({ $public }).
    [one] { $public } public, { $waiting } held back.
   *[other] { $public } public, { $waiting } held back.
}
council-agenda = Agenda
council-agenda-none = Paste the agenda, or add the decisions one by one.
# $names (String) - who wrote in it
council-written-by = Written by { $names }
# $languages (String) - codes of languages
council-missing = Missing: { $languages }
# $title (String) - of a decision
council-up = Move up: { $title }
# $title (String) - of a decision
council-down = Move down: { $title }
# $title (String) - of a decision
council-drag = Drag to another place: { $title }
council-terms = Ministers and instrument
council-nobody-proposes = No proposing minister
council-more = More
council-move-to = Move to another meeting
council-move = Move
council-move-none = There is no other meeting in preparation.
council-hold = Pull out of the meeting’s publication
council-hold-reason = Why
council-hold-button = Pull out
council-put-back = Put back in
council-pulled-out = pulled out
# $reason (String) - why
council-held-because = Pulled out: { $reason }
council-add = Add a decision
# $language (String) - the name of a language
council-add-title = Title in { $language }
council-add-button = Add and write
council-wrong-title = Please give a title in at least one language.
council-wrong-reason = Please say why.
council-import = Paste an agenda
council-to-board = Validation
council-to-publication = Publication
council-plan-change = Change
council-public-page = Public page
council-cancel = Cancel the meeting
council-cancel-hint = Its decisions stay what they are and can be moved to another meeting.
council-cancel-reason = Why
council-cancel-button = Cancel the meeting
council-reopen = It takes place after all
council-later = Publish now
council-state-changed = Something has changed in between. This is how things stand now; nothing was done.
council-full = A meeting has at most 200 decisions.
council-terms-hint = What is agreed together with the texts. It can be changed while the decision is a draft or was handed in.
council-terms-closed = The decision is no longer a draft. To change who proposes it or what it is, take its text up again first.
# $n (Number) - 1 for the first
council-proposer = Proposing member { $n }
# $n (Number) - 1 for the first
council-instrument-n = Instrument { $n }
council-reading-label = Reading
council-no-reading = –
council-terms-save = Save
council-members-none = The directory has no government in office on that day: nobody can be named yet.
council-former = no longer in office
council-import-hint = Paste it as it stands in Word or in a mail: numbered, in one language or in two, side by side (a table), one below the other under the same number, or one after the other. What stands in brackets at the end, such as “(Minister of Justice)”, stays in the title: who proposes it is named afterwards. Nothing is created before you have seen what was understood.
council-import-text = Agenda
council-import-order = Languages
council-import-auto = as the texts tell
council-import-preview = Show what was understood
# $count (Number) - how many lines
council-import-found = { $count ->
    [one] { $count } line was understood. Put it right where needed, then create the decisions.
   *[other] { $count } lines were understood. Put them right where needed, then create the decisions.
}
council-import-nothing = No numbered line was found. Each decision must begin with its number: “1.”, “2)”, “Item 3”.
council-import-cut = There were more lines than a meeting may have decisions; the rest was left out.
# $label (String) - as it was numbered
council-import-take = Take line { $label }
council-import-take-short = Take
council-import-line = Line
council-import-part = part of the line above
council-import-heading = heading of the parts below
council-import-there = is on the agenda already
council-import-create = Create the decisions
council-import-again = Paste again
council-import-none-taken = Tick at least one line.
# $meeting (String) - what a meeting is called
council-publish-title = Publication: { $meeting }
# $count (Number) - how many decisions
council-publish-goes = { $count ->
    [0] Nothing can go public: no decision is ready.
    [one] { $count } decision goes public together with the meeting.
   *[other] { $count } decisions go public together, in one instant.
}
# $count (Number) - how many decisions
council-publish-held = { $count ->
    [0] Nothing is held back.
    [one] { $count } decision is held back. It holds nobody else back; the Chancellery hears of it by mail.
   *[other] { $count } decisions are held back. They hold nobody else back; the Chancellery hears of them by mail.
}
council-publish-out = Will go public
council-publish-back = Held back
council-publish-now = Publish now…
# $at (String) - a day and an hour
council-publish-arm = Schedule for { $at }…
council-publish-confirm-now = Publish the meeting now?
# $at (String) - a day and an hour
council-publish-confirm-arm = Schedule the meeting for { $at }?
council-publish-arm-says = At that instant all decisions that are ready then go public by themselves, also without anybody here. What is not ready then is held back.
council-publish-button-now = Publish now
council-publish-button-arm = Schedule
council-publish-back-link = Back without doing anything
# $name (String) - who armed it
# $at (String) - when
council-publish-armed-by = Scheduled by { $name }, { $at }.
council-publish-disarm = Unschedule
# $numbers (String) - of decisions
council-publish-first-pair = You wrote in these decisions: { $numbers }. Somebody who wrote nothing in them has to publish or schedule the meeting.
# $names (String) - of people
council-publish-others = This can be done by: { $names }.
council-publish-nobody = Nobody else in the Chancellery can do it: an administrator adds an account.
council-publish-no-instant = The meeting has no planned instant. Give it one to schedule it.
council-publish-past = The planned instant is past.
# $state (String) - the word of a state
council-why-state = Not ready: { $state }
council-why-author = Written since by whoever scheduled the meeting
council-of-meeting = This is a decision of a meeting: it goes public with it, and in no other way.
# $meeting (String) - what a meeting is called
council-of-meeting-link = To the { $meeting }
council-colon = {": "}
# $count (Number) - how many decisions
council-mail-held = { $count ->
    [one] { $count } decision held back
   *[other] { $count } decisions held back
}
# $meeting (String) - what a meeting is called
council-mail-held-intro = The { $meeting } is public. These decisions did not go public with it:
council-mail-stopped = The meeting was not published
# $meeting (String) - what a meeting is called
council-mail-stopped-intro = The { $meeting } was scheduled, and its instant has come, but none of its decisions could go public. That was taken off. These decisions wait:
# $number (Number) - of a decision in its meeting
# $state (String) - the word of a state
council-mail-item = Decision { $number }: { $state }
council-mail-open = Open the meeting
