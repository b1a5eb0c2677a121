# Wat per e-mail vertrekt: de bladzijden van de redactie, en de openbare.
mailings-title = Verzendingen
mailings-next = Volgende verzending: { $when }
mailings-plan = Wat de volgende verzending brengt
mailings-runs = Laatste verzendingen
mailings-recipients = Ontvangers
mailings-items = Berichten
mailings-sent = Verstuurd
mailings-bounced = Teruggekomen
mailings-cancelled = Geannuleerd
mailings-uncertain = Onzeker
mailings-took = Duur
mailings-earlier = Eerdere verzendingen
mailings-at-once = meteen, { $when }
mailings-seconds = { $count } s
mailings-minutes = { $count } min
mailings-goes-on = bezig
mailings-unopened = De verzending van { $when } is niet vertrokken: ze werd te lang gemist, of er zit een bericht in van meer dan twee dagen oud. Ze vertrekt met de volgende, of nu als u het zegt.
mailings-open = De e-mails van { $when } nu versturen
mailings-at-once-waits = E-mails die meteen moesten vertrekken, wachten: er zit een bericht in van meer dan twee dagen oud.
mailings-open-at-once = Nu versturen
mailings-counts = Wat ervan geworden is
mailings-finished = Klaar op { $when }, na { $took }.
mailings-unfinished = { $mails ->
    [one] Bezig: er moet nog één e-mail vertrekken.
   *[other] Bezig: er moeten nog { $count } e-mails vertrekken.
}
mailings-opened-in = Voorbereid in { $count } ms.
mailings-uncertain-what = De lijn of het proces viel weg nadat de e-mail was overgedragen en vóór het antwoord kwam. Hij wordt hoogstens een tweede keer verstuurd, onder hetzelfde nummer (Message-ID), zodat een mailbox de kopie kan laten vallen.
mailings-mail-number = e-mail { $number }
mailings-became-waits = wacht op uw beslissing
mailings-became-doubtful = tweemaal verstuurd, zonder antwoord
mailings-became-again = wordt nog eens verstuurd
mailings-became-accepted = de tweede keer aanvaard
mailings-became-refused = de tweede keer geweigerd
mailings-send-waiting = { $count ->
    [one] Deze nog eens versturen
   *[other] Deze { $count } nog eens versturen
}
mailings-answers = Wat mailservers antwoordden
mailings-state-queued = wacht
mailings-state-sending = wordt verstuurd
mailings-state-accepted = aanvaard
mailings-state-twice = aanvaard, misschien tweemaal
mailings-state-delivered = afgeleverd
mailings-state-bounced = teruggekomen
mailings-state-complained = als ongewenst gemeld
mailings-state-failed = geweigerd
mailings-state-cancelled = geannuleerd
mailings-state-uncertain = onzeker
mailings-plan-standing = { $mails ->
    [0] Op { $when } zou er niets vertrekken: er is niets nieuws.
    [one] Op { $when } zou er één e-mail vertrekken.
   *[other] Op { $when } zouden er { $count } e-mails vertrekken.
}
mailings-plan-held = Het oudste bericht is van { $when }: de verzending zou op uw beslissing wachten.
mailings-plan-items = Wie wat zou krijgen
mailings-plan-filters = Per abonnement
mailings-plan-part = { $items ->
    [one] één bericht in totaal
   *[other] { $count } berichten in totaal
}
mailings-reader-find = De e-mails van één abonnee
mailings-reader-address = E-mailadres
mailings-reader-hint = Van wie u de e-mails bekijkt, staat in het logboek.
mailings-reader-show = Tonen
mailings-reader-unknown = Niemand is met dit adres geabonneerd.
mailings-reader-erased = gewist
mailings-reader-active = geabonneerd
mailings-reader-suspended = opgeschort: het adres weigert e-mails
mailings-reader-unsubscribed = niet meer geabonneerd
mailings-reader-since = toestemming van { $when }
mailings-reader-subscriptions = Abonnementen
mailings-reader-ended = beëindigd op { $when }
mailings-reader-paused = gepauzeerd vanaf { $when }
mailings-reader-mails = E-mails
mailings-reader-none = Naar deze abonnee werd nog geen e-mail verstuurd.
mailings-reader-gone = een persbericht dat niet meer openbaar is
mailings-status-title = Stand van de verzendingen
mailings-status-lead = De persberichten vertrekken per e-mail op vaste uren. Hier ziet u of ze vertrokken zijn.
mailings-status-late = De verzending van { $when } heeft vertraging. Er is niets verloren: wat ontbreekt, komt met de volgende.
mailings-status-none = Er is nog niets verstuurd.
mailings-status-slot = Verzending
mailings-status-mails = E-mails
mailings-status-done = Stand
mailings-status-nothing-new = niets nieuws
mailings-status-accepted = { $mails ->
    [one] één aanvaard om { $hour }
   *[other] { $count } aanvaard om { $hour }
}
mailings-reach-waiting = onderweg
mailings-reach-refused = geweigerd of teruggekomen
mailings-reach-uncertain = waarvan onzeker
mailings-went-out = Wat vertrokken is
mailings-not-arrived = Niet aangekomen
mailings-mark-corrected = rechtgezet
mailings-mark-withdrawn = ingetrokken
