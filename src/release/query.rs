//! The SQL statements on releases, editions and revisions that decide nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::forcing::Forced;
use super::grant::{Grant, NewGrant};
use super::model::{Content, Edition, Kind, LanguageVersion, Link, Release, RevisionRow};
use super::state::{PublicState, State};
use crate::account::rights::Object;
use crate::directory::Family;
use crate::ids::{AccountId, ContactId, EditionId, GrantId, InstitutionId, ReleaseId, RevisionId, TopicId};
use crate::kit::clock;
use crate::kit::db::prepared;
use crate::kit::lang::{Lang, Texts};
use crate::media;
use crate::schema::{
    accounts, editions, forced_publications, institutions, issuers, language_versions, preview_grants, releases,
    revision_contacts, revision_links, revision_topics, revisions,
};

/// The editions, locked until the transaction ends, in the order of their ids, so that two can't wait for each other.
pub async fn lock_editions(conn: &mut AsyncPgConnection, ids: &[EditionId]) -> QueryResult<Vec<Edition>> {
    editions::table
        .filter(editions::id.eq_any(ids))
        .order(editions::id)
        .for_update()
        .select(Edition::as_select())
        .load(conn)
        .await
}

/// The releases, locked likewise.
pub async fn lock_releases(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<Release>> {
    releases::table
        .filter(releases::id.eq_any(ids))
        .order(releases::id)
        .for_update()
        .select(Release::as_select())
        .load(conn)
        .await
}

/// Scheduled editions whose instant has come, locked; those that another process holds are left to it.
pub async fn lock_due(conn: &mut AsyncPgConnection, at: DateTime<Utc>, most: i64) -> QueryResult<Vec<EditionId>> {
    editions::table
        .filter(editions::state.eq(State::Scheduled))
        .filter(editions::planned_at.le(at))
        .order((editions::planned_at, editions::id))
        .limit(most)
        .for_update()
        .skip_locked()
        .select(editions::id)
        .load(conn)
        .await
}

/// Whether an edition that was to be public by then is not yet: another process may be about it.
pub async fn is_overdue(conn: &mut AsyncPgConnection, by: DateTime<Utc>) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(
        editions::table.filter(editions::state.eq(State::Scheduled)).filter(editions::planned_at.le(by)),
    ))
    .get_result(conn)
    .await
}

/// A new release with its issuers and its first edition, a draft without a revision.
pub async fn insert(conn: &mut AsyncPgConnection, lead_first: &[InstitutionId]) -> QueryResult<(ReleaseId, EditionId)> {
    let release_id: ReleaseId =
        diesel::insert_into(releases::table).default_values().returning(releases::id).get_result(conn).await?;
    let rows: Vec<_> = lead_first
        .iter()
        .zip(0_i16..)
        .map(|(institution, position)| {
            (
                issuers::release_id.eq(release_id),
                issuers::position.eq(position),
                issuers::institution_id.eq(*institution),
            )
        })
        .collect();
    diesel::insert_into(issuers::table).values(rows).execute(conn).await?;
    let edition_id = insert_edition(conn, release_id, 1).await?;
    Ok((release_id, edition_id))
}

/// Identity and public standing of a release, for a page of the desk.
pub async fn release(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Option<Release>> {
    releases::table.find(id).select(Release::as_select()).first(conn).await.optional()
}

/// The latest revisions of an edition, the newest first.
pub async fn revisions(conn: &mut AsyncPgConnection, id: EditionId, most: i64) -> QueryResult<Vec<RevisionRow>> {
    revisions::table
        .left_join(accounts::table.on(revisions::account_id.eq(accounts::id.nullable())))
        .filter(revisions::edition_id.eq(id))
        .order(revisions::number.desc())
        .limit(most)
        .select((revisions::id, revisions::number, revisions::name, accounts::name.nullable(), revisions::created_at))
        .load(conn)
        .await
}

/// Who issues it from now on, the lead first.
pub async fn set_issuers(conn: &mut AsyncPgConnection, id: ReleaseId, lead_first: &[InstitutionId]) -> QueryResult<()> {
    // The database looks for a lead at the end of the transaction.
    diesel::delete(issuers::table.filter(issuers::release_id.eq(id))).execute(conn).await?;
    let rows: Vec<_> = lead_first
        .iter()
        .zip(0_i16..)
        .map(|(institution, position)| {
            (issuers::release_id.eq(id), issuers::position.eq(position), issuers::institution_id.eq(*institution))
        })
        .collect();
    diesel::insert_into(issuers::table).values(rows).execute(conn).await.map(drop)
}

/// What it is from now on.
pub async fn set_kind(conn: &mut AsyncPgConnection, id: ReleaseId, kind: Kind) -> QueryResult<()> {
    diesel::update(releases::table.find(id)).set(releases::kind.eq(kind)).execute(conn).await.map(drop)
}

/// Takes a release away that the public never saw, with all that hangs on it.
pub async fn delete_never_public(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<()> {
    diesel::delete(releases::table.find(id).filter(releases::public_state.eq(PublicState::NeverPublic)))
        .execute(conn)
        .await
        .map(drop)
}

/// The edition that the desk works on: the open one, else what the public reads or read last.
pub async fn current_edition(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Option<Edition>> {
    editions::table
        .filter(editions::release_id.eq(id))
        .filter(editions::state.ne(State::Superseded))
        .order(editions::number.desc())
        .select(Edition::as_select())
        .first(conn)
        .await
        .optional()
}

/// A new edition, a draft without a revision.
pub async fn insert_edition(
    conn: &mut AsyncPgConnection,
    release_id: ReleaseId,
    number: i32,
) -> QueryResult<EditionId> {
    diesel::insert_into(editions::table)
        .values((editions::release_id.eq(release_id), editions::number.eq(number)))
        .returning(editions::id)
        .get_result(conn)
        .await
}

/// The highest number of an edition of the release.
pub async fn last_number(conn: &mut AsyncPgConnection, release_id: ReleaseId) -> QueryResult<i32> {
    editions::table
        .filter(editions::release_id.eq(release_id))
        .select(diesel::dsl::max(editions::number))
        .first::<Option<i32>>(conn)
        .await
        .map(Option::unwrap_or_default)
}

/// A new revision of the edition, which becomes its head.
pub async fn insert_revision(
    conn: &mut AsyncPgConnection,
    edition_id: EditionId,
    by: Option<AccountId>,
    content: &Content,
) -> QueryResult<RevisionId> {
    insert_named_revision(conn, edition_id, by, content, "").await
}

/// As [`insert_revision`], with what its author calls it.
pub async fn insert_named_revision(
    conn: &mut AsyncPgConnection,
    edition_id: EditionId,
    by: Option<AccountId>,
    content: &Content,
    name: &str,
) -> QueryResult<RevisionId> {
    let last: Option<i32> = revisions::table
        .filter(revisions::edition_id.eq(edition_id))
        .select(diesel::dsl::max(revisions::number))
        .first(conn)
        .await?;
    let id: RevisionId = diesel::insert_into(revisions::table)
        .values((
            revisions::edition_id.eq(edition_id),
            revisions::number.eq(last.unwrap_or_default() + 1),
            revisions::account_id.eq(by),
            revisions::name.eq(name),
            revisions::boilerplate.eq(&content.boilerplate),
            revisions::not_before.eq(content.not_before),
        ))
        .returning(revisions::id)
        .get_result(conn)
        .await?;
    let versions: Vec<_> = content
        .versions
        .iter()
        .map(|(lang, version)| {
            (
                language_versions::revision_id.eq(id),
                language_versions::lang.eq(*lang),
                language_versions::title.eq(&version.title),
                language_versions::lead.eq(&version.lead),
                language_versions::body.eq(&version.body),
            )
        })
        .collect();
    diesel::insert_into(language_versions::table).values(versions).execute(conn).await?;
    let topics: Vec<_> = content
        .topics
        .iter()
        .zip(0_i16..)
        .map(|(topic, position)| {
            (
                revision_topics::revision_id.eq(id),
                revision_topics::position.eq(position),
                revision_topics::topic_id.eq(*topic),
            )
        })
        .collect();
    diesel::insert_into(revision_topics::table).values(topics).execute(conn).await?;
    if !content.contacts.is_empty() {
        let contacts: Vec<_> = content
            .contacts
            .iter()
            .zip(0_i16..)
            .map(|(contact, position)| {
                (
                    revision_contacts::revision_id.eq(id),
                    revision_contacts::position.eq(position),
                    revision_contacts::contact_id.eq(*contact),
                )
            })
            .collect();
        diesel::insert_into(revision_contacts::table).values(contacts).execute(conn).await?;
    }
    media::query::insert_uses(conn, id, &content.media).await?;
    if !content.links.is_empty() {
        let links: Vec<_> = content
            .links
            .iter()
            .zip(0_i16..)
            .map(|(link, position)| {
                (
                    revision_links::revision_id.eq(id),
                    revision_links::position.eq(position),
                    revision_links::url.eq(&link.url),
                    revision_links::labels.eq(&link.labels),
                )
            })
            .collect();
        diesel::insert_into(revision_links::table).values(links).execute(conn).await?;
    }
    diesel::update(editions::table.find(edition_id)).set(editions::head_revision_id.eq(id)).execute(conn).await?;
    Ok(id)
}

/// What a revision holds.
pub async fn content(conn: &mut AsyncPgConnection, id: RevisionId) -> QueryResult<Content> {
    let versions: Vec<(Lang, String, String, String)> = language_versions::table
        .filter(language_versions::revision_id.eq(id))
        .select((language_versions::lang, language_versions::title, language_versions::lead, language_versions::body))
        .load(conn)
        .await?;
    let topics: Vec<TopicId> = revision_topics::table
        .filter(revision_topics::revision_id.eq(id))
        .order(revision_topics::position)
        .select(revision_topics::topic_id)
        .load(conn)
        .await?;
    let versions: BTreeMap<_, _> =
        versions.into_iter().map(|(lang, title, lead, body)| (lang, LanguageVersion { title, lead, body })).collect();
    let contacts: Vec<ContactId> = revision_contacts::table
        .filter(revision_contacts::revision_id.eq(id))
        .order(revision_contacts::position)
        .select(revision_contacts::contact_id)
        .load(conn)
        .await?;
    let links: Vec<(String, Texts)> = revision_links::table
        .filter(revision_links::revision_id.eq(id))
        .order(revision_links::position)
        .select((revision_links::url, revision_links::labels))
        .load(conn)
        .await?;
    let links = links.into_iter().map(|(url, labels)| Link { url, labels }).collect();
    let (boilerplate, not_before) =
        revisions::table.find(id).select((revisions::boilerplate, revisions::not_before)).first(conn).await?;
    let media = media::query::uses(conn, id).await?;
    Ok(Content { versions, topics, contacts, links, media, boilerplate, not_before })
}

/// The languages and titles of revisions.
pub async fn titles(conn: &mut AsyncPgConnection, ids: &[RevisionId]) -> QueryResult<Vec<(RevisionId, Lang, String)>> {
    language_versions::table
        .filter(language_versions::revision_id.eq_any(ids))
        .order((language_versions::revision_id, language_versions::lang))
        .select((language_versions::revision_id, language_versions::lang, language_versions::title))
        .load(conn)
        .await
}

/// The languages in which the release has an address.
pub async fn addressed_languages(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Vec<Lang>> {
    use crate::schema::addresses;
    addresses::table
        .filter(addresses::release_id.eq(id))
        .filter(addresses::current)
        .select(addresses::lang)
        .load(conn)
        .await
}

/// The issuers, the lead first, and whether its lead asks for a second person.
pub async fn issuers(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Vec<(InstitutionId, bool)>> {
    issuers::table
        .inner_join(institutions::table.on(institutions::id.eq(issuers::institution_id)))
        .filter(issuers::release_id.eq(id))
        .order(issuers::position)
        .select((issuers::institution_id, institutions::four_eyes))
        .load(conn)
        .await
}

/// As [`issuers()`], of many releases, with the family of each: the leads first.
pub async fn issuers_of(
    conn: &mut AsyncPgConnection,
    ids: &[ReleaseId],
) -> QueryResult<Vec<(ReleaseId, InstitutionId, bool, Family)>> {
    issuers::table
        .inner_join(institutions::table.on(institutions::id.eq(issuers::institution_id)))
        .filter(issuers::release_id.eq_any(ids))
        .order((issuers::release_id, issuers::position))
        .select((issuers::release_id, issuers::institution_id, institutions::four_eyes, institutions::family))
        .load(conn)
        .await
}

/// Writes a state that `state.rs` allowed, with who had a hand in it and its planned instant.
pub async fn set_state(
    conn: &mut AsyncPgConnection,
    id: EditionId,
    state: State,
    hands: &[AccountId],
    planned_at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(editions::table.find(id))
        .set((editions::state.eq(state), editions::hands.eq(hands), editions::planned_at.eq(planned_at)))
        .execute(conn)
        .await
        .map(drop)
}

/// Whether all who must agree to what that revision says have (DESIGN §5). Of what is no decision: always. The database
/// refuses to make ready, publish or show what is not; asked before, it is told in a sentence.
pub async fn is_agreed(conn: &mut AsyncPgConnection, id: EditionId, revision: Option<RevisionId>) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        agreed: bool,
    }
    let row: Row = diesel::sql_query("SELECT edition_is_settled($1, $2) AS agreed")
        .bind::<BigInt, _>(id)
        .bind::<diesel::sql_types::Nullable<BigInt>, _>(revision)
        .get_result(conn)
        .await?;
    Ok(row.agreed)
}

/// As [`is_agreed`], of what each of these editions says now.
pub async fn are_agreed(conn: &mut AsyncPgConnection, ids: &[EditionId]) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        agreed: bool,
    }
    let row: Row = diesel::sql_query(
        "SELECT coalesce(bool_and(edition_is_settled(id, head_revision_id)), true) AS agreed FROM editions WHERE id = ANY($1)",
    )
    .bind::<Array<BigInt>, _>(ids)
    .get_result(conn)
    .await?;
    Ok(row.agreed)
}

/// Who had a hand in it.
pub async fn set_hands(conn: &mut AsyncPgConnection, id: EditionId, hands: &[AccountId]) -> QueryResult<()> {
    diesel::update(editions::table.find(id)).set(editions::hands.eq(hands)).execute(conn).await.map(drop)
}

/// What a later edition says it corrects.
pub async fn set_note(conn: &mut AsyncPgConnection, id: EditionId, note: &Texts) -> QueryResult<()> {
    diesel::update(editions::table.find(id)).set(editions::note.eq(note)).execute(conn).await.map(drop)
}

/// The edition is what the public reads; the one before it, if any, no longer is.
pub async fn mark_published(conn: &mut AsyncPgConnection, edition: &Edition, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(editions::table)
        .filter(editions::release_id.eq(edition.release_id))
        .filter(editions::state.eq(State::Published))
        .set(editions::state.eq(State::Superseded))
        .execute(conn)
        .await?;
    diesel::update(editions::table.find(edition.id))
        .set((
            editions::state.eq(State::Published),
            editions::published_at.eq(at),
            // From here on those count who write its next revision.
            editions::hands.eq(Vec::<AccountId>::new()),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// First publication: the instant, the date in the site's zone and the reference, for ever.
pub async fn mark_first_public(
    conn: &mut AsyncPgConnection,
    edition: &Edition,
    reference: &str,
    at: DateTime<Utc>,
    zone: Tz,
) -> QueryResult<NaiveDate> {
    let on = at.with_timezone(&zone).date_naive();
    diesel::update(releases::table.find(edition.release_id))
        .set((
            releases::public_state.eq(PublicState::Public),
            releases::reference.eq(reference),
            releases::first_published_at.eq(at),
            releases::first_published_on.eq(on),
            releases::public_edition_id.eq(edition.id),
            releases::public_revision_id.eq(edition.head_revision_id),
        ))
        .execute(conn)
        .await?;
    Ok(on)
}

/// A later edition takes the place of the one before.
pub async fn mark_corrected(conn: &mut AsyncPgConnection, edition: &Edition, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(releases::table.find(edition.release_id))
        .set((
            releases::public_edition_id.eq(edition.id),
            releases::public_revision_id.eq(edition.head_revision_id),
            releases::changed_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Another revision of the edition that is public.
pub async fn set_public_revision(conn: &mut AsyncPgConnection, id: ReleaseId, revision: RevisionId) -> QueryResult<()> {
    diesel::update(releases::table.find(id))
        .set(releases::public_revision_id.eq(revision))
        .execute(conn)
        .await
        .map(drop)
}

/// Withdrawn, unpublished or back, with the reason and what there is to read.
pub async fn set_public_state(
    conn: &mut AsyncPgConnection,
    id: ReleaseId,
    state: PublicState,
    notice: Option<&Texts>,
    readable: Option<(EditionId, RevisionId)>,
    moved_to: Option<&str>,
) -> QueryResult<()> {
    diesel::update(releases::table.find(id))
        .set((
            releases::public_state.eq(state),
            releases::notice.eq(notice),
            releases::public_edition_id.eq(readable.map(|(edition, _)| edition)),
            releases::public_revision_id.eq(readable.map(|(_, revision)| revision)),
            releases::moved_to.eq(moved_to),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// The edition in state published, with its head: what is read again when the release comes back.
pub async fn published_edition(
    conn: &mut AsyncPgConnection,
    id: ReleaseId,
) -> QueryResult<Option<(EditionId, Option<RevisionId>)>> {
    editions::table
        .filter(editions::release_id.eq(id))
        .filter(editions::state.eq(State::Published))
        .select((editions::id, editions::head_revision_id))
        .first(conn)
        .await
        .optional()
}

/// What rights on a release depend on.
#[derive(Debug, Clone, QueryableByName)]
pub struct RightsOf {
    #[diesel(sql_type = Array<BigInt>)]
    issuers: Vec<InstitutionId>,
    #[diesel(sql_type = Bool)]
    of_council: bool,
    #[diesel(sql_type = Bool)]
    is_draft: bool,
}

impl RightsOf {
    /// As `account::rights` asks for it.
    pub fn object(&self) -> Object<'_> {
        Object::Release { issuers: &self.issuers, of_council: self.of_council, is_draft: self.is_draft }
    }
}

/// What rights on the release depend on, by one statement. It counts as a draft while its last edition is one: what a
/// co-issuer may see of an older edition is on the public site.
pub async fn rights_of(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Option<RightsOf>> {
    prepared(
        diesel::sql_query(
            "SELECT (SELECT array_agg(s.institution_id ORDER BY s.position) FROM issuers s
                     WHERE s.release_id = r.id) AS issuers,
                    (SELECT i.family = 'council' FROM issuers s JOIN institutions i ON i.id = s.institution_id
                     WHERE s.release_id = r.id AND s.position = 0) AS of_council,
                    coalesce((SELECT e.state = 'draft' FROM editions e
                              WHERE e.release_id = r.id ORDER BY e.number DESC LIMIT 1), true) AS is_draft
             FROM releases r WHERE r.id = $1",
        )
        .bind::<BigInt, _>(id),
    )
    .get_result(conn)
    .await
    .optional()
}

/// Why it goes out without a language that its lead asks for.
pub async fn set_language_reason(conn: &mut AsyncPgConnection, id: EditionId, reason: &str) -> QueryResult<()> {
    diesel::update(editions::table.find(id)).set(editions::language_reason.eq(reason)).execute(conn).await.map(drop)
}

/// Marks an edition as forced; the first reason stays.
pub async fn insert_forced(
    conn: &mut AsyncPgConnection,
    id: EditionId,
    by: AccountId,
    reason: &str,
) -> QueryResult<()> {
    diesel::insert_into(forced_publications::table)
        .values((
            forced_publications::edition_id.eq(id),
            forced_publications::account_id.eq(by),
            forced_publications::reason.eq(reason),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await
        .map(drop)
}

const FORCED: &str =
    "SELECT f.edition_id, e.release_id, f.account_id, a.name AS by, f.at, f.reason, r.name AS ratified_by,
            f.ratified_at
     FROM forced_publications f
     JOIN editions e ON e.id = f.edition_id
     JOIN accounts a ON a.id = f.account_id
     LEFT JOIN accounts r ON r.id = f.ratified_by";

/// The forced publications of a release, the latest first.
pub async fn forced(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Vec<Forced>> {
    diesel::sql_query(format!("{FORCED} WHERE e.release_id = $1 ORDER BY f.at DESC, f.edition_id DESC"))
        .bind::<BigInt, _>(id)
        .load(conn)
        .await
}

/// All that wait for ratification, the oldest first. Rights are asked by whoever shows them.
pub async fn unratified(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Forced>> {
    diesel::sql_query(format!("{FORCED} WHERE f.ratified_at IS NULL ORDER BY f.at, f.edition_id")).load(conn).await
}

/// Somebody else says that it was right.
pub async fn ratify(conn: &mut AsyncPgConnection, id: EditionId, by: AccountId) -> QueryResult<()> {
    diesel::update(forced_publications::table.find(id))
        .set((
            forced_publications::ratified_by.eq(by),
            forced_publications::ratified_at.eq(clock::site_now().nullable()),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Takes what has waited for ratification for over a day, if nobody was reminded of it within the last one.
pub async fn claim_unratified(conn: &mut AsyncPgConnection) -> QueryResult<Vec<(ReleaseId, EditionId)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
        #[diesel(sql_type = BigInt)]
        edition_id: EditionId,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "UPDATE forced_publications f SET reminded_at = site_now() FROM editions e
         WHERE e.id = f.edition_id AND f.ratified_at IS NULL AND f.at <= site_now() - interval '1 day'
           AND (f.reminded_at IS NULL OR f.reminded_at <= site_now() - interval '1 day')
         RETURNING e.release_id, f.edition_id",
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.release_id, row.edition_id)).collect())
}

/// The number of the next personal link: its token is made of it before the row is there.
pub async fn next_grant_id(conn: &mut AsyncPgConnection) -> QueryResult<GrantId> {
    diesel::select(diesel::dsl::sql::<BigInt>("nextval(pg_get_serial_sequence('preview_grants', 'id'))"))
        .get_result(conn)
        .await
        .map(GrantId)
}

/// A new personal link.
pub async fn insert_grant(
    conn: &mut AsyncPgConnection,
    id: GrantId,
    release_id: ReleaseId,
    token_hash: &[u8],
    new: &NewGrant,
    by: AccountId,
) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO preview_grants (id, release_id, token_hash, name, email, lang, with_files, created_by, expires_at)
         OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(release_id)
    .bind::<Binary, _>(token_hash)
    .bind::<Text, _>(&new.name)
    .bind::<Text, _>(new.email.as_str())
    .bind::<Text, _>(new.lang)
    .bind::<Bool, _>(new.with_files)
    .bind::<BigInt, _>(by)
    .bind::<Timestamptz, _>(new.expires_at)
    .execute(conn)
    .await
    .map(drop)
}

const GRANT: &str = "SELECT g.id, g.release_id, g.name, g.email, g.lang, g.with_files, g.token_hash, g.created_at,
            g.expires_at, g.revoked_at, count(r.at) AS reads, max(r.at) AS read_at
     FROM preview_grants g LEFT JOIN preview_reads r ON r.grant_id = g.id";

/// The personal links to a release, the latest first.
pub async fn grants(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Vec<Grant>> {
    diesel::sql_query(format!("{GRANT} WHERE g.release_id = $1 GROUP BY g.id ORDER BY g.id DESC"))
        .bind::<BigInt, _>(id)
        .load(conn)
        .await
}

/// One of them.
pub async fn grant(conn: &mut AsyncPgConnection, id: GrantId) -> QueryResult<Option<Grant>> {
    diesel::sql_query(format!("{GRANT} WHERE g.id = $1 GROUP BY g.id"))
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await
        .optional()
}

/// The one of that token.
pub async fn grant_by_hash(conn: &mut AsyncPgConnection, hash: &[u8]) -> QueryResult<Option<Grant>> {
    diesel::sql_query(format!("{GRANT} WHERE g.token_hash = $1 GROUP BY g.id"))
        .bind::<Binary, _>(hash)
        .get_result(conn)
        .await
        .optional()
}

/// Ends it; one that has ended stays as it is.
pub async fn revoke_grant(conn: &mut AsyncPgConnection, release_id: ReleaseId, id: GrantId) -> QueryResult<usize> {
    diesel::update(preview_grants::table.find(id))
        .filter(preview_grants::release_id.eq(release_id))
        .filter(preview_grants::revoked_at.is_null())
        .set(preview_grants::revoked_at.eq(clock::site_now().nullable()))
        .execute(conn)
        .await
}

/// Something was read by it.
pub async fn insert_read(conn: &mut AsyncPgConnection, id: GrantId, what: &str) -> QueryResult<()> {
    diesel::sql_query("INSERT INTO preview_reads (grant_id, what) VALUES ($1, $2)")
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(what)
        .execute(conn)
        .await
        .map(drop)
}
