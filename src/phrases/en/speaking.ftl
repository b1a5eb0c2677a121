# Spokespersons and deputies in the desk.
speaking-title = Spokespersons
speaking-add = Name a spokesperson
speaking-add-deputy = Name a deputy
speaking-nobody = Nobody speaks for this mandate: no decision of theirs can be agreed.
# $count (Number) - how many
speaking-former = { $count ->
    [one] One former spokesperson
   *[other] { $count } former spokespersons
}
speaking-deputy = deputy
speaking-principal = spokesperson
speaking-signs-in = signs in
speaking-wrong-name = What are they called?
speaking-wrong-day = This is no day.
speaking-wrong-until = The last day is after the first one and not past.
speaking-email = E-mail address
speaking-email-hint = Decisions to agree come to this address. It is not public.
speaking-phone = Telephone
speaking-phone-hint = For the Chancellery, when time is short. It is not public.
speaking-lang = Language of the mails to them
speaking-is-deputy = Deputy
speaking-is-deputy-hint = Answers in the place of a spokesperson.
speaking-from = First day
speaking-until = Last day
speaking-days-hint = Without a first day: from now on. Without a last day: until somebody says so.
speaking-save = Save
speaking-end-summary = They no longer speak for this mandate…
speaking-end-what = From now on nothing is asked of them. What they agreed to stays agreed.
speaking-end = End it
