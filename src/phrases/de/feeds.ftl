# Feeds: die Seite, die sie erklärt, die Links, die zu ihnen führen, die Vermerke in ihnen.
feeds-nav = Feeds
feeds-heading = Feeds
feeds-lead = Die Pressemitteilungen in Ihrem Feedreader, im vollen Wortlaut, sobald sie öffentlich sind. Ohne Anmeldung und ohne E-Mail-Adresse.
feeds-how = So geht es
feeds-how-text = Kopieren Sie eine der Adressen unten in einen Feedreader: eine App, eine Website oder ein E-Mail-Programm, das Feeds liest. Er sieht hier regelmäßig nach und zeigt Ihnen, was neu ist.
feeds-formats = Jeden Feed gibt es in drei Formaten: Atom, RSS und JSON Feed. Der Inhalt ist derselbe; die meisten Feedreader verstehen alle drei.
feeds-any = Jede Liste und jede Suche dieser Website hat auch einen Feed: Der Link steht bei den Ergebnissen, und Ihre Auswahl bleibt in der Adresse. Zum Beispiel:
feeds-content = { $count ->
    [one] Ein Feed enthält die neueste Pressemitteilung
   *[other] Ein Feed enthält die { $count } neuesten Pressemitteilungen
} im vollen Wortlaut, in der Sprache des Feeds oder, wenn es sie darin nicht gibt, in einer anderen. Ältere folgen auf seinen weiteren Seiten.
feeds-changes = Eine Berichtigung aktualisiert die Pressemitteilung und nennt, was berichtigt wurde. Eine zurückgezogene Pressemitteilung bleibt stehen, mit einem entsprechenden Vermerk und dem Grund.
feeds-by-source = Nach Quelle
feeds-everything = Alle Pressemitteilungen
feeds-named = { $format }: { $name }
feeds-of-list = Diesen Pressemitteilungen per Feed folgen
feeds-of-institution = Dieser Einrichtung per Feed folgen
feeds-withdrawn-title = Zurückgezogen: { $title }
