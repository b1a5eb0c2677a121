# Woordvoerders en plaatsvervangers bij de redactie.
speaking-title = Woordvoerders
speaking-add = Een woordvoerder aanwijzen
speaking-add-deputy = Een plaatsvervanger aanwijzen
speaking-nobody = Niemand spreekt voor dit mandaat: geen van zijn beslissingen kan akkoord krijgen.
speaking-former = { $count ->
    [one] Eén vroegere woordvoerder
   *[other] { $count } vroegere woordvoerders
}
speaking-deputy = plaatsvervanger
speaking-principal = woordvoerder
speaking-signs-in = meldt zich aan
speaking-wrong-name = Hoe heet deze persoon?
speaking-wrong-day = Dit is geen dag.
speaking-wrong-until = De laatste dag komt na de eerste en is niet voorbij.
speaking-email = E-mailadres
speaking-email-hint = Beslissingen om goed te keuren komen op dit adres. Het is niet openbaar.
speaking-phone = Telefoon
speaking-phone-hint = Voor de Kanselarij, als de tijd dringt. Het is niet openbaar.
speaking-lang = Taal van de mails
speaking-is-deputy = Plaatsvervanger
speaking-is-deputy-hint = Antwoordt in de plaats van een woordvoerder.
speaking-from = Eerste dag
speaking-until = Laatste dag
speaking-days-hint = Zonder eerste dag: vanaf nu. Zonder laatste dag: tot nader order.
speaking-save = Opslaan
speaking-end-summary = Deze persoon spreekt niet meer voor dit mandaat…
speaking-end-what = Vanaf nu wordt haar niets meer gevraagd. Wat ze goedkeurde, blijft goedgekeurd.
speaking-end = Beëindigen
