//! The SQL statements of the desk on governments, mandates and spokespersons: all there are, begun or not.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Competence, Government, Handover, Holder, Mandate, Office, RightsOf, Spokesperson};
use super::register::Kind;
use super::speaking::Written;
use crate::ids::{
    AccountId, CompetenceId, ContactId, GovernmentId, InstitutionId, MandateId, OfficeId, PersonId, SpokespersonId,
};
use crate::kit::clock;
use crate::kit::lang::Texts;
use crate::schema::{
    competences, contact_points, governments, handovers, institutions, mandate_competences, mandates, offices, persons,
    spokespersons,
};

/// All governments: those that are prepared, the present one, the former ones.
pub async fn governments(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Government>> {
    governments::table
        .order((governments::starts_at.desc().nulls_first(), governments::id.desc()))
        .select(Government::as_select())
        .load(conn)
        .await
}

/// One of them.
pub async fn government(conn: &mut AsyncPgConnection, id: GovernmentId) -> QueryResult<Option<Government>> {
    governments::table.find(id).select(Government::as_select()).first(conn).await.optional()
}

/// One of them, locked until the transaction ends.
pub async fn lock_government(conn: &mut AsyncPgConnection, id: GovernmentId) -> QueryResult<Option<Government>> {
    governments::table.find(id).for_update().select(Government::as_select()).first(conn).await.optional()
}

/// The one that governs.
pub async fn in_office(conn: &mut AsyncPgConnection) -> QueryResult<Option<Government>> {
    governments::table
        .filter(governments::starts_at.is_not_null())
        .filter(governments::ends_at.is_null())
        .select(Government::as_select())
        .first(conn)
        .await
        .optional()
}

/// Prepared ones whose instant has come, the one that was to come first first.
pub async fn due(conn: &mut AsyncPgConnection) -> QueryResult<Vec<GovernmentId>> {
    governments::table
        .filter(governments::starts_at.is_null())
        .filter(governments::takes_over_at.le(clock::site_now().nullable()))
        .order((governments::takes_over_at, governments::id))
        .select(governments::id)
        .load(conn)
        .await
}

/// A new one, prepared; none if the code is taken.
pub async fn insert_government(
    conn: &mut AsyncPgConnection,
    code: &str,
    names: &Texts,
) -> QueryResult<Option<GovernmentId>> {
    diesel::insert_into(governments::table)
        .values((governments::code.eq(code), governments::names.eq(names)))
        .on_conflict_do_nothing()
        .returning(governments::id)
        .get_result(conn)
        .await
        .optional()
}

/// What it is called, and when it is to take over.
pub async fn set_plan(
    conn: &mut AsyncPgConnection,
    id: GovernmentId,
    names: &Texts,
    takes_over_at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(governments::table.find(id))
        .set((governments::names.eq(names), governments::takes_over_at.eq(takes_over_at)))
        .execute(conn)
        .await
        .map(drop)
}

/// Since when it only carries on, or that it does not.
pub async fn set_caretaker(
    conn: &mut AsyncPgConnection,
    id: GovernmentId,
    from: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(governments::table.find(id)).set(governments::caretaker_from.eq(from)).execute(conn).await.map(drop)
}

/// It governs from then on.
pub async fn start_government(conn: &mut AsyncPgConnection, id: GovernmentId, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(governments::table.find(id))
        .set((governments::starts_at.eq(at), governments::takes_over_at.eq(None::<DateTime<Utc>>)))
        .execute(conn)
        .await
        .map(drop)
}

/// It governs no longer from then on.
pub async fn end_government(conn: &mut AsyncPgConnection, id: GovernmentId, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(governments::table.find(id)).set(governments::ends_at.eq(at)).execute(conn).await.map(drop)
}

/// Takes a prepared one away, with its mandates and all that hangs on them.
pub async fn delete_prepared(conn: &mut AsyncPgConnection, id: GovernmentId) -> QueryResult<()> {
    diesel::delete(handovers::table.filter(handovers::government_id.eq(id))).execute(conn).await?;
    for mandate in mandates_of(conn, id).await? {
        delete_mandate(conn, mandate.id).await?;
    }
    diesel::delete(governments::table.find(id).filter(governments::starts_at.is_null())).execute(conn).await.map(drop)
}

#[derive(QueryableByName)]
struct MandateRow {
    #[diesel(sql_type = BigInt)]
    id: MandateId,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = BigInt)]
    government_id: GovernmentId,
    #[diesel(sql_type = BigInt)]
    office_id: OfficeId,
    #[diesel(sql_type = BigInt)]
    person_id: PersonId,
    #[diesel(sql_type = Text)]
    person_code: String,
    #[diesel(sql_type = Text)]
    given_name: String,
    #[diesel(sql_type = Text)]
    family_name: String,
    #[diesel(sql_type = Jsonb)]
    titles: Texts,
    #[diesel(sql_type = Nullable<BigInt>)]
    policy_cell_id: Option<InstitutionId>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    cell_names: Option<Texts>,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    position: i32,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    starts_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ends_at: Option<DateTime<Utc>>,
}

impl From<MandateRow> for Mandate {
    fn from(row: MandateRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            government_id: row.government_id,
            office_id: row.office_id,
            person_id: row.person_id,
            person_code: row.person_code,
            given_name: row.given_name,
            family_name: row.family_name,
            titles: row.titles,
            policy_cell_id: row.policy_cell_id,
            cell_names: row.cell_names,
            position: row.position,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        }
    }
}

const MANDATES: &str =
    "SELECT m.id, m.code, m.government_id, m.office_id, m.person_id, p.code AS person_code, p.given_name,
        p.family_name, m.titles, m.policy_cell_id, m.cell_names, m.position, m.starts_at, m.ends_at
    FROM mandates m JOIN persons p ON p.id = m.person_id";

/// The mandates of a government by precedence, those that have ended too.
pub async fn mandates_of(conn: &mut AsyncPgConnection, id: GovernmentId) -> QueryResult<Vec<Mandate>> {
    let rows: Vec<MandateRow> =
        diesel::sql_query(format!("{MANDATES} WHERE m.government_id = $1 ORDER BY m.position, m.id"))
            .bind::<BigInt, _>(id)
            .load(conn)
            .await?;
    Ok(rows.into_iter().map(Mandate::from).collect())
}

/// Those that are held today, whatever their government, by precedence.
pub async fn held(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Mandate>> {
    let rows: Vec<MandateRow> = diesel::sql_query(format!(
        "{MANDATES} WHERE m.starts_at IS NOT NULL AND m.ends_at IS NULL ORDER BY m.position, m.id"
    ))
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(Mandate::from).collect())
}

/// One mandate.
pub async fn mandate(conn: &mut AsyncPgConnection, id: MandateId) -> QueryResult<Option<Mandate>> {
    let row: Option<MandateRow> = diesel::sql_query(format!("{MANDATES} WHERE m.id = $1"))
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(Mandate::from))
}

/// One mandate, locked until the transaction ends.
pub async fn lock_mandate(conn: &mut AsyncPgConnection, id: MandateId) -> QueryResult<Option<Mandate>> {
    let row: Option<MandateRow> = diesel::sql_query(format!("{MANDATES} WHERE m.id = $1 FOR UPDATE OF m"))
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(Mandate::from))
}

/// What rights on it depend on, for that account.
pub async fn rights_of(
    conn: &mut AsyncPgConnection,
    id: MandateId,
    account: AccountId,
) -> QueryResult<Option<RightsOf>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<BigInt>)]
        policy_cell_id: Option<InstitutionId>,
        #[diesel(sql_type = Bool)]
        is_prepared: bool,
        #[diesel(sql_type = Bool)]
        speaks: bool,
    }
    let row: Option<Row> = diesel::sql_query(
        "SELECT m.policy_cell_id, m.starts_at IS NULL AS is_prepared,
                EXISTS (SELECT FROM spokespersons s JOIN accounts a ON a.id = $2
                        WHERE s.mandate_id = m.id AND (s.account_id = a.id OR s.account_id IS NULL AND lower(s.email) = a.email)
                        AND s.starts_at <= site_now() AND (s.ends_at IS NULL OR s.ends_at > site_now())) AS speaks
         FROM mandates m WHERE m.id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(account)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| RightsOf { policy_cell: row.policy_cell_id, is_prepared: row.is_prepared, speaks: row.speaks }))
}

/// The mandates for which that account speaks today: named with it, or under its address before it was there.
pub async fn spoken_for(conn: &mut AsyncPgConnection, account: AccountId) -> QueryResult<Vec<MandateId>> {
    let rows: Vec<IdRow> = diesel::sql_query(
        "SELECT DISTINCT s.mandate_id AS id FROM spokespersons s JOIN accounts a ON a.id = $1
         WHERE (s.account_id = a.id OR s.account_id IS NULL AND lower(s.email) = a.email)
           AND s.starts_at <= site_now() AND (s.ends_at IS NULL OR s.ends_at > site_now()) ORDER BY 1",
    )
    .bind::<BigInt, _>(account)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| MandateId(row.id)).collect())
}

/// What a mandate says, to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateRowNew {
    /// Which office.
    pub office_id: OfficeId,
    /// Who holds it.
    pub person_id: PersonId,
    /// The full title.
    pub titles: Texts,
    /// The minister's staff.
    pub policy_cell_id: Option<InstitutionId>,
    /// What the staff is called from the beginning on.
    pub cell_names: Option<Texts>,
    /// The order of precedence.
    pub position: i32,
}

/// A new mandate, prepared; none if the code is taken.
pub async fn insert_mandate(
    conn: &mut AsyncPgConnection,
    government: GovernmentId,
    code: &str,
    new: &MandateRowNew,
) -> QueryResult<Option<MandateId>> {
    diesel::insert_into(mandates::table)
        .values((
            mandates::code.eq(code),
            mandates::government_id.eq(government),
            mandates::office_id.eq(new.office_id),
            mandates::person_id.eq(new.person_id),
            mandates::titles.eq(&new.titles),
            mandates::policy_cell_id.eq(new.policy_cell_id),
            mandates::cell_names.eq(&new.cell_names),
            mandates::position.eq(new.position),
        ))
        .on_conflict(mandates::code)
        .do_nothing()
        .returning(mandates::id)
        .get_result(conn)
        .await
        .optional()
}

/// Writes what a mandate says. Office and person stay once it has begun: another person is another mandate.
pub async fn update_mandate(conn: &mut AsyncPgConnection, id: MandateId, new: &MandateRowNew) -> QueryResult<()> {
    diesel::update(mandates::table.find(id))
        .set((
            mandates::office_id.eq(new.office_id),
            mandates::person_id.eq(new.person_id),
            mandates::titles.eq(&new.titles),
            mandates::policy_cell_id.eq(new.policy_cell_id),
            mandates::cell_names.eq(&new.cell_names),
            mandates::position.eq(new.position),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// It is held from then on.
pub async fn start_mandates(conn: &mut AsyncPgConnection, ids: &[MandateId], at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(mandates::table.filter(mandates::id.eq_any(ids)))
        .set((mandates::starts_at.eq(at), mandates::cell_names.eq(None::<Texts>)))
        .execute(conn)
        .await
        .map(drop)
}

/// They are held no longer from then on.
pub async fn end_mandates(conn: &mut AsyncPgConnection, ids: &[MandateId], at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(mandates::table.filter(mandates::id.eq_any(ids)))
        .set(mandates::ends_at.eq(at))
        .execute(conn)
        .await
        .map(drop)
}

/// Takes a prepared mandate away, with its contacts and spokespersons, which nobody outside the Chancellery has seen.
pub async fn delete_mandate(conn: &mut AsyncPgConnection, id: MandateId) -> QueryResult<()> {
    // What was chosen for it is chosen no longer: what is usual is proposed again.
    diesel::delete(handovers::table.filter(handovers::to_mandate_id.eq(id))).execute(conn).await?;
    diesel::delete(contact_points::table.filter(contact_points::mandate_id.eq(id))).execute(conn).await?;
    diesel::delete(spokespersons::table.filter(spokespersons::mandate_id.eq(id))).execute(conn).await?;
    diesel::delete(mandates::table.find(id).filter(mandates::starts_at.is_null())).execute(conn).await.map(drop)
}

/// What a mandate is competent for, in that order.
pub async fn set_competences(conn: &mut AsyncPgConnection, id: MandateId, order: &[CompetenceId]) -> QueryResult<()> {
    diesel::delete(mandate_competences::table.filter(mandate_competences::mandate_id.eq(id))).execute(conn).await?;
    let rows: Vec<_> = order
        .iter()
        .zip(0_i16..)
        .map(|(competence, position)| {
            (
                mandate_competences::mandate_id.eq(id),
                mandate_competences::competence_id.eq(*competence),
                mandate_competences::position.eq(position),
            )
        })
        .collect();
    diesel::insert_into(mandate_competences::table).values(rows).execute(conn).await.map(drop)
}

/// What those mandates are competent for, in their order.
pub async fn competences_of(
    conn: &mut AsyncPgConnection,
    ids: &[MandateId],
) -> QueryResult<Vec<(MandateId, Competence)>> {
    mandate_competences::table
        .inner_join(competences::table.on(competences::id.eq(mandate_competences::competence_id)))
        .filter(mandate_competences::mandate_id.eq_any(ids))
        .order((mandate_competences::mandate_id, mandate_competences::position))
        .select((mandate_competences::mandate_id, Competence::as_select()))
        .load(conn)
        .await
}

/// All competences, by code.
pub async fn competences(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Competence>> {
    competences::table.order(competences::code).select(Competence::as_select()).load(conn).await
}

/// All offices, by code.
pub async fn offices(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Office>> {
    offices::table.order(offices::code).select(Office::as_select()).load(conn).await
}

/// All persons, by family name.
pub async fn holders(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Holder>> {
    persons::table.order((persons::family_name, persons::given_name)).select(Holder::as_select()).load(conn).await
}

/// A new person; none if the code is taken.
pub async fn insert_holder(
    conn: &mut AsyncPgConnection,
    code: &str,
    given_name: &str,
    family_name: &str,
) -> QueryResult<Option<PersonId>> {
    diesel::insert_into(persons::table)
        .values((persons::code.eq(code), persons::given_name.eq(given_name), persons::family_name.eq(family_name)))
        .on_conflict_do_nothing()
        .returning(persons::id)
        .get_result(conn)
        .await
        .optional()
}

/// What a person is called; whether there is one.
pub async fn set_holder(
    conn: &mut AsyncPgConnection,
    id: PersonId,
    given_name: &str,
    family_name: &str,
) -> QueryResult<bool> {
    diesel::update(persons::table.find(id))
        .set((persons::given_name.eq(given_name), persons::family_name.eq(family_name)))
        .execute(conn)
        .await
        .map(|rows| rows == 1)
}

/// A new office or competence; none if the code is taken.
pub async fn insert_named(
    conn: &mut AsyncPgConnection,
    kind: Kind,
    code: &str,
    names: &Texts,
) -> QueryResult<Option<i64>> {
    match kind {
        Kind::Office => diesel::insert_into(offices::table)
            .values((offices::code.eq(code), offices::names.eq(names)))
            .on_conflict_do_nothing()
            .returning(offices::id)
            .get_result(conn)
            .await
            .optional(),
        Kind::Competence => diesel::insert_into(competences::table)
            .values((competences::code.eq(code), competences::names.eq(names)))
            .on_conflict_do_nothing()
            .returning(competences::id)
            .get_result(conn)
            .await
            .optional(),
    }
}

/// What an office or a competence is called; whether there is one.
pub async fn set_named(conn: &mut AsyncPgConnection, kind: Kind, id: i64, names: &Texts) -> QueryResult<bool> {
    let rows = match kind {
        Kind::Office => {
            diesel::update(offices::table.find(OfficeId(id))).set(offices::names.eq(names)).execute(conn).await?
        }
        Kind::Competence => {
            diesel::update(competences::table.find(CompetenceId(id)))
                .set(competences::names.eq(names))
                .execute(conn)
                .await?
        }
    };
    Ok(rows == 1)
}

/// Who speaks for those mandates and has not ended, deputies last.
pub async fn spokespersons(conn: &mut AsyncPgConnection, of: &[MandateId]) -> QueryResult<Vec<Spokesperson>> {
    spokespersons::table
        .filter(spokespersons::mandate_id.eq_any(of))
        .filter(spokespersons::ends_at.is_null().or(spokespersons::ends_at.gt(clock::site_now().nullable())))
        .order((spokespersons::mandate_id, spokespersons::is_deputy, spokespersons::id))
        .select(Spokesperson::as_select())
        .load(conn)
        .await
}

/// Those who spoke for it once, the last one first.
pub async fn former_spokespersons(conn: &mut AsyncPgConnection, of: MandateId) -> QueryResult<Vec<Spokesperson>> {
    spokespersons::table
        .filter(spokespersons::mandate_id.eq(of))
        .filter(spokespersons::ends_at.le(clock::site_now().nullable()))
        .order((spokespersons::ends_at.desc(), spokespersons::id))
        .select(Spokesperson::as_select())
        .load(conn)
        .await
}

/// One of those of that mandate, locked.
pub async fn lock_spokesperson(
    conn: &mut AsyncPgConnection,
    of: MandateId,
    id: SpokespersonId,
) -> QueryResult<Option<Spokesperson>> {
    spokespersons::table
        .find(id)
        .filter(spokespersons::mandate_id.eq(of))
        .for_update()
        .select(Spokesperson::as_select())
        .first(conn)
        .await
        .optional()
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// A new one, from now on where no instant is given.
pub async fn insert_spokesperson(
    conn: &mut AsyncPgConnection,
    of: MandateId,
    new: &Written,
    account: Option<AccountId>,
) -> QueryResult<SpokespersonId> {
    let row: IdRow = diesel::sql_query(
        "INSERT INTO spokespersons (mandate_id, name, email, phone, lang, is_deputy, account_id, starts_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, site_now()), $9) RETURNING id",
    )
    .bind::<BigInt, _>(of)
    .bind::<Text, _>(&new.name)
    .bind::<Text, _>(&new.email)
    .bind::<Nullable<Text>, _>(&new.phone)
    .bind::<Text, _>(new.lang)
    .bind::<Bool, _>(new.is_deputy)
    .bind::<Nullable<BigInt>, _>(account)
    .bind::<Nullable<Timestamptz>, _>(new.starts_at)
    .bind::<Nullable<Timestamptz>, _>(new.ends_at)
    .get_result(conn)
    .await?;
    Ok(SpokespersonId(row.id))
}

/// Writes what one of them says.
pub async fn update_spokesperson(
    conn: &mut AsyncPgConnection,
    id: SpokespersonId,
    new: &Written,
    account: Option<AccountId>,
) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE spokespersons SET name = $2, email = $3, phone = $4, lang = $5, is_deputy = $6, account_id = $7,
                starts_at = coalesce($8, starts_at), ends_at = $9
         WHERE id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(&new.name)
    .bind::<Text, _>(&new.email)
    .bind::<Nullable<Text>, _>(&new.phone)
    .bind::<Text, _>(new.lang)
    .bind::<Bool, _>(new.is_deputy)
    .bind::<Nullable<BigInt>, _>(account)
    .bind::<Nullable<Timestamptz>, _>(new.starts_at)
    .bind::<Nullable<Timestamptz>, _>(new.ends_at)
    .execute(conn)
    .await
    .map(drop)
}

/// Whoever speaks for one of those mandates speaks for it until then; one who had not begun never did.
pub async fn end_spokespersons(conn: &mut AsyncPgConnection, of: &[MandateId], at: DateTime<Utc>) -> QueryResult<()> {
    diesel::delete(
        spokespersons::table.filter(spokespersons::mandate_id.eq_any(of)).filter(spokespersons::starts_at.ge(at)),
    )
    .execute(conn)
    .await?;
    diesel::update(
        spokespersons::table
            .filter(spokespersons::mandate_id.eq_any(of))
            .filter(spokespersons::ends_at.is_null().or(spokespersons::ends_at.gt(at))),
    )
    .set(spokespersons::ends_at.eq(at))
    .execute(conn)
    .await
    .map(drop)
}

/// One speaks until then.
pub async fn end_spokesperson(conn: &mut AsyncPgConnection, id: SpokespersonId, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(spokespersons::table.find(id)).set(spokespersons::ends_at.eq(at)).execute(conn).await.map(drop)
}

/// Takes one away who has not begun.
pub async fn delete_spokesperson(conn: &mut AsyncPgConnection, id: SpokespersonId) -> QueryResult<()> {
    diesel::delete(spokespersons::table.find(id)).execute(conn).await.map(drop)
}

/// Whoever speaks for the first mandate at that instant speaks for the second from then on, unless somebody of that
/// address does already.
pub async fn hand_spokespersons_over(
    conn: &mut AsyncPgConnection,
    from: MandateId,
    to: MandateId,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::sql_query(
        "INSERT INTO spokespersons (mandate_id, name, email, phone, lang, is_deputy, account_id, starts_at, ends_at)
         SELECT $2, name, email, phone, lang, is_deputy, account_id, $3, ends_at FROM spokespersons s
         WHERE mandate_id = $1 AND starts_at <= $3 AND (ends_at IS NULL OR ends_at > $3)
           AND NOT EXISTS (SELECT FROM spokespersons o
                           WHERE o.mandate_id = $2 AND lower(o.email) = lower(s.email) AND (o.ends_at IS NULL OR o.ends_at > $3))
         ORDER BY s.is_deputy, s.id",
    )
    .bind::<BigInt, _>(from)
    .bind::<BigInt, _>(to)
    .bind::<Timestamptz, _>(at)
    .execute(conn)
    .await
}

/// Contacts of the first mandate answer for the second from then on, with their rota; releases that name them go on to.
pub async fn hand_contacts_over(
    conn: &mut AsyncPgConnection,
    from: MandateId,
    to: MandateId,
    cell: InstitutionId,
) -> QueryResult<usize> {
    diesel::update(
        contact_points::table.filter(contact_points::mandate_id.eq(from)).filter(contact_points::ended_at.is_null()),
    )
    .set((contact_points::mandate_id.eq(to), contact_points::institution_id.eq(cell)))
    .execute(conn)
    .await
}

/// Contacts of those mandates are reached no longer from then on, and nothing of their rota after it stands.
pub async fn end_contacts(
    conn: &mut AsyncPgConnection,
    of: &[MandateId],
    at: DateTime<Utc>,
) -> QueryResult<Vec<ContactId>> {
    let ended: Vec<ContactId> = diesel::update(
        contact_points::table.filter(contact_points::mandate_id.eq_any(of)).filter(contact_points::ended_at.is_null()),
    )
    .set((contact_points::ended_at.eq(at), contact_points::is_default.eq(false)))
    .returning(contact_points::id)
    .get_results(conn)
    .await?;
    crate::directory::standby::query::end(conn, &ended, at).await?;
    Ok(ended)
}

/// Contacts of a policy cell as such are those of another from now on.
pub async fn move_contacts(conn: &mut AsyncPgConnection, from: InstitutionId, to: InstitutionId) -> QueryResult<()> {
    diesel::update(
        contact_points::table
            .filter(contact_points::institution_id.eq(from))
            .filter(contact_points::mandate_id.is_null())
            .filter(contact_points::ended_at.is_null()),
    )
    .set(contact_points::institution_id.eq(to))
    .execute(conn)
    .await
    .map(drop)
}

/// As [`end_contacts`], those of a policy cell as such.
pub async fn end_contacts_of_cell(
    conn: &mut AsyncPgConnection,
    cell: InstitutionId,
    at: DateTime<Utc>,
) -> QueryResult<Vec<ContactId>> {
    let ended: Vec<ContactId> = diesel::update(
        contact_points::table
            .filter(contact_points::institution_id.eq(cell))
            .filter(contact_points::mandate_id.is_null())
            .filter(contact_points::ended_at.is_null()),
    )
    .set((contact_points::ended_at.eq(at), contact_points::is_default.eq(false)))
    .returning(contact_points::id)
    .get_results(conn)
    .await?;
    crate::directory::standby::query::end(conn, &ended, at).await?;
    Ok(ended)
}

/// What becomes of each present mandate when that government takes over, as it was chosen.
pub async fn handovers(conn: &mut AsyncPgConnection, of: GovernmentId) -> QueryResult<Vec<Handover>> {
    let rows: Vec<(MandateId, Option<MandateId>, super::model::Drafts, bool, bool)> = handovers::table
        .filter(handovers::government_id.eq(of))
        .order(handovers::mandate_id)
        .select((
            handovers::mandate_id,
            handovers::to_mandate_id,
            handovers::drafts,
            handovers::spokespersons,
            handovers::contacts,
        ))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(mandate_id, to, drafts, spokespersons, contacts)| Handover {
            mandate_id,
            to,
            drafts,
            spokespersons,
            contacts,
        })
        .collect())
}

/// Chooses what becomes of them.
pub async fn set_handovers(conn: &mut AsyncPgConnection, of: GovernmentId, all: &[Handover]) -> QueryResult<()> {
    diesel::delete(handovers::table.filter(handovers::government_id.eq(of))).execute(conn).await?;
    let rows: Vec<_> = all
        .iter()
        .map(|it| {
            (
                handovers::government_id.eq(of),
                handovers::mandate_id.eq(it.mandate_id),
                handovers::to_mandate_id.eq(it.to),
                handovers::drafts.eq(it.drafts),
                handovers::spokespersons.eq(it.spokespersons),
                handovers::contacts.eq(it.contacts),
            )
        })
        .collect();
    diesel::insert_into(handovers::table).values(rows).execute(conn).await.map(drop)
}

/// A policy cell from the beginning of its mandate on: known to all, open, and called so if it has a new name.
pub async fn open_cell(conn: &mut AsyncPgConnection, id: InstitutionId, names: Option<&Texts>) -> QueryResult<()> {
    diesel::update(institutions::table.find(id))
        .set((
            institutions::announced.eq(true),
            institutions::closed_at.eq(None::<DateTime<Utc>>),
            institutions::successor_id.eq(None::<InstitutionId>),
        ))
        .execute(conn)
        .await?;
    if let Some(names) = names {
        diesel::update(institutions::table.find(id)).set(institutions::names.eq(names)).execute(conn).await?;
    }
    Ok(())
}

/// A policy cell that no mandate has any more, and what took its place.
pub async fn close_cell(
    conn: &mut AsyncPgConnection,
    id: InstitutionId,
    successor: Option<InstitutionId>,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(institutions::table.find(id))
        .set((institutions::closed_at.eq(at), institutions::successor_id.eq(successor)))
        .execute(conn)
        .await
        .map(drop)
}

/// Of those institutions, the ones that are the policy cell of a mandate which is held.
pub async fn cells_in_use(conn: &mut AsyncPgConnection, of: &[InstitutionId]) -> QueryResult<Vec<InstitutionId>> {
    let cells: Vec<Option<InstitutionId>> = mandates::table
        .filter(mandates::policy_cell_id.eq_any(of))
        .filter(mandates::starts_at.is_not_null())
        .filter(mandates::ends_at.is_null())
        .select(mandates::policy_cell_id)
        .distinct()
        .load(conn)
        .await?;
    Ok(cells.into_iter().flatten().collect())
}

/// In whose name each lead and co-issuer of those releases speaks, from their first publication on: the mandate that its
/// policy cell serves at that instant, the first by precedence.
pub async fn name_issuers(conn: &mut AsyncPgConnection, releases: &[crate::ids::ReleaseId]) -> QueryResult<()> {
    crate::kit::db::prepared(
        diesel::sql_query(
            "UPDATE issuers i SET mandate_id = (
                 SELECT m.id FROM mandates m
                 WHERE m.policy_cell_id = i.institution_id AND m.starts_at <= site_now()
                   AND (m.ends_at IS NULL OR m.ends_at > site_now())
                 ORDER BY m.position, m.id LIMIT 1)
             WHERE i.release_id = ANY($1) AND i.mandate_id IS NULL
               AND EXISTS (SELECT FROM mandates m WHERE m.policy_cell_id = i.institution_id AND m.starts_at <= site_now()
                           AND (m.ends_at IS NULL OR m.ends_at > site_now()))",
        )
        .bind::<Array<BigInt>, _>(releases),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// How many open drafts each of those policy cells leads: what a handover is about.
pub async fn open_drafts(
    conn: &mut AsyncPgConnection,
    cells: &[InstitutionId],
) -> QueryResult<Vec<(InstitutionId, i64)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        institution_id: InstitutionId,
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT i.institution_id, count(*) AS count
         FROM issuers i JOIN releases r ON r.id = i.release_id
         WHERE i.institution_id = ANY($1) AND i.position = 0 AND r.public_state = 'never_public'
         GROUP BY i.institution_id",
    )
    .bind::<Array<BigInt>, _>(cells)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.institution_id, row.count)).collect())
}
