-- Closed incidents with their records and notes, oldest first; what a hold covers stays.
CREATE FUNCTION prune_incidents(p_tenant uuid, p_before timestamptz, p_holds json, p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE gone uuid[];
BEGIN
  PERFORM set_config('interven.pruning', txid_current()::text, true);
  SELECT array_agg(incident_id) INTO gone FROM (
    SELECT i.incident_id FROM incidents i
    WHERE i.tenant_id = p_tenant AND i.status = 2 AND i.closed_at < p_before AND NOT is_held(p_holds, i.agent_id, i.opened_at)
    ORDER BY i.closed_at LIMIT p_limit) AS oldest;
  DELETE FROM incident_notes WHERE tenant_id = p_tenant AND incident_id = ANY (gone);
  DELETE FROM incident_records WHERE tenant_id = p_tenant AND incident_id = ANY (gone);
  DELETE FROM incidents WHERE tenant_id = p_tenant AND incident_id = ANY (gone);
  PERFORM set_config('interven.pruning', '', true);
  RETURN coalesce(array_length(gone, 1), 0);
END $$;
CREATE INDEX incidents_closed ON incidents (tenant_id, closed_at) WHERE status = 2;
