answer-chancellery-name = Kanzlei
answer-meeting-council = Ministerrat vom { $day }
answer-meeting-inner = Kernkabinett vom { $day }
answer-door-title = Ihre Antwort wird erbeten
answer-door-for = Dieser Link wurde für { $name } erstellt.
answer-door-open = Öffnen
answer-door-hint = Vor dem Drücken wird nichts angezeigt und nichts beantwortet. Danach gilt der Link nur auf diesem Gerät.
answer-end-expired-title = Dieser Link ist abgelaufen
answer-end-expired = Der Tag dieser Sitzung ist vorbei. Was noch offen ist, kommt mit einer neuen E-Mail.
answer-end-revoked-title = Dieser Link wurde ersetzt
answer-end-revoked = An seiner Stelle wurde ein neuerer Link geöffnet. Sie können sich einen neuen an Ihre bekannte Adresse senden lassen.
answer-end-ended-title = Die Kanzlei hat Ihre Links gesperrt
answer-end-ended = Für einen neuen Link rufen Sie bitte die Kanzlei an: Nur sie kann ihn senden.
answer-end-nobody-title = Sie antworten hier nicht mehr
answer-end-nobody = Sie sind nicht mehr als Pressesprecherin oder Pressesprecher eines amtierenden Ministers eingetragen. Ihre Antworten bleiben; wer Ihnen folgt, wird benachrichtigt.
answer-end-elsewhere-title = Auf einem anderen Gerät geöffnet
answer-end-elsewhere = Dieser Link wurde auf einem anderen Gerät geöffnet. Wenn er für Sie bestimmt ist, lassen Sie einen neuen an { $email } senden; wer ihn öffnet, beendet das andere Gerät.
answer-end-send-new = Neuen Link senden
answer-end-sent-title = Ein neuer Link ist unterwegs
answer-end-sent = Wenn Ihre Antwort noch erbeten wird, trifft er innerhalb einer Minute bei { $email } ein. Höchstens einer je Minute wird gesendet.
answer-title = { $count ->
    [one] Ein Beschluss wartet auf Ihre Antwort
   *[other] { $count } Beschlüsse warten auf Ihre Antwort
}
answer-title-none = Sie haben alles beantwortet
answer-title-public = Diese Beschlüsse sind öffentlich
answer-identity = Sie sind { $name } und antworten für { $minister }.
answer-not-you = Sind Sie das nicht?
answer-until = Vor { $hour },
answer-left = { $minutes ->
    [one] noch { $minutes } Minute.
   *[other] noch { $minutes } Minuten.
}
answer-left-none = noch weniger als eine Minute.
answer-left-hours = noch { $count } Stunden.
answer-left-days = noch { $count } Tage.
answer-no-silence = Danach ruft die Kanzlei Sie an: Schweigen ist keine Zustimmung.
answer-silence = Danach gilt Schweigen als Zustimmung zu genau diesen Texten.
answer-no-deadline = Es gibt keine Frist; Schweigen ist keine Zustimmung.
answer-deadline-past = Die Frist von { $hour } ist vorbei. Ihre Antwort zählt bis zur Veröffentlichung genauso.
answer-public = Öffentlich seit { $hour }. Was Sie jetzt antworten, wird als Anmerkung aufbewahrt.
answer-choose = Wählen Sie je Punkt eine Antwort. Nichts geht ab, bevor Sie unten senden.
answer-answered = Beantwortet
answer-nothing = In dieser Sitzung wird Sie derzeit nichts gefragt.
answer-item = Punkt { $number }
answer-new = neu
answer-changed = geändert
answer-refused = erneut gefragt
answer-done = beantwortet
answer-is-public = öffentlich
answer-for = Für { $minister }
answer-instrument = { $instrument }{ $reading ->
    [0] { "" }
    [1] , erste Lesung
    [2] , zweite Lesung
   *[other] , dritte Lesung
}
answer-proposed = Vorgeschlagen von: { $who }
answer-refused-because = Die Kanzlei hat Ihre Änderung nicht übernommen: „{ $reason }“
answer-changed-since = Geändert, seit Sie um { $hour } zugestimmt haben; der Rest ist gleich.
answer-changed-since-answer = Geändert seit Ihrer Antwort um { $hour }; der Rest ist gleich.
answer-being-edited = Die Kanzlei arbeitet an diesem Text. Ändert er sich, werden Sie erneut gefragt, mit dem Unterschied.
answer-full = Ganzer Text, { $languages }
answer-settled = Zu diesem Punkt werden Sie nichts mehr gefragt.
answer-revise = Antwort ändern
answer-legend = Ihre Antwort zu Punkt { $number }
answer-agree = Einverstanden
answer-suggest = Einverstanden, mit Änderung
answer-change = Änderung verlangen
answer-none = Betrifft uns nicht
answer-remark = Anmerkung
answer-leave-remark = Eine Anmerkung hinterlassen
answer-your-remark = Ihre Anmerkung, die die Kanzlei aufbewahrt
answer-not-yet = Noch keine Antwort
answer-not-sent = Noch nicht gesendet
answer-clear = Löschen
answer-clear-of = der Antwort zu Punkt { $number }
answer-your-title = Ihr Titel, { $language }
answer-your-lead = Ihr Vorspann, { $language }
answer-your-text = Ihr Text, { $language }
answer-reason = Was soll anders sein, und warum?
answer-chosen = von { $count } gewählt
answer-to-send = zu senden
answer-next = Weiter
answer-check = Prüfen
answer-send-title = Das senden Sie
answer-sum-agree = einverstanden, mit genau diesem Text in allen Sprachen
answer-sum-suggest = einverstanden mit Ihrer Änderung
answer-sum-change = Änderung verlangt
answer-sum-none = betrifft uns nicht
answer-open-stay = Punkte ohne Antwort bleiben offen; diese Seite führt Sie dorthin zurück. Sie können jede Antwort bis zur Veröffentlichung ändern.
answer-send = Meine Antworten senden
answer-send-one = 1 Antwort senden
answer-send-many = # Antworten senden
answer-choose-first = Wählen Sie zuerst eine Antwort
answer-personal = Dieser Link gehört Ihnen allein und gilt auf diesem Gerät.
answer-somebody-else = Heute jemand anderes?
answer-hand-over = { $name } an Ihrer Stelle antworten lassen
answer-hand-over-hint = Die Person erhält eine eigene E-Mail, bis zum Ende der Sitzung. Sie können weiterhin antworten; die letzte Antwort zählt.
answer-chancellery = Kanzlei: { $phone }
answer-to-desk = Zurück zur Redaktion
answer-wrong-title = Es wurde noch nichts gesendet. Bitte berichtigen:
answer-wrong-no-reason = sagen Sie, was anders sein soll und warum
answer-wrong-long = höchstens { $count } Zeichen
answer-wrong-same = Ihr Text ist gleich dem unseren; wählen Sie „Einverstanden“ oder ändern Sie ihn
answer-wrong-text = ein Text braucht in jeder Sprache einen Titel von höchstens 255 Zeichen
answer-confirm-title = { $count ->
    [one] Diese Antwort senden?
   *[other] Diese { $count } Antworten senden?
}
answer-confirm-button = { $count ->
    [one] Ja, 1 Antwort senden
   *[other] Ja, { $count } Antworten senden
}
answer-confirm-back = Nein, zurück
answer-column-item = Punkt
answer-column-answer = Antwort
answer-received = Eingegangen um { $hour }
answer-all-done = Alles ist beantwortet. Sie müssen nichts mehr tun.
answer-still-open = { $count ->
    [one] Ein Punkt ist noch offen.
   *[other] { $count } Punkte sind noch offen.
}
answer-go-on = Den Rest beantworten
answer-receipt-by = { $name }, für { $minister }, { $channel }. Dieser Beleg geht auch an { $email }.
answer-by-link = über persönlichen Link
answer-by-desk = angemeldet
answer-receipt-caption = Beleg: Punkt, Antwort, Fingerabdruck des Textes
answer-hash-note = Die Zeichen sind der Fingerabdruck des Textes, auf den Sie geantwortet haben. Ändert er sich, werden Sie erneut gefragt, mit dem Unterschied.
answer-fate-older = Der Text änderte sich, während Sie lasen: Diese Antwort bleibt bei dem gelesenen Text, und Sie werden nach dem neuen gefragt.
answer-fate-public = Der Beschluss war bereits öffentlich: Diese Antwort wird als Anmerkung aufbewahrt.
answer-fate-waived = Die Kanzlei fragt Ihren Minister nicht mehr zu diesem Punkt: Diese Antwort wird als Anmerkung aufbewahrt.
answer-fate-decided = Die Kanzlei hatte über diesen Punkt bereits entschieden: Diese Antwort wird als Anmerkung aufbewahrt.
answer-list-title = Beschlüsse, die auf Ihre Antwort warten
answer-list-all = alle
publication-not-agreed = Noch nicht alle zuständigen Sprecher haben genau diesem Text zugestimmt: siehe Tafel der Sitzung.
after-not-agreed = Die Sprecher haben diesem Text zugestimmt: Er ändert sich nur durch eine berichtigte Ausgabe, die ihnen vorgelegt wird.
answer-list-empty = Ihnen wurde noch nichts vorgelegt.
answer-mail-subject = { $title } ({ $meeting })
answer-mail-title-before =
    Vor { $hour }: { $count ->
        [one] ein Beschluss wartet auf Ihre Antwort
       *[other] { $count } Beschlüsse warten auf Ihre Antwort
    }
answer-mail-reminder = Erinnerung. { $title }
answer-mail-hello = Guten Tag { $name },
answer-mail-for = Für { $minister }
answer-mail-items = { $what }: { $numbers }
answer-mail-new = { $count ->
    [one] Neu: Punkt { $numbers }
   *[other] Neu: Punkte { $numbers }
}
answer-mail-changed = { $count ->
    [one] Geändert seit Ihrer Antwort: Punkt { $numbers }
   *[other] Geändert seit Ihrer Antwort: Punkte { $numbers }
}
answer-mail-refused = { $count ->
    [one] Erneut gefragt: Punkt { $numbers }
   *[other] Erneut gefragt: Punkte { $numbers }
}
answer-mail-button = Lesen und antworten
answer-mail-no-password = Kein Passwort nötig. Öffnen ist noch keine Antwort: Sie wählen Punkt für Punkt und senden selbst.
answer-mail-call = Um { $hour } ruft die Kanzlei an, wer nicht geantwortet hat. Schweigen ist keine Zustimmung.
answer-mail-silence = Ab { $hour } gilt Schweigen als Zustimmung zu genau diesen Texten.
answer-mail-no-deadline = Schweigen ist keine Zustimmung.
answer-mail-publication = Um { $hour } erscheint, was bereit ist.
answer-mail-personal = Der Link gehört Ihnen allein und öffnet sich nur auf einem Gerät.
answer-mail-deputy = Sie können nicht? Auf der Seite können Sie { $names } an Ihrer Stelle antworten lassen.
answer-mail-no-texts = Die Texte stehen nicht in dieser E-Mail. Sie wurde automatisch versandt.
answer-escalation-title = { $count ->
    [one] Eine Antwort fehlt
   *[other] { $count } Antworten fehlen
} um { $hour }
answer-escalation-button = Tafel öffnen
