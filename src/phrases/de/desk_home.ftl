# Die erste Seite der Redaktion, die Listen, der Kalender.
home-waiting = { $count ->
    [0] Nichts wartet auf Sie
    [one] Eine Sache wartet auf Sie
    [2] Zwei Dinge warten auf Sie
    [3] Drei Dinge warten auf Sie
   *[other] { $count } Dinge warten auf Sie
}
home-write = Pressemitteilung schreiben
home-write-for = Im Namen von
home-waiting-title = Wartet auf Sie
home-most-pressing = das Dringendste zuerst
home-waiting-none = Alles, was bei Ihnen lag, ist erledigt.
home-why-conflict = zwei Texte
home-conflict = { $count ->
    [one] Jemand anderes hat in dasselbe Feld geschrieben; beide Texte sind aufbewahrt.
   *[other] Jemand anderes hat in { $count } Felder geschrieben, in die Sie schrieben; alle Texte sind aufbewahrt.
}
home-choose = Wählen
home-why-send-on = zu prüfen
home-handed-in = Eingereicht von { $by }, { $at }.
home-second-eyes = Sie sind das zweite Augenpaar.
home-planned = Erscheint: { $at }
home-reread = Prüfen
home-why-sent-back = zurückgesandt
home-sent-back = Zurückgesandt von { $by }, { $at }: „{ $reason }“
home-take-up = Weiterschreiben
home-why-ratify = zu bestätigen
home-forced = Erzwungen veröffentlicht von { $by }, { $at }: „{ $reason }“
home-examine = Ansehen
home-why-today = heute
home-check = Nachsehen
home-drafts = Meine Entwürfe
home-drafts-none = Sie haben keine Entwürfe in Arbeit.
home-drafts-all = { $count ->
    [one] der einzige
   *[other] alle { $count }
}
home-complete = { $lang } vollständig
home-complete-both = { $others } und { $last } vollständig
home-without-text = { $lang } ohne Text
home-without-title = { $lang } ohne Titel
home-missing = { $lang } fehlt
home-open-at = { $name } hat es seit { $since } offen
home-find = Wiederfinden
home-find-where = in allem, was Sie sehen dürfen
home-find-missing = Ohne { $lang }
home-find-alt = Ohne Alternativtext
home-find-contact = Ohne Kontakt
home-find-embargo = Mit Sperrfrist
home-find-submitted = Eingereicht
home-find-scheduled = Geplant
home-find-withdrawn = Zurückgezogen
home-find-unpublished = Offline genommen
home-published = Soeben erschienen
home-all = alle
home-reads = Aufrufe
home-mails = E-Mails
home-of = { $accepted } von { $sent }
calendar-weeks = Wochen
calendar-month = Monat
calendar-title = { $from } bis { $to }
calendar-before = Früher
calendar-after = Später
calendar-file = Herunterladen (iCalendar)
calendar-today = heute
calendar-count = { $count ->
    [0] Nichts ist geplant.
    [one] Eine geplante Veröffentlichung.
   *[other] { $count } geplante Veröffentlichungen.
}
list-in-progress = In Arbeit
list-in-state = Pressemitteilungen: { $state }
list-found = Pressemitteilungen mit „{ $words }“
list-none = Keine Pressemitteilung, die Sie sehen dürfen, entspricht dem.
list-words = Wörter oder Nummer
list-state = Stand
list-any-state = in Arbeit
list-institution = Einrichtung
list-any-institution = alle
list-missing = Was fehlt
list-missing-none = gleichgültig
list-missing-alt = Alternativtext eines Bildes
list-missing-contact = Pressekontakt
list-embargo = „Nicht verwenden vor“
list-embargo-yes = ja
list-more = Ältere
list-index-away = Die Suche in Veröffentlichtem ist gerade nicht verfügbar; versuchen Sie es in einer Minute wieder.
