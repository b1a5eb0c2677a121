-- What lists, pages and feeds show of a public release, one row each and ready to be shown: a page of a list is one range
-- of an index and a row for each of its entries, where it was a dozen probes for each.
--
-- Nothing is said here that its sources don't say: `cards_made` is what a card is, and triggers keep the table to it, so
-- that no step can forget to, nor a server of the version before. A release has a card while it stands on the shelf of all
-- (`listings`), which is written when everything else is.

CREATE TABLE cards (
    -- Goes with its row on the shelf. No foreign key: to look it up, whoever changes a name would wait for somebody who
    -- holds the release and waits for that name.
    release_id bigint PRIMARY KEY,
    published_at timestamptz NOT NULL,
    is_withdrawn boolean NOT NULL,
    revision_id bigint NOT NULL,
    -- Who issues it first.
    lead_id bigint NOT NULL,
    -- JSON, instants in microseconds since 1970: what lists show.
    card text NOT NULL,
    -- What its page and its feed entry show besides.
    more text NOT NULL
-- Read whole, often, and in lots: not worth being compressed.
) WITH (toast_tuple_target = 8160);

CREATE VIEW cards_made AS
    SELECT r.id AS release_id, r.first_published_at AS published_at, r.public_state = 'withdrawn' AS is_withdrawn,
           r.public_revision_id AS revision_id,
           (SELECT s.institution_id FROM issuers s WHERE s.release_id = r.id AND s.position = 0) AS lead_id,
           json_build_array(
               r.id, r.reference, r.source_number, r.public_state,
               (extract(epoch FROM r.first_published_at) * 1000000)::bigint, r.first_published_on, r.time_known,
               (extract(epoch FROM r.changed_at) * 1000000)::bigint, r.public_edition_id, r.public_revision_id, r.notice,
               (SELECT json_agg(json_build_array(v.lang, v.title, v.lead, a.slug) ORDER BY v.lang)
                FROM language_versions v
                JOIN addresses a ON a.release_id = r.id AND a.lang = v.lang AND a.current
                WHERE v.revision_id = r.public_revision_id),
               (SELECT json_agg(json_build_array(i.id, i.code, i.family, i.names) ORDER BY s.position)
                FROM issuers s JOIN institutions i ON i.id = s.institution_id WHERE s.release_id = r.id))::text AS card,
           json_build_array(
               r.feed_id,
               (SELECT json_agg(json_build_array(t.id, t.code, t.names) ORDER BY s.position)
                FROM revision_topics s JOIN topics t ON t.id = s.topic_id WHERE s.revision_id = r.public_revision_id),
               (SELECT json_agg(json_build_array(e.number, (extract(epoch FROM e.published_at) * 1000000)::bigint, e.note)
                                ORDER BY e.number DESC)
                FROM editions e
                WHERE e.release_id = r.id AND e.state IN ('published', 'superseded')
                  AND e.number > 1 AND e.note IS NOT NULL))::text AS more
    FROM releases r
    WHERE r.public_state IN ('public', 'withdrawn');

-- The door.
CREATE VIEW public_cards AS
    SELECT release_id, is_withdrawn, revision_id, lead_id, card, more FROM cards WHERE published_at <= site_now();

-- Takes the cards of those releases away; makes them anew if `again`. Whoever changes a name waits until the cards with the
-- former one are committed, and then finds them; or is waited for here. Locked before any card is touched and in the order
-- of ids, so that two can't wait for each other.
CREATE FUNCTION make_cards(ids bigint[], again boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM institutions
    WHERE id IN (SELECT institution_id FROM issuers WHERE release_id = ANY(ids)) ORDER BY id FOR SHARE;
    PERFORM FROM topics
    WHERE id IN (SELECT s.topic_id FROM releases r JOIN revision_topics s ON s.revision_id = r.public_revision_id
                 WHERE r.id = ANY(ids)) ORDER BY id FOR SHARE;
    DELETE FROM cards WHERE release_id = ANY(ids);
    IF again THEN
        INSERT INTO cards SELECT * FROM cards_made WHERE release_id = ANY(ids);
    END IF;
END $$;

CREATE FUNCTION cards_follow_listings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM make_cards(ARRAY(SELECT release_id FROM changed WHERE shelf = 'all'), TG_OP = 'INSERT');
    RETURN NULL;
END $$;
CREATE TRIGGER listings_give_cards AFTER INSERT ON listings
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION cards_follow_listings();
CREATE TRIGGER listings_take_cards AFTER DELETE ON listings
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION cards_follow_listings();

-- Of those that have one: what is not on its shelf yet gets its card with it.
CREATE FUNCTION cards_follow_releases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'addresses' THEN
        PERFORM make_cards(ARRAY(SELECT release_id FROM cards WHERE release_id IN (SELECT release_id FROM changed)), true);
    ELSE
        PERFORM make_cards(ARRAY(SELECT release_id FROM cards WHERE release_id IN (SELECT id FROM changed)), true);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER releases_change_cards AFTER UPDATE ON releases
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION cards_follow_releases();
CREATE TRIGGER new_addresses_change_cards AFTER INSERT ON addresses
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION cards_follow_releases();
CREATE TRIGGER addresses_change_cards AFTER UPDATE ON addresses
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION cards_follow_releases();

CREATE FUNCTION cards_follow_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'institutions' THEN
        PERFORM make_cards(ARRAY(SELECT c.release_id FROM issuers s JOIN cards c ON c.release_id = s.release_id
                                 WHERE s.institution_id = NEW.id), true);
    ELSE
        PERFORM make_cards(ARRAY(SELECT c.release_id FROM revision_topics s JOIN cards c ON c.revision_id = s.revision_id
                                 WHERE s.topic_id = NEW.id), true);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER institutions_are_named_on_cards AFTER UPDATE OF code, family, names ON institutions
    FOR EACH ROW WHEN ((OLD.code, OLD.family, OLD.names) IS DISTINCT FROM (NEW.code, NEW.family, NEW.names))
    EXECUTE FUNCTION cards_follow_names();
CREATE TRIGGER topics_are_named_on_cards AFTER UPDATE OF code, names ON topics
    FOR EACH ROW WHEN ((OLD.code, OLD.names) IS DISTINCT FROM (NEW.code, NEW.names))
    EXECUTE FUNCTION cards_follow_names();

INSERT INTO cards SELECT * FROM cards_made ORDER BY published_at;
ANALYZE cards;

-- Which of the unpublished stood on a list, for the tombstones of its feed.
CREATE INDEX public_changes_unpublished_by_tag ON public_changes USING gin (tags) WHERE kind = 'unpublished';

-- Texts are unpacked for each page that is made; this way of packing is read four times as fast, where the server has it.
DO $$
BEGIN
    ALTER TABLE language_versions ALTER COLUMN body SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
    NULL;
END $$;
