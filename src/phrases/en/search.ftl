# The search: its page, its results, and what helps to find.
search-title = Search press releases
search-label = Words, phrase, reference or date
search-within = Search within this list
find-label = Search press releases
find-submit = Search
# $words (String) - what is looked for, as it was typed
search-page-title = “{ $words }”
search-understood = How your search was understood
# $count (Number) - how many press releases were found
# $shown (String) - the same number as one reads it
search-count = { $count ->
    [0] No press release
    [one] { $shown } press release
   *[other] { $shown } press releases
}
# Before the words: "38 press releases with water and navigation"
search-with = with
# Before the words that may not be there: "38 press releases, without minister"
search-without = without
# $words (String) - words that stand beside each other
search-phrase = “{ $words }”
# $most (Number) - how many words are looked for at most
# $words (String) - the words that were left out
search-left-out = We look for at most { $most } words. Left out: { $words }.
# $most (Number) - how many characters are looked at
search-cut = Only the first { $most } characters of your search were looked at.
search-no-words = Your search contains no word, only punctuation. Please type at least one word.
search-catching-up = The search is catching up with the latest changes: what has just been published may still be missing here.
search-away = The search is being set up and will be back in a moment. Meanwhile every press release can be found in the lists.
search-again = Search again
search-results = Results
# $count (Number) - how many press releases were found
# $shown (String) - the same number as one reads it
search-show = { $count ->
    [one] Show { $shown } press release
   *[other] Show { $shown } press releases
}
search-newest-now = Newest first
search-newest = Sort by date
search-best-now = Best match first
search-best = Sort by relevance
search-feed = Follow this search as a feed (Atom)
search-feed-title = This search
search-subscribe = Receive by e-mail
search-next = More results
search-previous = Previous results
# $language (String) - the name of a language
search-elsewhere = Your words are in the { $language } version
# $name (String) - a kind of press release
search-chosen-kind = kind: { $name }
# $name (String) - the name of a language
search-chosen-language = available in { $name }
search-by-kind = Kind
search-by-language = Language
search-by-year = Year
search-nothing = No press release matches this search.
search-near = Did you mean:
search-widen = Widen the search
# $word (String) - a word or a phrase that was looked for
search-widen-word = without “{ $word }”
# $word (String) - a word or a phrase that was not wanted
search-widen-unwanted = with “{ $word }”, too
# $choice (String) - a choice, as "topic: water"
search-widen-choice = without the choice “{ $choice }”
search-help = How to search
search-help-words = Type a word or several: every press release that contains them all is found, in the singular and the plural, with or without accents, in every language.
search-help-beginning = The beginning of the last word is enough: unemp finds unemployment.
search-help-phrase = Quotation marks hold words together:
search-help-without = A hyphen right before a word leaves it out:
search-help-direct = A reference (2026-0001) or a date (20/11/2026) takes you straight to the release or the day.
search-examples = For example
search-or-lists = Or look through
search-description = Search all press releases by words, topic, source, language and date.
search-help-phrase-example = “public transport”
search-help-without-example = water -energy
# $span (String) - the numbers of the results on this page, as "21–40"
# $total (String) - how many there are on all pages
search-of = { $span } of { $total }
# $word (String) - the one word or phrase of several that is still looked for
search-widen-only = only “{ $word }”
# $word (String) - words that were looked for beside each other
search-widen-phrase = “{ $word }” without the quotation marks
find-submit-within = Search here
search-offers = You may be looking for
# $count (Number) - how many press releases it has
# $shown (String) - the same number as one reads it
# $name (String) - the name of an institution
search-offer-institution = { $count ->
    [one] { $name }: its press release
   *[other] { $name }: its { $shown } press releases
}
# $count (Number) - how many press releases it has
# $shown (String) - the same number as one reads it
# $name (String) - the name of a topic
search-offer-topic = { $count ->
    [one] Topic “{ $name }”: { $shown } press release
   *[other] Topic “{ $name }”: { $shown } press releases
}
# $count (Number) - how many press releases there are of that time
# $shown (String) - the same number as one reads it
# $name (String) - a year, a month with its year, or a day
search-offer-period = { $count ->
    [one] { $name }: { $shown } press release
   *[other] { $name }: { $shown } press releases
}
# $reference (String) - the number of a press release that is not there, as "2026-9999"
search-no-reference = There is no press release numbered { $reference }.
