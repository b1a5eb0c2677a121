# Het kader van elke e-mail.
mail-see-site = op de site bekijken
mail-plain = Deze e-mail bevat geen afbeelding, geen pixel en geen trackinglink.
mail-labelled = { $label }:
