# Feeds: the page that explains them, the links that lead to them, the marks in them.
feeds-nav = Feeds
feeds-heading = Feeds
feeds-lead = Press releases in your feed reader, in full, the moment they are public. No registration, no e-mail address.
feeds-how = How it works
feeds-how-text = Copy one of the addresses below into a feed reader (an app, a website or a mail program that reads feeds). It looks here from time to time and shows you what is new.
feeds-formats = Every feed comes in three formats: Atom, RSS and JSON Feed. The content is the same; most readers understand all three.
feeds-any = Every list and every search on this site has a feed, too: its link stands beside the results, and your choices stay in the address. For example:
# $count (Number) - how many press releases a feed holds
feeds-content = { $count ->
    [one] A feed holds the latest press release
   *[other] A feed holds the { $count } latest press releases
} in full, in the language of the feed or, failing that, in another one. Older ones follow on its further pages.
feeds-changes = A correction updates the press release, with a note on what was corrected. A withdrawn press release stays, marked as withdrawn, with the reason.
feeds-by-source = By source
feeds-everything = All press releases
# $format (String) - Atom, RSS or JSON
# $name (String) - what the feed holds
feeds-named = { $format }: { $name }
feeds-of-list = Follow these press releases by feed
feeds-of-institution = Follow this institution by feed
# $title (String) - the headline of a press release that was withdrawn
feeds-withdrawn-title = Withdrawn: { $title }
