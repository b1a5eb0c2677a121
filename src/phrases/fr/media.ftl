# Images, documents, sons et vidéos d’un communiqué : sur sa page et dans l’éditeur.
media-kilobytes = { $number } ko
media-megabytes = { $number } Mo
media-pages = { $count ->
    [one] { $count } page
   *[other] { $count } pages
}
media-pictures = { $count ->
    [one] Image
   *[other] Images ({ $count })
}
media-films = { $count ->
    [one] Son et vidéo
   *[other] Sons et vidéos ({ $count })
}
media-documents = { $count ->
    [one] Document
   *[other] Documents ({ $count })
}
media-download = Télécharger ({ $facts })
media-on-host = sur { $host }
media-other-site = Ce lien mène à un autre site. Rien n’en est chargé avant que vous ne le suiviez.
media-preparing = Ce fichier est en préparation et apparaîtra ici dans un instant.
media-unusable = Ce fichier est inutilisable
media-up = Monter : { $name }
media-down = Descendre : { $name }
media-remove = Retirer
media-lead = Image principale
media-decorative = Décorative : ignorée par les lecteurs d’écran
media-alt = Texte alternatif, { $language }
media-title = Titre, { $language }
media-caption = Légende, { $language }
media-credit = Crédit
media-choose = Ajouter des fichiers
media-choose-hint = Photos (JPEG, PNG, GIF, WebP, TIFF), documents (PDF, Word, Excel, PowerPoint, OpenDocument), sons (MP3, M4A, OGG), vidéos (MP4, WebM) ; { $size } Mo au plus par fichier.
media-link = Ou un lien vers une vidéo sur YouTube, Vimeo, Dailymotion…
media-upload = Ajouter
media-drop = Déposez vos fichiers ici, ou choisissez-les
media-going = Téléversement de { $name }. Vous pouvez continuer à écrire.
media-uploaded = { $name } a été téléversé
media-line-dropped = La connexion a été perdue. Le téléversement reprend là où il en était.
media-pause = Suspendre
media-again = Reprendre
media-some-refused = Certains fichiers n’ont pas été acceptés
media-others-taken = { $count ->
    [0] Aucun fichier n’a été enregistré.
    [one] L’autre fichier est enregistré et se trouve dans l’éditeur.
   *[other] Les { $count } autres fichiers sont enregistrés et se trouvent dans l’éditeur.
}
media-back = Retour à l’éditeur
media-refused-empty = Ce fichier est vide. A-t-il été copié entièrement ?
media-refused-too-large = Ce fichier dépasse { $size } Mo. Réduisez-le, ou placez la vidéo sur un site de vidéos et indiquez le lien.
media-refused-unknown-type = Ce type de fichier n’est pas accepté. Enregistrez-le en JPEG, PNG, PDF, document bureautique, MP3 ou MP4.
media-refused-svg = Un dessin SVG peut contenir un programme et n’est pas accepté. Enregistrez-le en PNG ou en PDF.
media-refused-heic = Les photos HEIC ne sont pas lisibles partout. Enregistrez la photo en JPEG, ou réglez le téléphone sur « Le plus compatible ».
media-refused-broken = Ce fichier est endommagé ou incomplet. Ouvrez-le sur votre ordinateur, enregistrez-le à nouveau et recommencez.
media-refused-too-many-pixels = Cette image compte plus de { $size } millions de pixels ou demande trop de mémoire. Réduisez-la.
media-refused-bomb = Décompressé, ce document prendrait une taille impossible. Enregistrez-le à nouveau depuis son logiciel.
media-refused-macros = Ce document contient des macros. Enregistrez-le sans macros (.docx, .xlsx ou .pptx).
media-refused-infected = Ce fichier contient un virus selon l’antivirus du serveur. Il n’a pas été enregistré ; prévenez votre service informatique.
media-refused-quota = Votre institution a utilisé tout son espace de stockage. Adressez-vous à votre administrateur.
media-refused-too-many = Un communiqué compte au plus 200 fichiers.
media-refused-unknown-host = Ce site n’est pas de ceux dont nous reprenons les vidéos. Vérifiez l’adresse.
media-refused-storage-full = L’espace de stockage du serveur est plein. Votre texte est en sécurité ; prévenez votre administrateur et réessayez plus tard.
media-refused-not-stored = Le fichier n’a pas pu être enregistré. Réessayez dans un instant.
