-- How far each SIEM sink is: the log itself is the queue.
CREATE TABLE sink_cursors (
  tenant_id BLOB NOT NULL, sink_id BLOB NOT NULL, seq INTEGER NOT NULL, delivered INTEGER NOT NULL DEFAULT 0, paused INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '', failures INTEGER NOT NULL DEFAULT 0,
  changed_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), PRIMARY KEY (tenant_id, sink_id)) WITHOUT ROWID;
