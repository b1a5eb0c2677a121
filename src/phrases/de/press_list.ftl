# Presseverteiler in der Redaktion.
press-list-title = Presseverteiler
press-list-lead = Adressen, die Sie selbst pflegen. Eine Pressemitteilung geht bei ihrer Veröffentlichung an einen Verteiler, nie vorher, und jede E-Mail hat ihren eigenen Ausgang.
press-list-all = { $count ->
    [0] Noch kein Verteiler
    [one] { $count } Verteiler
   *[other] { $count } Verteiler
}
press-list-members = { $count ->
    [0] Niemand
    [one] Eine Adresse
   *[other] { $shown } Adressen
}
press-list-new = Ein neuer Verteiler
press-list-make = Verteiler anlegen
press-list-name = Name
press-list-basis = Warum darf diesen Personen geschrieben werden?
press-list-basis-hint = So, wie sie es in jeder E-Mail lesen, zum Beispiel: für unsere Pressekonferenzen akkreditiert und am 3. Mai 2026 darüber informiert.
press-list-languages-hint = Für alle, die keine eigene Reihenfolge gewählt haben.
press-list-wrong-name = Geben Sie einen Namen an.
press-list-wrong-basis = Geben Sie an, warum diesen Personen geschrieben werden darf.
press-list-wrong-taken = Ihre Einrichtung hat bereits einen Verteiler mit diesem Namen.
press-list-empty = Auf diesem Verteiler steht noch niemand.
press-list-more = Weitere Adressen
press-list-bounces = Mail abgewiesen
press-list-since = im Verteiler seit { $day }
press-list-remove = Entfernen
press-list-add-title = Adressen hinzufügen
press-list-addresses = Adressen
press-list-addresses-hint = Eine je Zeile oder durch Kommas getrennt; so, wie Mailprogramme sie kopieren.
press-list-sure = Die angegebene Begründung gilt für jede dieser Adressen.
press-list-add = Hinzufügen
press-list-added = { $count ->
    [0] Es wurde niemand hinzugefügt.
    [one] Eine Adresse wurde hinzugefügt.
   *[other] { $shown } Adressen wurden hinzugefügt.
}
press-list-there = { $count ->
    [one] Eine stand schon darauf.
   *[other] { $shown } standen schon darauf.
}
press-list-refused = Nicht hinzugefügt, weil sie ausgetreten sind, nicht angeschrieben werden möchten oder nicht erreichbar sind:
press-list-wrong-addresses = Das sind keine Adressen, an die geschrieben werden kann:
press-list-beyond = Höchstens { $most } Adressen auf einmal: { $left } wurden nicht berücksichtigt.
press-list-about = Über diesen Verteiler
press-list-save = Speichern
press-list-close-summary = Verteiler schließen…
press-list-close-what = Die Mitglieder erhalten darüber nichts mehr. Was versandt wurde, bleibt verzeichnet.
press-list-close-sure = Ja, diesen Verteiler schließen.
press-list-close = Schließen
press-list-ask = An welche Presseverteiler?
press-list-ask-hint = sobald sie öffentlich ist, nie vorher
press-list-unreachable = { $count ->
    [one] davon eine nicht erreichbar
   *[other] davon { $shown } nicht erreichbar
}
press-list-unsure = Bestätigen Sie, dass die Begründung für jede dieser Adressen gilt.
