# Archives and old addresses in the desk.
archive-redirects-title = Alte Adressen
archive-redirects-index = Wohin Adressen früherer Auftritte führen
archive-redirects-counts = Alte Adressen: { $all }. In den letzten 30 Tagen aufgerufen: { $used }.
archive-redirects-all = Alle Adressen
archive-redirects-find = Teil einer Adresse
archive-redirects-find-button = Suchen
archive-redirects-none = Keine alte Adresse.
archive-redirects-more = Weitere Adressen
archive-redirects-used = { $hits ->
    [one] Einmal aufgerufen, am { $on }
   *[other] { $hits }-mal aufgerufen, zuletzt am { $on }
}
archive-redirects-unused = Bisher nicht aufgerufen
archive-redirects-file = die Datei „{ $name }“
archive-redirects-not-public = noch nirgendwohin: nicht öffentlich
archive-redirects-test = Eine Adresse prüfen
archive-redirects-test-address = Adresse des früheren Auftritts
archive-redirects-test-button = Prüfen
archive-redirects-test-none = Sie führt nirgendwohin: Wer sie aufruft, erfährt, dass es die Seite nicht gibt.
archive-redirects-new = Eine Adresse mehr
archive-redirects-from = Alte Adresse
archive-redirects-from-hint = Wie /node/12 oder vollständig mit https://.
archive-redirects-to = Führt zu
archive-redirects-to-hint = Eine Seite dieses Auftritts. Die Adresse folgt einer Pressemitteilung, die umzieht.
archive-redirects-add = Adresse hinzufügen
archive-redirects-from-table = Mehrere auf einmal
archive-redirects-table = Tabelle (CSV)
archive-redirects-table-hint = Zwei Spalten: alte Adresse, Seite dieses Auftritts.
archive-redirects-add-all = Alle hinzufügen
archive-redirects-added = { $count ->
    [one] { $count } Adresse hinzugefügt.
   *[other] { $count } Adressen hinzugefügt.
}
archive-redirects-left = { $count ->
    [one] { $count } Zeile wurde nicht übernommen:
   *[other] { $count } Zeilen wurden nicht übernommen:
}
archive-redirects-wrong-address = Das ist keine Adresse: /… oder https://….
archive-redirects-wrong-own = Das ist eine Adresse dieses Auftritts selbst.
archive-redirects-wrong-taken = Diese Adresse führt schon irgendwohin.
archive-redirects-wrong-target = Unter dieser Adresse steht keine Seite dieses Auftritts.
archive-redirects-wrong-loop = Sie würde zu sich selbst führen.
archive-redirects-wrong-table = Nötig ist eine Tabelle mit zwei Spalten und höchstens 100.000 Zeilen.
archive-redirects-change = Speichern
archive-redirects-remove-summary = Diese Adresse entfernen…
archive-redirects-remove-what = Verweise auf sie funktionieren dann nicht mehr.
archive-redirects-remove = Entfernen
archive-imports-title = Archive
archive-imports-index = Pressemitteilungen eines früheren Auftritts übernehmen, annehmen oder zurücknehmen
archive-imports-new = Ein Archiv übernehmen
archive-imports-none = Noch kein Archiv wurde übernommen.
archive-imports-by-command = per Befehl
archive-imports-what = Zuerst wird die Datei untersucht, dann sagt ein Probelauf, was aus jedem Eintrag, jeder Datei und jeder Adresse würde. Nichts wird geschrieben, bevor Sie es sagen, nichts wird verschickt, und das Ganze lässt sich zurücknehmen.
archive-imports-from-folder = Vom Server
archive-imports-folder-empty = In { $folder } liegt keine Datei zum Übernehmen.
archive-imports-file = Datei
archive-imports-begin = Untersuchen
archive-imports-from-upload = Von Ihrem Rechner
archive-imports-upload = Datei
archive-imports-upload-hint = Ein Auszug aus Drupal 6 (.sql), ein Export aus WordPress (.xml) oder JSONL; auch als .gz oder .zst.
archive-imports-send = Senden und untersuchen
archive-imports-files = Ordner mit den Dateien des früheren Auftritts
archive-imports-files-hint = Auf dem Server; Bilder und Dokumente kommen von dort.
archive-imports-no-files = Keiner: Dateien werden als fehlend gemeldet
archive-imports-wrong-file = Wählen Sie eine Datei des Ordners.
archive-imports-wrong-folder = Diesen Ordner gibt es nicht.
archive-imports-wrong-upload = Nötig ist eine Datei auf .sql, .xml oder .jsonl, auch mit .gz oder .zst.
archive-imports-wrong-large = Die Datei ist zu groß: Legen Sie sie in den Ordner auf dem Server.
archive-imports-wrong-mapping = Die Zuordnung ist nicht lesbar: { $why }
archive-imports-wrong-sure = Bestätigen Sie, dass Sie sicher sind.
archive-imports-new-state = nicht untersucht
archive-imports-inspecting = wird untersucht
archive-imports-inspected = untersucht
archive-imports-foreseeing = Probelauf läuft
archive-imports-foreseen = Probelauf fertig
archive-imports-importing = wird übernommen
archive-imports-in-part = teilweise übernommen
archive-imports-done = übernommen, anzunehmen
archive-imports-accepted = angenommen
archive-imports-undoing = wird zurückgenommen
archive-imports-undone = zurückgenommen
archive-imports-stopped = angehalten
archive-imports-problem = Vor dem Ende angehalten. Was getan ist, bleibt; es geht von dort weiter.
archive-imports-took = dauerte { $time }
archive-imports-progress = { $settled } von { $all } Einträgen
archive-imports-left = { $minutes ->
    [one] { $rate } je Sekunde, noch etwa { $minutes } Minute
   *[other] { $rate } je Sekunde, noch etwa { $minutes } Minuten
}
archive-imports-waiting = Es beginnt gleich.
archive-imports-reload = Neu laden
archive-imports-holds = Was die Datei enthält
archive-imports-mapping = Was Typen, Felder und Vokabulare hier werden
archive-imports-mapping-hint = Aus den Namen erraten: Lesen Sie es, bevor Sie weitermachen. TOML.
archive-imports-do-inspect = Untersuchen
archive-imports-do-foresee = Probelauf
archive-imports-do-foresee-again = Noch ein Probelauf
archive-imports-do-import = Übernehmen
archive-imports-do-go-on = Fortsetzen
archive-imports-do-again = Nochmals übernehmen
archive-imports-accept = Annehmen
archive-imports-accept-what = Alles ist, wie es sein soll: Die Übernahme ist abgeschlossen und lässt sich hier nicht mehr zurücknehmen.
archive-imports-undo-summary = Diese Übernahme zurücknehmen…
archive-imports-undo-what = Pressemitteilungen, Dateien und alte Adressen verschwinden. Was seither bearbeitet, berichtigt oder zitiert wurde, bleibt und steht dann hier.
archive-imports-undo-sure = Ja, alles zurücknehmen.
archive-imports-undo = Zurücknehmen
archive-imports-kept = { $count ->
    [one] { $count } Pressemitteilung blieb; kreuzen Sie an, was auch gehen soll
   *[other] { $count } Pressemitteilungen blieben; kreuzen Sie an, was auch gehen soll
}
archive-imports-why-edited = seither bearbeitet
archive-imports-why-corrected = seither berichtigt
archive-imports-why-cited = eine andere Pressemitteilung verweist darauf
archive-fate-new = neu
archive-fate-unchanged = unverändert
archive-fate-changed = geändert
archive-fate-refused = abgelehnt
archive-fate-conflict = im Konflikt
archive-fate-draft = noch nicht öffentlich
archive-fate-missing = fehlend
archive-fate-loop = schon richtig
archive-report-foreseen = Was aus allem würde
archive-report-done = Was aus allem wurde
archive-report-items = Sprachfassungen
archive-report-addresses = Alte Adressen
archive-report-files = Dateien
archive-report-links = Verweise auf den früheren Auftritt
archive-report-drafts = { $count ->
    [one] davon { $count } Entwurf
   *[other] davon { $count } Entwürfe
}
archive-report-institutions = Hinzugefügte Einrichtungen
archive-report-topics = Hinzugefügte Themen
archive-report-left-alone = Nicht übernommen: Typen, die die Zuordnung nicht nennt
archive-report-csv = Alle Einträge als Tabelle (CSV)
archive-report-json = Alles als JSON
archive-report-to-look-at = { $count ->
    [one] { $count } Eintrag zum Prüfen
   *[other] { $count } Einträge zum Prüfen
}
archive-report-line = Zeile { $line }
archive-report-address-list = { $count ->
    [one] { $count } Adresse ohne Weiterleitung
   *[other] { $count } Adressen ohne Weiterleitung
}
archive-report-file-list = { $count ->
    [one] { $count } Datei nicht übernommen
   *[other] { $count } Dateien nicht übernommen
}
archive-original-title = Im früheren Auftritt
archive-original-none = Sie stammt aus keinem früheren Auftritt.
archive-original-author = von { $name }
archive-original-there = Wie es dort stand
archive-original-here = Wie es hier steht
