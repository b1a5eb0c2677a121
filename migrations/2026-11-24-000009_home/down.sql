DROP INDEX delivery_items_by_release, draft_conflicts_of_account, releases_taken_off, editions_handed_in, editions_in_hand;
DROP FUNCTION folded(text);
DROP FUNCTION may_read_release(text, bigint, bigint);
