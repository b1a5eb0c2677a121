# Abonneren per e-mail: het formulier, de bevestiging, het einde.
subscription-title = Persberichten per e-mail ontvangen
subscription-lead = Eén e-mail op de uren die u kiest, met wat voor u van belang is en niets anders. Elk persbericht komt één keer. Is er niets nieuws, dan komt er geen e-mail.
subscription-what = 1. Wat wilt u ontvangen?
subscription-everything = Alle persberichten
subscription-filtered = Wat u aan het bekijken was: { $choice }
subscription-institution = De persberichten van één instelling
subscription-institution-label = Instelling
subscription-topic = De persberichten over één thema
subscription-topic-label = Thema
subscription-choose = Kiezen
subscription-languages = 3. In welke talen?
subscription-languages-hint = Elk persbericht bereikt u in de eerste van deze talen waarin het bestaat, en anders in een andere taal.
subscription-first-language = Eerste taal
subscription-second-language = Tweede taal
subscription-where = 4. Op welk adres?
subscription-address = E-mailadres
subscription-address-hint = U krijgt eerst een e-mail met de vraag om te bevestigen. Zonder uw instemming wordt het adres niet bewaard.
subscription-send = Stuur mij de bevestiging
subscription-errors = { $count ->
    [one] Eén antwoord moet worden verbeterd
   *[other] { $count } antwoorden moeten worden verbeterd
}
subscription-error-address = Vul een e-mailadres in, bijvoorbeeld naam@voorbeeld.org.
subscription-error-address-long = Dit adres is langer dan een e-mailadres kan zijn.
subscription-error-what = Kies wat u wilt ontvangen.
subscription-error-institution = Kies een instelling uit de lijst.
subscription-error-topic = Kies een thema uit de lijst.
subscription-error-language = Kies een eerste taal uit de lijst.
subscription-leave-title = Al abonnee?
subscription-leave = In elke e-mail staat een link om uw keuzes te wijzigen en een waarmee u uw abonnement met één klik beëindigt.
subscription-data-title = Uw gegevens
subscription-data = Uw adres dient alleen voor deze e-mails. Geen trackingpixel, geen herschreven link.
subscription-asked-title = Kijk in uw mailbox
subscription-asked = Als het opgegeven adres onze e-mails kan ontvangen, is er een bevestiging onderweg. Uw abonnement begint zodra u het via de link daarin hebt bevestigd; die link is 48 uur geldig.
subscription-asked-late = Na enkele minuten nog niets? Kijk bij de ongewenste e-mail. Na een uur kunt u het opnieuw vragen.
subscription-confirm-title = Uw abonnement bevestigen
subscription-confirm = U ontvangt: { $choice }; { $rhythm }, als er nieuws is.
subscription-confirm-button = Mijn abonnement bevestigen
subscription-confirmed-title = Uw abonnement is bevestigd
subscription-confirmed = De volgende e-mail brengt u wat er voor u nieuw is. In elke e-mail staat een link om uw abonnement te beëindigen.
subscription-void-title = Deze link is niet meer geldig
subscription-void = Een bevestigingslink is 48 uur geldig en moet volledig worden gekopieerd. Er is niets gewijzigd.
subscription-again = Opnieuw abonneren
subscription-end-title = Uw abonnement beëindigen
subscription-end = U ontvangt: { $choice }.
subscription-end-this = Dit abonnement beëindigen
subscription-end-all = Geen enkele e-mail meer ontvangen
subscription-ended-title = Uw abonnement is beëindigd
subscription-ended = U ontvangt er geen e-mail meer van, ook niet de e-mail die net in voorbereiding is.
subscription-ended-others = { $count ->
    [one] Een ander abonnement van u loopt door.
   *[other] { $count } andere abonnementen van u lopen door.
}
subscription-end-void-title = Deze link is niet geldig
subscription-end-void = Misschien werd hij bij het kopiëren afgebroken. De link onderaan elk van onze e-mails blijft voor altijd geldig.
subscription-choice-everything = alle persberichten
subscription-choice-topic = thema ‘{ $name }’
subscription-in-language = in het { $language }
subscription-else-in-language = anders in het { $language }
subscription-and = { $first } en { $last }
subscription-mail-subject = Bevestig uw abonnement – { $site }
subscription-mail-intro = Iemand, waarschijnlijk uzelf, heeft ons gevraagd persberichten naar dit adres te sturen.
subscription-mail-choice = De gemaakte keuze: { $choice }; { $languages }; { $rhythm }.
subscription-mail-link = Het abonnement bevestigen
subscription-mail-until = Deze link is 48 uur geldig. Hebt u niets gevraagd, doe dan niets: u ontvangt geen verdere e-mail.
subscription-when = 2. Wanneer?
subscription-when-slots = Op vaste uren
subscription-when-hours = Uren
subscription-when-at-once = Zodra het is gepubliceerd
subscription-when-daily = Eén keer per dag, om { $times } uur
subscription-when-weekly = Eén keer per week
subscription-third-language = Derde taal
subscription-fourth-language = Vierde taal
subscription-no-language = –
subscription-error-frequency = Kies hoe vaak u bericht wilt krijgen.
subscription-error-slots = Vink ten minste één uur aan.
subscription-error-address-letters = Naar een adres met letters met accenten of andere bijzondere tekens vóór het apenstaartje kunnen we nog niet schrijven. Geef een ander adres op.
subscription-narrower-title = Iets specifiekers?
subscription-narrower = U kunt zich op elke zoekopdracht abonneren: woorden, een taal, een instelling en een thema samen.
subscription-narrower-link = Zoek eerst, kies dan ‘Per e-mail ontvangen’
subscription-less-title = Of liever wat minder?
subscription-less-weekly = Eén keer per week volstaat
subscription-less-pause = Vier weken pauzeren
subscription-choice-words = { $count ->
    [one] met het woord ‘{ $words }’
   *[other] met de woorden ‘{ $words }’
}
subscription-choice-language = beschikbaar in het { $language }
subscription-choice-press-list = perslijst ‘{ $name }’ ({ $institution })
subscription-rhythm-at-once = zodra het is gepubliceerd
subscription-rhythm-slots = om { $times } uur
subscription-rhythm-daily = één keer per dag, om { $times } uur
subscription-rhythm-weekly = één keer per week
subscription-rhythm-press-list = wanneer een persbericht naar deze lijst wordt gestuurd
subscription-choice-kind-release = persberichten
subscription-choice-kind-decision = beslissingen van de Ministerraad
subscription-choice-kind-invitation = uitnodigingen voor de pers
subscription-choice-kind-speech = toespraken
subscription-several = Meerdere keuzes? Bevestig eerst deze en voeg de andere daarna toe onder ‘Mijn abonnementen’: een adres krijgt maar één bevestiging per uur.
subscription-add-mine = Al abonnee? Aan mijn abonnementen toevoegen
