# Revisions and their difference.
history-title = History
# $from (String) - a revision
# $to (String) - a revision
history-between = What changed from { $from } to { $to }
# $edition (Number) - from 1
# $number (Number) - from 1
history-revision = revision { $edition }.{ $number }
history-none = No revision has been made yet. What is being written becomes one when it is kept or handed in.
history-only-one = There is one revision; nothing to compare it with.
history-revisions = Revisions
history-difference = Difference
history-from = from
history-to = to
history-compare = Compare
history-public = what the public reads
history-restore-says = A revision never changes. Restoring writes its texts as a new one, and keeps all others.
history-same = Nothing is different.
history-unchanged = unchanged
history-field-title = Title
history-field-lead = Lead
history-field-text = Text
history-rest = Topics, contacts, links, notices
# $name (String) - what its author calls it
history-named = “{ $name }”
# $revision (String) - a revision
history-restore = Restore { $revision }
# $come (Number) - words
# $gone (Number) - words
history-counts =
    { $come ->
        [one] one word added
       *[other] { $come } words added
    }, { $gone } removed
# $count (Number) - paragraphs
history-folded = { $count ->
    [one] One paragraph unchanged
   *[other] { $count } paragraphs unchanged
}
# $moved (String) - a language, with a capital
# $stayed (String) - languages
history-one-sided = { $moved } changed, and these stayed as they were: { $stayed }.
# $name (String) - what it is
history-topic = Topic: { $name }
# $name (String) - what it is
history-contact = Contact: { $name }
# $name (String) - what it is
history-link = Link: { $name }
# $name (String) - what it is
history-boilerplate = About the institution: { $name }
# $name (String) - what it is
history-not-before = Do not use before { $name }
