# Abonnieren per E-Mail: das Formular, die Bestätigung, das Ende.
subscription-title = Pressemitteilungen per E-Mail erhalten
subscription-lead = Eine E-Mail zu den Uhrzeiten, die Sie wählen, mit dem, was Sie betrifft, und sonst nichts. Jede Pressemitteilung kommt einmal. Gibt es nichts Neues, kommt keine E-Mail.
subscription-what = 1. Was möchten Sie erhalten?
subscription-everything = Alle Pressemitteilungen
subscription-filtered = Was Sie gerade angesehen haben: { $choice }
subscription-institution = Die Pressemitteilungen einer Einrichtung
subscription-institution-label = Einrichtung
subscription-topic = Die Pressemitteilungen zu einem Thema
subscription-topic-label = Thema
subscription-choose = Auswählen
subscription-languages = 3. In welchen Sprachen?
subscription-languages-hint = Jede Pressemitteilung erreicht Sie in der ersten dieser Sprachen, in der es sie gibt, sonst in einer anderen.
subscription-first-language = Erste Sprache
subscription-second-language = Zweite Sprache
subscription-where = 4. An welche Adresse?
subscription-address = E-Mail-Adresse
subscription-address-hint = Sie erhalten zuerst eine E-Mail mit der Bitte um Bestätigung. Ohne Ihre Zustimmung wird die Adresse nicht aufbewahrt.
subscription-send = Bestätigung zusenden
subscription-errors = { $count ->
    [one] Eine Angabe ist zu korrigieren
   *[other] { $count } Angaben sind zu korrigieren
}
subscription-error-address = Geben Sie eine E-Mail-Adresse an, zum Beispiel name@beispiel.org.
subscription-error-address-long = Diese Adresse ist länger, als eine E-Mail-Adresse sein kann.
subscription-error-what = Wählen Sie aus, was Sie erhalten möchten.
subscription-error-institution = Wählen Sie eine Einrichtung aus der Liste.
subscription-error-topic = Wählen Sie ein Thema aus der Liste.
subscription-error-language = Wählen Sie eine erste Sprache aus der Liste.
subscription-leave-title = Bereits abonniert?
subscription-leave = In jeder E-Mail stehen ein Link, mit dem Sie Ihre Auswahl ändern, und einer, der Ihr Abonnement mit einem Klick beendet.
subscription-data-title = Ihre Daten
subscription-data = Ihre Adresse dient nur diesem Versand. Kein Zählpixel, kein umgeschriebener Link.
subscription-asked-title = Sehen Sie in Ihrem Postfach nach
subscription-asked = Wenn die angegebene Adresse unsere E-Mails empfangen kann, ist eine Bestätigung unterwegs. Ihr Abonnement beginnt, sobald Sie es über den Link darin bestätigt haben; der Link gilt 48 Stunden.
subscription-asked-late = Nach einigen Minuten noch nichts? Sehen Sie im Spam-Ordner nach. Nach einer Stunde können Sie erneut anfragen.
subscription-confirm-title = Ihr Abonnement bestätigen
subscription-confirm = Sie erhalten: { $choice }; { $rhythm }, sofern es Neues gibt.
subscription-confirm-button = Mein Abonnement bestätigen
subscription-confirmed-title = Ihr Abonnement ist bestätigt
subscription-confirmed = Die nächste E-Mail bringt Ihnen, was es für Sie Neues gibt. In jeder E-Mail steht ein Link, mit dem Sie Ihr Abonnement beenden.
subscription-void-title = Dieser Link gilt nicht mehr
subscription-void = Ein Bestätigungslink gilt 48 Stunden und muss vollständig kopiert werden. Es wurde nichts geändert.
subscription-again = Erneut abonnieren
subscription-end-title = Ihr Abonnement beenden
subscription-end = Sie erhalten: { $choice }.
subscription-end-this = Dieses Abonnement beenden
subscription-end-all = Gar keine E-Mails mehr erhalten
subscription-ended-title = Ihr Abonnement ist beendet
subscription-ended = Sie erhalten daraus keine E-Mail mehr, auch keine, die gerade vorbereitet wird.
subscription-ended-others = { $count ->
    [one] Ein anderes Abonnement von Ihnen läuft weiter.
   *[other] { $count } andere Abonnements von Ihnen laufen weiter.
}
subscription-end-void-title = Dieser Link ist nicht gültig
subscription-end-void = Vielleicht wurde er beim Kopieren abgeschnitten. Der Link am Ende jeder unserer E-Mails gilt für immer.
subscription-choice-everything = alle Pressemitteilungen
subscription-choice-topic = Thema „{ $name }“
subscription-in-language = auf { $language }
subscription-else-in-language = sonst auf { $language }
subscription-and = { $first } und { $last }
subscription-mail-subject = Bitte bestätigen Sie Ihr Abonnement – { $site }
subscription-mail-intro = Jemand, vermutlich Sie selbst, hat uns gebeten, Pressemitteilungen an diese Adresse zu senden.
subscription-mail-choice = Gewählt wurde: { $choice }; { $languages }; { $rhythm }.
subscription-mail-link = Das Abonnement bestätigen
subscription-mail-until = Dieser Link gilt 48 Stunden. Wenn Sie nichts angefordert haben, brauchen Sie nichts zu tun: Sie erhalten keine weitere E-Mail.
subscription-when = 2. Wann?
subscription-when-slots = Zu festen Uhrzeiten
subscription-when-hours = Uhrzeiten
subscription-when-at-once = Sofort nach der Veröffentlichung
subscription-when-daily = Einmal am Tag, um { $times } Uhr
subscription-when-weekly = Einmal in der Woche
subscription-third-language = Dritte Sprache
subscription-fourth-language = Vierte Sprache
subscription-no-language = –
subscription-error-frequency = Wählen Sie, wie oft Sie benachrichtigt werden möchten.
subscription-error-slots = Kreuzen Sie mindestens eine Uhrzeit an.
subscription-error-address-letters = An eine Adresse mit Umlauten oder anderen Sonderzeichen vor dem @ können wir noch nicht schreiben. Geben Sie bitte eine andere an.
subscription-narrower-title = Etwas Genaueres?
subscription-narrower = Jede Suche kann abonniert werden: Wörter, eine Sprache, eine Einrichtung und ein Thema zusammen.
subscription-narrower-link = Erst suchen, dann „Per E-Mail erhalten“
subscription-less-title = Oder etwas weniger?
subscription-less-weekly = Einmal in der Woche genügt
subscription-less-pause = Vier Wochen pausieren
subscription-choice-words = { $count ->
    [one] mit dem Wort „{ $words }“
   *[other] mit den Wörtern „{ $words }“
}
subscription-choice-language = verfügbar auf { $language }
subscription-choice-press-list = Presseverteiler „{ $name }“ ({ $institution })
subscription-rhythm-at-once = sofort nach der Veröffentlichung
subscription-rhythm-slots = um { $times } Uhr
subscription-rhythm-daily = einmal am Tag, um { $times } Uhr
subscription-rhythm-weekly = einmal in der Woche
subscription-rhythm-press-list = wenn eine Pressemitteilung an diesen Verteiler geht
subscription-choice-kind-release = Pressemitteilungen
subscription-choice-kind-decision = Beschlüsse des Ministerrates
subscription-choice-kind-invitation = Presseeinladungen
subscription-choice-kind-speech = Reden
subscription-several = Mehrere Wünsche? Bestätigen Sie zuerst diesen und fügen Sie die anderen unter „Meine Abonnements“ hinzu: Eine Adresse erhält nur eine Bestätigung pro Stunde.
subscription-add-mine = Schon abonniert? Zu meinen Abonnements hinzufügen
