-- Whether another call than the one that opened it was told to wait for it: it is not withdrawn from then on.
ALTER TABLE approvals ADD COLUMN joined boolean NOT NULL DEFAULT false;
