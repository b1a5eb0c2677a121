answer-chancellery-name = Kanselarij
answer-meeting-council = ministerraad van { $day }
answer-meeting-inner = kernkabinet van { $day }
answer-door-title = Uw antwoord wordt gevraagd
answer-door-for = Deze link is gemaakt voor { $name }.
answer-door-open = Openen
answer-door-hint = Er verschijnt niets en er wordt niets beantwoord voor u drukt. Daarna werkt de link alleen op dit toestel.
answer-end-expired-title = Deze link is vervallen
answer-end-expired = De dag van deze vergadering is voorbij. Wat nog openstaat, komt met een nieuwe mail.
answer-end-revoked-title = Deze link is vervangen
answer-end-revoked = Er is een nieuwere link geopend. U kunt een nieuwe laten sturen naar uw bekende adres.
answer-end-ended-title = De Kanselarij heeft uw links ingetrokken
answer-end-ended = Bel de Kanselarij voor een nieuwe link: alleen zij kan die u sturen.
answer-end-nobody-title = U antwoordt hier niet meer
answer-end-nobody = U staat niet meer vermeld als woordvoerder van een minister in functie. Wat u antwoordde, blijft; wie u opvolgt, krijgt bericht.
answer-end-elsewhere-title = Geopend op een ander toestel
answer-end-elsewhere = Deze link is geopend op een ander toestel. Is hij voor u bestemd, laat dan een nieuwe sturen naar { $email }; wie die opent, sluit het andere toestel af.
answer-end-send-new = Stuur mij een nieuwe link
answer-end-sent-title = Er komt een nieuwe link
answer-end-sent = Als uw antwoord nog gevraagd wordt, komt hij binnen een minuut aan op { $email }. Er vertrekt er hooguit één per minuut.
answer-title = { $count ->
    [one] Eén beslissing wacht op uw antwoord
   *[other] { $count } beslissingen wachten op uw antwoord
}
answer-title-none = U hebt alles beantwoord
answer-title-public = Deze beslissingen zijn openbaar
answer-identity = U bent { $name } en antwoordt voor { $minister }.
answer-not-you = Bent u dat niet?
answer-until = Vóór { $hour },
answer-left = { $minutes ->
    [one] nog { $minutes } minuut.
   *[other] nog { $minutes } minuten.
}
answer-left-none = nog minder dan een minuut.
answer-left-hours = nog { $count } uur.
answer-left-days = nog { $count } dagen.
answer-no-silence = Daarna belt de Kanselarij u: zwijgen is geen akkoord.
answer-silence = Daarna geldt zwijgen als akkoord met precies deze teksten.
answer-no-deadline = Er is geen uiterste tijdstip; zwijgen is geen akkoord.
answer-deadline-past = Het uiterste tijdstip van { $hour } is voorbij. Uw antwoord telt evengoed tot de publicatie.
answer-public = Openbaar sinds { $hour }. Wat u nu antwoordt, wordt als opmerking bewaard.
answer-choose = Kies per punt een antwoord. Er vertrekt niets tot u onderaan verstuurt.
answer-answered = Beantwoord
answer-nothing = Voor deze vergadering wordt u op dit ogenblik niets gevraagd.
answer-item = Punt { $number }
answer-new = nieuw
answer-changed = gewijzigd
answer-refused = opnieuw gevraagd
answer-done = beantwoord
answer-is-public = openbaar
answer-for = Voor { $minister }
answer-instrument = { $instrument }{ $reading ->
    [0] { "" }
    [1] , eerste lezing
    [2] , tweede lezing
   *[other] , derde lezing
}
answer-proposed = Voorgesteld door: { $who }
answer-refused-because = De Kanselarij heeft uw wijziging niet overgenomen: “{ $reason }”
answer-changed-since = Gewijzigd sinds u om { $hour } akkoord ging; de rest is gelijk.
answer-changed-since-answer = Gewijzigd sinds uw antwoord van { $hour }; de rest is gelijk.
answer-being-edited = De Kanselarij werkt aan deze tekst. Wijzigt hij, dan vragen wij het u opnieuw, met het verschil.
answer-full = Volledige tekst, { $languages }
answer-settled = Voor dit punt wordt u niets meer gevraagd.
answer-revise = Het antwoord herzien
answer-legend = Uw antwoord op punt { $number }
answer-agree = Akkoord
answer-suggest = Akkoord, met wijziging
answer-change = Wijziging vragen
answer-none = Betreft ons niet
answer-remark = Opmerking
answer-leave-remark = Een opmerking nalaten
answer-your-remark = Uw opmerking, die de Kanselarij bewaart
answer-not-yet = Nog geen antwoord
answer-not-sent = Nog niet verstuurd
answer-clear = Wissen
answer-clear-of = van antwoord op punt { $number }
answer-your-title = Uw titel, { $language }
answer-your-lead = Uw inleiding, { $language }
answer-your-text = Uw tekst, { $language }
answer-reason = Wat moet er anders, en waarom?
answer-chosen = van { $count } gekozen
answer-to-send = te versturen
answer-next = Volgende
answer-check = Nakijken
answer-send-title = Dit verstuurt u
answer-sum-agree = akkoord, op precies deze tekst in al zijn talen
answer-sum-suggest = akkoord met uw wijziging
answer-sum-change = wijziging gevraagd
answer-sum-none = betreft ons niet
answer-open-stay = Punten zonder antwoord blijven open; deze pagina brengt u er terug. U kunt elk antwoord herzien tot de publicatie.
answer-send = Verstuur mijn antwoorden
answer-send-one = Verstuur 1 antwoord
answer-send-many = Verstuur # antwoorden
answer-choose-first = Kies eerst een antwoord
answer-personal = Deze link is van u alleen en werkt op dit toestel.
answer-somebody-else = Iemand anders vandaag?
answer-hand-over = Laat { $name } in uw plaats antwoorden
answer-hand-over-hint = Die krijgt een eigen mail, tot het einde van de vergadering. U kunt nog altijd antwoorden; het laatste antwoord telt.
answer-chancellery = Kanselarij: { $phone }
answer-to-desk = Terug naar het bureau
answer-wrong-title = Er is nog niets verstuurd. Gelieve dit recht te zetten:
answer-wrong-no-reason = zeg wat er anders moet, en waarom
answer-wrong-long = hoogstens { $count } tekens
answer-wrong-same = uw tekst is gelijk aan de onze; kies “Akkoord” of wijzig hem
answer-wrong-text = een tekst heeft in elke taal een titel nodig, van hoogstens 255 tekens
answer-confirm-title = { $count ->
    [one] Dit antwoord versturen?
   *[other] Deze { $count } antwoorden versturen?
}
answer-confirm-button = { $count ->
    [one] Ja, verstuur 1 antwoord
   *[other] Ja, verstuur { $count } antwoorden
}
answer-confirm-back = Nee, terug
answer-column-item = Punt
answer-column-answer = Antwoord
answer-received = Ontvangen om { $hour }
answer-all-done = Alles is beantwoord. U hoeft niets meer te doen.
answer-still-open = { $count ->
    [one] Eén punt staat nog open.
   *[other] { $count } punten staan nog open.
}
answer-go-on = De rest beantwoorden
answer-receipt-by = { $name }, voor { $minister }, { $channel }. Dit bewijs is ook gemaild naar { $email }.
answer-by-link = via persoonlijke link
answer-by-desk = aangemeld
answer-receipt-caption = Ontvangstbewijs: punt, antwoord, vingerafdruk van de tekst
answer-hash-note = De tekens zijn de vingerafdruk van de tekst waarop u antwoordde. Wijzigt die tekst, dan vragen wij het u opnieuw, met het verschil.
answer-fate-older = De tekst wijzigde terwijl u las: dit antwoord blijft bij de tekst die u las, en de nieuwe wordt u voorgelegd.
answer-fate-public = De beslissing was al openbaar: dit antwoord wordt als opmerking bewaard.
answer-fate-waived = De Kanselarij vraagt uw minister niet meer over dit punt: dit antwoord wordt als opmerking bewaard.
answer-fate-decided = De Kanselarij had over dit punt al beslist: dit antwoord wordt als opmerking bewaard.
answer-list-title = Beslissingen die op uw antwoord wachten
answer-list-all = alles
publication-not-agreed = Nog niet alle betrokken woordvoerders gingen akkoord met precies deze tekst: zie het bord van de vergadering.
after-not-agreed = De woordvoerders gingen akkoord met deze tekst: die wijzigt alleen via een gecorrigeerde editie, die hun wordt voorgelegd.
answer-list-empty = Er is u nog niets voorgelegd.
answer-mail-subject = { $title } ({ $meeting })
answer-mail-title-before =
    Vóór { $hour }: { $count ->
        [one] één beslissing wacht op uw antwoord
       *[other] { $count } beslissingen wachten op uw antwoord
    }
answer-mail-reminder = Herinnering. { $title }
answer-mail-hello = Dag { $name },
answer-mail-for = Voor { $minister }
answer-mail-items = { $what }: { $numbers }
answer-mail-new = { $count ->
    [one] Nieuw: punt { $numbers }
   *[other] Nieuw: punten { $numbers }
}
answer-mail-changed = { $count ->
    [one] Gewijzigd sinds uw antwoord: punt { $numbers }
   *[other] Gewijzigd sinds uw antwoord: punten { $numbers }
}
answer-mail-refused = { $count ->
    [one] Opnieuw gevraagd: punt { $numbers }
   *[other] Opnieuw gevraagd: punten { $numbers }
}
answer-mail-button = Lezen en antwoorden
answer-mail-no-password = Geen wachtwoord nodig. Openen is nog geen antwoord: u kiest per punt en verstuurt zelf.
answer-mail-call = Om { $hour } belt de Kanselarij wie niet antwoordde. Zwijgen is geen akkoord.
answer-mail-silence = Vanaf { $hour } geldt zwijgen als akkoord met precies deze teksten.
answer-mail-no-deadline = Zwijgen is geen akkoord.
answer-mail-publication = Om { $hour } verschijnt wat klaar is.
answer-mail-personal = De link is van u alleen en opent op één toestel.
answer-mail-deputy = Kunt u niet? Op de pagina kunt u { $names } in uw plaats laten antwoorden.
answer-mail-no-texts = De teksten staan niet in deze mail. Dit bericht is automatisch verstuurd.
answer-escalation-title = { $count ->
    [one] Eén antwoord ontbreekt
   *[other] { $count } antwoorden ontbreken
} om { $hour }
answer-escalation-button = Het bord openen
