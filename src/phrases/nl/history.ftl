# Revisies en hun verschil.
history-title = Geschiedenis
history-between = Wat er veranderde van { $from } naar { $to }
history-revision = revisie { $edition }.{ $number }
history-none = Er is nog geen revisie. Wat men schrijft, wordt er een wanneer men het bewaart of indient.
history-only-one = Er is maar één revisie; niets om mee te vergelijken.
history-revisions = Revisies
history-difference = Verschil
history-from = van
history-to = naar
history-compare = Vergelijken
history-public = wat het publiek leest
history-restore-says = Een revisie verandert nooit. Herstellen schrijft haar teksten als een nieuwe, en bewaart alle andere.
history-same = Er is niets verschillend.
history-unchanged = ongewijzigd
history-field-title = Titel
history-field-lead = Inleiding
history-field-text = Tekst
history-rest = Thema’s, contacten, links, vermeldingen
history-named = “{ $name }”
history-restore = { $revision } herstellen
history-counts =
    { $come ->
        [one] { $come } woord toegevoegd
       *[other] { $come } woorden toegevoegd
    }, { $gone } geschrapt
history-folded = { $count ->
    [one] Eén alinea ongewijzigd
   *[other] { $count } alinea’s ongewijzigd
}
history-one-sided = { $moved } veranderde, en dit bleef zoals het was: { $stayed }.
history-topic = Thema: { $name }
history-contact = Contact: { $name }
history-link = Link: { $name }
history-boilerplate = Over de instelling: { $name }
history-not-before = Niet gebruiken vóór { $name }
