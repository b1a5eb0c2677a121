# Press contacts on the public site.
# $when (String) - an hour, or a weekday with its hour
contacts-answers-until = answers now, until { $when }
# $name (String) - who
contacts-card-of = vCard: { $name }
contacts-csv-name = Name
contacts-csv-function = Function
contacts-csv-institution = Institution
contacts-csv-member = Member of the government
contacts-csv-title = Title
contacts-csv-phones = Telephone
contacts-csv-mails = E-mail
contacts-csv-languages = Languages
contacts-csv-hours = Hours
contacts-find = Name, institution or subject
contacts-order = Order of the directory
contacts-all = All
contacts-by-government = Members of the government
contacts-by-institution = Institutions
contacts-nothing = No contact matches these words.
# $count (Number) - how many
contacts-count = { $count ->
    [0] No contact
    [one] One contact
   *[other] { $count } contacts
}
contacts-count-many = # contacts
contacts-take = Take them along
contacts-take-cards = For the address book
contacts-take-table = As a table
contacts-take-data = For programs
contacts-members-and-former = Who governs, and former governments
contacts-not-press = Not the press?
contacts-for-all = Other ways to reach us
contacts-now = Who answers now?
# $day (String) - a whole date
contacts-now-at = On { $day }.
# $when (String) - an hour, or a weekday with its hour
contacts-now-until = This holds until { $when }.
contacts-for-journalists = These numbers are for journalists.
contacts-ended = no longer reached
contacts-nobody-now = No standby is named for this hour. The contacts below answer during office hours.
contacts-none-named = No contact named.
# $name (String) - who
contacts-former = { $name } was the contact when this was published and is no longer reached here.
