-- What the desk's own pages ask: which releases somebody may see, and what they read quickly.

-- `account::rights` in SQL, for lists: whether somebody of that role and institution may know of a release and read it.
-- A test holds the two together over releases of every kind.
CREATE FUNCTION may_read_release(the_role text, own bigint, the_release bigint) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN the_role = 'admin' THEN true
        WHEN the_role = 'chancellery-editor' THEN EXISTS (
            SELECT FROM issuers s JOIN institutions i ON i.id = s.institution_id
            WHERE s.release_id = the_release AND s.position = 0 AND i.family = 'council')
        WHEN the_role IN ('contributor', 'publisher', 'institution-admin') THEN EXISTS (
            SELECT FROM issuers s
            WHERE s.release_id = the_release AND s.institution_id = own
              AND (s.position = 0 OR NOT coalesce(
                  (SELECT e.state = 'draft' FROM editions e
                   WHERE e.release_id = the_release ORDER BY e.number DESC LIMIT 1), true)))
        ELSE false
    END
$$;

-- What somebody types to find a draft, and what stands in it, are compared without regard to capitals and accents.
CREATE FUNCTION folded(value text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT regexp_replace(normalize(lower(value), NFD), '[\u0300-\u036f]', '', 'g')
$$;

CREATE INDEX editions_in_hand ON editions USING gin (hands) WHERE state NOT IN ('published', 'superseded');
CREATE INDEX editions_handed_in ON editions (release_id) WHERE state IN ('submitted', 'in_validation');
CREATE INDEX releases_taken_off ON releases (id) WHERE public_state IN ('withdrawn', 'unpublished');
CREATE INDEX draft_conflicts_of_account ON draft_conflicts (account_id) WHERE settled_at IS NULL;
-- How many mails a release was in.
CREATE INDEX delivery_items_by_release ON delivery_items (release_id);

-- ── Cards name the topic that another was merged into ──
CREATE OR REPLACE VIEW cards_made AS
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
               (SELECT json_agg(json_build_array(t.id, t.code, t.names) ORDER BY m.position)
                FROM (SELECT coalesce(o.merged_into, o.id) AS id, min(s.position) AS position
                      FROM revision_topics s JOIN topics o ON o.id = s.topic_id
                      WHERE s.revision_id = r.public_revision_id GROUP BY 1) m
                JOIN topics t ON t.id = m.id),
               (SELECT json_agg(json_build_array(e.number, (extract(epoch FROM e.published_at) * 1000000)::bigint, e.note)
                                ORDER BY e.number DESC)
                FROM editions e
                WHERE e.release_id = r.id AND e.state IN ('published', 'superseded')
                  AND e.number > 1 AND e.note IS NOT NULL))::text AS more
    FROM releases r
    WHERE r.public_state IN ('public', 'withdrawn');
CREATE OR REPLACE FUNCTION cards_follow_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'institutions' THEN
        PERFORM make_cards(ARRAY(SELECT c.release_id FROM issuers s JOIN cards c ON c.release_id = s.release_id
                                 WHERE s.institution_id = NEW.id), true);
    ELSE
        PERFORM make_cards(ARRAY(SELECT c.release_id FROM revision_topics s JOIN cards c ON c.revision_id = s.revision_id
                                 WHERE s.topic_id IN (SELECT id FROM topics WHERE id = NEW.id OR merged_into = NEW.id)), true);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER topics_are_merged_on_cards AFTER UPDATE OF merged_into ON topics
    FOR EACH ROW WHEN (OLD.merged_into IS DISTINCT FROM NEW.merged_into) EXECUTE FUNCTION cards_follow_names();
