-- Who governs, who speaks for whom and answers when; the meetings of the Council, and their items.

-- ── Governments, offices, mandates (DESIGN §2). What has no start yet is being prepared, and known to the desk alone. ──
CREATE TABLE governments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 80),
    names jsonb NOT NULL CHECK (are_texts(names)),
    -- When a prepared one is to take over by itself; it starts then, or when somebody says so.
    takes_over_at timestamptz,
    starts_at timestamptz,
    -- Since when it only carries on.
    caretaker_from timestamptz,
    ends_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    CHECK (caretaker_from >= starts_at),
    CHECK (ends_at > starts_at),
    CHECK (starts_at IS NOT NULL OR (caretaker_from IS NULL AND ends_at IS NULL)),
    -- One at a time.
    EXCLUDE USING gist (tstzrange(starts_at, ends_at) WITH &&) WHERE (starts_at IS NOT NULL)
);
CREATE INDEX governments_due ON governments (takes_over_at) WHERE starts_at IS NULL AND takes_over_at IS NOT NULL;
CREATE TABLE persons (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 80),
    given_name text NOT NULL CHECK (given_name <> '' AND length(given_name) <= 100),
    family_name text NOT NULL CHECK (family_name <> '' AND length(family_name) <= 100),
    created_at timestamptz NOT NULL DEFAULT site_now()
);
-- A seat at the table, whoever sits on it: 'prime-minister', 'minister-of-mobility'.
CREATE TABLE offices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 80),
    names jsonb NOT NULL CHECK (are_texts(names)),
    created_at timestamptz NOT NULL DEFAULT site_now()
);
CREATE TABLE mandates (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Its word in addresses: 'jan-peeters-mobility-2025'.
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 120),
    government_id bigint NOT NULL REFERENCES governments,
    office_id bigint NOT NULL REFERENCES offices,
    person_id bigint NOT NULL REFERENCES persons,
    -- The full title in this government: "Vice-première ministre et ministre de la Mobilité".
    titles jsonb NOT NULL CHECK (are_texts(titles)),
    -- The minister's staff, which issues the minister's own releases.
    policy_cell_id bigint REFERENCES institutions,
    -- The order of precedence.
    position integer NOT NULL DEFAULT 0,
    starts_at timestamptz,
    ends_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    CHECK (ends_at > starts_at),
    CHECK (starts_at IS NOT NULL OR ends_at IS NULL),
    -- An office is held by one person at a time.
    CONSTRAINT office_is_held_once EXCLUDE USING gist
        (int8range(office_id, office_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&) WHERE (starts_at IS NOT NULL)
);
CREATE INDEX mandates_by_government ON mandates (government_id, position, id);
CREATE INDEX mandates_by_person ON mandates (person_id);
CREATE INDEX mandates_by_policy_cell ON mandates (policy_cell_id, starts_at);
-- What a member of the government is competent for: a vocabulary, for it moves from one to another.
CREATE TABLE competences (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 80),
    names jsonb NOT NULL CHECK (are_texts(names))
);
CREATE TABLE mandate_competences (
    mandate_id bigint NOT NULL REFERENCES mandates ON DELETE CASCADE,
    competence_id bigint NOT NULL REFERENCES competences,
    position smallint NOT NULL DEFAULT 0 CHECK (position >= 0),
    PRIMARY KEY (mandate_id, competence_id)
);

-- Who speaks for a mandate, and validates (DESIGN §5); deputies in their place.
CREATE TABLE spokespersons (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mandate_id bigint NOT NULL REFERENCES mandates,
    name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
    email text NOT NULL CHECK (email LIKE '%_@_%' AND length(email) <= 320),
    phone text CHECK (phone <> '' AND length(phone) <= 60),
    lang text NOT NULL CHECK (lang IN ('fr', 'nl', 'de', 'en')),
    is_deputy boolean NOT NULL DEFAULT false,
    -- If they also sign in.
    account_id bigint REFERENCES accounts,
    starts_at timestamptz NOT NULL DEFAULT site_now(),
    ends_at timestamptz,
    CHECK (ends_at > starts_at)
);
CREATE INDEX spokespersons_by_mandate ON spokespersons (mandate_id, is_deputy, id);
CREATE INDEX spokespersons_by_account ON spokespersons (account_id) WHERE account_id IS NOT NULL;

-- ── The directory grows ──
ALTER TABLE institutions
    ADD COLUMN abbreviations jsonb CHECK (are_texts(abbreviations)),
    -- Postal, by language, with line ends.
    ADD COLUMN addresses jsonb CHECK (are_texts(addresses)),
    -- [{"network": "mastodon", "url": "https://…"}]
    ADD COLUMN social jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(social) = 'array'),
    ADD COLUMN logo_id bigint REFERENCES assets,
    ADD COLUMN parent_id bigint REFERENCES institutions,
    -- What took its place, and since when it issues nothing.
    ADD COLUMN successor_id bigint REFERENCES institutions,
    ADD COLUMN closed_at timestamptz,
    ADD CONSTRAINT not_its_own_parent CHECK (parent_id <> id AND successor_id <> id);
CREATE INDEX institutions_by_parent ON institutions (parent_id) WHERE parent_id IS NOT NULL;
ALTER TABLE contact_points
    -- Of a mandate: its policy cell's, and gone with it.
    ADD COLUMN mandate_id bigint REFERENCES mandates;
CREATE INDEX contact_points_by_mandate ON contact_points (mandate_id) WHERE mandate_id IS NOT NULL;
-- Who answers at which hours (DESIGN §2, Standby).
CREATE TABLE standby_shifts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contact_id bigint NOT NULL REFERENCES contact_points ON DELETE CASCADE,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 200),
    CHECK (ends_at > starts_at),
    EXCLUDE USING gist (int8range(contact_id, contact_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&)
);
CREATE INDEX standby_shifts_by_contact ON standby_shifts (contact_id, ends_at);
-- In whose name an institution issued it: the mandate of its time, which old releases keep.
ALTER TABLE issuers ADD COLUMN mandate_id bigint REFERENCES mandates;
CREATE INDEX issuers_by_mandate ON issuers (mandate_id) WHERE mandate_id IS NOT NULL;

-- ── Meetings and their items ──
CREATE TABLE meetings (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Its word in addresses, mostly its date: '2026-11-20', a second one of that day '2026-11-20-2'.
    code text NOT NULL UNIQUE CHECK (code ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(code) <= 80),
    kind text NOT NULL DEFAULT 'council' CHECK (kind IN ('council', 'inner_cabinet')),
    -- The institution whose releases its items are: the Council itself.
    institution_id bigint NOT NULL REFERENCES institutions,
    held_on date NOT NULL,
    -- Where; none for an electronic procedure.
    places jsonb CHECK (are_texts(places)),
    is_electronic boolean NOT NULL DEFAULT false,
    chair_mandate_id bigint REFERENCES mandates,
    -- What stands above its items on its public page, by language (Markdown).
    intros jsonb CHECK (are_texts(intros)),
    -- In which languages its items must be agreed (DESIGN §5).
    languages text[] NOT NULL DEFAULT '{fr,nl}' CHECK (cardinality(languages) > 0
        AND languages <@ ARRAY['fr', 'nl', 'de', 'en']),
    -- Until when answers are asked for, and whether silence then agrees; else it is escalated.
    deadline_at timestamptz,
    silence_agrees boolean NOT NULL DEFAULT false,
    planned_at timestamptz,
    -- Armed: it goes public at its planned instant by itself (DESIGN §4).
    armed_at timestamptz,
    armed_by bigint REFERENCES accounts,
    published_at timestamptz,
    cancelled_at timestamptz,
    created_by bigint REFERENCES accounts,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    CHECK ((armed_at IS NULL) = (armed_by IS NULL)),
    CONSTRAINT armed_has_its_instant CHECK (armed_at IS NULL OR planned_at IS NOT NULL),
    CHECK (published_at IS NULL OR cancelled_at IS NULL)
);
CREATE INDEX meetings_due ON meetings (planned_at) WHERE armed_at IS NOT NULL AND published_at IS NULL;
CREATE INDEX meetings_by_date ON meetings (held_on, id);
CREATE TABLE decisions (
    release_id bigint PRIMARY KEY REFERENCES releases ON DELETE CASCADE,
    meeting_id bigint NOT NULL REFERENCES meetings,
    position integer NOT NULL CHECK (position > 0),
    -- Pulled out of the publication of its meeting, and why.
    held_back_at timestamptz,
    held_back_reason text CHECK (held_back_reason <> ''),
    CHECK ((held_back_at IS NULL) = (held_back_reason IS NULL)),
    UNIQUE (meeting_id, position) DEFERRABLE INITIALLY DEFERRED
);
-- Who proposes it and what it is are agreed too (DESIGN §5), so each edition has its own.
CREATE TABLE edition_mandates (
    edition_id bigint NOT NULL REFERENCES editions ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 0),
    mandate_id bigint NOT NULL REFERENCES mandates,
    PRIMARY KEY (edition_id, position),
    UNIQUE (edition_id, mandate_id)
);
CREATE INDEX edition_mandates_by_mandate ON edition_mandates (mandate_id, edition_id);
CREATE TABLE edition_instruments (
    edition_id bigint NOT NULL REFERENCES editions ON DELETE CASCADE,
    position smallint NOT NULL CHECK (position >= 0),
    instrument text NOT NULL CHECK (instrument IN ('preliminary_draft_law', 'draft_law', 'draft_royal_decree',
        'royal_decree', 'ministerial_decree', 'circular', 'cooperation_agreement', 'treaty', 'public_contract',
        'appointment', 'note', 'report', 'other')),
    reading smallint CHECK (reading BETWEEN 1 AND 3),
    PRIMARY KEY (edition_id, position)
);

-- ── Shelves of a member of the government and of a meeting; the log learns of meetings ──
ALTER TABLE listings DROP CONSTRAINT listings_shelf_check;
ALTER TABLE listings ADD CONSTRAINT listings_shelf_check
    CHECK (shelf IN ('all', 'family', 'institution', 'topic', 'mandate', 'meeting'));
ALTER TABLE public_changes DROP CONSTRAINT public_changes_kind_check;
ALTER TABLE public_changes ADD CONSTRAINT public_changes_kind_check CHECK (kind IN ('new', 'language_added', 'corrected',
    'withdrawn', 'restored', 'unpublished', 'minor_correction', 'from_archive', 'directory', 'topics', 'redirects',
    'media', 'pages', 'meetings'));
ALTER TABLE public_changes DROP CONSTRAINT public_changes_check;
ALTER TABLE public_changes ADD CONSTRAINT public_changes_check
    CHECK ((release_id IS NULL) = (kind IN ('directory', 'topics', 'redirects', 'pages', 'meetings')));

-- ── The door ──
CREATE VIEW public_governments AS
    SELECT id, code, names, starts_at, caretaker_from, ends_at FROM governments WHERE starts_at <= site_now();
CREATE VIEW public_mandates AS
    SELECT m.id, m.code, m.government_id, m.office_id, m.person_id, p.given_name, p.family_name, p.code AS person_code,
           m.titles, m.policy_cell_id, m.position, m.starts_at, m.ends_at
    FROM mandates m JOIN persons p ON p.id = m.person_id
    WHERE m.starts_at <= site_now();
CREATE VIEW public_meetings AS
    SELECT id, code, kind, held_on, places, is_electronic, chair_mandate_id, intros, published_at
    FROM meetings WHERE published_at <= site_now();
CREATE VIEW public_decisions AS
    SELECT d.release_id, d.meeting_id, d.position, r.edition_id
    FROM decisions d JOIN public_meetings m ON m.id = d.meeting_id JOIN public_releases r ON r.id = d.release_id;
CREATE VIEW public_standby AS
    SELECT s.contact_id, s.starts_at, s.ends_at, s.note
    FROM standby_shifts s JOIN public_contacts c ON c.id = s.contact_id
    WHERE c.ended_at IS NULL OR c.ended_at > site_now();
