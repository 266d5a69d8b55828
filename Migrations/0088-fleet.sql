-- The antennas that a company's UISP keeps, whom they belong to, and what the routers' sessions say that UISP does not.

-- In the order in which acts take them.
LOCK TABLE services, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE fleet_controllers (
    tenant_id uuid NOT NULL REFERENCES tenants,
    controller_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    -- https://HOST:PORT, without a path.
    address text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 200),
    -- Sealed by the vault.
    token bytea NOT NULL,
    -- Of its own key, base 64 of SHA-256, where no authority signed it.
    fingerprint text NOT NULL CHECK (char_length(fingerprint) <= 60),
    -- The names of the company's own wireless networks, one a line; empty: none is suspect.
    ssids text NOT NULL CHECK (char_length(ssids) <= 2000),
    is_on boolean NOT NULL,
    health text NOT NULL DEFAULT 'unknown' CHECK (health IN ('unknown', 'up', 'down')),
    version text NOT NULL DEFAULT '' CHECK (char_length(version) <= 200),
    trouble text NOT NULL DEFAULT '' CHECK (char_length(trouble) <= 40),
    trouble_detail text NOT NULL DEFAULT '' CHECK (char_length(trouble_detail) <= 300),
    -- When it was last asked, when all of it was last read, and how long that took.
    asked_at timestamptz,
    synced_at timestamptz,
    sync_milliseconds bigint,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, controller_id),
    UNIQUE (tenant_id, number)
);
SELECT keep_tenants_apart('fleet_controllers', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE fleet_devices (
    tenant_id uuid NOT NULL REFERENCES tenants,
    device_id uuid NOT NULL,
    controller_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    -- The controller's own id of it.
    uid text NOT NULL CHECK (char_length(uid) BETWEEN 1 AND 64),
    mac text NOT NULL CHECK (char_length(mac) <= 17),
    name text NOT NULL CHECK (char_length(name) <= 200),
    model text NOT NULL CHECK (char_length(model) <= 200),
    role text NOT NULL CHECK (char_length(role) <= 200),
    firmware text NOT NULL CHECK (char_length(firmware) <= 200),
    status text NOT NULL CHECK (char_length(status) <= 200),
    standing text NOT NULL CHECK (standing IN (
        'up', 'down', 'unknown', 'unauthorized', 'phantom', 'intruder', 'vanished')),
    is_authorized boolean NOT NULL,
    address text NOT NULL CHECK (char_length(address) <= 50),
    ssid text NOT NULL CHECK (char_length(ssid) <= 200),
    site_uid text NOT NULL CHECK (char_length(site_uid) <= 64),
    site_name text NOT NULL CHECK (char_length(site_name) <= 200),
    signal bigint,
    fails_decryption boolean NOT NULL,
    seen_at timestamptz,
    -- When the standing began.
    since timestamptz NOT NULL,
    -- The live device of the same MAC address or name that makes this one superfluous.
    twin_id uuid,
    -- Somebody said of this standing that nothing needs to be done.
    closed_since timestamptz,
    closed_reason text NOT NULL DEFAULT '' CHECK (char_length(closed_reason) <= 300),
    closed_by text NOT NULL DEFAULT '' CHECK (char_length(closed_by) <= 200),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, device_id),
    UNIQUE (tenant_id, controller_id, uid),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, controller_id) REFERENCES fleet_controllers ON DELETE CASCADE
);
CREATE INDEX fleet_devices_by_name ON fleet_devices (tenant_id, name COLLATE "und-x-icu", device_id);
CREATE INDEX fleet_devices_by_mac ON fleet_devices (tenant_id, mac);
CREATE INDEX fleet_devices_by_standing ON fleet_devices (tenant_id, standing, since);
SELECT keep_tenants_apart('fleet_devices', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE fleet_sites (
    tenant_id uuid NOT NULL REFERENCES tenants,
    controller_id uuid NOT NULL,
    uid text NOT NULL CHECK (char_length(uid) BETWEEN 1 AND 64),
    name text NOT NULL CHECK (char_length(name) <= 200),
    kind text NOT NULL CHECK (kind IN ('site', 'endpoint')),
    parent_uid text NOT NULL CHECK (char_length(parent_uid) <= 64),
    client text NOT NULL CHECK (char_length(client) <= 64),
    is_suspended boolean NOT NULL,
    PRIMARY KEY (tenant_id, controller_id, uid),
    FOREIGN KEY (tenant_id, controller_id) REFERENCES fleet_controllers ON DELETE CASCADE
);
SELECT keep_tenants_apart('fleet_sites', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE fleet_outages (
    tenant_id uuid NOT NULL REFERENCES tenants,
    controller_id uuid NOT NULL,
    uid text NOT NULL CHECK (char_length(uid) BETWEEN 1 AND 64),
    device_uid text NOT NULL CHECK (char_length(device_uid) <= 64),
    name text NOT NULL CHECK (char_length(name) <= 200),
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, controller_id, uid),
    FOREIGN KEY (tenant_id, controller_id) REFERENCES fleet_controllers ON DELETE CASCADE
);
CREATE INDEX fleet_outages_by_time ON fleet_outages (tenant_id, started_at DESC);
SELECT keep_tenants_apart('fleet_outages', 'SELECT, INSERT, UPDATE, DELETE');

-- Whose antenna a device is, and how that is known.
CREATE TABLE fleet_links (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    device_id uuid NOT NULL,
    evidence text NOT NULL CHECK (evidence IN ('mac', 'address', 'login', 'name', 'person')),
    -- What was equal.
    proof text NOT NULL CHECK (char_length(proof) <= 300),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id),
    UNIQUE (tenant_id, device_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, device_id) REFERENCES fleet_devices ON DELETE CASCADE
);
SELECT keep_tenants_apart('fleet_links', 'SELECT, INSERT, UPDATE, DELETE');

-- What the books, the routers and UISP do not agree on.
CREATE TABLE fleet_gaps (
    tenant_id uuid NOT NULL REFERENCES tenants,
    gap_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN (
        'missing', 'service_alone', 'device_alone', 'secret_alone', 'session_unknown', 'shared_login', 'tie')),
    -- Unique within the kind: a login, an id.
    thing text NOT NULL CHECK (char_length(thing) BETWEEN 1 AND 300),
    name text NOT NULL CHECK (char_length(name) <= 300),
    mac text NOT NULL CHECK (char_length(mac) <= 17),
    vendor text NOT NULL CHECK (char_length(vendor) <= 100),
    address text NOT NULL CHECK (char_length(address) <= 50),
    cause text NOT NULL CHECK (char_length(cause) <= 40),
    service_id uuid,
    device_id uuid,
    found_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, gap_id),
    UNIQUE (tenant_id, kind, thing)
);
CREATE INDEX fleet_gaps_by_name ON fleet_gaps (tenant_id, kind, name COLLATE "und-x-icu", gap_id);
SELECT keep_tenants_apart('fleet_gaps', 'SELECT, INSERT, UPDATE, DELETE');

-- How many there were of each on each day, by name, so that a change explains itself.
CREATE TABLE fleet_days (
    tenant_id uuid NOT NULL REFERENCES tenants,
    day date NOT NULL,
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 40),
    count bigint NOT NULL CHECK (count >= 0),
    names text[] NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, day, kind)
);
SELECT keep_tenants_apart('fleet_days', 'SELECT, INSERT, UPDATE, DELETE');
