-- SQLite's own: Postgres has no insert that replaces without firing triggers.
SELECT 1;
