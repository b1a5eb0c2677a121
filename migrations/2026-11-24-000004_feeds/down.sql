DROP INDEX public_changes_unpublished;
DROP VIEW public_feed_ids;
ALTER TABLE public_change_counter DROP COLUMN site_id;
ALTER TABLE releases DROP COLUMN feed_id;
