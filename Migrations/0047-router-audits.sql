-- What an audit found in a router's configuration: open until it is no longer so, or for as long as somebody chose to live
-- with it.

CREATE TABLE router_audits (
    tenant_id uuid NOT NULL REFERENCES tenants,
    router_id uuid NOT NULL,
    -- Of the last audit that went well.
    audited_at timestamptz,
    version text NOT NULL DEFAULT '',
    -- What stands between it and version 7, with commas between.
    concerns text NOT NULL DEFAULT '',
    -- Lines of its export that could not be read.
    unread integer NOT NULL DEFAULT 0,
    -- Why the last audit came to nothing.
    trouble text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, router_id),
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE
);
SELECT keep_tenants_apart('router_audits', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('router_audits', 'routers', 'router_id');

CREATE TABLE router_findings (
    tenant_id uuid NOT NULL REFERENCES tenants,
    finding_id uuid NOT NULL,
    router_id uuid NOT NULL,
    rule text NOT NULL CHECK (char_length(rule) BETWEEN 1 AND 20),
    -- The thing that it was found at: a WAN, a script, a pool.
    subject text NOT NULL,
    found text NOT NULL,
    wanted text NOT NULL,
    -- What would mend it, and what would take that back; a line each.
    commands text NOT NULL,
    undo text NOT NULL,
    -- Otherwise the commands are for a person to complete.
    is_applicable boolean NOT NULL,
    opened_at timestamptz NOT NULL,
    fixed_at timestamptz,
    ignored_at timestamptz,
    ignored_by text NOT NULL DEFAULT '',
    ignored_because text NOT NULL DEFAULT '',
    -- What became of the commands when they were sent from here.
    fix text NOT NULL DEFAULT '' CHECK (fix IN ('', 'asked', 'kept', 'taken_back', 'failed')),
    fix_note text NOT NULL DEFAULT '',
    PRIMARY KEY (tenant_id, finding_id),
    CHECK ((ignored_at IS NULL) = (ignored_because = '')),
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE
);
CREATE UNIQUE INDEX router_findings_open ON router_findings (tenant_id, router_id, rule, subject)
    WHERE fixed_at IS NULL;
CREATE INDEX router_findings_by_time ON router_findings (tenant_id, router_id, opened_at DESC);
SELECT keep_tenants_apart('router_findings', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('router_findings', 'routers', 'router_id');
