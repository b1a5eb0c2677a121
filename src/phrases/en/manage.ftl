# One's own subscriptions, without a password.
manage-nav = My subscriptions
manage-title = Your subscriptions
manage-ask = Enter your address: we send you a link that opens your subscriptions, to change, pause or end them. No password is needed.
manage-ask-hint = The address at which you receive our e-mails.
manage-ask-button = Send me the link
manage-asked = If that address is subscribed, a link is on its way. It works for 24 hours and can be opened only once.
manage-open = This button opens your subscriptions on this device, for one hour.
manage-open-button = Open my subscriptions
manage-spent = This link has been opened before, perhaps on another device. Ask for a new one.
manage-void = A link to your subscriptions works for a limited time and must be copied whole. Ask for a new one.
# $address (String) - where they are written to
# $count (Number) - how many subscriptions run
manage-lead = { $count ->
    [0] { $address } receives nothing from us at present.
    [one] { $address } has one subscription.
   *[other] { $address } has { $count } subscriptions.
}
manage-suspended = E-mails to this address came back, so we stopped sending. Your subscriptions have been kept.
manage-unsuspend = Send to me again
manage-told-saved = Your choice has been saved.
manage-told-paused = The pause has been set.
manage-told-resumed = You will receive our e-mails again.
manage-told-ended = It has ended. You will receive nothing more from it.
manage-told-added = The subscription has been added.
manage-told-address = If the new address can receive our e-mails, a link is on its way there. Nothing changes before it is confirmed.
# $from (String) - a day
# $until (String) - the last day of the pause
manage-paused-until = Paused from { $from } to { $until }.
# $from (String) - a day
manage-paused = Paused from { $from } until you resume it.
manage-rhythm-summary = Change when
manage-rhythm-legend = When?
manage-save = Save
manage-resume-summary = Resume
manage-resume-button = Resume from now on
manage-resume-missed-button = Resume, with what I missed
manage-pause-summary = Pause
manage-pause-from = From
manage-pause-until = Up to and including
manage-pause-hint = Without a last day the pause lasts until you resume.
manage-pause-catch-up = Afterwards, send me what I missed
manage-pause-wrong = Enter a first day from today on, within three years.
manage-pause-button = Pause
manage-end = End this subscription
manage-all-title = All your subscriptions
manage-languages = Order of languages
manage-add = Add a subscription
# $address (String) - where they are written to
manage-add-lead = It begins at once, for { $address }.
manage-add-button = Add
manage-address-title = Another address
manage-address-summary = Change the address
manage-address-hint = We write to the new address to ask for confirmation, and tell the old one once it is done.
manage-address-ask = Send the confirmation
manage-address-confirm = This button moves the subscriptions of another address to this one. Nothing changes before you press it.
manage-address-button = Receive them at this address
manage-address-done = The e-mails now come to this address.
manage-address-taken = This address has subscriptions of its own. End them first, by the link in its e-mails, and confirm again.
manage-address-void = A link that confirms an address works for 48 hours and must be copied whole. Nothing was changed.
manage-data = Everything that we hold about you, as a file for machines: your choices, the proof of your consent, each e-mail with its fate.
manage-data-link = Download my data (JSON)
manage-erasure-link = Erase my data…
manage-erasure-title = Erase everything about you?
# $address (String) - where they are written to
manage-erasure = The address { $address } is deleted and all its subscriptions end at once, those on press lists too. Only counts remain, without a name.
manage-erasure-never = And never write to this address again
manage-erasure-never-hint = To be able to keep to that, we keep a fingerprint of the address from which nobody can read it.
manage-erasure-button = Erase
manage-erased-title = Your data have been erased
manage-erased = We no longer know your address. An e-mail that is already on its way may still arrive.
manage-closing-title = Done?
manage-closing = This page closes by itself after an hour.
manage-closing-button = Close it on this device
# $site (String) - the name of the site
manage-mail-subject = Your subscriptions – { $site }
manage-mail-intro = You, or somebody who entered your address, asked for a link to your subscriptions. It can be opened only once.
manage-mail-until = This link works for 24 hours. If you did not ask for it, do nothing: it shows nobody but you your subscriptions.
# $site (String) - the name of the site
manage-address-mail-subject = Please confirm your new address – { $site }
manage-address-mail-intro = Somebody, probably you, would like to receive their press releases at this address from now on.
manage-address-mail-until = This link works for 48 hours. If it was not you, do nothing: nothing changes.
# $site (String) - the name of the site
manage-notice-mail-subject = Your subscriptions have moved – { $site }
manage-notice-title = Your subscriptions now go to another address
manage-notice-mail-intro = This was asked for from the page of your subscriptions and confirmed at the new address. Nothing more comes here.
# $mail (String) - the address of the site
manage-notice-mail-foot = If it was not you, write to { $mail }.
manage-pause-wrong-until = Enter a last day that is not before the first, within three years.
