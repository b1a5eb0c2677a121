# La première page de la rédaction, les listes, le calendrier.
home-waiting = { $count ->
    [0] Rien ne vous attend
    [one] Une chose vous attend
    [2] Deux choses vous attendent
    [3] Trois choses vous attendent
   *[other] { $count } choses vous attendent
}
home-write = Écrire un communiqué
home-write-for = Au nom de
home-waiting-title = Vous attend
home-most-pressing = le plus pressé d’abord
home-waiting-none = Tout ce qui était à vous est fait.
home-why-conflict = deux textes
home-conflict = { $count ->
    [one] Une autre personne a écrit dans le même champ ; les deux textes sont gardés.
   *[other] Une autre personne a écrit dans { $count } champs où vous écriviez ; tous les textes sont gardés.
}
home-choose = Choisir
home-why-send-on = à relire
home-handed-in = Soumis par { $by }, { $at }.
home-second-eyes = Vous êtes la seconde paire d’yeux.
home-planned = Parution : { $at }
home-reread = Relire
home-why-sent-back = renvoyé
home-sent-back = Renvoyé par { $by }, { $at } : « { $reason } »
home-take-up = Reprendre
home-why-ratify = à ratifier
home-forced = Publié de force par { $by }, { $at } : « { $reason } »
home-examine = Examiner
home-why-today = aujourd’hui
home-check = Vérifier
home-drafts = Mes brouillons
home-drafts-none = Vous n’avez aucun brouillon en cours.
home-drafts-all = { $count ->
    [one] le seul
   *[other] les { $count }
}
home-complete = { $lang } complet
home-complete-both = { $others } et { $last } complets
home-without-text = { $lang } sans texte
home-without-title = { $lang } sans titre
home-missing = { $lang } manque
home-open-at = { $name } l’a ouvert depuis { $since }
home-find = Retrouver
home-find-where = dans tout ce que vous pouvez voir
home-find-missing = Sans { $lang }
home-find-alt = Sans texte alternatif
home-find-contact = Sans contact
home-find-embargo = Sous embargo
home-find-submitted = Soumis
home-find-scheduled = Programmés
home-find-withdrawn = Retirés
home-find-unpublished = Dépubliés
home-published = Vient de paraître
home-all = tout
home-reads = lectures
home-mails = courriels
home-of = { $accepted } sur { $sent }
calendar-weeks = semaines
calendar-month = mois
calendar-title = Du { $from } au { $to }
calendar-before = Avant
calendar-after = Après
calendar-file = Télécharger (iCalendar)
calendar-today = auj.
calendar-count = { $count ->
    [0] Rien n’est programmé.
    [one] Une parution programmée.
   *[other] { $count } parutions programmées.
}
list-in-progress = En cours
list-in-state = Communiqués : { $state }
list-found = Communiqués avec « { $words } »
list-none = Aucun communiqué ne correspond, parmi ceux que vous pouvez voir.
list-words = Mots ou numéro
list-state = État
list-any-state = en cours
list-institution = Institution
list-any-institution = toutes
list-missing = Ce qui manque
list-missing-none = sans importance
list-missing-alt = texte alternatif d’une image
list-missing-contact = contact presse
list-embargo = « Ne pas utiliser avant »
list-embargo-yes = oui
list-more = Plus anciens
list-index-away = La recherche dans ce qui est publié n’est pas disponible en ce moment ; réessayez dans une minute.
