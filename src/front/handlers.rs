//! Home, lists, institutions, topics, archive and short addresses over HTTP: parse, read in one snapshot, answer.

use std::sync::Arc;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Days, Duration, Utc};
use diesel_async::AsyncPgConnection;
use maud::html;

use super::contacts::{Asked, Directory};
use super::meetings::views::Block;
use super::{archive, choice, contacts, directory as pages, feeds, files, home, list, mailings, meetings, sitemap};
use crate::account::rights::Right;
use crate::change::answer::{self, Page};
use crate::change::snapshot;
use crate::council;
use crate::council::public::{Item, Meeting};
use crate::directory::views::Moment;
use crate::directory::{self, Family, Institution, Topic, export, government, standby, vcard};
use crate::ids::{ContactId, ReleaseId};
use crate::kit::clock::{self, Month};
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{Route, get};
use crate::kit::web::{self as web_answer, Keep};
use crate::paths;
use crate::phrases::phrases;
use crate::release::decision::Proposer;
use crate::release::listing::Shelf;
use crate::release::public::{self, Card, Key, Listed, Selection, Shown, Start};
use crate::release::views::{self as release_views, Column, Show};
use crate::search::filter::{self, Filter, Resolved};

/// Every public page that leads to releases, in each language of the site.
pub fn routes(settings: &Settings) -> Vec<Route<Right>> {
    // Before the pages below which anything may be asked for.
    let mut routes = feeds::handlers::routes(settings);
    routes.extend(meetings::handlers::routes(settings));
    routes.extend([
        get("/", Right::Public, choose_language),
        get(paths::SHORT_PATTERN, Right::Public, short_address),
        get(paths::SECURITY_TXT, Right::Public, security_txt),
        get(paths::ROBOTS_TXT, Right::Public, robots_txt),
    ]);
    for lang in settings.languages.iter().copied() {
        routes.extend([
            get(format!("/{lang}"), Right::Public, move |request| to_home(lang, request)),
            get(paths::home(lang), Right::Public, move |ctx, request| show_home(lang, ctx, request)),
            get(paths::short_in(lang, paths::REFERENCE), Right::Public, move |ctx, request, reference| {
                short_address_in(lang, ctx, request, reference)
            }),
            get(paths::releases(lang, ""), Right::Public, move |ctx, request| show_list(lang, ctx, request)),
            get(paths::institutions(lang), Right::Public, move |ctx, request| show_institutions(lang, ctx, request)),
            get(paths::institution(lang, "{code}"), Right::Public, move |ctx, request, code| {
                show_institution(lang, ctx, request, code)
            }),
            get(paths::press_contacts(lang), Right::Public, move |ctx, request| show_contacts(lang, ctx, request)),
            get(
                paths::press_contacts_file(lang, "{format:vcf|csv|json}", ""),
                Right::Public,
                move |ctx, request, format| contacts_file(lang, ctx, request, format),
            ),
            get(paths::press_contact_card(lang, r"{contact:\d{1,18}}"), Right::Public, move |ctx, request, contact| {
                contact_card(lang, ctx, request, contact)
            }),
            get(paths::present_government(lang), Right::Public, move |ctx, request| {
                show_government(lang, ctx, request, None)
            }),
            get(paths::government(lang, "{code}"), Right::Public, move |ctx, request, code: web::Path<String>| {
                show_government(lang, ctx, request, Some(code.into_inner()))
            }),
            get(paths::member(lang, "{person}"), Right::Public, move |ctx, request, person| {
                show_member(lang, ctx, request, person)
            }),
            get(paths::topics(lang), Right::Public, move |ctx, request| show_topics(lang, ctx, request)),
            get(paths::mailings(lang), Right::Public, move |ctx, request| mailings::show(lang, ctx, request)),
            get(paths::archive(lang), Right::Public, move |ctx, request| show_archive(lang, ctx, request)),
        ]);
    }
    routes.extend(sitemap::routes());
    routes
}

async fn choose_language(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    let mut response = match Lang::negotiate(accept_language(&request), &ctx.settings.languages) {
        Some(lang) => found(&paths::home(lang)),
        None => web_answer::page(Keep::Never, choice::page(&ctx.settings, ctx.demo)),
    };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language"));
    Ok(response)
}

/// The short address: in the best language by what the reader asks for.
async fn short_address(
    ctx: web::Data<Context>,
    request: HttpRequest,
    reference: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let mut response = lead_on(&ctx, &request, &reference, |offered| {
        Lang::negotiate(accept_language(&request), offered).or_else(|| offered.first().copied())
    })
    .await?;
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language"));
    Ok(response)
}

/// In that language, or else in the best one that there is.
async fn short_address_in(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    reference: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    lead_on(&ctx, &request, &reference, |offered| Lang::best(&[lang], offered)).await
}

async fn lead_on(
    ctx: &Context,
    request: &HttpRequest,
    reference: &str,
    choose: impl FnOnce(&[Lang]) -> Option<Lang>,
) -> Result<HttpResponse, WebError> {
    no_parameters(request)?;
    let mut conn = ctx.conn().await?;
    let there = public::by_reference(&mut conn, reference).await?;
    let offered: Vec<Lang> = ctx.settings.languages.iter().copied().filter(|lang| there.contains_key(lang)).collect();
    let lang = choose(&offered).ok_or(WebError::NotFound)?;
    let (on, slug) = there.get(&lang).ok_or(WebError::NotFound)?;
    Ok(found(&paths::release(lang, *on, slug)))
}

async fn to_home(lang: Lang, request: HttpRequest) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    Ok(web_answer::moved(&paths::home(lang)))
}

async fn show_home(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    answer::answer(
        &ctx,
        &request,
        async |conn, at| {
            let council = council(conn, at.now).await?;
            let own: Vec<_> = council.iter().flat_map(|(_, _, items)| items).map(|item| item.card.release.id).collect();
            let (listed, releases) = newest_but(conn, &own, home::SIZE).await?;
            let since = at.now - Duration::days(home::CORRECTION_DAYS);
            let corrected = public::corrected(conn, since, home::CORRECTIONS).await?;
            let corrected = public::cards(conn, &corrected).await?;
            Ok((council, listed, releases, corrected, directory::public::topics(conn).await?))
        },
        async |(council, listed, releases, corrected, mut topics), at| {
            pages::by_name(lang, &mut topics, |topic| &topic.names);
            let next_sending = home::next_sending(ctx.settings.zone, &ctx.settings.slots, at.now);
            let page = home::page(&home::Home {
                settings: &ctx.settings,
                demo: ctx.demo,
                lang,
                releases: &releases,
                older: listed.last.filter(|_| listed.has_older),
                corrected: &corrected,
                topics: &topics,
                next_sending,
                council: council.as_ref().map(|(meeting, chair, items)| Block {
                    meeting,
                    chair: chair.as_ref(),
                    items,
                }),
            });
            let page = Page::html(lang, page, tags(["list", "directory", "topics", "meetings"]));
            // The next sending comes, old corrections and the last meeting leave, by themselves.
            let next = next_sending.unwrap_or(at.now + Duration::days(1));
            let leaves =
                council.as_ref().map(|(meeting, ..)| meeting.published_at + Duration::days(home::COUNCIL_DAYS));
            let council = council.iter().flat_map(|(.., items)| items).map(|item| &item.card);
            let free = public::first_to_be_free(releases.iter().chain(&corrected).chain(council));
            Ok(page.until([next].into_iter().chain(leaves).chain(free), at.now).into())
        },
    )
    .await
}

/// The last meeting of the Council with its chair and its decisions, while that is news.
async fn council(
    conn: &mut AsyncPgConnection,
    now: DateTime<Utc>,
) -> Result<Option<(Meeting, Option<Proposer>, Vec<Item>)>, WebError> {
    let Some(meeting) = council::public::last(conn, now - Duration::days(home::COUNCIL_DAYS)).await? else {
        return Ok(None);
    };
    let chair = council::public::chair(conn, &meeting).await?;
    let items = council::public::items(conn, meeting.id).await?;
    Ok((!items.is_empty()).then_some((meeting, chair, items)))
}

/// The newest releases but those of the block above them, and where older ones begin.
async fn newest_but(
    conn: &mut AsyncPgConnection,
    but: &[ReleaseId],
    size: usize,
) -> Result<(Listed, Vec<Card>), WebError> {
    let (listed, mut cards) = read(conn, &Selection::default(), Start::Newest, size + but.len()).await?;
    // How many of the newest hold as many others as are wanted: the next page begins after these.
    let mut others = 0;
    let enough = cards.iter().position(|card| {
        others += usize::from(!but.contains(&card.release.id));
        others == size
    });
    let listed = match enough {
        Some(last) if last + 1 < cards.len() => {
            let (listed, newest) = read(conn, &Selection::default(), Start::Newest, last + 1).await?;
            cards = newest;
            listed
        }
        _ => listed,
    };
    cards.retain(|card| !but.contains(&card.release.id));
    Ok((listed, cards))
}

async fn show_list(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let mut parameters = Parameters::read(request.query_string())?;
    let wish = Filter::take(&mut parameters)?;
    let start = start(&mut parameters)?;
    parameters.finish()?;
    if !wish.is_shelved() {
        // What shelves cannot say, the search does.
        let page = match start {
            Start::Newest => String::new(),
            Start::OlderThan(key) => format!("&before={key}"),
            Start::NewerThan(key) => format!("&after={key}"),
        };
        return Ok(found(&paths::search(lang, &format!("{}{page}", wish.canonical()))));
    }
    answer::fill(&ctx, &request, async || {
        let (wish, shown, beside) = match read_with_shared(lang, &ctx, &wish, start).await? {
            Some(read) => read,
            None => read_whole(lang, &ctx, &wish, start).await?,
        };
        if matches!(start, Start::NewerThan(_)) && !shown.listed.has_newer {
            // Whoever came back to the newest is at the list's own address, which is a whole page and can be kept.
            return Ok((found(&paths::releases(lang, &wish.filter.canonical())).into(), shown.at.sequence));
        }
        let page = list::page(&list::List {
            settings: &ctx.settings,
            demo: ctx.demo,
            lang,
            wish: &wish,
            start,
            listed: &shown.listed,
            releases: &shown.cards,
            topics: &beside.topics,
            institutions: &beside.institutions,
            months: &beside.months,
        });
        // The months and what one can narrow to are those of all releases.
        let page = Page::html(lang, page, tags(["list", "directory", "topics"]));
        Ok((page.until(public::first_to_be_free(&shown.cards), shown.at.now).into(), shown.at.sequence))
    })
    .await
}

/// What stands beside every list of a family, in one language.
struct Beside {
    topics: Vec<Topic>,
    institutions: Vec<Institution>,
    months: Vec<Month>,
}

impl Beside {
    /// What it is shared under.
    fn name(lang: Lang, wish: &Filter) -> String {
        format!("beside lists: {lang} {}", wish.family.map_or("", Family::as_str))
    }
}

/// What an institution is shared under.
fn institution_name(code: &str) -> String {
    format!("institution: {code}")
}

/// The list by one statement, if what stands beside it is known as of the sequence at which that is read.
async fn read_with_shared(
    lang: Lang,
    ctx: &Context,
    wish: &Filter,
    start: Start,
) -> Result<Option<(Resolved, Shown, Arc<Beside>)>, WebError> {
    let Some((sequence, beside)) = ctx.pages.shared::<Beside>(&Beside::name(lang, wish)) else { return Ok(None) };
    let mut resolved = Resolved::plain(wish.clone());
    if wish.mandate.is_some() || wish.meeting.is_some() {
        return Ok(None);
    }
    if let Some(code) = &wish.institution {
        match ctx.pages.shared::<Institution>(&institution_name(code)) {
            Some((as_of, institution)) if as_of == sequence => {
                resolved.institution = Some(Institution::clone(&institution));
            }
            _ => return Ok(None),
        }
    }
    if let Some(code) = &wish.topic {
        resolved.topic = beside.topics.iter().find(|topic| topic.code == *code).cloned();
        if resolved.topic.is_none() {
            return Ok(None);
        }
    }
    let mut conn = ctx.conn().await?;
    let shown = public::shown(&mut conn, &resolved.selection(ctx.settings.zone), start, list::SIZE).await?;
    Ok((shown.at.sequence.0 == sequence).then_some((resolved, shown, beside)))
}

/// The list and what stands beside it, in one snapshot.
async fn read_whole(
    lang: Lang,
    ctx: &Context,
    wish: &Filter,
    start: Start,
) -> Result<(Resolved, Shown, Arc<Beside>), WebError> {
    let zone = ctx.settings.zone;
    let since = ctx.pages.since();
    let (wish, shown, mut beside) = snapshot::read(ctx, async |conn, _| {
        let wish: Resolved = wish.clone().resolve(conn).await?.ok_or(WebError::NotFound)?;
        let shown = public::shown(conn, &wish.selection(zone), start, list::SIZE).await?;
        let topics = directory::public::topics(conn).await?;
        let institutions =
            directory::public::institutions_of_family(conn, wish.filter.family, list::INSTITUTIONS + 1).await?;
        let months = public::months(conn, zone, list::MONTHS).await?;
        Ok((wish, shown, Beside { topics, institutions, months }))
    })
    .await?;
    pages::by_name(lang, &mut beside.topics, |topic| &topic.names);
    pages::by_name(lang, &mut beside.institutions, |institution| &institution.names);
    let beside = Arc::new(beside);
    let sequence = shown.at.sequence.0;
    if let Some(institution) = &wish.institution {
        let it = Arc::new(institution.clone());
        ctx.pages.share(institution_name(&institution.code), sequence, since, it);
    }
    ctx.pages.share(Beside::name(lang, &wish.filter), sequence, since, Arc::clone(&beside));
    Ok((wish, shown, beside))
}

async fn show_institutions(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    answer::answer(
        &ctx,
        &request,
        async |conn, _| Ok(directory::public::institutions(conn).await?),
        async |mut all, _| {
            pages::by_name(lang, &mut all, |institution| &institution.names);
            let page = pages::institutions(&ctx.settings, ctx.demo, lang, &all);
            // One that was not announced is named from its first release on.
            Ok(Page::html(lang, page, tags(["directory", "list"])).into())
        },
    )
    .await
}

async fn show_institution(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    code: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    let code = filter::code(&code).ok_or(WebError::NotFound)?;
    answer::answer(
        &ctx,
        &request,
        async |conn, _| {
            let institution = directory::public::institution_by_code(conn, &code).await?.ok_or(WebError::NotFound)?;
            let shelf = Selection { shelves: vec![Shelf::Institution(institution.id)], period: None };
            let (listed, releases) = read(conn, &shelf, Start::Newest, pages::SIZE).await?;
            let topics = public::topics_of(conn, institution.id, pages::TOPICS).await?;
            let people = directory::public::contacts_of(conn, institution.id).await?;
            let profile = directory::profile::public(conn, institution.id).await?;
            let members = government::public::held(conn).await?;
            // Most pages depend on no hour: asked only where somebody could answer.
            let (duty, changes_at) = if people.is_empty() {
                (Vec::new(), None)
            } else {
                (standby::public::on_duty(conn).await?, standby::public::next_change(conn).await?)
            };
            Ok((institution, listed, releases, topics, people, (profile, members, duty, changes_at)))
        },
        async |(institution, listed, releases, topics, people, (profile, members, duty, changes_at)), at| {
            let page = pages::institution(&pages::InstitutionPage {
                settings: &ctx.settings,
                demo: ctx.demo,
                lang,
                institution: &institution,
                releases: &releases,
                has_more: listed.has_older,
                topics: &topics,
                contacts: &people,
                profile: &profile,
                members: &members,
                moment: Moment { zone: ctx.settings.zone, now: at.now, duty: &duty },
            });
            let id = institution.id;
            let own = [format!("institution:{id}"), format!("contacts:{id}"), format!("profile:{id}")];
            let own = tags([&own[0], &own[1], &own[2], "directory", "topics"]);
            let page = Page::html(lang, page, own);
            Ok(page.until(changes_at.into_iter().chain(public::first_to_be_free(&releases)), at.now).into())
        },
    )
    .await
}

/// All that the page of contacts and its files are made of.
async fn read_contacts(conn: &mut AsyncPgConnection) -> Result<Directory, WebError> {
    let members = government::public::held(conn).await?;
    let ids: Vec<_> = members.iter().map(|member| member.id).collect();
    Ok(Directory {
        institutions: directory::public::institutions(conn).await?,
        abbreviations: directory::profile::abbreviations(conn).await?,
        contacts: directory::public::contacts(conn).await?,
        competences: government::public::competences(conn, &ids).await?,
        members,
        government: government::public::governments(conn).await?.into_iter().find(government::Government::is_in_office),
        duty: standby::public::on_duty(conn).await?,
        changes_at: standby::public::next_change(conn).await?,
    })
}

fn asked(request: &HttpRequest) -> Result<Asked, WebError> {
    let mut parameters = Parameters::read(request.query_string())?;
    let by = parameters.take("by", |text| text.parse().ok())?;
    let words = parameters.take("q", Asked::words)?.unwrap_or_default();
    parameters.finish()?;
    Ok(Asked { by, words })
}

/// What the page of contacts and its files show, as the log writes them.
const CONTACT_TAGS: [&str; 5] = ["contacts", "standby", "directory", "government", "list"];

/// Kept until somebody begins or ends to answer. What was typed is for who typed it.
fn of_the_hour(page: Page, it: &Directory, asked: &Asked, now: chrono::DateTime<chrono::Utc>) -> Page {
    let page = page.until(it.changes_at, now);
    if asked.words.is_empty() { page } else { page.not_kept() }
}

async fn show_contacts(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let asked = asked(&request)?;
    answer::answer(
        &ctx,
        &request,
        async |conn, _| read_contacts(conn).await,
        async |it, at| {
            let page = contacts::page(&ctx.settings, ctx.demo, lang, &it, &asked, at.now);
            // The page names the day.
            let tomorrow = dates::day(ctx.settings.zone, at.now) + Days::new(1);
            let midnight = clock::start_of_day(ctx.settings.zone, tomorrow);
            let page = Page::html(lang, page, tags(CONTACT_TAGS)).until(Some(midnight), at.now);
            let changes_at = it.changes_at.filter(|changes_at| *changes_at < midnight);
            Ok(of_the_hour(page, &Directory { changes_at, ..it }, &asked, at.now).into())
        },
    )
    .await
}

async fn contacts_file(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    format: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let asked = asked(&request)?;
    let answered = answer::answer(
        &ctx,
        &request,
        async |conn, _| read_contacts(conn).await,
        async |it, at| {
            let rows = it.rows(&ctx.settings, lang, &asked);
            let (kind, body) = match format.as_str() {
                "vcf" => (CARD, vcard::cards(&rows, lang)),
                "csv" => ("text/csv; charset=utf-8; header=present", export::csv(&rows, lang, phrases(lang))),
                _ => ("application/json", export::json(&rows)),
            };
            drop(rows);
            Ok(of_the_hour(Page::of(kind, body, tags(CONTACT_TAGS)), &it, &asked, at.now).into())
        },
    )
    .await?;
    Ok(named(answered, &format!("{}.{format}", paths::PRESS_CONTACTS.of(lang)), format.as_str() != "json"))
}

const CARD: &str = "text/vcard; charset=utf-8";

/// Under a name that a file system takes.
fn named(mut response: HttpResponse, name: &str, is_kept: bool) -> HttpResponse {
    let way = if is_kept { "attachment" } else { "inline" };
    if let Ok(value) = HeaderValue::from_str(&format!("{way}; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

async fn contact_card(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    contact: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    let id = contact.parse().map(ContactId).map_err(|_| WebError::NotFound)?;
    answer::answer(
        &ctx,
        &request,
        async |conn, _| {
            Ok((directory::public::contact(conn, id).await?.ok_or(WebError::NotFound)?, read_contacts(conn).await?))
        },
        async |(contact, it), _| {
            let row = it.row(&ctx.settings, lang, &contact, it.member_of(&contact)).ok_or(WebError::NotFound)?;
            let body = vcard::cards(&[row], lang);
            Ok(Page::of(CARD, body, tags(CONTACT_TAGS)).into())
        },
    )
    .await
}

/// The government of that word, or the present one.
async fn show_government(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    code: Option<String>,
) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    answer::answer(
        &ctx,
        &request,
        async |conn, _| {
            let mut all = government::public::governments(conn).await?;
            let place = match &code {
                Some(code) => Some(all.iter().position(|of| of.code == *code).ok_or(WebError::NotFound)?),
                None => all.iter().position(government::Government::is_in_office),
            };
            let one = place.map(|place| all.remove(place));
            let members = match &one {
                Some(one) => government::public::members(conn, one.id).await?,
                None => Vec::new(),
            };
            let ids: Vec<_> = members.iter().map(|member| member.id).collect();
            let competences = government::public::competences(conn, &ids).await?;
            Ok((one, all, members, competences))
        },
        async |(one, others, members, competences), _| {
            if code.is_some() && one.as_ref().is_some_and(government::Government::is_in_office) {
                // The present one has one address; it keeps the other for when it no longer is.
                return Ok(found(&paths::present_government(lang)).into());
            }
            let page = government::views::government(&government::views::GovernmentPage {
                settings: &ctx.settings,
                demo: ctx.demo,
                lang,
                government: one.as_ref(),
                members: &members,
                competences: &competences,
                others: &others,
                banner: None,
                member: &|member| paths::member(lang, &member.person_code),
            });
            Ok(Page::html(lang, page, tags(["government"])).into())
        },
    )
    .await
}

async fn show_member(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    person: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    let person = filter::code(&person).ok_or(WebError::NotFound)?;
    answer::answer(
        &ctx,
        &request,
        async |conn, at| {
            let mandates = government::public::of_person(conn, &person).await?;
            if mandates.is_empty() {
                return Err(WebError::NotFound);
            }
            let ids: Vec<_> = mandates.iter().map(|mandate| mandate.id).collect();
            let held: Vec<_> = mandates.iter().filter(|mandate| mandate.is_held()).collect();
            let held_ids: Vec<_> = held.iter().map(|mandate| mandate.id).collect();
            let cells: Vec<_> = held.iter().filter_map(|mandate| mandate.policy_cell_id).collect();
            let mut people = directory::public::contacts_of_mandates(conn, &held_ids).await?;
            for cell in &cells {
                let of_cell = directory::public::contacts_of(conn, *cell).await?;
                people.extend(of_cell.into_iter().filter(|contact| contact.mandate_id.is_none()));
            }
            let releases = public::of_mandates(conn, &ids, pages::SIZE).await?;
            Ok(Member {
                governments: government::public::governments(conn).await?,
                competences: government::public::competences(conn, &ids).await?,
                cells: directory::public::institutions_of(conn, &cells).await?,
                cards: public::cards(conn, &releases).await?,
                duty: standby::public::on_duty(conn).await?,
                changes_at: standby::public::next_change(conn).await?,
                now: at.now,
                people,
                mandates,
            })
        },
        async |it, at| {
            let show = Show { lang, zone: ctx.settings.zone, column: Column::Date, level: 3, brief: false };
            let releases = if it.cards.is_empty() {
                html! {}
            } else {
                release_views::dated(&it.cards, &show)
            };
            let page = government::views::member(&government::views::MemberPage {
                settings: &ctx.settings,
                demo: ctx.demo,
                lang,
                mandates: &it.mandates,
                governments: &it.governments,
                competences: &it.competences,
                cells: &it.cells,
                contacts: &it.people,
                moment: Moment { zone: ctx.settings.zone, now: it.now, duty: &it.duty },
                releases,
                all_releases: &|mandate| {
                    let query = format!("mandate={}", mandate.code);
                    Filter::parse(&query).ok().map(|_| paths::releases(lang, &query))
                },
                banner: None,
            });
            let mut own = tags(["government", "contacts", "standby", "directory"]);
            own.extend(it.mandates.iter().map(|mandate| format!("mandate:{}", mandate.id)));
            own.extend(
                it.mandates
                    .iter()
                    .filter_map(|mandate| mandate.policy_cell_id)
                    .map(|cell| format!("institution:{cell}")),
            );
            let page = Page::html(lang, page, own);
            Ok(page.until(it.changes_at.into_iter().chain(public::first_to_be_free(&it.cards)), at.now).into())
        },
    )
    .await
}

/// All that the page of a member of the government shows.
struct Member {
    mandates: Vec<government::Mandate>,
    governments: Vec<government::Government>,
    competences: Vec<(crate::ids::MandateId, crate::kit::lang::Texts)>,
    cells: Vec<Institution>,
    people: Vec<directory::public::Contact>,
    cards: Vec<Card>,
    duty: Vec<standby::public::OnDuty>,
    changes_at: Option<chrono::DateTime<chrono::Utc>>,
    now: chrono::DateTime<chrono::Utc>,
}

async fn show_topics(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    answer::answer(
        &ctx,
        &request,
        async |conn, _| Ok(directory::public::topics(conn).await?),
        async |mut all, _| {
            pages::by_name(lang, &mut all, |topic| &topic.names);
            Ok(Page::html(lang, pages::topics(&ctx.settings, ctx.demo, lang, &all), tags(["topics", "list"])).into())
        },
    )
    .await
}

async fn show_archive(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    answer::answer(
        &ctx,
        &request,
        async |conn, _| Ok(public::months(conn, ctx.settings.zone, usize::MAX).await?),
        async |months, _| {
            Ok(Page::html(lang, archive::page(&ctx.settings, ctx.demo, lang, &months), tags(["list"])).into())
        },
    )
    .await
}

async fn security_txt(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    answer::answer(
        &ctx,
        &request,
        async |_, _| Ok(()),
        async |(), at| {
            let zone = ctx.settings.zone;
            let tomorrow = at.now.with_timezone(&zone).date_naive() + Days::new(1);
            let page = Page::of(TEXT, files::security_txt(&ctx.settings, at.now), Vec::new());
            Ok(page.until(Some(clock::start_of_day(zone, tomorrow)), at.now).into())
        },
    )
    .await
}

async fn robots_txt(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    no_parameters(&request)?;
    Ok(text(files::robots_txt(&ctx.settings)))
}

/// One page of a list with what it shows.
async fn read(
    conn: &mut AsyncPgConnection,
    selection: &Selection,
    start: Start,
    size: usize,
) -> Result<(Listed, Vec<Card>), WebError> {
    let shown = public::shown(conn, selection, start, size).await?;
    Ok((shown.listed, shown.cards))
}

/// `before` a key are the older ones, `after` it the newer ones; both at once mean nothing.
pub(super) fn start(parameters: &mut Parameters) -> Result<Start, WebError> {
    let before = parameters.take("before", Key::parse)?;
    let after = parameters.take("after", Key::parse)?;
    match (before, after) {
        (None, None) => Ok(Start::Newest),
        (Some(key), None) => Ok(Start::OlderThan(key)),
        (None, Some(key)) => Ok(Start::NewerThan(key)),
        (Some(_), Some(_)) => Err(WebError::BadRequest(BadRequest::WrongParameter("after".into()))),
    }
}

fn no_parameters(request: &HttpRequest) -> Result<(), WebError> {
    Parameters::read(request.query_string())?.finish()
}

fn accept_language(request: &HttpRequest) -> &str {
    request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Of what a page shows, as the log writes them.
fn tags<const N: usize>(tags: [&str; N]) -> Vec<String> {
    tags.map(str::to_owned).to_vec()
}

const TEXT: &str = "text/plain; charset=utf-8";

/// For now elsewhere; kept by nobody, for who asks and when decides where to.
pub(super) fn found(to: &str) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        .finish()
}

fn text(content: String) -> HttpResponse {
    HttpResponse::Ok().content_type(TEXT).insert_header((header::CACHE_CONTROL, Keep::Public.header())).body(content)
}
