# Der Rahmen jeder E-Mail.
mail-see-site = auf der Website ansehen
mail-plain = Diese E-Mail enthält keine Bilder, keine Zählpixel und keine Tracking-Links.
mail-labelled = { $label }:
