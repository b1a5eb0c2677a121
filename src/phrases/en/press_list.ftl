# Press lists in the desk.
press-list-title = Press lists
press-list-lead = Addresses that you keep yourselves. A release goes to a list when it is published, never before, and each e-mail has its own way out.
# $count (Number) - how many
press-list-all = { $count ->
    [0] No list yet
    [one] { $count } list
   *[other] { $count } lists
}
# $count (Number) - how many are written to
# $shown (String) - the same, written out
press-list-members = { $count ->
    [0] Nobody on it
    [one] One address
   *[other] { $shown } addresses
}
press-list-new = A new list
press-list-make = Make the list
press-list-name = Name
press-list-basis = Why may these people be written to?
press-list-basis-hint = As they will read it at the foot of each e-mail, such as: accredited to our press conferences and informed of it on 3 May 2026.
press-list-languages-hint = For whoever has not chosen an order of their own.
press-list-wrong-name = A name is needed.
press-list-wrong-basis = Say why these people may be written to.
press-list-wrong-taken = Your institution has a list of that name.
press-list-empty = Nobody is on this list yet.
press-list-more = Further addresses
press-list-bounces = e-mail comes back
# $day (String) - a day
press-list-since = on the list since { $day }
press-list-remove = Remove
press-list-add-title = Add addresses
press-list-addresses = Addresses
press-list-addresses-hint = One a line, or separated by commas; as mail programs copy them.
press-list-sure = The reason given for this list holds for each of these addresses.
press-list-add = Add
# $count (Number) - how many
# $shown (String) - the same, written out
press-list-added = { $count ->
    [0] Nobody was added.
    [one] One address was added.
   *[other] { $shown } addresses were added.
}
# $count (Number) - how many
# $shown (String) - the same, written out
press-list-there = { $count ->
    [one] One was on it already.
   *[other] { $shown } were on it already.
}
press-list-refused = Not added, since they left, asked not to be written to, or cannot be reached:
press-list-wrong-addresses = We cannot write to these:
# $most (Number) - the most
# $left (String) - how many were left
press-list-beyond = At most { $most } addresses at once: { $left } were not looked at.
press-list-about = About this list
press-list-save = Save
press-list-close-summary = Close the list…
press-list-close-what = Its members get nothing more by it. What was sent stays on record.
press-list-close-sure = Yes, close this list.
press-list-close = Close
press-list-ask = To which press lists?
press-list-ask-hint = as soon as it is public, never before
# $count (Number) - how many of them
# $shown (String) - the same, written out
press-list-unreachable = { $count ->
    [one] one of them cannot be reached
   *[other] { $shown } of them cannot be reached
}
press-list-unsure = Confirm that the reason holds for each of these addresses.
