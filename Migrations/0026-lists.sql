-- Lists whose columns each person chooses, and one line a table for what keeps tenants and zones apart.

-- In the order in which acts take them.
LOCK TABLE customers IN ACCESS EXCLUSIVE MODE;
LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE;

-- Row-level security by the one agreed policy, and what the server's role may do: keep_tenants_apart('plans', 'SELECT, INSERT').
CREATE FUNCTION keep_tenants_apart(tenant_table regclass, rights text) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
        'CREATE POLICY of_tenant ON %s
             USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
             WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
    EXECUTE format('GRANT %s ON %s TO mastil_app', rights, tenant_table);
END $$;

-- Whoever is limited to zones reaches the rows in them only. Without a parent the table has a zone of its own; with one,
-- its rows are reached with the parent's, by a key that both have: reach_by_zone('services', 'customers', 'customer_id').
CREATE FUNCTION reach_by_zone(tenant_table regclass, parent regclass DEFAULT NULL, key name DEFAULT NULL) RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    IF parent IS NULL THEN
        EXECUTE format(
            'CREATE POLICY in_reach ON %s AS RESTRICTIVE
                 USING ((SELECT zones_in_reach()) IS NULL OR zone_id = ANY ((SELECT zones_in_reach())::uuid[]))',
            tenant_table);
    ELSE
        EXECUTE format(
            'CREATE POLICY in_reach ON %1$s AS RESTRICTIVE
                 USING ((SELECT zones_in_reach()) IS NULL OR EXISTS (
                     SELECT FROM %2$s p WHERE p.tenant_id = %1$s.tenant_id AND p.%3$I = %1$s.%3$I))',
            tenant_table, parent, key);
    END IF;
END $$;

-- Only migrations call them.
REVOKE ALL ON FUNCTION keep_tenants_apart(regclass, text), reach_by_zone(regclass, regclass, name) FROM PUBLIC;

CREATE TABLE list_columns (
    tenant_id uuid NOT NULL REFERENCES tenants,
    staff_id uuid NOT NULL,
    list text NOT NULL CHECK (char_length(list) BETWEEN 1 AND 50),
    columns text[] NOT NULL CHECK (cardinality(columns) <= 100),
    PRIMARY KEY (tenant_id, staff_id, list),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff ON DELETE CASCADE
);
SELECT keep_tenants_apart('list_columns', 'SELECT, INSERT, UPDATE, DELETE');

-- What forms and programs may say is what the column takes. New rows are held to it, those there are not looked at.
ALTER TABLE coverage_zones ADD CONSTRAINT zone_name_length CHECK (char_length(name) <= 100) NOT VALID;

-- What was done with several nouns at once, while it can be taken back.
CREATE TABLE undoable_acts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    undo_id uuid NOT NULL,
    -- Of the staff, or of the platform inside.
    actor_id uuid NOT NULL,
    kind text NOT NULL,
    -- As it was before, in the words of who takes it back.
    content text NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, undo_id)
);
CREATE INDEX undoable_acts_by_age ON undoable_acts (tenant_id, made_at);
SELECT keep_tenants_apart('undoable_acts', 'SELECT, INSERT, UPDATE, DELETE');

-- Files from which nouns are to be made, while their author looks at what would become of each row.
CREATE TABLE imported_files (
    tenant_id uuid NOT NULL REFERENCES tenants,
    file_id uuid NOT NULL,
    actor_id uuid NOT NULL,
    list text NOT NULL,
    content text NOT NULL CHECK (octet_length(content) <= 2097152),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, file_id)
);
CREATE INDEX imported_files_by_age ON imported_files (tenant_id, made_at);
SELECT keep_tenants_apart('imported_files', 'SELECT, INSERT, UPDATE, DELETE');

-- By which the customer is known to the law; their contracts begin with it.
ALTER TABLE customers ADD COLUMN identification text NOT NULL DEFAULT '' CHECK (char_length(identification) <= 60);
ALTER TABLE customers
    ADD CONSTRAINT customer_name_length CHECK (char_length(name) BETWEEN 1 AND 200) NOT VALID,
    ADD CONSTRAINT customer_phone_length CHECK (char_length(phone) <= 40) NOT VALID,
    ADD CONSTRAINT customer_email_length CHECK (char_length(email) <= 254) NOT VALID,
    ADD CONSTRAINT customer_address_length CHECK (char_length(address) <= 300) NOT VALID,
    ADD CONSTRAINT customer_neighbourhood_length CHECK (char_length(neighbourhood) <= 100) NOT VALID;
