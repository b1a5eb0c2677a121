//! The tables as diesel sees them. Kept in the order of the migrations.
//!
//! Of a table with more than sixteen columns diesel sees sixteen; the others (`institutions.social`, `meetings.armed_by`,
//! `created_by`, `created_at`) are for SQL as text.

#![allow(missing_docs, reason = "the macros write items of their own")]

diesel::table! {
    institutions (id) { id -> BigInt, code -> Text, family -> Text, names -> Jsonb, website -> Nullable<Text>, four_eyes -> Bool, announced -> Bool, created_at -> Timestamptz, required_languages -> Array<Text>, boilerplate -> Nullable<Jsonb>, abbreviations -> Nullable<Jsonb>, addresses -> Nullable<Jsonb>, logo_id -> Nullable<BigInt>, parent_id -> Nullable<BigInt>, successor_id -> Nullable<BigInt>, closed_at -> Nullable<Timestamptz>, }
}
diesel::table! {
    topics (id) { id -> BigInt, code -> Text, names -> Jsonb, announced -> Bool, created_at -> Timestamptz, merged_into -> Nullable<BigInt>, }
}
diesel::table! {
    accounts (id) { id -> BigInt, email -> Text, name -> Text, role -> Text, institution_id -> Nullable<BigInt>, password_hash -> Nullable<Text>, created_at -> Timestamptz, disabled_at -> Nullable<Timestamptz>, lang -> Nullable<Text>, password_set_at -> Nullable<Timestamptz>, totp_secret -> Nullable<Bytea>, totp_confirmed_at -> Nullable<Timestamptz>, totp_last_step -> Nullable<BigInt>, }
}
diesel::table! {
    sessions (token_hash) { token_hash -> Bytea, account_id -> BigInt, created_at -> Timestamptz, seen_at -> Timestamptz, id -> BigInt, proved_at -> Nullable<Timestamptz>, second_factor_at -> Nullable<Timestamptz>, network -> Nullable<Text>, agent -> Nullable<Text>, }
}
diesel::table! {
    half_sessions (token_hash) { token_hash -> Bytea, account_id -> BigInt, created_at -> Timestamptz, tries -> SmallInt, }
}
diesel::table! {
    recovery_codes (account_id, code_hash) { account_id -> BigInt, code_hash -> Bytea, used_at -> Nullable<Timestamptz>, }
}
diesel::table! {
    account_links (token_hash) { token_hash -> Bytea, account_id -> BigInt, purpose -> Text, email -> Text, created_at -> Timestamptz, expires_at -> Timestamptz, used_at -> Nullable<Timestamptz>, }
}
diesel::table! {
    sign_in_tries (key) { key -> Bytea, failures -> Integer, last_at -> Timestamptz, }
}
diesel::table! {
    journal (id) { id -> BigInt, at -> Timestamptz, account_id -> Nullable<BigInt>, job -> Nullable<Text>, action -> Text, object -> Text, object_id -> Nullable<BigInt>, detail -> Jsonb, }
}
diesel::table! {
    journal_addresses (journal_id) { journal_id -> BigInt, network -> Text, }
}
diesel::table! {
    public_change_counter (only_row) { only_row -> Bool, last -> BigInt, }
}
diesel::table! {
    public_changes (sequence) { sequence -> BigInt, at -> Timestamptz, kind -> Text, release_id -> Nullable<BigInt>, edition_id -> Nullable<BigInt>, languages -> Array<Text>, tags -> Array<Text>, announced -> Bool, }
}
diesel::table! {
    releases (id) {
        id -> BigInt, kind -> Text, origin -> Text, public_state -> Text, reference -> Nullable<Text>,
        first_published_at -> Nullable<Timestamptz>, first_published_on -> Nullable<Date>, time_known -> Bool,
        changed_at -> Nullable<Timestamptz>, public_edition_id -> Nullable<BigInt>, public_revision_id -> Nullable<BigInt>,
        notice -> Nullable<Jsonb>, moved_to -> Nullable<Text>, source_number -> Nullable<Text>, created_at -> Timestamptz,
    }
}
diesel::table! {
    issuers (release_id, position) { release_id -> BigInt, position -> SmallInt, institution_id -> BigInt, mandate_id -> Nullable<BigInt>, }
}
diesel::table! {
    editions (id) {
        id -> BigInt, release_id -> BigInt, number -> Integer, state -> Text, head_revision_id -> Nullable<BigInt>,
        hands -> Array<BigInt>, planned_at -> Nullable<Timestamptz>, published_at -> Nullable<Timestamptz>,
        note -> Nullable<Jsonb>, created_at -> Timestamptz, language_reason -> Nullable<Text>,
    }
}
diesel::table! {
    revisions (id) {
        id -> BigInt, edition_id -> BigInt, number -> Integer, account_id -> Nullable<BigInt>, created_at -> Timestamptz,
        name -> Text, boilerplate -> Nullable<Jsonb>, not_before -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    language_versions (revision_id, lang) { revision_id -> BigInt, lang -> Text, title -> Text, lead -> Text, body -> Text, }
}
diesel::table! {
    revision_topics (revision_id, position) { revision_id -> BigInt, position -> SmallInt, topic_id -> BigInt, }
}
diesel::table! {
    addresses (lang, published_on, slug) { lang -> Text, published_on -> Date, slug -> Text, release_id -> BigInt, current -> Bool, }
}
diesel::table! {
    subscribers (id) {
        id -> BigInt, email -> Nullable<Text>, state -> Text, languages -> Array<Text>, confirmed_at -> Timestamptz,
        wished_at -> Timestamptz, consent -> Jsonb, ended_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    subscriptions (id) {
        id -> BigInt, subscriber_id -> BigInt, filter -> Text, frequency -> Text, cursor -> BigInt, created_at -> Timestamptz,
        paused_at -> Nullable<Timestamptz>, ended_at -> Nullable<Timestamptz>, slots -> Nullable<Array<Text>>,
        paused_from -> Nullable<Timestamptz>, paused_until -> Nullable<Timestamptz>, catch_up -> Bool,
    }
}
diesel::table! {
    spent_tokens (id) { id -> Bytea, expires_at -> Timestamptz, }
}
diesel::table! {
    suppressions (key) { key -> Bytea, reason -> Text, at -> Timestamptz, }
}
diesel::table! {
    digest_runs (id) { id -> BigInt, due_at -> Timestamptz, bound -> BigInt, opened_at -> Timestamptz, give_up_at -> Timestamptz, deliveries -> Integer, finished_at -> Nullable<Timestamptz>,
        kind -> Text, floor -> BigInt, items -> BigInt, opening_ms -> Nullable<Integer>, accepted -> Nullable<Integer>, }
}
diesel::table! {
    deliveries (id) {
        id -> BigInt, run_id -> BigInt, subscriber_id -> BigInt, state -> Text, attempts -> SmallInt, due_at -> Timestamptz,
        sender -> Nullable<BigInt>, sending_at -> Nullable<Timestamptz>, settled_at -> Nullable<Timestamptz>,
        reply -> Nullable<Text>, doubtful -> Bool,
    }
}
diesel::table! {
    delivery_items (delivery_id, sequence) { delivery_id -> BigInt, subscriber_id -> BigInt, sequence -> BigInt, subscription_ids -> Array<BigInt>, release_id -> BigInt, left_out -> Bool, }
}
diesel::table! {
    contact_points (id) {
        id -> BigInt, institution_id -> BigInt, kind -> Text, name -> Text, functions -> Nullable<Jsonb>, languages -> Array<Text>,
        note -> Text, is_default -> Bool, position -> Integer, created_at -> Timestamptz, ended_at -> Nullable<Timestamptz>, mandate_id -> Nullable<BigInt>, hours -> Nullable<Jsonb>,
    }
}
diesel::table! {
    contact_channels (contact_id, position) { contact_id -> BigInt, position -> SmallInt, kind -> Text, value -> Text, public -> Bool, note -> Text, }
}
diesel::table! {
    revision_contacts (revision_id, position) { revision_id -> BigInt, position -> SmallInt, contact_id -> BigInt, }
}
diesel::table! {
    revision_links (revision_id, position) { revision_id -> BigInt, position -> SmallInt, url -> Text, labels -> Jsonb, }
}
diesel::table! {
    draft_fields (edition_id, field) { edition_id -> BigInt, field -> Text, value -> Jsonb, version -> BigInt, account_id -> Nullable<BigInt>, saved_at -> Timestamptz, begun_at -> Timestamptz, }
}
diesel::table! {
    draft_conflicts (id) { id -> BigInt, edition_id -> BigInt, field -> Text, value -> Jsonb, account_id -> BigInt, at -> Timestamptz, settled_at -> Nullable<Timestamptz>, }
}
diesel::table! {
    draft_presence (edition_id, account_id) { edition_id -> BigInt, account_id -> BigInt, since -> Timestamptz, seen_at -> Timestamptz, field -> Nullable<Text>, }
}
diesel::table! {
    forced_publications (edition_id) {
        edition_id -> BigInt, account_id -> BigInt, at -> Timestamptz, reason -> Text, ratified_by -> Nullable<BigInt>,
        ratified_at -> Nullable<Timestamptz>, reminded_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    preview_grants (id) {
        id -> BigInt, release_id -> BigInt, token_hash -> Bytea, name -> Text, email -> Text, lang -> Text, with_files -> Bool,
        created_by -> BigInt, created_at -> Timestamptz, expires_at -> Timestamptz, revoked_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    preview_reads (grant_id, at) { grant_id -> BigInt, at -> Timestamptz, what -> Text, }
}
diesel::table! {
    site_page_revisions (id) { id -> BigInt, page -> Text, number -> Integer, titles -> Jsonb, bodies -> Jsonb, account_id -> Nullable<BigInt>, created_at -> Timestamptz, }
}
diesel::table! {
    release_reads (release_id, on_day) { release_id -> BigInt, on_day -> Date, reads -> BigInt, }
}
diesel::table! {
    governments (id) {
        id -> BigInt, code -> Text, names -> Jsonb, takes_over_at -> Nullable<Timestamptz>, starts_at -> Nullable<Timestamptz>,
        caretaker_from -> Nullable<Timestamptz>, ends_at -> Nullable<Timestamptz>, created_at -> Timestamptz,
    }
}
diesel::table! {
    persons (id) { id -> BigInt, code -> Text, given_name -> Text, family_name -> Text, created_at -> Timestamptz, }
}
diesel::table! {
    offices (id) { id -> BigInt, code -> Text, names -> Jsonb, created_at -> Timestamptz, }
}
diesel::table! {
    mandates (id) {
        id -> BigInt, code -> Text, government_id -> BigInt, office_id -> BigInt, person_id -> BigInt, titles -> Jsonb,
        policy_cell_id -> Nullable<BigInt>, position -> Integer, starts_at -> Nullable<Timestamptz>,
        ends_at -> Nullable<Timestamptz>, created_at -> Timestamptz, cell_names -> Nullable<Jsonb>,
    }
}
diesel::table! {
    handovers (government_id, mandate_id) {
        government_id -> BigInt, mandate_id -> BigInt, to_mandate_id -> Nullable<BigInt>, drafts -> Text, spokespersons -> Bool,
        contacts -> Bool,
    }
}
diesel::table! {
    competences (id) { id -> BigInt, code -> Text, names -> Jsonb, }
}
diesel::table! {
    mandate_competences (mandate_id, competence_id) { mandate_id -> BigInt, competence_id -> BigInt, position -> SmallInt, }
}
diesel::table! {
    spokespersons (id) {
        id -> BigInt, mandate_id -> BigInt, name -> Text, email -> Text, phone -> Nullable<Text>, lang -> Text,
        is_deputy -> Bool, account_id -> Nullable<BigInt>, starts_at -> Timestamptz, ends_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    standby_shifts (id) { id -> BigInt, contact_id -> BigInt, starts_at -> Timestamptz, ends_at -> Timestamptz, note -> Text, }
}
diesel::table! {
    meetings (id) {
        id -> BigInt, code -> Text, kind -> Text, institution_id -> BigInt, held_on -> Date, places -> Nullable<Jsonb>,
        is_electronic -> Bool, chair_mandate_id -> Nullable<BigInt>, intros -> Nullable<Jsonb>, languages -> Array<Text>,
        deadline_at -> Nullable<Timestamptz>, silence_agrees -> Bool, planned_at -> Nullable<Timestamptz>,
        armed_at -> Nullable<Timestamptz>, published_at -> Nullable<Timestamptz>, cancelled_at -> Nullable<Timestamptz>,
    }
}
diesel::table! {
    decisions (release_id) {
        release_id -> BigInt, meeting_id -> BigInt, position -> Integer, held_back_at -> Nullable<Timestamptz>,
        held_back_reason -> Nullable<Text>,
    }
}
diesel::table! {
    edition_mandates (edition_id, position) { edition_id -> BigInt, position -> SmallInt, mandate_id -> BigInt, }
}
diesel::table! {
    edition_instruments (edition_id, position) { edition_id -> BigInt, position -> SmallInt, instrument -> Text, reading -> Nullable<SmallInt>, }
}
diesel::table! {
    returned_mails (id) {
        id -> BigInt, received_at -> Timestamptz, digest -> Bytea, verdict -> Text, status -> Nullable<Text>,
        diagnostic -> Nullable<Text>, delivery_id -> Nullable<BigInt>, subscriber_id -> Nullable<BigInt>, message -> Nullable<Bytea>,
    }
}
diesel::table! {
    manage_sessions (token_hash) { token_hash -> Bytea, subscriber_id -> BigInt, created_at -> Timestamptz, expires_at -> Timestamptz, }
}
diesel::table! {
    press_lists (id) { id -> BigInt, institution_id -> BigInt, name -> Text, basis -> Text, languages -> Array<Text>, created_at -> Timestamptz, ended_at -> Nullable<Timestamptz>, }
}
diesel::table! {
    release_press_lists (release_id, press_list_id) { release_id -> BigInt, press_list_id -> BigInt, account_id -> Nullable<BigInt>, chosen_at -> Timestamptz, }
}
diesel::table! {
    press_list_refusals (institution_id, key) { institution_id -> BigInt, key -> Bytea, at -> Timestamptz, }
}
diesel::table! {
    instance (only_row) {
        only_row -> Bool, system_identifier -> Text, timeline -> Integer, database -> Text, database_oid -> BigInt,
        public_url -> Text, accepted_at -> Timestamptz,
    }
}
diesel::allow_tables_to_appear_in_same_query!(
    institutions,
    topics,
    accounts,
    sessions,
    half_sessions,
    recovery_codes,
    account_links,
    journal,
    public_changes,
    releases,
    issuers,
    editions,
    revisions,
    language_versions,
    revision_topics,
    addresses,
    subscribers,
    subscriptions,
    digest_runs,
    deliveries,
    delivery_items,
    contact_points,
    contact_channels,
    revision_contacts,
    revision_links,
    draft_fields,
    draft_conflicts,
    draft_presence,
    forced_publications,
    preview_grants,
    preview_reads,
    site_page_revisions,
    release_reads,
    governments,
    persons,
    offices,
    mandates,
    competences,
    mandate_competences,
    handovers,
    spokespersons,
    standby_shifts,
    meetings,
    decisions,
    edition_mandates,
    edition_instruments,
    returned_mails,
    manage_sessions,
    press_lists,
    release_press_lists,
    press_list_refusals,
    instance,
);
