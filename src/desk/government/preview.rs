//! A prepared government as the public will see it: its page and those of its members, by the same functions, for whoever
//! keeps governments alone.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use maud::html;

use super::named;
use crate::account::Visit;
use crate::directory::contact::{Channel, ContactPoint};
use crate::directory::government::views::{self, GovernmentPage, MemberPage};
use crate::directory::government::{Mandate, query};
use crate::directory::public::Contact;
use crate::directory::views::Moment;
use crate::directory::{self};
use crate::ids::MandateId;
use crate::journal::{self, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::query::Parameters;
use crate::kit::web::{Keep, page};
use crate::paths;
use crate::phrases::phrases;

/// `GET /desk/governments/{government}/preview?lang=fr&member=12`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut parameters = Parameters::read(request.query_string())?;
    let lang = parameters.take("lang", |text| text.parse::<Lang>().ok())?.unwrap_or(visit.lang);
    let member = parameters.take("member", |text| text.parse().ok().map(MandateId))?;
    parameters.finish()?;
    let of = named(&ctx, *id).await?;
    let here = paths::of_government(paths::DESK_GOVERNMENT_PREVIEW, of.id);
    let mut conn = ctx.conn().await?;
    let mandates = query::mandates_of(&mut conn, of.id).await?;
    let ids: Vec<MandateId> = mandates.iter().map(|mandate| mandate.id).collect();
    let competences: Vec<_> =
        query::competences_of(&mut conn, &ids).await?.into_iter().map(|(id, it)| (id, it.names)).collect();
    let words = phrases(lang);
    let banner = html! {
        section.notice.info aria-labelledby="preview" {
            h2 #preview { (words.government_preview_banner()) }
            p.small { (words.government_preview_secret()) }
            p.act {
                a href=(paths::of_government(paths::DESK_GOVERNMENT, of.id)) { (words.government_preview_back()) }
                @for other in &ctx.settings.languages {
                    @let to = match member { Some(id) => format!("{here}?lang={other}&member={id}"), None => format!("{here}?lang={other}") };
                    a href=(to) lang=(other) hreflang=(other) aria-current=[(*other == lang).then_some("true")] { (other.own_name()) }
                }
            }
        }
    };
    let markup = match member {
        None => views::government(&GovernmentPage {
            settings: &ctx.settings,
            demo: ctx.demo,
            lang,
            government: Some(&of),
            members: &mandates,
            competences: &competences,
            others: &[],
            banner: Some(banner),
            member: &|member| format!("{here}?lang={lang}&member={}", member.id),
        }),
        Some(id) => {
            let chosen = mandates.iter().find(|mandate| mandate.id == id).ok_or(WebError::NotFound)?;
            let own: Vec<Mandate> =
                mandates.iter().filter(|mandate| mandate.person_id == chosen.person_id).cloned().collect();
            let own_ids: Vec<MandateId> = own.iter().map(|mandate| mandate.id).collect();
            let points = query_contacts(&mut conn, &own_ids).await?;
            let cell_ids: Vec<_> = own.iter().filter_map(|mandate| mandate.policy_cell_id).collect();
            let mut cells = directory::query::institutions_by_id(&mut conn, &cell_ids).await?;
            for cell in &mut cells {
                // Under the name that it takes.
                let named = own.iter().find(|mandate| mandate.policy_cell_id == Some(cell.id));
                if let Some(names) = named.and_then(|mandate| mandate.cell_names.clone()) {
                    cell.names = names;
                }
            }
            let now = clock::now(&mut conn).await?;
            views::member(&MemberPage {
                settings: &ctx.settings,
                demo: ctx.demo,
                lang,
                mandates: &own,
                governments: &[],
                competences: &competences,
                cells: &cells,
                contacts: &points,
                moment: Moment { zone: ctx.settings.zone, now, duty: &[] },
                releases: html! {},
                all_releases: &|_| None,
                banner: Some(banner),
            })
        }
    };
    // Whoever reads what nobody is to know yet is written down (DESIGN §11).
    if of.is_prepared() {
        let entry = Entry::new("government.previewed", "government", of.id.0);
        journal::record(&mut conn, visit.person.actor(), [entry]).await?;
    }
    drop(conn);
    let mut answer = page(Keep::Never, markup);
    answer.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

/// The contacts of those mandates as the public will see them.
async fn query_contacts(
    conn: &mut diesel_async::AsyncPgConnection,
    of: &[MandateId],
) -> Result<Vec<Contact>, WebError> {
    let points = directory::query::contacts_of_mandates(conn, of).await?;
    Ok(points.into_iter().filter_map(|(point, channels)| as_public(point, channels)).collect())
}

fn as_public(point: ContactPoint, channels: Vec<Channel>) -> Option<Contact> {
    let channels: Vec<_> =
        channels.into_iter().filter(|channel| channel.public).map(|channel| (channel.kind, channel.value)).collect();
    (!channels.is_empty()).then_some(Contact {
        id: point.id,
        institution_id: point.institution_id,
        kind: point.kind,
        name: point.name,
        functions: point.functions,
        languages: point.languages,
        channels,
        mandate_id: point.mandate_id,
        hours: point.hours,
    })
}
