-- A shelf for each instrument: all preliminary draft laws are a list like that of a topic. Its numbers are those of
-- `release::decision::Instrument`.
ALTER TABLE listings DROP CONSTRAINT listings_shelf_check;
ALTER TABLE listings ADD CONSTRAINT listings_shelf_check
    CHECK (shelf IN ('all', 'family', 'institution', 'topic', 'mandate', 'meeting', 'instrument'));

-- A decision that is discarded leaves no gap in the agenda. What the public has a number of comes first there and is never
-- taken away, so that no public number moves.
CREATE FUNCTION decisions_close_ranks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE decisions SET position = position - 1 WHERE meeting_id = OLD.meeting_id AND position > OLD.position;
    RETURN NULL;
END $$;
CREATE TRIGGER decisions_close_ranks AFTER DELETE ON decisions
    FOR EACH ROW EXECUTE FUNCTION decisions_close_ranks();
