DROP TRIGGER decisions_close_ranks ON decisions;
DROP FUNCTION decisions_close_ranks();
-- What stood on these shelves stands on its others too.
DELETE FROM listings WHERE shelf = 'instrument';
ALTER TABLE listings DROP CONSTRAINT listings_shelf_check;
ALTER TABLE listings ADD CONSTRAINT listings_shelf_check
    CHECK (shelf IN ('all', 'family', 'institution', 'topic', 'mandate', 'meeting'));
