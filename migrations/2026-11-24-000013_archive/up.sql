-- Imports as a whole, what each of them brought, and old addresses that people look after.

CREATE TABLE imports (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    format text NOT NULL CHECK (format IN ('jsonl', 'drupal6', 'wxr')),
    -- Of its file, for people.
    name text NOT NULL CHECK (name <> ''),
    -- The name of the source, part of every item's identity.
    source text NOT NULL DEFAULT '',
    -- Where its file is on the machine that imports: uploaded into the data folder, or in the folder of imports.
    path text NOT NULL CHECK (path <> ''),
    -- Whether the file came by the desk, and goes with the import.
    uploaded boolean NOT NULL DEFAULT false,
    -- The folder of the former site's files, if there is one.
    files_folder text,
    mapping text NOT NULL DEFAULT '',
    -- What a person wants next; nothing while it waits for one. Whoever works takes it under an advisory lock, so that a
    -- process which is killed leaves it to the next.
    wish text CHECK (wish IN ('inspect', 'foresee', 'import', 'undo')),
    -- Where it stands: new, looked into, foreseen, imported in part, imported, accepted, taken back.
    state text NOT NULL DEFAULT 'new'
        CHECK (state IN ('new', 'inspected', 'foreseen', 'running', 'done', 'accepted', 'undone')),
    -- What its file holds, for people.
    inspection text NOT NULL DEFAULT '',
    -- Counts and lists of the last run or dry run.
    report jsonb,
    -- The same as files, in storage.
    report_csv_key text,
    report_json_key text,
    -- Why the last wish was not fulfilled.
    problem text,
    settled_items bigint NOT NULL DEFAULT 0,
    all_items bigint NOT NULL DEFAULT 0,
    wished_at timestamptz,
    account_id bigint REFERENCES accounts,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    -- When its last step began and ended.
    begun_at timestamptz,
    ended_at timestamptz,
    -- Releases that an undoing takes although somebody worked on them.
    also_undo bigint[] NOT NULL DEFAULT '{}'
);
CREATE INDEX imports_wished ON imports (wished_at) WHERE wish IS NOT NULL;

-- The import that brought it first: what goes when that is undone.
ALTER TABLE source_items ADD COLUMN import_id bigint REFERENCES imports;
-- As the former site names them; never an account.
ALTER TABLE source_items ADD COLUMN author text;
-- Whether some of its files were not there: a later run that has them looks again.
ALTER TABLE source_items ADD COLUMN lacks_files boolean NOT NULL DEFAULT false;
CREATE INDEX source_items_by_import ON source_items (import_id, release_id) WHERE import_id IS NOT NULL;

ALTER TABLE assets ADD COLUMN import_id bigint REFERENCES imports;
CREATE INDEX assets_by_import ON assets (import_id) WHERE import_id IS NOT NULL;

ALTER TABLE redirects ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE;
-- A file: it leads to it as long as the public may fetch it.
ALTER TABLE redirects ADD COLUMN asset_id bigint REFERENCES assets ON DELETE CASCADE;
ALTER TABLE redirects ADD COLUMN import_id bigint REFERENCES imports;
-- Requests, counted in memory and written down each minute.
ALTER TABLE redirects ADD COLUMN hits bigint NOT NULL DEFAULT 0 CHECK (hits >= 0);
ALTER TABLE redirects ADD COLUMN last_used_on date;
ALTER TABLE redirects DROP CONSTRAINT redirects_check;
ALTER TABLE redirects ADD CONSTRAINT redirects_lead_somewhere CHECK
    (num_nonnulls(release_id, asset_id, target) = 1 AND (release_id IS NULL) = (lang IS NULL));
CREATE INDEX redirects_by_release ON redirects (release_id) WHERE release_id IS NOT NULL;
CREATE INDEX redirects_by_asset ON redirects (asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX redirects_by_import ON redirects (import_id) WHERE import_id IS NOT NULL;
