DROP INDEX journal_by_day, journal_by_action, journal_by_account;
DROP TABLE journal_seals;
DROP TRIGGER journal_awaits_seal ON journal;
DROP FUNCTION await_seal();
DROP TABLE journal_unsealed;
DROP TABLE journal_addresses;
DROP FUNCTION address_is_old();
DROP TABLE sign_in_tries;
DROP TABLE account_links;
DROP TABLE recovery_codes;
DROP TABLE half_sessions;
ALTER TABLE sessions DROP COLUMN id, DROP COLUMN proved_at, DROP COLUMN second_factor_at, DROP COLUMN network,
    DROP COLUMN agent;
ALTER TABLE accounts DROP CONSTRAINT confirmed_has_its_secret, DROP COLUMN lang, DROP COLUMN password_set_at,
    DROP COLUMN totp_secret, DROP COLUMN totp_confirmed_at, DROP COLUMN totp_last_step;
