-- What the company's network is made of and whether it answers: routers, antennas, switches and what else is watched.

LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE devices (
    tenant_id uuid NOT NULL REFERENCES tenants,
    device_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    kind text NOT NULL CHECK (kind IN (
        'router', 'switch', 'access_point', 'backhaul', 'olt', 'cpe', 'ups', 'server', 'other')),
    method text NOT NULL CHECK (method IN ('ping', 'snmp', 'routeros')),
    address text CHECK (char_length(address) BETWEEN 1 AND 50),
    port integer NOT NULL DEFAULT 161 CHECK (port BETWEEN 1 AND 65535),
    -- Sealed by the vault.
    community bytea,
    -- A router that is watched by its API, at the address and with the password that it has there.
    router_id uuid,
    -- What it hangs on. A router's deletion takes its device along, so that this may name a device that is gone.
    upstream_id uuid,
    zone_id uuid,
    is_watched boolean NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, device_id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, router_id),
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, zone_id) REFERENCES coverage_zones,
    CHECK ((method = 'routeros') = (router_id IS NOT NULL)),
    CHECK ((address IS NULL) = (router_id IS NOT NULL))
);
CREATE INDEX devices_by_upstream ON devices (tenant_id, upstream_id) WHERE upstream_id IS NOT NULL;
CREATE INDEX devices_by_name ON devices (tenant_id, name COLLATE "und-x-icu", device_id);
CREATE INDEX devices_by_zone ON devices (tenant_id, zone_id) WHERE zone_id IS NOT NULL;
SELECT keep_tenants_apart('devices', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('devices');

-- What the polls showed. Without a row a device was never polled.
CREATE TABLE device_states (
    tenant_id uuid NOT NULL REFERENCES tenants,
    device_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('unknown', 'up', 'down')),
    -- In a row; the first of them was at failed_at.
    failed_polls integer NOT NULL CHECK (failed_polls >= 0),
    failed_at timestamptz,
    -- When the state began: for a device that is down, at the first poll that it did not answer.
    since timestamptz NOT NULL,
    polled_at timestamptz NOT NULL,
    answered_at timestamptz,
    -- Of the last answer, in microseconds.
    latency bigint CHECK (latency >= 0),
    -- By what it answered, or why it did not.
    answered_by text NOT NULL DEFAULT '' CHECK (char_length(answered_by) <= 20),
    trouble text NOT NULL DEFAULT '' CHECK (char_length(trouble) <= 200),
    -- What it says of itself: its name, its model, and for how many seconds it has been on.
    identity text NOT NULL DEFAULT '' CHECK (char_length(identity) <= 100),
    model text NOT NULL DEFAULT '' CHECK (char_length(model) <= 200),
    uptime bigint CHECK (uptime >= 0),
    -- Its counters at the last answer, which the next one's rates are reckoned from.
    counters text NOT NULL DEFAULT '' CHECK (octet_length(counters) <= 32768),
    PRIMARY KEY (tenant_id, device_id),
    FOREIGN KEY (tenant_id, device_id) REFERENCES devices ON DELETE CASCADE
) WITH (fillfactor = 70);
CREATE INDEX device_states_down ON device_states (tenant_id, since DESC) WHERE state = 'down';
SELECT keep_tenants_apart('device_states', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('device_states', 'devices', 'device_id');

-- The company's switch. Without a row it is on.
CREATE TABLE monitor_switches (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    is_on boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL CHECK (char_length(changed_by) <= 200)
);
SELECT keep_tenants_apart('monitor_switches', 'SELECT, INSERT, UPDATE');

-- The routers that there are become devices, as new ones do.
DO $$
DECLARE
    company uuid;
    added bigint;
BEGIN
    FOR company IN SELECT tenant_id FROM tenants LOOP
        PERFORM set_config('app.tenant_id', company::text, true);
        INSERT INTO devices (tenant_id, device_id, number, name, kind, method, router_id, zone_id, is_watched, made_at)
        SELECT company, gen_random_uuid(), row_number() OVER (ORDER BY r.number), r.name, 'router', 'routeros',
            r.router_id, r.zone_id, true, r.made_at
        FROM routers r WHERE r.tenant_id = company;
        GET DIAGNOSTICS added = ROW_COUNT;
        IF added > 0 THEN
            INSERT INTO counters (tenant_id, name, last) VALUES (company, 'device', added);
        END IF;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $$;
