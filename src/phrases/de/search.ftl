# Die Suche: ihre Seite, ihre Ergebnisse, und was beim Finden hilft.
search-title = In den Pressemitteilungen suchen
search-label = Wörter, Wortfolge, Referenz oder Datum
search-within = In dieser Liste suchen
find-label = In den Pressemitteilungen suchen
find-submit = Suchen
search-page-title = „{ $words }“
search-understood = So wurde Ihre Suche verstanden
search-count = { $count ->
    [0] Keine Pressemitteilung
    [one] { $shown } Pressemitteilung
   *[other] { $shown } Pressemitteilungen
}
search-with = mit
search-without = ohne
search-phrase = „{ $words }“
search-left-out = Gesucht wird nach höchstens { $most } Wörtern. Nicht berücksichtigt: { $words }.
search-cut = Nur die ersten { $most } Zeichen Ihrer Suche wurden berücksichtigt.
search-no-words = Ihre Suche enthält kein Wort, nur Zeichen. Bitte geben Sie mindestens ein Wort ein.
search-catching-up = Die Suche holt die letzten Änderungen noch nach: Was soeben erschienen ist, kann hier noch fehlen.
search-away = Die Suche wird gerade eingerichtet und ist gleich wieder da. Bis dahin finden Sie alle Pressemitteilungen in den Listen.
search-again = Erneut suchen
search-results = Ergebnisse
search-show = { $count ->
    [one] { $shown } Pressemitteilung anzeigen
   *[other] { $shown } Pressemitteilungen anzeigen
}
search-newest-now = Neueste zuerst
search-newest = Nach Datum sortieren
search-best-now = Beste Treffer zuerst
search-best = Nach Relevanz sortieren
search-feed = Dieser Suche als Feed folgen (Atom)
search-feed-title = Diese Suche
search-subscribe = Per E-Mail erhalten
search-next = Weitere Ergebnisse
search-previous = Vorherige Ergebnisse
search-elsewhere = Ihre Wörter stehen in der Fassung auf { $language }
search-chosen-kind = Art: { $name }
search-chosen-language = verfügbar auf { $name }
search-by-kind = Art
search-by-language = Sprache
search-by-year = Jahr
search-nothing = Zu dieser Suche gibt es keine Pressemitteilung.
search-near = Meinten Sie:
search-widen = Suche erweitern
search-widen-word = ohne „{ $word }“
search-widen-unwanted = auch mit „{ $word }“
search-widen-choice = ohne die Angabe „{ $choice }“
search-help = So suchen Sie
search-help-words = Geben Sie ein Wort oder mehrere ein: Gefunden wird jede Pressemitteilung, in der alle stehen, in der Einzahl wie in der Mehrzahl, mit oder ohne Akzente und Umlaute, in allen Sprachen.
search-help-beginning = Vom letzten Wort genügt der Anfang: Hochw findet Hochwasser.
search-help-phrase = Anführungszeichen halten Wörter zusammen:
search-help-without = Ein Minuszeichen direkt vor einem Wort schließt es aus:
search-help-direct = Eine Referenz (2026-0001) oder ein Datum (20.11.2026) führt direkt zur Mitteilung oder zum Tag.
search-examples = Zum Beispiel
search-or-lists = Oder stöbern Sie
search-description = Durchsuchen Sie alle Pressemitteilungen nach Wörtern, Thema, Quelle, Sprache und Datum.
search-help-phrase-example = „öffentlicher Verkehr“
search-help-without-example = Wasser -Energie
search-of = { $span } von { $total }
search-widen-only = nur „{ $word }“
search-widen-phrase = „{ $word }“ ohne Anführungszeichen
find-submit-within = Hier suchen
search-offers = Vielleicht suchen Sie
search-offer-institution = { $count ->
    [one] { $name }: die Pressemitteilung dieser Einrichtung
   *[other] { $name }: die { $shown } Pressemitteilungen dieser Einrichtung
}
search-offer-topic = { $count ->
    [one] Thema „{ $name }“: { $shown } Pressemitteilung
   *[other] Thema „{ $name }“: { $shown } Pressemitteilungen
}
search-offer-period = { $count ->
    [one] { $name }: { $shown } Pressemitteilung
   *[other] { $name }: { $shown } Pressemitteilungen
}
search-no-reference = Es gibt keine Pressemitteilung mit der Referenz { $reference }.
