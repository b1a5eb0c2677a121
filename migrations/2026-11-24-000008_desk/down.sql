CREATE OR REPLACE VIEW public_topics AS
    SELECT id, code, names FROM topics t
    WHERE announced OR EXISTS (SELECT FROM public_listings WHERE shelf = 'topic' AND shelf_id = t.id);
DROP VIEW public_site_pages, public_contacts;
-- What the code before does not know goes, and with it whatever was said with it; the log keeps its numbers.
ALTER TABLE public_changes DROP CONSTRAINT public_changes_check;
ALTER TABLE public_changes DROP CONSTRAINT public_changes_kind_check;
ALTER TABLE public_changes ADD CONSTRAINT public_changes_kind_check CHECK (kind IN ('new', 'language_added', 'corrected',
    'withdrawn', 'restored', 'unpublished', 'minor_correction', 'from_archive', 'directory', 'topics', 'redirects')) NOT VALID;
ALTER TABLE public_changes ADD CONSTRAINT public_changes_check
    CHECK ((release_id IS NULL) = (kind IN ('directory', 'topics', 'redirects'))) NOT VALID;
DROP TABLE release_reads, site_page_revisions;
ALTER TABLE topics DROP COLUMN merged_into;
DROP TABLE preview_reads, preview_grants;
ALTER TABLE editions DROP COLUMN language_reason;
DROP TABLE forced_publications;
DROP TABLE draft_presence, draft_conflicts, draft_fields, revision_links, revision_contacts;
ALTER TABLE revisions DROP COLUMN name, DROP COLUMN boilerplate, DROP COLUMN not_before;
ALTER TABLE institutions DROP COLUMN required_languages, DROP COLUMN boilerplate;
DROP TABLE contact_channels, contact_points;
UPDATE releases SET kind = 'release' WHERE kind IN ('invitation', 'speech');
ALTER TABLE releases DROP CONSTRAINT releases_kind_check;
ALTER TABLE releases ADD CONSTRAINT releases_kind_check CHECK (kind IN ('release', 'decision'));
