-- Prunes and erasures go through these functions alone. A hold is {agent_id, since, until}; a null does not narrow.

CREATE FUNCTION is_held(p_holds json, p_agent text, p_time timestamptz) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT EXISTS (SELECT 1 FROM json_to_recordset(p_holds) AS h(agent_id text, since timestamptz, until timestamptz)
    WHERE (h.agent_id IS NULL OR h.agent_id = p_agent) AND (h.since IS NULL OR p_time >= h.since) AND (h.until IS NULL OR p_time < h.until))
$$;

-- Over the index in the order of time: the oldest first, without a look at the others.
CREATE OR REPLACE FUNCTION prune_decisions(p_tenant uuid, p_before timestamptz, p_holds json, p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE gone uuid[];
BEGIN
  PERFORM set_config('interven.pruning', txid_current()::text, true);
  SELECT array_agg(trace_id) INTO gone FROM (
    SELECT d.trace_id FROM decision_records d
    WHERE d.tenant_id = p_tenant AND d.time < p_before AND NOT is_held(p_holds, d.agent_id, d.time)
    ORDER BY d.time, d.seq LIMIT p_limit) AS oldest;
  DELETE FROM response_records WHERE tenant_id = p_tenant AND trace_id = ANY (gone);
  DELETE FROM decision_records WHERE tenant_id = p_tenant AND trace_id = ANY (gone) AND time < p_before;
  PERFORM set_config('interven.pruning', '', true);
  RETURN coalesce(array_length(gone, 1), 0);
END $$;

-- Records by their traces, whatever their age, but for those that are held. Their decided approvals go with them.
CREATE FUNCTION erase_decisions(p_tenant uuid, p_traces uuid[], p_holds json) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE gone uuid[];
BEGIN
  PERFORM set_config('interven.pruning', txid_current()::text, true);
  WITH erased AS (
    DELETE FROM decision_records d WHERE d.tenant_id = p_tenant AND d.trace_id = ANY (p_traces) AND NOT is_held(p_holds, d.agent_id, d.time) RETURNING d.trace_id)
  SELECT array_agg(trace_id) INTO gone FROM erased;
  DELETE FROM response_records WHERE tenant_id = p_tenant AND trace_id = ANY (gone);
  DELETE FROM approvals WHERE tenant_id = p_tenant AND trace_id = ANY (gone) AND state <> 0;
  PERFORM set_config('interven.pruning', '', true);
  RETURN coalesce(array_length(gone, 1), 0);
END $$;

CREATE INDEX approvals_by_trace ON approvals (tenant_id, trace_id);
CREATE INDEX approvals_decided ON approvals (tenant_id, decided_at) WHERE state <> 0;
CREATE INDEX audit_log_by_time ON audit_log (tenant_id, time, id);
