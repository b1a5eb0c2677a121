# What leaves by mail: the desk's pages of it, and the public one.
mailings-title = Mailings
# $when (String) - the day and the hour
mailings-next = Next sending: { $when }
mailings-plan = What the next sending brings
mailings-runs = Last sendings
mailings-recipients = Recipients
mailings-items = Items
mailings-sent = Sent
mailings-bounced = Bounced
mailings-cancelled = Cancelled
mailings-uncertain = Uncertain
mailings-took = Duration
mailings-earlier = Earlier sendings
# $when (String) - the day and the hour
mailings-at-once = at once, { $when }
# $count (String) - how many, written as a number
mailings-seconds = { $count } s
# $count (String) - how many, written as a number
mailings-minutes = { $count } min
mailings-goes-on = under way
# $when (String) - the day and the hour of a slot
mailings-unopened = The sending of { $when } has not left: it was missed for too long, or something in it is more than two days old. It goes with the next one, or now if you say so.
# $when (String) - the day and the hour of a slot
mailings-open = Send the mails of { $when } now
mailings-at-once-waits = Mails that should leave at once are waiting: something in them is more than two days old.
mailings-open-at-once = Send them now
mailings-counts = What became of it
# $when (String) - the day and the hour
# $took (String) - how long it took
mailings-finished = Finished on { $when }, after { $took }.
# $mails (Number) - how many mails are left
# $count (String) - the same, written as a number
mailings-unfinished = { $mails ->
    [one] Under way: one e-mail is still to be sent.
   *[other] Under way: { $count } e-mails are still to be sent.
}
# $count (String) - milliseconds
mailings-opened-in = Prepared in { $count } ms.
mailings-uncertain-what = The line or the process ended after the e-mail was handed over and before the answer came. It is sent a second time at most, under the same number (Message-ID), so that a mailbox can drop the copy.
# $number (Number) - the number of a mail
mailings-mail-number = e-mail { $number }
mailings-became-waits = waits for your word
mailings-became-doubtful = sent twice, and nobody knows
mailings-became-again = is sent once more
mailings-became-accepted = accepted the second time
mailings-became-refused = refused the second time
# $count (Number) - how many mails
mailings-send-waiting = { $count ->
    [one] Send this one once more
   *[other] Send these { $count } once more
}
mailings-answers = What mail servers answered
mailings-state-queued = waiting
mailings-state-sending = being sent
mailings-state-accepted = accepted
mailings-state-twice = accepted, perhaps twice
mailings-state-delivered = delivered
mailings-state-bounced = bounced
mailings-state-complained = marked as spam
mailings-state-failed = refused
mailings-state-cancelled = cancelled
mailings-state-uncertain = uncertain
# $when (String) - the day and the hour of the slot
# $mails (Number) - how many mails
# $count (String) - the same, written as a number
mailings-plan-standing = { $mails ->
    [0] On { $when } nothing would leave: there is nothing new.
    [one] On { $when } one e-mail would leave.
   *[other] On { $when } { $count } e-mails would leave.
}
# $when (String) - the day and the hour
mailings-plan-held = The oldest item is of { $when }: the sending would wait for your word.
mailings-plan-items = Who would get what
mailings-plan-filters = By subscription
# $items (Number) - how many items
# $count (String) - the same, written as a number
mailings-plan-part = { $items ->
    [one] one item altogether
   *[other] { $count } items altogether
}
mailings-reader-find = One reader’s mails
mailings-reader-address = E-mail address
mailings-reader-hint = Whose mails you look at is written in the journal.
mailings-reader-show = Show
mailings-reader-unknown = Nobody has subscribed with this address.
mailings-reader-erased = erased
mailings-reader-active = subscribed
mailings-reader-suspended = suspended: the address bounces
mailings-reader-unsubscribed = no longer subscribed
# $when (String) - the day and the hour
mailings-reader-since = consented on { $when }
mailings-reader-subscriptions = Subscriptions
# $when (String) - the day and the hour
mailings-reader-ended = ended on { $when }
# $when (String) - the day and the hour
mailings-reader-paused = paused from { $when }
mailings-reader-mails = E-mails
mailings-reader-none = No e-mail was sent to this reader.
mailings-reader-gone = a press release that is no longer public
mailings-status-title = Status of mailings
mailings-status-lead = Press releases leave by e-mail at fixed times. See here whether they were sent.
# $when (String) - the day and the hour of a slot
mailings-status-late = The sending of { $when } is late. Nothing is lost: what is missing comes with the next one.
mailings-status-none = Nothing has been sent yet.
mailings-status-slot = Sending
mailings-status-mails = E-mails
mailings-status-done = State
mailings-status-nothing-new = nothing new
# $mails (Number) - how many mails
# $hour (String) - when the last one left
# $count (String) - the same, written as a number
mailings-status-accepted = { $mails ->
    [one] one accepted by { $hour }
   *[other] { $count } accepted by { $hour }
}
mailings-reach-waiting = on the way
mailings-reach-refused = refused or bounced
mailings-reach-uncertain = of those by mail, uncertain
mailings-went-out = What went out
mailings-not-arrived = Not arrived
mailings-mark-corrected = corrected
mailings-mark-withdrawn = withdrawn
