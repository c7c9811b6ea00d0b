-- The policy that decided is filtered by, and counted, like the rest: in the one index.
DROP INDEX decision_records_by_time;
CREATE INDEX decision_records_by_time ON decision_records (tenant_id, time, seq)
  INCLUDE (decision, risk_band, data_classes, env, key_id, agent_id, agent_name, tool, operation, rule_id, reasons, policy_id);
