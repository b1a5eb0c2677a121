# The pages that lead to press releases: home, lists, institutions, topics, archive.
front-heading = Press releases
front-latest = Latest press releases
front-sources = Sources
front-all = All
front-older = Older press releases
front-newer = Newer press releases
front-pages = More press releases
front-empty = Nothing has been published yet. The first press release will appear here the moment it is public.
front-mail-heading = By e-mail, at fixed times
# $hours (String) - the times of the day at which mail leaves, as "9:00, 13:00 and 17:00"
front-mail-text = What concerns you, once, every day at { $hours }.
front-mail-next = Next e-mail:
front-mail-subscribe = Choose and subscribe
front-corrections = Corrected or withdrawn
front-corrections-period = In the past seven days
front-all-institutions = All institutions
front-all-topics = All topics
front-last-word = and
# $source (String) - the name of an institution or of a family of sources
front-list-of = Press releases: { $source }
# $heading (String) - what the list is without its topic
# $topic (String) - the name of a topic
front-list-about = { $heading } on the topic of “{ $topic }”
# $heading (String) - what the list is without its month
# $month (String) - a month with its year
front-list-in = { $heading }, { $month }
front-list-description = Press releases in full, the newest first.
front-list-empty = No press release matches all of this.
front-list-empty-advice = Remove one of your choices, or subscribe: you will hear from us as soon as there is one.
front-list-end = There are no older press releases.
front-list-newest = To the newest press releases
front-list-subscribe = Receive these press releases by e-mail
front-chosen = Your choices
# $name (String) - the name of a family of sources
front-chosen-source = source: { $name }
# $name (String) - the name of an institution
front-chosen-institution = institution: { $name }
# $name (String) - the name of a topic
front-chosen-topic = topic: { $name }
# $name (String) - a month with its year
front-chosen-month = month: { $name }
# $name (String) - a year
front-chosen-year = year: { $name }
# $name (String) - a day with its month and year
front-chosen-day = day: { $name }
front-remove = Remove
front-clear = Remove all
# $count (Number) - how many choices there are already
front-narrow = { $count ->
    [0] Narrow down
    [one] Narrow down ({ $count } choice)
   *[other] Narrow down ({ $count } choices)
}
front-narrow-close = Show the list
front-narrow-source = Source
front-narrow-topic = Topic
front-narrow-month = Month
front-narrow-institution = Institution
front-other-months = Other months
front-institutions-lead = The institutions that publish here, with their press releases.
front-institutions-empty = There is no institution in the directory yet.
front-topics-lead = What the press releases are about.
front-topics-empty = There is no topic yet.
front-archive-lead = Every press release since the first one, month by month.
front-archive-empty = The archive begins with the first press release.
front-institution-website = Website of the institution
front-institution-latest = Latest press releases
front-institution-all = All press releases of this institution
front-institution-topics = Topics
front-institution-empty = This institution has not published anything here yet.
front-institution-subscribe = Receive its press releases by e-mail
front-choose = Choose your language
front-choose-own = Read the press releases in English
