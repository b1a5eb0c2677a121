-- NOT VALID: the log is never changed, and what it says of files stays in it.
ALTER TABLE public_changes DROP CONSTRAINT public_changes_kind_check;
ALTER TABLE public_changes ADD CONSTRAINT public_changes_kind_check CHECK (kind IN ('new', 'language_added', 'corrected',
    'withdrawn', 'restored', 'unpublished', 'minor_correction', 'from_archive', 'directory', 'topics', 'redirects')) NOT VALID;
DROP TABLE uploads;
DROP TABLE public_files;
DROP TABLE revision_media;
DROP TABLE renditions;
DROP TABLE assets;
DROP FUNCTION notify_asset();
