# S’abonner par courriel : le formulaire, la confirmation, la fin.
subscription-title = Recevoir les communiqués par courriel
subscription-lead = Un courriel aux heures que vous choisissez, avec ce qui vous concerne et rien d’autre. Chaque communiqué n’est annoncé qu’une fois. Rien de neuf : pas de courriel.
subscription-what = 1. Que voulez-vous recevoir ?
subscription-everything = Tous les communiqués
subscription-filtered = Ce que vous consultiez : { $choice }
subscription-institution = Les communiqués d’une institution
subscription-institution-label = Institution
subscription-topic = Les communiqués sur un thème
subscription-topic-label = Thème
subscription-choose = Choisir
subscription-languages = 3. Dans quelles langues ?
subscription-languages-hint = Chaque communiqué vous arrive dans la première de ces langues où il existe, à défaut dans une autre.
subscription-first-language = Première langue
subscription-second-language = Deuxième langue
subscription-where = 4. À quelle adresse ?
subscription-address = Adresse électronique
subscription-address-hint = Vous recevrez d’abord un courriel de confirmation ; sans votre accord, l’adresse n’est pas conservée.
subscription-send = M’envoyer la confirmation
subscription-errors = { $count ->
    [one] Une réponse est à corriger
   *[other] { $count } réponses sont à corriger
}
subscription-error-address = Indiquez une adresse électronique, par exemple nom@exemple.org.
subscription-error-address-long = Cette adresse est plus longue qu’une adresse électronique ne peut l’être.
subscription-error-what = Choisissez ce que vous voulez recevoir.
subscription-error-institution = Choisissez une institution dans la liste.
subscription-error-topic = Choisissez un thème dans la liste.
subscription-error-language = Choisissez une première langue dans la liste.
subscription-leave-title = Déjà abonné ?
subscription-leave = Chaque courriel contient un lien pour changer vos choix et un autre pour vous désabonner en un clic.
subscription-data-title = Vos données
subscription-data = Votre adresse sert à cet envoi seulement. Aucun pixel de suivi, aucun lien réécrit.
subscription-asked-title = Consultez votre boîte aux lettres
subscription-asked = Si l’adresse indiquée peut recevoir nos courriels, une confirmation est en route. L’abonnement commence dès que vous l’avez confirmé par le lien qu’elle contient, valable 48 heures.
subscription-asked-late = Rien après quelques minutes ? Regardez dans les courriers indésirables. Après une heure, vous pouvez refaire la demande.
subscription-confirm-title = Confirmer votre abonnement
subscription-confirm = Vous recevrez : { $choice } ; { $rhythm }, s’il y a du neuf.
subscription-confirm-button = Confirmer mon abonnement
subscription-confirmed-title = Votre abonnement est confirmé
subscription-confirmed = Le prochain courriel vous apportera ce qu’il y a de neuf pour vous. Chaque courriel contient un lien pour vous désabonner.
subscription-void-title = Ce lien n’est plus valable
subscription-void = Un lien de confirmation est valable 48 heures et doit être copié en entier. Rien n’a été modifié.
subscription-again = S’abonner à nouveau
subscription-end-title = Mettre fin à votre abonnement
subscription-end = Vous recevez : { $choice }.
subscription-end-this = Mettre fin à cet abonnement
subscription-end-all = Ne plus recevoir aucun courriel
subscription-ended-title = Votre abonnement a pris fin
subscription-ended = Vous ne recevrez plus de courriel à ce titre, pas même celui qui serait en préparation.
subscription-ended-others = { $count ->
    [one] Un autre de vos abonnements se poursuit.
   *[other] { $count } autres de vos abonnements se poursuivent.
}
subscription-end-void-title = Ce lien n’est pas valable
subscription-end-void = Il a peut-être été coupé lors de la copie. Le lien placé à la fin de chacun de nos courriels reste valable pour toujours.
subscription-choice-everything = tous les communiqués
subscription-choice-topic = thème « { $name } »
subscription-in-language = en { $language }
subscription-else-in-language = sinon en { $language }
subscription-and = { $first } et { $last }
subscription-mail-subject = Confirmez votre abonnement – { $site }
subscription-mail-intro = Quelqu’un, sans doute vous, nous a demandé d’envoyer des communiqués à cette adresse.
subscription-mail-choice = Le choix indiqué : { $choice } ; { $languages } ; { $rhythm }.
subscription-mail-link = Confirmer l’abonnement
subscription-mail-until = Ce lien est valable 48 heures. Si vous n’avez rien demandé, ne faites rien : vous ne recevrez pas d’autre courriel.
subscription-when = 2. Quand ?
subscription-when-slots = À heures fixes
subscription-when-hours = Heures
subscription-when-at-once = Dès la publication
subscription-when-daily = Une fois par jour, à { $times }
subscription-when-weekly = Une fois par semaine
subscription-third-language = Troisième langue
subscription-fourth-language = Quatrième langue
subscription-no-language = –
subscription-error-frequency = Choisissez à quelle fréquence vous voulez être informé.
subscription-error-slots = Cochez au moins une des heures.
subscription-error-address-letters = Nous ne pouvons pas encore écrire à une adresse qui contient des lettres accentuées ou spéciales avant l’arobase. Indiquez-en une autre.
subscription-narrower-title = Quelque chose de plus précis ?
subscription-narrower = On peut s’abonner à toute recherche : des mots, une langue, une institution et un thème à la fois.
subscription-narrower-link = Chercher, puis « Recevoir par courriel »
subscription-less-title = Ou un peu moins ?
subscription-less-weekly = Une fois par semaine suffit
subscription-less-pause = Suspendre pendant quatre semaines
subscription-choice-words = { $count ->
    [one] avec le mot « { $words } »
   *[other] avec les mots « { $words } »
}
subscription-choice-language = disponible en { $language }
subscription-choice-press-list = liste de presse « { $name } » ({ $institution })
subscription-rhythm-at-once = dès la publication
subscription-rhythm-slots = à { $times }
subscription-rhythm-daily = une fois par jour, à { $times }
subscription-rhythm-weekly = une fois par semaine
subscription-rhythm-press-list = lorsqu’un communiqué est envoyé à cette liste
subscription-choice-kind-release = communiqués de presse
subscription-choice-kind-decision = décisions du Conseil des ministres
subscription-choice-kind-invitation = invitations à la presse
subscription-choice-kind-speech = discours
subscription-several = Plusieurs choix ? Confirmez d’abord celui-ci, puis ajoutez les autres sous « Mes abonnements » : une adresse ne reçoit qu’une confirmation par heure.
subscription-add-mine = Déjà abonné ? Ajouter à mes abonnements
