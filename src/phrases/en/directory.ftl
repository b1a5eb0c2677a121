# The directory in the desk: institutions, their settings, their contacts.
# $count (Number) - how many
form-wrong = { $count ->
    [one] One thing needs putting right
   *[other] { $count } things need putting right
}
form-cancel = Change nothing
directory-none = There is no institution that you may see.
directory-contacts = Press contacts
directory-press-contacts = Press contacts
directory-contacts-none = Nobody yet: journalists will not know whom to call.
directory-contact-new = Add a contact
directory-contact-change = Change the contact
directory-default = default
directory-default-long = Stands on each new release by itself
directory-public = public
directory-internal = internal
# $name (String) - who
directory-up = { $name }: up
# $name (String) - who
directory-down = { $name }: down
directory-settings = Settings
directory-names = Name
directory-names-fixed = The name is set by the administrators of the site.
directory-website = Website
directory-required = Languages required
directory-required-hint = A release without one of them is flagged before it goes on.
directory-four-eyes = Four eyes
directory-four-eyes-hint = Whoever wrote or submitted a release does not publish it.
directory-boilerplate = About the institution, below each new release
directory-save-settings = Save the settings
directory-kind = Who answers?
directory-kind-person = a person
directory-kind-service = a service
directory-contact-name = Name
directory-function = Function
directory-languages = Languages spoken
directory-channels = Telephones and addresses
directory-channels-hint = Only what is marked public leaves the desk. A line that is emptied goes away.
# $number (Number) - 1 for the first
directory-channel = Line { $number }
directory-channel-kind = Kind
directory-phone = telephone
directory-mail = e-mail
directory-value = Number or address
directory-channel-note = Internal note
directory-note = Internal note on this contact
directory-save-contact = Save the contact
directory-end-summary = This contact no longer answers…
directory-end-what = It will stand on no new release, and pages that are already public will no longer give its numbers.
directory-end = End this contact
directory-wrong-name = A name, in one language at least.
directory-wrong-contact-name = What is the person or the service called?
directory-wrong-website = A web address begins with https:// and names a site.
# $most (Number) - characters
directory-wrong-long = Too long: { $most } characters at most.
directory-wrong-phone = A telephone number has digits, and a + in front if it is international.
directory-wrong-mail = This is not an e-mail address.
directory-press-contacts-lead = The people and services that answer journalists, institution by institution.
directory-press-contacts-none = No contact is named yet.
release-links = Find out more
directory-new = Add an institution
directory-is-closed = It is closed: nothing of it goes public any more. What is public stays.
directory-cell-of = Policy cell of
directory-abbreviations = Abbreviation
directory-addresses = Postal address
directory-accounts = On social networks
directory-network = Network
directory-account-url = Address of the account
directory-parent = Belongs to
directory-parts = Belonging to it
directory-save-profile = Save address and accounts
directory-profile = Address and accounts
directory-open-again = Open it again
directory-close-summary = This institution ceases to exist…
directory-close-what = Nothing of it goes public any more. Its releases stay, and its page says what took its place.
directory-successor = What takes its place
directory-close = Close the institution
directory-family = Source family
directory-announced = The public may know of it at once
directory-announced-hint = Otherwise it appears with its first release.
directory-add = Add the institution
directory-hours = When they are reached (public)
directory-about = About
directory-issues-nothing = It no longer publishes.
directory-taken-over = Its work is continued by
directory-wrong-network = What is the network called? 40 characters at most.
directory-wrong-parent = It cannot belong to an institution that belongs to it.
directory-wrong-every-name = A name in every language of the site.
directory-wrong-taken = There is an institution of this name already.
