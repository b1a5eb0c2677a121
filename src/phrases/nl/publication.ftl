# De weg van een persbericht naar het publiek, zijn overzicht, en wat er daarna mee gebeurt.
publication-title = “{ $title }” publiceren
publication-edition = editie { $number }
publication-checks = Voor u publiceert
publication-seen =
    { $count ->
        [one] { $count } punt bekeken
       *[other] { $count } punten bekeken
    }, { $fine } in orde
publication-fate = Wat er gaat gebeuren
publication-fate-nothing = Er verschijnt niets: er is nog geen tekst.
publication-fate-now = Zodra u bevestigt, verschijnt het persbericht { $languages }.
publication-fate-at = Op { $day } om { $hour } ({ $zone }) verschijnt het persbericht { $languages }.
publication-fate-readers = { $count ->
    [0] Geen enkele abonnee krijgt het per mail.
    [one] Eén abonnee krijgt het per mail: { $when }.
   *[other] { $number } abonnees krijgen het per mail: { $when }.
}
publication-fate-each = Per taal: { $languages }; iedereen één keer.
publication-fate-until-slot = Tot dan vervangt een correctie de tekst zonder tweede mail.
publication-fate-correction = Wie de vorige editie kreeg, krijgt de nota; voor alle anderen is het een gewoon bericht.
publication-fate-previews = { $count ->
    [one] Eén persoon heeft het al gezien via een persoonlijke link.
   *[other] { $count } personen hebben het al gezien via een persoonlijke link.
}
publication-fate-not-before = Het draagt de vermelding “Niet gebruiken vóór { $at }”.
publication-when = Wanneer is het openbaar?
publication-when-hint = Niemand eerder.
publication-when-now = Nu
publication-when-at = Op deze dag en dit uur
publication-day = Dag
publication-hour = Uur
publication-zone = Tijdzone
publication-twice = Die nacht wijst de klok dit uur twee keer aan. Welk?
publication-twice-first = Het eerste ({ $zone })
publication-twice-second = Het tweede ({ $zone })
publication-later = Eén taal later
publication-language-reason = Waarom ze later volgt
publication-language-reason-hint = Nodig wanneer het beleid van uw instelling deze taal vraagt. De reden staat in het journaal en op de redactie.
publication-who = Wie mag het eerder zien?
publication-who-hint = Persoonlijke links, intrekbaar, met watermerk.
publication-who-nobody = Niemand heeft een link.
publication-who-link = Persoonlijke links
publication-use = Vanaf wanneer mag men het gebruiken?
publication-use-hint = Een vermelding op de pagina en in de mail. Ze verbergt niets.
publication-use-now = Zodra het openbaar is, zonder vermelding
publication-use-until = Met de vermelding “Niet gebruiken vóór” dit tijdstip
publication-go-now = Nu publiceren…
publication-go-at = Plannen…
publication-blocked = { $count ->
    [one] Er is nog één punt te verbeteren.
   *[other] Er zijn nog { $count } punten te verbeteren.
}
publication-correct-first = Het eerste verbeteren
publication-first-pair = U hebt erin geschreven of het ingediend: iemand anders stuurt het door.
publication-others = Deze personen kunnen het doorsturen: { $names }.
publication-nobody-else = Momenteel kan niemand anders het doorsturen; uw beheerder kan dat veranderen.
publication-waits = Het wacht op hen.
publication-submit = Indienen
publication-make-ready = Klaar verklaren
publication-unschedule = Planning opheffen
publication-to-editor = Naar de tekst
publication-to-overview = Naar het overzicht
publication-back-or-force = Terugsturen of forceren
publication-force-only = Forceren
publication-back-reason = Een woord aan de auteur
publication-back-hint = Wat er moet veranderen. Het staat in het journaal.
publication-send-back = Terugsturen naar de auteur
publication-force-reason = Waarom het niet kan wachten
publication-force-hint = Het verschijnt zonder tweede persoon en met wat nog te verbeteren is. Het wordt gemarkeerd, en iemand anders moet het bekrachtigen.
publication-force = Forceren…
publication-wrongs = Dit kan nog niet:
publication-wrong-instant = Geef een dag en een uur op.
publication-wrong-past = Dat tijdstip is voorbij. Kies een later, of publiceer nu.
publication-wrong-skipped = Dat uur bestaat niet: die nacht begint de zomertijd. Kies een vroeger of later uur.
publication-wrong-twice = Zeg welk van de twee uren u bedoelt.
publication-wrong-language-reason = Zeg waarom deze taal later volgt.
publication-wrong-no-language = Minstens één taal moet verschijnen.
publication-wrong-reason = Geef een reden op.
publication-changed = De tekst is veranderd sinds u deze pagina opende. Er is niets gebeurd; bekijk hem hieronder opnieuw.
publication-somebody-was-first = Iemand was u voor: { $name }, { $at }. Er is niets dubbel gebeurd; hieronder ziet u hoe het ervoor staat.
publication-by-itself = vanzelf, op zijn tijdstip
publication-four-eyes = U hebt erin geschreven of het ingediend. Het beleid vraagt een tweede persoon.
publication-confirm-now = Nu publiceren?
publication-confirm-at = Plannen voor { $day } om { $hour }?
publication-confirm-force = Deze publicatie forceren?
publication-publish-button = Publiceren
publication-schedule-button = Plannen voor { $hour }
publication-force-button = Forceren
publication-not-yet = Nog niet
publication-follows-later = { $lang }: volgt later
publication-forced-with = Geforceerd, te bekrachtigen: { $reason }
publication-forced-by = Geforceerd op { $at } door { $name }: “{ $reason }”.
publication-ratified-by = Bekrachtigd door { $name }, { $at }.
publication-ratify = Bekrachtigen
publication-ratify-another = Iemand anders moet het bekrachtigen; tot dan krijgen de beheerders elke dag bericht.
publication-unratified = Nog niet bekrachtigd.
publication-unratified-mail-title = { $count ->
    [one] Een geforceerde publicatie wacht op bekrachtiging
   *[other] { $count } geforceerde publicaties wachten op bekrachtiging
}
publication-unratified-mail-intro = Niemand anders dan wie ze forceerde, heeft gezegd dat het juist was. Wie ze mag doorsturen, kan ze bekrachtigen.
publication-unratified-mail-link = Naar het persbericht
preflight-must = Te verbeteren: { $count }
preflight-should = Na te kijken: { $count }
preflight-fine = In orde: { $count }
preflight-correct = Verbeteren
preflight-look = Bekijken
preflight-compare = Vergelijken
preflight-empty = Er is nog niets geschreven
preflight-language-missing = { $lang } ontbreekt
preflight-together = De gevraagde talen verschijnen samen, tenzij iemand met een reden anders beslist.
preflight-language-later = { $lang } volgt later
preflight-languages = Volledig { $languages }
preflight-languages-hint = Ze verschijnen samen.
preflight-title-missing = { $lang }: geen titel
preflight-lead-missing = { $lang }: geen inleiding
preflight-lead-missing-hint = Lijsten en mails tonen ze onder de titel.
preflight-body-missing = { $lang }: geen tekst
preflight-title-long = { $lang }: een titel van { $count } tekens
preflight-title-long-hint = Tot 90 leest men in één oogopslag.
preflight-lead-long = { $lang }: een inleiding van { $count } tekens
preflight-lead-long-hint = Hoogstens 300.
preflight-lengths = Titels en inleidingen van goede lengte
preflight-lengths-hint = Inleidingen in tekens: { $leads }.
preflight-no-contact = Geen perscontact
preflight-no-contact-hint = Wie belt een journalist?
preflight-none-reachable = Geen enkel contact heeft een openbaar nummer of adres
preflight-none-reachable-hint = Maak er een openbaar in de directory, of kies een ander contact.
preflight-reachable = Bereikbaar contact
preflight-no-description = Foto { $number } heeft geen beschrijving in het { $lang }
preflight-no-description-hint = { $file }. Zeg wat men ziet, of noem ze decoratief.
preflight-no-credit = Foto { $number } heeft geen fotovermelding
preflight-pictures = Foto’s beschreven en vermeld
preflight-dead-link = { $lang }: een link naar een pagina die er niet is
preflight-bare-address = { $lang }: een adres zonder woorden
preflight-empty-link = { $lang }: een link zonder woorden
preflight-headings = { $lang }: tussentitels slaan een niveau over
preflight-headings-hint = Begin met ##, dan ###.
preflight-structure = Links en tussentitels in orde
preflight-wrong-weekday = { $lang }: een datum met de verkeerde weekdag
preflight-is-a = Het is { $day }.
preflight-other-day = { $lang }: de datum in de tekst is niet die van de publicatie
preflight-says = De tekst zegt { $day }.
preflight-day = De datum in de tekst is die van de publicatie
preflight-wrong-language = { $lang }: de tekst lijkt in een andere taal te zijn ({ $is })
preflight-same-text = Dezelfde tekst in twee talen: { $one }, { $other }
preflight-same-text-hint = Een ervan is wellicht twee keer geplakt.
preflight-texts = Elke tekst in zijn taal
preflight-texts-hint = Niet dezelfde twee keer geplakt.
preflight-behind = { $lang }: ouder dan de andere tekst
preflight-behind-hint = { $ahead } gewijzigd op { $ahead_at }, { $behind } op { $behind_at }.
preflight-no-topic = Geen thema
preflight-no-topic-hint = Wie op een thema geabonneerd is, zou het niet krijgen.
preflight-topics = { $count ->
    [one] Eén thema
   *[other] { $count } thema’s
}
preflight-same-title = { $lang }: een ander persbericht van die dag heeft deze titel
overview-editions = Edities
overview-history = Geschiedenis
overview-addresses = Adressen
overview-reach = Bereik
overview-mails = Aanvaarde mails
overview-requests = Raadplegingen van de pagina
overview-previews = Gezien voor de publicatie
overview-previews-all = Persoonlijke links
overview-to-publication = Naar de publicatie
overview-write = Schrijven
overview-correct = Corrigeren…
overview-language = Ook { $languages } publiceren…
overview-take-off = Intrekken of offline halen
overview-withdraw = Intrekken of offline halen…
overview-back = Terugzetten
overview-restore = Terugzetten
overview-no-address = Het krijgt zijn adressen bij de publicatie.
overview-journal = Journaal
overview-short = Kort
overview-redirects = leidt naar het huidige
overview-language-reason = Een taal volgt later: { $reason }
after-correct-title = “{ $title }” corrigeren
after-withdraw-title = “{ $title }” intrekken
after-unchanged = Er verschilt nog niets van wat het publiek leest. Schrijf eerst de correctie.
after-difference = Wat er verandert
after-minor = Kleine correctie
after-minor-says = De pagina toont meteen de nieuwe tekst. Geen vermelding, geen mail; de geschiedenis bewaart de oude.
after-language = Ook { $languages } publiceren
after-language-says = De pagina verschijnt meteen in die taal, en wie ze leest, krijgt ze met de volgende mail, of meteen wie dat zo koos.
after-had = { $count ->
    [0] Niemand heeft het al per mail gekregen.
    [one] Eén lezer kreeg het per mail en krijgt geen bericht.
   *[other] { $number } lezers kregen het per mail en krijgen geen bericht.
}
after-had-major = { $count ->
    [0] Niemand heeft het al per mail gekregen.
    [one] Eén lezer kreeg het per mail. Krijgt bericht: { $when }.
   *[other] { $number } lezers kregen het per mail. Krijgen bericht: { $when }.
}
after-not-yours = Iemand met het recht om te publiceren stuurt het door.
after-minor-button = Deze tekst publiceren
after-major = Nieuwe editie met een openbare nota
after-major-says = Voor alles wat verandert aan wat het persbericht zegt. De volgende editie begint met de tekst zoals hij nu is; ze volgt de gewone weg. De oude blijft leesbaar, met het verschil.
after-note = Wat er rechtgezet wordt ({ $lang })
after-note-hint = Lezers zien het boven de tekst en in hun mail.
after-major-button = De volgende editie openen
after-wrong-note = Zeg wat er rechtgezet wordt ({ $lang }).
after-open = Er staat al een correctie open; werk daarin verder.
after-withdraw = Intrekken
after-withdraw-says = De tekst blijft leesbaar onder een vermelding met de reden. Lijsten markeren hem, en zoekmachines wordt gevraagd hem te vergeten.
after-withdraw-button = Intrekken
after-unpublish = Offline halen
after-unpublish-says = De tekst is niet meer leesbaar. Zijn adressen antwoorden met de reden, of leiden elders heen.
after-unpublish-button = Offline halen
after-reason = Reden ({ $lang })
after-reason-hint = Een zin die iedereen leest.
after-wrong-reason = Geef de reden op ({ $lang }).
after-moved = Leidt in de plaats naar (facultatief)
after-moved-hint = Een adres van deze site, bijvoorbeeld /2026-0417.
after-wrong-moved = Geen pagina van deze site heeft dit adres.
after-restore-says = Het is weer leesbaar zoals het was, op dezelfde adressen. Wie het had gekregen, krijgt bericht.
publication-closed = De instelling die dit persbericht uitbrengt, is gesloten: er verschijnt niets meer van haar. Kies een andere in de editor.
publication-fate-at-once = { $number } meteen
publication-fate-at-slot = { $number } op het verzendmoment van { $slot }
publication-fate-lists = { $count ->
    [one] Eén van hen staat op een perslijst.
   *[other] { $number } van hen staan op perslijsten.
}
