-- A channel's pace and health: whoever sends to it holds its turn.
CREATE TABLE channel_turns (
  tenant_id uuid NOT NULL, channel text NOT NULL, next_at timestamptz NOT NULL, failures integer NOT NULL DEFAULT 0, last_error text NOT NULL DEFAULT '',
  last_delivered_at timestamptz, PRIMARY KEY (tenant_id, channel));
CREATE INDEX outbox_turns ON outbox (tenant_id, channel, due_at, id) WHERE state = 0;

-- Clicks come with a channel's id and no tenant.
CREATE UNIQUE INDEX tenant_documents_channels ON tenant_documents (id) WHERE kind = 'channel';

-- Signatures of clicks that were taken, kept ten minutes: twice as long as a signature is valid.
CREATE TABLE slack_seen (
  tenant_id uuid NOT NULL, channel text NOT NULL, signature bytea NOT NULL, seen_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (channel, signature));
CREATE INDEX slack_seen_by_time ON slack_seen (seen_at);

-- How a card that was posted can be changed: a response URL of the last click, or the message's place for a bot.
CREATE TABLE slack_cards (
  tenant_id uuid NOT NULL, approval_id uuid NOT NULL, channel text NOT NULL, sealed bytea NOT NULL, uses_left integer, ends_at timestamptz,
  kept_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (tenant_id, approval_id, channel));
CREATE INDEX slack_cards_by_time ON slack_cards (kept_at);
