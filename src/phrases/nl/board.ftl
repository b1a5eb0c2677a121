board-title = Bord: { $meeting }
board-crumb =
    { $count ->
        [0] nog geen beslissing
        [one] 1 beslissing
       *[other] { $count } beslissingen
    }{ $rounds ->
        [0] , nog niet verstuurd
        [one] , 1 ronde
       *[other] , { $rounds } rondes
    }
board-says-empty = Nog geen beslissing op de agenda
board-says-public = { $count ->
    [one] 1 beslissing is openbaar
   *[other] { $count } beslissingen zijn openbaar
}
board-says-blocked = { $count ->
    [one] 1 beslissing geblokkeerd
   *[other] { $count } beslissingen geblokkeerd
}
board-says-waiting = { $count ->
    [one] 1 wacht
   *[other] { $count } wachten
}
board-says-unsent = { $count ->
    [one] 1 niet verstuurd
   *[other] { $count } niet verstuurd
}
board-says-forced = { $count } te bekrachtigen
board-says-ready = { $count ->
    [0] geen enkele klaar
    [one] 1 klaar
   *[other] { $count } klaar
}
board-deadline = Antwoorden tot { $hour }
board-deadline-past = termijn voorbij
board-planned = Publicatie om { $hour }
board-planned-past = uur voorbij
board-publish-now = Nu publiceren
board-minutes = { $minutes } min
board-minutes-none = < 1 min
board-hours = { $count } u
board-days = { $count } d
board-then-silence = daarna geldt zwijgen als akkoord
board-then-escalate = daarna is het aan u om te bellen
board-armed = vanzelf
board-not-armed = niet ingepland
board-agenda = Agenda, één vak per beslissing
board-item = Beslissing
board-key-strip = Betekenis van de vakken
board-key-table = Betekenis van de tabel
board-key-ready = klaar: { $count }
board-key-waiting = kader: wacht, { $count }
board-key-blocked = gevuld: geblokkeerd, { $count }
board-live = Live
board-reload = herladen
board-ours = U bent aan zet
board-ours-count = { $count ->
    [0] niets
    [one] 1 beslissing
   *[other] { $count } beslissingen
}
board-theirs = Zij zijn aan zet
board-theirs-count = { $count ->
    [0] er ontbreekt geen antwoord
    [one] antwoorden verwacht op 1 beslissing
   *[other] antwoorden verwacht op { $count } beslissingen
}
board-nothing = Niets.
board-remind = { $count ->
    [one] De woordvoerder herinneren
   *[other] De woordvoerders van { $count } ministers herinneren
}
board-remind-hint = één mail per persoon
board-latest = Laatste antwoorden
board-log = { $who }: { $what } (beslissing { $number })
board-log-agree = gaat akkoord
board-log-suggest = gaat akkoord, met wijziging
board-log-change = vraagt een wijziging
board-log-none = zegt dat het hen niet betreft
board-log-remark = laat een opmerking na
board-table = Beslissingen per minister
board-caption = Elke beslissing, en waar elke woordvoerder staat
board-column-title = Titel
board-column-state = Stand
board-column-done = alles beantwoord
board-untitled = (nog zonder titel)
board-row-unsent = niet verstuurd
board-row-blocked = geblokkeerd
board-row-waiting = wacht
board-row-ready = klaar
board-row-public = openbaar
board-row-out = achtergehouden
board-cell-to-send = te versturen
board-short-to-send = versturen
board-cell-nobody = geen woordvoerder
board-short-nobody = niemand
board-cell-ended = mandaat beëindigd
board-short-ended = gedaan
board-cell-bounced = mail geweigerd
board-short-bounced = geweigerd
board-cell-sent = verstuurd, niet geopend
board-short-sent = verstuurd
board-cell-opened = geopend
board-short-opened = geopend
board-cell-again = te herzien, tekst gewijzigd
board-short-again = herzien
board-cell-repeated = opnieuw gevraagd
board-short-repeated = gevraagd
board-cell-agreed = akkoord
board-cell-silence = akkoord door zwijgen
board-short-silence = zwijgt
board-cell-deputy = akkoord van plaatsvervanger
board-short-deputy = plaatsv.
board-cell-suggests = akkoord, met wijziging
board-short-suggests = wijziging
board-cell-change = vraagt een wijziging
board-short-change = vraagt
board-cell-not-ours = betreft ons niet
board-short-not-ours = niet
board-cell-not-concerned = niet betrokken, bevestigd
board-cell-waived = vrijgesteld
board-short-waived = vrij
board-cell-forced = geforceerd, te bekrachtigen
board-short-forced = forceer
board-who-what = { $who }: { $what }
board-suggests-in = in { $languages },
board-edit = De tekst wijzigen
board-act-suggestion = Het voorstel bekijken
board-act-change = Het verzoek bekijken
board-act-confirm = Bevestigen of weigeren
board-act-more = Acties…
board-send = { $count ->
    [one] 1 beslissing ter validatie sturen
   *[other] { $count } beslissingen ter validatie sturen
}
board-send-drafts = Ter validatie sturen
board-send-and-drafts = { $count ->
    [one] Ook 1 ontwerp kan mee.
   *[other] Ook { $count } ontwerpen kunnen mee.
}
board-send-hint = U ziet eerst wie bericht krijgt.
board-sending-title = Ter validatie sturen
board-sending-deadline = Elke woordvoerder krijgt één mail voor alles wat wacht. Daarin staat: antwoorden vóór { $hour }; zwijgen is geen akkoord.
board-sending-silence = Elke woordvoerder krijgt één mail voor alles wat wacht. Daarin staat: antwoorden vóór { $hour }; daarna geldt zwijgen als akkoord.
board-sending-no-deadline = Elke woordvoerder krijgt één mail voor alles wat wacht. Voor deze vergadering is geen uiterste tijdstip bepaald.
board-sending-waiting = Wacht op verzending
board-sending-drafts = Ontwerpen
board-sending-send = Versturen
board-sending-hint = Alleen wat aangevinkt is, vertrekt. Ontwerpen worden ingediend zoals ze zijn.
board-sending-lacks = Geen titel of tekst in het { $language }: kan niet vertrekken.
board-sending-nobody-proposes = Geen voorstellende minister: niemand wordt gevraagd.
board-sending-settled = { $who }: geregeld, niet opnieuw gevraagd
board-sending-nobody = { $who }: geen woordvoerder vermeld; niemand krijgt bericht
board-sending-to = { $who }: { $names }
board-back = Terug naar het bord
board-place-title = Beslissing { $number }: { $who }
board-because = Reden: { $reason }
board-nobody-hint = Niemand staat vermeld als woordvoerder van dit mandaat. Vul iemand in de gids in; die krijgt dan vanzelf bericht.
board-reason = Reden (bewaard in het logboek)
board-accept = De wijziging aanvaarden
board-accept-send = Aanvaarden en meteen de anderen vragen
board-confirm = Bevestigen: het betreft hen niet
board-refuse = Weigeren…
board-refuse-button = Weigeren en opnieuw vragen
board-write-again = Opnieuw schrijven, of naar iemand anders
board-resend = Opnieuw versturen
board-revoke = De links van { $name } beëindigen
board-other-address = Het adres in de gids wijzigen
board-deputy = Plaatsvervanger
board-until = Tot (leeg: einde van de vergadering)
board-delegate = De plaatsvervanger laten antwoorden
board-delegate-hint = De plaatsvervanger krijgt meteen wat wacht, en tot dan de mails van dit mandaat.
board-rule = Beslissen
board-add = Nog een minister moet akkoord gaan met beslissing { $number }
board-add-who = Wie
board-add-button = Toevoegen, dan versturen
board-ask-after-all = Hen toch vragen
board-waive = Vrijstellen…
board-waive-hint = Het akkoord van deze minister met deze beslissing is niet nodig. Alleen wie de tekst niet schreef, mag dat zeggen.
board-waive-button = Vrijstellen
board-force = Forceren…
board-force-hint = De beslissing gaat door zonder hun akkoord. Ze wordt gemarkeerd en iemand anders moet ze binnen een dag bekrachtigen.
board-force-button = Forceren
board-all-answers = Alle antwoorden
board-no-answers = Nog geen.
board-accepted = Aanvaard door de Kanselarij.
board-refused = Niet overgenomen: { $reason }
board-refused-over = Deze beslissing is openbaar, of de vergadering is afgelast.
board-refused-nothing = Daarvan moet niets verstuurd worden.
board-refused-language = Beslissing { $number } heeft geen titel of tekst in het { $language }, die deze vergadering vraagt. Er is niets verstuurd.
board-refused-reason = Geef een reden, van hoogstens 2000 tekens.
board-refused-changed = Dit is intussen gewijzigd. Hieronder staat hoe het nu is.
board-refused-time = Dat tijdstip is voorbij, of bestaat niet.
board-refused-four-eyes = U schreef in deze tekst: iemand anders moet hierover beslissen. U mag forceren, wat iemand anders daarna bekrachtigt.
board-refused-content = Een tekst kan zo niet vertrekken: een titel ontbreekt of is te lang.
