-- Whether another call than the one that opened it was told to wait for it: it is not withdrawn from then on.
ALTER TABLE approvals ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;
