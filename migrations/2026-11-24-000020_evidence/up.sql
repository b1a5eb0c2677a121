-- Who agreed to what, by which channel, is evidence: neither it nor its receipt is changed or taken away.
CREATE TRIGGER validation_receipts_never_change BEFORE UPDATE OR DELETE ON validation_receipts
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER validation_answers_never_go BEFORE DELETE ON validation_answers
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
