# Le chemin d’un communiqué vers le public, sa vue d’ensemble, et ce qu’on en fait ensuite.
publication-title = Publier « { $title } »
publication-edition = édition { $number }
publication-checks = Avant de publier
publication-seen =
    { $count ->
        [one] { $count } point vu
       *[other] { $count } points vus
    }, { $fine } en ordre
publication-fate = Ce qui va se passer
publication-fate-nothing = Rien ne paraît : aucun texte n’est encore écrit.
publication-fate-now = Dès que vous confirmez, le communiqué paraît { $languages }.
publication-fate-at = Le { $day } à { $hour } ({ $zone }), le communiqué paraît { $languages }.
publication-fate-readers = { $count ->
    [0] Aucun abonné ne le reçoit par courriel.
    [one] Un abonné le reçoit par courriel : { $when }.
   *[other] { $number } abonnés le reçoivent par courriel : { $when }.
}
publication-fate-each = Par langue : { $languages } ; chacun une seule fois.
publication-fate-until-slot = Jusque-là, une correction remplace le texte sans second courriel.
publication-fate-correction = Qui a reçu l’édition précédente reçoit la note de rectification ; pour les autres, c’est un communiqué comme un autre.
publication-fate-previews = { $count ->
    [one] Une personne l’a déjà vu par lien personnel.
   *[other] { $count } personnes l’ont déjà vu par lien personnel.
}
publication-fate-not-before = Il porte la mention « Ne pas utiliser avant le { $at } ».
publication-when = Quand est-ce public ?
publication-when-hint = Personne avant.
publication-when-now = Maintenant
publication-when-at = Le jour et à l’heure que voici
publication-day = Jour
publication-hour = Heure
publication-zone = Fuseau horaire
publication-twice = Cette nuit-là, l’horloge marque deux fois cette heure. Laquelle ?
publication-twice-first = La première ({ $zone })
publication-twice-second = La seconde ({ $zone })
publication-later = Une langue plus tard
publication-language-reason = Pourquoi elle suit plus tard
publication-language-reason-hint = Nécessaire quand la règle de l’institution demande cette langue. Le motif figure au journal et à la rédaction.
publication-who = Qui peut le voir avant ?
publication-who-hint = Liens personnels, révocables, à filigrane.
publication-who-nobody = Personne n’a de lien.
publication-who-link = Liens personnels
publication-use = Dès quand peut-on l’utiliser ?
publication-use-hint = Une mention sur la page et dans le courriel. Elle ne cache rien.
publication-use-now = Dès la parution, sans mention
publication-use-until = Avec la mention « Ne pas utiliser avant » ce moment
publication-go-now = Publier maintenant…
publication-go-at = Programmer…
publication-blocked = { $count ->
    [one] Il reste un point à corriger.
   *[other] Il reste { $count } points à corriger.
}
publication-correct-first = Corriger le premier
publication-first-pair = Vous y avez écrit ou l’avez soumis : quelqu’un d’autre l’envoie.
publication-others = Ces personnes peuvent l’envoyer : { $names }.
publication-nobody-else = Personne d’autre ne peut l’envoyer pour l’instant ; votre administrateur peut y remédier.
publication-waits = Il les attend.
publication-submit = Soumettre
publication-make-ready = Déclarer prêt
publication-unschedule = Déprogrammer
publication-to-editor = Vers le texte
publication-to-overview = Vers la vue d’ensemble
publication-back-or-force = Renvoyer ou forcer
publication-force-only = Forcer
publication-back-reason = Un mot à l’auteur
publication-back-hint = Ce qu’il faut changer. Il figure au journal.
publication-send-back = Renvoyer à l’auteur
publication-force-reason = Pourquoi cela ne peut attendre
publication-force-hint = Il paraît sans seconde personne et avec ce qui reste à corriger. Il est marqué, et quelqu’un d’autre doit ratifier.
publication-force = Forcer…
publication-wrongs = Ceci n’est pas encore possible :
publication-wrong-instant = Donnez un jour et une heure.
publication-wrong-past = Cet instant est passé. Choisissez-en un autre, ou publiez maintenant.
publication-wrong-skipped = Cette heure n’existe pas : l’heure d’été commence cette nuit-là. Choisissez-en une plus tôt ou plus tard.
publication-wrong-twice = Dites laquelle des deux heures vous voulez.
publication-wrong-language-reason = Dites pourquoi cette langue suit plus tard.
publication-wrong-no-language = Une langue au moins doit paraître.
publication-wrong-reason = Donnez un motif.
publication-changed = Le texte a changé depuis que vous avez ouvert cette page. Rien n’a été fait ; revoyez-le ci-dessous.
publication-somebody-was-first = Quelqu’un vous a devancé : { $name }, { $at }. Rien n’a été fait deux fois ; voici où en est le communiqué.
publication-by-itself = de lui-même, à son instant
publication-four-eyes = Vous y avez écrit ou l’avez soumis. La règle demande une seconde personne.
publication-confirm-now = Publier maintenant ?
publication-confirm-at = Programmer pour le { $day } à { $hour } ?
publication-confirm-force = Forcer cette publication ?
publication-publish-button = Publier
publication-schedule-button = Programmer pour { $hour }
publication-force-button = Forcer
publication-not-yet = Pas encore
publication-follows-later = { $lang } : suit plus tard
publication-forced-with = Forcé, à ratifier : { $reason }
publication-forced-by = Forcé le { $at } par { $name } : « { $reason } ».
publication-ratified-by = Ratifié par { $name }, { $at }.
publication-ratify = Ratifier
publication-ratify-another = Quelqu’un d’autre doit ratifier ; d’ici là, les administrateurs sont avertis chaque jour.
publication-unratified = Pas encore ratifié.
publication-unratified-mail-title = { $count ->
    [one] Une publication forcée attend d’être ratifiée
   *[other] { $count } publications forcées attendent d’être ratifiées
}
publication-unratified-mail-intro = Personne d’autre que leur auteur n’a dit que c’était juste. Qui peut les envoyer peut les ratifier.
publication-unratified-mail-link = Vers le communiqué
preflight-must = À corriger : { $count }
preflight-should = À vérifier : { $count }
preflight-fine = En ordre : { $count }
preflight-correct = Corriger
preflight-look = Voir
preflight-compare = Comparer
preflight-empty = Rien n’est encore écrit
preflight-language-missing = { $lang } : manque
preflight-together = Les langues demandées paraissent ensemble, sauf si quelqu’un en décide autrement, avec un motif.
preflight-language-later = { $lang } : suit plus tard
preflight-languages = Complet { $languages }
preflight-languages-hint = Elles paraissent ensemble.
preflight-title-missing = { $lang } : pas de titre
preflight-lead-missing = { $lang } : pas de chapeau
preflight-lead-missing-hint = Les listes et les courriels le montrent sous le titre.
preflight-body-missing = { $lang } : pas de texte
preflight-title-long = { $lang } : un titre de { $count } signes
preflight-title-long-hint = Jusqu’à 90, il se lit d’un coup d’œil.
preflight-lead-long = { $lang } : un chapeau de { $count } signes
preflight-lead-long-hint = 300 au plus.
preflight-lengths = Titres et chapeaux de bonne longueur
preflight-lengths-hint = Chapeaux en signes : { $leads }.
preflight-no-contact = Pas de contact presse
preflight-no-contact-hint = Qui un journaliste appelle-t-il ?
preflight-none-reachable = Aucun contact n’a de numéro ni d’adresse publics
preflight-none-reachable-hint = Rendez-en un public dans l’annuaire, ou choisissez un autre contact.
preflight-reachable = Contact joignable
preflight-no-description = Image { $number } sans description en { $lang }
preflight-no-description-hint = { $file }. Dites ce qu’on voit, ou dites-la décorative.
preflight-no-credit = Image { $number } sans crédit
preflight-pictures = Images décrites et créditées
preflight-dead-link = { $lang } : un lien vers une page qui n’existe pas
preflight-bare-address = { $lang } : une adresse nue dans le texte
preflight-empty-link = { $lang } : un lien sans mots
preflight-headings = { $lang } : les intertitres sautent un niveau
preflight-headings-hint = Commencez par ##, puis ###.
preflight-structure = Liens et intertitres en ordre
preflight-wrong-weekday = { $lang } : une date dont le jour de la semaine est faux
preflight-is-a = C’est { $day }.
preflight-other-day = { $lang } : la date du texte n’est pas celle de la parution
preflight-says = Le texte dit { $day }.
preflight-day = La date du texte est celle de la parution
preflight-wrong-language = { $lang } : le texte semble être dans une autre langue ({ $is })
preflight-same-text = Le même texte dans deux langues : { $one }, { $other }
preflight-same-text-hint = L’un d’eux a sans doute été collé deux fois.
preflight-texts = Chaque texte dans sa langue
preflight-texts-hint = Pas le même collé deux fois.
preflight-behind = { $lang } : plus ancien que l’autre texte
preflight-behind-hint = { $ahead } modifié le { $ahead_at }, { $behind } le { $behind_at }.
preflight-no-topic = Pas de thème
preflight-no-topic-hint = Les abonnés à un thème ne le recevraient pas.
preflight-topics = { $count ->
    [one] Un thème
   *[other] { $count } thèmes
}
preflight-same-title = { $lang } : un autre communiqué du même jour porte ce titre
overview-editions = Éditions
overview-history = Historique
overview-addresses = Adresses
overview-reach = Portée
overview-mails = Courriels acceptés
overview-requests = Consultations de la page
overview-previews = Vu avant la parution
overview-previews-all = Liens personnels
overview-to-publication = Vers la publication
overview-write = Écrire
overview-correct = Corriger…
overview-language = Publier aussi { $languages }…
overview-take-off = Retirer ou dépublier
overview-withdraw = Retirer ou dépublier…
overview-back = Rétablir
overview-restore = Rétablir
overview-no-address = Il reçoit ses adresses à la parution.
overview-journal = Journal
overview-short = Courte
overview-redirects = mène à l’actuelle
overview-language-reason = Une langue suit plus tard : { $reason }
after-correct-title = Corriger « { $title } »
after-withdraw-title = Retirer « { $title } »
after-unchanged = Rien ne diffère encore de ce que lit le public. Écrivez d’abord la correction.
after-difference = Ce qui va changer
after-minor = Correction mineure
after-minor-says = La page montre aussitôt le nouveau texte. Ni mention, ni courriel ; l’historique garde l’ancien.
after-language = Publier aussi { $languages }
after-language-says = La page paraît aussitôt dans cette langue, et ses lecteurs la reçoivent par leur prochain courriel, ou aussitôt s’ils l’ont choisi ainsi.
after-had = { $count ->
    [0] Personne ne l’a encore reçu par courriel.
    [one] Un lecteur l’a reçu par courriel et n’en est pas averti.
   *[other] { $number } lecteurs l’ont reçu par courriel et n’en sont pas avertis.
}
after-had-major = { $count ->
    [0] Personne ne l’a encore reçu par courriel.
    [one] Un lecteur l’a reçu par courriel. En est averti : { $when }.
   *[other] { $number } lecteurs l’ont reçu par courriel. En sont avertis : { $when }.
}
after-not-yours = Quelqu’un qui a le droit de publier l’envoie.
after-minor-button = Publier ce texte
after-major = Nouvelle édition avec une note publique
after-major-says = Pour tout ce qui change le sens du communiqué. L’édition suivante s’ouvre avec le texte tel qu’il est écrit ; elle suit le chemin habituel. L’ancienne reste lisible, avec les différences.
after-note = Ce qui est rectifié ({ $lang })
after-note-hint = Les lecteurs la voient au-dessus du texte et dans leur courriel.
after-major-button = Ouvrir l’édition suivante
after-wrong-note = Dites ce qui est rectifié ({ $lang }).
after-open = Une correction est déjà ouverte ; poursuivez celle-là.
after-withdraw = Retirer
after-withdraw-says = Le texte reste lisible sous une mention avec le motif. Les listes le marquent, et les moteurs de recherche sont priés de l’oublier.
after-withdraw-button = Retirer
after-unpublish = Dépublier
after-unpublish-says = Le texte n’est plus lisible. Ses adresses répondent par le motif, ou mènent ailleurs.
after-unpublish-button = Dépublier
after-reason = Motif ({ $lang })
after-reason-hint = Une phrase que tout le monde lit.
after-wrong-reason = Donnez le motif ({ $lang }).
after-moved = Mène plutôt à (facultatif)
after-moved-hint = Une adresse de ce site, par exemple /2026-0417.
after-wrong-moved = Aucune page de ce site n’a cette adresse.
after-restore-says = Il est de nouveau lisible tel qu’il était, aux mêmes adresses. Qui l’avait reçu en est averti.
publication-closed = L’institution émettrice est fermée : plus rien d’elle ne paraît. Choisissez-en une autre dans l’éditeur.
publication-fate-at-once = { $number } aussitôt
publication-fate-at-slot = { $number } au créneau du { $slot }
publication-fate-lists = { $count ->
    [one] L’un d’eux figure sur une liste de presse.
   *[other] { $number } d’entre eux figurent sur des listes de presse.
}
