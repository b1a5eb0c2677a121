DROP VIEW public_cards;
CREATE VIEW public_cards AS
    SELECT release_id, is_withdrawn, revision_id, lead_id, card, more, kind FROM cards WHERE published_at <= site_now();
DROP TRIGGER names_are_not_plain ON issuers;
DROP TRIGGER decisions_are_not_plain ON decisions;
DROP FUNCTION card_is_no_longer_plain();
DROP TRIGGER cards_say_what_else ON cards;
DROP FUNCTION card_says_what_else();
DROP FUNCTION has_nothing_but_text(bigint, bigint);
ALTER TABLE cards DROP COLUMN is_plain, DROP COLUMN not_before;
