# Les liens personnels vers ce qui n’est pas encore public.
preview-title = Liens personnels
preview-links = Liens
preview-new = Donner un lien
preview-says = Le lien montre la dernière révision dans toutes ses langues, sous un bandeau au nom de la personne. Chaque lecture est consignée.
preview-name = Nom
preview-name-hint = Nom et organisation : il figure sur chaque page qu’elle voit.
preview-email = Adresse électronique
preview-lang = Langue de notre courriel
preview-expires = Expire le
preview-with-files = Aussi les originaux et les documents
preview-with-files-hint = Sinon, les images ont la taille de la page et un filigrane.
preview-by-hand = Je remets le lien moi-même
preview-by-hand-hint = Il s’affiche une fois, et aucun courriel ne part.
preview-give = Donner le lien
preview-open = ouvert
preview-revoked = révoqué
preview-expired = expiré
preview-revoke = Révoquer
preview-files = avec les fichiers
preview-wrong-name = Donnez un nom de 200 signes au plus.
preview-wrong-email = Ce n’est pas une adresse électronique.
preview-wrong-expiry = Choisissez un instant dans les 90 prochains jours.
preview-mail-subject = Un aperçu pour vous
preview-mail-title = L’aperçu d’un communiqué
preview-mail-personal = Il n’est pas encore public. Votre nom y figure et chaque lecture est consignée ; merci de ne pas transmettre le lien.
preview-mail-link = Ouvrir l’aperçu
preview-mail-foot = Vous recevez ce courriel parce qu’un service de presse vous a donné ce lien.
preview-door-title = Un aperçu pour vous
preview-door-open = Ouvrir
preview-banner-unplanned = Non public, et à ne pas publier : aucun instant n’est encore prévu.
preview-reads = { $count ->
    [0] pas ouvert
    [one] lu une fois
   *[other] lu { $count } fois
}
preview-until = jusqu’au { $at }
preview-last = la dernière fois le { $at }
preview-made = Le lien de { $name }. Il ne s’affiche ici que maintenant.
preview-mail-intro = Ce lien a été fait pour { $name }. Il montre un communiqué avant sa parution.
preview-mail-until = Il s’ouvre jusqu’au { $day }, { $hour }.
preview-banner = Aperçu pour { $name }
preview-banner-until = Non public avant le { $at } ; à ne pas publier d’ici là.
preview-banner-ends = Ce lien expire le { $at }.
