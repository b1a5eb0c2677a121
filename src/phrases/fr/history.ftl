# Les révisions et leurs différences.
history-title = Historique
history-between = Ce qui a changé de { $from } à { $to }
history-revision = la révision { $edition }.{ $number }
history-none = Aucune révision n’existe encore. Ce qui s’écrit en devient une quand on la garde ou la soumet.
history-only-one = Il n’y a qu’une révision ; rien à comparer.
history-revisions = Révisions
history-difference = Différence
history-from = de
history-to = à
history-compare = Comparer
history-public = ce que lit le public
history-restore-says = Une révision ne change jamais. La restaurer écrit ses textes dans une nouvelle, et garde toutes les autres.
history-same = Rien ne diffère.
history-unchanged = sans changement
history-field-title = Titre
history-field-lead = Chapeau
history-field-text = Texte
history-rest = Thèmes, contacts, liens, mentions
history-named = « { $name } »
history-restore = Restaurer { $revision }
history-counts =
    { $come ->
        [one] { $come } mot ajouté
       *[other] { $come } mots ajoutés
    }, { $gone ->
        [one] { $gone } retiré
       *[other] { $gone } retirés
    }
history-folded = { $count ->
    [one] Un paragraphe sans changement
   *[other] { $count } paragraphes sans changement
}
history-one-sided = { $moved } : modifié, et resté tel quel : { $stayed }.
history-topic = Thème : { $name }
history-contact = Contact : { $name }
history-link = Lien : { $name }
history-boilerplate = À propos de l’institution : { $name }
history-not-before = Ne pas utiliser avant le { $name }
