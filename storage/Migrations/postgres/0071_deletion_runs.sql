-- Runs of deletes that are under way: each batch counts itself here in its own transaction. The row goes when the run's closing audit row is written.
CREATE TABLE deletion_runs (
  tenant_id uuid NOT NULL, run_id uuid NOT NULL, opened_as text NOT NULL, records bigint NOT NULL, approvals bigint NOT NULL, incidents bigint NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (tenant_id, run_id));
