-- What incidents may grow from, written in the record's own transaction. Handled once, and kept for a day for what is counted over time.
CREATE TABLE incident_flags (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id uuid NOT NULL, trace_id uuid NOT NULL, time timestamptz NOT NULL, key_id text NOT NULL,
  agent_id text NOT NULL, tool text NOT NULL, operation text NOT NULL, decision smallint NOT NULL, risk_band smallint NOT NULL, denial boolean NOT NULL,
  causes text NOT NULL, trust_before double precision, trust_after double precision, handled boolean NOT NULL DEFAULT false);
CREATE INDEX incident_flags_waiting ON incident_flags (id) WHERE NOT handled;
CREATE INDEX incident_flags_by_agent ON incident_flags (tenant_id, agent_id, time);
CREATE INDEX incident_flags_by_time ON incident_flags (time);

CREATE TABLE incidents (
  tenant_id uuid NOT NULL, incident_id uuid NOT NULL, cause text NOT NULL, severity smallint NOT NULL, title text NOT NULL, agent_id text NOT NULL, key_id text NOT NULL,
  status smallint NOT NULL DEFAULT 0, resolution text, records integer NOT NULL DEFAULT 0, opened_at timestamptz NOT NULL, changed_at timestamptz NOT NULL,
  closed_at timestamptz, PRIMARY KEY (tenant_id, incident_id));
CREATE INDEX incidents_by_status ON incidents (tenant_id, status, incident_id);

-- The same trigger of the same agent joins: whoever writes the slot's row decides which incident that is.
CREATE TABLE incident_slots (
  tenant_id uuid NOT NULL, slot text NOT NULL, incident_id uuid NOT NULL, last_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, slot));
CREATE INDEX incident_slots_by_time ON incident_slots (last_at);

CREATE TABLE incident_records (
  tenant_id uuid NOT NULL, incident_id uuid NOT NULL, trace_id uuid NOT NULL, time timestamptz NOT NULL, tool text NOT NULL, operation text NOT NULL,
  decision smallint NOT NULL, risk_band smallint NOT NULL, cause text NOT NULL, PRIMARY KEY (tenant_id, incident_id, trace_id));

CREATE TABLE incident_notes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id uuid NOT NULL, incident_id uuid NOT NULL, kind text NOT NULL, author text NOT NULL, note text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE INDEX incident_notes_by_incident ON incident_notes (tenant_id, incident_id, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON incident_notes FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON incident_notes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whoever waits for an approval that ends elsewhere is woken by one look at what ended lately.
CREATE INDEX approvals_ended ON approvals (decided_at) WHERE decided_at IS NOT NULL;
