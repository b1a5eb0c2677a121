//! Every address of the site, written once. The words of a path are in the page's language (DESIGN §7).

use chrono::NaiveDate;

use crate::kit::clock::Month;
use crate::kit::lang::Lang;

/// The word of each page in French, Dutch, German, English: the one table of path words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word([&'static str; 4]);

impl Word {
    /// In one language.
    pub const fn of(self, lang: Lang) -> &'static str {
        self.0[lang as usize]
    }
}

/// Below a release: its editions.
pub const EDITION: Word = Word(["edition", "editie", "ausgabe", "edition"]);
/// The list of releases, with its filter as query string.
pub const RELEASES: Word = Word(["communiques", "persberichten", "pressemitteilungen", "releases"]);
/// The search, with its filter as query string.
pub const SEARCH: Word = Word(["recherche", "zoeken", "suche", "search"]);
/// Below it: completions of what is being typed.
pub const SUGGESTIONS: Word = Word(["suggestions", "suggesties", "vorschlaege", "suggestions"]);
/// The months of the archive.
pub const ARCHIVE: Word = Word(["archives", "archief", "archiv", "archive"]);
/// All institutions, and below it each of them.
pub const INSTITUTIONS: Word = Word(["institutions", "instellingen", "einrichtungen", "institutions"]);
/// All topics.
pub const TOPICS: Word = Word(["themes", "themas", "themen", "topics"]);
/// The form to subscribe.
pub const SUBSCRIBE: Word = Word(["abonnement", "abonnement", "abonnement", "subscribe"]);
/// What feeds are and where they stand.
pub const FEEDS: Word = Word(["flux", "feeds", "feeds", "feeds"]);
/// Below it: the landing page of the confirmation link.
pub const CONFIRMATION: Word = Word(["confirmation", "bevestiging", "bestaetigung", "confirmation"]);
/// Below it: the landing page of the link that ends it.
pub const UNSUBSCRIBE: Word = Word(["fin", "einde", "ende", "end"]);

/// Below the form to subscribe: one's own subscriptions.
pub const MANAGE: Word = Word(["gestion", "beheer", "verwaltung", "manage"]);
/// Below that: a link is asked for.
pub const MANAGE_LINK: Word = Word(["lien", "link", "link", "link"]);
/// Below that: where such a link leads.
pub const MANAGE_OPEN: Word = Word(["ouvrir", "openen", "oeffnen", "open"]);
/// Below that: in which order languages come.
pub const MANAGE_LANGUAGES: Word = Word(["langues", "talen", "sprachen", "languages"]);
/// Below that: how often.
pub const MANAGE_RHYTHM: Word = Word(["rythme", "ritme", "rhythmus", "rhythm"]);
/// Below that: not between two days.
pub const MANAGE_PAUSE: Word = Word(["pause", "pauze", "pause", "pause"]);
/// Below that: again.
pub const MANAGE_RESUMPTION: Word = Word(["reprise", "hervatting", "fortsetzung", "resumption"]);
/// Below that: one more.
pub const MANAGE_ADDITION: Word = Word(["ajout", "toevoeging", "hinzufuegen", "addition"]);
/// Below that: another address.
pub const MANAGE_ADDRESS: Word = Word(["adresse", "adres", "adresse", "address"]);
/// Below that: all that is held about somebody.
pub const MANAGE_DATA: Word = Word(["donnees", "gegevens", "daten", "data"]);
/// Below that: how it goes.
pub const MANAGE_ERASURE: Word = Word(["effacement", "wissing", "loeschung", "erasure"]);
/// Below that: this device closes.
pub const MANAGE_CLOSING: Word = Word(["sortie", "afsluiten", "schliessen", "closing"]);

/// What the site is.
pub const ABOUT: Word = Word(["a-propos", "over", "ueber", "about"]);
/// Whom to write to.
pub const CONTACT: Word = Word(["contact", "contact", "kontakt", "contact"]);
/// Who publishes it.
pub const LEGAL: Word = Word(["mentions-legales", "juridische-informatie", "impressum", "legal-notice"]);
/// What becomes of data about people.
pub const PRIVACY: Word = Word(["vie-privee", "privacy", "datenschutz", "privacy"]);
/// How it is used.
pub const HELP: Word = Word(["aide", "hulp", "hilfe", "help"]);
/// The statutory statement.
pub const ACCESSIBILITY: Word = Word(["accessibilite", "toegankelijkheid", "barrierefreiheit", "accessibility"]);
/// Below a page with a form: what is written to the site.
pub const MESSAGE: Word = Word(["message", "bericht", "nachricht", "message"]);
/// Below that: it was sent.
pub const THANKS: Word = Word(["merci", "bedankt", "danke", "thanks"]);
/// How the mail is doing.
pub const MAILINGS: Word = Word(["etat-des-envois", "stand-van-de-verzendingen", "stand-des-versands", "mailings"]);
/// Whom the press calls.
pub const PRESS_CONTACTS: Word = Word(["contacts-presse", "perscontacten", "pressekontakte", "press-contacts"]);
/// Who governs, and below it each government.
pub const GOVERNMENT: Word = Word(["gouvernement", "regering", "regierung", "government"]);
/// Below it: its members.
pub const MEMBERS: Word = Word(["membres", "leden", "mitglieder", "members"]);

/// The meetings of the Council of Ministers, and below it each of them.
pub const COUNCIL: Word = Word(["conseil-des-ministres", "ministerraad", "ministerrat", "council-of-ministers"]);
/// Below a meeting: all its texts on one page.
pub const PRESS_KIT: Word = Word(["dossier-de-presse", "persmap", "pressemappe", "press-kit"]);

/// Below it: what is shown after the form was sent.
pub const ASKED: Word = Word(["demande", "aanvraag", "anfrage", "asked"]);

/// `/fr/`
pub fn home(lang: Lang) -> String {
    format!("/{lang}/")
}

/// `/fr/communiques`, with a canonical query string if it is not empty.
pub fn releases(lang: Lang, query: &str) -> String {
    with_query(format!("/{lang}/{}", RELEASES.of(lang)), query)
}

/// `/fr/recherche`, with a canonical query string if it is not empty.
pub fn search(lang: Lang, query: &str) -> String {
    with_query(format!("/{lang}/{}", SEARCH.of(lang)), query)
}

/// `/fr/recherche/suggestions`: completions of what is being typed, for the script.
pub fn suggestions(lang: Lang) -> String {
    format!("/{lang}/{}/{}", SEARCH.of(lang), SUGGESTIONS.of(lang))
}

/// `/fr/communiques.atom`, the feed of the same list.
pub fn feed(lang: Lang, format: &str, query: &str) -> String {
    with_query(format!("/{lang}/{}.{format}", RELEASES.of(lang)), query)
}

/// The formats of feeds: the end of the address, what people call it, and its type (RFC 4287; RSS 2.0; JSON Feed 1.1).
pub const FEED_FORMATS: [(&str, &str, &str); 3] = [
    ("atom", "Atom", "application/atom+xml"),
    ("rss", "RSS", "application/rss+xml"),
    ("json", "JSON", "application/feed+json"),
];

/// `/fr/flux`, which tells people of feeds.
pub fn feeds(lang: Lang) -> String {
    format!("/{lang}/{}", FEEDS.of(lang))
}

/// `/fr/archives`
pub fn archive(lang: Lang) -> String {
    format!("/{lang}/{}", ARCHIVE.of(lang))
}

/// `/fr/institutions`
pub fn institutions(lang: Lang) -> String {
    format!("/{lang}/{}", INSTITUTIONS.of(lang))
}

/// `/fr/institutions/water-agency`
pub fn institution(lang: Lang, code: &str) -> String {
    format!("/{lang}/{}/{code}", INSTITUTIONS.of(lang))
}

/// `/fr/themes`
pub fn topics(lang: Lang) -> String {
    format!("/{lang}/{}", TOPICS.of(lang))
}

/// `/fr/accessibilite`
pub fn site_page(lang: Lang, page: Word) -> String {
    format!("/{lang}/{}", page.of(lang))
}

/// `/fr/accessibilite/message`: to POST it is to write to the site.
pub fn site_message(lang: Lang, page: Word) -> String {
    format!("{}/{}", site_page(lang, page), MESSAGE.of(lang))
}

/// `/fr/accessibilite/message/merci`
pub fn site_message_sent(lang: Lang, page: Word) -> String {
    format!("{}/{}", site_message(lang, page), THANKS.of(lang))
}

/// `/fr/etat-des-envois`
pub fn mailings(lang: Lang) -> String {
    format!("/{lang}/{}", MAILINGS.of(lang))
}

/// `/fr/contacts-presse`
pub fn press_contacts(lang: Lang) -> String {
    format!("/{lang}/{}", PRESS_CONTACTS.of(lang))
}

/// `/fr/contacts-presse.vcf`, `.csv`, `.json`: the same contacts for other programs, with the same query string.
pub fn press_contacts_file(lang: Lang, format: &str, query: &str) -> String {
    with_query(format!("{}.{format}", press_contacts(lang)), query)
}

/// `/fr/contacts-presse/12.vcf`: one of them for an address book.
pub fn press_contact_card(lang: Lang, contact: &str) -> String {
    format!("{}/{contact}.vcf", press_contacts(lang))
}

/// `/fr/gouvernement`: who governs.
pub fn present_government(lang: Lang) -> String {
    format!("/{lang}/{}", GOVERNMENT.of(lang))
}

/// `/fr/gouvernement/tervarent`: that one, former or present.
pub fn government(lang: Lang, code: &str) -> String {
    format!("{}/{code}", present_government(lang))
}

/// `/fr/gouvernement/membres/helene-varnier`
pub fn member(lang: Lang, person: &str) -> String {
    format!("{}/{}/{person}", present_government(lang), MEMBERS.of(lang))
}

/// `/fr/conseil-des-ministres`, of one year with `year=2026`.
pub fn council(lang: Lang, query: &str) -> String {
    with_query(format!("/{lang}/{}", COUNCIL.of(lang)), query)
}

/// `/fr/conseil-des-ministres.atom`, the feed of the meetings.
pub fn council_feed(lang: Lang, format: &str) -> String {
    format!("/{lang}/{}.{format}", COUNCIL.of(lang))
}

/// `/fr/conseil-des-ministres/2026-11-20`
pub fn meeting(lang: Lang, code: &str) -> String {
    format!("/{lang}/{}/{code}", COUNCIL.of(lang))
}

/// `/fr/conseil-des-ministres/2026-11-20/dossier-de-presse`, in two languages with `with=nl`.
pub fn press_kit(lang: Lang, code: &str, query: &str) -> String {
    with_query(format!("{}/{}", meeting(lang, code), PRESS_KIT.of(lang)), query)
}

/// `/fr/conseil-des-ministres/2026-11-20/dossier-de-presse.md`, the same as a file.
pub fn press_kit_file(lang: Lang, code: &str, ending: &str, query: &str) -> String {
    with_query(format!("{}.{ending}", press_kit(lang, code, "")), query)
}

/// `/fr/2026/11/20/crue-de-la-meurthe-basse`
pub fn release(lang: Lang, on: NaiveDate, slug: &str) -> String {
    format!("/{lang}/{}/{slug}", on.format("%Y/%m/%d"))
}

/// `/fr/2026/11/20/crue-de-la-meurthe-basse/edition/1`: an edition that is no longer the present one, as it was.
pub fn edition(lang: Lang, on: NaiveDate, slug: &str, number: i32) -> String {
    format!("{}/{}/{number}", release(lang, on, slug), EDITION.of(lang))
}

/// The pattern of [`edition`].
pub fn edition_pattern(lang: Lang) -> String {
    format!(r"{}/{}/{{number:\d{{1,4}}}}", release_pattern(lang), EDITION.of(lang))
}

/// The pattern of [`release`], for the list of routes.
pub fn release_pattern(lang: Lang) -> String {
    format!(r"/{lang}/{{year:\d{{4}}}}/{{month:\d{{2}}}}/{{day:\d{{2}}}}/{{slug}}")
}

/// `/2026-0417`, the short address.
pub fn short(reference: &str) -> String {
    format!("/{reference}")
}

/// `/fr/2026-0417`, the short address in one language: what mails link to.
pub fn short_in(lang: Lang, reference: &str) -> String {
    format!("/{lang}/{reference}")
}

/// `/fr/abonnement`, with the filter of the list it is asked from.
pub fn subscribe(lang: Lang, query: &str) -> String {
    with_query(format!("/{lang}/{}", SUBSCRIBE.of(lang)), query)
}

/// `/fr/abonnement/demande`: look into your mailbox.
pub fn subscription_asked(lang: Lang) -> String {
    format!("/{lang}/{}/{}", SUBSCRIBE.of(lang), ASKED.of(lang))
}

/// Where the link of a confirmation mail leads.
pub fn confirmation(lang: Lang, token: &str) -> String {
    format!("/{lang}/{}/{}/{token}", SUBSCRIBE.of(lang), CONFIRMATION.of(lang))
}

/// Where the link that ends a subscription leads, for a person (GET asks) and for a mail program (POST, RFC 8058).
pub fn unsubscribe(lang: Lang, token: &str) -> String {
    format!("/{lang}/{}/{}/{token}", SUBSCRIBE.of(lang), UNSUBSCRIBE.of(lang))
}

/// `/fr/abonnement/gestion`: one's own subscriptions, or the form that asks for a link to them.
pub fn managing(lang: Lang) -> String {
    format!("/{lang}/{}/{}", SUBSCRIBE.of(lang), MANAGE.of(lang))
}

/// Below it: what is POSTed there is done.
pub fn managing_part(lang: Lang, part: Word) -> String {
    format!("{}/{}", managing(lang), part.of(lang))
}

/// `/fr/abonnement/gestion/lien/demande`: look into your mailbox.
pub fn managing_asked(lang: Lang) -> String {
    format!("{}/{}", managing_part(lang, MANAGE_LINK), ASKED.of(lang))
}

/// Where a link to one's subscriptions leads.
pub fn managing_opened(lang: Lang, token: &str) -> String {
    format!("{}/{token}", managing_part(lang, MANAGE_OPEN))
}

/// Where the proof of another address leads.
pub fn managing_address(lang: Lang, token: &str) -> String {
    format!("{}/{token}", managing_part(lang, MANAGE_ADDRESS))
}

/// Where mail that came back is handed in, by a program.
pub const BOUNCES: &str = "/bounces";

/// The pattern of [`short`].
pub const SHORT_PATTERN: &str = r"/{reference:\d{4}-\d{4,}}";
/// The reference in a pattern.
pub const REFERENCE: &str = r"{reference:\d{4}-\d{4,}}";

/// RFC 9309.
pub const ROBOTS_TXT: &str = "/robots.txt";
/// The index of the sitemap, <https://www.sitemaps.org/protocol.html>.
pub const SITEMAP: &str = "/sitemap.xml";
/// Of it, the pages that are no releases.
pub const SITEMAP_SITE: &str = "/sitemap-site.xml";
/// Of it, the releases of a month.
pub const SITEMAP_MONTH: &str = r"/sitemap-{month:\d{4}-\d{2}}.xml";
/// Of it, what a month has more of.
pub const SITEMAP_MONTH_PART: &str = r"/sitemap-{month:\d{4}-\d{2}}-{part:\d{1,4}}.xml";
/// What was published in the last two days.
pub const NEWS_SITEMAP: &str = "/news-sitemap.xml";
/// RFC 9116.
pub const SECURITY_TXT: &str = "/.well-known/security.txt";
/// Files with their digest in the name.
pub const STATIC: &str = "/static/{name}";
/// Alive.
pub const HEALTHZ: &str = "/healthz";
/// Ready.
pub const READYZ: &str = "/readyz";

/// The desk's first page.
pub const DESK: &str = "/desk";
/// The door of the desk.
pub const SIGN_IN: &str = "/desk/sign-in";
/// Between password and session: the code of the authenticator.
pub const SIGN_IN_CODE: &str = "/desk/sign-in/code";
/// Between password and session: an authenticator that has to be set up first.
pub const SIGN_IN_SET_UP: &str = "/desk/sign-in/second-factor";
/// Where the link of an invitation leads. Tokens stand in the fifth place of a path, where no log looks.
pub const INVITATION: &str = "/desk/sign-in/invitation/{token}";
/// Where the link in the place of a forgotten password leads.
pub const NEW_PASSWORD: &str = "/desk/sign-in/new-password/{token}";
/// Where the link that proves a new address leads.
pub const NEW_ADDRESS: &str = "/desk/sign-in/address/{token}";
/// For who forgot their password.
pub const FORGOTTEN: &str = "/desk/forgotten";
/// What is shown after that form.
pub const FORGOTTEN_ASKED: &str = "/desk/forgotten/asked";
/// The way out.
pub const SIGN_OUT: &str = "/desk/sign-out";
/// The press lists of an institution; to POST it makes one.
pub const DESK_PRESS_LISTS: &str = "/desk/institutions/{institution}/press-lists";
/// One of them; to POST it describes it anew.
pub const DESK_PRESS_LIST: &str = "/desk/institutions/{institution}/press-lists/{list}";
/// To POST it adds addresses.
pub const DESK_PRESS_LIST_MEMBERS: &str = "/desk/institutions/{institution}/press-lists/{list}/members";
/// To POST it takes one off.
pub const DESK_PRESS_LIST_REMOVAL: &str = "/desk/institutions/{institution}/press-lists/{list}/removal";
/// To POST it closes the list.
pub const DESK_PRESS_LIST_CLOSING: &str = "/desk/institutions/{institution}/press-lists/{list}/closing";
/// Every release one may see.
pub const DESK_RELEASES: &str = "/desk/releases";
/// A new one.
pub const DESK_RELEASES_NEW: &str = "/desk/releases/new";
/// Its overview, and below it each thing that is done to it.
pub const DESK_RELEASE: &str = "/desk/releases/{release}";
/// Where it is written.
pub const DESK_EDITOR: &str = "/desk/releases/{release}/editor";
/// What is being written, saved as one types; who else has it open.
pub const DESK_DRAFT: &str = "/desk/releases/{release}/draft";
/// A text as the site will show it.
pub const DESK_PREVIEW: &str = "/desk/releases/{release}/preview";
/// What was pasted, as Markdown.
pub const DESK_PASTED: &str = "/desk/pasted";
/// Its revisions.
pub const DESK_HISTORY: &str = "/desk/releases/{release}/history";
/// The way to the public.
pub const DESK_PUBLICATION: &str = "/desk/releases/{release}/publication";
/// What goes public when.
pub const DESK_CALENDAR: &str = "/desk/calendar";
/// The same for a calendar program.
pub const DESK_CALENDAR_ICS: &str = "/desk/calendar.ics";
/// Personal links to it before it is public.
pub const DESK_PREVIEWS: &str = "/desk/releases/{release}/previews";
/// To POST it ends one of them.
pub const DESK_PREVIEW_END: &str = "/desk/releases/{release}/previews/{grant}/end";
/// What is public, corrected.
pub const DESK_CORRECTION: &str = "/desk/releases/{release}/correction";
/// What is public, taken off, and brought back.
pub const DESK_WITHDRAWAL: &str = "/desk/releases/{release}/withdrawal";
/// To POST it is to say that a forced publication was right.
pub const DESK_RATIFICATION: &str = "/desk/releases/{release}/ratification";
/// A personal link to what is not public: who it is for, and the button that opens it.
pub const PREVIEW: &str = "/preview/{token}";
/// A file that it covers.
pub const PREVIEW_FILE: &str = "/preview/{token}/files/{asset}/{size}";
/// What it shows, in one language.
pub const PREVIEW_PAGE: &str = "/preview/{token}/{lang}";
/// Institutions: their settings and contacts.
pub const DESK_INSTITUTIONS: &str = "/desk/institutions";
/// One of them.
pub const DESK_INSTITUTION: &str = "/desk/institutions/{institution}";
/// To POST it is to change what it has set.
pub const DESK_INSTITUTION_SETTINGS: &str = "/desk/institutions/{institution}/settings";
/// To POST it is to change what else it says of itself.
pub const DESK_INSTITUTION_PROFILE: &str = "/desk/institutions/{institution}/profile";
/// Its contacts.
pub const DESK_CONTACTS: &str = "/desk/institutions/{institution}/contacts";
/// A new one.
pub const DESK_CONTACTS_NEW: &str = "/desk/institutions/{institution}/contacts/new";
/// One of them.
pub const DESK_CONTACT: &str = "/desk/institutions/{institution}/contacts/{contact}";
/// To POST it is to move it up or down.
pub const DESK_CONTACT_PLACE: &str = "/desk/institutions/{institution}/contacts/{contact}/place";
/// To POST it is to say that they are no longer reached.
pub const DESK_CONTACT_END: &str = "/desk/institutions/{institution}/contacts/{contact}/end";
/// An institution that is to publish here.
pub const DESK_INSTITUTIONS_NEW: &str = "/desk/institutions/new";
/// Who answers at which hours, week by week.
pub const DESK_STANDBY: &str = "/desk/institutions/{institution}/standby";
/// To POST it is to end an institution, with what takes its place; or to open it again.
pub const DESK_INSTITUTION_CLOSING: &str = "/desk/institutions/{institution}/closing";
/// Who governs: the present government, those that are prepared, the former ones. To POST it is to prepare one.
pub const DESK_GOVERNMENTS: &str = "/desk/governments";
/// One of them.
pub const DESK_GOVERNMENT: &str = "/desk/governments/{government}";
/// To POST it is to say when it takes over, and what becomes of the present mandates.
pub const DESK_GOVERNMENT_PLAN: &str = "/desk/governments/{government}/plan";
/// To POST it is to give it another name.
pub const DESK_GOVERNMENT_NAME: &str = "/desk/governments/{government}/name";
/// To POST it is to say whether it only carries on.
pub const DESK_GOVERNMENT_CARETAKER: &str = "/desk/governments/{government}/caretaker";
/// The public page of a prepared one, as it would be.
pub const DESK_GOVERNMENT_PREVIEW: &str = "/desk/governments/{government}/preview";
/// What will happen when it takes over; to POST it is to do it now.
pub const DESK_GOVERNMENT_TAKEOVER: &str = "/desk/governments/{government}/takeover";
/// To POST it is to give a prepared one up.
pub const DESK_GOVERNMENT_DISCARDING: &str = "/desk/governments/{government}/discarding";
/// A member of it to add.
pub const DESK_GOVERNMENT_MANDATES: &str = "/desk/governments/{government}/mandates";
/// The vocabulary of who governs: persons, offices, competences. To POST it is to add one.
pub const DESK_REGISTERS: &str = "/desk/offices";
/// To POST it is to rename one of them.
pub const DESK_REGISTERS_NAME: &str = "/desk/offices/name";
/// A mandate: who speaks and who answers for it.
pub const DESK_MANDATE: &str = "/desk/mandates/{mandate}";
/// What it says: office, person, title, competences, policy cell.
pub const DESK_MANDATE_FACTS: &str = "/desk/mandates/{mandate}/facts";
/// To POST it is to end it; a prepared one, to take it out.
pub const DESK_MANDATE_END: &str = "/desk/mandates/{mandate}/end";
/// Somebody who is to speak for it.
pub const DESK_SPOKESPERSONS: &str = "/desk/mandates/{mandate}/spokespersons";
/// One of them.
pub const DESK_SPOKESPERSON: &str = "/desk/mandates/{mandate}/spokespersons/{spokesperson}";
/// To POST it is to say that they speak for it no longer.
pub const DESK_SPOKESPERSON_END: &str = "/desk/mandates/{mandate}/spokespersons/{spokesperson}/end";
/// Digests and who is reached.
pub const DESK_MAILINGS: &str = "/desk/mailings";
/// What the next slot would send.
pub const DESK_MAILINGS_PLAN: &str = "/desk/mailings/plan";
/// To POST it is to open a slot that has come.
pub const DESK_MAILINGS_OPENING: &str = "/desk/mailings/opening";
/// One run.
pub const DESK_RUN: &str = "/desk/mailings/runs/{run}";
/// To POST it is to send once more what waits for somebody's word.
pub const DESK_RUN_SENDING: &str = "/desk/mailings/runs/{run}/sending";
/// To POST an address is to look for its reader.
pub const DESK_READERS: &str = "/desk/mailings/readers";
/// What one reader was sent.
pub const DESK_READER: &str = "/desk/mailings/readers/{subscriber}";
/// Who works here.
pub const DESK_PEOPLE: &str = "/desk/people";
/// One's own account.
pub const DESK_ACCOUNT: &str = "/desk/account";
/// The thematic vocabulary.
pub const DESK_TOPICS: &str = "/desk/topics";
/// One of its terms.
pub const DESK_TOPIC: &str = "/desk/topics/{topic}";
/// To POST it is to merge it into another.
pub const DESK_TOPIC_MERGING: &str = "/desk/topics/{topic}/merging";
/// The pages about the site.
pub const DESK_PAGES: &str = "/desk/pages";
/// One of them.
pub const DESK_PAGE: &str = "/desk/pages/{page}";
/// Its revisions, any two compared.
pub const DESK_PAGE_HISTORY: &str = "/desk/pages/{page}/history";
/// To POST it is to bring an earlier revision back.
pub const DESK_PAGE_RESTORATION: &str = "/desk/pages/{page}/restoration";
/// What communicators miss.
pub const DESK_SUGGESTION: &str = "/desk/suggestion";
/// To POST it is to change one's name and language.
pub const DESK_ACCOUNT_PROFILE: &str = "/desk/account/profile";
/// … one's password.
pub const DESK_ACCOUNT_PASSWORD: &str = "/desk/account/password";
/// … one's mail address, once the new one is proved.
pub const DESK_ACCOUNT_ADDRESS: &str = "/desk/account/address";
/// The password once more, before what opens the door is changed.
pub const DESK_ACCOUNT_PROOF: &str = "/desk/account/proof";
/// Sets up an authenticator.
pub const DESK_ACCOUNT_SECOND_FACTOR: &str = "/desk/account/second-factor";
/// To POST it is to do without one.
pub const DESK_ACCOUNT_SECOND_FACTOR_END: &str = "/desk/account/second-factor/end";
/// To POST it is to get new recovery codes.
pub const DESK_ACCOUNT_RECOVERY_CODES: &str = "/desk/account/recovery-codes";
/// The codes that were shown, as a file.
pub const DESK_ACCOUNT_RECOVERY_FILE: &str = "/desk/account/recovery-codes.txt";
/// To POST it is to end a session.
pub const DESK_ACCOUNT_SESSION_END: &str = "/desk/account/sessions/{session}/end";
/// To POST it is to end all sessions but this one.
pub const DESK_ACCOUNT_SESSIONS_END: &str = "/desk/account/sessions/end-others";
/// Somebody who is to work here.
pub const DESK_PEOPLE_NEW: &str = "/desk/people/new";
/// Somebody who works here, and below it each thing that is done to their account.
pub const DESK_PERSON: &str = "/desk/people/{account}";
/// To POST it is to close the account.
pub const DESK_PERSON_CLOSING: &str = "/desk/people/{account}/closing";
/// To POST it is to open the account again.
pub const DESK_PERSON_OPENING: &str = "/desk/people/{account}/opening";
/// To POST it is to send the invitation again.
pub const DESK_PERSON_INVITATION: &str = "/desk/people/{account}/invitation";
/// To POST it is to take the authenticator away.
pub const DESK_PERSON_SECOND_FACTOR: &str = "/desk/people/{account}/second-factor";
/// The meetings of the Council.
pub const DESK_MEETINGS: &str = "/desk/meetings";
/// A new one.
pub const DESK_MEETINGS_NEW: &str = "/desk/meetings/new";
/// One of them, and below it each thing that is done to it.
pub const DESK_MEETING: &str = "/desk/meetings/{meeting}";
/// Its day, place, chair, languages, instants.
pub const DESK_MEETING_PLAN: &str = "/desk/meetings/{meeting}/plan";
/// An agenda that is pasted.
pub const DESK_MEETING_IMPORT: &str = "/desk/meetings/{meeting}/import";
/// To POST it is to add a decision.
pub const DESK_MEETING_DECISIONS: &str = "/desk/meetings/{meeting}/decisions";
/// Who proposes a decision, and what it is.
pub const DESK_MEETING_DECISION: &str = "/desk/meetings/{meeting}/decisions/{release}";
/// To POST it is to give it another place in the agenda.
pub const DESK_MEETING_PLACE: &str = "/desk/meetings/{meeting}/decisions/{release}/place";
/// To POST it is to move it to another meeting.
pub const DESK_MEETING_MOVE: &str = "/desk/meetings/{meeting}/decisions/{release}/meeting";
/// To POST it is to pull it out, or to put it back in.
pub const DESK_MEETING_HOLD: &str = "/desk/meetings/{meeting}/decisions/{release}/hold";
/// To POST it is to publish it after its meeting.
pub const DESK_MEETING_LATER: &str = "/desk/meetings/{meeting}/decisions/{release}/publication";
/// What goes out and what does not; to POST it is to publish or to arm.
pub const DESK_MEETING_PUBLICATION: &str = "/desk/meetings/{meeting}/publication";
/// To POST it is to take the arming off.
pub const DESK_MEETING_DISARMING: &str = "/desk/meetings/{meeting}/disarming";
/// To POST it is to say that it does not take place.
pub const DESK_MEETING_CANCELLATION: &str = "/desk/meetings/{meeting}/cancellation";
/// To POST it is to say that it takes place after all.
pub const DESK_MEETING_REOPENING: &str = "/desk/meetings/{meeting}/reopening";
/// Who did what.
pub const DESK_JOURNAL: &str = "/desk/journal";
/// The same as a table for other programs.
pub const DESK_JOURNAL_CSV: &str = "/desk/journal.csv";
/// Who did what to one release.
pub const DESK_RELEASE_JOURNAL: &str = "/desk/releases/{release}/journal";
/// Topics, site pages, journal.
pub const DESK_SITE: &str = "/desk/site";
/// To POST it is to move the demo's clock to its next slot.
pub const DESK_DEMO_CLOCK: &str = "/desk/demo-clock";

/// The live board of a meeting: items by mandates, and whose turn it is.
pub const DESK_BOARD: &str = "/desk/meetings/{meeting}/board";
/// That it changed, as it changes (server-sent events).
pub const DESK_BOARD_EVENTS: &str = "/desk/meetings/{meeting}/board/events";
/// What would be sent, and to whom; to POST it is to send.
pub const DESK_BOARD_ROUND: &str = "/desk/meetings/{meeting}/board/round";
/// To POST it is to write once more to whoever has not answered.
pub const DESK_BOARD_REMINDER: &str = "/desk/meetings/{meeting}/board/reminder";
/// What a mandate answered to an item, and what can be done about it; to POST it is to do it.
pub const DESK_BOARD_PLACE: &str = "/desk/meetings/{meeting}/board/{edition}/{mandate}";
/// To POST it is to have one more mandate asked about an item.
pub const DESK_BOARD_ADDITION: &str = "/desk/meetings/{meeting}/board/{edition}/more";
/// To POST it is to take an item's text up again, in the editor.
pub const DESK_BOARD_EDITING: &str = "/desk/meetings/{meeting}/board/{edition}/text";
/// What waits for the answer of somebody who signs in.
pub const DESK_ANSWERS: &str = "/desk/answers";
/// Of one meeting; to POST it is to answer.
pub const DESK_ANSWERS_MEETING: &str = "/desk/answers/{meeting}";
/// To POST it is to let somebody answer in one's place.
pub const DESK_ANSWERS_DEPUTY: &str = "/desk/answers/{meeting}/deputy";
/// What was answered together.
pub const DESK_ANSWERS_RECEIPT: &str = "/desk/answers/{meeting}/receipts/{receipt}";
/// A personal link to what waits for an answer: for whom it is, and the button that opens it.
pub const ANSWER_DOOR: &str = "/answer/{token}";
/// To POST it is to have a new one sent to the known address.
pub const ANSWER_NEW_LINK: &str = "/answer/{token}/new-link";
/// What is asked, on a device that opened a link; to POST it is to answer.
pub const ANSWERS: &str = "/answers/{device}";
/// To POST it is to let somebody answer in one's place.
pub const ANSWERS_DEPUTY: &str = "/answers/{device}/deputy";
/// What was answered together.
pub const ANSWERS_RECEIPT: &str = "/answers/{device}/receipts/{receipt}";

/// The address of a pattern for one meeting.
pub fn of_meeting(pattern: &str, meeting: crate::ids::MeetingId) -> String {
    pattern.replace("{meeting}", &meeting.to_string())
}

/// The address of a pattern of the board for one item.
pub fn of_item(pattern: &str, meeting: crate::ids::MeetingId, edition: crate::ids::EditionId) -> String {
    of_meeting(pattern, meeting).replace("{edition}", &edition.to_string())
}

/// Where one mandate's say about one item stands.
pub fn board_place(
    meeting: crate::ids::MeetingId,
    edition: crate::ids::EditionId,
    mandate: crate::ids::MandateId,
) -> String {
    of_item(DESK_BOARD_PLACE, meeting, edition).replace("{mandate}", &mandate.to_string())
}

/// Where the link of a mail to a spokesperson leads.
pub fn answer_door(token: &str) -> String {
    ANSWER_DOOR.replace("{token}", token)
}

/// The address of a pattern for one device.
pub fn of_device(pattern: &str, device: crate::ids::DeviceId) -> String {
    pattern.replace("{device}", &device.to_string())
}

/// A public file: its token, and the name that it is kept under.
pub const MEDIA: &str = "/media/{token}/{name}";
/// A file of an asset, for who works here: `original`, `file`, or a width.
pub const DESK_FILE: &str = "/desk/files/{asset}/{size}";
/// To POST it is to upload files for a release.
pub const DESK_MEDIA: &str = "/desk/releases/{release}/media";
/// To POST it is to begin a file that comes in pieces.
pub const DESK_UPLOADS: &str = "/desk/releases/{release}/uploads";
/// Such a file: how far it has come, and its next piece.
pub const DESK_UPLOAD: &str = "/desk/releases/{release}/uploads/{upload}";

/// `/media/…/pont-640.webp`. The name is escaped where an address needs it.
pub fn media(token: &str, name: &str) -> String {
    format!("/media/{token}/{}", escaped(name))
}

/// `/desk/files/12/640`
pub fn desk_file(asset: crate::ids::AssetId, size: &str) -> String {
    format!("/desk/files/{asset}/{size}")
}

/// Whether an address takes files or whole mails, whose bodies are read as they come.
pub fn takes_files(path: &str) -> bool {
    if path == BOUNCES || matches!(path, DESK_IMPORTS_FILE | DESK_REDIRECTS_FILE) {
        return true;
    }
    let mut parts = path.split('/').skip(1);
    let is_of_release = (parts.next(), parts.next(), parts.next().is_some()) == (Some("desk"), Some("releases"), true);
    is_of_release
        && matches!(
            (parts.next(), parts.next(), parts.next()),
            (Some("media"), None, _) | (Some("uploads"), Some(_), None)
        )
}

/// A part of a path: everything but letters, digits and `-._~` as `%XX` of its UTF-8.
fn escaped(part: &str) -> String {
    use std::fmt::Write;
    part.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Archives that were brought in, and how a new one begins.
pub const DESK_IMPORTS: &str = "/desk/imports";
/// A new one.
pub const DESK_IMPORTS_NEW: &str = "/desk/imports/new";
/// To POST it is to upload its file.
pub const DESK_IMPORTS_FILE: &str = "/desk/imports/file";
/// One of them; to POST it is to wish something of it.
pub const DESK_IMPORT: &str = "/desk/imports/{import}";
/// To POST it is to say that it is right.
pub const DESK_IMPORT_ACCEPTANCE: &str = "/desk/imports/{import}/acceptance";
/// What became of everything: `items.csv` or `items.json`.
pub const DESK_IMPORT_REPORT: &str = "/desk/imports/{import}/report/{name}";
/// Old addresses and where they lead.
pub const DESK_REDIRECTS: &str = "/desk/redirects";
/// To POST it is to add those of a table.
pub const DESK_REDIRECTS_FILE: &str = "/desk/redirects/file";
/// One of them.
pub const DESK_REDIRECT: &str = "/desk/redirects/{redirect}";
/// To POST it is to take it away.
pub const DESK_REDIRECT_REMOVAL: &str = "/desk/redirects/{redirect}/removal";
/// What a former site had of a release, beside its text.
pub const DESK_ORIGINAL: &str = "/desk/releases/{release}/original";

/// The address of a pattern of the desk for one import.
pub fn of_import(pattern: &str, import: crate::ids::ImportId) -> String {
    pattern.replace("{import}", &import.to_string())
}

/// The address of a pattern of the desk for one old address.
pub fn of_redirect(pattern: &str, redirect: crate::ids::RedirectId) -> String {
    pattern.replace("{redirect}", &redirect.to_string())
}

/// The demo's mailbox.
pub const MAILBOX: &str = "/mailbox";
/// One mail in it.
pub const MAILBOX_MAIL: &str = "/mailbox/{name}";
/// The HTML body of that mail, alone.
pub const MAILBOX_HTML: &str = "/mailbox/{name}/html";

/// Where a mailed link of that purpose leads.
pub fn account_link(purpose: &str, token: &str) -> String {
    format!("{SIGN_IN}/{purpose}/{token}")
}

/// The address of [`DESK_ACCOUNT_SESSION_END`].
pub fn account_session_end(session: i64) -> String {
    DESK_ACCOUNT_SESSION_END.replace("{session}", &session.to_string())
}

/// The address of a pattern of the desk for one account.
pub fn of_account(pattern: &str, account: crate::ids::AccountId) -> String {
    pattern.replace("{account}", &account.to_string())
}

/// The door of the desk, which leads on to `next` once one is in.
pub fn sign_in(next: &str) -> String {
    if next == DESK {
        SIGN_IN.to_owned()
    } else {
        format!("{SIGN_IN}?{}", url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish())
    }
}

/// Where a personal link leads.
pub fn preview(token: &str) -> String {
    PREVIEW.replace("{token}", token)
}

/// Below which the files stand that a personal link covers.
pub fn preview_files(token: &str) -> String {
    format!("{}/files", preview(token))
}

/// What a personal link shows in one language.
pub fn preview_page(token: &str, lang: Lang) -> String {
    PREVIEW_PAGE.replace("{token}", token).replace("{lang}", lang.code())
}

/// To POST it ends a personal link.
pub fn preview_end(release: crate::ids::ReleaseId, grant: crate::ids::GrantId) -> String {
    of_release(DESK_PREVIEW_END, release).replace("{grant}", &grant.to_string())
}

/// One of the paths of a run.
pub fn of_run(pattern: &str, id: crate::ids::RunId) -> String {
    pattern.replace("{run}", &id.to_string())
}

/// What that reader was sent.
pub fn of_reader(id: crate::ids::SubscriberId) -> String {
    DESK_READER.replace("{subscriber}", &id.to_string())
}

/// The address of a pattern of the desk for one release.
pub fn of_release(pattern: &str, release: crate::ids::ReleaseId) -> String {
    pattern.replace("{release}", &release.to_string())
}

/// The address of a pattern of the desk for one decision of a meeting.
pub fn of_decision(pattern: &str, meeting: crate::ids::MeetingId, release: crate::ids::ReleaseId) -> String {
    of_release(&of_meeting(pattern, meeting), release)
}

/// The address of a pattern of the desk for one institution.
pub fn of_institution(pattern: &str, institution: crate::ids::InstitutionId) -> String {
    pattern.replace("{institution}", &institution.to_string())
}

/// The address of a pattern of the desk for one government.
pub fn of_government(pattern: &str, government: crate::ids::GovernmentId) -> String {
    pattern.replace("{government}", &government.to_string())
}

/// The address of a pattern of the desk for one mandate.
pub fn of_mandate(pattern: &str, mandate: crate::ids::MandateId) -> String {
    pattern.replace("{mandate}", &mandate.to_string())
}

/// The address of a pattern of institutions, for mandates: `/desk/mandates/{mandate}/contacts`.
pub fn for_mandates(pattern: &str) -> String {
    format!("{DESK_MANDATE}{}", pattern.strip_prefix(DESK_INSTITUTION).unwrap_or_default())
}

/// The address of a pattern of the desk for one page about the site.
pub fn of_page(pattern: &str, page: &str) -> String {
    pattern.replace("{page}", page)
}

/// Whether a path is one of those who work here, and not of readers.
pub fn is_of_the_desk(path: &str) -> bool {
    [DESK, MAILBOX]
        .iter()
        .any(|own| path.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#'])))
}

/// `/sitemap-2026-11.xml`, and from the second part on `/sitemap-2026-11-2.xml`.
pub fn sitemap_month(month: Month, part: i64) -> String {
    if part > 1 { format!("/sitemap-{month}-{part}.xml") } else { format!("/sitemap-{month}.xml") }
}

fn with_query(path: String, query: &str) -> String {
    if query.is_empty() { path } else { format!("{path}?{query}") }
}
