-- Evidence is written once. Nothing updates it; only the prune functions delete it, inside their own transaction.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('interven.pruning', true) = txid_current()::text THEN RETURN OLD; END IF;
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON decision_records FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON response_records FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON policy_versions FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON decision_records FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON decision_records_default FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON response_records FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON policy_versions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- p_holds: JSON array of {agent_id, since, until}; a null does not narrow.
CREATE FUNCTION prune_decisions(p_tenant uuid, p_before timestamptz, p_holds json, p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE gone uuid[];
BEGIN
  PERFORM set_config('interven.pruning', txid_current()::text, true);
  SELECT array_agg(trace_id) INTO gone FROM (
    SELECT d.trace_id FROM decision_records d
    WHERE d.tenant_id = p_tenant AND d.time < p_before
      AND NOT EXISTS (SELECT 1 FROM json_to_recordset(p_holds) AS h(agent_id text, since timestamptz, until timestamptz)
        WHERE (h.agent_id IS NULL OR h.agent_id = d.agent_id) AND (h.since IS NULL OR d.time >= h.since) AND (h.until IS NULL OR d.time < h.until))
    ORDER BY d.seq LIMIT p_limit) AS oldest;
  DELETE FROM response_records WHERE tenant_id = p_tenant AND trace_id = ANY (gone);
  DELETE FROM decision_records WHERE tenant_id = p_tenant AND trace_id = ANY (gone) AND time < p_before;
  PERFORM set_config('interven.pruning', '', true);
  RETURN coalesce(array_length(gone, 1), 0);
END $$;

-- Months are made ahead; what falls outside them lands in the default partition and is found there just as well.
CREATE FUNCTION ensure_decision_months(p_from date, p_months integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE month date; part text;
BEGIN
  FOR n IN 0 .. p_months - 1 LOOP
    month := (date_trunc('month', p_from) + n * interval '1 month')::date;
    part := 'decision_records_' || to_char(month, 'YYYY_MM');
    CONTINUE WHEN to_regclass(part) IS NOT NULL;
    BEGIN
      EXECUTE format('CREATE TABLE %I PARTITION OF decision_records FOR VALUES FROM (%L) TO (%L)',
        part, month::text || ' 00:00+00', (month + interval '1 month')::date::text || ' 00:00+00');
      EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', part);
    EXCEPTION WHEN check_violation THEN
      RAISE WARNING 'rows of % stay in the default partition', part;
    END;
  END LOOP;
END $$;
