# Der Rahmen jeder E-Mail.
mail-see-site = auf der Website ansehen
mail-plain = Diese E-Mail enthält kein Bild, kein Pixel und keinen Nachverfolgungslink.
mail-labelled = { $label }:
