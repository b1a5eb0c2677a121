-- Runs of more kinds, laid out faster; mail that waits for a word; and which database is the site.

-- ── Runs ──
ALTER TABLE digest_runs
    -- What falls due at a slot (slots, daily, weekly), or with the log's growth (at once, press lists). The instants of the
    -- latter are made so that none is a slot's: one run an instant stays true of both.
    ADD COLUMN kind text NOT NULL DEFAULT 'slot' CHECK (kind IN ('slot', 'at_once')),
    -- The cursor that stood furthest back: every item of the run lies after it.
    ADD COLUMN floor bigint NOT NULL DEFAULT 0 CHECK (floor >= 0),
    -- Items in all mails together, as they were laid out.
    ADD COLUMN items bigint NOT NULL DEFAULT 0,
    -- How long it took to freeze, match and lay out.
    ADD COLUMN opening_ms integer,
    -- How it stood when nothing was left to send: what public pages say without counting again.
    ADD COLUMN accepted integer;
CREATE INDEX digest_runs_by_kind ON digest_runs (kind, due_at);
CREATE INDEX digest_runs_unfinished ON digest_runs (id) WHERE finished_at IS NULL;

-- ── Items ──
-- An item that was left out (withdrawn, no longer wanted, or its mail was cancelled) was not had: another subscription of the
-- same person may still bring it.
DROP INDEX delivery_items_once;
CREATE UNIQUE INDEX delivery_items_once ON delivery_items (subscriber_id, sequence) WHERE NOT left_out;
-- A run lays out a million of these in one statement: a release's are found by its announcements, a person's of a release by
-- the index above, and what comes in the order of the log is found by a range of blocks.
DROP INDEX delivery_items_had;
DROP INDEX delivery_items_by_release;
CREATE INDEX delivery_items_by_sequence ON delivery_items USING brin (sequence) WITH (pages_per_range = 16);
-- Asked once a statement and not once a row, which took longer than all the rest.
ALTER TABLE delivery_items DROP CONSTRAINT delivery_items_delivery_id_subscriber_id_fkey;
-- Each mail is two changes of its row, and each change an entry in every index: what only the key above asked for, and what
-- another index answers as well, go.
ALTER TABLE deliveries DROP CONSTRAINT deliveries_id_subscriber_id_key;
DROP INDEX deliveries_open;
CREATE FUNCTION delivery_items_have_a_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM laid l LEFT JOIN deliveries d ON d.id = l.delivery_id AND d.subscriber_id = l.subscriber_id
               WHERE d.id IS NULL) THEN
        RAISE EXCEPTION 'an item of no delivery' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER delivery_items_have_a_delivery AFTER INSERT ON delivery_items
    REFERENCING NEW TABLE AS laid FOR EACH STATEMENT EXECUTE FUNCTION delivery_items_have_a_delivery();
CREATE FUNCTION deliveries_keep_their_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM gone g JOIN delivery_items i ON i.delivery_id = g.id) THEN
        RAISE EXCEPTION 'a delivery with items' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER deliveries_keep_their_items AFTER DELETE ON deliveries
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION deliveries_keep_their_items();

-- ── At once ──
-- Who waits longest: asked each second.
CREATE INDEX subscriptions_at_once ON subscriptions (cursor)
    WHERE frequency IN ('at_once', 'press_list') AND ended_at IS NULL;

-- ── Which database is the site ──
CREATE TABLE instance (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    -- Postgres' own number of the cluster, and the timeline: another after a promotion or a recovery.
    system_identifier text NOT NULL,
    timeline integer NOT NULL,
    -- Name and number of the database: a dump that was read back has another number.
    database text NOT NULL,
    database_oid bigint NOT NULL,
    public_url text NOT NULL,
    accepted_at timestamptz NOT NULL DEFAULT now()
);
