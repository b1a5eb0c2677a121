DROP TRIGGER meetings_notify_board ON meetings;
DROP TRIGGER editions_notify_board ON editions;
DROP TRIGGER decisions_notify ON decisions;
DROP TRIGGER edition_instruments_stay ON edition_instruments;
DROP TRIGGER edition_mandates_stay ON edition_mandates;
DROP TRIGGER releases_show_what_is_agreed ON releases;
DROP TRIGGER editions_are_agreed ON editions;
DELETE FROM edition_moves WHERE (from_state, to_state) = ('ready', 'in_validation');
ALTER TABLE validation_requests DROP CONSTRAINT validation_requests_answer_id_fkey;
DROP TABLE validation_delegations, validation_replies, validation_answers, validation_mails, validation_receipts,
    validation_devices, validation_links, validation_asks, validation_requests, validation_rounds;
DROP FUNCTION notify_board_of_times(), notify_board_of_edition(), notify_board_of_meeting(), notify_board_of_answer(),
    notify_board_of_request(), validation_request_changes(), agreed_facts_change(), public_text_is_agreed(),
    edition_is_agreed(), edition_is_settled(bigint, bigint), agreed_set(bigint, bigint), agreed_facts(bigint),
    agreed_text(text, text, text);
