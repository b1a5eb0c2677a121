# Beelden, documenten, geluid en video van een persbericht: op zijn pagina en in de redactie.
media-kilobytes = { $number } kB
media-megabytes = { $number } MB
media-pages = { $count ->
    [one] { $count } bladzijde
   *[other] { $count } bladzijden
}
media-pictures = { $count ->
    [one] Beeld
   *[other] Beelden ({ $count })
}
media-films = { $count ->
    [one] Geluid en video
   *[other] Geluid en video ({ $count })
}
media-documents = { $count ->
    [one] Bijlage
   *[other] Bijlagen ({ $count })
}
media-download = Downloaden ({ $facts })
media-on-host = op { $host }
media-other-site = Deze link leidt naar een andere site. Er wordt niets van geladen voor u hem volgt.
media-preparing = Dit bestand wordt klaargemaakt en verschijnt hier zo meteen.
media-unusable = Dit bestand is onbruikbaar
media-up = Omhoog: { $name }
media-down = Omlaag: { $name }
media-remove = Weghalen
media-lead = Hoofdbeeld
media-decorative = Decoratief: schermlezers slaan het over
media-alt = Alt-tekst, { $language }
media-title = Titel, { $language }
media-caption = Bijschrift, { $language }
media-credit = Fotocredit
media-choose = Bestanden toevoegen
media-choose-hint = Foto’s (JPEG, PNG, GIF, WebP, TIFF), documenten (PDF, Word, Excel, PowerPoint, OpenDocument), geluid (MP3, M4A, OGG), video (MP4, WebM); hoogstens { $size } MB per bestand.
media-link = Of een link naar een video op YouTube, Vimeo, Dailymotion…
media-upload = Toevoegen
media-drop = Sleep uw bestanden hierheen of kies ze
media-going = { $name } wordt opgeladen. Verder schrijven mag.
media-uploaded = { $name } is opgeladen
media-line-dropped = De verbinding is verbroken. Het opladen gaat verder waar het gebleven was.
media-pause = Pauzeren
media-again = Hervatten
media-some-refused = Sommige bestanden zijn niet aanvaard
media-others-taken = { $count ->
    [0] Er is geen bestand bewaard.
    [one] Het andere bestand is bewaard en staat in de redactie.
   *[other] De { $count } andere bestanden zijn bewaard en staan in de redactie.
}
media-back = Terug naar de redactie
media-refused-empty = Dit bestand is leeg. Is het volledig gekopieerd?
media-refused-too-large = Dit bestand is groter dan { $size } MB. Maak het kleiner, of zet de video op een videosite en geef de link.
media-refused-unknown-type = Dit soort bestand wordt niet aanvaard. Bewaar het als JPEG, PNG, PDF, kantoordocument, MP3 of MP4.
media-refused-svg = Een SVG-tekening kan een programma bevatten en wordt niet aanvaard. Bewaar ze als PNG of PDF.
media-refused-heic = HEIC-foto’s zijn niet overal leesbaar. Bewaar de foto als JPEG, of zet de telefoon op ‘Meest compatibel’.
media-refused-broken = Dit bestand is beschadigd of onvolledig. Open het op uw computer, bewaar het opnieuw en probeer nog eens.
media-refused-too-many-pixels = Dit beeld telt meer dan { $size } miljoen pixels of vraagt te veel geheugen. Maak het kleiner.
media-refused-bomb = Uitgepakt zou dit document onmogelijk groot zijn. Bewaar het opnieuw vanuit zijn programma.
media-refused-macros = Dit document bevat macro’s. Bewaar het zonder macro’s (.docx, .xlsx of .pptx).
media-refused-infected = De virusscanner van de server vond een virus in dit bestand. Het is niet opgeslagen; verwittig uw informaticadienst.
media-refused-quota = De opslagruimte van uw instelling is op. Vraag uw beheerder om meer.
media-refused-too-many = Een persbericht telt hoogstens 200 bestanden.
media-refused-unknown-host = Naar video’s op deze site linken wij niet. Kijk het adres na.
media-refused-storage-full = De opslag van de server is vol. Uw tekst is veilig; verwittig uw beheerder en probeer het later opnieuw.
media-refused-not-stored = Het bestand kon nu niet worden bewaard. Probeer het zo meteen opnieuw.
