-- Closed incidents are pruned by their age.
CREATE INDEX incidents_closed ON incidents (tenant_id, closed_at) WHERE status = 2;
