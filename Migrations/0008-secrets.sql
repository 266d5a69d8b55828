-- Secrets that must be read again, and the second proof of who signs in.

-- The keys of each ISP's secrets, wrapped by a key that lies outside the database. Deleting a row makes all it sealed
-- unreadable for good.
CREATE TABLE data_keys (
    tenant_id uuid NOT NULL REFERENCES tenants,
    key_id uuid NOT NULL,
    wrapped bytea NOT NULL,
    -- The name of the key that wraps it.
    wrapped_by text NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, key_id)
);

-- The authenticator app of somebody of the staff.
CREATE TABLE second_factors (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    -- Sealed with the tenant's data key.
    secret bytea NOT NULL,
    -- NULL until a code has shown that the app holds the secret: only then is one asked for.
    confirmed_at timestamptz,
    -- The moment of the last code that was used: none is taken twice, nor an older one.
    last_step bigint,
    PRIMARY KEY (tenant_id, staff_id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff
);

-- Codes on paper, for who lost the app; each works once.
CREATE TABLE recovery_codes (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    used_at timestamptz,
    PRIMARY KEY (tenant_id, staff_id, digest),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES second_factors ON DELETE CASCADE
);

-- Somebody who has shown a password or a link, and owes a code yet.
CREATE TABLE pending_sign_ins (
    tenant_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    staff_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff
);

-- Until when its owner is asked for no code on this browser.
ALTER TABLE known_devices ADD COLUMN trusted_until timestamptz;

-- Who has to have a second factor: everybody, or who holds one of these roles.
CREATE TABLE second_factor_rules (
    tenant_id uuid NOT NULL PRIMARY KEY REFERENCES tenants,
    is_for_everybody boolean NOT NULL
);
CREATE TABLE second_factor_roles (
    tenant_id uuid NOT NULL,
    role_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, role_id),
    FOREIGN KEY (tenant_id, role_id) REFERENCES roles ON DELETE CASCADE
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY[
        'data_keys', 'second_factors', 'recovery_codes', 'pending_sign_ins', 'second_factor_rules',
        'second_factor_roles']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO mastil_app', tenant_table);
    END LOOP;
END $$;
