-- Lists show what kind of release each is: beside its card, in a column of its own, so that a server of the version before,
-- which reads a card as a row of known length, goes on reading it.
ALTER TABLE cards ADD COLUMN kind text NOT NULL DEFAULT 'release';
UPDATE cards c SET kind = r.kind FROM releases r WHERE r.id = c.release_id AND r.kind <> 'release';

-- Whatever a card is made of by the version that makes it, it has its release's kind.
CREATE FUNCTION card_has_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.kind := (SELECT kind FROM releases WHERE id = NEW.release_id);
    RETURN NEW;
END $$;
CREATE TRIGGER cards_have_kind BEFORE INSERT ON cards FOR EACH ROW EXECUTE FUNCTION card_has_kind();

CREATE OR REPLACE VIEW public_cards AS
    SELECT release_id, is_withdrawn, revision_id, lead_id, card, more, kind FROM cards WHERE published_at <= site_now();
