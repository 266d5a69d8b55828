-- What the company loses each month without noticing: found each night, with whose it is and what it is worth. And who was
-- on line at a router without being a service of ours there.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE unowned_sessions (
    tenant_id uuid NOT NULL REFERENCES tenants,
    router_id uuid NOT NULL,
    login text NOT NULL CHECK (char_length(login) BETWEEN 1 AND 200),
    session_id uuid NOT NULL,
    -- The service of that name which nobody pays any more; NULL where there never was one.
    service_id uuid,
    address text NOT NULL,
    caller text NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, router_id, login),
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
SELECT keep_tenants_apart('unowned_sessions', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('unowned_sessions', 'routers', 'router_id');

CREATE TABLE leaks (
    tenant_id uuid NOT NULL REFERENCES tenants,
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 50),
    -- The service, customer or session that it is about.
    subject_id uuid NOT NULL,
    service_id uuid,
    customer_id uuid,
    router_id uuid,
    about text NOT NULL CHECK (char_length(about) <= 500),
    monthly bigint NOT NULL CHECK (monthly >= 0),
    found_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, kind, subject_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE
);
CREATE INDEX leaks_by_money ON leaks (tenant_id, monthly DESC, subject_id);
CREATE INDEX leaks_of_router ON leaks (tenant_id, router_id) WHERE router_id IS NOT NULL;
SELECT keep_tenants_apart('leaks', 'SELECT, INSERT, UPDATE, DELETE');
-- Somebody limited to zones sees what is about services in them.
SELECT reach_by_zone('leaks', 'services', 'service_id');
