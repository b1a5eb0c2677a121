DROP TABLE instance;
DROP INDEX subscriptions_at_once;
DROP TRIGGER deliveries_keep_their_items ON deliveries;
DROP FUNCTION deliveries_keep_their_items();
DROP TRIGGER delivery_items_have_a_delivery ON delivery_items;
DROP FUNCTION delivery_items_have_a_delivery();
CREATE INDEX deliveries_open ON deliveries (run_id)
    WHERE state IN ('queued', 'sending') OR (state = 'uncertain' AND NOT doubtful);
ALTER TABLE deliveries ADD CONSTRAINT deliveries_id_subscriber_id_key UNIQUE (id, subscriber_id);
ALTER TABLE delivery_items ADD CONSTRAINT delivery_items_delivery_id_subscriber_id_fkey
    FOREIGN KEY (delivery_id, subscriber_id) REFERENCES deliveries (id, subscriber_id);
DROP INDEX delivery_items_by_sequence;
CREATE INDEX delivery_items_by_release ON delivery_items (release_id);
CREATE INDEX delivery_items_had ON delivery_items (subscriber_id, release_id);
DROP INDEX delivery_items_once;
-- Where an item was left out and came later, the one that was had stays.
DELETE FROM delivery_items i WHERE i.left_out AND EXISTS (
    SELECT FROM delivery_items o WHERE o.subscriber_id = i.subscriber_id AND o.sequence = i.sequence AND NOT o.left_out);
DELETE FROM delivery_items i WHERE i.left_out AND EXISTS (
    SELECT FROM delivery_items o
    WHERE o.subscriber_id = i.subscriber_id AND o.sequence = i.sequence AND o.delivery_id > i.delivery_id);
CREATE UNIQUE INDEX delivery_items_once ON delivery_items (subscriber_id, sequence);
DROP INDEX digest_runs_unfinished;
DROP INDEX digest_runs_by_kind;
ALTER TABLE digest_runs DROP COLUMN kind, DROP COLUMN floor, DROP COLUMN items, DROP COLUMN opening_ms,
    DROP COLUMN accepted;
