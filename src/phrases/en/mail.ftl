# The frame of every e-mail.
mail-see-site = see it on the site
mail-plain = This e-mail contains no picture, no pixel and no tracking link.
# $label (String) - what stands before an address in a text body
mail-labelled = { $label }:
