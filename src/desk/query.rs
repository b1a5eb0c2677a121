//! What the desk's own pages show: editions with what is written in them, who has them in hand, and what became of them.
//! Which of them somebody may see is said in SQL by `may_read_release`, which a test holds to `account::rights`.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

use crate::account::rights::Object;
use crate::account::{Person, Role};
use crate::ids::{AccountId, EditionId, InstitutionId, ReleaseId};
use crate::kit::db::prepared;
use crate::kit::lang::{Lang, Texts};
use crate::release::state::{PublicState, State};

/// An edition as the desk's lists show it.
#[derive(Debug, Clone, QueryableByName)]
pub struct Row {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: EditionId,
    /// Of which release.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// 1 for the first.
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// Where it stands.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// What the public sees of its release.
    #[diesel(sql_type = Text)]
    pub public_state: PublicState,
    /// The number of its release, from first publication on.
    #[diesel(sql_type = Nullable<Text>)]
    pub reference: Option<String>,
    /// When it goes public.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub planned_at: Option<DateTime<Utc>>,
    /// When it went public.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub published_at: Option<DateTime<Utc>>,
    /// Who wrote, edited or submitted.
    #[diesel(sql_type = Array<BigInt>)]
    pub hands: Vec<AccountId>,
    /// The lead first.
    #[diesel(sql_type = Array<BigInt>)]
    pub issuers: Vec<InstitutionId>,
    /// What its lead is called.
    #[diesel(sql_type = Jsonb)]
    pub lead: Texts,
    /// Whether the Council leads.
    #[diesel(sql_type = Bool)]
    pub of_council: bool,
    /// Whether a second person must send it on.
    #[diesel(sql_type = Bool)]
    pub four_eyes: bool,
    /// The languages that its lead asks for.
    #[diesel(sql_type = Array<Text>)]
    pub required: Vec<Lang>,
    /// By language: the title, whether there is a lead, whether there is a text; with what is being written.
    #[diesel(sql_type = Jsonb)]
    texts: Value,
    /// When somebody last wrote in it.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub saved_at: Option<DateTime<Utc>>,
    /// Who handed it in or sent it back last, when, and why.
    #[diesel(sql_type = Nullable<Jsonb>)]
    handed: Option<Value>,
    /// Others who have it open.
    #[diesel(sql_type = Nullable<Jsonb>)]
    others: Option<Value>,
    /// How many fields this person wrote beside somebody else's and has not chosen about.
    #[diesel(sql_type = BigInt)]
    pub conflicts: i64,
}

/// What one language of an edition has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// A headline.
    pub title: bool,
    /// A text.
    pub body: bool,
}

impl Row {
    /// As `account::rights` asks for it.
    pub fn object(&self) -> Object<'_> {
        Object::Release { issuers: &self.issuers, of_council: self.of_council, is_draft: self.state == State::Draft }
    }

    /// The headline in `lang`, else in the first language that has one.
    pub fn title(&self, lang: Lang) -> Option<(Lang, &str)> {
        [lang].into_iter().chain(Lang::ALL).find_map(|of| {
            let title = self.texts.get(of.code())?.get(0)?.as_str()?;
            (!title.trim().is_empty()).then_some((of, title))
        })
    }

    /// The headline in that language, if it has one.
    pub fn own_title(&self, lang: Lang) -> Option<&str> {
        self.texts.get(lang.code())?.get(0)?.as_str().filter(|title| !title.trim().is_empty())
    }

    /// What a language has.
    pub fn filled(&self, lang: Lang) -> Filled {
        let of = self.texts.get(lang.code());
        let title = of.and_then(|of| of.get(0)?.as_str()).is_some_and(|title| !title.trim().is_empty());
        Filled { title, body: of.and_then(|of| of.get(2)?.as_bool()).unwrap_or_default() }
    }

    /// The last handing in: by whom, when.
    pub fn handed_in(&self) -> Option<(&str, DateTime<Utc>)> {
        self.handing("release.submitted").map(|(by, at, _)| (by, at))
    }

    /// If it was sent back since it was last handed in: by whom, when, why.
    pub fn sent_back(&self) -> Option<(&str, DateTime<Utc>, &str)> {
        self.handing("release.sent_back")
    }

    fn handing(&self, action: &str) -> Option<(&str, DateTime<Utc>, &str)> {
        let handed = self.handed.as_ref().filter(|handed| handed["action"] == action)?;
        let at = handed["at"].as_str()?.parse().ok()?;
        Some((handed["by"].as_str().unwrap_or_default(), at, handed["reason"].as_str().unwrap_or_default()))
    }

    /// Others who have it open, and since when.
    pub fn others(&self) -> Vec<(&str, DateTime<Utc>)> {
        let others = self.others.as_ref().and_then(Value::as_array);
        others
            .into_iter()
            .flatten()
            .filter_map(|other| Some((other.get(0)?.as_str()?, other.get(1)?.as_str()?.parse().ok()?)))
            .collect()
    }
}

/// Which editions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Not public yet.
    Open,
    /// Open ones in that state.
    In(State),
    /// What stands in the public's view in that way.
    Public(PublicState),
}

/// What somebody looks for the lack of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Title or text in that language.
    Text(Lang),
    /// The alternative text of a picture, in a language that the release has.
    Alt,
    /// Anybody whom one may call.
    Contact,
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Narrowed {
    /// Led or co-issued by.
    pub institution: Option<InstitutionId>,
    /// Without that.
    pub missing: Option<Missing>,
    /// With a notice not to use it before an instant that has not come.
    pub embargoed: bool,
    /// Words that all stand in it somewhere, whatever their capitals and accents.
    pub words: Vec<String>,
    /// Releases before this one, in the order of their ids, the newest first.
    pub before: Option<ReleaseId>,
}

/// `$1` to `$3` are the person. What is written is the draft buffer over the head revision while the edition is a draft.
const ROW: &str = "SELECT e.id, e.release_id, e.number, e.state, r.public_state, r.reference, e.planned_at, e.published_at, e.hands,
       (SELECT array_agg(s.institution_id ORDER BY s.position) FROM issuers s WHERE s.release_id = e.release_id) AS issuers,
       lead.names AS lead, lead.family = 'council' AS of_council,
       EXISTS (SELECT FROM issuers s JOIN institutions i ON i.id = s.institution_id
               WHERE s.release_id = e.release_id AND (i.four_eyes OR i.family = 'council')) AS four_eyes, lead.required_languages AS required, written.texts,
       (SELECT max(f.saved_at) FROM draft_fields f WHERE f.edition_id = e.id) AS saved_at,
       (SELECT jsonb_build_object('action', j.action, 'at', j.at, 'by', a.name, 'reason', j.detail ->> 'reason')
        FROM journal j LEFT JOIN accounts a ON a.id = j.account_id
        WHERE j.object = 'release' AND j.object_id = e.release_id
          AND j.action IN ('release.submitted', 'release.sent_back') ORDER BY j.id DESC LIMIT 1) AS handed,
       (SELECT jsonb_agg(jsonb_build_array(a.name, p.since) ORDER BY p.since)
        FROM draft_presence p JOIN accounts a ON a.id = p.account_id
        WHERE p.edition_id = e.id AND p.account_id <> $1 AND p.seen_at > site_now() - interval '60 seconds') AS others,
       (SELECT count(*) FROM draft_conflicts c
        WHERE c.edition_id = e.id AND c.account_id = $1 AND c.settled_at IS NULL) AS conflicts
FROM editions e
JOIN releases r ON r.id = e.release_id
JOIN issuers first ON first.release_id = e.release_id AND first.position = 0
JOIN institutions lead ON lead.id = first.institution_id
CROSS JOIN LATERAL (
    SELECT jsonb_object_agg(l.lang, jsonb_build_array(
               coalesce(t.value #>> '{}', v.title, ''),
               coalesce(d.value #>> '{}', v.lead, '') <> '',
               coalesce(b.value #>> '{}', v.body, '') <> '')) AS texts
    FROM unnest(ARRAY['fr', 'nl', 'de', 'en']) AS l (lang)
    LEFT JOIN language_versions v ON v.revision_id = e.head_revision_id AND v.lang = l.lang
    LEFT JOIN draft_fields t ON e.state = 'draft' AND t.edition_id = e.id AND t.field = 'title.' || l.lang
    LEFT JOIN draft_fields d ON e.state = 'draft' AND d.edition_id = e.id AND d.field = 'lead.' || l.lang
    LEFT JOIN draft_fields b ON e.state = 'draft' AND b.edition_id = e.id AND b.field = 'body.' || l.lang) written
WHERE may_read_release($2, $3, e.release_id)";

/// A picture that is not decorative and says nothing in a language that has a title; in the draft buffer, or else in the
/// head revision.
const WITHOUT_ALT: &str = "
    AND EXISTS (
        SELECT FROM (
            SELECT m.asset_id, m.decorative, m.alt FROM revision_media m
            WHERE m.revision_id = e.head_revision_id AND NOT EXISTS (
                SELECT FROM draft_fields f WHERE e.state = 'draft' AND f.edition_id = e.id AND f.field = 'media')
            UNION ALL
            SELECT (it ->> 'asset')::bigint, coalesce((it ->> 'decorative')::boolean, false), it -> 'alt'
            FROM draft_fields f, jsonb_array_elements(f.value) AS it
            WHERE e.state = 'draft' AND f.edition_id = e.id AND f.field = 'media') AS shown
        JOIN assets a ON a.id = shown.asset_id AND a.kind IN ('photo', 'infographic')
        CROSS JOIN jsonb_each(written.texts) AS text (lang, says)
        WHERE NOT shown.decorative AND text.says ->> 0 <> '' AND coalesce(shown.alt ->> text.lang, '') = '')";

/// Nobody to call, in the draft buffer or else in the head revision.
const WITHOUT_CONTACT: &str = "
    AND NOT coalesce(
        (SELECT jsonb_array_length(f.value) > 0 FROM draft_fields f
         WHERE e.state = 'draft' AND f.edition_id = e.id AND f.field = 'contacts'),
        EXISTS (SELECT FROM revision_contacts c WHERE c.revision_id = e.head_revision_id))";

/// \"Do not use before\", in the draft buffer or else in the head revision.
const EMBARGOED: &str = "
    AND CASE WHEN EXISTS (SELECT FROM draft_fields f
                          WHERE e.state = 'draft' AND f.edition_id = e.id AND f.field = 'not_before')
        THEN (SELECT (f.value #>> '{}')::timestamptz FROM draft_fields f
              WHERE f.edition_id = e.id AND f.field = 'not_before')
        ELSE (SELECT v.not_before FROM revisions v WHERE v.id = e.head_revision_id) END > site_now()";

type Asked<'a> = diesel::query_builder::BoxedSqlQuery<'a, Pg, diesel::query_builder::SqlQuery>;

fn asked_by<'a>(person: &Person) -> Asked<'a> {
    diesel::sql_query("")
        .into_boxed::<Pg>()
        .bind::<BigInt, _>(person.id())
        .bind::<Text, _>(person.role())
        .bind::<Nullable<BigInt>, _>(person.institution_id())
}

/// Those of a list that this person may see, the newest release first, at most so many.
pub async fn listed(
    conn: &mut AsyncPgConnection,
    person: &Person,
    which: Which,
    narrowed: &Narrowed,
    most: i64,
) -> QueryResult<Vec<Row>> {
    // Only fixed text is put together here; every value is bound.
    let mut query = asked_by(person);
    let mut sql = String::from(ROW);
    let mut bound = 3;
    let mut next = || {
        bound += 1;
        bound
    };
    match which {
        Which::Open => sql.push_str(" AND e.state NOT IN ('published', 'superseded')"),
        Which::In(state) => {
            sql.push_str(&format!(" AND e.state NOT IN ('published', 'superseded') AND e.state = ${}", next()));
            query = query.bind::<Text, _>(state);
        }
        Which::Public(state) => {
            // Of what is read or was read last; without an open edition, which stands in the other lists.
            sql.push_str(&format!(
                " AND e.state = 'published' AND r.public_state IN ('withdrawn', 'unpublished') AND r.public_state = ${}",
                next()
            ));
            query = query.bind::<Text, _>(state);
        }
    }
    if let Some(institution) = narrowed.institution {
        sql.push_str(&format!(
            " AND EXISTS (SELECT FROM issuers s WHERE s.release_id = e.release_id AND s.institution_id = ${})",
            next()
        ));
        query = query.bind::<BigInt, _>(institution);
    }
    match narrowed.missing {
        Some(Missing::Text(lang)) => {
            let n = next();
            sql.push_str(&format!(
                " AND (written.texts -> ${n} ->> 0 = '' OR NOT (written.texts -> ${n} ->> 2)::boolean)"
            ));
            query = query.bind::<Text, _>(lang);
        }
        Some(Missing::Alt) => sql.push_str(WITHOUT_ALT),
        Some(Missing::Contact) => sql.push_str(WITHOUT_CONTACT),
        None => {}
    }
    if narrowed.embargoed {
        sql.push_str(EMBARGOED);
    }
    if !narrowed.words.is_empty() {
        // Of what the public does not read an institution has some hundreds: looked through, one by one. Who sees those of
        // all, some ten thousand, is given what their titles and leads say: the texts would take seconds.
        let n = next();
        let whole = if person.role() == Role::Admin { "false" } else { "true" };
        sql.push_str(&format!(
            " AND NOT EXISTS (SELECT FROM unnest(${n}::text[]) AS word WHERE strpos(
                  (SELECT folded(concat_ws(' ', 'W-' || e.release_id, r.reference,
                      (SELECT string_agg(concat_ws(' ', v.title, v.lead, CASE WHEN {whole} THEN v.body END), ' ') FROM language_versions v
                       WHERE v.revision_id = e.head_revision_id),
                      (SELECT string_agg(f.value #>> '{{}}', ' ') FROM draft_fields f
                       WHERE f.edition_id = e.id AND jsonb_typeof(f.value) = 'string'
                         AND ({whole} OR f.field NOT LIKE 'body.%'))))), folded(word)) = 0)"
        ));
        query = query.bind::<Array<Text>, _>(narrowed.words.clone());
    }
    if let Some(before) = narrowed.before {
        sql.push_str(&format!(" AND e.release_id < ${}", next()));
        query = query.bind::<BigInt, _>(before);
    }
    sql.push_str(&format!(" ORDER BY e.release_id DESC LIMIT ${}", next()));
    prepared(query.sql(sql).bind::<BigInt, _>(most)).load(conn).await
}

/// What was handed in and waits for somebody to send it on, the soonest first.
pub async fn handed_in(conn: &mut AsyncPgConnection, person: &Person, most: i64) -> QueryResult<Vec<Row>> {
    let sql = format!(
        "{ROW} AND e.state IN ('submitted', 'in_validation')
         ORDER BY coalesce(e.planned_at, 'infinity'), e.release_id LIMIT $4"
    );
    prepared(asked_by(person).sql(sql).bind::<BigInt, _>(most)).load(conn).await
}

/// The drafts that this person has in hand, and whatever they wrote beside somebody else's words; the latest first.
pub async fn in_hand(conn: &mut AsyncPgConnection, person: &Person, most: i64) -> QueryResult<Vec<Row>> {
    let sql = format!(
        "{ROW} AND e.id IN (
             SELECT id FROM editions
             WHERE state NOT IN ('published', 'superseded') AND state = 'draft' AND hands @> ARRAY[$1]
             UNION SELECT edition_id FROM draft_conflicts WHERE account_id = $1 AND settled_at IS NULL)
         ORDER BY saved_at DESC NULLS LAST, e.release_id DESC LIMIT $4"
    );
    prepared(asked_by(person).sql(sql).bind::<BigInt, _>(most)).load(conn).await
}

/// How many drafts this person has in hand.
pub async fn count_in_hand(conn: &mut AsyncPgConnection, person: &Person) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    prepared(
        diesel::sql_query(
            "SELECT count(*) AS count FROM editions
             WHERE state NOT IN ('published', 'superseded') AND state = 'draft' AND hands @> ARRAY[$1]
               AND may_read_release($2, $3, release_id)",
        )
        .bind::<BigInt, _>(person.id())
        .bind::<Text, _>(person.role())
        .bind::<Nullable<BigInt>, _>(person.institution_id()),
    )
    .get_result(conn)
    .await
    .map(|row: Count| row.count)
}

/// What goes public by itself within a span: from the first instant, up to and without the second. At most 500.
pub async fn scheduled(
    conn: &mut AsyncPgConnection,
    person: &Person,
    span: (DateTime<Utc>, DateTime<Utc>),
) -> QueryResult<Vec<Row>> {
    let sql = format!(
        "{ROW} AND e.state = 'scheduled' AND e.planned_at >= $4 AND e.planned_at < $5
         ORDER BY e.planned_at, e.release_id LIMIT 500"
    );
    prepared(asked_by(person).sql(sql).bind::<Timestamptz, _>(span.0).bind::<Timestamptz, _>(span.1)).load(conn).await
}

/// What of those releases is read or was read last, in no order.
pub async fn of_releases(conn: &mut AsyncPgConnection, person: &Person, ids: &[ReleaseId]) -> QueryResult<Vec<Row>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{ROW} AND e.release_id = ANY($4) AND e.state = 'published'");
    prepared(asked_by(person).sql(sql).bind::<Array<BigInt>, _>(ids.to_vec())).load(conn).await
}

/// The edition of each of those releases that is worked on, else what is read or was read last; in no order.
pub async fn worked_on(conn: &mut AsyncPgConnection, person: &Person, ids: &[ReleaseId]) -> QueryResult<Vec<Row>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{ROW} AND e.release_id = ANY($4) AND e.state <> 'superseded'
           AND e.number = (SELECT max(l.number) FROM editions l WHERE l.release_id = e.release_id)"
    );
    prepared(asked_by(person).sql(sql).bind::<Array<BigInt>, _>(ids.to_vec())).load(conn).await
}

/// A publication against the policy that nobody has ratified.
#[derive(Debug, Clone, QueryableByName)]
pub struct Forced {
    /// Which edition.
    #[diesel(sql_type = BigInt)]
    pub edition_id: EditionId,
    /// By whom.
    #[diesel(sql_type = Text)]
    pub by: String,
    /// Their account.
    #[diesel(sql_type = BigInt)]
    pub account_id: AccountId,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// Why.
    #[diesel(sql_type = Text)]
    pub reason: String,
}

/// What was published by force and is not ratified, the oldest first.
pub async fn forced(conn: &mut AsyncPgConnection, person: &Person) -> QueryResult<Vec<(Forced, Row)>> {
    let forced: Vec<Forced> = prepared(
        diesel::sql_query(
            "SELECT f.edition_id, a.name AS by, f.account_id, f.at, f.reason
             FROM forced_publications f JOIN editions e ON e.id = f.edition_id JOIN accounts a ON a.id = f.account_id
             WHERE f.ratified_at IS NULL AND f.account_id <> $1 AND may_read_release($2, $3, e.release_id)
             ORDER BY f.at LIMIT 50",
        )
        .bind::<BigInt, _>(person.id())
        .bind::<Text, _>(person.role())
        .bind::<Nullable<BigInt>, _>(person.institution_id()),
    )
    .load(conn)
    .await?;
    if forced.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<EditionId> = forced.iter().map(|forced| forced.edition_id).collect();
    let sql = format!("{ROW} AND e.id = ANY($4)");
    let rows: Vec<Row> = prepared(asked_by(person).sql(sql).bind::<Array<BigInt>, _>(ids)).load(conn).await?;
    Ok(forced
        .into_iter()
        .filter_map(|forced| {
            rows.iter().find(|row| row.id == forced.edition_id).map(|row| (forced.clone(), row.clone()))
        })
        .collect())
}

/// The first numbers of a release.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct Figures {
    /// Of which release.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// Requests of its page, all days.
    #[diesel(sql_type = BigInt)]
    pub reads: i64,
    /// Mails that it was in and that were handed over or will be.
    #[diesel(sql_type = BigInt)]
    pub mails: i64,
    /// Mails of these that the other side took.
    #[diesel(sql_type = BigInt)]
    pub accepted: i64,
}

/// Of those releases, in no order.
pub async fn figures(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<Figures>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    prepared(
        diesel::sql_query(
            "SELECT asked.id AS release_id,
                    coalesce((SELECT sum(reads) FROM release_reads WHERE release_id = asked.id), 0)::bigint AS reads,
                    mails.sent AS mails, mails.accepted
             FROM unnest($1::bigint[]) AS asked (id)
             CROSS JOIN LATERAL (
                 SELECT count(*) FILTER (WHERE d.state <> 'cancelled') AS sent,
                        count(*) FILTER (WHERE d.state IN ('accepted', 'delivered', 'bounced', 'complained')) AS accepted
                 FROM public_changes c
                 JOIN delivery_items i ON i.sequence = c.sequence AND NOT i.left_out
                 JOIN deliveries d ON d.id = i.delivery_id
                 WHERE c.release_id = asked.id AND c.announced) mails",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await
}

/// Whether this person may read the release, as `may_read_release` says.
pub async fn may_read(conn: &mut AsyncPgConnection, person: &Person, id: ReleaseId) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Answer {
        #[diesel(sql_type = Bool)]
        may: bool,
    }
    diesel::sql_query("SELECT may_read_release($1, $2, $3) AS may")
        .bind::<Text, _>(person.role())
        .bind::<Nullable<BigInt>, _>(person.institution_id())
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await
        .map(|answer: Answer| answer.may)
}
