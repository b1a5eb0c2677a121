# Personal links to what is not public yet.
preview-title = Personal links
preview-links = Links
preview-new = Give a link
preview-says = The link shows the latest revision in all its languages under a banner with the person’s name. Each read is written down.
preview-name = Name
preview-name-hint = Name and organisation: it stands on every page they see.
preview-email = E-mail address
preview-lang = Language of our e-mail
preview-expires = Ends on
preview-with-files = Originals and documents, too
preview-with-files-hint = Without it, pictures come in the size of the page, with a watermark.
preview-by-hand = I hand the link over myself
preview-by-hand-hint = It is shown once, and no e-mail is sent.
preview-give = Give the link
preview-open = open
preview-revoked = revoked
preview-expired = ended
preview-revoke = Revoke
preview-files = with files
preview-wrong-name = Give a name of at most 200 characters.
preview-wrong-email = This is no e-mail address.
preview-wrong-expiry = Choose an instant within the next 90 days.
preview-mail-subject = A preview for you
preview-mail-title = A preview of a press release
preview-mail-personal = It is not public yet. Your name stands on it, and each read is written down; please do not pass the link on.
preview-mail-link = Open the preview
preview-mail-foot = You get this e-mail because a press officer gave you this link.
preview-door-title = A preview for you
preview-door-open = Open
preview-banner-unplanned = Not public, and not to be published: no instant is planned yet.
# $count (Number) - reads
preview-reads = { $count ->
    [0] not opened
    [one] read once
   *[other] read { $count } times
}
# $at (String) - day and hour
preview-until = until { $at }
# $at (String) - day and hour
preview-last = last { $at }
# $name (String) - for whom
preview-made = The link of { $name }. It is shown here only now.
# $name (String) - for whom
preview-mail-intro = This link was made for { $name }. It shows a press release before its publication.
# $day (String) - a date
# $hour (String) - a time
preview-mail-until = It opens until { $day }, { $hour }.
# $name (String) - for whom
preview-banner = Preview for { $name }
# $at (String) - day and hour
preview-banner-until = Not public before { $at }; not to be published before then.
# $at (String) - day and hour
preview-banner-ends = This link ends on { $at }.
