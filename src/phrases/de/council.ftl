nav-council = Ministerrat
council-kind-council = Ministerrat
council-kind-inner = Kernkabinett
council-meeting-of = Ministerrat vom { $day }
council-inner-of = Kernkabinett vom { $day }
council-item = Beschluss { $number }
council-instrument = Rechtsakt
council-proposed-by = Auf Vorschlag von
council-on-proposal = Auf Vorschlag von { $names }
council-items-nav = Beschlüsse dieser Sitzung
council-previous-item = ← Beschluss { $number }
council-next-item = Beschluss { $number } →
council-all-items = Alle Beschlüsse der Sitzung
council-preliminary-draft-law = Gesetzesvorentwurf
council-draft-law = Gesetzentwurf
council-draft-royal-decree = Entwurf eines Königlichen Erlasses
council-royal-decree = Königlicher Erlass
council-ministerial-decree = Ministerieller Erlass
council-circular = Rundschreiben
council-cooperation-agreement = Zusammenarbeitsabkommen
council-treaty = Staatsvertrag
council-public-contract = öffentlicher Auftrag
council-appointment = Ernennung
council-note = politischer Vermerk
council-report = Bericht
council-other-instrument = Sonstiges
council-reading = { $number ->
    [1] erste Lesung
    [2] zweite Lesung
   *[other] dritte Lesung
}
council-lead = Die Sitzungen des Ministerrats und die Beschlüsse, die dort gefasst wurden, die neueste zuerst.
council-none = Es wurde noch keine Sitzung veröffentlicht.
council-none-in-year = Aus diesem Jahr wurde keine Sitzung veröffentlicht.
council-list-of = Ministerrat: { $year }
council-years = Jahre
council-follow = Folgen
council-subscribe = Die Beschlüsse per E-Mail erhalten
council-feed = Feed der Sitzungen
council-feed-of = Feed dieser Sitzung
council-all-decisions = Alle Pressemitteilungen des Ministerrats
council-count = { $count ->
    [0] Kein Beschluss
    [one] { $count } Beschluss
   *[other] { $count } Beschlüsse
}
council-published-at = Veröffentlicht am { $day }, { $hour }
council-published = Veröffentlicht um
council-decisions = Beschlüsse
council-no-decisions = Von dieser Sitzung kann kein Beschluss gelesen werden.
council-meetings-nav = Andere Sitzungen
council-all-meetings = Alle Sitzungen
council-versions = Diese Sitzung in anderen Sprachen
council-partly = { $language }: { $some ->
    [0] kein Beschluss
    [one] { $some } Beschluss von { $all }
   *[other] { $some } Beschlüsse von { $all }
}
council-pictures = { $count ->
    [one] { $count } Foto
   *[other] { $count } Fotos
}
council-documents = { $count ->
    [one] { $count } Dokument
   *[other] { $count } Dokumente
}
council-facts = Die Sitzung
council-date = Datum
council-place = Ort
council-electronic = Elektronisches Verfahren
council-chair = Vorsitz
council-chaired = Vorsitz: { $name }, { $title }
council-publication = Veröffentlichung
council-by-member = Nach Regierungsmitglied
council-take-along = Alles mitnehmen
council-kit-page = Alle Texte auf einer Seite
council-kit-page-hint = zum Lesen und Drucken
council-kit-two = Alle Texte auf { $one } und auf { $two }
council-kit-text = Nur die Texte
council-kit-zip = Texte, Fotos und Dokumente
council-kit-title = Pressemappe: { $meeting }
council-kit-languages = Sprachen der Pressemappe
council-kit-both = { $one } und { $two }
council-kit-download = Herunterladen ({ $format })
council-block = { $count ->
    [one] { $day }: { $count } Beschluss
   *[other] { $day }: { $count } Beschlüsse
}
council-block-all = { $count ->
    [one] Der Beschluss
   *[other] Alle { $count } Beschlüsse
}
council-chosen-mandate = Regierungsmitglied: { $name }
council-chosen-meeting = Sitzung: { $name }
council-chosen-instrument = Rechtsakt: { $name }
council-narrow-mandate = Regierungsmitglied
council-narrow-instrument = Rechtsakt
council-nav-desk = Ministerrat
council-desk-title = Sitzungen des Ministerrats
council-desk-new = Neue Sitzung
council-desk-preparing = In Vorbereitung
council-desk-past = Veröffentlicht und abgesagt
council-desk-none = Es ist keine Sitzung in Vorbereitung.
council-desk-past-none = Es wurde noch keine Sitzung veröffentlicht.
council-desk-older = Ältere Sitzungen
council-desk-nobody = Es gibt noch keine Einrichtung der Kategorie „Ministerrat“. Eine Administratorin oder ein Administrator legt sie an; dann können Sitzungen geplant werden.
council-desk-ready = { $all ->
    [0] Noch kein Beschluss
    [one] { $ready } von { $all } Beschluss bereit
   *[other] { $ready } von { $all } Beschlüssen bereit
}
council-stage-preparing = in Vorbereitung
council-stage-armed = eingeplant
council-stage-published = veröffentlicht
council-stage-cancelled = abgesagt
council-planned-for = Geplant für { $at }.
council-armed-for = Wird von selbst öffentlich: { $at }.
council-went-public = Öffentlich seit { $at }.
council-form-new = Neue Sitzung
council-form-change = Die Sitzung
council-form-kind = Art
council-form-day = Tag
council-form-where = Ort
council-form-electronic = Elektronisches Verfahren, ohne Ort
council-form-chair = Vorsitz
council-form-nobody = – niemand genannt –
council-form-planned = Öffentlich am
council-form-hour = um
council-form-planned-hint = Der Zeitpunkt, für den die Sitzung eingeplant werden kann. Darf leer bleiben.
council-form-deadline = Antworten bis
council-form-deadline-hint = Bis wann die Sprecherinnen und Sprecher um Antwort gebeten werden. Darf leer bleiben.
council-form-languages = Sprachen, die abgestimmt werden müssen
council-form-silence = Schweigen gilt nach Ablauf der Frist als Einverständnis
council-form-silence-hint = Die Sprecherinnen und Sprecher werden vorher darauf hingewiesen. Ohne Häkchen wird der Kanzlei gemeldet, wer nicht antwortet.
council-form-intro = Text über den Beschlüssen
council-form-intro-hint = Auf der öffentlichen Seite. Markdown.
council-form-save = Speichern
council-form-create = Die Sitzung planen
council-form-public = Die Sitzung ist öffentlich: Ort, Vorsitz und der Text über den Beschlüssen können noch berichtigt werden.
council-form-disarms = Die Sitzung ist eingeplant. Mit einem anderen Zeitpunkt wird das aufgehoben, und jemand, der nichts darin geschrieben hat, muss sie erneut einplanen.
council-wrong-day = Bitte geben Sie den Tag der Sitzung an.
council-wrong-instant = Bitte geben Sie Tag und Uhrzeit an, oder keines von beiden.
council-wrong-skipped = Diese Uhrzeit gibt es nicht: Dann beginnt die Sommerzeit.
council-wrong-language = Wählen Sie mindestens eine Sprache.
council-wrong-deadline = Die Antworten müssen vorliegen, bevor die Sitzung öffentlich wird.
council-wrong-long = Höchstens 4.000 Zeichen.
council-wrong-chair = Dieses Mandat gibt es nicht.
council-standing = { $all ->
    [0] Noch steht kein Beschluss auf der Tagesordnung.
    [one] { $ready ->
        [0] Der einzige Beschluss ist noch nicht bereit.
       *[other] Der einzige Beschluss ist bereit.
    }
   *[other] { $ready ->
        [0] Von { $all } Beschlüssen ist noch keiner bereit.
        [one] { $ready } von { $all } Beschlüssen ist bereit.
       *[other] { $ready } von { $all } Beschlüssen sind bereit.
    }
}
council-standing-public = { $waiting ->
    [0] Alle Beschlüsse sind öffentlich ({ $public }).
    [one] { $public } öffentlich, { $waiting } zurückgehalten.
   *[other] { $public } öffentlich, { $waiting } zurückgehalten.
}
council-agenda = Tagesordnung
council-agenda-none = Fügen Sie die Tagesordnung ein, oder legen Sie die Beschlüsse einzeln an.
council-written-by = Geschrieben von { $names }
council-missing = Es fehlt: { $languages }
council-up = Nach oben: { $title }
council-down = Nach unten: { $title }
council-drag = An eine andere Stelle ziehen: { $title }
council-terms = Minister und Rechtsakt
council-nobody-proposes = Kein vorschlagendes Regierungsmitglied
council-more = Mehr
council-move-to = In eine andere Sitzung verschieben
council-move = Verschieben
council-move-none = Es ist keine andere Sitzung in Vorbereitung.
council-hold = Aus der Veröffentlichung der Sitzung herausnehmen
council-hold-reason = Warum
council-hold-button = Herausnehmen
council-put-back = Wieder aufnehmen
council-pulled-out = herausgenommen
council-held-because = Herausgenommen: { $reason }
council-add = Einen Beschluss anlegen
council-add-title = Titel auf { $language }
council-add-button = Anlegen und schreiben
council-wrong-title = Bitte geben Sie in mindestens einer Sprache einen Titel an.
council-wrong-reason = Bitte geben Sie an, warum.
council-import = Eine Tagesordnung einfügen
council-to-board = Abstimmung
council-to-publication = Veröffentlichung
council-plan-change = Ändern
council-public-page = Öffentliche Seite
council-cancel = Die Sitzung absagen
council-cancel-hint = Ihre Beschlüsse bleiben, was sie sind, und können in eine andere Sitzung verschoben werden.
council-cancel-reason = Warum
council-cancel-button = Die Sitzung absagen
council-reopen = Sie findet doch statt
council-later = Jetzt veröffentlichen
council-state-changed = Inzwischen hat sich etwas geändert. So steht es jetzt; es wurde nichts getan.
council-full = Eine Sitzung hat höchstens 200 Beschlüsse.
council-terms-hint = Was mit den Texten abgestimmt wird. Kann geändert werden, solange der Beschluss ein Entwurf oder eingereicht ist.
council-terms-closed = Der Beschluss ist kein Entwurf mehr. Nehmen Sie zuerst seinen Text wieder auf, um zu ändern, wer ihn vorschlägt oder was er ist.
council-proposer = Vorschlagendes Mitglied { $n }
council-instrument-n = Rechtsakt { $n }
council-reading-label = Lesung
council-no-reading = –
council-terms-save = Speichern
council-members-none = Das Verzeichnis kennt keine Regierung, die an diesem Tag im Amt ist: Es kann noch niemand genannt werden.
council-former = nicht mehr im Amt
council-import-hint = Fügen Sie sie so ein, wie sie in Word oder in einer Mail steht: nummeriert, in einer Sprache oder in zweien, nebeneinander (Tabelle), untereinander unter derselben Nummer oder nacheinander. Eine Klammer am Zeilenende wie „(Minister der Justiz)“ bleibt im Titel: Wer vorschlägt, geben Sie danach an. Es wird nichts angelegt, bevor Sie gesehen haben, was verstanden wurde.
council-import-text = Tagesordnung
council-import-order = Sprachen
council-import-auto = wie die Texte es sagen
council-import-preview = Zeigen, was verstanden wurde
council-import-found = { $count ->
    [one] { $count } Zeile wurde verstanden. Berichtigen Sie sie bei Bedarf, und legen Sie dann den Beschluss an.
   *[other] { $count } Zeilen wurden verstanden. Berichtigen Sie sie bei Bedarf, und legen Sie dann die Beschlüsse an.
}
council-import-nothing = Es wurde keine nummerierte Zeile gefunden. Jeder Beschluss muss mit seiner Nummer beginnen: „1.“, „2)“, „Punkt 3“.
council-import-cut = Es waren mehr Zeilen, als eine Sitzung Beschlüsse haben kann; der Rest wurde weggelassen.
council-import-take = Zeile { $label } übernehmen
council-import-take-short = Übernehmen
council-import-line = Zeile
council-import-part = Teil der Zeile darüber
council-import-heading = Überschrift der Teile darunter
council-import-there = steht schon auf der Tagesordnung
council-import-create = Die Beschlüsse anlegen
council-import-again = Erneut einfügen
council-import-none-taken = Haken Sie mindestens eine Zeile an.
council-publish-title = Veröffentlichung: { $meeting }
council-publish-goes = { $count ->
    [0] Es kann nichts veröffentlicht werden: Kein Beschluss ist bereit.
    [one] { $count } Beschluss wird mit der Sitzung öffentlich.
   *[other] { $count } Beschlüsse werden zusammen öffentlich, im selben Augenblick.
}
council-publish-held = { $count ->
    [0] Nichts wird zurückgehalten.
    [one] { $count } Beschluss wird zurückgehalten. Er hält niemanden sonst auf; die Kanzlei erfährt es per Mail.
   *[other] { $count } Beschlüsse werden zurückgehalten. Sie halten niemanden sonst auf; die Kanzlei erfährt es per Mail.
}
council-publish-out = Werden öffentlich
council-publish-back = Zurückgehalten
council-publish-now = Jetzt veröffentlichen…
council-publish-arm = Einplanen für { $at }…
council-publish-confirm-now = Die Sitzung jetzt veröffentlichen?
council-publish-confirm-arm = Die Sitzung für { $at } einplanen?
council-publish-arm-says = Zu diesem Zeitpunkt werden alle Beschlüsse, die dann bereit sind, von selbst öffentlich, auch wenn niemand hier ist. Was dann nicht bereit ist, wird zurückgehalten.
council-publish-button-now = Jetzt veröffentlichen
council-publish-button-arm = Einplanen
council-publish-back-link = Zurück, ohne etwas zu tun
council-publish-armed-by = Eingeplant von { $name }, { $at }.
council-publish-disarm = Einplanung aufheben
council-publish-first-pair = Sie haben in diesen Beschlüssen geschrieben: { $numbers }. Jemand, der nichts darin geschrieben hat, muss die Sitzung veröffentlichen oder einplanen.
council-publish-others = Das können: { $names }.
council-publish-nobody = Sonst kann es niemand in der Kanzlei: Eine Administratorin oder ein Administrator legt ein Konto an.
council-publish-no-instant = Die Sitzung hat keinen geplanten Zeitpunkt. Geben Sie ihr einen, um sie einzuplanen.
council-publish-past = Der geplante Zeitpunkt ist vorbei.
council-why-state = Nicht bereit: { $state }
council-why-author = Seither von der Person geschrieben, die die Sitzung eingeplant hat
council-of-meeting = Das ist ein Beschluss einer Sitzung: Er wird mit ihr öffentlich, und auf keine andere Weise.
council-of-meeting-link = Zur Sitzung: { $meeting }
council-colon = {": "}
council-mail-held = { $count ->
    [one] { $count } Beschluss zurückgehalten
   *[other] { $count } Beschlüsse zurückgehalten
}
council-mail-held-intro = { $meeting }: Die Sitzung ist öffentlich. Diese Beschlüsse wurden nicht mit ihr veröffentlicht:
council-mail-stopped = Die Sitzung wurde nicht veröffentlicht
council-mail-stopped-intro = { $meeting }: Die Sitzung war eingeplant und ihr Zeitpunkt ist gekommen, aber keiner ihrer Beschlüsse konnte veröffentlicht werden. Die Einplanung wurde aufgehoben. Diese Beschlüsse warten:
council-mail-item = Beschluss { $number }: { $state }
council-mail-open = Die Sitzung öffnen
