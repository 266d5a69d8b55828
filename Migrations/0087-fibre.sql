-- Fibre: the company's OLTs, the templates of service that they are told, and the ONUs on them with what was read back.

-- In the order in which acts take them.
LOCK TABLE customers, services, tenants IN SHARE ROW EXCLUSIVE MODE;
LOCK TABLE incidents IN ACCESS EXCLUSIVE MODE;

CREATE TABLE olts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    olt_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    vendor text NOT NULL CHECK (vendor IN ('huawei', 'zte', 'vsol', 'fiberhome')),
    firmware text NOT NULL CHECK (char_length(firmware) <= 50),
    address text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 50),
    port integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
    login text NOT NULL CHECK (char_length(login) <= 100),
    -- Both sealed by the vault.
    password bytea NOT NULL,
    enable_password bytea,
    -- Its PON ports, as people write them: 0/1/0-7.
    ports text NOT NULL CHECK (char_length(ports) BETWEEN 1 AND 200),
    -- Below so many dBm an ONU's light is too weak.
    weak_power integer NOT NULL CHECK (weak_power BETWEEN -40 AND -8),
    zone_id uuid,
    mode text NOT NULL CHECK (mode IN ('shadow', 'active')),
    health text NOT NULL DEFAULT 'unknown' CHECK (health IN ('unknown', 'up', 'down')),
    model text NOT NULL DEFAULT '' CHECK (char_length(model) <= 100),
    version text NOT NULL DEFAULT '' CHECK (char_length(version) <= 100),
    seen_at timestamptz,
    trouble text NOT NULL DEFAULT '' CHECK (char_length(trouble) <= 500),
    failures integer NOT NULL DEFAULT 0,
    rests_until timestamptz,
    -- When all of its ports were last read, and how long that took.
    compared_at timestamptz,
    compared_in integer CHECK (compared_in >= 0),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, olt_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, zone_id) REFERENCES coverage_zones
);
CREATE UNIQUE INDEX olts_by_name ON olts (tenant_id, lower(name));
CREATE INDEX olts_of_zone ON olts (tenant_id, zone_id) WHERE zone_id IS NOT NULL;
SELECT keep_tenants_apart('olts', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('olts');

CREATE TABLE onu_templates (
    tenant_id uuid NOT NULL REFERENCES tenants,
    template_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    vendor text NOT NULL CHECK (vendor IN ('huawei', 'zte', 'vsol', 'fiberhome')),
    -- As the OLT knows them.
    unit_type text NOT NULL CHECK (char_length(unit_type) <= 50),
    line_profile text NOT NULL CHECK (char_length(line_profile) <= 50),
    service_profile text NOT NULL CHECK (char_length(service_profile) <= 50),
    vlan integer NOT NULL CHECK (vlan BETWEEN 1 AND 4094),
    gem integer NOT NULL CHECK (gem BETWEEN 0 AND 1023),
    upload_profile text NOT NULL CHECK (char_length(upload_profile) <= 50),
    download_profile text NOT NULL CHECK (char_length(download_profile) <= 50),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, template_id),
    UNIQUE (tenant_id, number)
);
CREATE UNIQUE INDEX onu_templates_by_name ON onu_templates (tenant_id, lower(name));
SELECT keep_tenants_apart('onu_templates', 'SELECT, INSERT, UPDATE, DELETE');

-- The ONUs that we registered or are to register, and those that were found registered by hand.
CREATE TABLE onus (
    tenant_id uuid NOT NULL REFERENCES tenants,
    onu_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    olt_id uuid NOT NULL,
    serial text NOT NULL CHECK (char_length(serial) = 12),
    -- The PON port where it is to be, or was found.
    port text NOT NULL CHECK (char_length(port) BETWEEN 1 AND 20),
    -- Its number on the port; none while it is not registered.
    place integer,
    description text NOT NULL DEFAULT '' CHECK (char_length(description) <= 200),
    -- Whose it is, with what it is told. Without a service it is nobody's and is left as it is.
    service_id uuid,
    template_id uuid,
    -- The template under which it was registered; none where somebody registered it by hand.
    registered_template_id uuid,
    -- Grows with each change of what it is told, so that a proof says which one it proves.
    revision bigint NOT NULL CHECK (revision > 0),
    is_online boolean NOT NULL DEFAULT FALSE,
    is_enabled boolean,
    cause text NOT NULL DEFAULT '' CHECK (cause IN ('', 'no_light', 'power', 'suspended', 'other')),
    -- Hundredths of a dBm; metres.
    received integer,
    returned integer,
    distance integer,
    -- On or off line since then.
    since timestamptz,
    seen_at timestamptz,
    -- When it was read back as it should be, and as which decision.
    proved_at timestamptz,
    proved_access bigint,
    proved_revision bigint,
    -- Why it is not as it should be: busy, refused, half, uncertain.
    trouble_kind text NOT NULL DEFAULT '' CHECK (trouble_kind IN ('', 'busy', 'refused', 'half', 'uncertain', 'full')),
    trouble text NOT NULL DEFAULT '' CHECK (char_length(trouble) <= 500),
    ordered_at timestamptz,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, onu_id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, serial),
    UNIQUE (tenant_id, service_id),
    CHECK ((service_id IS NULL) = (template_id IS NULL)),
    FOREIGN KEY (tenant_id, olt_id) REFERENCES olts,
    FOREIGN KEY (tenant_id, template_id) REFERENCES onu_templates,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
) WITH (fillfactor = 70);
CREATE INDEX onus_of_olt ON onus (tenant_id, olt_id, port, place);
SELECT keep_tenants_apart('onus', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('onus', 'olts', 'olt_id');

-- ONUs that we registered and that were taken from their service: to be removed from the OLT.
CREATE TABLE onu_departures (
    tenant_id uuid NOT NULL REFERENCES tenants,
    olt_id uuid NOT NULL,
    serial text NOT NULL CHECK (char_length(serial) = 12),
    trouble text NOT NULL DEFAULT '' CHECK (char_length(trouble) <= 500),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, olt_id, serial),
    FOREIGN KEY (tenant_id, olt_id) REFERENCES olts
);
SELECT keep_tenants_apart('onu_departures', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('onu_departures', 'olts', 'olt_id');

-- ONUs that asked to be registered when the OLT was last read.
CREATE TABLE found_onus (
    tenant_id uuid NOT NULL REFERENCES tenants,
    olt_id uuid NOT NULL,
    serial text NOT NULL CHECK (char_length(serial) = 12),
    port text NOT NULL CHECK (char_length(port) BETWEEN 1 AND 20),
    model text NOT NULL CHECK (char_length(model) <= 40),
    found_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, olt_id, serial),
    FOREIGN KEY (tenant_id, olt_id) REFERENCES olts ON DELETE CASCADE
);
SELECT keep_tenants_apart('found_onus', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('found_onus', 'olts', 'olt_id');

-- What was sent to OLTs, and what they answered.
CREATE TABLE olt_commands (
    tenant_id uuid NOT NULL REFERENCES tenants,
    command_id uuid NOT NULL,
    olt_id uuid NOT NULL,
    onu_id uuid,
    content text NOT NULL CHECK (char_length(content) <= 500),
    answer text NOT NULL CHECK (char_length(answer) <= 500),
    is_refused boolean NOT NULL,
    -- Whether it took an earlier command back.
    is_undo boolean NOT NULL,
    sent_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, command_id),
    FOREIGN KEY (tenant_id, olt_id) REFERENCES olts ON DELETE CASCADE
);
CREATE INDEX olt_commands_of_olt ON olt_commands (tenant_id, olt_id, command_id DESC);
CREATE INDEX olt_commands_of_onu ON olt_commands (tenant_id, onu_id, command_id DESC) WHERE onu_id IS NOT NULL;
SELECT keep_tenants_apart('olt_commands', 'SELECT, INSERT, DELETE');
SELECT reach_by_zone('olt_commands', 'olts', 'olt_id');

-- Incidents that ONUs show by losing their light together.
ALTER TABLE incidents
    DROP CONSTRAINT incidents_cause_check,
    ADD CONSTRAINT incidents_cause_check CHECK (cause IN ('reported', 'device', 'sessions', 'fibre')) NOT VALID;
