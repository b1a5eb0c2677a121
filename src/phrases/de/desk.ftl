# Die Redaktion: Anmeldung, erste Seite, Postfach der Vorführung.
desk-title = Redaktion
desk-public-site = Öffentliche Website
sign-in-title = Anmeldung in der Redaktion
sign-in-email = E-Mail-Adresse
sign-in-password = Passwort
sign-in-button = Anmelden
sign-in-wrong = Diese Adresse und dieses Passwort gehören nicht zusammen.
sign-out = Abmelden
desk-scheduled = Geplant
desk-scheduled-none = Nichts ist geplant.
desk-in-progress = In Arbeit
desk-in-progress-none = Keine offenen Entwürfe.
desk-published = Zuletzt veröffentlicht
desk-published-none = Noch wurde nichts veröffentlicht.
desk-goes-public = erscheint am { $at }
desk-untitled = Ohne Titel
desk-state-draft = Entwurf
desk-state-submitted = eingereicht
desk-state-in-validation = in Abstimmung
desk-state-ready = bereit
desk-state-scheduled = geplant
desk-digests = Versand
desk-next-slot = Nächste Versandzeit: { $at }
desk-advance = Die Uhr der Vorführung auf die nächste Versandzeit stellen
desk-runs = Bisheriger Versand
desk-runs-none = Noch kein Versand.
desk-run-due = Versandzeit
desk-run-mails = E-Mails
desk-run-accepted = Angenommen
desk-run-open = Wartend
desk-run-failed = Fehlgeschlagen
desk-subscribers = { $count ->
    [0] Keine aktiven Abonnenten
    [one] { $count } aktiver Abonnent
   *[other] { $count } aktive Abonnenten
}
mailbox-title = Das Postfach der Vorführung
mailbox-lead = Alle E-Mails der Vorführung kommen hier an; nichts verlässt diesen Rechner.
mailbox-empty = Noch keine E-Mail. Abonnieren Sie: Die Bestätigung kommt sofort hier an.
mailbox-from = Von
mailbox-to = An
mailbox-subject = Betreff
mailbox-date = Datum
mailbox-back = Alle E-Mails
mailbox-html = So zeigt es ein Mailprogramm
mailbox-text = Als Text
mailbox-source = Quelltext
mailbox-unnamed = (kein Betreff)
desk-nav = Hauptnavigation
desk-nav-releases = Pressemitteilungen
desk-nav-directory = Verzeichnis
desk-nav-mailings = Versand
desk-nav-people = Personen
desk-nav-site = Website
desk-find = Suchen
desk-find-button = OK
