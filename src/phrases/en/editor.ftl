# The editor: where a release is written.
editor-release = Release
editor-saving = Saving…
editor-offline = Not saved: no connection. Your text is kept on this device and goes out as soon as there is one.
editor-signed-out = Your session has ended. Your text is kept here: sign in again in a new window, then go on.
editor-unsaved = Something here is not saved yet.
# $at (String) - hour
editor-saved-at = Saved at { $at }
# $n (String) - characters
# $most (String) - advised at most
editor-count-of = { $n } of { $most }
# $n (String) - words
editor-count-words = { $n } words
# $number (Number) - number of the edition
editor-edition = edition { $number }
editor-keep = Save as revision
editor-save = Save
editor-publish = Check and publish
editor-revise = Take up the text again
editor-add-language = Add a language:
# $state (String) - state of the edition
editor-closed = This edition is { $state }: its text is not open for writing.
editor-of-public = This text is public. What you write here is kept aside until you publish it as a minor correction.
# $name (String) - who
# $since (String) - hour
editor-also-here = { $name } has this open, too, since { $since }
editor-title = Title
editor-lead = Lead
editor-body = Text
editor-topics = Topics
editor-contacts = Press contacts
editor-no-contacts = No contact has been entered for these institutions yet.
editor-contact-add = Add a contact
editor-contact-not-public = no public number or address
editor-links = Related links
editor-link-address = Address
# $lang (String) - language
editor-link-label = What it says, { $lang }
editor-link-add = Add a link
editor-boilerplate = About the institution
editor-boilerplate-present = The text of the institution
editor-boilerplate-kept = As it stood when this was written
editor-boilerplate-none = None
editor-not-before = Do not use before
editor-not-before-says = A notice on page and mail. It hides nothing.
editor-day = Day
editor-hour = Time
editor-complete = complete
# $count (Number) - points
editor-points = { $count ->
    [one] { $count } point
   *[other] { $count } points
}
# $lang (String) - language
editor-tools = Formatting, { $lang }
editor-tool-heading = Heading
editor-tool-bold = Bold
editor-tool-italic = Italic
editor-tool-list = List
editor-tool-numbers = Numbers
editor-tool-quote = Quote
editor-tool-link = Link
editor-tool-table = Table
editor-preview = Preview
editor-preview-says = as on the site, follows what you type
editor-side = About this release
editor-missing = What is still missing
editor-field = Field
# $languages (String) - languages
editor-together = { $languages } go out together.
editor-hole-ok = ok
editor-hole-stale = stale
editor-hole-missing = missing
editor-hole-later = later
editor-hole-not-asked = not asked
editor-kind = Kind
editor-issuers = Kind and issuers
editor-issuer-lead = First issuer
editor-issuer-co = Co-issuer
editor-issuer-add = Add a co-issuer
editor-history = History
editor-history-all = all
# $number (Number) - number of the revision
editor-revision = Revision { $number }
editor-revision-name = Name for the next revision (may stay empty)
editor-discard = Throw this draft away
editor-discard-says = Its text and its revisions go. Who threw it away, and when, stays in the journal.
editor-discard-button = Throw it away
editor-wrongs = This cannot be kept as a revision yet. Your text is saved.
editor-wrong-empty = Write a title first, in one language at least.
editor-wrong-no-title = This language has a text and no title.
editor-wrong-long-title = At most 255 characters.
editor-wrong-long-lead = At most 2,000 characters.
editor-wrong-long-body = This text is too long: half a million characters at most.
editor-wrong-links = Each link needs an address that begins with https:// or http://, and words that say where it leads.
editor-nobody = somebody
editor-conflict = Two texts for one field
# $at (String) - hour
# $name (String) - who
editor-conflict-said = { $name } saved another text here at { $at }. The field shows theirs; yours is kept below.
editor-conflict-mine = Your text
editor-conflict-take-mine = Put mine in its place
editor-conflict-take-theirs = Leave theirs
desk-french = French
desk-dutch = Dutch
desk-german = German
desk-english = English
editor-tool-care = “ ” ’
editor-tool-care-says = Quotation marks, apostrophes and spaces as English has them
editor-media = Pictures and files
editor-media-says = alternative text first
# $count (Number) - files
editor-media-unused = { $count ->
    [one] One file was uploaded here and is not used
   *[other] { $count } files were uploaded here and are not used
}
editor-wrong-media = A text about a picture is too long, or there are too many files.
