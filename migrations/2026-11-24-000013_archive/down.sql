DELETE FROM redirects WHERE asset_id IS NOT NULL;
ALTER TABLE redirects DROP CONSTRAINT redirects_lead_somewhere;
ALTER TABLE redirects ADD CONSTRAINT redirects_check
    CHECK ((release_id IS NULL) <> (target IS NULL) AND (release_id IS NULL) = (lang IS NULL));
DROP INDEX redirects_by_release;
ALTER TABLE redirects DROP COLUMN id, DROP COLUMN asset_id, DROP COLUMN import_id, DROP COLUMN hits,
    DROP COLUMN last_used_on;
ALTER TABLE assets DROP COLUMN import_id;
ALTER TABLE source_items DROP COLUMN import_id, DROP COLUMN author, DROP COLUMN lacks_files;
DROP TABLE imports;
