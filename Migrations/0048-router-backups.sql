-- Routers' configurations, a version each time one differs from the one before. Nobody reads them here: they are sealed.

CREATE TABLE router_backups (
    tenant_id uuid NOT NULL REFERENCES tenants,
    backup_id uuid NOT NULL,
    router_id uuid NOT NULL,
    -- Counted within the router.
    number bigint NOT NULL CHECK (number > 0),
    -- The export, sealed by the vault.
    content bytea NOT NULL,
    bytes integer NOT NULL CHECK (bytes >= 0),
    -- Whether the router put its passwords into it.
    has_secrets boolean NOT NULL,
    version text NOT NULL,
    reason text NOT NULL CHECK (reason IN ('night', 'asked', 'audit', 'fix')),
    -- How much differs from the version before.
    changes integer NOT NULL CHECK (changes >= 0),
    taken_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, backup_id),
    UNIQUE (tenant_id, router_id, number),
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE
);
SELECT keep_tenants_apart('router_backups', 'SELECT, INSERT, DELETE');
SELECT reach_by_zone('router_backups', 'routers', 'router_id');

CREATE TABLE router_backup_states (
    tenant_id uuid NOT NULL REFERENCES tenants,
    router_id uuid NOT NULL,
    -- When the configuration was last read, also where it was as before.
    seen_at timestamptz,
    -- Why the last try came to nothing.
    trouble text NOT NULL DEFAULT '',
    -- Since when the company has been told that there is none.
    alarmed_at timestamptz,
    PRIMARY KEY (tenant_id, router_id),
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE
);
SELECT keep_tenants_apart('router_backup_states', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('router_backup_states', 'routers', 'router_id');

CREATE TABLE backup_rules (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- Versions older than this are forgotten, but for so many of each router.
    keep_days integer NOT NULL CHECK (keep_days BETWEEN 1 AND 3650),
    keep_least integer NOT NULL CHECK (keep_least BETWEEN 1 AND 1000),
    -- After so many days without a backup the company is told.
    alarm_days integer NOT NULL CHECK (alarm_days BETWEEN 1 AND 90),
    PRIMARY KEY (tenant_id)
);
SELECT keep_tenants_apart('backup_rules', 'SELECT, INSERT, UPDATE');
