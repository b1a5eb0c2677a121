-- What feeds call things, for ever: whatever becomes of the host, of an address or of a number (RFC 4287 §4.2.6).

-- Of a release. Random, so that it tells neither how many releases there are nor which are not public.
ALTER TABLE releases ADD COLUMN feed_id uuid NOT NULL DEFAULT gen_random_uuid();
-- Of this newsroom, whose feeds are named after it. One row; it stands beside the log's counter because it is the log's.
ALTER TABLE public_change_counter ADD COLUMN site_id uuid NOT NULL DEFAULT gen_random_uuid();

-- The door for both: what is or was public. An unpublished release leaves a tombstone in the feeds that had it.
CREATE VIEW public_feed_ids AS
    SELECT id AS release_id, feed_id, public_state, first_published_at
    FROM releases
    WHERE public_state <> 'never_public' AND first_published_at <= site_now();
CREATE INDEX public_changes_unpublished ON public_changes (sequence) WHERE kind = 'unpublished';
