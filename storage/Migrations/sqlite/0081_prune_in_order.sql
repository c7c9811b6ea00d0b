-- Postgres' own: SQLite goes by the index in the order of time as it is.
SELECT 1;
