-- The desk: what is being written, whom a release names, who may see it early, what an institution asks for, the pages of
-- the site itself, and how often a release is read.

-- ── What a release is ──
ALTER TABLE releases DROP CONSTRAINT releases_kind_check;
ALTER TABLE releases ADD CONSTRAINT releases_kind_check CHECK (kind IN ('release', 'decision', 'invitation', 'speech'));

-- ── Press contacts: of an institution, a person or a service; only its public channels leave the desk ──
CREATE TABLE contact_points (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    institution_id bigint NOT NULL REFERENCES institutions,
    kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'service')),
    name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
    -- What they do there, by language.
    functions jsonb CHECK (are_texts(functions)),
    languages text[] NOT NULL DEFAULT '{}' CHECK (languages <@ ARRAY['fr', 'nl', 'de', 'en']),
    -- For the desk only: office hours, who replaces whom.
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
    -- Stands on a new release of its institution by itself.
    is_default boolean NOT NULL DEFAULT false,
    position integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    -- Releases of its time still name it.
    ended_at timestamptz
);
CREATE INDEX contact_points_by_institution ON contact_points (institution_id, position, id);
CREATE TABLE contact_channels (
    contact_id bigint NOT NULL REFERENCES contact_points ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 0),
    kind text NOT NULL CHECK (kind IN ('phone', 'mail')),
    value text NOT NULL CHECK (value <> '' AND length(value) <= 200),
    public boolean NOT NULL,
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 200),
    PRIMARY KEY (contact_id, position)
);

-- ── What an institution asks for before a release of its own goes on (DESIGN §3) ──
ALTER TABLE institutions
    ADD COLUMN required_languages text[] NOT NULL DEFAULT '{fr,nl}'
        CHECK (required_languages <@ ARRAY['fr', 'nl', 'de', 'en']),
    -- What it says of itself below each release, by language (Markdown).
    ADD COLUMN boilerplate jsonb CHECK (are_texts(boilerplate));

-- ── A revision holds all that is published with it ──
ALTER TABLE revisions
    -- What its author calls it: "after the minister's remarks".
    ADD COLUMN name text NOT NULL DEFAULT '' CHECK (length(name) <= 200),
    ADD COLUMN boilerplate jsonb CHECK (are_texts(boilerplate)),
    -- Not to be used before: a notice, it hides nothing (DESIGN §4).
    ADD COLUMN not_before timestamptz;
CREATE TABLE revision_contacts (
    revision_id bigint NOT NULL REFERENCES revisions ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 0),
    contact_id bigint NOT NULL REFERENCES contact_points,
    PRIMARY KEY (revision_id, position),
    UNIQUE (revision_id, contact_id)
);
CREATE INDEX revision_contacts_by_contact ON revision_contacts (contact_id);
CREATE TABLE revision_links (
    revision_id bigint NOT NULL REFERENCES revisions ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 0),
    url text NOT NULL CHECK (url ~ '^https?://' AND length(url) <= 2000),
    labels jsonb NOT NULL CHECK (are_texts(labels)),
    PRIMARY KEY (revision_id, position)
);
CREATE TRIGGER revision_contacts_never_change BEFORE UPDATE ON revision_contacts
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_links_never_change BEFORE UPDATE ON revision_links
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- ── The draft buffer: what is being written, outside visible history. A field that has no row is as in the head revision,
-- at version 0. Rows are never taken away while the edition lives, so that a version says for ever which text was seen. ──
CREATE TABLE draft_fields (
    edition_id bigint NOT NULL REFERENCES editions ON DELETE CASCADE,
    field text NOT NULL CHECK (field <> '' AND length(field) <= 40),
    value jsonb NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    account_id bigint REFERENCES accounts,
    saved_at timestamptz NOT NULL DEFAULT site_now(),
    -- Since when it has had words: a translation written after its original does not make the original stale.
    begun_at timestamptz NOT NULL DEFAULT site_now(),
    PRIMARY KEY (edition_id, field)
);
-- What somebody wrote over a version that was no longer the last: kept until they have chosen.
CREATE TABLE draft_conflicts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    edition_id bigint NOT NULL REFERENCES editions ON DELETE CASCADE,
    field text NOT NULL,
    value jsonb NOT NULL,
    account_id bigint NOT NULL REFERENCES accounts,
    at timestamptz NOT NULL DEFAULT site_now(),
    settled_at timestamptz
);
CREATE UNIQUE INDEX draft_conflicts_open ON draft_conflicts (edition_id, account_id, field) WHERE settled_at IS NULL;
-- Who has it open: seen again every twenty seconds, gone after a minute.
CREATE TABLE draft_presence (
    edition_id bigint NOT NULL REFERENCES editions ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts,
    since timestamptz NOT NULL DEFAULT site_now(),
    seen_at timestamptz NOT NULL DEFAULT site_now(),
    field text,
    PRIMARY KEY (edition_id, account_id)
);

-- ── Publishing against the policy: with a reason, and waiting for somebody else's word (DESIGN §3) ──
CREATE TABLE forced_publications (
    edition_id bigint PRIMARY KEY REFERENCES editions ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts,
    at timestamptz NOT NULL DEFAULT site_now(),
    reason text NOT NULL CHECK (reason <> ''),
    ratified_by bigint REFERENCES accounts,
    ratified_at timestamptz,
    -- When admins last heard that nobody has ratified it.
    reminded_at timestamptz,
    CHECK ((ratified_by IS NULL) = (ratified_at IS NULL)),
    CONSTRAINT ratified_by_another CHECK (ratified_by <> account_id)
);
CREATE INDEX forced_to_ratify ON forced_publications (at) WHERE ratified_at IS NULL;
-- Why it goes out without a language that its institution's policy asks for.
ALTER TABLE editions ADD COLUMN language_reason text CHECK (language_reason <> '');

-- ── Preview for named people: personal, revocable, logged (DESIGN §4) ──
CREATE TABLE preview_grants (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    release_id bigint NOT NULL REFERENCES releases ON DELETE CASCADE,
    -- SHA-256 of the link's token.
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
    email text NOT NULL CHECK (email LIKE '%_@_%'),
    lang text NOT NULL CHECK (lang IN ('fr', 'nl', 'de', 'en')),
    -- Originals and documents, besides the watermarked web sizes.
    with_files boolean NOT NULL DEFAULT false,
    created_by bigint NOT NULL REFERENCES accounts,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CHECK (expires_at > created_at)
);
CREATE INDEX preview_grants_by_release ON preview_grants (release_id, id);
CREATE TABLE preview_reads (
    grant_id bigint NOT NULL REFERENCES preview_grants ON DELETE CASCADE,
    at timestamptz NOT NULL DEFAULT site_now(),
    what text NOT NULL CHECK (length(what) <= 100)
);
CREATE INDEX preview_reads_by_grant ON preview_reads (grant_id, at);

-- ── Topics are merged, never lost: what was under one is under the other ──
ALTER TABLE topics
    ADD COLUMN merged_into bigint REFERENCES topics,
    ADD CONSTRAINT not_into_itself CHECK (merged_into <> id);
CREATE INDEX topics_merged ON topics (merged_into) WHERE merged_into IS NOT NULL;

-- ── Pages of the site itself, with revisions; none here: as the program brings it ──
CREATE TABLE site_page_revisions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    page text NOT NULL CHECK (page IN ('about', 'contact', 'legal', 'privacy', 'help', 'accessibility')),
    number integer NOT NULL CHECK (number > 0),
    titles jsonb NOT NULL CHECK (are_texts(titles)),
    bodies jsonb NOT NULL CHECK (are_texts(bodies)),
    account_id bigint REFERENCES accounts,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    UNIQUE (page, number)
);
CREATE TRIGGER site_page_revisions_never_change BEFORE UPDATE OR DELETE ON site_page_revisions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- ── Use, counted without trackers: requests per release and day, no address kept (DESIGN §7) ──
CREATE TABLE release_reads (
    release_id bigint NOT NULL REFERENCES releases ON DELETE CASCADE,
    on_day date NOT NULL,
    reads bigint NOT NULL CHECK (reads > 0),
    PRIMARY KEY (release_id, on_day)
);

-- ── The log learns of site pages ──
ALTER TABLE public_changes DROP CONSTRAINT public_changes_kind_check;
ALTER TABLE public_changes ADD CONSTRAINT public_changes_kind_check CHECK (kind IN ('new', 'language_added', 'corrected',
    'withdrawn', 'restored', 'unpublished', 'minor_correction', 'from_archive', 'directory', 'topics', 'redirects',
    'media', 'pages'));
ALTER TABLE public_changes DROP CONSTRAINT public_changes_check;
ALTER TABLE public_changes ADD CONSTRAINT public_changes_check
    CHECK ((release_id IS NULL) = (kind IN ('directory', 'topics', 'redirects', 'pages')));

-- ── The door ──
CREATE VIEW public_contacts AS
    SELECT c.id, c.institution_id, c.kind, c.name, c.functions, c.languages, c.position, c.ended_at, ch.channels
    FROM contact_points c
    JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('kind', kind, 'value', value) ORDER BY position) AS channels
        FROM contact_channels WHERE contact_id = c.id AND public) ch ON ch.channels IS NOT NULL
    WHERE EXISTS (SELECT FROM public_institutions i WHERE i.id = c.institution_id);
CREATE VIEW public_site_pages AS
    SELECT DISTINCT ON (page) page, number, titles, bodies, created_at
    FROM site_page_revisions WHERE created_at <= site_now() ORDER BY page, number DESC;
CREATE OR REPLACE VIEW public_topics AS
    SELECT id, code, names FROM topics t
    WHERE merged_into IS NULL
      AND (announced OR EXISTS (SELECT FROM public_listings WHERE shelf = 'topic' AND shelf_id = t.id));
