-- The oldest first, by the index in the order of time whatever the statistics say: a table that grew since they were taken was read and sorted as a whole for each batch.
CREATE OR REPLACE FUNCTION prune_decisions(p_tenant uuid, p_before timestamptz, p_holds json, p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET enable_sort = off SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE gone uuid[]; held boolean := json_array_length(p_holds) > 0;
BEGIN
  PERFORM set_config('interven.pruning', txid_current()::text, true);
  SELECT array_agg(trace_id) INTO gone FROM (
    SELECT d.trace_id FROM decision_records d
    WHERE d.tenant_id = p_tenant AND d.time < p_before AND NOT (held AND is_held(p_holds, d.agent_id, d.time))
    ORDER BY d.time, d.seq LIMIT p_limit) AS oldest;
  DELETE FROM response_records WHERE tenant_id = p_tenant AND trace_id = ANY (gone);
  DELETE FROM decision_records WHERE tenant_id = p_tenant AND trace_id = ANY (gone) AND time < p_before;
  PERFORM set_config('interven.pruning', '', true);
  RETURN coalesce(array_length(gone, 1), 0);
END $$;
