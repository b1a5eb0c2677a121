-- Who wants what by mail, and what was sent to whom.

CREATE TABLE subscribers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- As typed, since only its own host may say whether case matters before the @ (RFC 5321 §2.4). Blank once erased;
    -- the counts stay.
    email text CHECK (email LIKE '%_@_%'),
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'unsubscribed', 'erased')),
    -- The first language that a release has is the one it is sent in; the page's language at sign-up comes first.
    languages text[] NOT NULL CHECK (cardinality(languages) > 0
        AND languages <@ ARRAY['fr', 'nl', 'de', 'en']),
    confirmed_at timestamptz NOT NULL DEFAULT site_now(),
    -- Proof of consent, one entry a confirmation: when it was wished and confirmed, which text was shown in which
    -- language, to what.
    wished_at timestamptz NOT NULL,
    consent jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(consent) = 'array'),
    ended_at timestamptz,
    CHECK ((state = 'active') = (ended_at IS NULL)),
    CHECK ((state = 'erased') = (email IS NULL))
);
-- One person an address, however it was typed.
CREATE UNIQUE INDEX subscribers_by_email ON subscribers (lower(email));

CREATE TABLE subscriptions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subscriber_id bigint NOT NULL REFERENCES subscribers,
    -- The query string of the list page, in its canonical form; empty: everything.
    filter text NOT NULL,
    frequency text NOT NULL DEFAULT 'slots' CHECK (frequency IN ('at_once', 'slots', 'daily', 'weekly')),
    -- The public change up to which it was considered (DESIGN §6).
    cursor bigint NOT NULL CHECK (cursor >= 0),
    created_at timestamptz NOT NULL DEFAULT site_now(),
    paused_at timestamptz,
    ended_at timestamptz
);
CREATE UNIQUE INDEX subscriptions_once ON subscriptions (subscriber_id, filter) WHERE ended_at IS NULL;
CREATE INDEX subscriptions_running ON subscriptions (frequency, filter, cursor)
    WHERE ended_at IS NULL AND paused_at IS NULL;

-- Confirmation links already used, until they would have expired anyway.
CREATE TABLE spent_tokens (
    id bytea PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
-- Keyed hashes of addresses and clients that asked, for the limits, kept a day.
CREATE TABLE signup_attempts (
    key bytea NOT NULL,
    at timestamptz NOT NULL DEFAULT site_now()
);
CREATE INDEX signup_attempts_by_key ON signup_attempts (key, at);
-- Keyed hashes of addresses that must not be written to; they outlive erasure.
CREATE TABLE suppressions (
    key bytea PRIMARY KEY,
    reason text NOT NULL CHECK (reason IN ('bounced', 'complained', 'asked')),
    at timestamptz NOT NULL DEFAULT site_now()
);

CREATE TABLE digest_runs (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- One run for each instant at which something falls due, whoever opens it.
    due_at timestamptz NOT NULL UNIQUE,
    -- Up to which public change it looks; frozen when it opens.
    bound bigint NOT NULL CHECK (bound >= 0),
    opened_at timestamptz NOT NULL DEFAULT site_now(),
    -- The next slot but one: a digest that could not be handed over until then is no news any more.
    give_up_at timestamptz NOT NULL,
    deliveries integer NOT NULL DEFAULT 0,
    finished_at timestamptz
);

CREATE TABLE deliveries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id bigint NOT NULL REFERENCES digest_runs,
    subscriber_id bigint NOT NULL REFERENCES subscribers,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'accepted', 'delivered',
        'bounced', 'complained', 'failed', 'cancelled', 'uncertain')),
    attempts smallint NOT NULL DEFAULT 0,
    -- Not before this instant; back-off moves it.
    due_at timestamptz NOT NULL DEFAULT site_now(),
    -- The sender task that holds it; its advisory lock tells whether it lives.
    sender bigint,
    sending_at timestamptz,
    settled_at timestamptz,
    -- What the mail server said, without addresses.
    reply text,
    -- Handed over a second time after it was once uncertain: there is no third time.
    doubtful boolean NOT NULL DEFAULT false,
    UNIQUE (run_id, subscriber_id),
    UNIQUE (id, subscriber_id),
    CHECK ((state = 'sending') = (sender IS NOT NULL))
);
CREATE INDEX deliveries_to_send ON deliveries (due_at, id)
    WHERE state = 'queued' OR (state = 'uncertain' AND NOT doubtful);
CREATE INDEX deliveries_in_hand ON deliveries (sender) WHERE state = 'sending';
CREATE INDEX deliveries_by_subscriber ON deliveries (subscriber_id, id);
CREATE INDEX deliveries_open ON deliveries (run_id)
    WHERE state IN ('queued', 'sending') OR (state = 'uncertain' AND NOT doubtful);

CREATE TABLE delivery_items (
    delivery_id bigint NOT NULL,
    subscriber_id bigint NOT NULL,
    -- Of public_changes, which nobody can delete from; a million of these come at once, so that it isn't asked each time.
    sequence bigint NOT NULL,
    -- All subscriptions of the person that asked for it: it stays wanted as long as one of them runs.
    subscription_ids bigint[] NOT NULL CHECK (cardinality(subscription_ids) > 0),
    release_id bigint NOT NULL,
    -- Not in the mail that was handed over: withdrawn, or no longer wanted, by then. Its reader did not have it.
    left_out boolean NOT NULL DEFAULT false,
    PRIMARY KEY (delivery_id, sequence),
    FOREIGN KEY (delivery_id, subscriber_id) REFERENCES deliveries (id, subscriber_id)
);
-- Each announcement once to each person, over everything (DESIGN §6).
CREATE UNIQUE INDEX delivery_items_once ON delivery_items (subscriber_id, sequence);
CREATE INDEX delivery_items_had ON delivery_items (subscriber_id, release_id);
