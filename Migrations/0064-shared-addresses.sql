-- Two services with one address at a router are cut together, the one who paid too: a second one is refused. Those that were
-- there before stay, and their routers' comparison names them.
ALTER TABLE access_points
    -- 0, but for services that shared an address before that was refused.
    ADD COLUMN address_turn bigint NOT NULL DEFAULT 0;
UPDATE access_points a SET address_turn = o.turn
FROM (
    SELECT tenant_id, service_id,
        row_number() OVER (PARTITION BY tenant_id, router_id, address ORDER BY made_at, service_id) - 1 AS turn
    FROM access_points WHERE address <> ''
) o
WHERE o.tenant_id = a.tenant_id AND o.service_id = a.service_id AND o.turn > 0;
CREATE UNIQUE INDEX access_points_by_address ON access_points (tenant_id, router_id, address, address_turn)
    WHERE address <> '';
