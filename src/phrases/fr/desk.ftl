# La rédaction : connexion, première page, boîte aux lettres de la démonstration.
desk-title = Rédaction
desk-public-site = Site public
sign-in-title = Se connecter à la rédaction
sign-in-email = Adresse électronique
sign-in-password = Mot de passe
sign-in-button = Se connecter
sign-in-wrong = Cette adresse et ce mot de passe ne vont pas ensemble.
sign-out = Se déconnecter
desk-scheduled = Programmés
desk-scheduled-none = Rien n’est programmé.
desk-in-progress = En cours
desk-in-progress-none = Aucun brouillon ouvert.
desk-published = Derniers publiés
desk-published-none = Rien n’a encore été publié.
desk-goes-public = paraît le { $at }
desk-untitled = Sans titre
desk-state-draft = brouillon
desk-state-submitted = soumis
desk-state-in-validation = en validation
desk-state-ready = prêt
desk-state-scheduled = programmé
desk-digests = Envois
desk-next-slot = Prochain créneau : { $at }
desk-advance = Avancer l’horloge de la démonstration jusqu’au prochain créneau
desk-runs = Derniers envois
desk-runs-none = Aucun envoi jusqu’ici.
desk-run-due = Créneau
desk-run-mails = Courriels
desk-run-accepted = Acceptés
desk-run-open = En attente
desk-run-failed = Échecs
desk-subscribers = { $count ->
    [0] Aucun abonné actif
    [one] { $count } abonné actif
   *[other] { $count } abonnés actifs
}
mailbox-title = La boîte aux lettres de la démonstration
mailbox-lead = Tout le courrier que la démonstration envoie arrive ici ; rien ne quitte cette machine.
mailbox-empty = Pas encore de courrier. Abonnez-vous : la confirmation arrive ici aussitôt.
mailbox-from = De
mailbox-to = À
mailbox-subject = Objet
mailbox-date = Date
mailbox-back = Tout le courrier
mailbox-html = Comme l’affiche un logiciel de messagerie
mailbox-text = En texte
mailbox-source = Source
mailbox-unnamed = (sans objet)
desk-nav = Navigation principale
desk-nav-releases = Communiqués
desk-nav-directory = Annuaire
desk-nav-mailings = Envois
desk-nav-people = Personnes
desk-nav-site = Site
desk-find = Chercher
desk-find-button = OK
