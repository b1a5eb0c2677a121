# Was als E-Mail abgeht: die Seiten der Redaktion und die öffentliche.
mailings-title = Versand
mailings-next = Nächster Versand: { $when }
mailings-plan = Was der nächste Versand bringt
mailings-runs = Letzte Versände
mailings-recipients = Empfänger
mailings-items = Mitteilungen
mailings-sent = Gesendet
mailings-bounced = Zurückgekommen
mailings-cancelled = Entfallen
mailings-uncertain = Ungewiss
mailings-took = Dauer
mailings-earlier = Frühere Versände
mailings-at-once = sofort, { $when }
mailings-seconds = { $count } s
mailings-minutes = { $count } min
mailings-goes-on = läuft
mailings-unopened = Der Versand vom { $when } ist nicht abgegangen: Er wurde zu lange verpasst, oder etwas darin ist über zwei Tage alt. Er geht mit dem nächsten ab, oder jetzt, wenn Sie es sagen.
mailings-open = Die E-Mails vom { $when } jetzt senden
mailings-at-once-waits = E-Mails, die sofort abgehen sollten, warten: Etwas darin ist über zwei Tage alt.
mailings-open-at-once = Jetzt senden
mailings-counts = Was daraus geworden ist
mailings-finished = Beendet am { $when }, nach { $took }.
mailings-unfinished = { $mails ->
    [one] Läuft: Eine E-Mail ist noch zu senden.
   *[other] Läuft: { $count } E-Mails sind noch zu senden.
}
mailings-opened-in = Vorbereitet in { $count } ms.
mailings-uncertain-what = Die Verbindung oder der Prozess endete, nachdem die E-Mail übergeben war und bevor die Antwort kam. Sie wird höchstens ein zweites Mal gesendet, unter derselben Nummer (Message-ID), damit ein Postfach die Kopie weglassen kann.
mailings-mail-number = E-Mail { $number }
mailings-became-waits = wartet auf Ihr Wort
mailings-became-doubtful = zweimal gesendet, ohne Antwort
mailings-became-again = wird noch einmal gesendet
mailings-became-accepted = beim zweiten Mal angenommen
mailings-became-refused = beim zweiten Mal abgewiesen
mailings-send-waiting = { $count ->
    [one] Diese noch einmal senden
   *[other] Diese { $count } noch einmal senden
}
mailings-answers = Was Mailserver geantwortet haben
mailings-state-queued = wartet
mailings-state-sending = wird gesendet
mailings-state-accepted = angenommen
mailings-state-twice = angenommen, vielleicht zweimal
mailings-state-delivered = zugestellt
mailings-state-bounced = zurückgekommen
mailings-state-complained = als unerwünscht gemeldet
mailings-state-failed = abgewiesen
mailings-state-cancelled = entfallen
mailings-state-uncertain = ungewiss
mailings-plan-standing = { $mails ->
    [0] Am { $when } ginge nichts ab: Es gibt nichts Neues.
    [one] Am { $when } ginge eine E-Mail ab.
   *[other] Am { $when } gingen { $count } E-Mails ab.
}
mailings-plan-held = Die älteste Mitteilung ist vom { $when }: Der Versand würde auf Ihr Wort warten.
mailings-plan-items = Wer was bekäme
mailings-plan-filters = Nach Abonnement
mailings-plan-part = { $items ->
    [one] insgesamt eine Mitteilung
   *[other] insgesamt { $count } Mitteilungen
}
mailings-reader-find = Die E-Mails eines Abonnenten
mailings-reader-address = E-Mail-Adresse
mailings-reader-hint = Wessen E-Mails Sie ansehen, steht im Protokoll.
mailings-reader-show = Anzeigen
mailings-reader-unknown = Niemand hat mit dieser Adresse abonniert.
mailings-reader-erased = gelöscht
mailings-reader-active = abonniert
mailings-reader-suspended = ausgesetzt: Die Adresse weist E-Mails ab
mailings-reader-unsubscribed = nicht mehr abonniert
mailings-reader-since = Einwilligung vom { $when }
mailings-reader-subscriptions = Abonnements
mailings-reader-ended = beendet am { $when }
mailings-reader-paused = ausgesetzt ab { $when }
mailings-reader-mails = E-Mails
mailings-reader-none = An diesen Abonnenten ging noch keine E-Mail.
mailings-reader-gone = eine Pressemitteilung, die nicht mehr öffentlich ist
mailings-status-title = Stand des Versands
mailings-status-lead = Die Pressemitteilungen gehen zu festen Zeiten als E-Mail ab. Hier sehen Sie, ob sie abgegangen sind.
mailings-status-late = Der Versand vom { $when } verspätet sich. Nichts ist verloren: Was fehlt, kommt mit dem nächsten.
mailings-status-none = Noch wurde nichts gesendet.
mailings-status-slot = Versand
mailings-status-mails = E-Mails
mailings-status-done = Stand
mailings-status-nothing-new = nichts Neues
mailings-status-accepted = { $mails ->
    [one] eine bis { $hour } angenommen
   *[other] { $count } bis { $hour } angenommen
}
mailings-reach-waiting = unterwegs
mailings-reach-refused = abgewiesen oder zurückgekommen
mailings-reach-uncertain = davon ungewiss
mailings-went-out = Was abgegangen ist
mailings-not-arrived = Nicht angekommen
mailings-mark-corrected = berichtigt
mailings-mark-withdrawn = zurückgezogen
