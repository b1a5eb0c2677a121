# The frame of every page: menu, foot, names of languages and sources.
skip-to-content = Skip to content
language-menu = Language
menu = Menu
menu-close = Close
sections = Sections
press-centre = Press centre
nav-releases = Press releases
nav-institutions = Institutions
nav-topics = Topics
nav-archive = Archive
nav-subscribe = Subscribe
about-site = About this site
footer-text = Press releases appear in several languages and keep their address. Texts may be reused freely if the source is credited.
# $owner (String) - who is responsible for the site
footer-owner = A service of { $owner }.
nav-security = Security
nav-desk = Desk
language-fr = French
language-nl = Dutch
language-de = German
language-en = English
family-council = Council of Ministers
family-government = Government
family-institutions = Institutions
demo-note = This is a demonstration: an invented federation, its clock set to Friday 20 November 2026.
demo-mailbox = Open the demo’s mailbox
