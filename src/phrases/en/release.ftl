# A press release: its page, and how a list shows it.
release-kind-release = Press release
release-kind-decision = Decision of the Council of Ministers
release-kind-invitation = Press invitation
release-kind-speech = Speech
release-published = Published on
release-reference = Reference
release-source-number = Original number
release-versions = This press release in other languages
# $language (String) - the name of a language, with a capital
release-missing = { $language }: not available
# $names (String) - names of languages, separated by commas
release-languages = Languages: { $names }
# $language (String) - the name of a language
release-in-language = In { $language }
# $hour (String) - the time of day, of the day under whose heading the release stands
release-corrected-at = Corrected at { $hour }
# $day (String) - a date
# $hour (String) - a time of day
release-corrected-on = Corrected on { $day } at { $hour }
release-withdrawn = Withdrawn
release-withdrawn-heading = This press release has been withdrawn
# $day (String) - a date
# $hour (String) - a time of day
release-withdrawn-on = Withdrawn on { $day } at { $hour }
release-withdrawn-advice = The text stays here so that you can see what it said. Please do not use it any more.
release-share = Reuse and share
release-short-address = Short address
release-mail = Send by e-mail
release-copy = Copy the text
release-copied = Copied
release-print = Print
release-topics = Topics
# $name (String) - the topic or institution
release-subscribe = By e-mail: { $name }
release-related = See also
release-more = All press releases from this source
release-table = Table
# $reason (String) - why it was withdrawn, a sentence
release-withdrawn-lead = This release was withdrawn: { $reason }
# $number (Number) - of the edition
release-former = Read edition { $number }, with what has changed since
# $number (Number) - of the edition
# $title (String) - its headline
release-former-title = Edition { $number }: { $title }
# $number (Number) - of the edition
# $day (String) - a date
# $hour (String) - a time
release-former-replaced = This is edition { $number }. It was replaced on { $day } at { $hour }.
# $number (Number) - of the edition
release-former-of = This is edition { $number }; it is not the present one.
release-former-present = To the present text
release-former-changes = What has changed since
# $number (Number) - of the edition
# $day (String) - a date
# $hour (String) - a time
release-former-published = Edition { $number }, published on { $day } at { $hour }
# $day (String) - a date with its weekday
# $hour (String) - a time
release-not-before = Do not use before { $day }, { $hour }
release-in-name-of = In the name of
