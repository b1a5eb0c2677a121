# The pages about the site, and what is written to it.
nav-about = About
nav-contact = Contact
nav-help = Help
nav-accessibility = Accessibility
nav-privacy = Privacy
nav-legal = Legal notice
site-index-topics = Add, rename, merge
site-index-pages = About, contact, legal notice, privacy, help, accessibility
site-index-journal = Journal
site-index-journal-what = Who did what, and when
site-pages-title = Pages of the site
site-pages-look = Look
site-pages-edit = Change
site-pages-history = Revisions
# $by (String) - name
# $number (Number) - of the revision
# $when (String) - date
site-pages-revision = Revision { $number }, { $by }, { $when }
site-pages-brought = As the program brings it
site-pages-places = These words are replaced by what is set for the site:
site-pages-heading = Heading
site-pages-body = Text (Markdown)
site-pages-publish = Publish the page
site-pages-wrong-title = The page needs a heading in each language of the site.
site-pages-wrong-body = The page needs a text in each language of the site.
site-pages-overtaken = Somebody else published this page meanwhile. Your text is below; compare before you publish it over theirs.
site-pages-from = older:
site-pages-to = newer:
site-pages-compare = Compare A and B
# $what (String) - Revision 3, …
site-pages-restore = Restore: { $what }
site-pages-same = Unchanged.
suggestion-title = Write to us
suggestion-text = Your message
suggestion-about = Which page is it about? (optional)
suggestion-email = Your e-mail address (optional)
suggestion-email-hint = Only to answer you.
suggestion-send = Send
suggestion-wrong-empty = Write your message first.
suggestion-sent = Thank you, your message is on its way.
suggestion-sent-what = If you gave an address, we will answer you within thirty days.
suggestion-desk-title = Suggest an improvement
suggestion-desk-text = What do you miss, what holds you up, what bothers you?
suggestion-mail-contact = Message from a reader
suggestion-mail-accessibility = Accessibility obstacle
suggestion-mail-desk = Suggestion from the desk
# $who (String) - name or address
suggestion-mail-from = From: { $who }
suggestion-mail-anonymous = Without an address to answer to
# $page (String) - as they named it
suggestion-mail-about = About: { $page }
