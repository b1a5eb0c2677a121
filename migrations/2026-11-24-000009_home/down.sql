DROP TRIGGER topics_are_merged_on_cards ON topics;
CREATE OR REPLACE FUNCTION cards_follow_names() RETURNS trigger LANGUAGE plpgsql AS $$
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
               (SELECT json_agg(json_build_array(t.id, t.code, t.names) ORDER BY s.position)
                FROM revision_topics s JOIN topics t ON t.id = s.topic_id WHERE s.revision_id = r.public_revision_id),
               (SELECT json_agg(json_build_array(e.number, (extract(epoch FROM e.published_at) * 1000000)::bigint, e.note)
                                ORDER BY e.number DESC)
                FROM editions e
                WHERE e.release_id = r.id AND e.state IN ('published', 'superseded')
                  AND e.number > 1 AND e.note IS NOT NULL))::text AS more
    FROM releases r
    WHERE r.public_state IN ('public', 'withdrawn');
DROP INDEX delivery_items_by_release, draft_conflicts_of_account, releases_taken_off, editions_handed_in, editions_in_hand;
DROP FUNCTION folded(text);
DROP FUNCTION may_read_release(text, bigint, bigint);
