# De perscontacten op de publieke site.
contacts-answers-until = antwoordt nu, tot { $when }
contacts-card-of = vCard: { $name }
contacts-csv-name = Naam
contacts-csv-function = Functie
contacts-csv-institution = Instelling
contacts-csv-member = Regeringslid
contacts-csv-title = Titel
contacts-csv-phones = Telefoon
contacts-csv-mails = E-mail
contacts-csv-languages = Talen
contacts-csv-hours = Uren
contacts-find = Naam, instelling of onderwerp
contacts-order = Ordening van de gids
contacts-all = Alle
contacts-by-government = Leden van de regering
contacts-by-institution = Instellingen
contacts-nothing = Geen enkel contactpunt past bij deze woorden.
contacts-count = { $count ->
    [0] Geen contactpunt
    [one] Eén contactpunt
   *[other] { $count } contactpunten
}
contacts-count-many = # contactpunten
contacts-take = Meenemen
contacts-take-cards = Voor het adresboek
contacts-take-table = Als tabel
contacts-take-data = Voor programma’s
contacts-members-and-former = Wie regeert, en vorige regeringen
contacts-not-press = Geen pers?
contacts-for-all = Andere manieren om ons te bereiken
contacts-now = Wie antwoordt nu?
contacts-now-at = Op { $day }.
contacts-now-until = Geldig tot { $when }.
contacts-for-journalists = Deze nummers zijn bestemd voor journalisten.
contacts-ended = niet meer bereikbaar
contacts-nobody-now = Voor dit uur is geen wachtdienst vermeld. De contactpunten hieronder antwoorden tijdens de kantooruren.
contacts-none-named = Geen contactpunt vermeld.
contacts-former = { $name } was het contact bij de publicatie en is hier niet meer bereikbaar.
