# Bilder, Dokumente, Ton und Video einer Pressemitteilung: auf ihrer Seite und in der Redaktion.
media-kilobytes = { $number } kB
media-megabytes = { $number } MB
media-pages = { $count ->
    [one] { $count } Seite
   *[other] { $count } Seiten
}
media-pictures = { $count ->
    [one] Bild
   *[other] Bilder ({ $count })
}
media-films = { $count ->
    [one] Ton und Video
   *[other] Ton und Video ({ $count })
}
media-documents = { $count ->
    [one] Dokument
   *[other] Dokumente ({ $count })
}
media-download = Herunterladen ({ $facts })
media-on-host = auf { $host }
media-other-site = Dieser Link führt auf eine andere Website. Von dort wird nichts geladen, bevor Sie ihm folgen.
media-preparing = Diese Datei wird vorbereitet und erscheint gleich hier.
media-unusable = Diese Datei ist unbrauchbar
media-up = Nach oben: { $name }
media-down = Nach unten: { $name }
media-remove = Entfernen
media-lead = Hauptbild
media-decorative = Dekorativ: Screenreader übergehen es
media-alt = Alternativtext, { $language }
media-title = Titel, { $language }
media-caption = Bildunterschrift, { $language }
media-credit = Bildnachweis
media-choose = Dateien hinzufügen
media-choose-hint = Fotos (JPEG, PNG, GIF, WebP, TIFF), Dokumente (PDF, Word, Excel, PowerPoint, OpenDocument), Ton (MP3, M4A, OGG), Video (MP4, WebM); höchstens { $size } MB je Datei.
media-link = Oder ein Link zu einem Video auf YouTube, Vimeo, Dailymotion …
media-upload = Hinzufügen
media-drop = Dateien hierher ziehen oder auswählen
media-going = { $name } wird hochgeladen. Sie können weiterschreiben.
media-uploaded = { $name } wurde hochgeladen
media-line-dropped = Die Verbindung ist abgebrochen. Das Hochladen geht dort weiter, wo es war.
media-pause = Anhalten
media-again = Fortsetzen
media-some-refused = Einige Dateien wurden nicht angenommen
media-others-taken = { $count ->
    [0] Es wurde keine Datei gespeichert.
    [one] Die andere Datei ist gespeichert und steht in der Redaktion.
   *[other] Die anderen { $count } Dateien sind gespeichert und stehen in der Redaktion.
}
media-back = Zurück zur Redaktion
media-refused-empty = Diese Datei ist leer. Wurde sie vollständig kopiert?
media-refused-too-large = Diese Datei ist größer als { $size } MB. Verkleinern Sie sie, oder stellen Sie das Video auf eine Videoplattform und geben Sie den Link an.
media-refused-unknown-type = Diese Art von Datei wird nicht angenommen. Speichern Sie sie als JPEG, PNG, PDF, Office-Dokument, MP3 oder MP4.
media-refused-svg = Eine SVG-Zeichnung kann ein Programm enthalten und wird nicht angenommen. Speichern Sie sie als PNG oder PDF.
media-refused-heic = HEIC-Fotos sind nicht überall lesbar. Speichern Sie das Foto als JPEG, oder stellen Sie das Telefon auf „Maximale Kompatibilität“.
media-refused-broken = Diese Datei ist beschädigt oder unvollständig. Öffnen Sie sie auf Ihrem Rechner, speichern Sie sie neu und versuchen Sie es noch einmal.
media-refused-too-many-pixels = Dieses Bild hat mehr als { $size } Millionen Pixel oder braucht zu viel Speicher. Verkleinern Sie es.
media-refused-bomb = Entpackt wäre dieses Dokument unmöglich groß. Speichern Sie es aus seinem Programm neu.
media-refused-macros = Dieses Dokument enthält Makros. Speichern Sie es ohne Makros (.docx, .xlsx oder .pptx).
media-refused-infected = Der Virenscanner des Servers hat in dieser Datei einen Virus gefunden. Sie wurde nicht gespeichert; benachrichtigen Sie Ihren Informatikdienst.
media-refused-quota = Der Speicherplatz Ihrer Einrichtung ist aufgebraucht. Wenden Sie sich an Ihre Verwaltung.
media-refused-too-many = Eine Pressemitteilung hat höchstens 200 Dateien.
media-refused-unknown-host = Auf Videos dieser Website verweisen wir nicht. Prüfen Sie die Adresse.
media-refused-storage-full = Der Speicher des Servers ist voll. Ihr Text ist sicher; melden Sie es Ihrer Verwaltung und versuchen Sie es später erneut.
media-refused-not-stored = Die Datei konnte gerade nicht gespeichert werden. Versuchen Sie es gleich noch einmal.
