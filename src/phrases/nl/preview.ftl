# Persoonlijke links naar wat nog niet openbaar is.
preview-title = Persoonlijke links
preview-links = Links
preview-new = Een link geven
preview-says = De link toont de laatste revisie in al haar talen, onder een banner met de naam van de persoon. Elke lezing wordt genoteerd.
preview-name = Naam
preview-name-hint = Naam en organisatie: die staat op elke pagina die ze ziet.
preview-email = E-mailadres
preview-lang = Taal van onze mail
preview-expires = Vervalt op
preview-with-files = Ook originelen en documenten
preview-with-files-hint = Anders krijgen foto’s het formaat van de pagina, met watermerk.
preview-by-hand = Ik bezorg de link zelf
preview-by-hand-hint = Hij wordt één keer getoond, en er gaat geen mail weg.
preview-give = De link geven
preview-open = open
preview-revoked = ingetrokken
preview-expired = vervallen
preview-revoke = Intrekken
preview-files = met bestanden
preview-wrong-name = Geef een naam van hoogstens 200 tekens.
preview-wrong-email = Dit is geen e-mailadres.
preview-wrong-expiry = Kies een tijdstip binnen de komende 90 dagen.
preview-mail-subject = Een voorvertoning voor u
preview-mail-title = Een voorvertoning van een persbericht
preview-mail-personal = Het is nog niet openbaar. Uw naam staat erop en elke lezing wordt genoteerd; geef de link niet door.
preview-mail-link = De voorvertoning openen
preview-mail-foot = U krijgt deze mail omdat een persdienst u deze link gaf.
preview-door-title = Een voorvertoning voor u
preview-door-open = Openen
preview-banner-unplanned = Niet openbaar, en niet te publiceren: er is nog geen tijdstip gepland.
preview-reads = { $count ->
    [0] niet geopend
    [one] één keer gelezen
   *[other] { $count } keer gelezen
}
preview-until = tot { $at }
preview-last = het laatst op { $at }
preview-made = De link van { $name }. Hij wordt hier alleen nu getoond.
preview-mail-intro = Deze link is gemaakt voor { $name }. Hij toont een persbericht voor de publicatie.
preview-mail-until = Hij werkt tot { $day }, { $hour }.
preview-banner = Voorvertoning voor { $name }
preview-banner-until = Niet openbaar vóór { $at }; tot dan niet te publiceren.
preview-banner-ends = Deze link vervalt op { $at }.
