-- Nothing to change here: SQLite neither compresses values nor keeps them apart before a page is full.
SELECT 1;
