-- A release, its editions and their immutable revisions, and what the public may see of it.

CREATE TABLE releases (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL DEFAULT 'release' CHECK (kind IN ('release', 'decision')),
    origin text NOT NULL DEFAULT 'desk' CHECK (origin IN ('desk', 'archive')),
    public_state text NOT NULL DEFAULT 'never_public'
        CHECK (public_state IN ('never_public', 'public', 'withdrawn', 'unpublished')),
    -- Taken at first publication, '2026-0417' by the site's zone; an imported one keeps its own as source_number.
    reference text UNIQUE CHECK (reference ~ '^[0-9]{4}-[0-9]{4,}$'),
    first_published_at timestamptz,
    -- The date in its address, for ever: of first publication, in the site's zone.
    first_published_on date,
    -- A date of an archive that came without a time is shown without one (DESIGN §8).
    time_known boolean NOT NULL DEFAULT true,
    -- The last meaningful change, shown as "corrected at": no minor correction, no added language.
    changed_at timestamptz,
    -- What the public reads; empty while there is nothing to read.
    public_edition_id bigint,
    public_revision_id bigint,
    -- Why it was withdrawn or unpublished, by language.
    notice jsonb CHECK (are_texts(notice)),
    -- Where an unpublished release's addresses lead instead of 410, if anywhere.
    moved_to text CHECK (moved_to ~ '^(/([^/\\]|$)|https?://)'),
    source_number text,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    CONSTRAINT published_has_its_instant CHECK
        ((public_state = 'never_public') = (first_published_at IS NULL)
         AND (first_published_at IS NULL) = (first_published_on IS NULL)),
    CONSTRAINT readable_has_its_text CHECK
        ((public_state IN ('public', 'withdrawn')) = (public_revision_id IS NOT NULL)
         AND (public_revision_id IS NULL) = (public_edition_id IS NULL)),
    CONSTRAINT taken_off_has_its_reason CHECK
        ((public_state IN ('withdrawn', 'unpublished')) = (notice IS NOT NULL)),
    CONSTRAINT moved_only_if_unpublished CHECK (moved_to IS NULL OR public_state = 'unpublished'),
    CONSTRAINT desk_has_reference CHECK
        (origin = 'archive' OR (reference IS NULL) = (public_state = 'never_public'))
);
CREATE INDEX releases_public_by_date ON releases (first_published_at, id)
    WHERE public_state IN ('public', 'withdrawn');

CREATE TABLE reference_counters (
    year integer PRIMARY KEY,
    last integer NOT NULL CHECK (last > 0)
);

-- In their order; the first is the lead.
CREATE TABLE issuers (
    release_id bigint NOT NULL REFERENCES releases ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 0),
    institution_id bigint NOT NULL REFERENCES institutions,
    PRIMARY KEY (release_id, position),
    UNIQUE (release_id, institution_id)
);
CREATE INDEX issuers_by_institution ON issuers (institution_id, release_id);

-- Exactly one lead: the key allows at most one, this at least one.
CREATE FUNCTION release_has_a_lead() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE the_release bigint;
BEGIN
    IF TG_TABLE_NAME = 'releases' THEN the_release := NEW.id; ELSE the_release := OLD.release_id; END IF;
    IF EXISTS (SELECT FROM releases WHERE id = the_release)
       AND NOT EXISTS (SELECT FROM issuers WHERE release_id = the_release AND position = 0) THEN
        RAISE EXCEPTION 'release % has no lead issuer', the_release USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER releases_have_a_lead AFTER INSERT ON releases
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION release_has_a_lead();
CREATE CONSTRAINT TRIGGER issuers_leave_a_lead AFTER UPDATE OR DELETE ON issuers
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION release_has_a_lead();

CREATE TABLE editions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    release_id bigint NOT NULL REFERENCES releases ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'submitted', 'in_validation',
        'ready', 'scheduled', 'published', 'superseded')),
    head_revision_id bigint,
    -- Who wrote, edited or submitted since it was last ready: they may not send it on where four eyes are asked.
    hands bigint[] NOT NULL DEFAULT '{}',
    planned_at timestamptz,
    published_at timestamptz,
    -- What an edition after the first corrects, by language.
    note jsonb CHECK (are_texts(note)),
    created_at timestamptz NOT NULL DEFAULT site_now(),
    UNIQUE (release_id, number),
    CONSTRAINT scheduled_has_its_instant CHECK (state <> 'scheduled' OR planned_at IS NOT NULL),
    CONSTRAINT published_has_its_instant CHECK
        ((state IN ('published', 'superseded')) = (published_at IS NOT NULL)),
    CONSTRAINT correction_has_its_note CHECK (number = 1 OR published_at IS NULL OR note IS NOT NULL)
);
CREATE UNIQUE INDEX editions_one_open ON editions (release_id) WHERE state NOT IN ('published', 'superseded');
CREATE UNIQUE INDEX editions_one_published ON editions (release_id) WHERE state = 'published';
CREATE INDEX editions_due ON editions (planned_at) WHERE state = 'scheduled';

-- Every legal move of an edition; `release::state` says the same in Rust, and a test holds the two together.
CREATE TABLE edition_moves (
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (from_state, to_state)
);
INSERT INTO edition_moves VALUES
    ('draft', 'submitted'), ('submitted', 'in_validation'),
    ('submitted', 'ready'), ('in_validation', 'ready'),
    ('ready', 'scheduled'), ('scheduled', 'ready'),
    ('ready', 'published'), ('scheduled', 'published'), ('published', 'superseded'),
    ('submitted', 'draft'), ('in_validation', 'draft'), ('ready', 'draft'), ('scheduled', 'draft');
CREATE TABLE public_moves (
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (from_state, to_state)
);
INSERT INTO public_moves VALUES
    ('never_public', 'public'), ('public', 'withdrawn'), ('withdrawn', 'public'),
    ('public', 'unpublished'), ('unpublished', 'public');

CREATE FUNCTION edition_moves_legally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM edition_moves WHERE from_state = OLD.state AND to_state = NEW.state) THEN
        RAISE EXCEPTION 'edition % cannot go from % to %', OLD.id, OLD.state, NEW.state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER editions_move_legally BEFORE UPDATE OF state ON editions
    FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION edition_moves_legally();
CREATE FUNCTION release_moves_legally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public_moves WHERE from_state = OLD.public_state AND to_state = NEW.public_state) THEN
        RAISE EXCEPTION 'release % cannot go from % to %', OLD.id, OLD.public_state, NEW.public_state
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER releases_move_legally BEFORE UPDATE OF public_state ON releases
    FOR EACH ROW WHEN (OLD.public_state <> NEW.public_state) EXECUTE FUNCTION release_moves_legally();
-- First published once: the instant, the date and the reference never change again.
CREATE FUNCTION first_publication_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the first publication of release % never changes', OLD.id USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER releases_keep_first_publication
    BEFORE UPDATE OF first_published_at, first_published_on, reference ON releases
    FOR EACH ROW WHEN (OLD.first_published_at IS NOT NULL AND
        (OLD.first_published_at, OLD.first_published_on, OLD.reference)
        IS DISTINCT FROM (NEW.first_published_at, NEW.first_published_on, NEW.reference))
    EXECUTE FUNCTION first_publication_stays();

CREATE TABLE revisions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    edition_id bigint NOT NULL REFERENCES editions ON DELETE CASCADE,
    number integer NOT NULL CHECK (number > 0),
    account_id bigint REFERENCES accounts,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    UNIQUE (edition_id, number)
);
CREATE TABLE language_versions (
    revision_id bigint NOT NULL REFERENCES revisions ON DELETE CASCADE,
    lang text NOT NULL CHECK (lang IN ('fr', 'nl', 'de', 'en')),
    title text NOT NULL CHECK (title <> '' AND length(title) <= 500),
    lead text NOT NULL DEFAULT '' CHECK (length(lead) <= 2000),
    body text NOT NULL DEFAULT '',
    PRIMARY KEY (revision_id, lang)
);
CREATE TABLE revision_topics (
    revision_id bigint NOT NULL REFERENCES revisions ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 0),
    topic_id bigint NOT NULL REFERENCES topics,
    PRIMARY KEY (revision_id, position),
    UNIQUE (revision_id, topic_id)
);
CREATE INDEX revision_topics_by_topic ON revision_topics (topic_id);
-- A revision is never changed (DESIGN §3). It goes only with its release, which only the undoing of an import may remove.
CREATE TRIGGER revisions_never_change BEFORE UPDATE ON revisions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER language_versions_never_change BEFORE UPDATE ON language_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_topics_never_change BEFORE UPDATE ON revision_topics
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
-- Of one release only: an edition's head is its own revision, and the public one is of the release's public edition.
ALTER TABLE revisions ADD UNIQUE (id, edition_id);
ALTER TABLE editions ADD UNIQUE (id, release_id);
ALTER TABLE editions ADD FOREIGN KEY (head_revision_id, id) REFERENCES revisions (id, edition_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE releases ADD FOREIGN KEY (public_edition_id, id) REFERENCES editions (id, release_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE releases ADD FOREIGN KEY (public_revision_id, public_edition_id) REFERENCES revisions (id, edition_id)
    DEFERRABLE INITIALLY DEFERRED;

-- Where a release lives and lived: its addresses are its own for ever. The one that is not current redirects.
CREATE TABLE addresses (
    lang text NOT NULL CHECK (lang IN ('fr', 'nl', 'de', 'en')),
    published_on date NOT NULL,
    slug text NOT NULL CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 120),
    release_id bigint NOT NULL REFERENCES releases ON DELETE CASCADE,
    current boolean NOT NULL DEFAULT true,
    PRIMARY KEY (lang, published_on, slug)
);
CREATE UNIQUE INDEX addresses_one_current ON addresses (release_id, lang) WHERE current;

-- On which shelves a public release stands, one row each, written with its publication: every list of the
-- public site is one range of this key, whatever its length.
CREATE SEQUENCE listing_places;
CREATE TABLE listings (
    shelf text NOT NULL CHECK (shelf IN ('all', 'family', 'institution', 'topic')),
    -- 0 for all; 1 council, 2 government, 3 institutions for a family; else the id.
    shelf_id bigint NOT NULL,
    published_at timestamptz NOT NULL,
    -- Among those of one instant. A number of its own, given when it goes public: it stands in the addresses of lists,
    -- where a release's id would tell how many are not public.
    place bigint NOT NULL,
    release_id bigint NOT NULL REFERENCES releases ON DELETE CASCADE,
    PRIMARY KEY (shelf, shelf_id, published_at, place)
);
CREATE INDEX listings_by_release ON listings (release_id);

-- Old addresses of other sites and where they lead now.
CREATE TABLE redirects (
    path text PRIMARY KEY CHECK (path LIKE '/%'),
    release_id bigint REFERENCES releases ON DELETE CASCADE,
    lang text,
    target text CHECK (target ~ '^/([^/\\]|$)'),
    created_at timestamptz NOT NULL DEFAULT site_now(),
    CHECK ((release_id IS NULL) <> (target IS NULL) AND (release_id IS NULL) = (lang IS NULL))
);

-- What an import brought: by the source's own id, so that it can come twice without harm; the original beside the cleaned text.
CREATE TABLE source_items (
    source text NOT NULL,
    source_id text NOT NULL,
    source_set text NOT NULL,
    release_id bigint NOT NULL REFERENCES releases ON DELETE CASCADE,
    lang text NOT NULL,
    -- SHA-256 of everything the source says of it.
    digest bytea NOT NULL CHECK (length(digest) = 32),
    -- The revision this import wrote last: another head means that somebody changed it in the desk since.
    revision_id bigint NOT NULL,
    url text,
    original_html text NOT NULL,
    imported_at timestamptz NOT NULL DEFAULT now(),
    -- The id first: so one that comes again under another name of its source is found too.
    PRIMARY KEY (source_id, source)
);
CREATE INDEX source_items_by_set ON source_items (source, source_set);
CREATE INDEX source_items_by_release ON source_items (release_id);

-- The door: all that the public may see, and nothing else. Public pages read these views only.
CREATE VIEW public_releases AS
    SELECT id, kind, origin, public_state, reference, source_number, first_published_at, first_published_on,
           time_known, changed_at, public_edition_id AS edition_id, public_revision_id AS revision_id, notice
    FROM releases
    WHERE public_state IN ('public', 'withdrawn') AND first_published_at <= site_now();
CREATE VIEW public_versions AS
    SELECT r.id AS release_id, v.lang, v.title, v.lead, v.body, a.slug
    FROM public_releases r
    JOIN language_versions v ON v.revision_id = r.revision_id
    JOIN addresses a ON a.release_id = r.id AND a.lang = v.lang AND a.current;
CREATE VIEW public_editions AS
    SELECT e.id, e.release_id, e.number, e.published_at, e.note, e.head_revision_id AS revision_id
    FROM public_releases r
    JOIN editions e ON e.release_id = r.id
    WHERE e.state IN ('published', 'superseded') AND e.published_at <= site_now();
-- Every address of what is or was public, with what has become of it: 200, 301 or 410.
CREATE VIEW public_addresses AS
    SELECT a.lang, a.published_on, a.slug, a.release_id, a.current, r.reference, r.public_state, r.moved_to,
           CASE WHEN r.public_state = 'unpublished' THEN r.notice END AS notice
    FROM addresses a
    JOIN releases r ON r.id = a.release_id
    WHERE r.public_state <> 'never_public' AND r.first_published_at <= site_now();
CREATE VIEW public_listings AS
    SELECT shelf, shelf_id, published_at, place, release_id FROM listings WHERE published_at <= site_now();
-- Whom and what the public may know of: what was announced, and what something public names.
CREATE VIEW public_institutions AS
    SELECT id, code, family, names, website FROM institutions i
    WHERE announced OR EXISTS (SELECT FROM public_listings WHERE shelf = 'institution' AND shelf_id = i.id);
CREATE VIEW public_topics AS
    SELECT id, code, names FROM topics t
    WHERE announced OR EXISTS (SELECT FROM public_listings WHERE shelf = 'topic' AND shelf_id = t.id);
