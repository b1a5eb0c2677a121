# Perslijsten in de redactie.
press-list-title = Perslijsten
press-list-lead = Adressen die u zelf bijhoudt. Een persbericht gaat naar een lijst zodra het wordt gepubliceerd, nooit eerder, en in elke e-mail kan men zich uitschrijven.
press-list-all = { $count ->
    [0] Nog geen lijst
    [one] { $count } lijst
   *[other] { $count } lijsten
}
press-list-members = { $count ->
    [0] Niemand
    [one] Eén adres
   *[other] { $shown } adressen
}
press-list-new = Een nieuwe lijst
press-list-make = De lijst maken
press-list-name = Naam
press-list-basis = Waarom mogen we naar deze mensen schrijven?
press-list-basis-hint = Zoals ze het in elke e-mail zullen lezen, bijvoorbeeld: geaccrediteerd voor onze persconferenties en daarvan op 3 mei 2026 in kennis gesteld.
press-list-languages-hint = Voor wie geen eigen volgorde heeft gekozen.
press-list-wrong-name = Geef een naam op.
press-list-wrong-basis = Zeg waarom we naar deze mensen mogen schrijven.
press-list-wrong-taken = Uw instelling heeft al een lijst met die naam.
press-list-empty = Er staat nog niemand op deze lijst.
press-list-more = Volgende adressen
press-list-bounces = mail geweigerd
press-list-since = op de lijst sinds { $day }
press-list-remove = Verwijderen
press-list-add-title = Adressen toevoegen
press-list-addresses = Adressen
press-list-addresses-hint = Eén per regel, of gescheiden door komma’s; zoals mailprogramma’s ze kopiëren.
press-list-sure = De opgegeven reden geldt voor elk van deze adressen.
press-list-add = Toevoegen
press-list-added = { $count ->
    [0] Er is niemand toegevoegd.
    [one] Eén adres is toegevoegd.
   *[other] { $shown } adressen zijn toegevoegd.
}
press-list-there = { $count ->
    [one] Eén stond er al op.
   *[other] { $shown } stonden er al op.
}
press-list-refused = Niet toegevoegd, omdat ze zich hebben uitgeschreven, vroegen geen e-mail meer te krijgen of onbereikbaar zijn:
press-list-wrong-addresses = Dit zijn geen adressen waarnaar we kunnen schrijven:
press-list-beyond = Ten hoogste { $most } adressen tegelijk: { $left } zijn niet bekeken.
press-list-about = Over deze lijst
press-list-save = Opslaan
press-list-close-summary = De lijst sluiten…
press-list-close-what = De leden ontvangen er niets meer van. Wat verzonden is, blijft bewaard.
press-list-close-sure = Ja, deze lijst sluiten.
press-list-close = Sluiten
press-list-ask = Naar welke perslijsten?
press-list-ask-hint = zodra het openbaar is, nooit eerder
press-list-unreachable = { $count ->
    [one] waarvan één onbereikbaar
   *[other] waarvan { $shown } onbereikbaar
}
press-list-unsure = Bevestig dat de reden voor elk van deze adressen geldt.
