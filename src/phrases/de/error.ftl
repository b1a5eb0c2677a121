# Was gezeigt wird, wenn es keine Seite gibt: was geschehen ist, und was man tun kann.
error-kicker = Fehler { $status }
error-not-found = Diese Seite gibt es hier nicht
error-not-found-lead = Unter dieser Adresse ist nichts veröffentlicht. Vielleicht fehlt ein Zeichen, oder der Link stammt aus einer anderen Quelle.
error-gone = Diese Pressemitteilung ist nicht mehr verfügbar
error-gone-lead = Sie wurde unter dieser Adresse veröffentlicht und später offline genommen.
error-gone-reason = Vom Absender angegebener Grund
error-bad-request = Wir verstehen diese Adresse nicht
error-unknown-parameter = Sie enthält die Angabe „{ $name }“, die diese Seite nicht kennt.
error-repeated-parameter = Sie enthält die Angabe „{ $name }“ mehr als einmal.
error-wrong-parameter = Den für „{ $name }“ angegebenen Wert gibt es nicht.
error-without-query = Die Seite ohne diesen Teil öffnen
error-bad-form = Wir konnten Ihre Eingabe nicht lesen
error-bad-form-lead = Ein Teil des Formulars fehlt oder ist nicht vollständig angekommen. Gehen Sie zurück, prüfen Sie es und senden Sie es noch einmal: Es wurde nichts geändert.
error-signed-out = Sie sind nicht mehr angemeldet
error-signed-out-lead = Es wurde nichts gespeichert oder geändert. Melden Sie sich in einem neuen Fenster wieder an, kehren Sie dann zu dieser Seite zurück und laden Sie sie neu: Ihr Browser sendet noch einmal, was Sie geschrieben hatten.
error-signed-out-link = In einem neuen Fenster wieder anmelden
error-forbidden = Das können Sie nicht tun
error-forbidden-lead = Entweder ist Ihr Konto dazu nicht berechtigt, oder die Seite war zu lange geöffnet. Laden Sie die Seite neu und versuchen Sie es noch einmal: Es wurde nichts geändert.
error-method = Diese Adresse lässt sich so nicht verwenden
error-method-lead = Diese Adresse gibt es, aber nicht für das, was von ihr verlangt wurde. Öffnen Sie sie von einer unserer Seiten aus: Es wurde nichts geändert.
error-conflict = Das ist nicht mehr möglich
error-conflict-lead = Seit Sie die Seite geöffnet haben, hat sich etwas geändert. Gehen Sie zurück und laden Sie sie neu, um den Stand zu sehen: Es wurde nichts geändert.
error-too-large = Das ist zu groß
error-too-large-lead = Was Sie gesendet haben, ist größer als zulässig. Kürzen Sie es und senden Sie es noch einmal: Es wurde nichts geändert.
error-too-many = Einen Augenblick bitte
error-too-many-lead = { $count ->
    [one] Zu viele Anfragen in zu kurzer Zeit. Bitte versuchen Sie es in einer Minute erneut.
   *[other] Zu viele Anfragen in zu kurzer Zeit. Bitte versuchen Sie es in { $count } Minuten erneut.
}
error-unavailable = Gleich wieder da
error-unavailable-lead = Wir können die Pressemitteilungen gerade nicht abrufen. Bitte versuchen Sie es in einer halben Minute erneut; ist es dringend, schreiben Sie uns.
error-internal = Bei uns ist etwas schiefgegangen
error-internal-lead = Es liegt nicht an Ihnen, und der Fehler wurde aufgezeichnet. Bitte versuchen Sie es noch einmal; tritt er wieder auf, schreiben Sie uns und nennen Sie die Fehlernummer.
error-number = Fehlernummer
error-onward = Weiter
error-write-question = Kam der Link von einer unserer Seiten?
error-write = Schreiben Sie uns, wir bringen ihn in Ordnung
error-write-urgent = Schreiben Sie uns
error-all-releases = Alle Pressemitteilungen
error-find = Mit den Wörtern dieser Adresse suchen
