DROP VIEW public_standby, public_decisions, public_meetings, public_mandates, public_governments;
-- What stood on these shelves stands on its others too; entries of the log keep their numbers.
DELETE FROM listings WHERE shelf IN ('mandate', 'meeting');
ALTER TABLE listings DROP CONSTRAINT listings_shelf_check;
ALTER TABLE listings ADD CONSTRAINT listings_shelf_check CHECK (shelf IN ('all', 'family', 'institution', 'topic'));
ALTER TABLE public_changes DROP CONSTRAINT public_changes_check;
ALTER TABLE public_changes DROP CONSTRAINT public_changes_kind_check;
ALTER TABLE public_changes ADD CONSTRAINT public_changes_kind_check CHECK (kind IN ('new', 'language_added', 'corrected',
    'withdrawn', 'restored', 'unpublished', 'minor_correction', 'from_archive', 'directory', 'topics', 'redirects',
    'media', 'pages')) NOT VALID;
ALTER TABLE public_changes ADD CONSTRAINT public_changes_check
    CHECK ((release_id IS NULL) = (kind IN ('directory', 'topics', 'redirects', 'pages'))) NOT VALID;
DROP TABLE edition_instruments, edition_mandates, decisions, meetings;
ALTER TABLE issuers DROP COLUMN mandate_id;
DROP TABLE standby_shifts;
ALTER TABLE contact_points DROP COLUMN mandate_id;
ALTER TABLE institutions
    DROP COLUMN abbreviations, DROP COLUMN addresses, DROP COLUMN social, DROP COLUMN logo_id, DROP COLUMN parent_id,
    DROP COLUMN successor_id, DROP COLUMN closed_at;
DROP TABLE spokespersons, mandate_competences, competences, mandates, offices, persons, governments;
