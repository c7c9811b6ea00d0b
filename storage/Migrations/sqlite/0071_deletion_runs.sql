-- Runs of deletes that are under way: each batch counts itself here in its own transaction. The row goes when the run's closing audit row is written.
CREATE TABLE deletion_runs (
  tenant_id BLOB NOT NULL, run_id BLOB NOT NULL, opened_as TEXT NOT NULL, records INTEGER NOT NULL, approvals INTEGER NOT NULL, incidents INTEGER NOT NULL,
  opened_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), PRIMARY KEY (tenant_id, run_id)) WITHOUT ROWID;
