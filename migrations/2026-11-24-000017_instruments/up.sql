-- A shelf for each instrument: all preliminary draft laws are a list like that of a topic. Its numbers are those of
-- `release::decision::Instrument`.
ALTER TABLE listings DROP CONSTRAINT listings_shelf_check;
ALTER TABLE listings ADD CONSTRAINT listings_shelf_check
    CHECK (shelf IN ('all', 'family', 'institution', 'topic', 'mandate', 'meeting', 'instrument'));
