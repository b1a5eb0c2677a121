# S’abonner par courriel : le formulaire, la confirmation, la fin.
subscription-title = Recevoir les communiqués par courriel
subscription-lead = Un courriel à { $times }, avec ce qui vous concerne et rien d’autre. Chaque communiqué n’est annoncé qu’une fois. Rien de neuf : pas de courriel.
subscription-what = 1. Que voulez-vous recevoir ?
subscription-everything = Tous les communiqués
subscription-filtered = Ce que vous consultiez : { $choice }
subscription-institution = Les communiqués d’une institution
subscription-institution-label = Institution
subscription-topic = Les communiqués sur un thème
subscription-topic-label = Thème
subscription-choose = Choisir
subscription-languages = 2. Dans quelles langues ?
subscription-languages-hint = Chaque communiqué vous arrive dans la première de ces langues où il existe, à défaut dans une autre.
subscription-first-language = Première langue
subscription-second-language = Deuxième langue
subscription-no-second = Pas de deuxième langue
subscription-where = 3. À quelle adresse ?
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
subscription-leave = Chaque courriel contient un lien pour vous désabonner en un clic.
subscription-data-title = Vos données
subscription-data = Votre adresse sert à cet envoi seulement. Aucun pixel de suivi, aucun lien réécrit.
subscription-asked-title = Consultez votre boîte aux lettres
subscription-asked = Si l’adresse indiquée peut recevoir nos courriels, une confirmation est en route. L’abonnement commence dès que vous l’avez confirmé par le lien qu’elle contient, valable 48 heures.
subscription-asked-late = Rien après quelques minutes ? Regardez dans les courriers indésirables. Après une heure, vous pouvez refaire la demande.
subscription-confirm-title = Confirmer votre abonnement
subscription-confirm = Vous recevrez : { $choice }. Les courriels partent à { $times }, s’il y a du neuf.
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
subscription-mail-choice = Le choix indiqué : { $choice } ; { $languages } ; à { $times }.
subscription-mail-link = Confirmer l’abonnement
subscription-mail-until = Ce lien est valable 48 heures. Si vous n’avez rien demandé, ne faites rien : vous ne recevrez pas d’autre courriel.
