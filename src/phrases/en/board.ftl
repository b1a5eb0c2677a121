# The Chancellery’s live board of a meeting.
# $meeting (String) - its name
board-title = Board: { $meeting }
# $count (Number) - decisions
# $rounds (Number) - sendings
board-crumb =
    { $count ->
        [0] no decision yet
        [one] 1 decision
       *[other] { $count } decisions
    }{ $rounds ->
        [0] , not sent yet
        [one] , 1 round
       *[other] , { $rounds } rounds
    }
board-says-empty = No decision on the agenda yet
# $count (Number) - decisions
board-says-public = { $count ->
    [one] 1 decision is public
   *[other] { $count } decisions are public
}
# $count (Number) - decisions
board-says-blocked = { $count ->
    [one] 1 decision blocked
   *[other] { $count } decisions blocked
}
# $count (Number) - decisions
board-says-waiting = { $count } waiting
# $count (Number) - decisions
board-says-unsent = { $count ->
    [one] 1 not sent
   *[other] { $count } not sent
}
# $count (Number) - decisions that were forced
board-says-forced = { $count } to ratify
# $count (Number) - decisions
board-says-ready = { $count ->
    [0] none ready
    [one] 1 ready
   *[other] { $count } ready
}
# $hour (String) - a time of day
board-deadline = Answers until { $hour }
board-deadline-past = deadline past
# $hour (String) - a time of day
board-planned = Publication at { $hour }
board-planned-past = hour past
board-publish-now = Publish now
# $minutes (Number) - from 0
board-minutes = { $minutes } min
board-minutes-none = < 1 min
# $count (Number) - hours, 3 or more
board-hours = { $count } h
# $count (Number) - days, 2 or more
board-days = { $count } d
board-then-silence = then silence agrees
board-then-escalate = then it is for you to call
board-armed = by itself
board-not-armed = not scheduled
board-agenda = Agenda, one box a decision
board-item = Decision
board-key-strip = What the boxes mean
board-key-table = What the table means
# $count (Number) - decisions
board-key-ready = ready: { $count }
# $count (Number) - decisions
board-key-waiting = framed: waiting, { $count }
# $count (Number) - decisions
board-key-blocked = filled: blocked, { $count }
board-live = Live
board-reload = reload
board-ours = Yours
# $count (Number) - decisions
board-ours-count = { $count ->
    [0] nothing
    [one] 1 decision
   *[other] { $count } decisions
}
board-theirs = Theirs
# $count (Number) - decisions
board-theirs-count = { $count ->
    [0] no answer is missing
    [one] answers missing on 1 decision
   *[other] answers missing on { $count } decisions
}
board-nothing = Nothing.
# $count (Number) - members of the government
board-remind = { $count ->
    [one] Remind 1 spokesperson’s office
   *[other] Remind the spokespersons of { $count } ministers
}
board-remind-hint = one mail each
board-latest = Latest answers
# $who (String) - a member of the government
# $what (String) - what they said
# $number (Number) - of the decision
board-log = { $who }: { $what } (decision { $number })
board-log-agree = agrees
board-log-suggest = agrees with a change
board-log-change = asks for a change
board-log-none = is not concerned
board-log-remark = leaves a remark
board-table = Decisions by ministers
board-caption = Each decision, and where each minister’s spokesperson stands
board-column-title = Title
board-column-state = State
board-column-done = everything answered
board-untitled = (no title yet)
board-row-unsent = not sent
board-row-blocked = blocked
board-row-waiting = waiting
board-row-ready = ready
board-row-public = public
board-row-out = held back
board-cell-to-send = to be sent
board-short-to-send = send
board-cell-nobody = no spokesperson
board-short-nobody = nobody
board-cell-ended = mandate ended
board-short-ended = ended
board-cell-bounced = e-mail bounced
board-short-bounced = bounced
board-cell-sent = sent, not opened
board-short-sent = sent
board-cell-opened = opened
board-short-opened = opened
board-cell-again = to look at again, text changed
board-short-again = again
board-cell-repeated = asked again
board-short-repeated = again
board-cell-agreed = agreed
board-cell-silence = agreed by silence
board-short-silence = silence
board-cell-deputy = deputy agreed
board-short-deputy = deputy
board-cell-suggests = agrees with a change
board-short-suggests = change
board-cell-change = asks for a change
board-short-change = asks
board-cell-not-ours = does not concern us
board-short-not-ours = not ours
board-cell-not-concerned = not concerned, confirmed
board-cell-waived = waived
board-short-waived = waived
board-cell-forced = forced, to be ratified
board-short-forced = forced
# $who (String) - an office
# $what (String) - a state
board-who-what = { $who }: { $what }
# $languages (String) - codes
board-suggests-in = in { $languages },
board-edit = Edit the text
board-act-suggestion = See the suggestion
board-act-change = See the request
board-act-confirm = Confirm or refuse
board-act-more = Act…
# $count (Number) - decisions
board-send = { $count ->
    [one] Send 1 decision for validation
   *[other] Send { $count } decisions for validation
}
board-send-drafts = Send for validation
# $count (Number) - drafts
board-send-and-drafts = { $count ->
    [one] 1 draft can go, too.
   *[other] { $count } drafts can go, too.
}
board-send-hint = You see first who will be written to.
board-sending-title = Send for validation
# $hour (String) - a time of day
board-sending-deadline = Each spokesperson gets one e-mail for all that waits for them. They are told: answers until { $hour }; silence is not agreement.
# $hour (String) - a time of day
board-sending-silence = Each spokesperson gets one e-mail for all that waits for them. They are told: answers until { $hour }; after that, silence counts as agreement.
board-sending-no-deadline = Each spokesperson gets one e-mail for all that waits for them. No deadline is set for this meeting.
board-sending-waiting = Waiting to be sent
board-sending-drafts = Drafts
board-sending-send = Send
board-sending-hint = Only what is ticked leaves. Drafts are handed in as they stand.
# $language (String) - its name
board-sending-lacks = No title or text in { $language }: cannot leave.
board-sending-nobody-proposes = No proposing minister: nobody will be asked.
# $who (String) - an office
board-sending-settled = { $who }: settled, not asked again
# $who (String) - an office
board-sending-nobody = { $who }: no spokesperson is listed; nobody will be written to
# $who (String) - an office
# $names (String) - of people
board-sending-to = { $who }: { $names }
board-back = Back to the board
# $number (Number) - place in the agenda
# $who (String) - an office
board-place-title = Decision { $number }: { $who }
# $reason (String) - as it was given
board-because = Reason: { $reason }
board-nobody-hint = Nobody is listed as a spokesperson of this mandate. Enter one in the directory; they are then written to by themselves.
board-reason = Reason (kept in the journal)
board-accept = Accept the change
board-accept-send = Accept, and ask the others at once
board-confirm = Confirm: it does not concern them
board-refuse = Refuse…
board-refuse-button = Refuse, and ask again
board-write-again = Write again, or to somebody else
board-resend = Send once more
# $name (String) - of a person
board-revoke = End the links of { $name }
board-other-address = Change the address in the directory
board-deputy = Deputy
board-until = Until (empty: the end of the meeting)
board-delegate = Let the deputy answer
board-delegate-hint = The deputy gets what waits at once, and the mails of this mandate until then.
board-rule = Decide
# $number (Number) - place in the agenda
board-add = One more minister must agree to decision { $number }
board-add-who = Who
board-add-button = Add, and send
board-ask-after-all = Ask them after all
board-waive = Waive…
board-waive-hint = This minister’s agreement to this decision is not needed. Only somebody who did not write the text may say so.
board-waive-button = Waive
board-force = Force…
board-force-hint = The decision goes out without their agreement. It is marked, and somebody else must ratify it within a day.
board-force-button = Force
board-all-answers = All answers
board-no-answers = None yet.
board-accepted = Accepted by the Chancellery.
# $reason (String) - as it was given
board-refused = Not taken: { $reason }
board-refused-over = This decision is public, or the meeting was called off.
board-refused-nothing = Nothing of it has to be sent.
# $number (Number) - place in the agenda
# $language (String) - its name
board-refused-language = Decision { $number } has no title or text in { $language }, which this meeting asks for. Nothing was sent.
board-refused-reason = Please give a reason of at most 2000 characters.
board-refused-changed = This has changed meanwhile. Below is how it stands now.
board-refused-time = That instant is past, or is none.
board-refused-four-eyes = You wrote in this text: somebody else must decide this. You may force it, which somebody else then ratifies.
board-refused-content = A text cannot be sent as it stands: a headline is missing or too long.
