-- Where the network stands: offices, towers, sectors, cabinets and boxes, what each hangs on, and which service hangs on
-- which of them.

-- In the order in which acts take them.
LOCK TABLE customers, services, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE sites (
    tenant_id uuid NOT NULL REFERENCES tenants,
    site_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    kind text NOT NULL CHECK (kind IN ('office', 'tower', 'node', 'sector', 'cabinet', 'box')),
    zone_id uuid,
    -- The site that feeds it.
    upstream_id uuid CHECK (upstream_id <> site_id),
    -- The router that stands there.
    router_id uuid,
    -- In millionths of a degree.
    latitude integer CHECK (latitude BETWEEN -90000000 AND 90000000),
    longitude integer CHECK (longitude BETWEEN -180000000 AND 180000000),
    -- Of a box its ports, of a sector the services it carries at most; 0 where nobody counts them.
    ports integer NOT NULL CHECK (ports BETWEEN 0 AND 10000),
    note text NOT NULL CHECK (char_length(note) <= 500),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, site_id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, router_id),
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    FOREIGN KEY (tenant_id, zone_id) REFERENCES coverage_zones,
    FOREIGN KEY (tenant_id, upstream_id) REFERENCES sites,
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers
);
CREATE UNIQUE INDEX sites_by_name ON sites (tenant_id, lower(name));
CREATE INDEX sites_below ON sites (tenant_id, upstream_id);
CREATE INDEX sites_of_zone ON sites (tenant_id, zone_id) WHERE zone_id IS NOT NULL;
SELECT keep_tenants_apart('sites', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('sites');

-- The sector or box of a service, with the port in a box.
CREATE TABLE service_places (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    site_id uuid NOT NULL,
    port integer CHECK (port BETWEEN 1 AND 10000),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id),
    UNIQUE (tenant_id, site_id, port),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, site_id) REFERENCES sites
);
SELECT keep_tenants_apart('service_places', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('service_places', 'services', 'service_id');
