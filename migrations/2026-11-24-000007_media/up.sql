-- Pictures, documents, sound and film of releases: what was uploaded, what a revision shows of it, and which files the
-- public may fetch.

CREATE TABLE assets (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    institution_id bigint NOT NULL REFERENCES institutions,
    -- None: an import's.
    uploaded_by bigint REFERENCES accounts,
    kind text NOT NULL CHECK (kind IN ('photo', 'infographic', 'document', 'audio', 'video', 'link')),
    -- new: its copies are still to be made.
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'ready', 'refused')),
    -- Why it was refused, as a word that the interface has a sentence for.
    refusal text,
    -- As its owner called it, without path and control characters.
    file_name text NOT NULL CHECK (file_name <> '' AND length(file_name) <= 200),
    -- The file as it came, whole. Of a link: none.
    storage_key text UNIQUE,
    sha256 bytea CHECK (length(sha256) = 32),
    bytes bigint CHECK (bytes > 0),
    -- Found in its content.
    media_type text,
    -- As it is seen, its orientation applied.
    width integer CHECK (width > 0),
    height integer CHECK (height > 0),
    pages integer CHECK (pages > 0),
    duration_ms bigint CHECK (duration_ms >= 0),
    -- 0xRRGGBB: what stands in its place until it is there.
    colour integer CHECK (colour BETWEEN 0 AND 16777215),
    -- The page of a film on a known host.
    link text CHECK (link LIKE 'https://%'),
    -- The release in whose editor it was uploaded: there it waits to be taken, should its answer have been lost.
    for_release bigint REFERENCES releases ON DELETE SET NULL,
    -- How often its copies were begun; whoever begins counts first, so that what ends a process is not tried for ever.
    attempts smallint NOT NULL DEFAULT 0,
    -- Not before.
    due_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT site_now(),
    CHECK ((kind = 'link') = (link IS NOT NULL)),
    CHECK ((kind = 'link') = (storage_key IS NULL)),
    CHECK ((storage_key IS NULL) = (sha256 IS NULL) AND (storage_key IS NULL) = (bytes IS NULL)
        AND (storage_key IS NULL) = (media_type IS NULL)),
    CHECK ((width IS NULL) = (height IS NULL)),
    CHECK ((state = 'refused') = (refusal IS NOT NULL))
);
CREATE INDEX assets_by_institution ON assets (institution_id, id);
CREATE INDEX assets_by_content ON assets (sha256);
CREATE INDEX assets_by_release ON assets (for_release, id) WHERE for_release IS NOT NULL;
CREATE INDEX assets_to_make ON assets (due_at, id) WHERE state = 'new';

CREATE FUNCTION notify_asset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('communique_asset', '');
    RETURN NULL;
END $$;
CREATE TRIGGER assets_notify AFTER INSERT ON assets FOR EACH STATEMENT EXECUTE FUNCTION notify_asset();

-- What is made of an asset: its file as it may leave the house ('file'), and smaller pictures ('webp-640', 'jpeg-640').
CREATE TABLE renditions (
    asset_id bigint NOT NULL REFERENCES assets ON DELETE CASCADE,
    variant text NOT NULL CHECK (variant ~ '^(file|(webp|jpeg)-[0-9]{1,5})$'),
    -- The address that it has while it is public: nobody can guess it (256 bits), and it stays the same.
    token text NOT NULL UNIQUE CHECK (length(token) >= 22),
    media_type text NOT NULL,
    -- The end of its name.
    extension text NOT NULL CHECK (extension ~ '^[a-z0-9]{1,5}$'),
    width integer CHECK (width > 0),
    height integer CHECK (height > 0),
    bytes bigint NOT NULL CHECK (bytes > 0),
    storage_key text NOT NULL,
    -- Of its content: its strong validator.
    digest text NOT NULL CHECK (length(digest) >= 16),
    ready_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (asset_id, variant)
);
CREATE INDEX renditions_by_key ON renditions (storage_key);

-- What a revision shows, in its order, with its texts as they were then.
CREATE TABLE revision_media (
    revision_id bigint NOT NULL REFERENCES revisions ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 0),
    asset_id bigint NOT NULL REFERENCES assets,
    is_lead boolean NOT NULL DEFAULT false,
    -- Says nothing that the text does not say: no alternative text.
    decorative boolean NOT NULL DEFAULT false,
    alt jsonb CHECK (are_texts(alt)),
    caption jsonb CHECK (are_texts(caption)),
    credit text NOT NULL DEFAULT '' CHECK (length(credit) <= 300),
    PRIMARY KEY (revision_id, position),
    UNIQUE (revision_id, asset_id)
);
CREATE UNIQUE INDEX revision_media_one_lead ON revision_media (revision_id) WHERE is_lead;
CREATE INDEX revision_media_by_asset ON revision_media (asset_id, revision_id);
CREATE TRIGGER revision_media_never_change BEFORE UPDATE ON revision_media
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The door: the files that the public may fetch, and nothing else. What publishes, corrects, withdraws and unpublishes
-- writes it in its transaction; `/media/…` reads it and nothing else (DESIGN §4).
CREATE TABLE public_files (
    token text PRIMARY KEY CHECK (length(token) >= 22),
    asset_id bigint NOT NULL,
    variant text NOT NULL,
    storage_key text NOT NULL,
    media_type text NOT NULL,
    bytes bigint NOT NULL,
    digest text NOT NULL,
    file_name text NOT NULL,
    attachment boolean NOT NULL,
    width integer,
    height integer,
    -- The public releases that show it; nobody shows it, and it is gone from here.
    release_ids bigint[] NOT NULL CHECK (cardinality(release_ids) > 0),
    opened_at timestamptz NOT NULL DEFAULT site_now(),
    UNIQUE (asset_id, variant),
    FOREIGN KEY (asset_id, variant) REFERENCES renditions (asset_id, variant) ON DELETE CASCADE
);
CREATE INDEX public_files_by_release ON public_files USING gin (release_ids);

-- A file that comes in pieces, so that a line that drops costs the piece under way.
CREATE TABLE uploads (
    -- SHA-256 of its token.
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    account_id bigint NOT NULL REFERENCES accounts,
    release_id bigint NOT NULL REFERENCES releases ON DELETE CASCADE,
    institution_id bigint NOT NULL REFERENCES institutions,
    file_name text NOT NULL CHECK (file_name <> '' AND length(file_name) <= 200),
    size_bytes bigint NOT NULL CHECK (size_bytes > 0),
    received_bytes bigint NOT NULL DEFAULT 0 CHECK (received_bytes BETWEEN 0 AND size_bytes),
    -- Where its pieces are stored, in their order.
    pieces text[] NOT NULL DEFAULT '{}',
    -- What became of it: a second word of the last piece, whose answer was lost, gets the same answer.
    asset_id bigint REFERENCES assets ON DELETE CASCADE,
    touched_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX uploads_by_age ON uploads (touched_at);
CREATE INDEX uploads_by_release ON uploads (release_id);

-- A file that becomes ready changes the pages that show it.
ALTER TABLE public_changes DROP CONSTRAINT public_changes_kind_check;
ALTER TABLE public_changes ADD CONSTRAINT public_changes_kind_check CHECK (kind IN ('new', 'language_added', 'corrected',
    'withdrawn', 'restored', 'unpublished', 'minor_correction', 'from_archive', 'directory', 'topics', 'redirects', 'media'));
