-- Lists that can be sorted and filtered, one box that finds everything, and the zones into which an ISP parts its land,
-- to which some of its people are limited.

CREATE TABLE coverage_zones (
    tenant_id uuid NOT NULL REFERENCES tenants,
    zone_id uuid NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    PRIMARY KEY (tenant_id, zone_id),
    UNIQUE (tenant_id, name)
);

ALTER TABLE customers ADD COLUMN zone_id uuid;
ALTER TABLE customers ADD CONSTRAINT customers_of_known_zone
    FOREIGN KEY (tenant_id, zone_id) REFERENCES coverage_zones;

-- The zones whose customers somebody may reach; NULL is everywhere, and an empty list nowhere.
ALTER TABLE staff ADD COLUMN zones uuid[];

-- Those of whoever asks, as the check of their session says within each transaction; NULL for everybody else.
CREATE FUNCTION zones_in_reach() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT NULLIF(current_setting('app.zones', true), '')::uuid[] $$;

CREATE FUNCTION stay_in_zones(zones uuid[]) RETURNS void
LANGUAGE sql VOLATILE
AS $$ SELECT set_config('app.zones', zones::text, true) $$;

-- Names stand in the order in which people look for them, Á beside A.
CREATE INDEX customers_by_name ON customers (tenant_id, name COLLATE "und-x-icu", number);
CREATE INDEX customers_by_since ON customers (tenant_id, since, number);
CREATE INDEX customers_of_state ON customers (tenant_id, state, number);
CREATE INDEX customers_of_zone ON customers (tenant_id, zone_id, number);

-- What can be found, as the list of results shows it. Every act that makes or changes something writes it here.
CREATE TABLE search_entries (
    tenant_id uuid NOT NULL REFERENCES tenants,
    kind text NOT NULL CHECK (kind <> ''),
    id uuid NOT NULL,
    title text NOT NULL,
    detail text NOT NULL,
    -- NULL where no zone says who may find it.
    zone_id uuid,
    PRIMARY KEY (tenant_id, kind, id)
);

-- By what it is found: words without accents, digits. A prefix is a range of the key, by operators that may look below
-- row-level security; ILIKE may not, and would read every row.
CREATE TABLE search_tokens (
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    token text NOT NULL COLLATE "C",
    id uuid NOT NULL,
    zone_id uuid,
    PRIMARY KEY (tenant_id, kind, token, id),
    FOREIGN KEY (tenant_id, kind, id) REFERENCES search_entries ON DELETE CASCADE
);
CREATE INDEX search_tokens_of_entry ON search_tokens (tenant_id, kind, id, token);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['coverage_zones', 'search_entries', 'search_tokens'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO mastil_app', tenant_table);
    END LOOP;
    -- Whoever is limited to zones finds nothing elsewhere, however a statement asks.
    FOREACH tenant_table IN ARRAY ARRAY['coverage_zones', 'customers'] LOOP
        EXECUTE format(
            'CREATE POLICY in_reach ON %I AS RESTRICTIVE
                 USING ((SELECT zones_in_reach()) IS NULL OR zone_id = ANY ((SELECT zones_in_reach())::uuid[]))',
            tenant_table);
    END LOOP;
    FOREACH tenant_table IN ARRAY ARRAY['search_entries', 'search_tokens'] LOOP
        EXECUTE format(
            'CREATE POLICY in_reach ON %I AS RESTRICTIVE
                 USING (zone_id IS NULL OR (SELECT zones_in_reach()) IS NULL
                     OR zone_id = ANY ((SELECT zones_in_reach())::uuid[]))', tenant_table);
    END LOOP;
END $$;
