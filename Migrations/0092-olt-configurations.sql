-- OLTs' configurations, a version each time one differs from the one before, sealed.

CREATE TABLE olt_configurations (
    tenant_id uuid NOT NULL REFERENCES tenants,
    configuration_id uuid NOT NULL,
    olt_id uuid NOT NULL,
    -- Counted within the OLT.
    number bigint NOT NULL CHECK (number > 0),
    content bytea NOT NULL,
    lines integer NOT NULL CHECK (lines >= 0),
    -- Lines that are new, and lines that are gone, since the version before.
    added integer NOT NULL CHECK (added >= 0),
    removed integer NOT NULL CHECK (removed >= 0),
    taken_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, configuration_id),
    UNIQUE (tenant_id, olt_id, number),
    FOREIGN KEY (tenant_id, olt_id) REFERENCES olts ON DELETE CASCADE
);
SELECT keep_tenants_apart('olt_configurations', 'SELECT, INSERT, DELETE');
SELECT reach_by_zone('olt_configurations', 'olts', 'olt_id');

