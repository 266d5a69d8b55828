-- Outages: one for each root cause, exactly whom it affects, what they were told and what it means for their money; and
-- the maintenance that was announced.

-- In the order in which acts take them.
LOCK TABLE customers, services, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE outage_policies (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    -- Whether the affected are told.
    is_told boolean NOT NULL,
    -- Whether the next invoice carries a credit, from so many minutes on.
    is_credited boolean NOT NULL,
    credit_minutes integer NOT NULL CHECK (credit_minutes BETWEEN 1 AND 43200),
    -- After so many minutes without an acknowledgement it is said again.
    escalation_minutes integer NOT NULL CHECK (escalation_minutes BETWEEN 0 AND 1440),
    -- Addresses of those who are alerted, separated by commas.
    alerted text NOT NULL CHECK (char_length(alerted) <= 500)
);
SELECT keep_tenants_apart('outage_policies', 'SELECT, INSERT, UPDATE');

CREATE TABLE maintenances (
    tenant_id uuid NOT NULL REFERENCES tenants,
    maintenance_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 100),
    -- What it covers; all of the network without one.
    site_id uuid,
    zone_id uuid,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    note text NOT NULL CHECK (char_length(note) <= 500),
    cancelled_at timestamptz,
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, maintenance_id),
    UNIQUE (tenant_id, number),
    CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '7 days'),
    CHECK (site_id IS NULL OR zone_id IS NULL),
    FOREIGN KEY (tenant_id, site_id) REFERENCES sites,
    FOREIGN KEY (tenant_id, zone_id) REFERENCES coverage_zones
);
CREATE INDEX maintenances_by_end ON maintenances (tenant_id, ends_at) WHERE cancelled_at IS NULL;
SELECT keep_tenants_apart('maintenances', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('maintenances');

CREATE TABLE incidents (
    tenant_id uuid NOT NULL REFERENCES tenants,
    incident_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    cause text NOT NULL CHECK (cause IN ('reported', 'device')),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 100),
    -- What is down; the whole network without any of them. A device may be gone by now.
    site_id uuid,
    zone_id uuid,
    device_id uuid,
    -- By which notices are spaced: the zone, else the site, else the device, else the company.
    place uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'acknowledged', 'resolved')),
    note text NOT NULL CHECK (char_length(note) <= 500),
    started_at timestamptz NOT NULL,
    expected_at timestamptz,
    -- The maintenance during which it began: nobody is told until that is over.
    maintenance_id uuid,
    is_quiet boolean NOT NULL,
    alerted_at timestamptz,
    -- When those who were alerted were told of its end.
    recovery_at timestamptz CHECK (recovery_at IS NULL OR alerted_at IS NOT NULL),
    acknowledged_at timestamptz,
    acknowledger text NOT NULL DEFAULT '',
    escalated_at timestamptz,
    resolved_at timestamptz CHECK ((resolved_at IS NULL) = (state <> 'resolved')),
    resolver text NOT NULL DEFAULT '',
    -- The incident in which this one was found to belong: its own end is not told.
    part_of uuid,
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, incident_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, site_id) REFERENCES sites,
    FOREIGN KEY (tenant_id, zone_id) REFERENCES coverage_zones,
    FOREIGN KEY (tenant_id, maintenance_id) REFERENCES maintenances,
    FOREIGN KEY (tenant_id, part_of) REFERENCES incidents
);
CREATE INDEX incidents_open ON incidents (tenant_id, number) WHERE state <> 'resolved';
CREATE INDEX incidents_by_start ON incidents (tenant_id, started_at DESC, incident_id);
SELECT keep_tenants_apart('incidents', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('incidents');

-- The services that an incident took down.
CREATE TABLE incident_services (
    tenant_id uuid NOT NULL REFERENCES tenants,
    incident_id uuid NOT NULL,
    service_id uuid NOT NULL,
    down_from timestamptz NOT NULL,
    -- Whether its customer's collection waits.
    held_at timestamptz,
    -- What its customer was told: the outage, or nothing because they were told of one there a short while before.
    telling text CHECK (telling IN ('told', 'spaced')),
    told_at timestamptz CHECK ((told_at IS NULL) = (telling IS NULL)),
    -- Everything that follows from its end is done.
    settled_at timestamptz,
    minutes integer CHECK (minutes >= 0),
    -- In minor units, on the next invoice.
    credit bigint CHECK (credit > 0),
    PRIMARY KEY (tenant_id, incident_id, service_id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
CREATE INDEX incident_services_of_service ON incident_services (tenant_id, service_id);
CREATE INDEX incident_services_unsettled ON incident_services (tenant_id, incident_id, service_id) WHERE settled_at IS NULL;
SELECT keep_tenants_apart('incident_services', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('incident_services', 'services', 'service_id');

-- The device by which a site is known to be up. A device that is gone is none.
ALTER TABLE sites ADD COLUMN device_id uuid, ADD CONSTRAINT sites_tenant_id_device_id_key UNIQUE (tenant_id, device_id);
