-- Postgres' own, as it was the function's: here the run's bound stands in the statement.
SELECT 1;
