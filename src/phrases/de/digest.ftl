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
digest-corrected = Berichtigt am { $day } um { $hour }
digest-withdrawn = Zurückgezogen
digest-restored = Wieder verfügbar
digest-also-in = Jetzt auch { $languages }
digest-rest = { $count ->
    [one] Eine weitere Pressemitteilung steht auf der Website.
   *[other] { $count } weitere Pressemitteilungen stehen auf der Website.
}
digest-rest-link = Dort weiterlesen
digest-next = Nächster Versand: { $when }, sofern es Neues gibt.
digest-choice = Ihre Auswahl: { $choice }; { $often }; { $languages }.
digest-unsubscribe = Abonnement beenden
digest-summary = { $count }: { $groups }
digest-subject-corrected = Berichtigung: { $title }
digest-subject-withdrawn = Zurückgezogen: { $title }
digest-also-asked = Auch in Ihrer Auswahl: { $choices }
digest-contact = Kontakt: { $name },
digest-choices = Ihre Auswahl: { $choices }; { $languages }.
digest-manage = Meine Auswahl ändern
digest-basis = Warum Sie diese E-Mail erhalten: { $basis }
digest-inner-cabinet = Kernkabinett
digest-changes-mixed = Berichtigt oder zurückgezogen
digest-subject-embargo = Sperrfrist – { $title }
