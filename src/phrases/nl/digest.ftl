# De e-mail die op elk verzendmoment vertrekt.
digest-subject = { $count ->
    [one] { $title }
   *[other] { $count } persberichten: { $title }
}
digest-count = { $count ->
    [one] Eén persbericht
   *[other] { $count } persberichten
}
digest-heading = { $day }, { $hour }
digest-changes = Rechtzettingen
digest-corrected = Rechtgezet op { $day } om { $hour }
digest-withdrawn = Ingetrokken
digest-restored = Opnieuw beschikbaar
digest-also-in = Nu ook { $languages }
digest-rest = { $count ->
    [one] Op de site staat nog één persbericht.
   *[other] Op de site staan nog { $count } persberichten.
}
digest-rest-link = Daar verder lezen
digest-next = Volgende verzending: { $when }, als er nieuws is.
digest-choice = Uw keuze: { $choice }; { $often }; { $languages }.
digest-unsubscribe = Mijn abonnement beëindigen
digest-summary = { $count }: { $groups }
digest-subject-corrected = Rechtzetting: { $title }
digest-subject-withdrawn = Ingetrokken: { $title }
digest-also-asked = Ook in uw keuze: { $choices }
digest-contact = Contact: { $name },
digest-choices = Uw keuzes: { $choices }; { $languages }.
digest-manage = Mijn keuze wijzigen
digest-basis = Waarom u deze e-mail krijgt: { $basis }
digest-inner-cabinet = Kernkabinet
digest-changes-mixed = Rechtgezet of ingetrokken
digest-subject-embargo = Embargo – { $title }
