-- When a policy was deleted, by its last version: that version was in force until then.
CREATE TABLE policy_endings (
  tenant_id uuid NOT NULL, policy_id uuid NOT NULL, version integer NOT NULL, ended_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, policy_id, version));
INSERT INTO policy_endings (tenant_id, policy_id, version, ended_at) SELECT tenant_id, policy_id, version, changed_at FROM policies WHERE deleted AND version > 0;
