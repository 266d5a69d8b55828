-- Services are found by how the network knows them, which must not read through all of them.
CREATE INDEX access_points_named ON access_points (tenant_id, name);
CREATE INDEX access_points_at ON access_points (tenant_id, address) WHERE address <> '';
CREATE INDEX service_proofs_at ON service_proofs (tenant_id, address) WHERE address <> '';
CREATE INDEX service_proofs_by_caller ON service_proofs (tenant_id, caller) WHERE caller <> '';
