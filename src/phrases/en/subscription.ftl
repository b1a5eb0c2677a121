# Subscribing by e-mail: the form, the confirmation, the end.
subscription-title = Receive press releases by e-mail
subscription-lead = One e-mail at the hours you choose, with what concerns you and nothing else. Each press release comes once. If there is nothing new, no e-mail comes.
subscription-what = 1. What would you like to receive?
subscription-everything = All press releases
# $choice (String) - a filter in words
subscription-filtered = What you were looking at: { $choice }
subscription-institution = The press releases of one institution
subscription-institution-label = Institution
subscription-topic = The press releases on one topic
subscription-topic-label = Topic
subscription-choose = Choose
subscription-languages = 3. In which languages?
subscription-languages-hint = Each press release reaches you in the first of these languages in which it exists, otherwise in another.
subscription-first-language = First language
subscription-second-language = Second language
subscription-where = 4. At which address?
subscription-address = E-mail address
subscription-address-hint = You will first receive an e-mail asking you to confirm. Without your consent, the address is not kept.
subscription-send = Send me the confirmation
# $count (Number) - how many fields have to be corrected
subscription-errors = { $count ->
    [one] One answer has to be corrected
   *[other] { $count } answers have to be corrected
}
subscription-error-address = Enter one e-mail address, such as name@example.org.
subscription-error-address-long = This address is longer than an e-mail address can be.
subscription-error-what = Choose what you would like to receive.
subscription-error-institution = Choose an institution from the list.
subscription-error-topic = Choose a topic from the list.
subscription-error-language = Choose a first language from the list.
subscription-leave-title = Already subscribed?
subscription-leave = Every e-mail has a link to change your choices and one that ends your subscription with one click.
subscription-data-title = Your data
subscription-data = Your address serves these e-mails only. No tracking pixel, no rewritten link.
subscription-asked-title = Look in your mailbox
subscription-asked = If the address that you entered can receive our e-mails, a confirmation is on its way. Your subscription starts once you have confirmed it through the link in that e-mail, which works for 48 hours.
subscription-asked-late = Nothing after a few minutes? Look in your spam folder. After an hour you can ask again.
subscription-confirm-title = Confirm your subscription
# $choice (String) - what will be sent, in words
# $rhythm (String) - how often, in words
subscription-confirm = You will receive: { $choice }; { $rhythm }, when there is something new.
subscription-confirm-button = Confirm my subscription
subscription-confirmed-title = Your subscription is confirmed
subscription-confirmed = The next e-mail will bring you what is new for you. Each e-mail has a link that ends your subscription.
subscription-void-title = This link is no longer valid
subscription-void = A confirmation link works for 48 hours and must be copied whole. Nothing was changed.
subscription-again = Subscribe again
subscription-end-title = End your subscription
# $choice (String) - what is sent so far, in words
subscription-end = You receive: { $choice }.
subscription-end-this = End this subscription
subscription-end-all = Stop all e-mails
subscription-ended-title = Your subscription has ended
subscription-ended = You will receive no further e-mail from it, not even one that is being prepared.
# $count (Number) - how many other subscriptions of this person still run
subscription-ended-others = { $count ->
    [one] Another subscription of yours goes on.
   *[other] { $count } other subscriptions of yours go on.
}
subscription-end-void-title = This link is not valid
subscription-end-void = It may have been cut when it was copied. The link at the end of each of our e-mails works for ever.
subscription-choice-everything = all press releases
# $name (String) - a topic
subscription-choice-topic = topic “{ $name }”
# $language (String) - the name of a language
subscription-in-language = in { $language }
# $language (String) - the name of a language
subscription-else-in-language = otherwise in { $language }
# $first (String) - all members of a list but the last
# $last (String) - the last one
subscription-and = { $first } and { $last }
# $site (String) - the name of the site
subscription-mail-subject = Please confirm your subscription – { $site }
subscription-mail-intro = Somebody, probably you, has asked us to send press releases to this address.
# $choice (String) - what will be sent, in words
# $languages (String) - in which languages, in words
# $rhythm (String) - how often, in words
subscription-mail-choice = What was chosen: { $choice }; { $languages }; { $rhythm }.
subscription-mail-link = Confirm the subscription
subscription-mail-until = This link works for 48 hours. If you did not ask for anything, do nothing: you will receive no further e-mail.
subscription-when = 2. When?
subscription-when-slots = At fixed hours
subscription-when-hours = Hours
subscription-when-at-once = As soon as it is published
# $times (String) - the first time of day at which digests leave
subscription-when-daily = Once a day, at { $times }
subscription-when-weekly = Once a week
subscription-third-language = Third language
subscription-fourth-language = Fourth language
subscription-no-language = –
subscription-error-frequency = Choose how often you would like to be told.
subscription-error-slots = Tick at least one of the hours.
subscription-error-address-letters = We cannot write to an address with accented or other special letters before the @ yet. Enter another one.
subscription-narrower-title = Something narrower?
subscription-narrower = Any search can be subscribed to: words, a language, an institution and a topic together.
subscription-narrower-link = Search, then “Receive by e-mail”
subscription-less-title = Or a little less?
subscription-less-weekly = Once a week is enough
subscription-less-pause = Pause for four weeks
# $count (Number) - how many words
# $words (String) - what somebody looked for
subscription-choice-words = { $count ->
    [one] with the word “{ $words }”
   *[other] with the words “{ $words }”
}
# $language (String) - the name of a language
subscription-choice-language = available in { $language }
# $name (String) - what the list is called
# $institution (String) - who keeps it
subscription-choice-press-list = press list “{ $name }” of { $institution }
subscription-rhythm-at-once = as soon as it is published
# $times (String) - the times of day at which digests leave
subscription-rhythm-slots = at { $times }
# $times (String) - a time of day
subscription-rhythm-daily = once a day, at { $times }
subscription-rhythm-weekly = once a week
subscription-rhythm-press-list = when a press release is sent to this list
subscription-choice-kind-release = press releases
subscription-choice-kind-decision = decisions of the Council of Ministers
subscription-choice-kind-invitation = press invitations
subscription-choice-kind-speech = speeches
subscription-several = Several choices? Confirm this one, then add the others under “My subscriptions”: an address gets one confirmation an hour.
subscription-add-mine = Subscribed already? Add to my subscriptions
