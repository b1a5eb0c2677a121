# Le courriel qui part à chaque créneau.
digest-subject = { $count ->
    [one] { $title }
   *[other] { $count } communiqués, dont { $title }
}
digest-count = { $count ->
    [one] Un communiqué
   *[other] { $count } communiqués
}
digest-heading = { $day }, { $hour }
digest-changes = Rectifications
digest-corrected = Rectifié le { $day } à { $hour }
digest-withdrawn = Retiré
digest-restored = De nouveau disponible
digest-also-in = Désormais aussi { $languages }
digest-rest = { $count ->
    [one] Un autre communiqué se trouve sur le site.
   *[other] { $count } autres communiqués se trouvent sur le site.
}
digest-rest-link = Les lire sur le site
digest-next = Prochain envoi : { $when }, s’il y a du neuf.
digest-choice = Votre choix : { $choice } ; { $often } ; { $languages }.
digest-unsubscribe = Me désabonner
digest-summary = { $count } : { $groups }
digest-subject-corrected = Rectification – { $title }
digest-subject-withdrawn = Retiré – { $title }
digest-also-asked = Aussi dans votre choix : { $choices }
digest-contact = Contact : { $name },
digest-choices = Vos choix : { $choices } ; { $languages }.
digest-manage = Changer mon choix
digest-basis = Pourquoi vous recevez ce courriel : { $basis }
digest-inner-cabinet = Comité ministériel restreint
digest-changes-mixed = Rectifié ou retiré
digest-subject-embargo = Embargo – { $title }
