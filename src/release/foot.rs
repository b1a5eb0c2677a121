//! What stands below the text of a release: whom one may call, where one finds more, what its issuer says of itself.
//!
//! Of a revision, which never changes; only what contacts say today comes from the directory, whose changes the log names.

use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Deserialize;

use super::model::Link;
use crate::directory::public::Contact;
use crate::ids::RevisionId;
use crate::kit::db::prepared;
use crate::kit::lang::Texts;

/// One text for two statements, which are put together by the compiler.
macro_rules! contacts {
    () => {
        "(SELECT json_agg(json_build_object('id', p.id, 'institution_id', p.institution_id, 'kind', p.kind,
                                     'name', p.name, 'functions', p.functions, 'languages', p.languages,
                                     'channels', p.channels) ORDER BY s.position)
          FROM revision_contacts s JOIN public_contacts p ON p.id = s.contact_id
          WHERE s.revision_id = c.revision_id AND p.ended_at IS NULL)"
    };
}

/// All of it; nothing, for most of an archive.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Foot {
    /// In the order chosen; those that are still reached, with their public channels.
    #[serde(default)]
    pub contacts: Vec<Contact>,
    /// In the order chosen.
    #[serde(default)]
    pub links: Vec<Link>,
    /// What its lead says of itself, as Markdown.
    #[serde(default)]
    pub boilerplate: Option<Texts>,
}

/// The contacts of the revision of the row `c` that are still reached, as JSON; NULL if there are none.
pub(super) const CONTACTS: &str = contacts!();

/// The foot of the revision of the row `c`, as one column of JSON text: three probes of indexes where there is none.
pub(super) const FOOT: &str = concat!(
    "(SELECT json_strip_nulls(json_build_object('contacts', ",
    contacts!(),
    ",
         'links', (SELECT json_agg(json_build_object('url', l.url, 'labels', l.labels) ORDER BY l.position)
                   FROM revision_links l WHERE l.revision_id = c.revision_id),
         'boilerplate', n.boilerplate))::text
     FROM revisions n WHERE n.id = c.revision_id)"
);

/// The foot of a revision that is not public yet.
pub async fn of(conn: &mut AsyncPgConnection, id: RevisionId) -> QueryResult<Foot> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Text>)]
        foot: Option<String>,
    }
    let row: Row = prepared(
        diesel::sql_query(format!("SELECT {FOOT} AS foot FROM (SELECT $1 AS revision_id) c")).bind::<BigInt, _>(id),
    )
    .get_result(conn)
    .await?;
    row.foot.as_deref().map_or_else(|| Ok(Foot::default()), super::public::parse)
}
