-- The network: routers, how services reach it, what was told to the routers and what was seen there.

-- Where a company's own devices are. Nothing else is dialled for it.
CREATE TABLE device_ranges (
    tenant_id uuid NOT NULL REFERENCES tenants,
    range text NOT NULL CHECK (char_length(range) BETWEEN 2 AND 50),
    PRIMARY KEY (tenant_id, range)
);
SELECT keep_tenants_apart('device_ranges', 'SELECT, INSERT, DELETE');

CREATE TABLE routers (
    tenant_id uuid NOT NULL REFERENCES tenants,
    router_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    address text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 50),
    port integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
    security text NOT NULL CHECK (security IN ('plain', 'tls', 'anonymous_tls')),
    -- The SHA-256 of the certificate that it showed first; another one is refused.
    fingerprint bytea CHECK (octet_length(fingerprint) = 32),
    login text NOT NULL CHECK (char_length(login) BETWEEN 1 AND 100),
    -- Sealed by the vault.
    password bytea NOT NULL,
    zone_id uuid,
    cut text NOT NULL CHECK (cut IN ('profile', 'list', 'disable')),
    cut_profile text NOT NULL CHECK (char_length(cut_profile) <= 100),
    cut_list text NOT NULL CHECK (char_length(cut_list) BETWEEN 1 AND 100),
    -- In shadow it is read and compared, and nothing is sent.
    mode text NOT NULL CHECK (mode IN ('shadow', 'active')),
    -- It is not even spoken to until somebody ends the pause.
    is_paused boolean NOT NULL,
    health text NOT NULL DEFAULT 'unknown' CHECK (health IN ('unknown', 'up', 'down')),
    identity text NOT NULL DEFAULT '',
    version text NOT NULL DEFAULT '',
    board text NOT NULL DEFAULT '',
    seen_at timestamptz,
    -- Why it could not be reached the last time.
    trouble text NOT NULL DEFAULT '',
    failures integer NOT NULL DEFAULT 0,
    rests_until timestamptz,
    -- When all of it was last compared with what should be.
    compared_at timestamptz,
    -- What it has that no service of ours is bound to.
    unbound integer NOT NULL DEFAULT 0,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, router_id),
    UNIQUE (tenant_id, number),
    CHECK (cut <> 'profile' OR cut_profile <> ''),
    FOREIGN KEY (tenant_id, zone_id) REFERENCES coverage_zones
);
CREATE UNIQUE INDEX routers_by_name ON routers (tenant_id, lower(name));
CREATE INDEX routers_of_zone ON routers (tenant_id, zone_id) WHERE zone_id IS NOT NULL;
SELECT keep_tenants_apart('routers', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('routers');

-- Which profile of a router gives a plan.
CREATE TABLE router_profiles (
    tenant_id uuid NOT NULL REFERENCES tenants,
    router_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    profile text NOT NULL CHECK (char_length(profile) BETWEEN 1 AND 100),
    PRIMARY KEY (tenant_id, router_id, plan_id),
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, plan_id) REFERENCES plans ON DELETE CASCADE
);
CREATE INDEX router_profiles_of_plan ON router_profiles (tenant_id, plan_id);
SELECT keep_tenants_apart('router_profiles', 'SELECT, INSERT, UPDATE, DELETE');

-- How a service reaches the network.
CREATE TABLE access_points (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    router_id uuid NOT NULL,
    method text NOT NULL CHECK (method IN ('pppoe', 'queue')),
    -- The secret's, or the queue's.
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    -- Of the secret, sealed by the vault; without it a secret that is missing cannot be made.
    password bytea,
    address text NOT NULL CHECK (char_length(address) <= 50),
    -- The secret's profile while the service is open, where it is another than the plan's.
    profile text NOT NULL CHECK (char_length(profile) <= 100),
    -- The profile that the secret had when it was first seen, and the plan it had then: a reconnection restores it.
    kept_profile text,
    kept_plan_id uuid,
    -- Grows with each change, so that a proof says which one it proves.
    revision bigint NOT NULL CHECK (revision > 0),
    -- When we last changed the secret on the router; older sessions still run under what was before.
    account_changed_at timestamptz,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id),
    UNIQUE (tenant_id, router_id, method, name),
    CHECK (method <> 'queue' OR address <> ''),
    CHECK ((kept_profile IS NULL) = (kept_plan_id IS NULL)),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers
);
SELECT keep_tenants_apart('access_points', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('access_points', 'services', 'service_id');

-- What was read back from the router: that this revision of what should be, and of how the service reaches the network, is
-- true there. No service counts as cut or connected without it.
CREATE TABLE service_proofs (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    desired_revision bigint NOT NULL,
    access_revision bigint NOT NULL,
    router_id uuid NOT NULL,
    access text NOT NULL CHECK (access IN ('open', 'closed', 'absent')),
    is_online boolean NOT NULL,
    -- Of the worker that saw it.
    token bigint NOT NULL,
    first_at timestamptz NOT NULL,
    proved_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id, desired_revision, access_revision),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE
);
CREATE INDEX service_proofs_of_router ON service_proofs (tenant_id, router_id);
SELECT keep_tenants_apart('service_proofs', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('service_proofs', 'services', 'service_id');

-- What was told to routers, each command written down before it leaves. Without secrets.
CREATE TABLE router_commands (
    tenant_id uuid NOT NULL REFERENCES tenants,
    command_id uuid NOT NULL,
    router_id uuid NOT NULL,
    service_id uuid NOT NULL,
    -- The revision of what should be that it serves.
    desired_revision bigint NOT NULL,
    -- Of the worker that sent it: of two the larger is the later, and the other must not send any more.
    token bigint NOT NULL,
    content text NOT NULL,
    state text NOT NULL CHECK (state IN ('sent', 'verified', 'failed')),
    -- Why it failed, in the router's words.
    reply text NOT NULL,
    sent_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, command_id),
    CHECK ((state = 'sent') = (ended_at IS NULL)),
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
CREATE INDEX router_commands_by_time ON router_commands (tenant_id, sent_at DESC, command_id DESC);
CREATE INDEX router_commands_of_router ON router_commands (tenant_id, router_id, sent_at DESC);
CREATE INDEX router_commands_of_service ON router_commands (tenant_id, service_id, sent_at DESC);
CREATE INDEX router_commands_under_way ON router_commands (tenant_id, router_id) WHERE state = 'sent';
SELECT keep_tenants_apart('router_commands', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('router_commands', 'services', 'service_id');

-- What differs on a router and is not put right by itself: a person looks at it.
CREATE TABLE network_differences (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 50),
    router_id uuid NOT NULL,
    found text NOT NULL,
    wanted text NOT NULL,
    -- Whether one click puts it right.
    is_repairable boolean NOT NULL,
    -- Somebody clicked.
    is_approved boolean NOT NULL DEFAULT FALSE,
    found_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id, kind),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE
);
CREATE INDEX network_differences_of_router ON network_differences (tenant_id, router_id);
SELECT keep_tenants_apart('network_differences', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('network_differences', 'services', 'service_id');
