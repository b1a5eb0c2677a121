# Accounts: the second factor, mailed links, one’s own account, what is told by mail.
account-sign-in-onward = Sign in to go on. What you were writing has been kept.
account-forgotten = Forgotten your password?
account-forgotten-title = Choose a new password
account-forgotten-lead = We will send you a link to choose a new one.
account-forgotten-button = Send me the link
account-asked-title = Look in your mailbox
account-asked = If there is an account with this address, a link is on its way. It works for one hour.
account-asked-late = Nothing after a few minutes? Look in your spam folder, then ask again.
account-back-to-door = Back to signing in
account-email-wrong = Enter one e-mail address, such as name@example.org.
account-code-title = Enter your code
account-code = Code
account-code-hint = Six digits from your authenticator app, or one of your recovery codes.
account-code-wrong = This code is not right, or has been used already. Wait for the next one.
account-first-code = The code that the app shows now
account-other-account = Use another account
account-set-up-title = Set up an authenticator app
account-set-up-needed = Your role asks for a second proof besides the password. It takes a minute and is done once.
account-set-up-app = Open an authenticator app on your phone, or in your password manager.
account-set-up-scan = Scan this picture with it.
account-set-up-picture = QR code for the authenticator app
account-set-up-type = No camera? Type this key:
account-set-up-code = Enter the six digits that it shows.
account-set-up-button = Set up
account-recovery-title = Recovery codes
account-recovery-lead = Without your phone, each of these codes lets you in once. They are shown only now: print them, or keep the file in a safe place.
account-recovery-file = Keep as a file
account-recovery-kept = I have kept them
account-recovery-new = New recovery codes
# $count (Number) - unused recovery codes
account-codes-left = { $count ->
    [0] No recovery code is left: get new ones.
    [one] One recovery code is left.
   *[other] { $count } recovery codes are left.
}
# $name (String) - who was invited
account-welcome-title = Welcome, { $name }
account-welcome = Choose a password. You will then sign in with it.
account-reset-title = Choose a new password
account-reset = Your sessions on all devices will end.
account-choose-button = Set this password
account-new-password = New password
account-new-password-hint = At least 12 characters, of any kind. Several words make a good one.
account-password-short = This password has fewer than 12 characters.
account-password-long = This password is longer than 1,024 bytes.
account-password-common = This password is easily guessed: it is common, or made of your name or address. Choose another, for example four words that have nothing to do with each other.
account-password-chosen = Your password is set. Sign in with it.
account-password-changed = Your password has been changed, and your other sessions have ended.
account-password-ends-others = Your sessions on other devices will end.
account-current-password = Current password
account-current-password-wrong = This is not your current password.
account-change-password = Change the password
account-void-title = This link is no longer valid
account-void = It has been used, is too old, or was not copied whole. Nothing has been changed.
account-void-invitation = Ask whoever invited you to send the invitation again.
account-address-title = Confirm your new address
# $email (String) - the new address
account-address-confirm = From then on you sign in with { $email }.
account-address-button = Confirm this address
account-address-now = You sign in with
account-address-asked = Look in the mailbox of the new address: your account keeps the old one until you have confirmed it there.
account-address-changed = Your address has been changed.
account-new-address = New e-mail address
account-new-address-hint = You will receive a link there, and a notice at the old address.
account-change-address = Change the address
account-title = Your account
account-profile = Name and language
account-name = Name
account-name-wrong = Enter a name of at most 120 characters.
account-language = Language of the desk and of e-mails to you
account-language-browser = As my browser asks
account-save = Save
account-saved = Saved.
account-second-factor = Second factor
account-second-factor-is-on = Your authenticator app is asked for at each sign-in.
account-second-factor-off = A password can be stolen. With an authenticator app, it alone opens nothing.
account-second-factor-end = Stop using the app
account-second-factor-ended = Your authenticator app is no longer asked for.
account-sessions = Where you are signed in
account-this-session = this session
account-device-unknown = Unknown device
# $network (String) - a network address
account-session-from = from { $network }
# $at (String) - date and time
account-session-since = since { $at }
# $at (String) - date and time
account-session-seen = last seen { $at }
account-session-end = End
account-sessions-end-others = End all other sessions
account-sessions-ended = Ended.
account-proof-title = Your password, once more
account-proof = What you are about to change opens your account. For the next ten minutes you will not be asked again.
account-proof-button = Go on
account-role-contributor = contributor
account-role-publisher = publisher
account-role-institution-admin = administrator of an institution
account-role-chancellery-editor = editor of the Chancellery
account-role-spokesperson = spokesperson
account-role-picture-desk = picture desk
account-role-photographer = photographer
account-role-admin = administrator of the site
# $site (String) - the name of the site
account-invitation-subject = Your account at the press desk of { $site }
# $name (String) - who is invited
# $role (String) - what they are there for
account-invitation-mail = An account has been made for { $name } with the role of { $role }. Follow the link to choose a password and sign in.
account-invitation-link = Choose a password
account-reset-subject = Choose a new password
# $site (String) - the name of the site
account-reset-mail = Somebody, probably you, has asked for a new password for your account at { $site }. As long as the link is not used, your password stays as it is.
account-reset-link = Choose a new password
account-address-subject = Confirm your new address
# $site (String) - the name of the site
account-address-mail = This is to become the address of your account at { $site }.
account-address-link = Confirm this address
# $at (String) - date and time
account-mail-until = This link works once, until { $at }. If you did not expect this e-mail, you need do nothing.
# $site (String) - the name of the site
account-notice-subject = Something has changed in your account – { $site }
account-notice-password = Your password was changed.
account-notice-email = The address of your account was changed: you no longer sign in with this one.
account-notice-second-factor-on = An authenticator app was set up for your account.
account-notice-second-factor-off = The authenticator app of your account was removed.
account-notice-recovery-used = A recovery code was used to sign in to your account.
account-notice-recovery-renewed = New recovery codes were made for your account. The earlier ones no longer work.
account-notice-codes-refused = Somebody gave your password, and then five wrong codes. If it was not you, they know your password: change it.
# $name (String) - what they are called
# $role (String) - what they are there for
account-notice-standing = Your account was changed. You are now { $name }, { $role }.
account-notice-closed = Your account was closed. You can no longer sign in.
account-notice-opened = Your account was opened again. You can sign in as before.
# $at (String) - date and time
account-notice-when = It happened on { $at }.
# $contact (String) - an address
account-notice-not-you = If you know of it, you need do nothing. If not, write to { $contact } at once.
