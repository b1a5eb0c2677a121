# La recherche : sa page, ses résultats, et ce qui aide à trouver.
search-title = Chercher dans les communiqués
search-label = Mots, expression, référence ou date
search-within = Chercher dans cette liste
find-label = Chercher dans les communiqués
find-submit = Chercher
search-page-title = « { $words } »
search-understood = Votre recherche telle qu’elle a été comprise
search-count = { $count ->
    [0] Aucun communiqué
    [one] { $shown } communiqué
   *[other] { $shown } communiqués
}
search-with = avec
search-without = sans
search-phrase = « { $words } »
search-left-out = La recherche porte sur { $most } mots au plus. Laissés de côté : { $words }.
search-cut = Seuls les { $most } premiers caractères de votre recherche ont été pris en compte.
search-no-words = Votre recherche ne contient aucun mot, seulement des signes. Saisissez au moins un mot.
search-catching-up = La recherche rattrape les derniers changements : ce qui vient de paraître peut encore manquer ici.
search-away = La recherche se met en place et sera disponible dans un instant. Entre-temps, tous les communiqués se trouvent dans les listes.
search-again = Relancer la recherche
search-results = Résultats
search-show = { $count ->
    [one] Voir { $shown } communiqué
   *[other] Voir { $shown } communiqués
}
search-newest-now = Du plus récent au plus ancien
search-newest = Trier par date
search-best-now = Du plus pertinent au moins pertinent
search-best = Trier par pertinence
search-feed = Suivre cette recherche par flux (Atom)
search-feed-title = Cette recherche
search-subscribe = Recevoir par courriel
search-next = Résultats suivants
search-previous = Résultats précédents
search-elsewhere = Vos mots figurent dans la version en { $language }
search-chosen-kind = type : { $name }
search-chosen-language = disponible en { $name }
search-by-kind = Type
search-by-language = Langue
search-by-year = Année
search-nothing = Aucun communiqué ne correspond à cette recherche.
search-near = Vouliez-vous dire :
search-widen = Élargir la recherche
search-widen-word = sans « { $word } »
search-widen-unwanted = en admettant « { $word } »
search-widen-choice = sans le choix « { $choice } »
search-help = Comment chercher
search-help-words = Saisissez un ou plusieurs mots : vous trouvez chaque communiqué qui les contient tous, au singulier comme au pluriel, avec ou sans accents, dans toutes les langues.
search-help-beginning = Du dernier mot, le début suffit : inon trouve inondation.
search-help-phrase = Les guillemets gardent des mots ensemble :
search-help-without = Un tiret juste devant un mot l’écarte :
search-help-direct = Une référence (2026-0001) ou une date (20/11/2026) mène droit au communiqué ou au jour.
search-examples = Par exemple
search-or-lists = Ou parcourez
search-description = Cherchez dans tous les communiqués par mots, thème, source, langue et date.
search-help-phrase-example = « transports publics »
search-help-without-example = eau -énergie
search-of = { $span } sur { $total }
search-widen-only = « { $word } » seulement
search-widen-phrase = « { $word } » sans les guillemets
find-submit-within = Chercher ici
search-offers = Vous cherchez peut-être
search-offer-institution = { $count ->
    [one] { $name } : son communiqué
   *[other] { $name } : ses { $shown } communiqués
}
search-offer-topic = { $count ->
    [one] Thème « { $name } » : { $shown } communiqué
   *[other] Thème « { $name } » : { $shown } communiqués
}
search-offer-period = { $count ->
    [one] { $name } : { $shown } communiqué
   *[other] { $name } : { $shown } communiqués
}
search-no-reference = Aucun communiqué ne porte la référence { $reference }.
