# De eerste pagina van de redactie, de lijsten, de kalender.
home-waiting = { $count ->
    [0] Er wacht niets op u
    [one] Er wacht één zaak op u
    [2] Er wachten twee zaken op u
    [3] Er wachten drie zaken op u
   *[other] Er wachten { $count } zaken op u
}
home-write = Een persbericht schrijven
home-write-for = Namens
home-waiting-title = Wacht op u
home-most-pressing = het dringendste eerst
home-waiting-none = Alles wat bij u lag, is gedaan.
home-why-conflict = twee teksten
home-conflict = { $count ->
    [one] Iemand anders schreef in hetzelfde veld; beide teksten zijn bewaard.
   *[other] Iemand anders schreef in { $count } velden waarin u schreef; alle teksten zijn bewaard.
}
home-choose = Kiezen
home-why-send-on = na te lezen
home-handed-in = Ingediend door { $by }, { $at }.
home-second-eyes = U bent het tweede paar ogen.
home-planned = Verschijnt: { $at }
home-reread = Nalezen
home-why-sent-back = teruggestuurd
home-sent-back = Teruggestuurd door { $by }, { $at }: “{ $reason }”
home-take-up = Hervatten
home-why-ratify = te bekrachtigen
home-forced = Geforceerd gepubliceerd door { $by }, { $at }: “{ $reason }”
home-examine = Bekijken
home-why-today = vandaag
home-check = Nakijken
home-drafts = Mijn concepten
home-drafts-none = U hebt geen concepten in de maak.
home-drafts-all = { $count ->
    [one] het enige
   *[other] alle { $count }
}
home-complete = { $lang } volledig
home-complete-both = { $others } en { $last } volledig
home-without-text = { $lang } zonder tekst
home-without-title = { $lang } zonder titel
home-missing = { $lang } ontbreekt
home-open-at = { $name } heeft het open sinds { $since }
home-find = Terugvinden
home-find-where = in alles wat u mag zien
home-find-missing = Zonder { $lang }
home-find-alt = Zonder alternatieve tekst
home-find-contact = Zonder contact
home-find-embargo = Onder embargo
home-find-submitted = Ingediend
home-find-scheduled = Gepland
home-find-withdrawn = Ingetrokken
home-find-unpublished = Offline gehaald
home-published = Net verschenen
home-all = alles
home-reads = lezingen
home-mails = e-mails
home-of = { $accepted } van { $sent }
calendar-weeks = weken
calendar-month = maand
calendar-title = Van { $from } tot { $to }
calendar-before = Vroeger
calendar-after = Later
calendar-file = Downloaden (iCalendar)
calendar-today = nu
calendar-count = { $count ->
    [0] Er is niets gepland.
    [one] Eén geplande publicatie.
   *[other] { $count } geplande publicaties.
}
list-in-progress = In de maak
list-in-state = Persberichten: { $state }
list-found = Persberichten met “{ $words }”
list-none = Geen enkel persbericht dat u mag zien, beantwoordt hieraan.
list-words = Woorden of nummer
list-state = Status
list-any-state = in de maak
list-institution = Instelling
list-any-institution = alle
list-missing = Wat ontbreekt
list-missing-none = maakt niet uit
list-missing-alt = alternatieve tekst van een beeld
list-missing-contact = perscontact
list-embargo = “Niet gebruiken vóór”
list-embargo-yes = ja
list-more = Oudere
list-index-away = Zoeken in wat gepubliceerd is, kan nu niet; probeer over een minuut opnieuw.
