# Wie regeert: regeringen, mandaten, de regeringswissel.
government-title = Regering
government-members = Leden van de regering
government-none = Er is nog niet vermeld wie regeert.
government-none-yet = Nog geen regering. Bereid de huidige voor en laat ze nu aantreten.
government-description = { $name }: de leden, hun titels en bevoegdheden.
government-caretaker-since = In lopende zaken sinds { $day }
government-left = Vertrokken tijdens de regeerperiode
government-others = Andere regeringen
government-competences = Bevoegdheden
government-competence = een bevoegdheid
government-no-member = Geen lid van de regering meer.
government-no-releases = In deze naam is nog niets verschenen.
government-all-releases = Alle persberichten van dit regeringslid
government-former-mandates = Vroegere functies
government-releases-of-then = Persberichten van toen
government-policy-cell = Beleidscel
government-from-until = van { $from } tot { $until }
government-since = sinds { $day }
government-not-begun = nog niet begonnen
government-state-prepared = in voorbereiding
government-state-caretaker = lopende zaken
government-state-in-office = in functie
government-state-former = vorige
government-takes-over-at = treedt vanzelf aan op { $when }
government-all = Regeringen
government-prepare = Een regering voorbereiden
government-prepare-what = Niemand buiten de Kanselarij kent ze voor ze aantreedt.
government-copy = Vertrekken van de huidige
government-copy-hint = Haar leden, titels, bevoegdheden en beleidscellen, te wijzigen waar ze veranderen.
government-prepare-button = Voorbereiden
government-registers = Functies, bevoegdheden, personen
government-preview = Voorbeeld
government-take-over-dots = Laten aantreden…
government-public-page = Publieke pagina
government-add-member = Een lid toevoegen
government-no-cell = geen beleidscel
government-plan = Plan
government-discard-summary = Deze regering opgeven…
government-discard-what = Ze verdwijnt met haar leden, hun contactpunten en woordvoerders. Niemand buiten zal ze gekend hebben.
government-discard = Opgeven
government-caretaker = Lopende zaken
government-caretaker-what = De publieke pagina’s zeggen sinds wanneer ze alleen lopende zaken behartigt.
government-caretaker-begin = Vanaf nu in lopende zaken
government-caretaker-end = Ze regeert weer ten volle
government-rename = De naam opslaan
government-when = Wanneer ze vanzelf aantreedt
government-when-hint = Leeg: wanneer iemand het zegt. Volgens de klok van { $zone }.
government-handovers = Wat er met de huidige mandaten gebeurt
government-handovers-what = Op dat ogenblik eindigen ze allemaal. Voor elk: wie het werk overneemt.
government-open-drafts = { $count ->
    [one] De beleidscel heeft één persbericht dat nog niemand gelezen heeft.
   *[other] De beleidscel heeft { $count } persberichten die nog niemand gelezen heeft.
}
government-heir = Overgenomen door
government-nobody = niemand
government-drafts = Open concepten
government-drafts-hand-over = gaan naar de nieuwe beleidscel
government-drafts-keep = blijven bij de huidige beleidscel
government-drafts-close = gaan niet uit: de beleidscel sluit
government-keep-spokespersons = De woordvoerders blijven spreken
government-keep-contacts = De perscontacten en hun wachtdienst gaan door
government-end-spokespersons = De woordvoerders spreken niet meer
government-end-contacts = De perscontacten en hun wachtdienst eindigen
government-save-plan = Het plan opslaan
government-wrong-held-twice = Twee leden bekleden dezelfde functie.
government-wrong-nobody = Deze regering heeft nog geen leden.
government-wrong-no-cell = Wie concepten of contactpunten overneemt, heeft een beleidscel nodig.
government-wrong-changed = Iemand heeft dit intussen gewijzigd. Bekijk het opnieuw.
government-wrong-past = Dit ogenblik is voorbij. Kies een later, of laat ze nu aantreden.
government-wrong-to-nobody = Zeg wie overneemt wat doorgaat.
government-wrong-office = Welke functie?
government-wrong-person = Wie bekleedt ze? Voornaam en familienaam.
government-wrong-title = De volledige titel, in elke taal van de site.
government-wrong-order = Een getal van 0 tot 999.
government-take-over-title = { $name } treedt aan
government-fate = Nu, in één ogenblik, eindigen { $ending } mandaten van de { $name } en beginnen er { $beginning }. Alle publieke pagina’s volgen binnen een seconde.
government-fate-first = { $count ->
    [one] Nu begint één mandaat. De publieke pagina’s noemen de regering binnen een seconde.
   *[other] Nu beginnen { $count } mandaten. De publieke pagina’s noemen de regering binnen een seconde.
}
government-fate-kept = Verschenen persberichten behouden de naam van het lid namens wie ze uitgingen.
government-goes-to = Overgenomen door { $name }
government-fate-hand-over = { $count ->
    [0] Er is geen open persbericht
    [one] Eén open persbericht gaat naar de nieuwe beleidscel, als concept
   *[other] { $count } open persberichten gaan naar de nieuwe beleidscel, als concept
}
government-fate-keep = { $count ->
    [0] Er is geen open persbericht
    [one] Eén open persbericht blijft bij de beleidscel
   *[other] { $count } open persberichten blijven bij de beleidscel
}
government-fate-close = { $count ->
    [0] De beleidscel sluit; er is geen open persbericht
    [one] De beleidscel sluit; één open persbericht verschijnt niet
   *[other] De beleidscel sluit; { $count } open persberichten verschijnen niet
}
government-fate-items = Open beslissingen op haar of zijn voorstel: { $meetings }
government-fate-items-go = Ze gaan naar wie overneemt; wat erover geantwoord werd, telt niet meer, en allen worden opnieuw gevraagd
government-fate-items-stay = Ze houden dit mandaat, en niemand antwoordt er nog voor; een gegeven akkoord blijft. Noem een andere voorsteller, of stel vrij
government-fate-item = { $meeting }, { $numbers }
government-no-way-back = Er is geen weg terug, behalve een nieuwe regeringswissel.
government-correct-plan = Het plan verbeteren
government-take-over-now = Nu laten aantreden
government-preview-banner = Voorbeeld: zo zal de pagina eruitzien
government-preview-secret = Niemand buiten de Kanselarij ziet ze.
government-preview-back = Terug naar de voorbereiding
government-no-cell-no-contacts = Contactpunten horen bij de beleidscel, en die is er nog niet.
government-facts = Mandaat
government-change-facts = Wijzigen
government-full-title = Volledige titel
government-order = Protocollaire volgorde
government-order-hint = 1 voor de eerste. Bij gelijke getallen in de volgorde van toevoeging.
government-remove-summary = Dit lid weghalen…
government-remove-what = Het mandaat verdwijnt, met zijn contactpunten en woordvoerders. Niemand buiten heeft het gekend.
government-remove = Weghalen
government-end-summary = Dit lid verlaat de regering…
government-end-what = Het mandaat eindigt nu, met zijn woordvoerders, contactpunten en wachtdienst. De beleidscel en de persberichten blijven. Voeg daarna de opvolger toe aan de regering.
government-end-mandate = Het mandaat beëindigen
government-begins-at-once = Deze regering is in functie: het mandaat begint zodra het opgeslagen is.
government-fixed = Functie en persoon blijven: een andere persoon is een ander mandaat.
government-office = Functie
government-office-hint = De zetel aan tafel, wie hem ook bekleedt. Nieuwe voegt u toe onder ‘Functies, bevoegdheden, personen’.
government-person = Wie
government-person-known = Iemand die al bekend is
government-person-new = iemand nieuw:
government-given-name = Voornaam
government-family-name = Familienaam
government-cell-hint = De staf van de minister, die zijn persberichten uitbrengt. Een nieuwe is voor niemand bekend voor het mandaat begint.
government-cell-none = nog geen
government-cell-new = een nieuwe, genaamd:
government-cell-names = Naam van de nieuwe beleidscel, of die ze krijgt als het mandaat begint
government-save-member = Het mandaat opslaan
government-offices = Functies
government-persons = Personen
government-register-add = Toevoegen
government-register-kind = Wat is het?
government-register-none = Nog niets.
