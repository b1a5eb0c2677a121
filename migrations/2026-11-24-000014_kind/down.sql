DROP VIEW public_cards;
CREATE VIEW public_cards AS
    SELECT release_id, is_withdrawn, revision_id, lead_id, card, more FROM cards WHERE published_at <= site_now();
DROP TRIGGER cards_have_kind ON cards;
DROP FUNCTION card_has_kind();
ALTER TABLE cards DROP COLUMN kind;
