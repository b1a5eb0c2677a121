# Who works here.
people-title = Personen
people-invite = Jemanden einladen
people-find = Name oder Adresse
people-filter = Filtern
people-role = Rolle
people-institution = Einrichtung
people-institution-none = Keine
people-all-roles = Alle Rollen
people-all-institutions = Alle Einrichtungen
people-none = Niemand entspricht dem.
people-more = Weiter
people-state-open = aktiv
people-state-invited = eingeladen
people-state-closed = geschlossen
people-second-factor = zweiter Faktor
people-send = Einladung senden
people-invite-lead = Die Person erhält eine E-Mail mit einem Link, der einmal und sieben Tage lang gilt, und wählt dort ein Passwort.
people-standing = Name, Rolle, Einrichtung
people-standing-hint = Eine andere Rolle oder Einrichtung gilt sofort und beendet die Sitzungen.
people-access = Zugang
people-close = Konto schließen
people-close-hint = Die Sitzungen enden sofort. Was die Person geschrieben hat, bleibt.
people-open = Konto wieder öffnen
people-invite-again = Einladung erneut senden
people-reset-second-factor = Authenticator-App entfernen
people-reset-second-factor-hint = Für Personen, die Telefon und Wiederherstellungscodes verloren haben. Vergewissern Sie sich, dass die Anfrage wirklich von der Person kommt.
people-done-invited = Die Einladung ist unterwegs.
people-done-saved = Gespeichert. Die Person wird per E-Mail benachrichtigt.
people-own = Das ist Ihr eigenes Konto: Jemand anderes muss die Rolle ändern.
people-journal = Was diese Person getan hat
people-error-taken = Zu dieser Adresse gibt es schon ein Konto.
people-error-role = Wählen Sie eine Rolle aus der Liste.
people-error-institution = Wählen Sie die Einrichtung, für die diese Person spricht.
people-error-not-yours = Sie können diese Rolle in dieser Einrichtung nicht vergeben.
people-errors = { $count ->
    [one] Eine Angabe ist zu korrigieren
   *[other] { $count } Angaben sind zu korrigieren
}
