-- Whom a rule wants to reach as well, and what a reviewer made of the body (redacted; the body itself is in sealed_edit while it may be needed).
ALTER TABLE approvals ADD COLUMN escalate_to TEXT;
ALTER TABLE approvals ADD COLUMN sealed_edit_view BLOB;
-- What was decided earlier on the same agent and operation.
CREATE INDEX approvals_by_agent ON approvals (tenant_id, agent_id, operation, approval_id);
