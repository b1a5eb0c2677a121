# Der Weg einer Pressemitteilung an die Öffentlichkeit, ihre Übersicht und was danach mit ihr geschieht.
publication-title = „{ $title }“ veröffentlichen
publication-edition = Ausgabe { $number }
publication-checks = Vor der Veröffentlichung
publication-seen =
    { $count ->
        [one] Ein Punkt geprüft
       *[other] { $count } Punkte geprüft
    }, { $fine } in Ordnung
publication-fate = Was geschehen wird
publication-fate-nothing = Es erscheint nichts: Noch ist kein Text geschrieben.
publication-fate-now = Sobald Sie bestätigen, erscheint die Pressemitteilung { $languages }.
publication-fate-at = Am { $day } um { $hour } ({ $zone }) erscheint die Pressemitteilung { $languages }.
publication-fate-readers = { $count ->
    [0] Kein Abonnent erhält sie per E-Mail.
    [one] Ein Abonnent erhält sie per E-Mail: { $when }.
   *[other] { $number } Abonnenten erhalten sie per E-Mail: { $when }.
}
publication-fate-each = Nach Sprache: { $languages }; jede Person einmal.
publication-fate-until-slot = Bis dahin ersetzt eine Berichtigung den Text ohne zweite E-Mail.
publication-fate-correction = Wer die vorige Ausgabe hatte, erhält den Hinweis; für alle anderen ist es eine gewöhnliche Meldung.
publication-fate-previews = { $count ->
    [one] Eine Person hat sie schon über einen persönlichen Link gesehen.
   *[other] { $count } Personen haben sie schon über persönliche Links gesehen.
}
publication-fate-not-before = Sie trägt den Vermerk „Nicht verwenden vor { $at }“.
publication-when = Wann ist es öffentlich?
publication-when-hint = Niemand vorher.
publication-when-now = Jetzt
publication-when-at = An diesem Tag zu dieser Uhrzeit
publication-day = Tag
publication-hour = Uhrzeit
publication-zone = Zeitzone
publication-twice = In dieser Nacht zeigt die Uhr diese Stunde zweimal. Welche?
publication-twice-first = Die erste ({ $zone })
publication-twice-second = Die zweite ({ $zone })
publication-later = Eine Sprache später
publication-language-reason = Warum sie später folgt
publication-language-reason-hint = Nötig, wenn die Regel Ihrer Einrichtung diese Sprache verlangt. Der Grund steht im Journal und in der Redaktion.
publication-who = Wer darf sie vorher sehen?
publication-who-hint = Persönliche Links, widerrufbar, mit Wasserzeichen.
publication-who-nobody = Niemand hat einen Link.
publication-who-link = Persönliche Links
publication-use = Ab wann darf man sie verwenden?
publication-use-hint = Ein Vermerk auf der Seite und in der E-Mail. Er verbirgt nichts.
publication-use-now = Sobald sie öffentlich ist, ohne Vermerk
publication-use-until = Mit dem Vermerk „Nicht verwenden vor“ diesem Zeitpunkt
publication-go-now = Jetzt veröffentlichen…
publication-go-at = Planen…
publication-blocked = { $count ->
    [one] Ein Punkt ist noch zu berichtigen.
   *[other] { $count } Punkte sind noch zu berichtigen.
}
publication-correct-first = Den ersten berichtigen
publication-first-pair = Sie haben daran geschrieben oder sie eingereicht: Jemand anderes gibt sie weiter.
publication-others = Diese Personen können sie weitergeben: { $names }.
publication-nobody-else = Zurzeit kann niemand sonst sie weitergeben; Ihre Verwaltung kann das ändern.
publication-waits = Sie wartet auf sie.
publication-submit = Einreichen
publication-make-ready = Für bereit erklären
publication-unschedule = Planung aufheben
publication-to-editor = Zum Text
publication-to-overview = Zur Übersicht
publication-back-or-force = Zurückgeben oder erzwingen
publication-force-only = Erzwingen
publication-back-reason = Ein Wort an die Verfasserin oder den Verfasser
publication-back-hint = Was zu ändern ist. Es steht im Journal.
publication-send-back = Zurückgeben
publication-force-reason = Warum es nicht warten kann
publication-force-hint = Sie erscheint ohne zweite Person und mit dem, was noch zu berichtigen ist. Sie wird gekennzeichnet, und jemand anderes muss das bestätigen.
publication-force = Erzwingen…
publication-wrongs = Das geht noch nicht:
publication-wrong-instant = Geben Sie Tag und Uhrzeit an.
publication-wrong-past = Dieser Zeitpunkt ist vorbei. Wählen Sie einen späteren, oder veröffentlichen Sie jetzt.
publication-wrong-skipped = Diese Stunde gibt es nicht: In dieser Nacht beginnt die Sommerzeit. Wählen Sie eine frühere oder spätere.
publication-wrong-twice = Sagen Sie, welche der beiden Stunden Sie meinen.
publication-wrong-language-reason = Sagen Sie, warum diese Sprache später folgt.
publication-wrong-no-language = Mindestens eine Sprache muss erscheinen.
publication-wrong-reason = Geben Sie einen Grund an.
publication-changed = Der Text hat sich geändert, seit Sie diese Seite geöffnet haben. Es ist nichts geschehen; sehen Sie ihn unten noch einmal an.
publication-somebody-was-first = Jemand war schneller: { $name }, { $at }. Nichts ist doppelt geschehen; unten steht der jetzige Stand.
publication-by-itself = von selbst, zu ihrem Zeitpunkt
publication-four-eyes = Sie haben daran geschrieben oder sie eingereicht. Die Regel verlangt eine zweite Person.
publication-confirm-now = Jetzt veröffentlichen?
publication-confirm-at = Für { $day } um { $hour } planen?
publication-confirm-force = Diese Veröffentlichung erzwingen?
publication-publish-button = Veröffentlichen
publication-schedule-button = Für { $hour } planen
publication-force-button = Erzwingen
publication-not-yet = Noch nicht
publication-follows-later = { $lang }: folgt später
publication-forced-with = Erzwungen, zu bestätigen: { $reason }
publication-forced-by = Am { $at } von { $name } erzwungen: „{ $reason }“.
publication-ratified-by = Bestätigt von { $name }, { $at }.
publication-ratify = Bestätigen
publication-ratify-another = Jemand anderes muss das bestätigen; bis dahin wird die Verwaltung täglich erinnert.
publication-unratified = Noch nicht bestätigt.
publication-unratified-mail-title = { $count ->
    [one] Eine erzwungene Veröffentlichung wartet auf Bestätigung
   *[other] { $count } erzwungene Veröffentlichungen warten auf Bestätigung
}
publication-unratified-mail-intro = Niemand außer der Person, die sie erzwungen hat, hat gesagt, dass es richtig war. Wer sie weitergeben darf, kann sie bestätigen.
publication-unratified-mail-link = Zur Pressemitteilung
preflight-must = Zu berichtigen: { $count }
preflight-should = Zu prüfen: { $count }
preflight-fine = In Ordnung: { $count }
preflight-correct = Berichtigen
preflight-look = Ansehen
preflight-compare = Vergleichen
preflight-empty = Noch ist nichts geschrieben
preflight-language-missing = { $lang } fehlt
preflight-together = Die verlangten Sprachen erscheinen gemeinsam, es sei denn, jemand entscheidet mit einem Grund anders.
preflight-language-later = { $lang } folgt später
preflight-languages = Vollständig { $languages }
preflight-languages-hint = Sie erscheinen gemeinsam.
preflight-title-missing = { $lang }: kein Titel
preflight-lead-missing = { $lang }: kein Vorspann
preflight-lead-missing-hint = Listen und E-Mails zeigen ihn unter dem Titel.
preflight-body-missing = { $lang }: kein Text
preflight-title-long = { $lang }: ein Titel von { $count } Zeichen
preflight-title-long-hint = Bis 90 liest man auf einen Blick.
preflight-lead-long = { $lang }: ein Vorspann von { $count } Zeichen
preflight-lead-long-hint = Höchstens 300.
preflight-lengths = Titel und Vorspänne von guter Länge
preflight-lengths-hint = Vorspänne in Zeichen: { $leads }.
preflight-no-contact = Kein Pressekontakt
preflight-no-contact-hint = Wen ruft eine Journalistin an?
preflight-none-reachable = Kein Kontakt hat eine öffentliche Nummer oder Adresse
preflight-none-reachable-hint = Geben Sie im Verzeichnis eine frei, oder wählen Sie einen anderen Kontakt.
preflight-reachable = Erreichbarer Kontakt
preflight-no-description = Bild { $number } ohne Beschreibung auf { $lang }
preflight-no-description-hint = { $file }. Sagen Sie, was zu sehen ist, oder nennen Sie es dekorativ.
preflight-no-credit = Bild { $number } ohne Bildnachweis
preflight-pictures = Bilder beschrieben und nachgewiesen
preflight-dead-link = { $lang }: ein Link auf eine Seite, die es nicht gibt
preflight-bare-address = { $lang }: eine Adresse ohne Worte
preflight-empty-link = { $lang }: ein Link ohne Worte
preflight-headings = { $lang }: Zwischentitel überspringen eine Stufe
preflight-headings-hint = Beginnen Sie mit ##, dann ###.
preflight-structure = Links und Zwischentitel in Ordnung
preflight-wrong-weekday = { $lang }: ein Datum mit dem falschen Wochentag
preflight-is-a = Es ist { $day }.
preflight-other-day = { $lang }: Das Datum im Text ist nicht das der Veröffentlichung
preflight-says = Im Text steht { $day }.
preflight-day = Das Datum im Text ist das der Veröffentlichung
preflight-wrong-language = { $lang }: Der Text scheint in einer anderen Sprache zu sein ({ $is })
preflight-same-text = Derselbe Text in zwei Sprachen: { $one }, { $other }
preflight-same-text-hint = Einer wurde wohl zweimal eingefügt.
preflight-texts = Jeder Text in seiner Sprache
preflight-texts-hint = Nicht derselbe zweimal eingefügt.
preflight-behind = { $lang }: älter als der andere Text
preflight-behind-hint = { $ahead } geändert am { $ahead_at }, { $behind } am { $behind_at }.
preflight-no-topic = Kein Thema
preflight-no-topic-hint = Wer ein Thema abonniert hat, würde sie nicht erhalten.
preflight-topics = { $count ->
    [one] Ein Thema
   *[other] { $count } Themen
}
preflight-same-title = { $lang }: Eine andere Pressemitteilung desselben Tages hat diesen Titel
overview-editions = Ausgaben
overview-history = Verlauf
overview-addresses = Adressen
overview-reach = Reichweite
overview-mails = Angenommene E-Mails
overview-requests = Aufrufe der Seite
overview-previews = Vor der Veröffentlichung gesehen
overview-previews-all = Persönliche Links
overview-to-publication = Zur Veröffentlichung
overview-write = Schreiben
overview-correct = Berichtigen…
overview-language = Auch { $languages } veröffentlichen…
overview-take-off = Zurückziehen oder offline nehmen
overview-withdraw = Zurückziehen oder offline nehmen…
overview-back = Wiederherstellen
overview-restore = Wiederherstellen
overview-no-address = Sie erhält ihre Adressen bei der Veröffentlichung.
overview-journal = Journal
overview-short = Kurz
overview-redirects = führt zur jetzigen
overview-language-reason = Eine Sprache folgt später: { $reason }
after-correct-title = „{ $title }“ berichtigen
after-withdraw-title = „{ $title }“ zurückziehen
after-unchanged = Noch ist nichts anders als das, was öffentlich zu lesen ist. Schreiben Sie zuerst die Berichtigung.
after-difference = Was sich ändert
after-minor = Kleine Berichtigung
after-minor-says = Die Seite zeigt sofort den neuen Text. Kein Hinweis, keine E-Mail; der Verlauf bewahrt den alten.
after-language = Auch { $languages } veröffentlichen
after-language-says = Die Seite erscheint sofort in dieser Sprache, und wer sie liest, erhält sie mit der nächsten E-Mail, oder sofort, wer das so gewählt hat.
after-had = { $count ->
    [0] Noch hat sie niemand per E-Mail erhalten.
    [one] Eine Leserin oder ein Leser hat sie per E-Mail erhalten und erfährt nichts davon.
   *[other] { $number } Leserinnen und Leser haben sie per E-Mail erhalten und erfahren nichts davon.
}
after-had-major = { $count ->
    [0] Noch hat sie niemand per E-Mail erhalten.
    [one] Eine Leserin oder ein Leser hat sie per E-Mail erhalten. Es erfährt davon: { $when }.
   *[other] { $number } Leserinnen und Leser haben sie per E-Mail erhalten. Es erfahren davon: { $when }.
}
after-not-yours = Jemand mit dem Recht zu veröffentlichen gibt sie weiter.
after-minor-button = Diesen Text veröffentlichen
after-major = Neue Ausgabe mit öffentlichem Hinweis
after-major-says = Für alles, was den Inhalt ändert. Die nächste Ausgabe beginnt mit dem Text, wie er jetzt steht, und geht den üblichen Weg. Die alte bleibt lesbar, mit den Unterschieden.
after-note = Was berichtigt wird ({ $lang })
after-note-hint = Leserinnen und Leser sehen es über dem Text und in ihrer E-Mail.
after-major-button = Nächste Ausgabe öffnen
after-wrong-note = Sagen Sie, was berichtigt wird ({ $lang }).
after-open = Eine Berichtigung ist schon offen; arbeiten Sie darin weiter.
after-withdraw = Zurückziehen
after-withdraw-says = Der Text bleibt unter einem Hinweis mit dem Grund lesbar. Listen kennzeichnen ihn, und Suchmaschinen sollen ihn vergessen.
after-withdraw-button = Zurückziehen
after-unpublish = Offline nehmen
after-unpublish-says = Der Text ist nicht mehr lesbar. Seine Adressen antworten mit dem Grund oder führen anderswohin.
after-unpublish-button = Offline nehmen
after-reason = Grund ({ $lang })
after-reason-hint = Ein Satz, den alle lesen.
after-wrong-reason = Geben Sie den Grund an ({ $lang }).
after-moved = Führt stattdessen zu (freiwillig)
after-moved-hint = Eine Adresse dieser Website, zum Beispiel /2026-0417.
after-wrong-moved = Keine Seite dieser Website hat diese Adresse.
after-restore-says = Sie ist wieder lesbar, wie sie war, unter denselben Adressen. Wer sie erhalten hatte, erfährt es.
publication-closed = Die Einrichtung, die diese Pressemitteilung herausgibt, ist geschlossen: Von ihr erscheint nichts mehr. Wählen Sie im Editor eine andere.
publication-fate-at-once = { $number } sofort
publication-fate-at-slot = { $number } zur Versandzeit am { $slot }
publication-fate-lists = { $count ->
    [one] Davon steht eine Person in einem Presseverteiler.
   *[other] Davon stehen { $number } Personen in Presseverteilern.
}
