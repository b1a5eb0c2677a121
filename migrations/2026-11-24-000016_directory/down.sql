DROP VIEW public_mandate_competences, public_standby, public_contacts, public_institutions;
CREATE VIEW public_institutions AS
    SELECT id, code, family, names, website FROM institutions i
    WHERE announced OR EXISTS (SELECT FROM public_listings WHERE shelf = 'institution' AND shelf_id = i.id);
CREATE VIEW public_contacts AS
    SELECT c.id, c.institution_id, c.kind, c.name, c.functions, c.languages, c.position, c.ended_at, ch.channels
    FROM contact_points c
    JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('kind', kind, 'value', value) ORDER BY position) AS channels
        FROM contact_channels WHERE contact_id = c.id AND public) ch ON ch.channels IS NOT NULL
    WHERE EXISTS (SELECT FROM public_institutions i WHERE i.id = c.institution_id);
CREATE VIEW public_standby AS
    SELECT s.contact_id, s.starts_at, s.ends_at, s.note
    FROM standby_shifts s JOIN public_contacts c ON c.id = s.contact_id
    WHERE c.ended_at IS NULL OR c.ended_at > site_now();
DROP TABLE handovers;
DROP INDEX standby_shifts_by_end;
ALTER TABLE mandates DROP COLUMN cell_names;
ALTER TABLE contact_points DROP COLUMN hours;
