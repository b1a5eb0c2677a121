answer-chancellery-name = Chancellerie
answer-meeting-council = Conseil des ministres du { $day }
answer-meeting-inner = comité ministériel restreint (kern) du { $day }
answer-door-title = Votre réponse est attendue
answer-door-for = Ce lien a été créé pour { $name }.
answer-door-open = Ouvrir
answer-door-hint = Rien ne s’affiche et rien n’est répondu avant que vous appuyiez. Le lien ne fonctionne ensuite que sur cet appareil.
answer-end-expired-title = Ce lien a expiré
answer-end-expired = La journée de cette réunion est passée. Ce qui reste à répondre arrive par un nouveau courriel.
answer-end-revoked-title = Ce lien a été remplacé
answer-end-revoked = Un lien plus récent a été ouvert à sa place. Vous pouvez en recevoir un nouveau à votre adresse connue.
answer-end-ended-title = La Chancellerie a mis fin à vos liens
answer-end-ended = Pour en recevoir un nouveau, appelez la Chancellerie : elle seule peut vous l’envoyer.
answer-end-nobody-title = Vous ne répondez plus ici
answer-end-nobody = Vous n’êtes plus inscrit comme porte-parole d’un ministre en fonction. Vos réponses restent ; la personne qui vous succède est avertie.
answer-end-elsewhere-title = Ouvert sur un autre appareil
answer-end-elsewhere = Ce lien a été ouvert sur un autre appareil. S’il vous est destiné, faites-en envoyer un nouveau à { $email } ; l’ouvrir met fin à l’autre appareil.
answer-end-send-new = Envoyez-moi un nouveau lien
answer-end-sent-title = Un nouveau lien est en route
answer-end-sent = Si votre réponse est encore demandée, il arrive à { $email } dans la minute. Il en part un par minute au plus.
answer-title = { $count ->
    [one] Une décision attend votre réponse
   *[other] { $count } décisions attendent votre réponse
}
answer-title-none = Vous avez répondu à tout
answer-title-public = Ces décisions sont publiques
answer-identity = Vous êtes { $name } et répondez pour { $minister }.
answer-not-you = Ce n’est pas vous ?
answer-until = Avant { $hour },
answer-left = { $minutes ->
    [one] encore { $minutes } minute.
   *[other] encore { $minutes } minutes.
}
answer-left-none = encore moins d’une minute.
answer-left-hours = encore { $count } heures.
answer-left-days = encore { $count } jours.
answer-no-silence = Ensuite, la Chancellerie vous appelle : se taire n’est pas consentir.
answer-silence = Ensuite, le silence vaut accord sur ces textes exactement.
answer-no-deadline = Aucune échéance n’est fixée ; se taire n’est pas consentir.
answer-deadline-past = L’échéance de { $hour } est passée. Votre réponse compte tout autant jusqu’à la publication.
answer-public = Public depuis { $hour }. Ce que vous répondez maintenant est conservé comme remarque.
answer-choose = Choisissez une réponse par point. Rien ne part avant que vous l’envoyiez en bas.
answer-answered = Répondu
answer-nothing = Rien ne vous est demandé pour cette réunion à présent.
answer-item = Point { $number }
answer-new = nouveau
answer-changed = modifié
answer-refused = redemandé
answer-done = répondu
answer-is-public = publié
answer-for = Pour { $minister }
answer-instrument = { $instrument }{ $reading ->
    [0] { "" }
    [1] , première lecture
    [2] , deuxième lecture
   *[other] , troisième lecture
}
answer-proposed = Sur proposition de : { $who }
answer-refused-because = La Chancellerie n’a pas repris votre demande : « { $reason } »
answer-changed-since = Modifié depuis votre accord de { $hour } ; le reste est inchangé.
answer-changed-since-answer = Modifié depuis votre réponse de { $hour } ; le reste est inchangé.
answer-being-edited = La Chancellerie travaille à ce texte. S’il change, la question vous est reposée, avec la différence.
answer-full = Texte intégral, { $languages }
answer-settled = Plus rien ne vous est demandé pour ce point.
answer-revise = Revoir la réponse
answer-legend = Votre réponse au point { $number }
answer-agree = Accord
answer-suggest = Accord, avec modification
answer-change = Demander un changement
answer-none = Ne nous concerne pas
answer-remark = Remarque
answer-leave-remark = Laisser une remarque
answer-your-remark = Votre remarque, conservée par la Chancellerie
answer-not-yet = Pas encore de réponse
answer-not-sent = Pas encore envoyé
answer-clear = Effacer
answer-clear-of = la réponse au point { $number }
answer-your-title = Votre titre, { $language }
answer-your-lead = Votre introduction, { $language }
answer-your-text = Votre texte, { $language }
answer-reason = Qu’est-ce qui doit changer, et pourquoi ?
answer-chosen = sur { $count } choisis
answer-to-send = à envoyer
answer-next = Suivant
answer-check = Vérifier
answer-send-title = Voici ce que vous envoyez
answer-sum-agree = accord, sur ce texte exactement, dans toutes ses langues
answer-sum-suggest = accord avec votre modification
answer-sum-change = changement demandé
answer-sum-none = ne nous concerne pas
answer-open-stay = Les points sans réponse restent ouverts ; cette page vous y ramène. Chaque réponse peut être revue jusqu’à la publication.
answer-send = Envoyer mes réponses
answer-send-one = Envoyer 1 réponse
answer-send-many = Envoyer # réponses
answer-choose-first = Choisissez d’abord une réponse
answer-personal = Ce lien n’est qu’à vous et fonctionne sur cet appareil.
answer-somebody-else = Quelqu’un d’autre aujourd’hui ?
answer-hand-over = Laisser { $name } répondre à votre place
answer-hand-over-hint = Cette personne reçoit son propre courriel, jusqu’à la fin de la réunion. Vous pouvez toujours répondre ; la dernière réponse compte.
answer-chancellery = Chancellerie : { $phone }
answer-to-desk = Retour au bureau
answer-wrong-title = Rien n’a encore été envoyé. À corriger :
answer-wrong-no-reason = dites ce qui doit changer, et pourquoi
answer-wrong-long = { $count } caractères au plus
answer-wrong-same = votre texte est identique au nôtre ; choisissez « Accord » ou modifiez-le
answer-wrong-text = un texte a besoin d’un titre dans chaque langue, de 255 caractères au plus
answer-confirm-title = { $count ->
    [one] Envoyer cette réponse ?
   *[other] Envoyer ces { $count } réponses ?
}
answer-confirm-button = { $count ->
    [one] Oui, envoyer 1 réponse
   *[other] Oui, envoyer { $count } réponses
}
answer-confirm-back = Non, revenir
answer-column-item = Point
answer-column-answer = Réponse
answer-received = Reçu à { $hour }
answer-all-done = Tout est répondu. Vous n’avez plus rien à faire.
answer-still-open = { $count ->
    [one] Un point reste ouvert.
   *[other] { $count } points restent ouverts.
}
answer-go-on = Répondre au reste
answer-receipt-by = { $name }, pour { $minister }, { $channel }. Ce reçu est aussi envoyé à { $email }.
answer-by-link = par lien personnel
answer-by-desk = en session
answer-receipt-caption = Reçu : point, réponse, empreinte du texte
answer-hash-note = Les signes sont l’empreinte du texte auquel vous avez répondu. S’il change, la question vous est reposée, avec la différence.
answer-fate-older = Le texte a changé pendant votre lecture : cette réponse reste avec le texte lu, et le nouveau vous est soumis.
answer-fate-public = La décision était déjà publique : cette réponse est conservée comme remarque.
answer-fate-waived = La Chancellerie ne demande plus l’accord de votre ministre sur ce point : cette réponse est conservée comme remarque.
answer-fate-decided = La Chancellerie avait déjà tranché sur ce point : cette réponse est conservée comme remarque.
answer-list-title = Décisions qui attendent votre réponse
answer-list-all = tout
publication-not-agreed = Tous les porte-parole concernés n’ont pas marqué leur accord sur ce texte exactement : voyez le tableau de la réunion.
after-not-agreed = Les porte-parole ont marqué leur accord sur ce texte : il ne change que par une édition corrigée, qui leur est soumise.
answer-list-empty = Rien ne vous a encore été soumis.
answer-mail-subject = { $title } ({ $meeting })
answer-mail-title-before =
    Avant { $hour } : { $count ->
        [one] une décision attend votre réponse
       *[other] { $count } décisions attendent votre réponse
    }
answer-mail-reminder = Rappel. { $title }
answer-mail-hello = Bonjour { $name },
answer-mail-for = Pour { $minister }
answer-mail-items = { $what } : { $numbers }
answer-mail-new = { $count ->
    [one] Nouveau : point { $numbers }
   *[other] Nouveaux : points { $numbers }
}
answer-mail-changed = { $count ->
    [one] Modifié depuis votre réponse : point { $numbers }
   *[other] Modifiés depuis votre réponse : points { $numbers }
}
answer-mail-refused = { $count ->
    [one] Redemandé : point { $numbers }
   *[other] Redemandés : points { $numbers }
}
answer-mail-button = Lire et répondre
answer-mail-no-password = Sans mot de passe. Ouvrir n’est pas encore répondre : vous choisissez point par point et envoyez vous-même.
answer-mail-call = À { $hour }, la Chancellerie appelle qui n’a pas répondu. Se taire n’est pas consentir.
answer-mail-silence = À partir de { $hour }, le silence vaut accord sur ces textes exactement.
answer-mail-no-deadline = Se taire n’est pas consentir.
answer-mail-publication = À { $hour } paraît ce qui est prêt.
answer-mail-personal = Le lien n’est qu’à vous et ne s’ouvre que sur un seul appareil.
answer-mail-deputy = Empêché ? Sur la page, vous pouvez laisser { $names } répondre à votre place.
answer-mail-no-texts = Les textes ne figurent pas dans ce courriel. Il a été envoyé automatiquement.
answer-escalation-title = { $count ->
    [one] Une réponse manque
   *[other] { $count } réponses manquent
} à { $hour }
answer-escalation-button = Ouvrir le tableau
