# The desk: signing in, its first page, the demo's mailbox.
desk-title = Desk
desk-public-site = Public site
sign-in-title = Sign in to the desk
sign-in-email = E-mail address
sign-in-password = Password
sign-in-button = Sign in
sign-in-wrong = This address and password do not go together.
sign-out = Sign out
desk-scheduled = Scheduled
desk-scheduled-none = Nothing is scheduled.
desk-in-progress = In progress
desk-in-progress-none = No open drafts.
desk-published = Last published
desk-published-none = Nothing has been published yet.
# $at (String) - date and time
desk-goes-public = goes public on { $at }
desk-untitled = Untitled
desk-state-draft = draft
desk-state-submitted = submitted
desk-state-in-validation = in validation
desk-state-ready = ready
desk-state-scheduled = scheduled
desk-digests = Digests
# $at (String) - date and time
desk-next-slot = Next slot: { $at }
desk-advance = Set the demo’s clock to the next slot
desk-runs = Last runs
desk-runs-none = No run yet.
desk-run-due = Due
desk-run-mails = E-mails
desk-run-accepted = Accepted
desk-run-open = Waiting
desk-run-failed = Failed
# $count (Number) - active subscribers
desk-subscribers = { $count ->
    [0] No active subscribers
    [one] One active subscriber
   *[other] { $count } active subscribers
}
mailbox-title = The demo’s mailbox
mailbox-lead = All mail that the demo sends ends up here; nothing leaves this machine.
mailbox-empty = No mail yet. Subscribe: the confirmation arrives here at once.
mailbox-from = From
mailbox-to = To
mailbox-subject = Subject
mailbox-date = Date
mailbox-back = All mail
mailbox-html = As a mail program shows it
mailbox-text = As text
mailbox-source = Source
mailbox-unnamed = (no subject)
desk-nav = Main navigation
desk-nav-releases = Releases
desk-nav-directory = Directory
desk-nav-mailings = Mailings
desk-nav-people = People
desk-nav-site = Site
desk-find-button = Find
desk-state-published = published
desk-state-superseded = superseded
desk-never-public = not public
desk-withdrawn = withdrawn
desk-unpublished = unpublished
desk-find-all = Find a release
desk-held = This database is a copy, or was restored: nothing is mailed and nothing is published by itself until an operator accepts it (communique instance accept). What you publish yourself is public at once.
