# Les porte-parole et leurs suppléants à la rédaction.
speaking-title = Porte-parole
speaking-add = Désigner un porte-parole
speaking-add-deputy = Désigner un suppléant
speaking-nobody = Personne ne parle pour ce mandat : aucune de ses décisions ne peut être approuvée.
speaking-former = { $count ->
    [one] Un ancien porte-parole
   *[other] { $count } anciens porte-parole
}
speaking-deputy = suppléant
speaking-principal = porte-parole
speaking-signs-in = se connecte
speaking-wrong-name = Comment s’appelle cette personne ?
speaking-wrong-day = Ce n’est pas un jour.
speaking-wrong-until = Le dernier jour suit le premier et n’est pas passé.
speaking-email = Adresse électronique
speaking-email-hint = Les décisions à approuver arrivent à cette adresse. Elle n’est pas publique.
speaking-phone = Téléphone
speaking-phone-hint = Pour la Chancellerie, quand le temps presse. Il n’est pas public.
speaking-lang = Langue des courriels
speaking-is-deputy = Suppléant
speaking-is-deputy-hint = Répond à la place d’un porte-parole.
speaking-from = Premier jour
speaking-until = Dernier jour
speaking-days-hint = Sans premier jour : dès maintenant. Sans dernier jour : jusqu’à nouvel ordre.
speaking-save = Enregistrer
speaking-end-summary = Cette personne ne parle plus pour ce mandat…
speaking-end-what = Dès maintenant, plus rien ne lui est demandé. Ce qu’elle a approuvé le reste.
speaking-end = Y mettre fin
