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
