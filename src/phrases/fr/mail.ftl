# Le cadre de chaque courriel.
mail-see-site = voir sur le site
mail-plain = Ce courriel ne contient ni image, ni pixel, ni lien de suivi.
mail-labelled = { $label } :
