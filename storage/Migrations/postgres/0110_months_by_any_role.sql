-- Silos make the months ahead, and run as a role that may not own tables.
ALTER FUNCTION ensure_decision_months(date, integer) SECURITY DEFINER SET search_path FROM CURRENT;
