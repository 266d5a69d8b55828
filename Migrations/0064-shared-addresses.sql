-- Two services with one address at a router are cut together, the one who paid too: a second one is refused. Those that were
-- there before stay, and their routers' comparison names them.
ALTER TABLE access_points
    -- 0, but for services that shared an address before that was refused.
    ADD COLUMN address_turn bigint NOT NULL DEFAULT 0;
DO $$
DECLARE
    company uuid;
BEGIN
    FOR company IN SELECT tenant_id FROM tenants LOOP
        PERFORM set_config('app.tenant_id', company::text, true);
        UPDATE access_points a SET address_turn = o.turn
        FROM (
            SELECT service_id, row_number() OVER (PARTITION BY router_id, address ORDER BY made_at, service_id) - 1 AS turn
            FROM access_points WHERE tenant_id = company AND address <> ''
        ) o
        WHERE a.tenant_id = company AND o.service_id = a.service_id AND o.turn > 0;
    END LOOP;
END $$;
CREATE UNIQUE INDEX access_points_by_address ON access_points (tenant_id, router_id, address, address_turn)
    WHERE address <> '';
