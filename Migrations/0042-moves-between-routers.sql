-- Services move from one router to another: what they had on the one they left is remembered until it is gone there. And
-- how often a session was ended is known, so that nobody is thrown off again and again.
CREATE TABLE access_leftovers (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    router_id uuid NOT NULL,
    method text NOT NULL CHECK (char_length(method) BETWEEN 1 AND 20),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id, router_id, method, name),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, router_id) REFERENCES routers ON DELETE CASCADE
);
CREATE INDEX access_leftovers_of_router ON access_leftovers (tenant_id, router_id);
SELECT keep_tenants_apart('access_leftovers', 'SELECT, INSERT, DELETE');
SELECT reach_by_zone('access_leftovers', 'services', 'service_id');

-- The zone that the service was in when its router was chosen: another one chooses anew.
ALTER TABLE access_points ADD COLUMN routed_zone_id uuid;
UPDATE access_points a SET routed_zone_id = s.zone_id
FROM services s WHERE s.tenant_id = a.tenant_id AND s.service_id = a.service_id AND s.zone_id IS NOT NULL;

-- It ended a session, and the router said so.
ALTER TABLE router_commands ADD COLUMN ends_session boolean NOT NULL DEFAULT FALSE;
CREATE INDEX router_commands_ending ON router_commands (tenant_id, service_id, sent_at) WHERE ends_session;
