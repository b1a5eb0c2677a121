nav-council = Conseil des ministres
council-kind-council = Conseil des ministres
council-kind-inner = Comité ministériel restreint
council-meeting-of = Conseil des ministres du { $day }
council-inner-of = Comité ministériel restreint du { $day }
council-item = décision { $number }
council-instrument = Instrument
council-proposed-by = Sur proposition de
council-on-proposal = Sur proposition de { $names }
council-items-nav = Décisions de cette réunion
council-previous-item = ← Décision { $number }
council-next-item = Décision { $number } →
council-all-items = Toutes les décisions de la réunion
council-preliminary-draft-law = avant-projet de loi
council-draft-law = projet de loi
council-draft-royal-decree = projet d’arrêté royal
council-royal-decree = arrêté royal
council-ministerial-decree = arrêté ministériel
council-circular = circulaire
council-cooperation-agreement = accord de coopération
council-treaty = traité
council-public-contract = marché public
council-appointment = nomination
council-note = note de politique
council-report = rapport
council-other-instrument = autre
council-reading = { $number ->
    [1] première lecture
    [2] deuxième lecture
   *[other] troisième lecture
}
council-lead = Les réunions du Conseil des ministres et les décisions qui en sont issues, la plus récente d’abord.
council-none = Aucune réunion n’a encore été publiée.
council-none-in-year = Aucune réunion de cette année n’a été publiée.
council-list-of = Conseil des ministres : { $year }
council-years = Années
council-follow = Suivre
council-subscribe = Recevoir les décisions par courriel
council-feed = Flux des réunions
council-feed-of = Flux de cette réunion
council-all-decisions = Tous les communiqués du Conseil
council-count = { $count ->
    [0] Aucune décision
    [one] { $count } décision
   *[other] { $count } décisions
}
council-published-at = Publié le { $day }, { $hour }
council-published = Publiées à
council-decisions = Décisions
council-no-decisions = Aucune décision de cette réunion n’est lisible.
council-meetings-nav = Autres réunions
council-all-meetings = Toutes les réunions
council-versions = Cette réunion dans les autres langues
council-partly = { $language } : { $some ->
    [0] aucune décision
    [one] { $some } décision sur { $all }
   *[other] { $some } décisions sur { $all }
}
council-pictures = { $count ->
    [one] { $count } photo
   *[other] { $count } photos
}
council-documents = { $count ->
    [one] { $count } document
   *[other] { $count } documents
}
council-facts = La réunion
council-date = Date
council-place = Lieu
council-electronic = Procédure électronique
council-chair = Présidence
council-chaired = Présidence : { $name }, { $title }
council-publication = Publication
council-by-member = Par membre du gouvernement
council-take-along = Tout emporter
council-kit-page = Tous les textes sur une page
council-kit-page-hint = à lire et à imprimer
council-kit-two = Tous les textes en { $one } et en { $two }
council-kit-text = Textes seuls
council-kit-zip = Textes, photos et documents
council-kit-title = Dossier de presse : { $meeting }
council-kit-languages = Langues du dossier de presse
council-kit-both = { $one } et { $two }
council-kit-download = Télécharger ({ $format })
council-block = { $count ->
    [one] { $day } : { $count } décision
   *[other] { $day } : { $count } décisions
}
council-block-all = { $count ->
    [one] La décision
   *[other] Les { $count } décisions
}
council-chosen-mandate = membre du gouvernement : { $name }
council-chosen-meeting = réunion : { $name }
council-chosen-instrument = instrument : { $name }
council-narrow-mandate = Membre du gouvernement
council-narrow-instrument = Instrument
council-nav-desk = Conseil
council-desk-title = Réunions du Conseil
council-desk-new = Nouvelle réunion
council-desk-preparing = En préparation
council-desk-past = Publiées et annulées
council-desk-none = Aucune réunion n’est en préparation.
council-desk-past-none = Aucune réunion n’a encore été publiée.
council-desk-older = Réunions plus anciennes
council-desk-nobody = Il n’y a pas encore d’institution de la catégorie « Conseil des ministres ». Un administrateur l’ajoute ; on peut alors planifier des réunions.
council-desk-ready = { $all ->
    [0] Aucune décision pour l’instant
    [one] { $ready } décision prête sur { $all }
   *[other] { $ready ->
        [one] { $ready } décision prête sur { $all }
       *[other] { $ready } décisions prêtes sur { $all }
    }
}
council-stage-preparing = en préparation
council-stage-armed = programmée
council-stage-published = publiée
council-stage-cancelled = annulée
council-planned-for = Prévue pour le { $at }.
council-armed-for = Devient publique d’elle-même le { $at }.
council-went-public = Publique depuis le { $at }.
council-form-new = Nouvelle réunion
council-form-change = La réunion
council-form-kind = Type
council-form-day = Jour
council-form-where = Lieu
council-form-electronic = Procédure électronique, sans lieu
council-form-chair = Présidence
council-form-nobody = – personne n’est indiqué –
council-form-planned = Publique le
council-form-hour = à
council-form-planned-hint = L’instant pour lequel la réunion peut être programmée. Peut rester vide.
council-form-deadline = Réponses jusqu’au
council-form-deadline-hint = Jusqu’à quand les porte-parole sont priés de répondre. Peut rester vide.
council-form-languages = Langues à valider
council-form-silence = Le silence vaut accord une fois le délai écoulé
council-form-silence-hint = Les porte-parole en sont avertis au préalable. Si la case n’est pas cochée, l’absence de réponse est signalée à la Chancellerie.
council-form-intro = Texte au-dessus des décisions
council-form-intro-hint = Sur la page publique. En Markdown.
council-form-save = Enregistrer
council-form-create = Planifier la réunion
council-form-public = La réunion est publique : le lieu, la présidence et le texte au-dessus des décisions peuvent encore être rectifiés.
council-form-disarms = La réunion est programmée. Avec un autre instant, la programmation est levée, et quelqu’un qui n’y a rien écrit doit la programmer à nouveau.
council-wrong-day = Indiquez le jour de la réunion.
council-wrong-instant = Indiquez un jour et une heure, ou ni l’un ni l’autre.
council-wrong-skipped = Cette heure n’existe pas : c’est le passage à l’heure d’été.
council-wrong-language = Choisissez au moins une langue.
council-wrong-deadline = Les réponses doivent arriver avant la publication de la réunion.
council-wrong-long = 4 000 caractères au plus.
council-wrong-chair = Ce mandat n’existe pas.
council-standing = { $all ->
    [0] Aucune décision n’est encore à l’ordre du jour.
    [one] { $ready ->
        [0] La seule décision n’est pas encore prête.
       *[other] La seule décision est prête.
    }
   *[other] { $ready ->
        [0] Aucune des { $all } décisions n’est encore prête.
        [one] { $ready } décision sur { $all } est prête.
       *[other] { $ready } décisions sur { $all } sont prêtes.
    }
}
council-standing-public = { $waiting ->
    [0] Toutes les décisions sont publiques ({ $public }).
    [one] { $public } publiques, { $waiting } retenue.
   *[other] { $public } publiques, { $waiting } retenues.
}
council-agenda = Ordre du jour
council-agenda-none = Collez l’ordre du jour, ou ajoutez les décisions une à une.
council-written-by = Écrit par { $names }
council-missing = Manque : { $languages }
council-up = Monter : { $title }
council-down = Descendre : { $title }
council-drag = Glisser à une autre place : { $title }
council-terms = Ministres et instrument
council-nobody-proposes = Aucun ministre proposant
council-more = Autres actions
council-move-to = Déplacer vers une autre réunion
council-move = Déplacer
council-move-none = Aucune autre réunion n’est en préparation.
council-hold = Retirer de la publication de la réunion
council-hold-reason = Motif
council-hold-button = Retirer
council-put-back = Réintégrer
council-pulled-out = retirée de la publication
council-held-because = Retirée : { $reason }
council-add = Ajouter une décision
council-add-title = Titre en { $language }
council-add-button = Ajouter et écrire
council-wrong-title = Indiquez un titre dans une langue au moins.
council-wrong-reason = Indiquez le motif.
council-import = Coller un ordre du jour
council-to-board = Validation
council-to-publication = Publication
council-plan-change = Modifier
council-public-page = Page publique
council-cancel = Annuler la réunion
council-cancel-hint = Ses décisions restent ce qu’elles sont et peuvent être déplacées vers une autre réunion.
council-cancel-reason = Motif
council-cancel-button = Annuler la réunion
council-reopen = Elle a finalement lieu
council-later = Publier maintenant
council-state-changed = Quelque chose a changé entre-temps. Voici la situation actuelle ; rien n’a été fait.
council-full = Une réunion compte au plus 200 décisions.
council-terms-hint = Ce qui est validé avec les textes. Modifiable tant que la décision est un brouillon ou soumise.
council-terms-closed = La décision n’est plus un brouillon. Pour modifier qui la propose ou ce qu’elle est, reprenez d’abord son texte.
council-proposer = Membre proposant { $n }
council-instrument-n = Instrument { $n }
council-reading-label = Lecture
council-no-reading = –
council-terms-save = Enregistrer
council-members-none = L’annuaire ne connaît pas de gouvernement en fonction ce jour-là : personne ne peut encore être indiqué.
council-former = n’est plus en fonction
council-import-hint = Collez-le tel qu’il figure dans Word ou dans un courriel : numéroté, dans une langue ou dans deux, côte à côte (tableau), l’une sous l’autre sous le même numéro, ou l’une après l’autre. Une parenthèse en fin de ligne, comme « (ministre de la Justice) », reste dans le titre : le ministre proposant s’indique ensuite. Rien n’est créé avant que vous n’ayez vu ce qui a été compris.
council-import-text = Ordre du jour
council-import-order = Langues
council-import-auto = d’après les textes
council-import-preview = Montrer ce qui a été compris
council-import-found = { $count ->
    [one] { $count } ligne a été comprise. Rectifiez-la au besoin, puis créez la décision.
   *[other] { $count } lignes ont été comprises. Rectifiez-les au besoin, puis créez les décisions.
}
council-import-nothing = Aucune ligne numérotée n’a été trouvée. Chaque décision doit commencer par son numéro : « 1. », « 2) », « Point 3 ».
council-import-cut = Il y avait plus de lignes qu’une réunion ne peut compter de décisions ; le reste a été laissé de côté.
council-import-take = Reprendre la ligne { $label }
council-import-take-short = Reprendre
council-import-line = Ligne
council-import-part = partie de la ligne précédente
council-import-heading = titre des parties qui suivent
council-import-there = figure déjà à l’ordre du jour
council-import-create = Créer les décisions
council-import-again = Coller à nouveau
council-import-none-taken = Cochez au moins une ligne.
council-publish-title = Publication : { $meeting }
council-publish-goes = { $count ->
    [0] Rien ne peut être publié : aucune décision n’est prête.
    [one] { $count } décision est publiée avec la réunion.
   *[other] { $count } décisions sont publiées ensemble, au même instant.
}
council-publish-held = { $count ->
    [0] Rien n’est retenu.
    [one] { $count } décision est retenue. Elle ne retient personne ; la Chancellerie en est avertie par courriel.
   *[other] { $count } décisions sont retenues. Elles ne retiennent personne ; la Chancellerie en est avertie par courriel.
}
council-publish-out = Seront publiées
council-publish-back = Retenues
council-publish-now = Publier maintenant…
council-publish-arm = Programmer pour le { $at }…
council-publish-confirm-now = Publier la réunion maintenant ?
council-publish-confirm-arm = Programmer la réunion pour le { $at } ?
council-publish-arm-says = À cet instant, toutes les décisions alors prêtes sont publiées d’elles-mêmes, même sans personne ici. Ce qui n’est pas prêt est retenu.
council-publish-button-now = Publier maintenant
council-publish-button-arm = Programmer
council-publish-back-link = Revenir sans rien faire
council-publish-armed-by = Programmée par { $name }, { $at }.
council-publish-disarm = Lever la programmation
council-publish-first-pair = Vous avez écrit dans ces décisions : { $numbers }. Quelqu’un qui n’y a rien écrit doit publier ou programmer la réunion.
council-publish-others = Peuvent le faire : { $names }.
council-publish-nobody = Personne d’autre à la Chancellerie ne peut le faire : un administrateur ajoute un compte.
council-publish-no-instant = La réunion n’a pas d’instant prévu. Donnez-lui-en un pour la programmer.
council-publish-past = L’instant prévu est passé.
council-why-state = Pas prête : { $state }
council-why-author = Écrite depuis par la personne qui a programmé la réunion
council-of-meeting = Cette décision relève d’une réunion : elle devient publique avec elle, et d’aucune autre façon.
council-of-meeting-link = Vers le { $meeting }
council-colon = {" : "}
council-mail-held = { $count ->
    [one] { $count } décision retenue
   *[other] { $count } décisions retenues
}
council-mail-held-intro = Le { $meeting } est public. Ces décisions n’ont pas été publiées avec lui :
council-mail-stopped = La réunion n’a pas été publiée
council-mail-stopped-intro = Le { $meeting } était programmé et son instant est venu, mais aucune de ses décisions n’a pu être publiée. La programmation a été levée. Ces décisions attendent :
council-mail-item = Décision { $number } : { $state }
council-mail-open = Ouvrir la réunion
