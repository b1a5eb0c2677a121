# Het zoeken: de pagina, de resultaten, en wat helpt om te vinden.
search-title = Zoeken in de persberichten
search-label = Woorden, uitdrukking, referentie of datum
search-within = Zoeken in deze lijst
find-label = Zoeken in de persberichten
find-submit = Zoeken
search-page-title = ‘{ $words }’
search-understood = Zo werd uw zoekopdracht begrepen
search-count = { $count ->
    [0] Geen persbericht
    [one] { $shown } persbericht
   *[other] { $shown } persberichten
}
search-with = met
search-without = zonder
search-phrase = ‘{ $words }’
search-left-out = Er wordt naar hoogstens { $most } woorden gezocht. Niet meegenomen: { $words }.
search-cut = Alleen de eerste { $most } tekens van uw zoekopdracht zijn bekeken.
search-no-words = Uw zoekopdracht bevat geen woord, alleen tekens. Typ minstens één woord.
search-catching-up = De zoekfunctie verwerkt nog de laatste wijzigingen: wat zonet is verschenen, kan hier nog ontbreken.
search-away = De zoekfunctie wordt klaargezet en is er zo weer. Intussen vindt u alle persberichten in de lijsten.
search-again = Opnieuw zoeken
search-results = Resultaten
search-show = { $count ->
    [one] { $shown } persbericht tonen
   *[other] { $shown } persberichten tonen
}
search-newest-now = Recentste eerst
search-newest = Sorteren op datum
search-best-now = Meest relevante eerst
search-best = Sorteren op relevantie
search-feed = Deze zoekopdracht volgen als feed (Atom)
search-feed-title = Deze zoekopdracht
search-subscribe = Per e-mail ontvangen
search-next = Volgende resultaten
search-previous = Vorige resultaten
search-elsewhere = Uw woorden staan in de versie in het { $language }
search-chosen-kind = soort: { $name }
search-chosen-language = beschikbaar in het { $name }
search-by-kind = Soort
search-by-language = Taal
search-by-year = Jaar
search-nothing = Er is geen persbericht gevonden dat hieraan voldoet.
search-near = Bedoelde u:
search-widen = Ruimer zoeken
search-widen-word = zonder ‘{ $word }’
search-widen-unwanted = ook met ‘{ $word }’
search-widen-choice = zonder de keuze ‘{ $choice }’
search-help = Hoe zoeken?
search-help-words = Typ een of meer woorden: u vindt elk persbericht waarin ze allemaal staan, in enkelvoud en meervoud, met of zonder accenten, in alle talen.
search-help-beginning = Van het laatste woord volstaat het begin: hoogw vindt hoogwater.
search-help-phrase = Aanhalingstekens houden woorden samen:
search-help-without = Een streepje vlak voor een woord sluit het uit:
search-help-direct = Een referentie (2026-0001) of een datum (20/11/2026) brengt u meteen bij het persbericht of de dag.
search-examples = Bijvoorbeeld
search-or-lists = Of bekijk
search-description = Zoek in alle persberichten op woorden, thema, bron, taal en datum.
search-help-phrase-example = "openbaar vervoer"
search-help-without-example = water -energie
search-of = { $span } van { $total }
search-widen-only = alleen ‘{ $word }’
search-widen-phrase = ‘{ $word }’ zonder aanhalingstekens
find-submit-within = Hier zoeken
search-offers = Misschien zoekt u
search-offer-institution = { $count ->
    [one] { $name }: het persbericht van deze instelling
   *[other] { $name }: de { $shown } persberichten van deze instelling
}
search-offer-topic = { $count ->
    [one] Thema ‘{ $name }’: { $shown } persbericht
   *[other] Thema ‘{ $name }’: { $shown } persberichten
}
search-offer-period = { $count ->
    [one] { $name }: { $shown } persbericht
   *[other] { $name }: { $shown } persberichten
}
search-no-reference = Er is geen persbericht met referentie { $reference }.
