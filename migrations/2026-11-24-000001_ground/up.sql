-- The ground: the site's clock, who is there, what happened, and what the public saw change.

-- The clock that decides what is public, due or expired (DESIGN §4). In production it is the
-- database's own; only `kit::clock::make_shiftable`, run by a test or a demo that owns the
-- database, puts another body in its place.
CREATE FUNCTION site_now() RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE AS 'SELECT now()';

-- Texts by language: {"fr": "…", "nl": "…"}. Not empty, and nothing in it but texts.
CREATE FUNCTION are_texts(value jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT jsonb_typeof(value) = 'object'
       AND value <> '{}'::jsonb
       AND NOT jsonb_path_exists(value, '$.* ? (@.type() != "string" || @ == "")')
$$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TABLE institutions (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 80),
    family text NOT NULL CHECK (family IN ('council', 'government', 'institutions')),
    names jsonb NOT NULL CHECK (are_texts(names)),
    website text CHECK (website ~ '^https?://'),
    -- What an institution asks for before a release of its own goes on (DESIGN §3).
    four_eyes boolean NOT NULL DEFAULT false,
    -- Whether the public may know of it before it has published anything. What an import brings is not: its first release
    -- may be under embargo.
    announced boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX institutions_by_family ON institutions (family, code);

CREATE TABLE topics (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 80),
    names jsonb NOT NULL CHECK (are_texts(names)),
    announced boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE accounts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (email = lower(email) AND email LIKE '%_@_%'),
    name text NOT NULL CHECK (name <> ''),
    role text NOT NULL CHECK (role IN ('contributor', 'publisher', 'institution-admin',
        'chancellery-editor', 'spokesperson', 'picture-desk', 'photographer', 'admin')),
    institution_id bigint REFERENCES institutions,
    -- PHC string (argon2id); none: cannot sign in by password.
    password_hash text CHECK (password_hash LIKE '$argon2id$%'),
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    -- Whoever speaks for an institution belongs to one (DESIGN §11).
    CHECK (institution_id IS NOT NULL
        OR role IN ('chancellery-editor', 'spokesperson', 'admin'))
);

CREATE TABLE sessions (
    -- SHA-256 of the cookie's token: who reads this table cannot sign in with it.
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    account_id bigint NOT NULL REFERENCES accounts,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sessions_by_account ON sessions (account_id);

CREATE TABLE journal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT site_now(),
    -- A person, or a job by its name; never both, never neither.
    account_id bigint REFERENCES accounts,
    job text,
    action text NOT NULL,
    object text NOT NULL,
    object_id bigint,
    detail jsonb NOT NULL DEFAULT '{}',
    CHECK ((account_id IS NULL) <> (job IS NULL))
);
CREATE INDEX journal_by_object ON journal (object, object_id, id);
CREATE TRIGGER journal_is_append_only BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_is_never_emptied BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The log of public changes: one gap-free, commit-ordered sequence (DESIGN §4).
CREATE TABLE public_change_counter (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    last bigint NOT NULL DEFAULT 0 CHECK (last >= 0)
);
INSERT INTO public_change_counter DEFAULT VALUES;

CREATE TABLE public_changes (
    sequence bigint PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT site_now(),
    kind text NOT NULL CHECK (kind IN ('new', 'language_added', 'corrected', 'withdrawn', 'restored',
        'unpublished', 'minor_correction', 'from_archive', 'directory', 'topics', 'redirects')),
    release_id bigint,
    edition_id bigint,
    -- The languages it speaks of: all of a new release, the added ones of an addition.
    languages text[] NOT NULL DEFAULT '{}',
    -- What shows it, for whoever keeps copies: 'release:12', 'institution:3', 'topic:7', 'family:council', 'list'.
    tags text[] NOT NULL DEFAULT '{}',
    -- Silent ones reach caches and index, never a mailbox (DESIGN §2, Announcement).
    announced boolean NOT NULL GENERATED ALWAYS AS
        (kind IN ('new', 'language_added', 'corrected', 'withdrawn', 'restored')) STORED,
    CHECK ((release_id IS NULL) = (kind IN ('directory', 'topics', 'redirects')))
);
CREATE INDEX public_changes_announced ON public_changes (sequence) WHERE announced;
-- What was corrected or withdrawn lately, for the front page.
CREATE INDEX public_changes_of_corrections ON public_changes (at) WHERE kind IN ('corrected', 'withdrawn');
CREATE INDEX public_changes_by_release ON public_changes (release_id, sequence);
-- What was corrected or withdrawn of late, among a million that were not.
CREATE INDEX public_changes_corrections ON public_changes (at) WHERE kind IN ('corrected', 'withdrawn');
CREATE TRIGGER public_changes_are_append_only BEFORE UPDATE OR DELETE ON public_changes
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE FUNCTION notify_public_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('communique_public_change', '');
    RETURN NULL;
END $$;
CREATE TRIGGER public_changes_notify AFTER INSERT ON public_changes
    FOR EACH STATEMENT EXECUTE FUNCTION notify_public_change();
