DROP TABLE press_list_refusals;
DROP TABLE release_press_lists;
DROP TABLE manage_sessions;
DROP TABLE returned_mails;
DROP INDEX subscribers_ended;
UPDATE subscribers SET state = 'unsubscribed' WHERE state = 'suspended';
ALTER TABLE subscribers DROP CONSTRAINT subscribers_state_check;
ALTER TABLE subscribers ADD CONSTRAINT subscribers_state_check CHECK (state IN ('active', 'unsubscribed', 'erased'));
DROP INDEX subscriptions_resuming;
DROP INDEX subscriptions_due;
ALTER TABLE subscriptions DROP CONSTRAINT subscriptions_slots_frequency_check;
ALTER TABLE subscriptions DROP CONSTRAINT subscriptions_press_list_check;
-- Whom only a list wrote to is not written to by a build that knows no lists; its filter matches nothing there.
UPDATE subscriptions SET frequency = 'weekly', ended_at = coalesce(ended_at, site_now()) WHERE frequency = 'press_list';
UPDATE subscribers p SET state = 'unsubscribed', ended_at = site_now()
    WHERE state = 'active' AND NOT EXISTS (SELECT FROM subscriptions s WHERE s.subscriber_id = p.id AND s.ended_at IS NULL);
ALTER TABLE subscriptions DROP CONSTRAINT subscriptions_frequency_check;
ALTER TABLE subscriptions ADD CONSTRAINT subscriptions_frequency_check
    CHECK (frequency IN ('at_once', 'slots', 'daily', 'weekly'));
DROP TABLE press_lists;
UPDATE subscriptions SET paused_at = paused_from;
DROP FUNCTION is_paused(timestamptz, timestamptz, timestamptz);
ALTER TABLE subscriptions
    DROP COLUMN catch_up,
    DROP COLUMN paused_until,
    DROP COLUMN paused_from,
    DROP COLUMN slots;
