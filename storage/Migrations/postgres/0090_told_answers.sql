-- Whether a repeat of its request has been told the answer: its record is not undone from then on.
ALTER TABLE idempotency_keys ADD COLUMN told boolean NOT NULL DEFAULT false;
