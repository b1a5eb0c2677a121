# Wer regiert: Regierungen, Mandate, der Regierungswechsel.
government-title = Regierung
government-members = Mitglieder der Regierung
government-none = Noch ist nicht eingetragen, wer regiert.
government-none-yet = Noch keine Regierung. Bereiten Sie die jetzige vor und lassen Sie sie jetzt das Amt übernehmen.
government-description = { $name }: die Mitglieder, ihre Titel und Zuständigkeiten.
government-caretaker-since = Geschäftsführend seit dem { $day }
government-left = Während der Amtszeit ausgeschieden
government-others = Andere Regierungen
government-competences = Zuständigkeiten
government-competence = eine Zuständigkeit
government-no-member = Nicht mehr Mitglied der Regierung.
government-no-releases = In diesem Namen ist noch nichts erschienen.
government-all-releases = Alle Pressemitteilungen dieses Regierungsmitglieds
government-former-mandates = Frühere Ämter
government-releases-of-then = Pressemitteilungen von damals
government-policy-cell = Strategiezelle
government-from-until = { $from } bis { $until }
government-since = seit dem { $day }
government-not-begun = hat nicht begonnen
government-state-prepared = in Vorbereitung
government-state-caretaker = geschäftsführend
government-state-in-office = im Amt
government-state-former = frühere
government-takes-over-at = übernimmt von selbst am { $when }
government-all = Regierungen
government-prepare = Regierung vorbereiten
government-prepare-what = Niemand außerhalb der Kanzlei weiß davon, bevor sie das Amt übernimmt.
government-copy = Von der jetzigen ausgehen
government-copy-hint = Ihre Mitglieder, Titel, Zuständigkeiten und Strategiezellen, zu ändern, wo sie sich ändern.
government-prepare-button = Vorbereiten
government-registers = Ämter, Zuständigkeiten, Personen
government-preview = Vorschau
government-take-over-dots = Amt übernehmen lassen …
government-public-page = Öffentliche Seite
government-add-member = Mitglied hinzufügen
government-no-cell = keine Strategiezelle
government-plan = Plan
government-discard-summary = Diese Regierung aufgeben …
government-discard-what = Sie verschwindet mit ihren Mitgliedern, deren Kontaktstellen und Pressesprechern. Draußen wird niemand davon gewusst haben.
government-discard = Aufgeben
government-caretaker = Geschäftsführende Regierung
government-caretaker-what = Die öffentlichen Seiten sagen, seit wann sie nur die Geschäfte führt.
government-caretaker-begin = Ab jetzt nur geschäftsführend
government-caretaker-end = Sie regiert wieder voll
government-rename = Namen speichern
government-when = Wann sie von selbst übernimmt
government-when-hint = Leer: wenn es jemand sagt. Nach der Uhr von { $zone }.
government-handovers = Was aus den jetzigen Mandaten wird
government-handovers-what = In diesem Augenblick enden sie alle. Für jedes: wer die Arbeit übernimmt.
government-open-drafts = { $count ->
    [one] Die Strategiezelle hat eine Pressemitteilung, die noch niemand gelesen hat.
   *[other] Die Strategiezelle hat { $count } Pressemitteilungen, die noch niemand gelesen hat.
}
government-heir = Übernommen von
government-nobody = niemand
government-drafts = Offene Entwürfe
government-drafts-hand-over = gehen an die neue Strategiezelle
government-drafts-keep = bleiben bei der jetzigen Strategiezelle
government-drafts-close = erscheinen nicht: Die Strategiezelle schließt
government-keep-spokespersons = Die Pressesprecherinnen und Pressesprecher sprechen weiter
government-keep-contacts = Die Pressekontakte und ihr Bereitschaftsdienst gehen weiter
government-end-spokespersons = Die Pressesprecherinnen und Pressesprecher sprechen nicht mehr
government-end-contacts = Die Pressekontakte und ihr Bereitschaftsdienst enden
government-save-plan = Plan speichern
government-wrong-held-twice = Zwei Mitglieder haben dasselbe Amt.
government-wrong-nobody = In dieser Regierung ist noch niemand.
government-wrong-no-cell = Wer Entwürfe oder Kontaktstellen übernimmt, braucht eine Strategiezelle.
government-wrong-changed = Jemand hat das inzwischen geändert. Sehen Sie es noch einmal an.
government-wrong-past = Dieser Zeitpunkt ist vorbei. Wählen Sie einen späteren, oder lassen Sie sie jetzt übernehmen.
government-wrong-to-nobody = Sagen Sie, wer übernimmt, was weitergeht.
government-wrong-office = Welches Amt?
government-wrong-person = Wer hat es inne? Vorname und Familienname.
government-wrong-title = Der volle Titel, in jeder Sprache der Website.
government-wrong-order = Eine Zahl von 0 bis 999.
government-take-over-title = { $name } übernimmt
government-fate = Jetzt, in einem Augenblick, enden { $ending } Mandate der { $name } und { $beginning } beginnen. Alle öffentlichen Seiten folgen binnen einer Sekunde.
government-fate-first = { $count ->
    [one] Jetzt beginnt ein Mandat. Die öffentlichen Seiten nennen die Regierung binnen einer Sekunde.
   *[other] Jetzt beginnen { $count } Mandate. Die öffentlichen Seiten nennen die Regierung binnen einer Sekunde.
}
government-fate-kept = Erschienene Pressemitteilungen behalten den Namen des Mitglieds, in dessen Namen sie erschienen sind.
government-goes-to = Übernommen von { $name }
government-fate-hand-over = { $count ->
    [0] Keine Pressemitteilung ist offen
    [one] Eine offene Pressemitteilung geht an die neue Strategiezelle, als Entwurf
   *[other] { $count } offene Pressemitteilungen gehen an die neue Strategiezelle, als Entwürfe
}
government-fate-keep = { $count ->
    [0] Keine Pressemitteilung ist offen
    [one] Eine offene Pressemitteilung bleibt bei der Strategiezelle
   *[other] { $count } offene Pressemitteilungen bleiben bei der Strategiezelle
}
government-fate-close = { $count ->
    [0] Die Strategiezelle schließt; keine Pressemitteilung ist offen
    [one] Die Strategiezelle schließt; eine offene Pressemitteilung erscheint nicht
   *[other] Die Strategiezelle schließt; { $count } offene Pressemitteilungen erscheinen nicht
}
government-fate-items = Offene Beschlüsse auf seinen oder ihren Vorschlag: { $meetings }
government-fate-items-go = Sie gehen an die Nachfolge; was dazu geantwortet wurde, gilt nicht mehr, und alle werden erneut gefragt
government-fate-items-stay = Sie behalten dieses Mandat, für das niemand mehr antwortet; eine gegebene Zustimmung bleibt. Benennen Sie einen anderen Vorschlagenden, oder stellen Sie frei
government-fate-item = { $meeting }, { $numbers }
government-no-way-back = Es gibt keinen Weg zurück außer einem weiteren Regierungswechsel.
government-correct-plan = Plan berichtigen
government-take-over-now = Jetzt übernehmen lassen
government-preview-banner = Vorschau: So wird die Seite aussehen
government-preview-secret = Niemand außerhalb der Kanzlei sieht sie.
government-preview-back = Zurück zur Vorbereitung
government-no-cell-no-contacts = Kontaktstellen gehören zur Strategiezelle, und es gibt noch keine.
government-facts = Mandat
government-change-facts = Ändern
government-full-title = Voller Titel
government-order = Rangfolge
government-order-hint = 1 für das erste. Bei gleichen Zahlen in der Reihenfolge des Hinzufügens.
government-remove-summary = Dieses Mitglied herausnehmen …
government-remove-what = Das Mandat verschwindet mit seinen Kontaktstellen und Pressesprechern. Draußen hat niemand davon gewusst.
government-remove = Herausnehmen
government-end-summary = Dieses Mitglied verlässt die Regierung …
government-end-what = Das Mandat endet jetzt, mit seinen Pressesprechern, Kontaktstellen und Bereitschaftsdiensten. Strategiezelle und Pressemitteilungen bleiben. Fügen Sie dann die Nachfolge zur Regierung hinzu.
government-end-mandate = Mandat beenden
government-begins-at-once = Diese Regierung ist im Amt: Das Mandat beginnt, sobald es gespeichert ist.
government-fixed = Amt und Person bleiben: Eine andere Person ist ein anderes Mandat.
government-office = Amt
government-office-hint = Der Sitz am Tisch, wer auch immer ihn hat. Neue kommen unter „Ämter, Zuständigkeiten, Personen“ hinzu.
government-person = Wer
government-person-known = Jemand, der schon bekannt ist
government-person-new = jemand Neues:
government-given-name = Vorname
government-family-name = Familienname
government-cell-hint = Der Stab des Ministers, der dessen Pressemitteilungen herausgibt. Von einer neuen weiß niemand, bevor das Mandat beginnt.
government-cell-none = noch keine
government-cell-new = eine neue, genannt:
government-cell-names = Name der neuen Strategiezelle, oder der, den sie mit dem Mandat annimmt
government-save-member = Mandat speichern
government-offices = Ämter
government-persons = Personen
government-register-add = Hinzufügen
government-register-kind = Was ist es?
government-register-none = Noch nichts.
