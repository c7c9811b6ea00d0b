-- What incidents may grow from, written in the record's own transaction. Handled once, and kept for a day for what is counted over time.
CREATE TABLE incident_flags (
  id INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id BLOB NOT NULL, trace_id BLOB NOT NULL, time INTEGER NOT NULL, key_id TEXT NOT NULL,
  agent_id TEXT NOT NULL, tool TEXT NOT NULL, operation TEXT NOT NULL, decision INTEGER NOT NULL, risk_band INTEGER NOT NULL, denial INTEGER NOT NULL,
  causes TEXT NOT NULL, trust_before REAL, trust_after REAL, handled INTEGER NOT NULL DEFAULT 0);
CREATE INDEX incident_flags_waiting ON incident_flags (id) WHERE NOT handled;
CREATE INDEX incident_flags_by_agent ON incident_flags (tenant_id, agent_id, time);
CREATE INDEX incident_flags_by_time ON incident_flags (time);

CREATE TABLE incidents (
  tenant_id BLOB NOT NULL, incident_id BLOB NOT NULL, cause TEXT NOT NULL, severity INTEGER NOT NULL, title TEXT NOT NULL, agent_id TEXT NOT NULL, key_id TEXT NOT NULL,
  status INTEGER NOT NULL DEFAULT 0, resolution TEXT, records INTEGER NOT NULL DEFAULT 0, opened_at INTEGER NOT NULL, changed_at INTEGER NOT NULL,
  closed_at INTEGER, PRIMARY KEY (tenant_id, incident_id));
CREATE INDEX incidents_by_status ON incidents (tenant_id, status, incident_id);

-- The same trigger of the same agent joins: whoever writes the slot's row decides which incident that is.
CREATE TABLE incident_slots (
  tenant_id BLOB NOT NULL, slot TEXT NOT NULL, incident_id BLOB NOT NULL, last_at INTEGER NOT NULL, PRIMARY KEY (tenant_id, slot)) WITHOUT ROWID;
CREATE INDEX incident_slots_by_time ON incident_slots (last_at);

CREATE TABLE incident_records (
  tenant_id BLOB NOT NULL, incident_id BLOB NOT NULL, trace_id BLOB NOT NULL, time INTEGER NOT NULL, tool TEXT NOT NULL, operation TEXT NOT NULL,
  decision INTEGER NOT NULL, risk_band INTEGER NOT NULL, cause TEXT NOT NULL, PRIMARY KEY (tenant_id, incident_id, trace_id)) WITHOUT ROWID;

CREATE TABLE incident_notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id BLOB NOT NULL, incident_id BLOB NOT NULL, kind TEXT NOT NULL, author TEXT NOT NULL, note TEXT NOT NULL,
  at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)));
CREATE INDEX incident_notes_by_incident ON incident_notes (tenant_id, incident_id, id);
CREATE TRIGGER incident_notes_no_update BEFORE UPDATE ON incident_notes BEGIN SELECT RAISE(ABORT, 'incident_notes is append-only: UPDATE refused'); END;
CREATE TRIGGER incident_notes_no_delete BEFORE DELETE ON incident_notes WHEN NOT EXISTS (SELECT 1 FROM prune_guard WHERE tenant_id = OLD.tenant_id)
BEGIN SELECT RAISE(ABORT, 'incident_notes is append-only: DELETE refused'); END;

-- Whoever waits for an approval that ends elsewhere is woken by one look at what ended lately.
CREATE INDEX approvals_ended ON approvals (decided_at) WHERE decided_at IS NOT NULL;
