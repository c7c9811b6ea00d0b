-- How far each SIEM sink is: the log itself is the queue.
CREATE TABLE sink_cursors (
  tenant_id uuid NOT NULL, sink_id uuid NOT NULL, seq bigint NOT NULL, delivered bigint NOT NULL DEFAULT 0, paused boolean NOT NULL DEFAULT false,
  reason text NOT NULL DEFAULT '', failures integer NOT NULL DEFAULT 0, changed_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (tenant_id, sink_id));
