-- What people filter records by stands in one index in the order of time, as on Postgres.
ALTER TABLE decision_records ADD COLUMN reasons TEXT NOT NULL DEFAULT '';
DROP INDEX decision_records_stopped;
DROP INDEX decision_records_by_agent;
CREATE INDEX decision_records_by_time ON decision_records
  (tenant_id, time, seq, decision, risk_band, data_classes, env, key_id, agent_id, agent_name, tool, operation, rule_id, reasons);
CREATE INDEX decision_records_by_agent ON decision_records (tenant_id, agent_id, time, seq);
-- Few records have a parent or an approval, and these find one another.
CREATE INDEX decision_records_by_parent ON decision_records (tenant_id, parent_trace_id) WHERE parent_trace_id IS NOT NULL;
CREATE INDEX decision_records_by_approval ON decision_records (tenant_id, approval_id) WHERE approval_id IS NOT NULL;
