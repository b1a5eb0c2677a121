# Who works here.
people-title = Personnes
people-invite = Inviter quelqu’un
people-find = Nom ou adresse
people-filter = Filtrer
people-role = Rôle
people-institution = Institution
people-institution-none = Aucune
people-all-roles = Tous les rôles
people-all-institutions = Toutes les institutions
people-none = Personne ne correspond.
people-more = Suite
people-state-open = actif
people-state-invited = invité
people-state-closed = fermé
people-second-factor = second facteur
people-send = Envoyer l’invitation
people-invite-lead = La personne reçoit un courriel avec un lien valable une fois, pendant sept jours, où elle choisit un mot de passe.
people-standing = Nom, rôle, institution
people-standing-hint = Un autre rôle ou une autre institution prend effet aussitôt et met fin à ses sessions.
people-access = Accès
people-close = Fermer le compte
people-close-hint = Ses sessions prennent fin aussitôt. Ce que la personne a écrit reste.
people-open = Rouvrir le compte
people-invite-again = Renvoyer l’invitation
people-reset-second-factor = Retirer l’application d’authentification
people-reset-second-factor-hint = Pour quelqu’un qui a perdu téléphone et codes de secours. Assurez-vous que la demande vient bien de cette personne.
people-done-invited = L’invitation est en route.
people-done-saved = C’est enregistré. La personne en est avertie par courriel.
people-own = Il s’agit de votre propre compte : quelqu’un d’autre doit en modifier le rôle.
people-journal = Ce que cette personne a fait
people-error-taken = Cette adresse a déjà un compte.
people-error-role = Choisissez un rôle dans la liste.
people-error-institution = Choisissez l’institution au nom de laquelle cette personne s’exprime.
people-error-not-yours = Vous ne pouvez pas attribuer ce rôle dans cette institution.
people-errors = { $count ->
    [one] { $count } réponse est à corriger
   *[other] { $count } réponses sont à corriger
}
