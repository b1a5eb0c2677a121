# De redactie: aanmelden, de eerste pagina, de mailbox van de demonstratie.
desk-title = Redactie
desk-public-site = Publieke site
sign-in-title = Aanmelden bij de redactie
sign-in-email = E-mailadres
sign-in-password = Wachtwoord
sign-in-button = Aanmelden
sign-in-wrong = Dit adres en dit wachtwoord horen niet bij elkaar.
sign-out = Afmelden
desk-scheduled = Gepland
desk-scheduled-none = Er is niets gepland.
desk-in-progress = In de maak
desk-in-progress-none = Geen open concepten.
desk-published = Laatst gepubliceerd
desk-published-none = Er is nog niets gepubliceerd.
desk-goes-public = verschijnt op { $at }
desk-untitled = Zonder titel
desk-state-draft = concept
desk-state-submitted = ingediend
desk-state-in-validation = in validatie
desk-state-ready = klaar
desk-state-scheduled = gepland
desk-digests = Verzendingen
desk-next-slot = Volgend verzendmoment: { $at }
desk-advance = De klok van de demonstratie op het volgende verzendmoment zetten
desk-runs = Laatste verzendingen
desk-runs-none = Nog geen verzending.
desk-run-due = Moment
desk-run-mails = E-mails
desk-run-accepted = Aanvaard
desk-run-open = Wachtend
desk-run-failed = Mislukt
desk-subscribers = { $count ->
    [0] Geen actieve abonnees
    [one] { $count } actieve abonnee
   *[other] { $count } actieve abonnees
}
mailbox-title = De mailbox van de demonstratie
mailbox-lead = Alle mail die de demonstratie verstuurt, komt hier aan; niets verlaat deze machine.
mailbox-empty = Nog geen mail. Neem een abonnement: de bevestiging komt hier meteen aan.
mailbox-from = Van
mailbox-to = Aan
mailbox-subject = Onderwerp
mailbox-date = Datum
mailbox-back = Alle mail
mailbox-html = Zoals een mailprogramma het toont
mailbox-text = Als tekst
mailbox-source = Bron
mailbox-unnamed = (geen onderwerp)
desk-nav = Hoofdnavigatie
desk-nav-releases = Persberichten
desk-nav-directory = Gids
desk-nav-mailings = Verzendingen
desk-nav-people = Personen
desk-nav-site = Site
desk-find = Zoeken
desk-find-button = OK
