-- Who comes in, by what, from where; and a journal that nobody can change without its being seen.

ALTER TABLE accounts
    -- The language of their desk and of the mails to them; none: what their browser asks for.
    ADD COLUMN lang text CHECK (lang IN ('fr', 'nl', 'de', 'en')),
    ADD COLUMN password_set_at timestamptz,
    -- What their authenticator knows, sealed with the site's secret: who reads this table cannot make a code.
    ADD COLUMN totp_secret bytea,
    -- Once a code of it was given; before that it is being set up.
    ADD COLUMN totp_confirmed_at timestamptz,
    -- The last step (of 30 s since 1970) whose code was taken: each code opens once (RFC 6238 §5.2).
    ADD COLUMN totp_last_step bigint,
    ADD CONSTRAINT confirmed_has_its_secret CHECK (totp_confirmed_at IS NULL OR totp_secret IS NOT NULL);

ALTER TABLE sessions
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    -- When the password was last typed in it: what changes an account asks for it again.
    ADD COLUMN proved_at timestamptz,
    -- When the second factor was given, if it was.
    ADD COLUMN second_factor_at timestamptz,
    ADD COLUMN network text CHECK (family(network::inet) IN (4, 6)),
    ADD COLUMN agent text CHECK (length(agent) <= 300);

-- Between password and code. It opens nothing: no statement of a session looks here.
CREATE TABLE half_sessions (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    account_id bigint NOT NULL REFERENCES accounts,
    created_at timestamptz NOT NULL DEFAULT site_now(),
    tries smallint NOT NULL DEFAULT 0
);
CREATE INDEX half_sessions_by_account ON half_sessions (account_id);

-- Keyed hashes; each opens once.
CREATE TABLE recovery_codes (
    account_id bigint NOT NULL REFERENCES accounts,
    code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
    used_at timestamptz,
    PRIMARY KEY (account_id, code_hash)
);

-- Links that were mailed, by the SHA-256 of their token.
CREATE TABLE account_links (
    token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
    account_id bigint NOT NULL REFERENCES accounts,
    purpose text NOT NULL CHECK (purpose IN ('invitation', 'new-password', 'address')),
    -- To which it was sent: what an invitation or a new address proves.
    email text NOT NULL CHECK (email = lower(email) AND email LIKE '%_@_%'),
    created_at timestamptz NOT NULL DEFAULT site_now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX account_links_by_account ON account_links (account_id, purpose, created_at);

-- Failed tries in a row, by keyed hash of the address that was typed (known or not) or of a device that was here before.
CREATE TABLE sign_in_tries (
    key bytea PRIMARY KEY,
    failures integer NOT NULL CHECK (failures > 0),
    last_at timestamptz NOT NULL
);

-- From which address an entry was asked for. Beside the journal, for it is kept for less long.
CREATE TABLE journal_addresses (
    journal_id bigint PRIMARY KEY REFERENCES journal,
    network text NOT NULL CHECK (family(network::inet) IN (4, 6))
);
CREATE TRIGGER journal_addresses_never_change BEFORE UPDATE ON journal_addresses
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_addresses_are_never_emptied BEFORE TRUNCATE ON journal_addresses
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- Whatever the setting says: an address stays for the month in which somebody might ask for it.
CREATE FUNCTION address_is_old() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM journal WHERE id = OLD.journal_id AND at > site_now() - interval '30 days') THEN
        RAISE EXCEPTION 'the address of entry % is kept for 30 days', OLD.journal_id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER journal_addresses_stay_a_month BEFORE DELETE ON journal_addresses
    FOR EACH ROW EXECUTE FUNCTION address_is_old();

-- Entries that no seal covers yet. A row appears with its entry, when that commits: one that commits late, with a smaller
-- number than others that were sealed before, is in the next seal.
CREATE TABLE journal_unsealed (
    journal_id bigint PRIMARY KEY REFERENCES journal
);
INSERT INTO journal_unsealed SELECT id FROM journal;
CREATE FUNCTION await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal_unsealed SELECT id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER journal_awaits_seal AFTER INSERT ON journal
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION await_seal();

CREATE TABLE journal_seals (
    number bigint PRIMARY KEY CHECK (number > 0),
    at timestamptz NOT NULL DEFAULT now(),
    covers int8multirange NOT NULL CHECK (NOT isempty(covers)),
    entries bigint NOT NULL CHECK (entries > 0),
    -- SHA-256 over the last seal's hash and these entries, in the order of their numbers.
    hash bytea NOT NULL CHECK (length(hash) = 32)
);
CREATE TRIGGER journal_seals_are_append_only BEFORE UPDATE OR DELETE ON journal_seals
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_seals_are_never_emptied BEFORE TRUNCATE ON journal_seals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- How admins look for entries.
CREATE INDEX journal_by_account ON journal (account_id, id) WHERE account_id IS NOT NULL;
CREATE INDEX journal_by_action ON journal (action, id);
CREATE INDEX journal_by_day ON journal (at);
