# Persönliche Links zu dem, was noch nicht öffentlich ist.
preview-title = Persönliche Links
preview-links = Links
preview-new = Einen Link geben
preview-says = Der Link zeigt die letzte Überarbeitung in allen Sprachen unter einem Banner mit dem Namen der Person. Jedes Lesen wird festgehalten.
preview-name = Name
preview-name-hint = Name und Organisation: Er steht auf jeder Seite, die sie sieht.
preview-email = E-Mail-Adresse
preview-lang = Sprache unserer E-Mail
preview-expires = Endet am
preview-with-files = Auch Originale und Dokumente
preview-with-files-hint = Sonst kommen Bilder in der Größe der Seite, mit Wasserzeichen.
preview-by-hand = Ich gebe den Link selbst weiter
preview-by-hand-hint = Er wird einmal gezeigt, und keine E-Mail geht hinaus.
preview-give = Link geben
preview-open = offen
preview-revoked = widerrufen
preview-expired = abgelaufen
preview-revoke = Widerrufen
preview-files = mit Dateien
preview-wrong-name = Geben Sie einen Namen von höchstens 200 Zeichen an.
preview-wrong-email = Das ist keine E-Mail-Adresse.
preview-wrong-expiry = Wählen Sie einen Zeitpunkt in den nächsten 90 Tagen.
preview-mail-subject = Eine Vorschau für Sie
preview-mail-title = Die Vorschau einer Pressemitteilung
preview-mail-personal = Sie ist noch nicht öffentlich. Ihr Name steht darauf, und jedes Lesen wird festgehalten; bitte geben Sie den Link nicht weiter.
preview-mail-link = Vorschau öffnen
preview-mail-foot = Sie erhalten diese E-Mail, weil eine Pressestelle Ihnen diesen Link gegeben hat.
preview-door-title = Eine Vorschau für Sie
preview-door-open = Öffnen
preview-banner-unplanned = Nicht öffentlich und nicht zu veröffentlichen: Noch ist kein Zeitpunkt geplant.
preview-reads = { $count ->
    [0] nicht geöffnet
    [one] einmal gelesen
   *[other] { $count }-mal gelesen
}
preview-until = bis { $at }
preview-last = zuletzt am { $at }
preview-made = Der Link für { $name }. Er wird nur jetzt hier gezeigt.
preview-mail-intro = Dieser Link wurde für { $name } gemacht. Er zeigt eine Pressemitteilung vor ihrer Veröffentlichung.
preview-mail-until = Er öffnet bis { $day }, { $hour }.
preview-banner = Vorschau für { $name }
preview-banner-until = Nicht öffentlich vor { $at }; bis dahin nicht zu veröffentlichen.
preview-banner-ends = Dieser Link endet am { $at }.
