-- INSERT OR REPLACE deletes the row that stands in its way without firing delete triggers: whoever inserts must find nobody there.
CREATE TRIGGER decision_records_no_replace BEFORE INSERT ON decision_records
WHEN EXISTS (SELECT 1 FROM decision_records WHERE tenant_id = NEW.tenant_id AND trace_id = NEW.trace_id) OR EXISTS (SELECT 1 FROM decision_records WHERE rid = NEW.rid)
BEGIN SELECT RAISE(ABORT, 'decision_records is append-only: REPLACE refused'); END;
CREATE TRIGGER response_records_no_replace BEFORE INSERT ON response_records WHEN EXISTS (SELECT 1 FROM response_records WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'response_records is append-only: REPLACE refused'); END;
CREATE TRIGGER audit_log_no_replace BEFORE INSERT ON audit_log WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'audit_log is append-only: REPLACE refused'); END;
CREATE TRIGGER policy_versions_no_replace BEFORE INSERT ON policy_versions
WHEN EXISTS (SELECT 1 FROM policy_versions WHERE tenant_id = NEW.tenant_id AND policy_id = NEW.policy_id AND version = NEW.version) OR EXISTS (SELECT 1 FROM policy_versions WHERE rowid = NEW.rowid)
BEGIN SELECT RAISE(ABORT, 'policy_versions is append-only: REPLACE refused'); END;
CREATE TRIGGER incident_notes_no_replace BEFORE INSERT ON incident_notes WHEN EXISTS (SELECT 1 FROM incident_notes WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'incident_notes is append-only: REPLACE refused'); END;
