board-title = Tableau : { $meeting }
board-crumb =
    { $count ->
        [0] aucune décision
        [one] 1 décision
       *[other] { $count } décisions
    }{ $rounds ->
        [0] , pas encore envoyé
        [one] , 1 tour
       *[other] , { $rounds } tours
    }
board-says-empty = Pas encore de décision à l’ordre du jour
board-says-public = { $count ->
    [one] 1 décision est publique
   *[other] { $count } décisions sont publiques
}
board-says-blocked = { $count ->
    [one] 1 décision bloquée
   *[other] { $count } décisions bloquées
}
board-says-waiting = { $count } en attente
board-says-unsent = { $count ->
    [one] 1 pas envoyée
   *[other] { $count } pas envoyées
}
board-says-forced = { $count } à ratifier
board-says-ready = { $count ->
    [0] aucune prête
    [one] 1 prête
   *[other] { $count } prêtes
}
board-deadline = Réponses jusqu’à { $hour }
board-deadline-past = échéance passée
board-planned = Parution à { $hour }
board-planned-past = heure passée
board-publish-now = Publier maintenant
board-minutes = { $minutes } min
board-minutes-none = < 1 min
board-hours = { $count } h
board-days = { $count } j
board-then-silence = ensuite, le silence vaut accord
board-then-escalate = ensuite, c’est à vous d’appeler
board-armed = d’elle-même
board-not-armed = pas programmée
board-agenda = Ordre du jour, une case par décision
board-item = Décision
board-key-strip = Légende des cases
board-key-table = Légende du tableau
board-key-ready = prêtes : { $count }
board-key-waiting = cadre : en attente, { $count }
board-key-blocked = case pleine : bloquées, { $count }
board-live = En direct
board-reload = recharger
board-ours = À vous
board-ours-count = { $count ->
    [0] rien
    [one] 1 décision
   *[other] { $count } décisions
}
board-theirs = À eux
board-theirs-count = { $count ->
    [0] aucune réponse ne manque
    [one] réponses attendues sur 1 décision
   *[other] réponses attendues sur { $count } décisions
}
board-nothing = Rien.
board-remind = { $count ->
    [one] Rappeler le porte-parole
   *[other] Rappeler les porte-parole de { $count } ministres
}
board-remind-hint = un courriel par personne
board-latest = Dernières réponses
board-log = { $who } { $what } (décision { $number })
board-log-agree = marque son accord
board-log-suggest = marque son accord, avec modification
board-log-change = demande un changement
board-log-none = dit ne pas être concerné
board-log-remark = laisse une remarque
board-table = Décisions par ministre
board-caption = Chaque décision, et où en est le porte-parole de chaque ministre
board-column-title = Titre
board-column-state = État
board-column-done = tout est répondu
board-untitled = (pas encore de titre)
board-row-unsent = pas envoyée
board-row-blocked = bloquée
board-row-waiting = attend
board-row-ready = prête
board-row-public = publique
board-row-out = retenue
board-cell-to-send = à envoyer
board-short-to-send = à envoyer
board-cell-nobody = pas de porte-parole
board-short-nobody = personne
board-cell-ended = mandat terminé
board-short-ended = terminé
board-cell-bounced = courriel rejeté
board-short-bounced = rejeté
board-cell-sent = envoyé, pas ouvert
board-short-sent = envoyé
board-cell-opened = ouvert
board-short-opened = ouvert
board-cell-again = à revoir, texte changé
board-short-again = à revoir
board-cell-repeated = redemandé
board-short-repeated = redemandé
board-cell-agreed = accord
board-cell-silence = accord par silence
board-short-silence = silence
board-cell-deputy = accord d’un suppléant
board-short-deputy = suppl.
board-cell-suggests = accord avec modification
board-short-suggests = modif.
board-cell-change = demande un changement
board-short-change = change
board-cell-not-ours = ne nous concerne pas
board-short-not-ours = hors
board-cell-not-concerned = pas concerné, confirmé
board-cell-waived = dispensé
board-short-waived = exempt
board-cell-forced = forcé, à ratifier
board-short-forced = forcé
board-who-what = { $who } : { $what }
board-suggests-in = en { $languages },
board-edit = Modifier le texte
board-act-suggestion = Voir la modification
board-act-change = Voir la demande
board-act-confirm = Confirmer ou refuser
board-act-more = Agir…
board-send = { $count ->
    [one] Envoyer 1 décision en validation
   *[other] Envoyer { $count } décisions en validation
}
board-send-drafts = Envoyer en validation
board-send-and-drafts = { $count ->
    [one] 1 brouillon peut partir aussi.
   *[other] { $count } brouillons peuvent partir aussi.
}
board-send-hint = Vous voyez d’abord qui sera averti.
board-sending-title = Envoyer en validation
board-sending-deadline = Chaque porte-parole reçoit un seul courriel pour tout ce qui l’attend. Il y lit : réponse avant { $hour } ; se taire n’est pas consentir.
board-sending-silence = Chaque porte-parole reçoit un seul courriel pour tout ce qui l’attend. Il y lit : réponse avant { $hour } ; ensuite, le silence vaut accord.
board-sending-no-deadline = Chaque porte-parole reçoit un seul courriel pour tout ce qui l’attend. Cette réunion n’a pas d’échéance.
board-sending-waiting = À envoyer
board-sending-drafts = Brouillons
board-sending-send = Envoyer
board-sending-hint = Seul ce qui est coché part. Les brouillons sont soumis tels quels.
board-sending-lacks = Pas de titre ou de texte en { $language } : ne peut pas partir.
board-sending-nobody-proposes = Aucun ministre proposant : personne ne sera interrogé.
board-sending-settled = { $who } : réglé, pas redemandé
board-sending-nobody = { $who } : aucun porte-parole inscrit ; personne ne sera averti
board-sending-to = { $who } : { $names }
board-back = Retour au tableau
board-place-title = Décision { $number } : { $who }
board-because = Motif : { $reason }
board-nobody-hint = Personne n’est inscrit comme porte-parole de ce mandat. Inscrivez quelqu’un dans l’annuaire ; le courriel part alors de lui-même.
board-reason = Motif (conservé au journal)
board-accept = Accepter la modification
board-accept-send = Accepter et redemander aux autres
board-confirm = Confirmer : cela ne les concerne pas
board-refuse = Refuser…
board-refuse-button = Refuser et redemander
board-write-again = Écrire encore, ou à quelqu’un d’autre
board-resend = Renvoyer
board-revoke = Mettre fin aux liens de { $name }
board-other-address = Changer l’adresse dans l’annuaire
board-deputy = Suppléant
board-until = Jusqu’à (vide : fin de la réunion)
board-delegate = Confier au suppléant
board-delegate-hint = Le suppléant reçoit aussitôt ce qui attend, et les courriels de ce mandat jusque-là.
board-rule = Trancher
board-add = Un ministre de plus doit marquer son accord sur la décision { $number }
board-add-who = Qui
board-add-button = Ajouter, puis envoyer
board-ask-after-all = Leur demander quand même
board-waive = Dispenser…
board-waive-hint = L’accord de ce ministre sur cette décision n’est pas nécessaire. Seul quelqu’un qui n’a pas écrit le texte peut le dire.
board-waive-button = Dispenser
board-force = Forcer…
board-force-hint = La décision part sans leur accord. Elle est marquée, et quelqu’un d’autre doit la ratifier dans la journée.
board-force-button = Forcer
board-all-answers = Toutes les réponses
board-no-answers = Aucune.
board-accepted = Accepté par la Chancellerie.
board-refused = Pas repris : { $reason }
board-refused-over = Cette décision est publique, ou la réunion est annulée.
board-refused-nothing = Rien de tout cela n’est à envoyer.
board-refused-language = La décision { $number } n’a pas de titre ou de texte en { $language }, que cette réunion exige. Rien n’a été envoyé.
board-refused-reason = Indiquez un motif, de 2000 caractères au plus.
board-refused-changed = Ceci a changé entre-temps. Voici l’état actuel.
board-refused-time = Cet instant est passé, ou n’existe pas.
board-refused-four-eyes = Vous avez écrit dans ce texte : quelqu’un d’autre doit en décider. Vous pouvez forcer, ce que quelqu’un d’autre ratifie ensuite.
board-refused-content = Un texte ne peut pas partir tel quel : un titre manque ou est trop long.
