-- Evidence is written once. A row in prune_guard opens the way for deletes; it lives only inside the prune's transaction.
CREATE TABLE prune_guard (tenant_id BLOB PRIMARY KEY);

CREATE TRIGGER decision_records_no_update BEFORE UPDATE ON decision_records BEGIN SELECT RAISE(ABORT, 'decision_records is append-only: UPDATE refused'); END;
CREATE TRIGGER response_records_no_update BEFORE UPDATE ON response_records BEGIN SELECT RAISE(ABORT, 'response_records is append-only: UPDATE refused'); END;
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log is append-only: UPDATE refused'); END;
CREATE TRIGGER policy_versions_no_update BEFORE UPDATE ON policy_versions BEGIN SELECT RAISE(ABORT, 'policy_versions is append-only: UPDATE refused'); END;

CREATE TRIGGER decision_records_no_delete BEFORE DELETE ON decision_records WHEN NOT EXISTS (SELECT 1 FROM prune_guard WHERE tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'decision_records is append-only: DELETE refused'); END;
CREATE TRIGGER response_records_no_delete BEFORE DELETE ON response_records WHEN NOT EXISTS (SELECT 1 FROM prune_guard WHERE tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'response_records is append-only: DELETE refused'); END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log WHEN NOT EXISTS (SELECT 1 FROM prune_guard WHERE tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'audit_log is append-only: DELETE refused'); END;
CREATE TRIGGER policy_versions_no_delete BEFORE DELETE ON policy_versions WHEN NOT EXISTS (SELECT 1 FROM prune_guard WHERE tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'policy_versions is append-only: DELETE refused'); END;
