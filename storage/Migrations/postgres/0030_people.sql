-- People, their sessions, and what was tried at the sign-in.

-- A person who was removed stays as a row, so that what they did keeps a name; the address is free again.
CREATE TABLE users (
  user_id uuid PRIMARY KEY, tenant_id uuid NOT NULL, email text NOT NULL, email_key text NOT NULL, role text NOT NULL,
  password_hash text, temporary_until timestamptz, password_changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  totp_secret bytea, totp_enabled boolean NOT NULL DEFAULT false, totp_step bigint NOT NULL DEFAULT 0, recovery text NOT NULL DEFAULT '[]',
  issuer text, subject text, created_at timestamptz NOT NULL DEFAULT clock_timestamp(), last_sign_in_at timestamptz, removed_at timestamptz,
  version bigint NOT NULL DEFAULT 1);
-- An address belongs to one tenant, as does an identity elsewhere.
CREATE UNIQUE INDEX users_by_email ON users (email_key) WHERE removed_at IS NULL;
CREATE UNIQUE INDEX users_by_subject ON users (issuer, subject) WHERE removed_at IS NULL AND subject IS NOT NULL;
CREATE INDEX users_by_tenant ON users (tenant_id, user_id);

-- Found by the keyed hash of the cookie's token. Owner is a user id or a service account's id.
CREATE TABLE sessions (
  session_id uuid PRIMARY KEY, tenant_id uuid NOT NULL, hash bytea NOT NULL UNIQUE, kind text NOT NULL, owner text NOT NULL, method text NOT NULL,
  ip text NOT NULL, user_agent text NOT NULL, created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_seen_at timestamptz NOT NULL DEFAULT clock_timestamp(), idle_ms bigint NOT NULL, idle_ends_at timestamptz NOT NULL, ends_at timestamptz NOT NULL);
CREATE INDEX sessions_by_owner ON sessions (tenant_id, owner, session_id);
CREATE INDEX sessions_by_end ON sessions (ends_at);

-- Counted before a password is looked at, by a keyed hash of the address that was given, whether or not somebody has it.
CREATE TABLE sign_in_attempts (
  subject bytea PRIMARY KEY, failures integer NOT NULL, locked_until timestamptz NOT NULL, last_at timestamptz NOT NULL);
CREATE INDEX sign_in_attempts_by_time ON sign_in_attempts (last_at);
