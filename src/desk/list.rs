//! Every release somebody may see, by state and filter, and the search over all of them.
//!
//! What the public reads is found by the public index, in the order of time, and each hit's right is asked again; what it
//! does not read (drafts, what waits, what was taken off: some thousands among a million) is looked through in the
//! database, so that nothing unpublished enters an index. Seen on 1,000,000 releases: an index of all texts in Postgres
//! would be larger than the texts and slow every import, for what the index beside it answers already.

use actix_web::{HttpRequest, HttpResponse, web};
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};

use super::home::{in_order, readable, titles_read};
use super::query::{self, Missing, Narrowed, Row, Which};
use super::rows::{self, Show};
use crate::account::{Person, Role, Visit};
use crate::directory::{self, Institution};
use crate::ids::ReleaseId;
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::web::error::WebError;
use crate::kit::web::query::Parameters;
use crate::kit::web::{Keep, page};
use crate::layout::desk::{self, Section};
use crate::paths;
use crate::phrases::{Phrases, language_name};
use crate::release::listing::Shelf;
use crate::release::public::{self, Key, Start};
use crate::release::state::{PublicState, State};
use crate::search::index::question;
use crate::search::{Index, Words, filter};

/// How many a page shows.
const SIZE: usize = 30;

/// What is asked: every part has its place in the address.
#[derive(Debug, Clone, Default)]
struct Wish {
    words: Option<Words>,
    state: Option<Stand>,
    institution: Option<String>,
    missing: Option<Missing>,
    embargoed: bool,
    before: Option<String>,
}

/// What a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    In(State),
    Public,
    Withdrawn,
    Unpublished,
}

impl Stand {
    const ALL: [Stand; 8] = [
        Stand::In(State::Draft),
        Stand::In(State::Submitted),
        Stand::In(State::InValidation),
        Stand::In(State::Ready),
        Stand::In(State::Scheduled),
        Stand::Public,
        Stand::Withdrawn,
        Stand::Unpublished,
    ];

    fn word(self) -> &'static str {
        match self {
            Stand::In(state) => state.as_str(),
            Stand::Public => PublicState::Public.as_str(),
            Stand::Withdrawn => PublicState::Withdrawn.as_str(),
            Stand::Unpublished => PublicState::Unpublished.as_str(),
        }
    }

    fn name(self, words: &Phrases) -> String {
        match self {
            Stand::In(State::Draft) => words.desk_state_draft(),
            Stand::In(State::Submitted) => words.desk_state_submitted(),
            Stand::In(State::InValidation) => words.desk_state_in_validation(),
            Stand::In(State::Ready) => words.desk_state_ready(),
            Stand::In(_) => words.desk_state_scheduled(),
            Stand::Public => words.desk_state_published(),
            Stand::Withdrawn => words.desk_withdrawn(),
            Stand::Unpublished => words.desk_unpublished(),
        }
    }
}

impl Wish {
    fn parse(query: &str) -> Result<Self, WebError> {
        let mut parameters = Parameters::read(query)?;
        let wish = Self {
            words: parameters.take("q", |text| Some(Words::read(text)))?.flatten(),
            state: parameters.take("state", |text| Stand::ALL.into_iter().find(|state| state.word() == text))?,
            institution: parameters.take("institution", filter::code)?,
            missing: parameters.take("missing", missing)?,
            embargoed: parameters.take("embargo", |text| (text == "yes").then_some(true))?.unwrap_or_default(),
            before: parameters.take("before", |text| {
                (text.parse::<i64>().is_ok() || Key::parse(text).is_some()).then(|| text.to_owned())
            })?,
        };
        parameters.finish()?;
        Ok(wish)
    }

    fn address(&self, before: Option<&str>) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in [
            ("q", self.words.as_ref().map(Words::text)),
            ("state", self.state.map(Stand::word)),
            ("institution", self.institution.as_deref()),
            ("missing", self.missing.map(missing_word)),
            ("embargo", self.embargoed.then_some("yes")),
            ("before", before),
        ] {
            if let Some(value) = value {
                pairs.append_pair(name, value);
            }
        }
        let query = pairs.finish();
        if query.is_empty() { paths::DESK_RELEASES.to_owned() } else { format!("{}?{query}", paths::DESK_RELEASES) }
    }
}

fn missing(text: &str) -> Option<Missing> {
    match text {
        "alt" => Some(Missing::Alt),
        "contact" => Some(Missing::Contact),
        lang => lang.parse().ok().map(Missing::Text),
    }
}

fn missing_word(missing: Missing) -> &'static str {
    match missing {
        Missing::Alt => "alt",
        Missing::Contact => "contact",
        Missing::Text(lang) => lang.code(),
    }
}

/// A part of the answer.
#[derive(Default)]
struct Part {
    rows: Vec<Row>,
    /// Where the next page begins.
    next: Option<String>,
}

/// `GET /desk/releases?q=…&state=…&institution=…&missing=…&embargo=yes`
pub async fn show(
    ctx: web::Data<Context>,
    index: web::Data<Index>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let wish = Wish::parse(request.query_string())?;
    let mut conn = ctx.conn().await?;
    let now = clock::now(&mut conn).await?;
    let institutions = institutions(&mut conn, &visit.person).await?;
    let institution = match &wish.institution {
        Some(code) => Some(institutions.iter().find(|own| own.code == *code).ok_or(WebError::NotFound)?),
        None => None,
    };
    let listed = |part: Option<&Part>| part.map_or(0, |part| part.rows.len());
    // A later page is of one part, and says of which by the form of its key.
    let page_of_public = wish.before.as_deref().is_some_and(|before| before.parse::<i64>().is_err());
    let wants_open = !page_of_public && wish.state != Some(Stand::Public);
    let wants_public = match wish.state {
        Some(Stand::Public) => true,
        Some(_) => false,
        None => {
            wish.words.is_some()
                && wish.missing.is_none()
                && !wish.embargoed
                && (wish.before.is_none() || page_of_public)
        }
    };
    let open = if wants_open { Some(open(&mut conn, &visit.person, &wish, institution).await?) } else { None };
    let mut away = false;
    let public = if wants_public {
        match public(&mut conn, &index, &visit.person, &wish, institution).await? {
            Some(part) => Some(part),
            None => {
                away = true;
                None
            }
        }
    } else {
        None
    };
    titles_read(&mut conn, &visit.person, open.iter().flat_map(|part| &part.rows)).await?;
    drop(conn);
    let show = Show { settings: &ctx.settings, lang: visit.lang, words: visit.words, now };
    let words = visit.words;
    let title = match wish.state {
        Some(state) => words.list_in_state(state.name(words)),
        None if wish.words.is_some() => words.list_found(wish.words.as_ref().map(Words::text).unwrap_or_default()),
        None => words.list_in_progress(),
    };
    let nothing = listed(open.as_ref()) + listed(public.as_ref()) == 0;
    let main = html! {
        (desk::page_top(html! { a href=(paths::DESK) { (words.desk_title()) } }, &title, html! {}))
        (form(&wish, &institutions, &show))
        @if nothing && !away { p.gap { (words.list_none()) } }
        @if let Some(part) = open.as_ref().filter(|part| !part.rows.is_empty()) {
            (section("open", &wish, part, &words.list_in_progress(), public.is_some(), &show))
        }
        @if let Some(part) = public.as_ref().filter(|part| !part.rows.is_empty()) {
            (section("public", &wish, part, &words.home_published(), open.is_some(), &show))
        }
        @if away { p.gap role="status" { (words.list_index_away()) } }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Releases, main)))
}

/// The institutions whose releases this person may see some of.
async fn institutions(conn: &mut AsyncPgConnection, person: &Person) -> Result<Vec<Institution>, WebError> {
    let all = directory::query::institutions(conn).await?;
    Ok(match person.role() {
        Role::Spokesperson | Role::PictureDesk | Role::Photographer => Vec::new(),
        // Of others they may co-issue something.
        _ => all,
    })
}

async fn open(
    conn: &mut AsyncPgConnection,
    person: &Person,
    wish: &Wish,
    institution: Option<&Institution>,
) -> Result<Part, WebError> {
    let which = match wish.state {
        None => Which::Open,
        Some(Stand::In(state)) => Which::In(state),
        Some(Stand::Withdrawn) => Which::Public(PublicState::Withdrawn),
        Some(Stand::Unpublished) => Which::Public(PublicState::Unpublished),
        Some(Stand::Public) => Which::Public(PublicState::Public),
    };
    let narrowed = Narrowed {
        institution: institution.map(|institution| institution.id),
        missing: wish.missing,
        embargoed: wish.embargoed,
        words: wish.words.as_ref().map(|words| words_of(words.text())).unwrap_or_default(),
        before: wish.before.as_deref().and_then(|before| before.parse().ok()).map(ReleaseId),
    };
    let most = i64::try_from(SIZE + 1).unwrap_or(i64::MAX);
    let mut rows = query::listed(conn, person, which, &narrowed, most).await?;
    let more = rows.len() > SIZE;
    rows.truncate(SIZE);
    let next = rows.last().filter(|_| more).map(|row| row.release_id.to_string());
    Ok(Part { rows, next })
}

/// What the public reads; none while the index cannot be asked.
async fn public(
    conn: &mut AsyncPgConnection,
    index: &Index,
    person: &Person,
    wish: &Wish,
    institution: Option<&Institution>,
) -> Result<Option<Part>, WebError> {
    let Some(mut selection) = readable(person) else { return Ok(Some(Part::default())) };
    let key = wish.before.as_deref().and_then(Key::parse);
    let (ids, next) = match &wish.words {
        None => {
            selection.shelves.extend(institution.map(|institution| Shelf::Institution(institution.id)));
            let start = key.map_or(Start::Newest, Start::OlderThan);
            let listed = public::list(conn, &selection, start, SIZE).await?;
            let next = listed.last.filter(|_| listed.has_older).map(|key| key.to_string());
            (listed.ids, next)
        }
        Some(words) => {
            let mut asked = question::Query {
                words: words.understood(),
                institution: institution.map(|institution| institution.id),
                size: SIZE,
                start: key.map_or(question::Start::First, |key| question::Start::After(key.into())),
                ..question::Query::default()
            };
            for shelf in &selection.shelves {
                match shelf {
                    Shelf::Institution(own) => asked.institution = Some(*own),
                    Shelf::Family(family) => asked.family = Some(*family),
                    // The desk lists by family and institution.
                    _ => {}
                }
            }
            let Ok(found) = index.find(asked).await else { return Ok(None) };
            let next = found.hits.last().filter(|_| found.has_after()).map(|hit| hit.key.to_string());
            (found.hits.into_iter().map(|hit| hit.release_id).collect(), next)
        }
    };
    let mut rows = in_order(&ids, query::of_releases(conn, person, &ids).await?);
    rows.retain(|row| row.public_state != PublicState::Unpublished);
    if let Some(institution) = institution {
        rows.retain(|row| row.issuers.contains(&institution.id));
    }
    Ok(Some(Part { rows, next }))
}

/// The words that must all be there. Signs of the search's own (quotation marks, plus) are no letters of a draft.
fn words_of(typed: &str) -> Vec<String> {
    typed
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| matches!(c, '"' | '«' | '»' | '“' | '”' | '„' | '+')).to_owned())
        .filter(|word| !word.is_empty())
        .take(16)
        .collect()
}

fn form(wish: &Wish, institutions: &[Institution], show: &Show<'_>) -> Markup {
    let words = show.words;
    html! {
        form.line.gap action=(paths::DESK_RELEASES) {
            div.field {
                label for="q" { (words.list_words()) }
                input #q type="search" name="q" value=[wish.words.as_ref().map(Words::text)];
            }
            div.field {
                label for="state" { (words.list_state()) }
                select #state name="state" {
                    option value="" { (words.list_any_state()) }
                    @for state in Stand::ALL {
                        option value=(state.word()) selected[wish.state == Some(state)] { (state.name(words)) }
                    }
                }
            }
            @if institutions.len() > 1 {
                div.field {
                    label for="institution" { (words.list_institution()) }
                    select #institution name="institution" {
                        option value="" { (words.list_any_institution()) }
                        @for institution in institutions {
                            option value=(institution.code) selected[wish.institution.as_ref() == Some(&institution.code)] {
                                (institution.names.text(show.lang))
                            }
                        }
                    }
                }
            }
            div.field {
                label for="missing" { (words.list_missing()) }
                select #missing name="missing" {
                    option value="" { (words.list_missing_none()) }
                    @for lang in &show.settings.languages {
                        option value=(lang) selected[wish.missing == Some(Missing::Text(*lang))] { (language_name(*lang, show.lang)) }
                    }
                    option value="alt" selected[wish.missing == Some(Missing::Alt)] { (words.list_missing_alt()) }
                    option value="contact" selected[wish.missing == Some(Missing::Contact)] { (words.list_missing_contact()) }
                }
            }
            div.field {
                label for="embargo" { (words.list_embargo()) }
                select #embargo name="embargo" {
                    option value="" { (words.list_missing_none()) }
                    option value="yes" selected[wish.embargoed] { (words.list_embargo_yes()) }
                }
            }
            button { (words.desk_find_button()) }
        }
    }
}

fn section(id: &str, wish: &Wish, part: &Part, title: &str, is_one_of_several: bool, show: &Show<'_>) -> Markup {
    let body = html! {
        ul.rows { @for row in &part.rows { (rows::listed(row, show)) } }
        @if let Some(next) = &part.next {
            p.gap { a.btn href=(wish.address(Some(next))) rel="next" { (show.words.list_more()) } }
        }
    };
    if is_one_of_several {
        desk::section(id, title, html! {}, body)
    } else {
        html! { div.gap { (body) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_comes_back_from_its_address() {
        for query in [
            "",
            "state=draft",
            "q=crue+d%C3%A9c&state=public&institution=water-agency&missing=nl",
            "state=withdrawn",
            "missing=alt",
            "missing=contact&embargo=yes",
        ] {
            let wish = Wish::parse(query).expect(query);
            let expected = if query.is_empty() { String::new() } else { format!("?{query}") };
            assert_eq!(wish.address(None), format!("{}{expected}", paths::DESK_RELEASES));
        }
        for wrong in ["state=published", "missing=xx", "embargo=no", "before=x", "x=1", "institution=A"] {
            assert!(Wish::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(words_of("«\u{a0}Crue\u{a0}» ÉLEVÉE \"pont\""), ["Crue", "ÉLEVÉE", "pont"]);
    }
}
