-- Most releases of an archive have nothing but their text: their page then asks for nothing else. What a card says of this
-- may be false of a plain release and is never true of another: pages ask once too often, and never too little.
ALTER TABLE cards ADD COLUMN is_plain boolean NOT NULL DEFAULT false;
-- Lists say, too, until when a release must not be used.
ALTER TABLE cards ADD COLUMN not_before timestamptz;
UPDATE cards c SET not_before = n.not_before FROM revisions n WHERE n.id = c.revision_id AND n.not_before IS NOT NULL;

CREATE FUNCTION has_nothing_but_text(the_release bigint, the_revision bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT FROM revision_media WHERE revision_id = the_revision)
       AND NOT EXISTS (SELECT FROM revision_contacts WHERE revision_id = the_revision)
       AND NOT EXISTS (SELECT FROM revision_links WHERE revision_id = the_revision)
       AND NOT EXISTS (SELECT FROM revisions WHERE id = the_revision AND boilerplate IS NOT NULL)
       AND NOT EXISTS (SELECT FROM decisions WHERE release_id = the_release)
       AND NOT EXISTS (SELECT FROM issuers WHERE release_id = the_release AND mandate_id IS NOT NULL)
       AND NOT EXISTS (SELECT FROM editions WHERE release_id = the_release AND number > 1)
$$;
UPDATE cards SET is_plain = true WHERE NOT is_withdrawn AND has_nothing_but_text(release_id, revision_id);

CREATE FUNCTION card_says_what_else() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.not_before := (SELECT not_before FROM revisions WHERE id = NEW.revision_id);
    NEW.is_plain := NOT NEW.is_withdrawn AND has_nothing_but_text(NEW.release_id, NEW.revision_id);
    RETURN NEW;
END $$;
CREATE TRIGGER cards_say_what_else BEFORE INSERT ON cards FOR EACH ROW EXECUTE FUNCTION card_says_what_else();

-- A card is made anew with its release; these two may come after it.
CREATE FUNCTION card_is_no_longer_plain() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cards SET is_plain = false WHERE release_id = NEW.release_id AND is_plain;
    RETURN NULL;
END $$;
CREATE TRIGGER decisions_are_not_plain AFTER INSERT ON decisions
    FOR EACH ROW EXECUTE FUNCTION card_is_no_longer_plain();
CREATE TRIGGER names_are_not_plain AFTER INSERT OR UPDATE OF mandate_id ON issuers
    FOR EACH ROW WHEN (NEW.mandate_id IS NOT NULL) EXECUTE FUNCTION card_is_no_longer_plain();

CREATE OR REPLACE VIEW public_cards AS
    SELECT release_id, is_withdrawn, revision_id, lead_id, card, more, kind, is_plain,
           CASE WHEN not_before > site_now() THEN not_before END AS not_before
    FROM cards WHERE published_at <= site_now();
