-- Validation by the spokespersons (DESIGN §5): what is agreed, who was asked about which text, what they answered, and the
-- last wall before the public: no decision gets past it with a request that is not settled on exactly its text.

-- ── What is agreed ──
-- One language: title, lead and body in their normal form, which is how revisions are stored. The lengths (in bytes) keep
-- a word from wandering unseen from one part to the next. `validation::agreed` says the same in Rust; a test holds both.
CREATE FUNCTION agreed_text(title text, lead text, body text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT encode(sha256(convert_to(octet_length(title) || ' ' || octet_length(lead) || ' ' || title || lead || body,
                                    'UTF8')), 'hex')
$$;
-- What it is and who proposes it; in whichever order they are named.
CREATE FUNCTION agreed_facts(the_edition bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to('instruments '
        || coalesce((SELECT string_agg(instrument || coalesce('/' || reading, ''), ' ' ORDER BY instrument, reading)
                     FROM edition_instruments WHERE edition_id = the_edition), '')
        || ' mandates '
        || coalesce((SELECT string_agg(mandate_id::text, ' ' ORDER BY mandate_id)
                     FROM edition_mandates WHERE edition_id = the_edition), ''), 'UTF8')), 'hex')
$$;
-- {"facts": …, "fr": …, "nl": …}: the parts that the meeting asks for, as they are in that revision.
CREATE FUNCTION agreed_set(the_edition bigint, the_revision bigint) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_object_agg(part, hash) FROM (
        SELECT v.lang AS part, agreed_text(v.title, v.lead, v.body) AS hash
        FROM editions e
        JOIN decisions d ON d.release_id = e.release_id
        JOIN meetings m ON m.id = d.meeting_id
        JOIN language_versions v ON v.revision_id = the_revision AND v.lang = ANY (m.languages)
        WHERE e.id = the_edition
        UNION ALL SELECT 'facts', agreed_facts(the_edition)) parts
$$;

-- ── Rounds: each sending of all that waits in a meeting, with what the spokespersons were told of time and silence ──
CREATE TABLE validation_rounds (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    meeting_id bigint NOT NULL REFERENCES meetings,
    number integer NOT NULL CHECK (number > 0),
    sent_by bigint REFERENCES accounts,
    sent_at timestamptz NOT NULL DEFAULT site_now(),
    deadline_at timestamptz,
    silence_agrees boolean NOT NULL,
    remind_at timestamptz,
    reminded_at timestamptz,
    -- When its deadline was seen to: escalated, or silence taken as agreement.
    passed_at timestamptz,
    UNIQUE (meeting_id, number),
    CHECK (remind_at < deadline_at)
);
CREATE INDEX validation_rounds_to_remind ON validation_rounds (remind_at) WHERE reminded_at IS NULL;
CREATE INDEX validation_rounds_to_pass ON validation_rounds (deadline_at) WHERE passed_at IS NULL;

-- ── Requests: one per edition and mandate; where it stands is written here by every step, with what it rests on ──
CREATE TABLE validation_requests (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    edition_id bigint NOT NULL REFERENCES editions ON DELETE CASCADE,
    mandate_id bigint NOT NULL REFERENCES mandates,
    -- By the Chancellery, beside those who propose it.
    is_added boolean NOT NULL DEFAULT false,
    -- The text they were asked about last; none: not yet.
    round_id bigint REFERENCES validation_rounds,
    asked_revision_id bigint REFERENCES revisions,
    asked_parts jsonb,
    asked_at timestamptz,
    -- Since they were asked last, by a person.
    opened_at timestamptz,
    -- The last answer that counts.
    answer_id bigint,
    -- To be asked again on the same text: what they answered was not taken.
    is_refused boolean NOT NULL DEFAULT false,
    settled_as text CHECK (settled_as IN ('agreed', 'silence', 'waived', 'forced', 'not_concerned')),
    -- On what. A waiver is about the mandate, whatever the text.
    settled_parts jsonb,
    settled_at timestamptz,
    settled_by bigint REFERENCES accounts,
    reason text CHECK (reason <> '' AND length(reason) <= 2000),
    UNIQUE (edition_id, mandate_id),
    CHECK ((asked_at IS NULL) = (asked_parts IS NULL) AND (asked_at IS NULL) = (asked_revision_id IS NULL)),
    CHECK ((settled_as IS NULL) = (settled_at IS NULL)),
    CONSTRAINT settled_on_a_text CHECK ((settled_as IS NULL OR settled_as = 'waived') = (settled_parts IS NULL)),
    CONSTRAINT agreed_by_an_answer CHECK (settled_as NOT IN ('agreed', 'not_concerned') OR answer_id IS NOT NULL),
    CONSTRAINT against_the_rule_by_somebody_for_a_reason CHECK (settled_as NOT IN ('waived', 'forced')
        OR (settled_by IS NOT NULL AND reason IS NOT NULL))
);
CREATE INDEX validation_requests_by_mandate ON validation_requests (mandate_id, edition_id);
-- Every text somebody was asked about: an answer names one of these.
CREATE TABLE validation_asks (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id bigint NOT NULL REFERENCES validation_requests ON DELETE CASCADE,
    round_id bigint NOT NULL REFERENCES validation_rounds,
    revision_id bigint NOT NULL REFERENCES revisions,
    parts jsonb NOT NULL
);
CREATE INDEX validation_asks_by_request ON validation_asks (request_id, id);

-- ── Personal links, and the devices on which they were opened ──
CREATE TABLE validation_links (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    meeting_id bigint NOT NULL REFERENCES meetings,
    -- For whom: whoever speaks under this address, small letters.
    email text NOT NULL CHECK (email = lower(email)),
    -- SHA-256 of its token, which is stored nowhere.
    token_hash bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT site_now(),
    expires_at timestamptz NOT NULL,
    opened_at timestamptz,
    revoked_at timestamptz,
    CHECK (expires_at > created_at)
);
CREATE INDEX validation_links_by_person ON validation_links (meeting_id, email);
CREATE TABLE validation_devices (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    link_id bigint NOT NULL UNIQUE REFERENCES validation_links,
    key_hash bytea NOT NULL CHECK (length(key_hash) = 32),
    bound_at timestamptz NOT NULL DEFAULT site_now(),
    ended_at timestamptz
);

-- ── What is written to whom ──
CREATE TABLE validation_mails (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    meeting_id bigint NOT NULL REFERENCES meetings,
    round_id bigint REFERENCES validation_rounds,
    kind text NOT NULL CHECK (kind IN ('ask', 'reminder', 'new_link', 'receipt', 'escalation')),
    email text NOT NULL,
    lang text NOT NULL CHECK (lang IN ('fr', 'nl', 'de', 'en')),
    name text NOT NULL,
    link_id bigint REFERENCES validation_links,
    receipt_id bigint,
    -- What a returned mail is known by.
    token text NOT NULL UNIQUE,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'refused', 'bounced')),
    -- What the mail server said.
    reply text,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    done_at timestamptz
);
CREATE UNIQUE INDEX validation_mails_once ON validation_mails (round_id, kind, email) WHERE kind IN ('ask', 'reminder', 'escalation');
CREATE INDEX validation_mails_waiting ON validation_mails (meeting_id) WHERE state IN ('queued', 'sending');
CREATE INDEX validation_mails_by_person ON validation_mails (meeting_id, email, id);

-- ── Answers: never changed; the last of anyone entitled counts. What was sent together is one receipt. ──
CREATE TABLE validation_receipts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    meeting_id bigint NOT NULL REFERENCES meetings,
    email text NOT NULL,
    name text NOT NULL,
    channel text NOT NULL CHECK (channel IN ('link', 'desk')),
    account_id bigint REFERENCES accounts,
    device_id bigint REFERENCES validation_devices,
    at timestamptz NOT NULL DEFAULT site_now(),
    CHECK ((channel = 'desk') = (account_id IS NOT NULL) AND (channel = 'link') = (device_id IS NOT NULL))
);
ALTER TABLE validation_mails ADD FOREIGN KEY (receipt_id) REFERENCES validation_receipts;
CREATE TABLE validation_answers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id bigint NOT NULL REFERENCES validation_requests ON DELETE CASCADE,
    receipt_id bigint NOT NULL REFERENCES validation_receipts,
    spokesperson_id bigint NOT NULL REFERENCES spokespersons,
    kind text NOT NULL CHECK (kind IN ('agree', 'suggest', 'change', 'none')),
    -- What they had before their eyes.
    revision_id bigint NOT NULL REFERENCES revisions,
    parts jsonb NOT NULL,
    reason text CHECK (reason <> '' AND length(reason) <= 2000),
    -- Their text, by language: {"fr": {"title": …, "lead": …, "body": …}}.
    suggestion jsonb,
    at timestamptz NOT NULL DEFAULT site_now(),
    -- What became of it when it came: it counts; the text was another one by then; it was public already; the mandate was
    -- waived, or the Chancellery had decided.
    fate text NOT NULL DEFAULT 'counts' CHECK (fate IN ('counts', 'older_text', 'public', 'waived', 'decided')),
    CONSTRAINT change_has_its_reason CHECK (kind <> 'change' OR reason IS NOT NULL),
    CONSTRAINT suggestion_has_its_text CHECK ((kind = 'suggest') = (suggestion IS NOT NULL))
);
CREATE INDEX validation_answers_by_request ON validation_answers (request_id, id);
CREATE INDEX validation_answers_by_receipt ON validation_answers (receipt_id, id);
CREATE TRIGGER validation_answers_never_change BEFORE UPDATE ON validation_answers
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE validation_requests ADD FOREIGN KEY (answer_id) REFERENCES validation_answers DEFERRABLE INITIALLY DEFERRED;
-- What the Chancellery did with a suggestion, or with "does not concern us".
CREATE TABLE validation_replies (
    answer_id bigint PRIMARY KEY REFERENCES validation_answers ON DELETE CASCADE,
    accepted boolean NOT NULL,
    account_id bigint NOT NULL REFERENCES accounts,
    reason text CHECK (reason <> '' AND length(reason) <= 2000),
    at timestamptz NOT NULL DEFAULT site_now(),
    CONSTRAINT refused_for_a_reason CHECK (accepted OR reason IS NOT NULL)
);

-- ── In somebody's place, for a time ──
CREATE TABLE validation_delegations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    mandate_id bigint NOT NULL REFERENCES mandates,
    spokesperson_id bigint NOT NULL REFERENCES spokespersons,
    starts_at timestamptz NOT NULL DEFAULT site_now(),
    ends_at timestamptz NOT NULL,
    -- Who said so: the Chancellery, or else the spokesperson, by name.
    account_id bigint REFERENCES accounts,
    given_by text NOT NULL,
    ended_at timestamptz,
    CHECK (ends_at > starts_at)
);
CREATE INDEX validation_delegations_by_mandate ON validation_delegations (mandate_id, ends_at);

-- ── The wall ──
-- Whether all who must agree to that edition have, on exactly that revision: every proposing mandate and every added one
-- is waived, or settled on each part as it is there; and no language that the meeting asks for is missing. An edition that
-- is of no meeting, or that nobody proposes, asks nobody.
CREATE FUNCTION edition_is_settled(the_edition bigint, the_revision bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    WITH asked AS (
        SELECT mandate_id FROM edition_mandates WHERE edition_id = the_edition
        UNION SELECT mandate_id FROM validation_requests WHERE edition_id = the_edition AND is_added
    ), whole AS (SELECT agreed_set(the_edition, the_revision) AS parts)
    SELECT NOT EXISTS (SELECT FROM asked)
        OR NOT EXISTS (SELECT FROM editions e JOIN decisions d ON d.release_id = e.release_id WHERE e.id = the_edition)
        OR (coalesce((SELECT bool_and(whole.parts ? lang)
                      FROM editions e JOIN decisions d ON d.release_id = e.release_id
                      JOIN meetings m ON m.id = d.meeting_id, unnest(m.languages) lang, whole
                      WHERE e.id = the_edition), false)
            AND NOT EXISTS (
                SELECT FROM asked LEFT JOIN validation_requests r
                    ON r.edition_id = the_edition AND r.mandate_id = asked.mandate_id
                WHERE r.id IS NULL OR r.settled_as IS NULL
                   OR (r.settled_as <> 'waived' AND NOT r.settled_parts @> (SELECT parts FROM whole))))
$$;
CREATE FUNCTION edition_is_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT edition_is_settled(NEW.id, NEW.head_revision_id) THEN
        RAISE EXCEPTION 'edition % is not agreed by all who must', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER editions_are_agreed BEFORE UPDATE OF state ON editions
    FOR EACH ROW WHEN (OLD.state <> NEW.state AND NEW.state IN ('ready', 'scheduled', 'published'))
    EXECUTE FUNCTION edition_is_agreed();
-- What is public changes only in what is not agreed (DESIGN §5, after publication).
CREATE FUNCTION public_text_is_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT edition_is_settled(NEW.public_edition_id, NEW.public_revision_id) THEN
        RAISE EXCEPTION 'the text of release % is not agreed by all who must', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER releases_show_what_is_agreed BEFORE UPDATE OF public_revision_id ON releases
    FOR EACH ROW WHEN (NEW.public_revision_id IS NOT NULL AND NEW.kind = 'decision'
        AND OLD.public_revision_id IS DISTINCT FROM NEW.public_revision_id)
    EXECUTE FUNCTION public_text_is_agreed();
-- What agreement rests on never changes beside a publication: whoever changes it holds the edition, and of a published one
-- it stays.
CREATE FUNCTION agreed_facts_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    the_edition bigint;
    the_state text;
BEGIN
    IF TG_OP = 'DELETE' THEN the_edition := OLD.edition_id; ELSE the_edition := NEW.edition_id; END IF;
    SELECT state INTO the_state FROM editions WHERE id = the_edition FOR UPDATE;
    IF the_state IN ('published', 'superseded') THEN
        RAISE EXCEPTION 'what edition % is and who proposed it is published', the_edition USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER edition_mandates_stay BEFORE INSERT OR UPDATE OR DELETE ON edition_mandates
    FOR EACH ROW EXECUTE FUNCTION agreed_facts_change();
CREATE TRIGGER edition_instruments_stay BEFORE INSERT OR UPDATE OR DELETE ON edition_instruments
    FOR EACH ROW EXECUTE FUNCTION agreed_facts_change();
CREATE FUNCTION validation_request_changes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE the_state text;
BEGIN
    SELECT state INTO the_state FROM editions WHERE id = NEW.edition_id FOR UPDATE;
    -- On what it went out stays as it was.
    IF the_state IN ('published', 'superseded') AND (TG_OP = 'INSERT' OR
        (OLD.settled_as, OLD.settled_parts, OLD.is_added) IS DISTINCT FROM (NEW.settled_as, NEW.settled_parts, NEW.is_added)) THEN
        RAISE EXCEPTION 'edition % is published', NEW.edition_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER validation_requests_hold_the_edition BEFORE INSERT OR UPDATE ON validation_requests
    FOR EACH ROW EXECUTE FUNCTION validation_request_changes();

-- ── An agreement may be taken back while nothing is public ──
INSERT INTO edition_moves VALUES ('ready', 'in_validation');

-- ── The board hears of it at once; the payload is the meeting ──
CREATE FUNCTION notify_board_of_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('communique_validation', d.meeting_id::text)
    FROM editions e JOIN decisions d ON d.release_id = e.release_id WHERE e.id = NEW.edition_id;
    RETURN NULL;
END $$;
CREATE TRIGGER validation_requests_notify AFTER INSERT OR UPDATE ON validation_requests
    FOR EACH ROW EXECUTE FUNCTION notify_board_of_request();
CREATE FUNCTION notify_board_of_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('communique_validation', d.meeting_id::text)
    FROM validation_requests r JOIN editions e ON e.id = r.edition_id JOIN decisions d ON d.release_id = e.release_id
    WHERE r.id = NEW.request_id;
    RETURN NULL;
END $$;
CREATE TRIGGER validation_answers_notify AFTER INSERT ON validation_answers
    FOR EACH ROW EXECUTE FUNCTION notify_board_of_answer();
CREATE FUNCTION notify_board_of_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('communique_validation', NEW.meeting_id::text);
    RETURN NULL;
END $$;
CREATE TRIGGER validation_mails_notify AFTER INSERT OR UPDATE ON validation_mails
    FOR EACH ROW EXECUTE FUNCTION notify_board_of_meeting();
CREATE TRIGGER validation_links_notify AFTER INSERT OR UPDATE ON validation_links
    FOR EACH ROW EXECUTE FUNCTION notify_board_of_meeting();
CREATE TRIGGER decisions_notify AFTER INSERT OR UPDATE ON decisions
    FOR EACH ROW EXECUTE FUNCTION notify_board_of_meeting();
CREATE FUNCTION notify_board_of_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('communique_validation', d.meeting_id::text) FROM decisions d WHERE d.release_id = NEW.release_id;
    RETURN NULL;
END $$;
CREATE TRIGGER editions_notify_board AFTER UPDATE OF state, head_revision_id ON editions
    FOR EACH ROW EXECUTE FUNCTION notify_board_of_edition();
CREATE FUNCTION notify_board_of_times() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('communique_validation', NEW.id::text);
    RETURN NULL;
END $$;
CREATE TRIGGER meetings_notify_board AFTER UPDATE ON meetings
    FOR EACH ROW EXECUTE FUNCTION notify_board_of_times();
