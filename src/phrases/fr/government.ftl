# Qui gouverne : gouvernements, mandats, changement de gouvernement.
government-title = Gouvernement
government-members = Membres du gouvernement
government-none = Le gouvernement n’est pas encore indiqué.
government-none-yet = Aucun gouvernement encore. Préparez l’actuel et faites-le entrer en fonction maintenant.
government-description = { $name } : ses membres, leurs titres et leurs compétences.
government-caretaker-since = En affaires courantes depuis le { $day }
government-left = Partis en cours de mandat
government-others = Autres gouvernements
government-competences = Compétences
government-competence = une compétence
government-no-member = N’est plus membre du gouvernement.
government-no-releases = Rien n’a encore paru sous ce nom.
government-all-releases = Tous les communiqués de ce membre du gouvernement
government-former-mandates = Anciennes fonctions
government-releases-of-then = Communiqués de cette période
government-policy-cell = Cellule stratégique
government-from-until = du { $from } au { $until }
government-since = depuis le { $day }
government-not-begun = n’a pas commencé
government-state-prepared = en préparation
government-state-caretaker = affaires courantes
government-state-in-office = en fonction
government-state-former = précédent
government-takes-over-at = entre en fonction de lui-même le { $when }
government-all = Gouvernements
government-prepare = Préparer un gouvernement
government-prepare-what = Personne hors de la Chancellerie ne le connaît avant son entrée en fonction.
government-copy = Partir de l’actuel
government-copy-hint = Ses membres, titres, compétences et cellules, à modifier où ils changent.
government-prepare-button = Le préparer
government-registers = Fonctions, compétences, personnes
government-preview = Aperçu
government-take-over-dots = Le faire entrer en fonction…
government-public-page = Page publique
government-add-member = Ajouter un membre
government-no-cell = pas de cellule stratégique
government-plan = Plan
government-discard-summary = Renoncer à ce gouvernement…
government-discard-what = Il disparaît avec ses membres, leurs contacts et porte-parole. Personne au dehors ne l’aura connu.
government-discard = Y renoncer
government-caretaker = Affaires courantes
government-caretaker-what = Les pages publiques disent depuis quand il expédie les affaires courantes.
government-caretaker-begin = Dès maintenant en affaires courantes
government-caretaker-end = Il gouverne de nouveau pleinement
government-rename = Enregistrer le nom
government-when = Quand il entre en fonction de lui-même
government-when-hint = Vide : quand quelqu’un le dit. À l’heure de { $zone }.
government-handovers = Ce que deviennent les mandats actuels
government-handovers-what = À cet instant, ils prennent tous fin. Pour chacun : qui reprend le travail.
government-open-drafts = { $count ->
    [one] Sa cellule a un communiqué que personne n’a encore lu.
   *[other] Sa cellule a { $count } communiqués que personne n’a encore lus.
}
government-heir = Repris par
government-nobody = personne
government-drafts = Brouillons ouverts
government-drafts-hand-over = vont à la nouvelle cellule
government-drafts-keep = restent à la cellule actuelle
government-drafts-close = ne paraissent pas : la cellule ferme
government-keep-spokespersons = Ses porte-parole continuent à parler
government-keep-contacts = Ses contacts presse et leur permanence continuent
government-end-spokespersons = Ses porte-parole ne parlent plus
government-end-contacts = Ses contacts presse et leur permanence prennent fin
government-save-plan = Enregistrer le plan
government-wrong-held-twice = Deux membres occupent la même fonction.
government-wrong-nobody = Ce gouvernement n’a encore aucun membre.
government-wrong-no-cell = Qui reprend des brouillons ou des contacts doit avoir une cellule stratégique.
government-wrong-changed = Quelqu’un l’a modifié entre-temps. Revoyez-le.
government-wrong-past = Cet instant est passé. Choisissez-en un autre, ou faites-le entrer en fonction maintenant.
government-wrong-to-nobody = Dites qui reprend ce qui continue.
government-wrong-office = Quelle fonction ?
government-wrong-person = Qui l’occupe ? Prénom et nom.
government-wrong-title = Le titre complet, dans chaque langue du site.
government-wrong-order = Un nombre de 0 à 999.
government-take-over-title = { $name } entre en fonction
government-fate = Maintenant, en un instant, { $ending } mandats du { $name } prennent fin et { $beginning } commencent. Toutes les pages publiques suivent en une seconde.
government-fate-first = { $count ->
    [one] Maintenant, un mandat commence. Les pages publiques nomment le gouvernement en une seconde.
   *[other] Maintenant, { $count } mandats commencent. Les pages publiques nomment le gouvernement en une seconde.
}
government-fate-kept = Les communiqués parus gardent le nom du membre au nom duquel ils ont paru.
government-goes-to = Repris par { $name }
government-fate-hand-over = { $count ->
    [0] Aucun communiqué n’est ouvert
    [one] Un communiqué ouvert va à la nouvelle cellule, comme brouillon
   *[other] { $count } communiqués ouverts vont à la nouvelle cellule, comme brouillons
}
government-fate-keep = { $count ->
    [0] Aucun communiqué n’est ouvert
    [one] Un communiqué ouvert reste à la cellule
   *[other] { $count } communiqués ouverts restent à la cellule
}
government-fate-close = { $count ->
    [0] La cellule ferme ; aucun communiqué n’est ouvert
    [one] La cellule ferme ; un communiqué ouvert ne paraît pas
   *[other] La cellule ferme ; { $count } communiqués ouverts ne paraissent pas
}
government-fate-items = Décisions ouvertes qu’il ou elle propose : { $meetings }
government-fate-items-go = Elles passent à qui reprend ; ce qui a été répondu à leur sujet ne compte plus et la question est reposée à tous
government-fate-items-stay = Elles gardent ce mandat, et plus personne ne répond en son nom ; ce qui a été marqué comme accord reste. Nommez un autre proposant ou dispensez
government-fate-item = { $meeting }, { $numbers }
government-no-way-back = Il n’y a pas de retour, sinon un autre changement de gouvernement.
government-correct-plan = Corriger le plan
government-take-over-now = Le faire entrer en fonction maintenant
government-preview-banner = Aperçu : voici la page telle qu’elle sera
government-preview-secret = Personne hors de la Chancellerie ne la voit.
government-preview-back = Retour à la préparation
government-no-cell-no-contacts = Les contacts sont ceux de la cellule stratégique, et il n’y en a pas encore.
government-facts = Mandat
government-change-facts = Modifier
government-full-title = Titre complet
government-order = Ordre de préséance
government-order-hint = 1 pour le premier. À égalité, dans l’ordre d’ajout.
government-remove-summary = Retirer ce membre…
government-remove-what = Le mandat disparaît, avec ses contacts et porte-parole. Personne au dehors ne l’a connu.
government-remove = Retirer
government-end-summary = Ce membre quitte le gouvernement…
government-end-what = Le mandat prend fin maintenant, avec ses porte-parole, contacts et permanences. Sa cellule et ses communiqués restent. Ajoutez ensuite le successeur au gouvernement.
government-end-mandate = Mettre fin au mandat
government-begins-at-once = Ce gouvernement est en fonction : le mandat commence dès l’enregistrement.
government-fixed = La fonction et la personne restent : une autre personne, c’est un autre mandat.
government-office = Fonction
government-office-hint = Le siège à la table, quel que soit son titulaire. On en ajoute sous « Fonctions, compétences, personnes ».
government-person = Qui
government-person-known = Quelqu’un de déjà connu
government-person-new = quelqu’un de nouveau :
government-given-name = Prénom
government-family-name = Nom
government-cell-hint = Le cabinet du ministre, qui émet ses communiqués. Une nouvelle n’est connue de personne avant le début du mandat.
government-cell-none = pas encore
government-cell-new = une nouvelle, nommée :
government-cell-names = Nom de la nouvelle cellule, ou celui qu’elle prend au début du mandat
government-save-member = Enregistrer le mandat
government-offices = Fonctions
government-persons = Personnes
government-register-add = Ajouter
government-register-kind = Qu’est-ce que c’est ?
government-register-none = Rien encore.
