# De thema’s bij de redactie.
topics-title = Thema’s
topics-all = { $count ->
    [0] Geen thema’s
    [one] { $count } thema
   *[other] { $count } thema’s
}
topics-new = Een thema erbij
topics-add = Thema toevoegen
topics-rename = Namen opslaan
topics-code = Woord in de adressen
topics-code-hint = Hetzelfde in alle talen, voorgoed: kleine letters, cijfers, koppeltekens.
topics-wrong-name = Er is een naam nodig in elke taal van de site.
topics-wrong-code = Alleen kleine letters, cijfers en koppeltekens.
topics-wrong-taken = Dit woord is al in gebruik.
topics-merge-summary = Samenvoegen met een ander thema…
topics-merge-what = “{ $name }” verdwijnt: de persberichten, adressen en abonnementen gaan naar het andere thema. Dit kan niet ongedaan worden gemaakt.
topics-merge-into = Samenvoegen met
topics-merge-sure = Ja, dit thema verdwijnt.
topics-merge = Samenvoegen
