//! What stands below the text of a release: whom one may call, where one finds more, what its issuer says of itself.
//!
//! Of a revision, which never changes; only what contacts say today comes from the directory, whose changes the log names.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Deserialize;

use super::model::Link;
use crate::directory::public::Contact;
use crate::directory::standby::public as standby;
use crate::ids::RevisionId;
use crate::kit::db::prepared;
use crate::kit::lang::Texts;

/// One text for two statements, which are put together by the compiler.
macro_rules! contacts {
    () => {
        "(SELECT json_agg(json_build_object('id', p.id, 'institution_id', p.institution_id, 'kind', p.kind,
                                     'name', p.name, 'functions', p.functions, 'languages', p.languages,
                                     'channels', p.channels, 'mandate_id', p.mandate_id, 'hours', p.hours) ORDER BY s.position)
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
    /// Those whom it named and who are no longer reached, by name alone.
    #[serde(default)]
    pub former: Vec<String>,
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
         'former', (SELECT json_agg(p.name ORDER BY s.position)
                    FROM revision_contacts s JOIN public_contacts p ON p.id = s.contact_id
                    WHERE s.revision_id = c.revision_id AND p.ended_at IS NOT NULL),
         'links', (SELECT json_agg(json_build_object('url', l.url, 'labels', l.labels) ORDER BY l.position)
                   FROM revision_links l WHERE l.revision_id = c.revision_id),
         'boilerplate', n.boilerplate))::text
     FROM revisions n WHERE n.id = c.revision_id)"
);

/// Who answers for a release at the instant it is read: of the contacts that it names, and of all of its lead.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Duty {
    /// With their public channels.
    #[serde(default)]
    pub now: Vec<OnDuty>,
    /// When somebody of them begins or ends to answer, in microseconds since 1970.
    #[serde(default)]
    changes: Option<i64>,
}

impl Duty {
    /// Until when it holds.
    pub fn changes_at(&self) -> Option<DateTime<Utc>> {
        self.changes.and_then(DateTime::from_timestamp_micros)
    }

    /// As pages ask who answers.
    pub fn shifts(&self) -> Vec<standby::OnDuty> {
        self.now
            .iter()
            .map(|it| standby::OnDuty {
                contact_id: it.contact.id,
                ends_at: DateTime::from_timestamp_micros(it.until).unwrap_or_default(),
                note: it.note.clone(),
            })
            .collect()
    }
}

/// A contact that answers.
#[derive(Debug, Clone, Deserialize)]
pub struct OnDuty {
    /// Who.
    pub contact: Contact,
    /// Until when, in microseconds since 1970.
    until: i64,
    #[serde(default)]
    note: String,
}

/// Who answers for the release of the row `c`, as one column of JSON text. Shifts of a contact do not overlap, so that the
/// first that has not ended is the one of now or the next: one probe a contact.
pub(super) const DUTY: &str = "(SELECT json_build_object(
         'now', coalesce(json_agg(json_build_object('until', (extract(epoch FROM s.ends_at) * 1000000)::bigint, 'note', s.note,
                    'contact', json_build_object('id', p.id, 'institution_id', p.institution_id, 'kind', p.kind,
                        'name', p.name, 'functions', p.functions, 'languages', p.languages, 'channels', p.channels,
                        'mandate_id', p.mandate_id, 'hours', p.hours)) ORDER BY p.position, p.id)
                    FILTER (WHERE s.starts_at <= site_now()), '[]'),
         'changes', (extract(epoch FROM min(CASE WHEN s.starts_at > site_now() THEN s.starts_at ELSE s.ends_at END)) * 1000000)::bigint)::text
     FROM (SELECT id FROM contact_points WHERE institution_id = c.lead_id AND ended_at IS NULL
           UNION SELECT contact_id FROM revision_contacts WHERE revision_id = c.revision_id) w
     CROSS JOIN LATERAL (SELECT starts_at, ends_at, note FROM standby_shifts
                         WHERE contact_id = w.id AND ends_at > site_now() ORDER BY ends_at LIMIT 1) s
     JOIN public_contacts p ON p.id = w.id AND p.ended_at IS NULL)";

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
