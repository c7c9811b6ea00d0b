CREATE TABLE tenant_erasures (
  tenant_id uuid PRIMARY KEY, begun_at timestamptz NOT NULL DEFAULT clock_timestamp(), ended_at timestamptz);

-- Erases rows of a tenant that is gone from the installation, evidence too; of one that is there, none.
CREATE FUNCTION erase_tenant_rows(p_tenant uuid, p_table regclass, p_limit integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE gone integer;
BEGIN
  IF EXISTS (SELECT 1 FROM tenants WHERE tenant_id = p_tenant) OR NOT EXISTS (SELECT 1 FROM tenant_erasures WHERE tenant_id = p_tenant) THEN
    RAISE EXCEPTION 'the erasure of this tenant has not begun' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM set_config('interven.pruning', txid_current()::text, true);
  EXECUTE format('DELETE FROM %s WHERE (tableoid, ctid) IN (SELECT tableoid, ctid FROM %s WHERE tenant_id = $1 LIMIT $2)', p_table, p_table) USING p_tenant, p_limit;
  GET DIAGNOSTICS gone = ROW_COUNT;
  PERFORM set_config('interven.pruning', '', true);
  RETURN gone;
END $$;
