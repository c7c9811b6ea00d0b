-- A channel's pace and health: whoever sends to it holds its turn.
CREATE TABLE channel_turns (
  tenant_id BLOB NOT NULL, channel TEXT NOT NULL, next_at INTEGER NOT NULL, failures INTEGER NOT NULL DEFAULT 0, last_error TEXT NOT NULL DEFAULT '',
  last_delivered_at INTEGER, PRIMARY KEY (tenant_id, channel));
CREATE INDEX outbox_turns ON outbox (tenant_id, channel, due_at, id) WHERE state = 0;

-- Clicks come with a channel's id and no tenant.
CREATE UNIQUE INDEX tenant_documents_channels ON tenant_documents (id) WHERE kind = 'channel';

-- Signatures of clicks that were taken, kept ten minutes: twice as long as a signature is valid.
CREATE TABLE slack_seen (
  tenant_id BLOB NOT NULL, channel TEXT NOT NULL, signature BLOB NOT NULL, seen_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), PRIMARY KEY (channel, signature));
CREATE INDEX slack_seen_by_time ON slack_seen (seen_at);

-- How a card that was posted can be changed: a response URL of the last click, or the message's place for a bot.
CREATE TABLE slack_cards (
  tenant_id BLOB NOT NULL, approval_id BLOB NOT NULL, channel TEXT NOT NULL, sealed BLOB NOT NULL, uses_left INTEGER, ends_at INTEGER,
  kept_at INTEGER NOT NULL DEFAULT (CAST(round(unixepoch('subsec') * 1000) AS INTEGER)), PRIMARY KEY (tenant_id, approval_id, channel));
CREATE INDEX slack_cards_by_time ON slack_cards (kept_at);
