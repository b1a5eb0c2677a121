//! What stands below the text of a public release: whom one may call, where one finds more, what its issuer says of
//! itself; and the notice not to use it before an instant.
//!
//! Of a revision, which never changes; only what contacts say today comes from the directory, whose changes the log names.
//! A statement of its own: that of the page stays what every page asks.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::Link;
use crate::directory::public::Contact;
use crate::ids::ReleaseId;
use crate::kit::db::prepared;
use crate::kit::lang::Texts;

/// All of it; nothing, for most of an archive.
#[derive(Debug, Clone, Default)]
pub struct Foot {
    /// In the order chosen; those that are still reached, with their public channels.
    pub contacts: Vec<Contact>,
    /// In the order chosen.
    pub links: Vec<Link>,
    /// What its lead says of itself, as Markdown.
    pub boilerplate: Option<Texts>,
    /// Not to be used before.
    pub not_before: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<Text>)]
    contacts: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    links: Option<String>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    boilerplate: Option<Texts>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    not_before: Option<DateTime<Utc>>,
}

/// Below the public text of that release; nothing if it is not public.
pub async fn of(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Foot> {
    let row: Option<Row> = prepared(
        diesel::sql_query(
            "SELECT (SELECT json_agg(json_build_object('id', c.id, 'institution_id', c.institution_id, 'kind', c.kind,
                                'name', c.name, 'functions', c.functions, 'languages', c.languages,
                                'channels', c.channels) ORDER BY s.position)::text
                     FROM revision_contacts s JOIN public_contacts c ON c.id = s.contact_id
                     WHERE s.revision_id = r.revision_id AND c.ended_at IS NULL) AS contacts,
                    (SELECT json_agg(json_build_object('url', l.url, 'labels', l.labels) ORDER BY l.position)::text
                     FROM revision_links l WHERE l.revision_id = r.revision_id) AS links,
                    v.boilerplate, v.not_before
             FROM public_releases r JOIN revisions v ON v.id = r.revision_id WHERE r.id = $1",
        )
        .bind::<BigInt, _>(id),
    )
    .get_result(conn)
    .await
    .optional()?;
    let Some(row) = row else { return Ok(Foot::default()) };
    Ok(Foot {
        contacts: several(row.contacts.as_deref())?,
        links: several(row.links.as_deref())?,
        boilerplate: row.boilerplate,
        not_before: row.not_before,
    })
}

fn several<T: serde::de::DeserializeOwned>(json: Option<&str>) -> QueryResult<Vec<T>> {
    json.map_or_else(|| Ok(Vec::new()), serde_json::from_str)
        .map_err(|error| diesel::result::Error::DeserializationError(error.into()))
}
