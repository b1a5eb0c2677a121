//! Governments, mandates and who speaks for them, meetings and their decisions, for the journeys of the Council.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use communique::account::{Person, Role};
use communique::directory::Family;
use communique::ids::{EditionId, MandateId, MeetingId, ReleaseId, SpokespersonId};
use communique::kit::lang::Lang;
use communique::release::error::ReleaseError;
use communique::release::model::NewRelease;
use communique::release::publication::{Published, Publisher};
use communique::release::{drafting, publication};
use diesel::sql_types::{BigInt, Bool, Date, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

use super::{TestSite, content};

/// The code of the institution whose releases decisions are.
pub const COUNCIL: &str = "council";

/// Publishes that decision as the publication of its meeting does.
pub async fn with_its_meeting(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    edition: EditionId,
) -> Result<Vec<Published>, ReleaseError> {
    conn.transaction(async |conn| publication::publish_within(conn, zone, Publisher::OfMeeting(by), &[edition]).await)
        .await
}

impl TestSite {
    /// Somebody of the Chancellery who writes, and a second one, who sends on what the first wrote.
    pub async fn chancellery(&self) -> (Person, Person) {
        self.institution(COUNCIL, Family::Council).await;
        let writer = self.person(Role::ChancelleryEditor, None).await;
        (writer, self.person(Role::ChancelleryEditor, Some(COUNCIL)).await)
    }

    /// A mandate of that code in a government in office, or the one that is there: its office and person are called after
    /// it, and its title is `code (lang)`.
    pub async fn mandate(&self, code: &str) -> MandateId {
        let names = |text: &str| {
            let names: BTreeMap<&str, String> =
                Lang::ALL.iter().map(|lang| (lang.code(), format!("{text} ({lang})"))).collect();
            serde_json::to_value(names).unwrap()
        };
        let mut conn = self.conn().await;
        diesel::sql_query(
            "WITH given AS (SELECT $1::text AS code, $2::jsonb AS names),
                  of AS (INSERT INTO governments (code, names, starts_at)
                         SELECT 'government', $3::jsonb, '2025-01-01' WHERE NOT EXISTS (SELECT FROM governments WHERE code = 'government')
                         RETURNING id),
                  office AS (INSERT INTO offices (code, names) SELECT code, names FROM given
                             WHERE NOT EXISTS (SELECT FROM mandates m WHERE m.code = given.code) RETURNING id),
                  person AS (INSERT INTO persons (code, given_name, family_name) SELECT code, 'Given', code FROM given
                             WHERE NOT EXISTS (SELECT FROM mandates m WHERE m.code = given.code) RETURNING id)
             INSERT INTO mandates (code, government_id, office_id, person_id, titles, position, starts_at)
             SELECT given.code, coalesce((SELECT id FROM of), (SELECT id FROM governments WHERE code = 'government')),
                    office.id, person.id, given.names, (SELECT count(*) + 1 FROM mandates), '2025-01-01'
             FROM given, office, person",
        )
        .bind::<Text, _>(code)
        .bind::<Jsonb, _>(names(code))
        .bind::<Jsonb, _>(names("government"))
        .execute(&mut conn)
        .await
        .unwrap();
        diesel::dsl::sql::<BigInt>("SELECT id FROM mandates WHERE code = ")
            .bind::<Text, _>(code)
            .get_result(&mut conn)
            .await
            .unwrap()
    }

    /// Somebody who speaks for a mandate, or a deputy.
    pub async fn spokesperson(&self, of: MandateId, email: &str, lang: Lang, is_deputy: bool) -> SpokespersonId {
        let mut conn = self.conn().await;
        diesel::dsl::sql::<BigInt>(
            "INSERT INTO spokespersons (mandate_id, name, email, phone, lang, is_deputy, starts_at) VALUES (",
        )
        .bind::<BigInt, _>(of)
        .sql(", initcap(split_part(")
        .bind::<Text, _>(email)
        .sql(", '@', 1)), ")
        .bind::<Text, _>(email)
        .sql(", '+32 2 555 01 42', ")
        .bind::<Text, _>(lang)
        .sql(", ")
        .bind::<Bool, _>(is_deputy)
        .sql(", '2025-01-01') RETURNING id")
        .get_result(&mut conn)
        .await
        .unwrap()
    }

    /// A Council of Ministers of that day, to be public at that instant if one is given. Its code is the day.
    pub async fn meeting(&self, held_on: &str, planned_at: Option<&str>) -> MeetingId {
        let institution = self.institution(COUNCIL, Family::Council).await;
        let mut conn = self.conn().await;
        let places: serde_json::Value =
            serde_json::json!({ "fr": "Palais des Confluents", "nl": "Paleis der Samenvloeiing" });
        diesel::dsl::sql::<BigInt>("INSERT INTO meetings (code, held_on, institution_id, places, planned_at) VALUES (")
            .bind::<Text, _>(held_on)
            .sql(", ")
            .bind::<Date, _>(held_on.parse::<chrono::NaiveDate>().unwrap())
            .sql(", ")
            .bind::<BigInt, _>(institution)
            .sql(", ")
            .bind::<Jsonb, _>(places)
            .sql(", ")
            .bind::<Nullable<Timestamptz>, _>(planned_at.map(|at| at.parse::<chrono::DateTime<chrono::Utc>>().unwrap()))
            .sql(") RETURNING id")
            .get_result(&mut conn)
            .await
            .unwrap()
    }

    /// A decision at the end of that meeting's agenda, written by the first of [`TestSite::chancellery`]: a draft with one
    /// revision, proposed by those mandates.
    pub async fn decision(
        &self,
        meeting: MeetingId,
        versions: &[(Lang, &str)],
        proposed_by: &[MandateId],
    ) -> (ReleaseId, EditionId) {
        let (writer, _) = self.chancellery().await;
        let lead = self.institution(COUNCIL, Family::Council).await;
        let mut conn = self.conn().await;
        let new = NewRelease { issuers: vec![lead], content: content(versions) };
        let (release, edition) = drafting::begin(&mut conn, &writer, new).await.unwrap();
        diesel::sql_query("UPDATE releases SET kind = 'decision' WHERE id = $1")
            .bind::<BigInt, _>(release)
            .execute(&mut conn)
            .await
            .unwrap();
        diesel::sql_query(
            "INSERT INTO decisions (release_id, meeting_id, position)
             SELECT $1, $2, coalesce(max(position), 0) + 1 FROM decisions WHERE meeting_id = $2",
        )
        .bind::<BigInt, _>(release)
        .bind::<BigInt, _>(meeting)
        .execute(&mut conn)
        .await
        .unwrap();
        for (position, mandate) in (0_i64..).zip(proposed_by) {
            diesel::sql_query("INSERT INTO edition_mandates (edition_id, position, mandate_id) VALUES ($1, $2, $3)")
                .bind::<BigInt, _>(edition)
                .bind::<BigInt, _>(position)
                .bind::<BigInt, _>(*mandate)
                .execute(&mut conn)
                .await
                .unwrap();
        }
        (release, edition)
    }
}
