# Die Themen in der Redaktion.
topics-title = Themen
topics-all = { $count ->
    [0] Keine Themen
    [one] { $count } Thema
   *[other] { $count } Themen
}
topics-new = Ein weiteres Thema
topics-add = Thema hinzufügen
topics-rename = Namen speichern
topics-code = Wort in den Adressen
topics-code-hint = Dasselbe in allen Sprachen, für immer: Kleinbuchstaben, Ziffern, Bindestriche.
topics-wrong-name = In jeder Sprache der Website ist ein Name nötig.
topics-wrong-code = Nur Kleinbuchstaben, Ziffern und Bindestriche.
topics-wrong-taken = Dieses Wort ist schon vergeben.
topics-merge-summary = Mit einem anderen Thema zusammenlegen …
topics-merge-what = „{ $name }“ verschwindet: Pressemitteilungen, Adressen und Abonnements gehen auf das andere Thema über. Das lässt sich nicht rückgängig machen.
topics-merge-into = Zusammenlegen mit
topics-merge-sure = Ja, dieses Thema verschwindet.
topics-merge = Zusammenlegen
