-- What a session was when a service was last proven on line, who held an address when, and how full the routers' address
-- pools were on each day.
ALTER TABLE service_proofs
    ADD COLUMN address text NOT NULL DEFAULT '',
    -- The MAC address of the customer's equipment, as the router tells it.
    ADD COLUMN caller text NOT NULL DEFAULT '',
    ADD COLUMN connected_at timestamptz;

CREATE TABLE service_addresses (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    address text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 50),
    -- When the session began, and when it was last seen.
    from_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    router_id uuid NOT NULL,
    caller text NOT NULL,
    PRIMARY KEY (tenant_id, service_id, address, from_at),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE
);
CREATE INDEX service_addresses_by_address ON service_addresses (tenant_id, address, from_at DESC);
CREATE INDEX service_addresses_of_router ON service_addresses (tenant_id, router_id);
SELECT keep_tenants_apart('service_addresses', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('service_addresses', 'services', 'service_id');

CREATE TABLE pool_days (
    tenant_id uuid NOT NULL REFERENCES tenants,
    router_id uuid NOT NULL,
    pool text NOT NULL CHECK (char_length(pool) BETWEEN 1 AND 100),
    day date NOT NULL,
    size bigint NOT NULL CHECK (size > 0),
    used bigint NOT NULL CHECK (used >= 0),
    PRIMARY KEY (tenant_id, router_id, pool, day),
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE
);
SELECT keep_tenants_apart('pool_days', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('pool_days', 'routers', 'router_id');
