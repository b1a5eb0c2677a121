# Die Pressekontakte auf der öffentlichen Website.
contacts-answers-until = antwortet jetzt, bis { $when }
contacts-card-of = vCard: { $name }
contacts-csv-name = Name
contacts-csv-function = Funktion
contacts-csv-institution = Einrichtung
contacts-csv-member = Regierungsmitglied
contacts-csv-title = Titel
contacts-csv-phones = Telefon
contacts-csv-mails = E-Mail
contacts-csv-languages = Sprachen
contacts-csv-hours = Zeiten
contacts-find = Name, Einrichtung oder Thema
contacts-order = Verzeichnis ordnen
contacts-all = Alle
contacts-by-government = Mitglieder der Regierung
contacts-by-institution = Einrichtungen
contacts-nothing = Keine Kontaktstelle passt zu diesen Wörtern.
contacts-count = { $count ->
    [0] Keine Kontaktstelle
    [one] Eine Kontaktstelle
   *[other] { $count } Kontaktstellen
}
contacts-count-many = # Kontaktstellen
contacts-take = Mitnehmen
contacts-take-cards = Für das Adressbuch
contacts-take-table = Als Tabelle
contacts-take-data = Für Programme
contacts-members-and-former = Wer regiert, und frühere Regierungen
contacts-not-press = Keine Presse?
contacts-for-all = Andere Wege zu uns
contacts-now = Wer antwortet jetzt?
contacts-now-at = Stand: { $day }.
contacts-now-until = Gültig bis { $when }.
contacts-for-journalists = Diese Nummern sind für Journalistinnen und Journalisten bestimmt.
contacts-ended = nicht mehr erreichbar
contacts-nobody-now = Für diese Stunde ist kein Bereitschaftsdienst genannt. Die Kontaktstellen unten antworten während der Bürozeiten.
contacts-none-named = Keine Kontaktstelle genannt.
contacts-former = { $name } war bei der Veröffentlichung der Kontakt und ist hier nicht mehr erreichbar.
