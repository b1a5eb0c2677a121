# Les thèmes à la rédaction.
topics-title = Thèmes
topics-all = { $count ->
    [0] Aucun thème
    [one] { $count } thème
   *[other] { $count } thèmes
}
topics-new = Un thème de plus
topics-add = Ajouter le thème
topics-rename = Enregistrer les noms
topics-code = Mot dans les adresses
topics-code-hint = Le même dans toutes les langues, pour toujours : minuscules, chiffres, traits d’union.
topics-wrong-name = Il faut un nom dans chaque langue du site.
topics-wrong-code = Seulement des minuscules, des chiffres et des traits d’union.
topics-wrong-taken = Ce mot est déjà pris.
topics-merge-summary = Fusionner avec un autre thème…
topics-merge-what = « { $name } » disparaît : ses communiqués, ses adresses et ses abonnements passent à l’autre thème. Cela ne se défait pas.
topics-merge-into = Fusionner avec
topics-merge-sure = Oui, ce thème disparaît.
topics-merge = Fusionner
