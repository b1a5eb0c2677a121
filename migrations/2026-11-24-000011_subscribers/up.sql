-- What people decide about their mail: at which hours, not between these dates, by which link; what comes back from
-- where we write to; and the lists that institutions keep.

-- ── Hours and pauses ──
ALTER TABLE subscriptions
    -- Which of the site's slots, as local times; null: each of them. One that the site no longer has is passed over.
    ADD COLUMN slots text[] CHECK (slots IS NULL OR (cardinality(slots) > 0
        AND array_to_string(slots, ' ', '?') ~ '^([01]\d|2[0-3]):[0-5]\d( ([01]\d|2[0-3]):[0-5]\d)*$')),
    -- Nothing is sent from the first instant until the second; null: until it is resumed. They take the place of
    -- paused_at, which nothing writes any more.
    ADD COLUMN paused_from timestamptz,
    ADD COLUMN paused_until timestamptz,
    -- What was missed is sent once the pause is over.
    ADD COLUMN catch_up boolean NOT NULL DEFAULT false,
    ADD CHECK (paused_from IS NOT NULL OR (paused_until IS NULL AND NOT catch_up)),
    ADD CHECK (paused_until > paused_from);
UPDATE subscriptions SET paused_from = paused_at WHERE paused_at IS NOT NULL;

-- Whether a subscription is at rest at an instant. A plain expression, so that the planner sees through it.
CREATE FUNCTION is_paused(paused_from timestamptz, paused_until timestamptz, at timestamptz) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT paused_from IS NOT NULL AND paused_from <= at AND (paused_until IS NULL OR at < paused_until)
$$;

-- A member of a press list has a subscription whose filter names the list, as `press-list=7`: the same cursor, the same
-- run, the same mail, the same way out. No search has that filter.
ALTER TABLE subscriptions DROP CONSTRAINT subscriptions_frequency_check;
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_frequency_check
    CHECK (frequency IN ('at_once', 'slots', 'daily', 'weekly', 'press_list'));
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_press_list_check
    CHECK ((frequency = 'press_list') = (filter ~ '^press-list=\d+$'));
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_slots_frequency_check
    CHECK (slots IS NULL OR frequency = 'slots');

CREATE INDEX subscriptions_due ON subscriptions (frequency, filter, cursor) WHERE ended_at IS NULL;
CREATE INDEX subscriptions_resuming ON subscriptions (paused_until) WHERE ended_at IS NULL AND paused_until IS NOT NULL;

-- ── Addresses that bounce ──
-- Suspended: its host refuses it. What it asked for stays as it is, and goes on once its owner comes back.
ALTER TABLE subscribers DROP CONSTRAINT subscribers_state_check;
ALTER TABLE subscribers ADD CONSTRAINT subscribers_state_check
    CHECK (state IN ('active', 'suspended', 'unsubscribed', 'erased'));
CREATE INDEX subscribers_ended ON subscribers (ended_at) WHERE state IN ('suspended', 'unsubscribed');

CREATE TABLE returned_mails (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    received_at timestamptz NOT NULL DEFAULT site_now(),
    -- SHA-256 of the message: read twice, it counts once.
    digest bytea NOT NULL UNIQUE,
    verdict text NOT NULL CHECK (verdict IN
        ('no_mailbox', 'final', 'passing', 'refused', 'delivered', 'complaint', 'ignored', 'aside')),
    -- The status of RFC 3463, if it says one.
    status text,
    -- What the host said, without addresses.
    diagnostic text,
    -- The mail that came back; null where it is kept aside.
    delivery_id bigint REFERENCES deliveries,
    subscriber_id bigint REFERENCES subscribers,
    -- What is kept aside, for somebody to look at; blanked after some days.
    message bytea,
    CHECK (message IS NULL OR verdict = 'aside')
);
CREATE INDEX returned_mails_of_subscriber ON returned_mails (subscriber_id, received_at);
CREATE INDEX returned_mails_aside ON returned_mails (received_at) WHERE message IS NOT NULL;

-- ── Managing without a password ──
-- The device that opened a link of ours. The link itself is a sealed token, its id spent then.
CREATE TABLE manage_sessions (
    token_hash bytea PRIMARY KEY,
    subscriber_id bigint NOT NULL REFERENCES subscribers,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX manage_sessions_of_subscriber ON manage_sessions (subscriber_id);

-- ── Press lists ──
CREATE TABLE press_lists (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    institution_id bigint NOT NULL REFERENCES institutions,
    name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
    -- Why these people may be written to, in the institution's words; it stands in each mail.
    basis text NOT NULL CHECK (basis <> '' AND length(basis) <= 1000),
    languages text[] NOT NULL CHECK (cardinality(languages) > 0 AND languages <@ ARRAY['fr', 'nl', 'de', 'en']),
    created_at timestamptz NOT NULL DEFAULT site_now(),
    ended_at timestamptz
);
CREATE UNIQUE INDEX press_lists_by_name ON press_lists (institution_id, lower(name)) WHERE ended_at IS NULL;
-- To which lists a release goes once it is public, and what later becomes of it.
CREATE TABLE release_press_lists (
    release_id bigint NOT NULL REFERENCES releases,
    press_list_id bigint NOT NULL REFERENCES press_lists,
    account_id bigint REFERENCES accounts,
    chosen_at timestamptz NOT NULL DEFAULT site_now(),
    PRIMARY KEY (release_id, press_list_id)
);
CREATE INDEX release_press_lists_by_list ON release_press_lists (press_list_id);
-- Keyed hashes of addresses that left a list: nobody puts them back on one of that institution.
CREATE TABLE press_list_refusals (
    institution_id bigint NOT NULL REFERENCES institutions,
    key bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT site_now(),
    PRIMARY KEY (institution_id, key)
);
