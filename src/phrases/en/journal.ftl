# Who did what.
journal-title = Journal
# $number (String) - reference or working number of a release
journal-of-release = Journal of { $number }
journal-lead = Who did what, and when. Nobody can change or delete an entry.
# $at (String) - date and time
journal-sealed = Sealed up to { $at }.
journal-when = When
journal-who = Who
journal-what = What
journal-on = On
journal-from = From
journal-detail = Particulars
journal-person = Person
journal-number = number
journal-action = Begins with
journal-action-hint = such as release. or account.signed_in
journal-object = Thing
journal-object-hint = such as release 12
journal-day = Day
journal-filter = Filter
journal-none = No entry corresponds.
journal-earlier = Earlier entries
journal-export = Export as CSV
