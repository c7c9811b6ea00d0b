-- The domain's tables, as on Postgres. UUIDs are 16 bytes in network order, times are milliseconds since 1970 UTC, booleans 0 and 1.

CREATE TABLE tenants (
  tenant_id BLOB PRIMARY KEY, name TEXT NOT NULL, settings TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), last_pruned_at INTEGER);
CREATE INDEX tenants_by_name ON tenants (name, tenant_id);

CREATE TABLE tenant_head (tenant_id BLOB PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE tenant_data_keys (
  tenant_id BLOB NOT NULL, number INTEGER NOT NULL, wrapped BLOB NOT NULL,
  created_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), PRIMARY KEY (tenant_id, number));

-- A rowid table with two indexes commits faster than one without rowid: records are wide.
CREATE TABLE decision_records (
  rid INTEGER PRIMARY KEY, tenant_id BLOB NOT NULL, seq INTEGER NOT NULL, trace_id BLOB NOT NULL, parent_trace_id BLOB, kind TEXT NOT NULL, time INTEGER NOT NULL,
  env TEXT NOT NULL, key_id TEXT NOT NULL, agent_id TEXT NOT NULL, agent_name TEXT NOT NULL, runtime TEXT NOT NULL,
  tool TEXT NOT NULL, operation TEXT NOT NULL, verb INTEGER NOT NULL, decision INTEGER NOT NULL, risk_band INTEGER NOT NULL,
  risk_score REAL NOT NULL, data_classes INTEGER NOT NULL, policy_id BLOB, policy_version INTEGER, rule_id TEXT, approval_id BLOB,
  canonical BLOB NOT NULL, hash BLOB NOT NULL CHECK (length(hash) = 32), sealed_body BLOB NOT NULL,
  UNIQUE (tenant_id, trace_id));
CREATE INDEX decision_records_by_seq ON decision_records (tenant_id, seq);
-- What people look for: whatever was not simply allowed, and one agent's history.
CREATE INDEX decision_records_stopped ON decision_records (tenant_id, seq) WHERE decision >= 2;
CREATE INDEX decision_records_by_agent ON decision_records (tenant_id, agent_id, seq);

CREATE TABLE response_records (
  tenant_id BLOB NOT NULL, trace_id BLOB NOT NULL, id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL,
  data_classes INTEGER NOT NULL, redacted INTEGER NOT NULL, status INTEGER NOT NULL, fingerprint BLOB NOT NULL, canonical BLOB NOT NULL);
CREATE INDEX response_records_by_trace ON response_records (tenant_id, trace_id, id);

CREATE TABLE idempotency_keys (
  tenant_id BLOB NOT NULL, key_id TEXT NOT NULL, idempotency_key TEXT NOT NULL, trace_id BLOB NOT NULL,
  request_hash BLOB NOT NULL, response BLOB NOT NULL, expires_at INTEGER NOT NULL, PRIMARY KEY (tenant_id, key_id, idempotency_key)) WITHOUT ROWID;
CREATE INDEX idempotency_keys_by_end ON idempotency_keys (expires_at);

CREATE TABLE approvals (
  tenant_id BLOB NOT NULL, approval_id BLOB NOT NULL, signature BLOB NOT NULL, trace_id BLOB NOT NULL, env TEXT NOT NULL, key_id TEXT NOT NULL,
  agent_id TEXT NOT NULL, tool TEXT NOT NULL, operation TEXT NOT NULL, risk_band INTEGER NOT NULL, sentence TEXT NOT NULL,
  required INTEGER NOT NULL CHECK (required BETWEEN 1 AND 5), approver_group TEXT, grant_uses INTEGER NOT NULL,
  grant_window_ms INTEGER NOT NULL, deny_window_ms INTEGER NOT NULL, policy_id BLOB, policy_version INTEGER, rule_id TEXT,
  sealed_call BLOB, sealed_view BLOB NOT NULL, sealed_edit BLOB,
  state INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1, votes TEXT NOT NULL DEFAULT '[]',
  opened_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, decided_at INTEGER, decided_by TEXT, note TEXT,
  uses_left INTEGER NOT NULL DEFAULT 0 CHECK (uses_left >= 0), window_ends_at INTEGER, last_used_at INTEGER,
  PRIMARY KEY (tenant_id, approval_id));
-- The identical call waits for one person, not for two.
CREATE UNIQUE INDEX approvals_one_pending ON approvals (tenant_id, signature) WHERE state = 0;
CREATE INDEX approvals_by_call ON approvals (tenant_id, signature, approval_id);
CREATE INDEX approvals_due ON approvals (expires_at) WHERE state = 0;
CREATE INDEX approvals_lapsing ON approvals (window_ends_at) WHERE state = 1 AND sealed_call IS NOT NULL;
CREATE INDEX approvals_by_state ON approvals (tenant_id, state, approval_id);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id BLOB NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL, subject TEXT NOT NULL,
  payload TEXT NOT NULL, state INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, detail TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), due_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)),
  changed_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)));
CREATE INDEX outbox_due ON outbox (due_at) WHERE state = 0;
CREATE INDEX outbox_by_subject ON outbox (tenant_id, subject) WHERE state = 0;
CREATE INDEX outbox_by_channel ON outbox (tenant_id, channel, id);

CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id BLOB NOT NULL, time INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)),
  actor_kind TEXT NOT NULL, actor_id TEXT NOT NULL, ip TEXT NOT NULL, user_agent TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL,
  before TEXT, after TEXT, result TEXT NOT NULL);
CREATE INDEX audit_log_by_tenant ON audit_log (tenant_id, id);
CREATE INDEX audit_log_by_target ON audit_log (tenant_id, target, id);

CREATE TABLE policies (
  tenant_id BLOB NOT NULL, policy_id BLOB NOT NULL, name TEXT NOT NULL, env TEXT NOT NULL, enabled INTEGER NOT NULL, deleted INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL, content_hash BLOB NOT NULL, changed_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)),
  PRIMARY KEY (tenant_id, policy_id), UNIQUE (tenant_id, name, env));
CREATE TABLE policy_versions (
  tenant_id BLOB NOT NULL, policy_id BLOB NOT NULL, version INTEGER NOT NULL, content BLOB NOT NULL, content_hash BLOB NOT NULL,
  author TEXT NOT NULL, created_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), PRIMARY KEY (tenant_id, policy_id, version));

CREATE TABLE api_keys (
  key_id TEXT PRIMARY KEY, tenant_id BLOB NOT NULL, name TEXT NOT NULL, hash BLOB NOT NULL, prefix TEXT NOT NULL, scopes TEXT NOT NULL,
  allowlist TEXT NOT NULL, default_agent_id TEXT, env TEXT, errors_as_deny INTEGER NOT NULL, description TEXT NOT NULL, created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), expires_at INTEGER, revoked_at INTEGER, version INTEGER NOT NULL DEFAULT 1);
CREATE INDEX api_keys_by_tenant ON api_keys (tenant_id, created_at);
CREATE TABLE key_usage (
  tenant_id BLOB NOT NULL, key_id TEXT NOT NULL, hour INTEGER NOT NULL, calls INTEGER NOT NULL, blocked INTEGER NOT NULL, last_used_at INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, key_id, hour));

CREATE TABLE ephemeral_keys (
  key_id TEXT PRIMARY KEY, tenant_id BLOB NOT NULL, parent_key_id TEXT NOT NULL, hash BLOB NOT NULL, prefix TEXT NOT NULL, scope TEXT NOT NULL,
  max_uses INTEGER NOT NULL, uses_left INTEGER NOT NULL CHECK (uses_left >= 0), created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
  revoked_at INTEGER, description TEXT NOT NULL);
CREATE INDEX ephemeral_keys_by_tenant ON ephemeral_keys (tenant_id, created_at);

CREATE TABLE service_accounts (
  account_id TEXT PRIMARY KEY, tenant_id BLOB NOT NULL, name TEXT NOT NULL, hash BLOB NOT NULL, role TEXT NOT NULL, allowlist TEXT NOT NULL,
  created_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), revoked_at INTEGER);
CREATE INDEX service_accounts_by_tenant ON service_accounts (tenant_id, created_at);

CREATE TABLE agents (
  tenant_id BLOB NOT NULL, agent_id TEXT NOT NULL, name TEXT NOT NULL, runtime TEXT NOT NULL, scans INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, suspended INTEGER NOT NULL DEFAULT 0,
  suspended_reason TEXT NOT NULL DEFAULT '', owner TEXT, version INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (tenant_id, agent_id));
CREATE INDEX agents_suspended ON agents (tenant_id) WHERE suspended = 1;

CREATE TABLE tenant_documents (
  tenant_id BLOB NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, sealed BLOB,
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), changed_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)),
  PRIMARY KEY (tenant_id, kind, id), UNIQUE (tenant_id, kind, name));

-- The counter row is taken last in each change's transaction, so numbers become visible in their order and a reader can skip none.
CREATE TABLE change_head (one INTEGER PRIMARY KEY DEFAULT 1 CHECK (one), id INTEGER NOT NULL);
INSERT INTO change_head (id) VALUES (0);
CREATE TABLE change_log (
  id INTEGER PRIMARY KEY, tenant_id BLOB NOT NULL, kind INTEGER NOT NULL, ref TEXT NOT NULL, version INTEGER NOT NULL,
  at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)));
CREATE TABLE silo_leases (silo TEXT PRIMARY KEY, expires_at INTEGER NOT NULL, cursor INTEGER NOT NULL);

-- One row that a probe updates: a store that answers reads only is not available.
CREATE TABLE write_probe (one INTEGER PRIMARY KEY DEFAULT 1 CHECK (one), at INTEGER NOT NULL);
INSERT INTO write_probe (at) VALUES (CAST(round(unixepoch('subsec') * 1000) AS INTEGER));
