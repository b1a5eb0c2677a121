# Wat verschijnt als er geen pagina is: wat er gebeurd is, en wat de lezer kan doen.
error-kicker = Fout { $status }
error-not-found = Deze pagina bestaat niet
error-not-found-lead = Op dit adres is niets gepubliceerd. Misschien ontbreekt er een teken, of komt de link van elders.
error-gone = Dit persbericht is niet meer beschikbaar
error-gone-lead = Het is op dit adres gepubliceerd en daarna offline gehaald.
error-gone-reason = Reden opgegeven door de afzender
error-bad-request = Wij begrijpen dit adres niet
error-unknown-parameter = Het bevat ‘{ $name }’, dat deze pagina niet kent.
error-repeated-parameter = Het bevat ‘{ $name }’ meer dan één keer.
error-wrong-parameter = De waarde van ‘{ $name }’ bestaat niet.
error-without-query = De pagina openen zonder dat deel
error-bad-form = Wij konden niet lezen wat u hebt gestuurd
error-bad-form-lead = Een deel van het formulier ontbreekt of is niet volledig aangekomen. Ga terug, kijk het na en verstuur het opnieuw: er is niets gewijzigd.
error-signed-out = U bent niet meer aangemeld
error-signed-out-lead = Er is niets opgeslagen of gewijzigd. Meld u opnieuw aan in een nieuw venster, keer dan terug naar deze pagina en laad ze opnieuw: uw browser verstuurt nogmaals wat u geschreven had.
error-signed-out-link = Opnieuw aanmelden in een nieuw venster
error-forbidden = Dit kunt u niet doen
error-forbidden-lead = Ofwel geeft uw account daar geen recht op, ofwel stond de pagina te lang open. Laad de pagina opnieuw en probeer nog eens: er is niets gewijzigd.
error-method = Dit adres werkt niet op deze manier
error-method-lead = Dit adres bestaat, maar niet voor wat ervan gevraagd werd. Open het vanaf een van onze pagina’s: er is niets gewijzigd.
error-conflict = Dit kan niet meer
error-conflict-lead = De toestand is veranderd sinds u de pagina hebt geopend. Ga terug en laad de pagina opnieuw om te zien hoe het ervoor staat: er is niets gewijzigd.
error-too-large = Dit is te groot
error-too-large-lead = Wat u hebt gestuurd, is groter dan wij aanvaarden. Kort het in en verstuur het opnieuw: er is niets gewijzigd.
error-too-many = Een ogenblik geduld
error-too-many-lead = { $count ->
    [one] Te veel verzoeken op korte tijd. Probeer het over een minuut opnieuw.
   *[other] Te veel verzoeken op korte tijd. Probeer het over { $count } minuten opnieuw.
}
error-unavailable = Zo meteen terug
error-unavailable-lead = Wij kunnen de persberichten nu even niet ophalen. Probeer het over een halve minuut opnieuw; is het dringend, schrijf ons dan.
error-internal = Er ging bij ons iets mis
error-internal-lead = Het ligt niet aan u, en de fout is geregistreerd. Probeer het opnieuw; gebeurt het nog eens, schrijf ons dan en vermeld het nummer van de fout.
error-number = Foutnummer
error-onward = Verder
error-write-question = Kwam de link van een van onze pagina’s?
error-write = Schrijf ons, dan brengen wij het in orde
error-write-urgent = Schrijf ons
error-all-releases = Alle persberichten
error-find = Zoeken met de woorden uit dit adres
