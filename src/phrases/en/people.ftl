# Who works here.
people-title = People
people-invite = Invite somebody
people-find = Name or address
people-filter = Filter
people-role = Role
people-institution = Institution
people-institution-none = None
people-all-roles = All roles
people-all-institutions = All institutions
people-none = Nobody corresponds.
people-more = Further
people-state-open = in use
people-state-invited = invited
people-state-closed = closed
people-second-factor = second factor
people-send = Send the invitation
people-invite-lead = They receive an e-mail with a link that works once, within seven days, and choose a password there.
people-standing = Name, role, institution
people-standing-hint = Another role or institution takes effect at once and ends their sessions.
people-access = Access
people-close = Close the account
people-close-hint = Their sessions end at once. What they wrote stays.
people-open = Open the account again
people-invite-again = Send the invitation again
people-reset-second-factor = Remove the authenticator app
people-reset-second-factor-hint = For somebody who has lost phone and recovery codes. Make sure that it is them who ask.
people-done-invited = The invitation is on its way.
people-done-saved = Saved. The person is told by e-mail.
people-own = This is your own account: somebody else has to change its role.
people-journal = What they did
people-error-taken = This address has an account already.
people-error-role = Choose a role from the list.
people-error-institution = Choose the institution that this person speaks for.
people-error-not-yours = You cannot give this role at this institution.
# $count (Number) - how many fields have to be corrected
people-errors = { $count ->
    [one] One answer has to be corrected
   *[other] { $count } answers have to be corrected
}
