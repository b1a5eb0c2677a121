# Subscribing by e-mail: the form, the confirmation, the end.
subscription-title = Receive press releases by e-mail
# $times (String) - the times of day at which digests leave
subscription-lead = One e-mail at { $times }, with what concerns you and nothing else. Each press release comes once. Nothing new means no e-mail.
subscription-what = 1. What would you like to receive?
subscription-everything = All press releases
# $choice (String) - a filter in words
subscription-filtered = What you were looking at: { $choice }
subscription-institution = The press releases of one institution
subscription-institution-label = Institution
subscription-topic = The press releases on one topic
subscription-topic-label = Topic
subscription-choose = Choose
subscription-languages = 2. In which languages?
subscription-languages-hint = Each press release reaches you in the first of these languages in which it exists, otherwise in another.
subscription-first-language = First language
subscription-second-language = Second language
subscription-no-second = No second language
subscription-where = 3. At which address?
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
subscription-leave = Every e-mail has a link that ends your subscription with one click.
subscription-data-title = Your data
subscription-data = Your address serves these e-mails only. No tracking pixel, no rewritten link.
subscription-asked-title = Look in your mailbox
subscription-asked = If the address that you entered can receive our e-mails, a confirmation is on its way. Your subscription starts once you have confirmed it through the link in that e-mail, which works for 48 hours.
subscription-asked-late = Nothing after a few minutes? Look in your spam folder. After an hour you can ask again.
subscription-confirm-title = Confirm your subscription
# $choice (String) - what will be sent, in words
# $times (String) - the times of day at which digests leave
subscription-confirm = You will receive: { $choice }. E-mails leave at { $times } when there is something new.
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
# $times (String) - the times of day at which digests leave
subscription-mail-choice = What was chosen: { $choice }; { $languages }; at { $times }.
subscription-mail-link = Confirm the subscription
subscription-mail-until = This link works for 48 hours. If you did not ask for anything, do nothing: you will receive no further e-mail.
