# Archives and old addresses in the desk.
archive-redirects-title = Oude adressen
archive-redirects-index = Waar adressen van vroegere sites heen leiden
archive-redirects-counts = Oude adressen: { $all }. Opgevraagd in de laatste 30 dagen: { $used }.
archive-redirects-all = Alle adressen
archive-redirects-find = Deel van een adres
archive-redirects-find-button = Zoeken
archive-redirects-none = Geen oud adres.
archive-redirects-more = Volgende adressen
archive-redirects-used = { $hits ->
    [one] Eén keer opgevraagd, op { $on }
   *[other] { $hits } keer opgevraagd, laatst op { $on }
}
archive-redirects-unused = Nog niet opgevraagd
archive-redirects-file = het bestand “{ $name }”
archive-redirects-not-public = nog nergens: niet openbaar
archive-redirects-test = Een adres testen
archive-redirects-test-address = Adres op de vroegere site
archive-redirects-test-button = Testen
archive-redirects-test-none = Het leidt nergens heen: wie het opvraagt, leest dat de pagina niet bestaat.
archive-redirects-new = Eén adres meer
archive-redirects-from = Oud adres
archive-redirects-from-hint = Zoals /node/12, of volledig met https://.
archive-redirects-to = Leidt naar
archive-redirects-to-hint = Een pagina van deze site. Het adres volgt een persbericht dat verhuist.
archive-redirects-add = Adres toevoegen
archive-redirects-from-table = Meerdere tegelijk
archive-redirects-table = Tabel (CSV)
archive-redirects-table-hint = Twee kolommen: oud adres, pagina van deze site.
archive-redirects-add-all = Alle toevoegen
archive-redirects-added = { $count ->
    [one] { $count } adres toegevoegd.
   *[other] { $count } adressen toegevoegd.
}
archive-redirects-left = { $count ->
    [one] { $count } rij is niet overgenomen:
   *[other] { $count } rijen zijn niet overgenomen:
}
archive-redirects-wrong-address = Dit is geen adres: /… of https://….
archive-redirects-wrong-own = Dit is een adres van deze site zelf.
archive-redirects-wrong-taken = Dit adres leidt al ergens heen.
archive-redirects-wrong-target = Op dat adres staat geen pagina van deze site.
archive-redirects-wrong-loop = Het zou naar zichzelf leiden.
archive-redirects-wrong-table = Nodig is een tabel met twee kolommen en hoogstens 100.000 rijen.
archive-redirects-change = Opslaan
archive-redirects-remove-summary = Dit adres verwijderen…
archive-redirects-remove-what = Links ernaar werken dan niet meer.
archive-redirects-remove = Verwijderen
archive-imports-title = Archieven
archive-imports-index = Persberichten van een vroegere site overnemen, aanvaarden of ongedaan maken
archive-imports-new = Een archief overnemen
archive-imports-none = Er is nog geen archief overgenomen.
archive-imports-by-command = via opdracht
archive-imports-what = Eerst wordt het bestand bekeken, dan zegt een proef wat er van elk item, bestand en adres zou worden. Niets wordt geschreven voor u het zegt, niets wordt gemaild, en het geheel kan ongedaan worden gemaakt.
archive-imports-from-folder = Vanaf de server
archive-imports-folder-empty = In { $folder } ligt geen bestand om over te nemen.
archive-imports-file = Bestand
archive-imports-begin = Bekijken
archive-imports-from-upload = Vanaf uw computer
archive-imports-upload = Bestand
archive-imports-upload-hint = Een dump van Drupal 6 (.sql), een export van WordPress (.xml) of JSONL; ook als .gz of .zst.
archive-imports-send = Versturen en bekijken
archive-imports-files = Map met de bestanden van de vroegere site
archive-imports-files-hint = Op de server; foto’s en documenten komen daaruit.
archive-imports-no-files = Geen: bestanden worden als ontbrekend gemeld
archive-imports-wrong-file = Kies een bestand uit de map.
archive-imports-wrong-folder = Die map bestaat niet.
archive-imports-wrong-upload = Nodig is een bestand op .sql, .xml of .jsonl, of die met .gz of .zst.
archive-imports-wrong-large = Het bestand is te groot: plaats het in de map op de server.
archive-imports-wrong-mapping = De toewijzing is onleesbaar: { $why }
archive-imports-wrong-sure = Bevestig dat u zeker bent.
archive-imports-new-state = niet bekeken
archive-imports-inspecting = wordt bekeken
archive-imports-inspected = bekeken
archive-imports-foreseeing = proef loopt
archive-imports-foreseen = proef klaar
archive-imports-importing = wordt overgenomen
archive-imports-in-part = deels overgenomen
archive-imports-done = overgenomen, te aanvaarden
archive-imports-accepted = aanvaard
archive-imports-undoing = wordt ongedaan gemaakt
archive-imports-undone = ongedaan gemaakt
archive-imports-stopped = gestopt
archive-imports-problem = Gestopt voor het einde. Wat gedaan is, blijft; het gaat vandaar verder.
archive-imports-took = duurde { $time }
archive-imports-progress = { $settled } van { $all } items
archive-imports-left = { $minutes ->
    [one] { $rate } per seconde, nog ongeveer { $minutes } minuut
   *[other] { $rate } per seconde, nog ongeveer { $minutes } minuten
}
archive-imports-waiting = Het begint zo dadelijk.
archive-imports-reload = Opnieuw bekijken
archive-imports-holds = Wat het bestand bevat
archive-imports-mapping = Wat typen, velden en woordenlijsten hier worden
archive-imports-mapping-hint = Geraden uit de namen: lees het na voor u verdergaat. TOML.
archive-imports-do-inspect = Bekijken
archive-imports-do-foresee = Proef draaien
archive-imports-do-foresee-again = Opnieuw proef draaien
archive-imports-do-import = Overnemen
archive-imports-do-go-on = Verdergaan
archive-imports-do-again = Opnieuw overnemen
archive-imports-accept = Aanvaarden
archive-imports-accept-what = Alles is zoals het hoort: de overname wordt afgesloten en kan hier niet meer ongedaan worden gemaakt.
archive-imports-undo-summary = Deze overname ongedaan maken…
archive-imports-undo-what = Persberichten, bestanden en oude adressen verdwijnen. Wat sindsdien bewerkt, rechtgezet of geciteerd is, blijft en komt hier op een lijst.
archive-imports-undo-sure = Ja, alles ongedaan maken.
archive-imports-undo = Ongedaan maken
archive-imports-kept = { $count ->
    [one] { $count } persbericht is gebleven; vink aan wat ook weg moet
   *[other] { $count } persberichten zijn gebleven; vink aan wat ook weg moet
}
archive-imports-why-edited = sindsdien bewerkt
archive-imports-why-corrected = sindsdien rechtgezet
archive-imports-why-cited = een ander persbericht verwijst ernaar
archive-fate-new = nieuw
archive-fate-unchanged = ongewijzigd
archive-fate-changed = gewijzigd
archive-fate-refused = geweigerd
archive-fate-conflict = in conflict
archive-fate-draft = nog niet openbaar
archive-fate-missing = ontbrekend
archive-fate-loop = al juist
archive-report-foreseen = Wat er van alles zou worden
archive-report-done = Wat er van alles geworden is
archive-report-items = Taalversies
archive-report-addresses = Oude adressen
archive-report-files = Bestanden
archive-report-links = Links naar de vroegere site
archive-report-drafts = { $count ->
    [one] waarvan { $count } concept
   *[other] waarvan { $count } concepten
}
archive-report-institutions = Instellingen toegevoegd
archive-report-topics = Thema’s toegevoegd
archive-report-left-alone = Niet overgenomen: typen die de toewijzing niet noemt
archive-report-csv = Alle items als tabel (CSV)
archive-report-json = Alles als JSON
archive-report-to-look-at = { $count ->
    [one] { $count } item om na te kijken
   *[other] { $count } items om na te kijken
}
archive-report-line = regel { $line }
archive-report-address-list = { $count ->
    [one] { $count } adres zonder doorverwijzing
   *[other] { $count } adressen zonder doorverwijzing
}
archive-report-file-list = { $count ->
    [one] { $count } bestand niet overgenomen
   *[other] { $count } bestanden niet overgenomen
}
archive-original-title = Op de vroegere site
archive-original-none = Het komt van geen vroegere site.
archive-original-author = door { $name }
archive-original-there = Zoals het daar stond
archive-original-here = Zoals het hier staat
