# Die E-Mail, die zu jeder Versandzeit abgeht.
digest-subject = { $count ->
    [one] { $title }
   *[other] { $count } Pressemitteilungen: { $title }
}
digest-count = { $count ->
    [one] Eine Pressemitteilung
   *[other] { $count } Pressemitteilungen
}
digest-heading = { $day }, { $hour }
digest-changes = Berichtigungen
digest-corrected = Berichtigt am { $when }
digest-withdrawn = Zurückgezogen
digest-restored = Wieder verfügbar
digest-also-in = Jetzt auch { $languages }
digest-rest = { $count ->
    [one] Eine weitere Pressemitteilung steht auf der Website.
   *[other] { $count } weitere Pressemitteilungen stehen auf der Website.
}
digest-rest-link = Dort weiterlesen
digest-next = Nächster Versand: { $when }, sofern es Neues gibt.
digest-choice = Ihre Auswahl: { $choice }; um { $times } Uhr; { $languages }.
digest-unsubscribe = Abonnement beenden
digest-summary = { $count }: { $groups }
