# Ce qui part par courriel : les pages du bureau, et la page publique.
mailings-title = Envois
mailings-next = Prochain envoi : { $when }
mailings-plan = Ce que le prochain envoi apporte
mailings-runs = Derniers envois
mailings-recipients = Destinataires
mailings-items = Communiqués
mailings-sent = Envoyés
mailings-bounced = Rejetés
mailings-cancelled = Annulés
mailings-uncertain = Incertains
mailings-took = Durée
mailings-earlier = Envois précédents
mailings-at-once = immédiat, { $when }
mailings-seconds = { $count } s
mailings-minutes = { $count } min
mailings-goes-on = en cours
mailings-unopened = L’envoi du { $when } n’est pas parti : il a été manqué trop longtemps, ou un communiqué y a plus de deux jours. Il partira avec le prochain, ou maintenant si vous le dites.
mailings-open = Envoyer maintenant les courriels du { $when }
mailings-at-once-waits = Des courriels qui devaient partir aussitôt attendent : un communiqué y a plus de deux jours.
mailings-open-at-once = Les envoyer maintenant
mailings-counts = Ce qu’il en est advenu
mailings-finished = Terminé le { $when }, en { $took }.
mailings-unfinished = { $mails ->
    [one] En cours : il reste un courriel à envoyer.
   *[other] En cours : il reste { $count } courriels à envoyer.
}
mailings-opened-in = Préparé en { $count } ms.
mailings-uncertain-what = La ligne ou le processus s’est interrompu après la remise du courriel et avant la réponse. Il est envoyé une seconde fois au plus, sous le même numéro (Message-ID), pour que la boîte puisse écarter la copie.
mailings-mail-number = courriel { $number }
mailings-became-waits = attend votre décision
mailings-became-doubtful = envoyé deux fois, sans réponse
mailings-became-again = est envoyé une seconde fois
mailings-became-accepted = accepté la seconde fois
mailings-became-refused = refusé la seconde fois
mailings-send-waiting = { $count ->
    [one] L’envoyer une seconde fois
   *[other] Envoyer ces { $count } courriels une seconde fois
}
mailings-answers = Ce que les serveurs ont répondu
mailings-state-queued = en attente
mailings-state-sending = en cours d’envoi
mailings-state-accepted = accepté
mailings-state-twice = accepté, peut-être deux fois
mailings-state-delivered = remis
mailings-state-bounced = rejeté
mailings-state-complained = signalé comme indésirable
mailings-state-failed = refusé
mailings-state-cancelled = annulé
mailings-state-uncertain = incertain
mailings-plan-standing = { $mails ->
    [0] Le { $when }, rien ne partirait : il n’y a rien de neuf.
    [one] Le { $when }, un courriel partirait.
   *[other] Le { $when }, { $count } courriels partiraient.
}
mailings-plan-held = Le communiqué le plus ancien date du { $when } : l’envoi attendrait votre décision.
mailings-plan-items = Qui recevrait quoi
mailings-plan-filters = Par abonnement
mailings-plan-part = { $items ->
    [one] un communiqué en tout
   *[other] { $count } communiqués en tout
}
mailings-reader-find = Les courriels d’un abonné
mailings-reader-address = Adresse électronique
mailings-reader-hint = Le journal note de qui vous consultez les courriels.
mailings-reader-show = Afficher
mailings-reader-unknown = Personne n’est abonné à cette adresse.
mailings-reader-erased = effacé
mailings-reader-active = abonné
mailings-reader-suspended = suspendu : l’adresse rejette les courriels
mailings-reader-unsubscribed = n’est plus abonné
mailings-reader-since = consentement du { $when }
mailings-reader-subscriptions = Abonnements
mailings-reader-ended = terminé le { $when }
mailings-reader-paused = suspendu à partir du { $when }
mailings-reader-mails = Courriels
mailings-reader-none = Aucun courriel n’a été envoyé à cet abonné.
mailings-reader-gone = un communiqué qui n’est plus public
mailings-status-title = État des envois
mailings-status-lead = Les communiqués partent par courriel à heures fixes. Vérifiez ici s’ils sont partis.
mailings-status-late = L’envoi du { $when } a du retard. Rien n’est perdu : ce qui manque arrive avec le prochain.
mailings-status-none = Rien n’a encore été envoyé.
mailings-status-slot = Envoi
mailings-status-mails = Courriels
mailings-status-done = État
mailings-status-nothing-new = rien de neuf
mailings-status-accepted = { $mails ->
    [one] un courriel accepté avant { $hour }
   *[other] { $count } acceptés avant { $hour }
}
mailings-reach-waiting = en route
mailings-reach-refused = refusés ou rejetés
mailings-reach-uncertain = dont incertains
mailings-went-out = Ce qui est parti
mailings-not-arrived = Non arrivés
mailings-mark-corrected = rectifié
mailings-mark-withdrawn = retiré
