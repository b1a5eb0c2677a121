# The e-mail that leaves at each slot.
# $count (Number) - how many press releases are in it
# $title (String) - the title of the first of them
digest-subject = { $count ->
    [one] { $title }
   *[other] { $count } press releases: { $title }
}
# $count (Number) - how many press releases are in it
digest-count = { $count ->
    [one] One press release
   *[other] { $count } press releases
}
# $day (String) - the day of the slot, in words
# $hour (String) - its hour
digest-heading = { $day }, { $hour }
digest-changes = Corrections
# $day (String) - the day
# $hour (String) - the hour
digest-corrected = Corrected on { $day } at { $hour }
digest-withdrawn = Withdrawn
digest-restored = Available again
# $languages (String) - in which languages, in words
digest-also-in = Now also { $languages }
# $count (Number) - how many press releases did not fit
digest-rest = { $count ->
    [one] One more press release is on the site.
   *[other] { $count } more press releases are on the site.
}
digest-rest-link = Read them there
# $when (String) - the day and the hour
digest-next = Next e-mail: { $when }, if there is something new.
# $choice (String) - the filters, in words
# $often (String) - how often, in words
# $languages (String) - the languages in their order, in words
digest-choice = Your choice: { $choice }; { $often }; { $languages }.
digest-unsubscribe = Unsubscribe
# $count (String) - how many press releases, in words
# $groups (String) - the groups with their numbers
digest-summary = { $count }: { $groups }
# $title (String) - the title of the only one
digest-subject-corrected = Correction: { $title }
# $title (String) - the title of the only one
digest-subject-withdrawn = Withdrawn: { $title }
# $choices (String) - the other filters that find it, in words
digest-also-asked = Also in your choice: { $choices }
# $name (String) - whom one may call
digest-contact = Contact: { $name },
# $choices (String) - the filters, each with how often, in words
# $languages (String) - the languages in their order, in words
digest-choices = Your choices: { $choices }; { $languages }.
digest-manage = Change my choice
# $basis (String) - the reason that an institution gives for its press list
digest-basis = Why you receive this: { $basis }
digest-inner-cabinet = Inner cabinet
digest-changes-mixed = Corrected or withdrawn
# $title (String) - the title of what may not be used yet
digest-subject-embargo = Embargo – { $title }
