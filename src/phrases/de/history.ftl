# Überarbeitungen und ihre Unterschiede.
history-title = Verlauf
history-between = Was sich von { $from } zu { $to } geändert hat
history-revision = Überarbeitung { $edition }.{ $number }
history-none = Noch gibt es keine Überarbeitung. Was geschrieben wird, wird eine, wenn man es bewahrt oder einreicht.
history-only-one = Es gibt nur eine Überarbeitung; nichts zu vergleichen.
history-revisions = Überarbeitungen
history-difference = Unterschied
history-from = von
history-to = zu
history-compare = Vergleichen
history-public = öffentlich zu lesen
history-restore-says = Eine Überarbeitung ändert sich nie. Wiederherstellen schreibt ihre Texte als neue und bewahrt alle anderen.
history-same = Nichts ist anders.
history-unchanged = unverändert
history-field-title = Titel
history-field-lead = Vorspann
history-field-text = Text
history-rest = Themen, Kontakte, Links, Vermerke
history-named = „{ $name }“
history-restore = { $revision } wiederherstellen
history-counts =
    { $come ->
        [one] ein Wort eingefügt
       *[other] { $come } Wörter eingefügt
    }, { $gone } gestrichen
history-folded = { $count ->
    [one] Ein Absatz unverändert
   *[other] { $count } Absätze unverändert
}
history-one-sided = { $moved } wurde geändert, unverändert blieb: { $stayed }.
history-topic = Thema: { $name }
history-contact = Kontakt: { $name }
history-link = Link: { $name }
history-boilerplate = Über die Einrichtung: { $name }
history-not-before = Nicht verwenden vor { $name }
