# Pressesprecherinnen, Pressesprecher und ihre Vertretung in der Redaktion.
speaking-title = Pressesprecherinnen und Pressesprecher
speaking-add = Pressesprecherin oder Pressesprecher benennen
speaking-add-deputy = Vertretung benennen
speaking-nobody = Niemand spricht für dieses Mandat: Keiner seiner Beschlüsse kann Zustimmung erhalten.
speaking-former = { $count ->
    [one] Eine frühere Person
   *[other] { $count } frühere Personen
}
speaking-deputy = Vertretung
speaking-principal = Pressesprecherin, Pressesprecher
speaking-signs-in = meldet sich an
speaking-wrong-name = Wie heißt diese Person?
speaking-wrong-day = Das ist kein Tag.
speaking-wrong-until = Der letzte Tag liegt nach dem ersten und nicht in der Vergangenheit.
speaking-email = E-Mail-Adresse
speaking-email-hint = Beschlüsse zur Abstimmung kommen an diese Adresse. Sie ist nicht öffentlich.
speaking-phone = Telefon
speaking-phone-hint = Für die Kanzlei, wenn die Zeit drängt. Sie ist nicht öffentlich.
speaking-lang = Sprache der Mails
speaking-is-deputy = Vertretung
speaking-is-deputy-hint = Antwortet an der Stelle einer Pressesprecherin oder eines Pressesprechers.
speaking-from = Erster Tag
speaking-until = Letzter Tag
speaking-days-hint = Ohne ersten Tag: ab sofort. Ohne letzten Tag: bis auf Weiteres.
speaking-save = Speichern
speaking-end-summary = Diese Person spricht nicht mehr für dieses Mandat …
speaking-end-what = Ab sofort wird sie nichts mehr gefragt. Worin sie eingewilligt hat, das gilt weiter.
speaking-end = Beenden
