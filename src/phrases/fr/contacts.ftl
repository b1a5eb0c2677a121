# Les contacts presse sur le site public.
contacts-answers-until = répond maintenant, jusqu’à { $when }
contacts-card-of = vCard : { $name }
contacts-csv-name = Nom
contacts-csv-function = Fonction
contacts-csv-institution = Institution
contacts-csv-member = Membre du gouvernement
contacts-csv-title = Titre
contacts-csv-phones = Téléphone
contacts-csv-mails = Courriel
contacts-csv-languages = Langues
contacts-csv-hours = Heures
contacts-find = Nom, institution ou sujet
contacts-order = Ordre de l’annuaire
contacts-all = Tous
contacts-by-government = Membres du gouvernement
contacts-by-institution = Institutions
contacts-nothing = Aucun contact ne correspond à ces mots.
contacts-count = { $count ->
    [0] Aucun contact
    [one] Un contact
   *[other] { $count } contacts
}
contacts-count-many = # contacts
contacts-take = À emporter
contacts-take-cards = Pour le carnet d’adresses
contacts-take-table = En tableau
contacts-take-data = Pour les programmes
contacts-members-and-former = Qui gouverne, et les gouvernements précédents
contacts-not-press = Vous n’êtes pas de la presse ?
contacts-for-all = Autres moyens de nous joindre
contacts-now = Qui répond maintenant ?
contacts-now-at = Le { $day }.
contacts-now-until = Valable jusqu’à { $when }.
contacts-for-journalists = Ces numéros sont destinés aux journalistes.
contacts-ended = n’est plus joignable
contacts-nobody-now = Aucune permanence n’est indiquée pour cette heure. Les contacts ci-dessous répondent pendant les heures de bureau.
contacts-none-named = Aucun contact indiqué.
contacts-former = { $name } était le contact lors de la publication et n’est plus joignable ici.
