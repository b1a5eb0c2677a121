# Les listes de presse au bureau.
press-list-title = Listes de presse
press-list-lead = Des adresses que vous tenez vous-mêmes. Un communiqué part vers une liste à sa publication, jamais avant, et chaque courriel permet d’en sortir.
press-list-all = { $count ->
    [0] Pas encore de liste
    [one] { $count } liste
   *[other] { $count } listes
}
press-list-members = { $count ->
    [0] Personne
    [one] Une adresse
   *[other] { $shown } adresses
}
press-list-new = Une nouvelle liste
press-list-make = Créer la liste
press-list-name = Nom
press-list-basis = Pourquoi peut-on écrire à ces personnes ?
press-list-basis-hint = Tel qu’elles le liront au pied de chaque courriel, par exemple : accréditées à nos conférences de presse et informées le 3 mai 2026.
press-list-languages-hint = Pour qui n’a pas choisi son propre ordre.
press-list-wrong-name = Un nom est nécessaire.
press-list-wrong-basis = Dites pourquoi on peut écrire à ces personnes.
press-list-wrong-taken = Votre institution a une liste de ce nom.
press-list-empty = Il n’y a encore personne sur cette liste.
press-list-more = Adresses suivantes
press-list-bounces = courriel rejeté
press-list-since = sur la liste depuis le { $day }
press-list-remove = Retirer
press-list-add-title = Ajouter des adresses
press-list-addresses = Adresses
press-list-addresses-hint = Une par ligne, ou séparées par des virgules ; telles que les programmes de courriel les copient.
press-list-sure = Le motif indiqué vaut pour chacune de ces adresses.
press-list-add = Ajouter
press-list-added = { $count ->
    [0] Aucune adresse n’a été ajoutée.
    [one] Une adresse a été ajoutée.
   *[other] { $shown } adresses ont été ajoutées.
}
press-list-there = { $count ->
    [one] Une y figurait déjà.
   *[other] { $shown } y figuraient déjà.
}
press-list-refused = Non ajoutées, car elles se sont retirées, ont demandé qu’on ne leur écrive plus, ou ne peuvent être atteintes :
press-list-wrong-addresses = Ce ne sont pas des adresses auxquelles on peut écrire :
press-list-beyond = Au plus { $most } adresses à la fois : { $left } n’ont pas été examinées.
press-list-about = À propos de cette liste
press-list-save = Enregistrer
press-list-close-summary = Fermer la liste…
press-list-close-what = Ses membres ne reçoivent plus rien par elle. Ce qui a été envoyé reste enregistré.
press-list-close-sure = Oui, fermer cette liste.
press-list-close = Fermer
press-list-ask = À quelles listes de presse ?
press-list-ask-hint = dès qu’il est public, jamais avant
press-list-unreachable = { $count ->
    [one] dont une injoignable
   *[other] dont { $shown } injoignables
}
press-list-unsure = Confirmez que le motif vaut pour chacune de ces adresses.
