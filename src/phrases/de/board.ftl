board-title = Übersicht: { $meeting }
board-crumb =
    { $count ->
        [0] noch kein Beschluss
        [one] 1 Beschluss
       *[other] { $count } Beschlüsse
    }{ $rounds ->
        [0] , noch nicht versandt
        [one] , 1 Runde
       *[other] , { $rounds } Runden
    }
board-says-empty = Noch kein Beschluss auf der Tagesordnung
board-says-public = { $count ->
    [one] 1 Beschluss ist öffentlich
   *[other] { $count } Beschlüsse sind öffentlich
}
board-says-blocked = { $count ->
    [one] 1 Beschluss blockiert
   *[other] { $count } Beschlüsse blockiert
}
board-says-waiting = { $count ->
    [one] 1 wartet
   *[other] { $count } warten
}
board-says-unsent = { $count ->
    [one] 1 nicht versandt
   *[other] { $count } nicht versandt
}
board-says-forced = { $count } zu bestätigen
board-says-ready = { $count ->
    [0] keiner bereit
    [one] 1 bereit
   *[other] { $count } bereit
}
board-deadline = Antworten bis { $hour }
board-deadline-past = Frist vorbei
board-planned = Veröffentlichung um { $hour }
board-planned-past = Zeitpunkt vorbei
board-publish-now = Jetzt veröffentlichen
board-minutes = { $minutes } Min.
board-minutes-none = < 1 Min.
board-hours = { $count } Std.
board-days = { $count } T.
board-then-silence = danach gilt Schweigen als Zustimmung
board-then-escalate = danach rufen Sie an
board-armed = von selbst
board-not-armed = nicht eingeplant
board-agenda = Tagesordnung, ein Feld je Beschluss
board-item = Beschluss
board-key-strip = Bedeutung der Felder
board-key-table = Bedeutung der Tabelle
board-key-ready = bereit: { $count }
board-key-waiting = Rahmen: wartet, { $count }
board-key-blocked = gefüllt: blockiert, { $count }
board-live = Live
board-reload = neu laden
board-ours = Sie sind dran
board-ours-count = { $count ->
    [0] nichts
    [one] 1 Beschluss
   *[other] { $count } Beschlüsse
}
board-theirs = Die anderen
board-theirs-count = { $count ->
    [0] keine Antwort fehlt
    [one] Antworten zu 1 Beschluss erwartet
   *[other] Antworten zu { $count } Beschlüssen erwartet
}
board-nothing = Nichts.
board-remind = { $count ->
    [one] Einen Minister erinnern
   *[other] Die Sprecher von { $count } Ministern erinnern
}
board-remind-hint = eine E-Mail je Person
board-latest = Letzte Antworten
board-log = { $who }: { $what } (Beschluss { $number })
board-log-agree = stimmt zu
board-log-suggest = stimmt mit Änderung zu
board-log-change = verlangt eine Änderung
board-log-none = sagt, nicht betroffen zu sein
board-log-remark = hinterlässt eine Anmerkung
board-table = Beschlüsse nach Ministern
board-caption = Jeder Beschluss, und wo jede Pressesprecherin und jeder Pressesprecher steht
board-column-title = Titel
board-column-state = Stand
board-column-done = alles beantwortet
board-untitled = (noch ohne Titel)
board-row-unsent = nicht versandt
board-row-blocked = blockiert
board-row-waiting = wartet
board-row-ready = bereit
board-row-public = öffentlich
board-row-out = zurückgehalten
board-cell-to-send = zu versenden
board-short-to-send = senden
board-cell-nobody = kein Sprecher
board-short-nobody = niemand
board-cell-ended = Mandat beendet
board-short-ended = beendet
board-cell-bounced = Mail abgewiesen
board-short-bounced = Rückläufer
board-cell-sent = gesendet, ungeöffnet
board-short-sent = gesendet
board-cell-opened = geöffnet
board-short-opened = geöffnet
board-cell-again = neu zu prüfen, Text geändert
board-short-again = prüfen
board-cell-repeated = erneut gefragt
board-short-repeated = gefragt
board-cell-agreed = einverstanden
board-cell-silence = durch Schweigen einverstanden
board-short-silence = Schweigen
board-cell-deputy = Vertretung einverstanden
board-short-deputy = Vertr.
board-cell-suggests = einverstanden mit Änderung
board-short-suggests = Änderung
board-cell-change = verlangt Änderung
board-short-change = verlangt
board-cell-not-ours = betrifft uns nicht
board-short-not-ours = nicht
board-cell-not-concerned = nicht betroffen, bestätigt
board-cell-waived = freigestellt
board-short-waived = frei
board-cell-forced = erzwungen, zu bestätigen
board-short-forced = erzw.
board-who-what = { $who }: { $what }
board-suggests-in = in { $languages },
board-edit = Text ändern
board-act-suggestion = Vorschlag ansehen
board-act-change = Verlangen ansehen
board-act-confirm = Bestätigen oder ablehnen
board-act-more = Maßnahmen…
board-send = { $count ->
    [one] 1 Beschluss zur Abstimmung versenden
   *[other] { $count } Beschlüsse zur Abstimmung versenden
}
board-send-drafts = Zur Abstimmung versenden
board-send-and-drafts = { $count ->
    [one] Auch 1 Entwurf kann mit.
   *[other] Auch { $count } Entwürfe können mit.
}
board-send-hint = Sie sehen zuerst, wer angeschrieben wird.
board-sending-title = Zur Abstimmung versenden
board-sending-deadline = Jede Sprecherin und jeder Sprecher erhält eine E-Mail für alles, was wartet. Darin steht: Antworten bis { $hour }; Schweigen ist keine Zustimmung.
board-sending-silence = Jede Sprecherin und jeder Sprecher erhält eine E-Mail für alles, was wartet. Darin steht: Antworten bis { $hour }; danach gilt Schweigen als Zustimmung.
board-sending-no-deadline = Jede Sprecherin und jeder Sprecher erhält eine E-Mail für alles, was wartet. Für diese Sitzung ist keine Frist gesetzt.
board-sending-waiting = Wartet auf Versand
board-sending-drafts = Entwürfe
board-sending-send = Versenden
board-sending-hint = Nur Angekreuztes geht ab. Entwürfe werden eingereicht, wie sie sind.
board-sending-lacks = Titel oder Text auf { $language } fehlt: kann nicht abgehen.
board-sending-nobody-proposes = Kein vorschlagender Minister: niemand wird gefragt.
board-sending-settled = { $who }: erledigt, nicht erneut gefragt
board-sending-nobody = { $who }: kein Sprecher eingetragen; niemand wird angeschrieben
board-sending-to = { $who }: { $names }
board-back = Zurück zur Übersicht
board-place-title = Beschluss { $number }: { $who }
board-because = Grund: { $reason }
board-nobody-hint = Für dieses Mandat ist niemand eingetragen. Tragen Sie jemanden im Verzeichnis ein; die E-Mail geht dann von selbst ab.
board-reason = Grund (im Journal festgehalten)
board-accept = Änderung annehmen
board-accept-send = Annehmen und die anderen gleich fragen
board-confirm = Bestätigen: es betrifft sie nicht
board-refuse = Ablehnen…
board-refuse-button = Ablehnen und erneut fragen
board-write-again = Erneut schreiben oder an jemand anderen
board-resend = Erneut senden
board-revoke = Links von { $name } beenden
board-other-address = Adresse im Verzeichnis ändern
board-deputy = Vertretung
board-until = Bis (leer: Ende der Sitzung)
board-delegate = Vertretung antworten lassen
board-delegate-hint = Die Vertretung erhält sofort, was wartet, und bis dahin die E-Mails dieses Mandats.
board-rule = Entscheiden
board-add = Ein weiterer Minister muss Beschluss { $number } zustimmen
board-add-who = Wer
board-add-button = Hinzufügen, dann versenden
board-ask-after-all = Doch fragen
board-waive = Freistellen…
board-waive-hint = Die Zustimmung dieses Ministers zu diesem Beschluss ist nicht nötig. Das darf nur sagen, wer den Text nicht geschrieben hat.
board-waive-button = Freistellen
board-force = Erzwingen…
board-force-hint = Der Beschluss geht ohne ihre Zustimmung hinaus. Er wird gekennzeichnet, und jemand anderes muss ihn binnen eines Tages bestätigen.
board-force-button = Erzwingen
board-all-answers = Alle Antworten
board-no-answers = Noch keine.
board-accepted = Von der Kanzlei angenommen.
board-refused = Nicht übernommen: { $reason }
board-refused-over = Dieser Beschluss ist öffentlich, oder die Sitzung wurde abgesagt.
board-refused-nothing = Davon muss nichts versandt werden.
board-refused-language = Beschluss { $number } hat keinen Titel oder Text auf { $language }, den diese Sitzung verlangt. Nichts wurde versandt.
board-refused-reason = Bitte geben Sie einen Grund an, höchstens 2000 Zeichen.
board-refused-changed = Das hat sich inzwischen geändert. Unten steht der jetzige Stand.
board-refused-time = Dieser Zeitpunkt ist vorbei oder ungültig.
board-refused-four-eyes = Sie haben an diesem Text geschrieben: Jemand anderes muss darüber entscheiden. Sie dürfen erzwingen, was dann jemand anderes bestätigt.
board-refused-content = Ein Text kann so nicht abgehen: Ein Titel fehlt oder ist zu lang.
