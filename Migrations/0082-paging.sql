-- How incidents are told to PagerDuty, or to what takes its events: each company's own key, and what was told of which
-- incident.

-- In the order in which acts take them.
LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE paging_accounts (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    is_on boolean NOT NULL,
    address text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 300),
    -- Sealed.
    key bytea NOT NULL,
    -- Its last letters, by which people tell keys apart.
    key_end text NOT NULL CHECK (char_length(key_end) <= 4),
    -- The last answer that was no success.
    failure text CHECK (char_length(failure) BETWEEN 1 AND 300),
    failed_at timestamptz CHECK ((failed_at IS NULL) = (failure IS NULL))
);
SELECT keep_tenants_apart('paging_accounts', 'SELECT, INSERT, UPDATE');

CREATE TABLE incident_pages (
    tenant_id uuid NOT NULL REFERENCES tenants,
    incident_id uuid NOT NULL,
    -- What was taken last; nothing before the first.
    told text CHECK (told IN ('trigger', 'acknowledge', 'resolve')),
    told_at timestamptz CHECK ((told_at IS NULL) = (told IS NULL)),
    -- It was refused for good: nothing more is told of it.
    refused_at timestamptz,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, incident_id),
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents
);
SELECT keep_tenants_apart('incident_pages', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('incident_pages', 'incidents', 'incident_id');
