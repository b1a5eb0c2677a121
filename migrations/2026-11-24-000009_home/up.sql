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
