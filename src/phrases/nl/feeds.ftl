# Feeds: de pagina die ze uitlegt, de links ernaartoe, de vermeldingen erin.
feeds-nav = Feeds
feeds-heading = Feeds
feeds-lead = De persberichten in uw feedlezer, met hun volledige tekst, zodra ze openbaar zijn. Zonder inschrijving en zonder e-mailadres.
feeds-how = Hoe het werkt
feeds-how-text = Kopieer een van de adressen hieronder naar een feedlezer: een app, een website of een mailprogramma dat feeds leest. De feedlezer kijkt hier geregeld en toont u wat nieuw is.
feeds-formats = Elke feed bestaat in drie formaten: Atom, RSS en JSON Feed. De inhoud is dezelfde; de meeste feedlezers kennen ze alle drie.
feeds-any = Elke lijst en elke zoekopdracht op deze site heeft ook een feed: de link staat bij de resultaten, en uw keuzes blijven in het adres staan. Bijvoorbeeld:
feeds-content = { $count ->
    [one] Een feed bevat het laatste persbericht
   *[other] Een feed bevat de laatste { $count } persberichten
} met de volledige tekst, in de taal van de feed of, als die er niet is, in een andere. Oudere staan op de volgende pagina’s van de feed.
feeds-changes = Een rechtzetting werkt het persbericht bij en vermeldt wat er is rechtgezet. Een ingetrokken persbericht blijft staan, met de vermelding dat het is ingetrokken en waarom.
feeds-by-source = Per bron
feeds-everything = Alle persberichten
feeds-named = { $format }: { $name }
feeds-of-list = Deze persberichten volgen via een feed
feeds-of-institution = Deze instelling volgen via een feed
feeds-withdrawn-title = Ingetrokken: { $title }
