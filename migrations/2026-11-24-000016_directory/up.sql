-- The directory goes public whole: more of institutions, contacts of mandates; and what becomes of the present mandates when
-- a prepared government takes over.

-- When they are reached, for everybody: "weekdays, 9 to 17".
ALTER TABLE contact_points ADD COLUMN hours jsonb CHECK (are_texts(hours));
-- Who answers now, among all that was planned and is past.
CREATE INDEX standby_shifts_by_end ON standby_shifts (ends_at);
-- What its policy cell is called once a prepared mandate begins, if that is another name than today's.
ALTER TABLE mandates ADD COLUMN cell_names jsonb CHECK (are_texts(cell_names));
-- What becomes of a mandate's work when the government takes over that stands first (DESIGN §2, Mandate).
CREATE TABLE handovers (
    government_id bigint NOT NULL REFERENCES governments ON DELETE CASCADE,
    mandate_id bigint NOT NULL REFERENCES mandates,
    -- Who takes it over; nobody.
    to_mandate_id bigint REFERENCES mandates,
    -- Open drafts go to the new policy cell, stay with the present one, or stay with one that closes.
    drafts text NOT NULL CHECK (drafts IN ('hand_over', 'keep', 'close')),
    -- Whether its spokespersons and deputies speak for the other from then on; whether its contacts answer for the other.
    spokespersons boolean NOT NULL,
    contacts boolean NOT NULL,
    PRIMARY KEY (government_id, mandate_id),
    CHECK (to_mandate_id <> mandate_id),
    CONSTRAINT to_somebody CHECK (to_mandate_id IS NOT NULL OR (drafts <> 'hand_over' AND NOT spokespersons AND NOT contacts))
);
CREATE INDEX handovers_by_heir ON handovers (to_mandate_id) WHERE to_mandate_id IS NOT NULL;

-- ── The door ──
CREATE OR REPLACE VIEW public_institutions AS
    SELECT id, code, family, names, website, abbreviations, addresses, social, parent_id, successor_id, closed_at
    FROM institutions i
    WHERE announced OR EXISTS (SELECT FROM public_listings WHERE shelf = 'institution' AND shelf_id = i.id);
-- Of a mandate that has not begun, nobody knows a number.
CREATE OR REPLACE VIEW public_contacts AS
    SELECT c.id, c.institution_id, c.kind, c.name, c.functions, c.languages, c.position, c.ended_at, ch.channels,
           c.mandate_id, c.hours
    FROM contact_points c
    JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('kind', kind, 'value', value) ORDER BY position) AS channels
        FROM contact_channels WHERE contact_id = c.id AND public) ch ON ch.channels IS NOT NULL
    WHERE EXISTS (SELECT FROM public_institutions i WHERE i.id = c.institution_id)
      AND (c.mandate_id IS NULL OR EXISTS (SELECT FROM public_mandates m WHERE m.id = c.mandate_id));
CREATE VIEW public_mandate_competences AS
    SELECT c.mandate_id, c.position, k.code, k.names
    FROM mandate_competences c
    JOIN public_mandates m ON m.id = c.mandate_id
    JOIN competences k ON k.id = c.competence_id;
