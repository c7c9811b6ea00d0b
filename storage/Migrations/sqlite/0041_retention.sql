-- Prunes and erasures delete by trace and by age.
CREATE INDEX approvals_by_trace ON approvals (tenant_id, trace_id);
CREATE INDEX approvals_decided ON approvals (tenant_id, decided_at) WHERE state <> 0;
CREATE INDEX audit_log_by_time ON audit_log (tenant_id, time, id);
