-- People, their sessions, and what was tried at the sign-in.

-- A person who was removed stays as a row, so that what they did keeps a name; the address is free again.
CREATE TABLE users (
  user_id BLOB PRIMARY KEY, tenant_id BLOB NOT NULL, email TEXT NOT NULL, email_key TEXT NOT NULL, role TEXT NOT NULL,
  password_hash TEXT, temporary_until INTEGER, password_changed_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)),
  totp_secret BLOB, totp_enabled INTEGER NOT NULL DEFAULT 0, totp_step INTEGER NOT NULL DEFAULT 0, recovery TEXT NOT NULL DEFAULT '[]',
  issuer TEXT, subject TEXT, created_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), last_sign_in_at INTEGER, removed_at INTEGER,
  version INTEGER NOT NULL DEFAULT 1);
-- An address belongs to one tenant, as does an identity elsewhere.
CREATE UNIQUE INDEX users_by_email ON users (email_key) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX users_by_subject ON users (issuer, subject) WHERE removed_at IS NULL AND subject IS NOT NULL;
CREATE INDEX users_by_tenant ON users (tenant_id, user_id);

-- Found by the keyed hash of the cookie's token. Owner is a user id or a service account's id.
CREATE TABLE sessions (
  session_id BLOB PRIMARY KEY, tenant_id BLOB NOT NULL, hash BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, owner TEXT NOT NULL, method TEXT NOT NULL,
  ip TEXT NOT NULL, user_agent TEXT NOT NULL, created_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)),
  last_seen_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), idle_ms INTEGER NOT NULL, idle_ends_at INTEGER NOT NULL, ends_at INTEGER NOT NULL);
CREATE INDEX sessions_by_owner ON sessions (tenant_id, owner, session_id);
CREATE INDEX sessions_by_end ON sessions (ends_at);

-- Counted before a password is looked at, by a keyed hash of the address that was given, whether or not somebody has it.
CREATE TABLE sign_in_attempts (
  subject BLOB PRIMARY KEY, failures INTEGER NOT NULL, locked_until INTEGER NOT NULL, last_at INTEGER NOT NULL);
CREATE INDEX sign_in_attempts_by_time ON sign_in_attempts (last_at);
