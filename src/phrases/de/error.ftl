# Was gezeigt wird, wenn es keine Seite gibt: was geschehen ist, und was man tun kann.
error-kicker = Fehler { $status }
error-not-found = Diese Seite gibt es hier nicht
error-not-found-lead = Unter dieser Adresse ist nichts veröffentlicht. Vielleicht fehlt ein Zeichen, oder der Link stammt aus einer anderen Quelle.
error-gone = Diese Pressemitteilung ist nicht mehr verfügbar
error-gone-lead = Sie wurde unter dieser Adresse veröffentlicht und später offline genommen.
error-gone-reason = Vom Absender angegebener Grund
error-bad-request = Wir verstehen diese Adresse nicht
error-unknown-parameter = Sie enthält „{ $name }“, und das kennt diese Seite nicht.
error-repeated-parameter = Sie enthält „{ $name }“ mehr als einmal.
error-wrong-parameter = Den für „{ $name }“ angegebenen Wert gibt es nicht.
error-without-query = Die Seite ohne diesen Teil öffnen
error-bad-form = Wir konnten Ihre Eingabe nicht lesen
error-bad-form-lead = Ein Teil des Formulars fehlt oder ist nicht vollständig angekommen. Gehen Sie zurück, prüfen Sie es und senden Sie es noch einmal: Es wurde nichts geändert.
error-forbidden = Das können Sie nicht tun
error-forbidden-lead = Entweder ist Ihr Konto dazu nicht berechtigt, oder die Seite war zu lange geöffnet. Laden Sie die Seite neu und versuchen Sie es noch einmal: Es wurde nichts geändert.
error-method = So geht das nicht
error-method-lead = Diese Adresse gibt es, aber nicht für das, was von ihr verlangt wurde. Öffnen Sie sie von einer unserer Seiten aus: Es wurde nichts geändert.
error-conflict = Das ist nicht mehr möglich
error-conflict-lead = Seit Sie die Seite geöffnet haben, hat sich etwas geändert. Gehen Sie zurück und laden Sie sie neu, um den Stand zu sehen: Es wurde nichts geändert.
error-too-large = Das ist zu groß
error-too-large-lead = Ihre Sendung ist größer, als wir annehmen. Kürzen Sie sie und senden Sie sie noch einmal: Es wurde nichts geändert.
error-too-many = Einen Augenblick bitte
error-too-many-lead = { $count ->
    [one] Das war zu oft in zu kurzer Zeit. Bitte versuchen Sie es in einer Minute wieder.
   *[other] Das war zu oft in zu kurzer Zeit. Bitte versuchen Sie es in { $count } Minuten wieder.
}
error-unavailable = Gleich wieder da
error-unavailable-lead = Wir können die Pressemitteilungen gerade nicht abrufen. Bitte versuchen Sie es in einer halben Minute wieder; ist es dringend, schreiben Sie uns.
error-internal = Bei uns ist etwas schiefgegangen
error-internal-lead = Es liegt nicht an Ihnen, und es wurde festgehalten. Bitte versuchen Sie es noch einmal; geschieht es wieder, schreiben Sie uns und nennen Sie die Nummer des Fehlers.
error-number = Nummer des Fehlers
error-onward = Weiter
error-write-question = Kam der Link von einer unserer Seiten?
error-write = Schreiben Sie uns, wir bringen ihn in Ordnung
error-write-urgent = Schreiben Sie uns
error-all-releases = Alle Pressemitteilungen
