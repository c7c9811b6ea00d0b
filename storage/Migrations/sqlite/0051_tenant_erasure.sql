CREATE TABLE tenant_erasures (
  tenant_id BLOB PRIMARY KEY, begun_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), ended_at INTEGER);
