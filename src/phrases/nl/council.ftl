nav-council = Ministerraad
council-kind-council = Ministerraad
council-kind-inner = Kernkabinet
council-meeting-of = Ministerraad van { $day }
council-inner-of = Kernkabinet van { $day }
council-item = beslissing { $number }
council-instrument = Instrument
council-proposed-by = Op voorstel van
council-on-proposal = Op voorstel van { $names }
council-items-nav = Beslissingen van deze vergadering
council-previous-item = ← Beslissing { $number }
council-next-item = Beslissing { $number } →
council-all-items = Alle beslissingen van de vergadering
council-preliminary-draft-law = voorontwerp van wet
council-draft-law = wetsontwerp
council-draft-royal-decree = ontwerp van koninklijk besluit
council-royal-decree = koninklijk besluit
council-ministerial-decree = ministerieel besluit
council-circular = omzendbrief
council-cooperation-agreement = samenwerkingsakkoord
council-treaty = verdrag
council-public-contract = overheidsopdracht
council-appointment = benoeming
council-note = beleidsnota
council-report = verslag
council-other-instrument = ander
council-reading = { $number ->
    [1] eerste lezing
    [2] tweede lezing
   *[other] derde lezing
}
council-lead = De vergaderingen van de ministerraad en de beslissingen die er genomen zijn, de recentste eerst.
council-none = Er is nog geen vergadering gepubliceerd.
council-none-in-year = Van dat jaar is geen vergadering gepubliceerd.
council-list-of = Ministerraad: { $year }
council-years = Jaren
council-follow = Volgen
council-subscribe = De beslissingen per e-mail ontvangen
council-feed = Feed van de vergaderingen
council-feed-of = Feed van deze vergadering
council-all-decisions = Alle persberichten van de ministerraad
council-count = { $count ->
    [0] Geen beslissing
    [one] { $count } beslissing
   *[other] { $count } beslissingen
}
council-published-at = Gepubliceerd op { $day }, { $hour }
council-published = Gepubliceerd om
council-decisions = Beslissingen
council-no-decisions = Van deze vergadering kan geen beslissing gelezen worden.
council-meetings-nav = Andere vergaderingen
council-all-meetings = Alle vergaderingen
council-versions = Deze vergadering in andere talen
council-partly = { $language }: { $some ->
    [0] geen beslissing
    [one] { $some } beslissing van { $all }
   *[other] { $some } beslissingen van { $all }
}
council-pictures = { $count ->
    [one] { $count } foto
   *[other] { $count } foto’s
}
council-documents = { $count ->
    [one] { $count } document
   *[other] { $count } documenten
}
council-facts = De vergadering
council-date = Datum
council-place = Plaats
council-electronic = Elektronische procedure
council-chair = Voorzitter
council-chaired = Voorzitter: { $name }, { $title }
council-publication = Publicatie
council-by-member = Per regeringslid
council-take-along = Alles meenemen
council-kit-page = Alle teksten op één pagina
council-kit-page-hint = om te lezen en af te drukken
council-kit-two = Alle teksten in het { $one } en het { $two }
council-kit-text = Alleen de teksten
council-kit-zip = Teksten, foto’s en documenten
council-kit-title = Persmap: { $meeting }
council-kit-languages = Talen van de persmap
council-kit-both = { $one } en { $two }
council-kit-download = Downloaden ({ $format })
council-block = { $count ->
    [one] { $day }: { $count } beslissing
   *[other] { $day }: { $count } beslissingen
}
council-block-all = { $count ->
    [one] De beslissing
   *[other] Alle { $count } beslissingen
}
council-chosen-mandate = regeringslid: { $name }
council-chosen-meeting = vergadering: { $name }
council-chosen-instrument = instrument: { $name }
council-narrow-mandate = Regeringslid
council-narrow-instrument = Instrument
council-nav-desk = Ministerraad
council-desk-title = Vergaderingen van de ministerraad
council-desk-new = Nieuwe vergadering
council-desk-preparing = In voorbereiding
council-desk-past = Gepubliceerd en afgelast
council-desk-none = Er is geen vergadering in voorbereiding.
council-desk-past-none = Er is nog geen vergadering gepubliceerd.
council-desk-older = Oudere vergaderingen
council-desk-nobody = Er is nog geen instelling van de categorie ‘Ministerraad’. Een beheerder voegt ze toe; daarna kunnen vergaderingen gepland worden.
council-desk-ready = { $all ->
    [0] Nog geen beslissing
    [one] { $ready } van { $all } beslissing klaar
   *[other] { $ready } van { $all } beslissingen klaar
}
council-stage-preparing = in voorbereiding
council-stage-armed = ingepland
council-stage-published = gepubliceerd
council-stage-cancelled = afgelast
council-planned-for = Gepland voor { $at }.
council-armed-for = Wordt vanzelf openbaar op { $at }.
council-went-public = Openbaar sinds { $at }.
council-form-new = Nieuwe vergadering
council-form-change = De vergadering
council-form-kind = Soort
council-form-day = Dag
council-form-where = Plaats
council-form-electronic = Elektronische procedure, zonder plaats
council-form-chair = Voorzitter
council-form-nobody = – niemand genoemd –
council-form-planned = Openbaar op
council-form-hour = om
council-form-planned-hint = Het ogenblik waarvoor de vergadering ingepland kan worden. Mag leeg blijven.
council-form-deadline = Antwoorden tot
council-form-deadline-hint = Tot wanneer de woordvoerders gevraagd wordt te antwoorden. Mag leeg blijven.
council-form-languages = Talen die gevalideerd moeten worden
council-form-silence = Zwijgen is akkoord zodra de termijn verstreken is
council-form-silence-hint = De woordvoerders worden daar vooraf op gewezen. Zonder vinkje wordt wie niet antwoordt aan de Kanselarij gemeld.
council-form-intro = Tekst boven de beslissingen
council-form-intro-hint = Op de openbare pagina. Markdown.
council-form-save = Bewaren
council-form-create = De vergadering plannen
council-form-public = De vergadering is openbaar: plaats, voorzitter en de tekst boven de beslissingen kunnen nog rechtgezet worden.
council-form-disarms = De vergadering is ingepland. Met een ander ogenblik vervalt dat, en moet iemand die er niets in schreef ze opnieuw inplannen.
council-wrong-day = Geef de dag van de vergadering.
council-wrong-instant = Geef een dag en een uur, of geen van beide.
council-wrong-skipped = Dat uur bestaat niet: dan begint de zomertijd.
council-wrong-language = Kies minstens één taal.
council-wrong-deadline = De antwoorden moeten er zijn voordat de vergadering openbaar wordt.
council-wrong-long = Hoogstens 4.000 tekens.
council-wrong-chair = Dat mandaat bestaat niet.
council-standing = { $all ->
    [0] Er staat nog geen beslissing op de agenda.
    [one] { $ready ->
        [0] De enige beslissing is nog niet klaar.
       *[other] De enige beslissing is klaar.
    }
   *[other] { $ready ->
        [0] Van de { $all } beslissingen is er nog geen klaar.
        [one] { $ready } van de { $all } beslissingen is klaar.
       *[other] { $ready } van de { $all } beslissingen zijn klaar.
    }
}
council-standing-public = { $waiting ->
    [0] Alle beslissingen zijn openbaar ({ $public }).
    [one] { $public } openbaar, { $waiting } tegengehouden.
   *[other] { $public } openbaar, { $waiting } tegengehouden.
}
council-agenda = Agenda
council-agenda-none = Plak de agenda, of voeg de beslissingen één voor één toe.
council-written-by = Geschreven door { $names }
council-missing = Ontbreekt: { $languages }
council-up = Omhoog: { $title }
council-down = Omlaag: { $title }
council-drag = Naar een andere plaats slepen: { $title }
council-terms = Ministers en instrument
council-nobody-proposes = Geen voorstellende minister
council-more = Meer
council-move-to = Naar een andere vergadering verplaatsen
council-move = Verplaatsen
council-move-none = Er is geen andere vergadering in voorbereiding.
council-hold = Uit de publicatie van de vergadering halen
council-hold-reason = Waarom
council-hold-button = Eruit halen
council-put-back = Weer opnemen
council-pulled-out = eruit gehaald
council-held-because = Eruit gehaald: { $reason }
council-add = Een beslissing toevoegen
council-add-title = Titel in het { $language }
council-add-button = Toevoegen en schrijven
council-wrong-title = Geef een titel in minstens één taal.
council-wrong-reason = Zeg waarom.
council-import = Een agenda plakken
council-to-board = Validatie
council-to-publication = Publicatie
council-plan-change = Wijzigen
council-public-page = Openbare pagina
council-cancel = De vergadering afgelasten
council-cancel-hint = De beslissingen blijven wat ze zijn en kunnen naar een andere vergadering verplaatst worden.
council-cancel-reason = Waarom
council-cancel-button = De vergadering afgelasten
council-reopen = Ze gaat toch door
council-later = Nu publiceren
council-state-changed = Er is intussen iets veranderd. Zo staan de zaken nu; er is niets gedaan.
council-full = Een vergadering heeft hoogstens 200 beslissingen.
council-terms-hint = Wat samen met de teksten gevalideerd wordt. Kan gewijzigd worden zolang de beslissing een concept of ingediend is.
council-terms-closed = De beslissing is geen concept meer. Neem eerst de tekst weer op om te wijzigen wie ze voorstelt of wat ze is.
council-proposer = Voorstellend lid { $n }
council-instrument-n = Instrument { $n }
council-reading-label = Lezing
council-no-reading = –
council-terms-save = Bewaren
council-members-none = De gids kent geen regering die op die dag in functie is: er kan nog niemand genoemd worden.
council-former = niet meer in functie
council-import-hint = Plak ze zoals ze in Word of in een mail staat: genummerd, in één taal of in twee, naast elkaar (tabel), onder elkaar onder hetzelfde nummer, of na elkaar. Wat op het einde tussen haakjes staat, zoals “(minister van Justitie)”, blijft in de titel: wie voorstelt, geeft u daarna aan. Er wordt niets aangemaakt voordat u gezien hebt wat begrepen werd.
council-import-text = Agenda
council-import-order = Talen
council-import-auto = zoals de teksten zeggen
council-import-preview = Tonen wat begrepen werd
council-import-found = { $count ->
    [one] { $count } regel werd begrepen. Zet hem recht waar nodig en maak de beslissing dan aan.
   *[other] { $count } regels werden begrepen. Zet ze recht waar nodig en maak de beslissingen dan aan.
}
council-import-nothing = Er werd geen genummerde regel gevonden. Elke beslissing moet met haar nummer beginnen: ‘1.’, ‘2)’, ‘Punt 3’.
council-import-cut = Er waren meer regels dan een vergadering beslissingen mag hebben; de rest werd weggelaten.
council-import-take = Regel { $label } overnemen
council-import-take-short = Overnemen
council-import-line = Regel
council-import-part = deel van de regel hierboven
council-import-heading = titel van de delen hieronder
council-import-there = staat al op de agenda
council-import-create = De beslissingen aanmaken
council-import-again = Opnieuw plakken
council-import-none-taken = Vink minstens één regel aan.
council-publish-title = Publicatie: { $meeting }
council-publish-goes = { $count ->
    [0] Er kan niets openbaar worden: geen enkele beslissing is klaar.
    [one] { $count } beslissing wordt samen met de vergadering openbaar.
   *[other] { $count } beslissingen worden samen openbaar, op hetzelfde ogenblik.
}
council-publish-held = { $count ->
    [0] Er wordt niets tegengehouden.
    [one] { $count } beslissing wordt tegengehouden. Ze houdt niemand anders tegen; de Kanselarij krijgt er een mail over.
   *[other] { $count } beslissingen worden tegengehouden. Ze houden niemand anders tegen; de Kanselarij krijgt er een mail over.
}
council-publish-out = Worden openbaar
council-publish-back = Tegengehouden
council-publish-now = Nu publiceren…
council-publish-arm = Inplannen voor { $at }…
council-publish-confirm-now = De vergadering nu publiceren?
council-publish-confirm-arm = De vergadering inplannen voor { $at }?
council-publish-arm-says = Op dat ogenblik worden alle beslissingen die dan klaar zijn vanzelf openbaar, ook als hier niemand is. Wat dan niet klaar is, wordt tegengehouden.
council-publish-button-now = Nu publiceren
council-publish-button-arm = Inplannen
council-publish-back-link = Terug zonder iets te doen
council-publish-armed-by = Ingepland door { $name }, { $at }.
council-publish-disarm = Niet langer inplannen
council-publish-first-pair = U schreef in deze beslissingen: { $numbers }. Iemand die er niets in schreef, moet de vergadering publiceren of inplannen.
council-publish-others = Dat kan gedaan worden door: { $names }.
council-publish-nobody = Niemand anders in de Kanselarij kan het doen: een beheerder voegt een account toe.
council-publish-no-instant = De vergadering heeft geen gepland ogenblik. Geef er een om ze in te plannen.
council-publish-past = Het geplande ogenblik is voorbij.
council-why-state = Niet klaar: { $state }
council-why-author = Sindsdien geschreven door wie de vergadering inplande
council-of-meeting = Dit is een beslissing van een vergadering: ze wordt daarmee openbaar, en op geen andere manier.
council-of-meeting-link = { $meeting }
council-colon = {": "}
council-mail-held = { $count ->
    [one] { $count } beslissing tegengehouden
   *[other] { $count } beslissingen tegengehouden
}
council-mail-held-intro = { $meeting }: de vergadering is openbaar. Deze beslissingen werden niet samen met haar openbaar:
council-mail-stopped = De vergadering werd niet gepubliceerd
council-mail-stopped-intro = { $meeting }: de vergadering was ingepland en haar ogenblik is gekomen, maar geen enkele beslissing kon openbaar worden. Ze is niet langer ingepland. Deze beslissingen wachten:
council-mail-item = Beslissing { $number }: { $state }
council-mail-open = De vergadering openen
