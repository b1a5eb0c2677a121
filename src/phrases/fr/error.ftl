# Ce qui s’affiche quand il n’y a pas de page : ce qui s’est passé, et ce que l’on peut faire.
error-kicker = Erreur { $status }
error-not-found = Cette page n’existe pas
error-not-found-lead = Rien n’est publié à cette adresse. Il y manque peut-être un caractère, ou le lien vient d’ailleurs.
error-gone = Ce communiqué n’est plus disponible
error-gone-lead = Il a été publié à cette adresse, puis dépublié.
error-gone-reason = Motif donné par l’émetteur
error-bad-request = Nous ne comprenons pas cette adresse
error-unknown-parameter = Elle contient « { $name } », que cette page ne connaît pas.
error-repeated-parameter = Elle contient « { $name } » plus d’une fois.
error-wrong-parameter = La valeur donnée à « { $name } » n’existe pas.
error-without-query = Ouvrir la page sans cet élément
error-bad-form = Nous n’avons pas pu lire votre envoi
error-bad-form-lead = Une partie du formulaire manque ou ne nous est pas parvenue entière. Revenez en arrière, vérifiez-le et renvoyez-le : rien n’a été modifié.
error-signed-out = Vous n’êtes plus connecté
error-signed-out-lead = Rien n’a été enregistré ni modifié. Connectez-vous à nouveau dans une autre fenêtre, puis revenez à cette page et rechargez-la : votre navigateur renverra ce que vous aviez écrit.
error-signed-out-link = Se reconnecter dans une nouvelle fenêtre
error-forbidden = Vous ne pouvez pas faire cela
error-forbidden-lead = Soit votre compte n’y donne pas droit, soit la page était ouverte depuis trop longtemps. Rechargez la page et réessayez : rien n’a été modifié.
error-method = Cela ne se fait pas ainsi
error-method-lead = Cette adresse existe, mais pas pour ce qui lui a été demandé. Ouvrez-la depuis l’une de nos pages : rien n’a été modifié.
error-conflict = Ce n’est plus possible
error-conflict-lead = La situation a changé depuis que vous avez ouvert la page. Revenez en arrière et rechargez-la pour voir où l’on en est : rien n’a été modifié.
error-too-large = C’est trop volumineux
error-too-large-lead = Votre envoi dépasse ce que nous acceptons. Raccourcissez-le et renvoyez-le : rien n’a été modifié.
error-too-many = Un instant, s’il vous plaît
error-too-many-lead = { $count ->
    [one] Trop de demandes en trop peu de temps. Réessayez dans une minute.
   *[other] Trop de demandes en trop peu de temps. Réessayez dans { $count } minutes.
}
error-unavailable = De retour dans un instant
error-unavailable-lead = Les communiqués ne peuvent pas être consultés pour le moment. Réessayez dans une demi-minute ; si c’est urgent, écrivez-nous.
error-internal = Une erreur s’est produite chez nous
error-internal-lead = Vous n’y êtes pour rien, et elle a été enregistrée. Réessayez ; si elle se reproduit, écrivez-nous en donnant le numéro de l’erreur.
error-number = Numéro de l’erreur
error-onward = Continuer
error-write-question = Le lien vient-il de l’une de nos pages ?
error-write = Écrivez-nous, nous le corrigerons
error-write-urgent = Écrivez-nous
error-all-releases = Tous les communiqués
error-find = Chercher avec les mots de cette adresse
