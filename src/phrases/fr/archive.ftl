# Archives and old addresses in the desk.
archive-redirects-title = Anciennes adresses
archive-redirects-index = Où mènent les adresses des anciens sites
archive-redirects-counts = Nombre d’anciennes adresses : { $all }. Demandées ces 30 derniers jours : { $used }.
archive-redirects-all = Toutes les adresses
archive-redirects-find = Partie d’une adresse
archive-redirects-find-button = Chercher
archive-redirects-none = Aucune ancienne adresse.
archive-redirects-more = Adresses suivantes
archive-redirects-used = { $hits ->
    [one] Demandée une fois, le { $on }
   *[other] Demandée { $hits } fois, la dernière le { $on }
}
archive-redirects-unused = Pas encore demandée
archive-redirects-file = le fichier « { $name } »
archive-redirects-not-public = nulle part encore : pas public
archive-redirects-test = Tester une adresse
archive-redirects-test-address = Adresse de l’ancien site
archive-redirects-test-button = Tester
archive-redirects-test-none = Elle ne mène nulle part : le lecteur apprend que la page n’existe pas.
archive-redirects-new = Une adresse de plus
archive-redirects-from = Ancienne adresse
archive-redirects-from-hint = Comme /node/12, ou entière avec https://.
archive-redirects-to = Mène à
archive-redirects-to-hint = Une page de ce site. L’adresse suit un communiqué s’il déménage.
archive-redirects-add = Ajouter l’adresse
archive-redirects-from-table = Plusieurs à la fois
archive-redirects-table = Tableau (CSV)
archive-redirects-table-hint = Deux colonnes : ancienne adresse, page de ce site.
archive-redirects-add-all = Tout ajouter
archive-redirects-added = { $count ->
    [one] { $count } adresse ajoutée.
   *[other] { $count } adresses ajoutées.
}
archive-redirects-left = { $count ->
    [one] { $count } ligne n’a pas été reprise :
   *[other] { $count } lignes n’ont pas été reprises :
}
archive-redirects-wrong-address = Ce n’est pas une adresse : /… ou https://….
archive-redirects-wrong-own = C’est une adresse de ce site même.
archive-redirects-wrong-taken = Cette adresse mène déjà quelque part.
archive-redirects-wrong-target = Aucune page de ce site n’est à cette adresse.
archive-redirects-wrong-loop = Elle mènerait à elle-même.
archive-redirects-wrong-table = Il faut un tableau de deux colonnes et d’au plus 100 000 lignes.
archive-redirects-change = Enregistrer
archive-redirects-remove-summary = Supprimer cette adresse…
archive-redirects-remove-what = Les liens vers elle ne fonctionneront plus.
archive-redirects-remove = Supprimer
archive-imports-title = Archives
archive-imports-index = Reprendre les communiqués d’un ancien site, accepter ou annuler
archive-imports-new = Reprendre une archive
archive-imports-none = Aucune archive n’a encore été reprise.
archive-imports-by-command = par commande
archive-imports-what = Le fichier est d’abord examiné, puis un essai dit ce que deviendrait chaque élément, fichier et adresse. Rien n’est écrit sans votre accord, rien n’est envoyé, et l’ensemble peut être annulé.
archive-imports-from-folder = Depuis le serveur
archive-imports-folder-empty = Aucun fichier à reprendre dans { $folder }.
archive-imports-file = Fichier
archive-imports-begin = L’examiner
archive-imports-from-upload = Depuis votre ordinateur
archive-imports-upload = Fichier
archive-imports-upload-hint = Un export de Drupal 6 (.sql), de WordPress (.xml) ou JSONL ; aussi en .gz ou .zst.
archive-imports-send = Envoyer et examiner
archive-imports-files = Dossier des fichiers de l’ancien site
archive-imports-files-hint = Sur le serveur ; images et documents en proviennent.
archive-imports-no-files = Aucun : les fichiers sont signalés manquants
archive-imports-wrong-file = Choisissez un fichier du dossier.
archive-imports-wrong-folder = Ce dossier n’existe pas.
archive-imports-wrong-upload = Il faut un fichier en .sql, .xml ou .jsonl, ou ceux-ci en .gz ou .zst.
archive-imports-wrong-large = Le fichier est trop grand : placez-le dans le dossier du serveur.
archive-imports-wrong-mapping = La correspondance est illisible : { $why }
archive-imports-wrong-sure = Confirmez que vous êtes certain.
archive-imports-new-state = pas examinée
archive-imports-inspecting = examen en cours
archive-imports-inspected = examinée
archive-imports-foreseeing = essai en cours
archive-imports-foreseen = essai terminé
archive-imports-importing = reprise en cours
archive-imports-in-part = reprise en partie
archive-imports-done = reprise, à accepter
archive-imports-accepted = acceptée
archive-imports-undoing = annulation en cours
archive-imports-undone = annulée
archive-imports-stopped = arrêtée
archive-imports-problem = Arrêt avant la fin. Ce qui est fait reste ; la suite reprendra là.
archive-imports-took = durée : { $time }
archive-imports-progress = { $settled } éléments sur { $all }
archive-imports-left = { $minutes ->
    [one] { $rate } par seconde, encore { $minutes } minute environ
   *[other] { $rate } par seconde, encore { $minutes } minutes environ
}
archive-imports-waiting = Cela commence dans un instant.
archive-imports-reload = Actualiser
archive-imports-holds = Contenu du fichier
archive-imports-mapping = Ce que deviennent ses types, champs et vocabulaires
archive-imports-mapping-hint = Deviné d’après les noms : relisez avant de continuer. TOML.
archive-imports-do-inspect = L’examiner
archive-imports-do-foresee = Faire un essai
archive-imports-do-foresee-again = Refaire un essai
archive-imports-do-import = La reprendre
archive-imports-do-go-on = Continuer
archive-imports-do-again = Reprendre à nouveau
archive-imports-accept = Accepter
archive-imports-accept-what = Tout est comme il faut : la reprise est close et ne peut plus être annulée ici.
archive-imports-undo-summary = Annuler cette reprise…
archive-imports-undo-what = Ses communiqués, fichiers et anciennes adresses disparaissent. Ce qui a été modifié, rectifié ou cité depuis reste et sera listé ici.
archive-imports-undo-sure = Oui, tout annuler.
archive-imports-undo = Annuler la reprise
archive-imports-kept = { $count ->
    [one] { $count } communiqué est resté ; cochez ce qui doit partir aussi
   *[other] { $count } communiqués sont restés ; cochez ce qui doit partir aussi
}
archive-imports-why-edited = modifié depuis
archive-imports-why-corrected = rectifié depuis
archive-imports-why-cited = un autre communiqué y renvoie
archive-fate-new = nouveaux
archive-fate-unchanged = inchangés
archive-fate-changed = modifiés
archive-fate-refused = refusés
archive-fate-conflict = en conflit
archive-fate-draft = pas encore publics
archive-fate-missing = manquants
archive-fate-loop = déjà corrects
archive-report-foreseen = Ce que tout deviendrait
archive-report-done = Ce que tout est devenu
archive-report-items = Versions linguistiques
archive-report-addresses = Anciennes adresses
archive-report-files = Fichiers
archive-report-links = Liens vers l’ancien site
archive-report-drafts = { $count ->
    [one] dont { $count } brouillon
   *[other] dont { $count } brouillons
}
archive-report-institutions = Institutions ajoutées à l’annuaire
archive-report-topics = Thèmes ajoutés
archive-report-left-alone = Laissés de côté : types absents de la correspondance
archive-report-csv = Tous les éléments en tableau (CSV)
archive-report-json = Tout en JSON
archive-report-to-look-at = { $count ->
    [one] { $count } élément à vérifier
   *[other] { $count } éléments à vérifier
}
archive-report-line = ligne { $line }
archive-report-address-list = { $count ->
    [one] { $count } adresse sans redirection
   *[other] { $count } adresses sans redirection
}
archive-report-file-list = { $count ->
    [one] { $count } fichier non repris
   *[other] { $count } fichiers non repris
}
archive-original-title = Sur l’ancien site
archive-original-none = Il ne vient d’aucun ancien site.
archive-original-author = par { $name }
archive-original-there = Tel qu’il y était
archive-original-here = Tel qu’il est ici
