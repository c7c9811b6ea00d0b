-- The domain's tables. Every statement of the service names tenant_id; ids are UUIDv7; enums are the numbers of Interven.Contracts.

CREATE TABLE tenants (
  tenant_id uuid PRIMARY KEY, name text NOT NULL, settings text NOT NULL, version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), last_pruned_at timestamptz);
CREATE INDEX tenants_by_name ON tenants (name, tenant_id);

-- One row per tenant, updated by every batch: room on the page keeps the update off the index.
CREATE TABLE tenant_head (tenant_id uuid PRIMARY KEY, seq bigint NOT NULL) WITH (fillfactor = 20);

CREATE TABLE tenant_data_keys (
  tenant_id uuid NOT NULL, number integer NOT NULL, wrapped bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (tenant_id, number));

CREATE TABLE decision_records (
  tenant_id uuid NOT NULL, seq bigint NOT NULL, trace_id uuid NOT NULL, parent_trace_id uuid, kind text NOT NULL, time timestamptz NOT NULL,
  env text NOT NULL, key_id text NOT NULL, agent_id text NOT NULL, agent_name text NOT NULL, runtime text NOT NULL,
  tool text NOT NULL, operation text NOT NULL, verb smallint NOT NULL, decision smallint NOT NULL, risk_band smallint NOT NULL,
  risk_score double precision NOT NULL, data_classes smallint NOT NULL, policy_id uuid, policy_version integer, rule_id text, approval_id uuid,
  canonical bytea NOT NULL, hash bytea NOT NULL CHECK (octet_length(hash) = 32), sealed_body bytea NOT NULL,
  PRIMARY KEY (tenant_id, trace_id, time)) PARTITION BY RANGE (time);
CREATE INDEX decision_records_by_seq ON decision_records (tenant_id, seq);
-- What people look for: whatever was not simply allowed, and one agent's history.
CREATE INDEX decision_records_stopped ON decision_records (tenant_id, seq) WHERE decision >= 2;
CREATE INDEX decision_records_by_agent ON decision_records (tenant_id, agent_id, seq);
CREATE INDEX decision_records_by_time ON decision_records USING brin (time);
CREATE TABLE decision_records_default PARTITION OF decision_records DEFAULT;

CREATE TABLE response_records (
  tenant_id uuid NOT NULL, trace_id uuid NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, time timestamptz NOT NULL,
  data_classes smallint NOT NULL, redacted integer NOT NULL, status integer NOT NULL, fingerprint bytea NOT NULL, canonical bytea NOT NULL,
  PRIMARY KEY (tenant_id, trace_id, id));

CREATE TABLE idempotency_keys (
  tenant_id uuid NOT NULL, key_id text NOT NULL, idempotency_key text NOT NULL, trace_id uuid NOT NULL,
  request_hash bytea NOT NULL, response bytea NOT NULL, expires_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, key_id, idempotency_key));
CREATE INDEX idempotency_keys_by_end ON idempotency_keys USING brin (expires_at);

CREATE TABLE approvals (
  tenant_id uuid NOT NULL, approval_id uuid NOT NULL, signature bytea NOT NULL, trace_id uuid NOT NULL, env text NOT NULL, key_id text NOT NULL,
  agent_id text NOT NULL, tool text NOT NULL, operation text NOT NULL, risk_band smallint NOT NULL, sentence text NOT NULL,
  required integer NOT NULL CHECK (required BETWEEN 1 AND 5), approver_group text, grant_uses integer NOT NULL,
  grant_window_ms bigint NOT NULL, deny_window_ms bigint NOT NULL, policy_id uuid, policy_version integer, rule_id text,
  sealed_call bytea, sealed_view bytea NOT NULL, sealed_edit bytea,
  state smallint NOT NULL DEFAULT 0, version integer NOT NULL DEFAULT 1, votes text NOT NULL DEFAULT '[]',
  opened_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, decided_at timestamptz, decided_by text, note text,
  uses_left integer NOT NULL DEFAULT 0 CHECK (uses_left >= 0), window_ends_at timestamptz, last_used_at timestamptz,
  PRIMARY KEY (tenant_id, approval_id));
-- The identical call waits for one person, not for two.
CREATE UNIQUE INDEX approvals_one_pending ON approvals (tenant_id, signature) WHERE state = 0;
CREATE INDEX approvals_by_call ON approvals (tenant_id, signature, approval_id);
CREATE INDEX approvals_due ON approvals (expires_at) WHERE state = 0;
CREATE INDEX approvals_lapsing ON approvals (window_ends_at) WHERE state = 1 AND sealed_call IS NOT NULL;
CREATE INDEX approvals_by_state ON approvals (tenant_id, state, approval_id);

CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id uuid NOT NULL, kind text NOT NULL, channel text NOT NULL, subject text NOT NULL,
  payload text NOT NULL, state smallint NOT NULL DEFAULT 0, attempts integer NOT NULL DEFAULT 0, detail text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 0;
CREATE INDEX outbox_by_subject ON outbox (tenant_id, subject) WHERE state = 0;
CREATE INDEX outbox_by_channel ON outbox (tenant_id, channel, id);

CREATE TABLE audit_log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant_id uuid NOT NULL, time timestamptz NOT NULL DEFAULT clock_timestamp(),
  actor_kind text NOT NULL, actor_id text NOT NULL, ip text NOT NULL, user_agent text NOT NULL, action text NOT NULL, target text NOT NULL,
  before text, after text, result text NOT NULL);
CREATE INDEX audit_log_by_tenant ON audit_log (tenant_id, id);
CREATE INDEX audit_log_by_target ON audit_log (tenant_id, target, id);

CREATE TABLE policies (
  tenant_id uuid NOT NULL, policy_id uuid NOT NULL, name text NOT NULL, env text NOT NULL, enabled boolean NOT NULL, deleted boolean NOT NULL DEFAULT false,
  version integer NOT NULL, content_hash bytea NOT NULL, changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, policy_id), UNIQUE (tenant_id, name, env));
CREATE TABLE policy_versions (
  tenant_id uuid NOT NULL, policy_id uuid NOT NULL, version integer NOT NULL, content bytea NOT NULL, content_hash bytea NOT NULL,
  author text NOT NULL, created_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (tenant_id, policy_id, version));

CREATE TABLE api_keys (
  key_id text PRIMARY KEY, tenant_id uuid NOT NULL, name text NOT NULL, hash bytea NOT NULL, prefix text NOT NULL, scopes text NOT NULL,
  allowlist text NOT NULL, default_agent_id text, env text, errors_as_deny boolean NOT NULL, description text NOT NULL, created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), expires_at timestamptz, revoked_at timestamptz, version bigint NOT NULL DEFAULT 1);
CREATE INDEX api_keys_by_tenant ON api_keys (tenant_id, created_at);
CREATE TABLE key_usage (
  tenant_id uuid NOT NULL, key_id text NOT NULL, hour timestamptz NOT NULL, calls bigint NOT NULL, blocked bigint NOT NULL, last_used_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key_id, hour));

CREATE TABLE ephemeral_keys (
  key_id text PRIMARY KEY, tenant_id uuid NOT NULL, parent_key_id text NOT NULL, hash bytea NOT NULL, prefix text NOT NULL, scope text NOT NULL,
  max_uses integer NOT NULL, uses_left integer NOT NULL CHECK (uses_left >= 0), created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
  revoked_at timestamptz, description text NOT NULL);
CREATE INDEX ephemeral_keys_by_tenant ON ephemeral_keys (tenant_id, created_at);

CREATE TABLE service_accounts (
  account_id text PRIMARY KEY, tenant_id uuid NOT NULL, name text NOT NULL, hash bytea NOT NULL, role text NOT NULL, allowlist text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(), revoked_at timestamptz);
CREATE INDEX service_accounts_by_tenant ON service_accounts (tenant_id, created_at);

CREATE TABLE agents (
  tenant_id uuid NOT NULL, agent_id text NOT NULL, name text NOT NULL, runtime text NOT NULL, scans bigint NOT NULL,
  first_seen_at timestamptz NOT NULL, last_seen_at timestamptz NOT NULL, suspended boolean NOT NULL DEFAULT false,
  suspended_reason text NOT NULL DEFAULT '', owner text, version bigint NOT NULL DEFAULT 1, PRIMARY KEY (tenant_id, agent_id));
CREATE INDEX agents_suspended ON agents (tenant_id) WHERE suspended;

CREATE TABLE tenant_documents (
  tenant_id uuid NOT NULL, kind text NOT NULL, id text NOT NULL, name text NOT NULL, content text NOT NULL, sealed bytea,
  version bigint NOT NULL DEFAULT 1, created_at timestamptz NOT NULL DEFAULT clock_timestamp(), changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, kind, id), UNIQUE (tenant_id, kind, name));

-- The counter row is taken last in each change's transaction, so numbers become visible in their order and a reader can skip none.
CREATE TABLE change_head (one boolean PRIMARY KEY DEFAULT true CHECK (one), id bigint NOT NULL);
INSERT INTO change_head (id) VALUES (0);
CREATE TABLE change_log (
  id bigint PRIMARY KEY, tenant_id uuid NOT NULL, kind smallint NOT NULL, ref text NOT NULL, version bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp());
CREATE TABLE silo_leases (silo text PRIMARY KEY, expires_at timestamptz NOT NULL, cursor bigint NOT NULL);

-- One row that a probe updates: a store that answers reads only is not available.
CREATE TABLE write_probe (one boolean PRIMARY KEY DEFAULT true CHECK (one), at timestamptz NOT NULL);
INSERT INTO write_probe (at) VALUES (clock_timestamp());
