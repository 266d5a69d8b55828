-- Signing in by way of another site that says who somebody is, such as Google.

-- Whether an ISP's people may; nobody may where there is no row.
CREATE TABLE external_sign_in_rules (
    tenant_id uuid NOT NULL PRIMARY KEY REFERENCES tenants,
    is_allowed boolean NOT NULL,
    -- What the other site knows this ISP by, with its secret sealed.
    client text CHECK (client <> ''),
    secret bytea,
    -- Only accounts of this organisation, where it is given.
    domain text CHECK (domain = lower(domain) AND domain <> ''),
    CHECK ((client IS NULL) = (secret IS NULL)),
    CHECK (NOT is_allowed OR client IS NOT NULL)
);

-- An account elsewhere that belongs to somebody of the staff. The other site's own name for it never changes.
CREATE TABLE external_identities (
    tenant_id uuid NOT NULL,
    issuer text NOT NULL,
    subject text NOT NULL,
    staff_id uuid NOT NULL,
    email text NOT NULL,
    linked_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, issuer, subject),
    UNIQUE (tenant_id, staff_id, issuer),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff
);

-- A browser that was sent to the other site and is not back yet. All but the digest of its secret stays with it.
CREATE TABLE external_sign_ins (
    tenant_id uuid NOT NULL REFERENCES tenants,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    -- The session whose account is to be linked, where somebody who is signed in asked for that …
    session_id uuid,
    -- … or the invitation that is taken up this way.
    link_digest bytea CHECK (octet_length(link_digest) = 32),
    next text NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, session_id) REFERENCES sessions ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, link_digest) REFERENCES sign_in_links ON DELETE CASCADE
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['external_sign_in_rules', 'external_identities', 'external_sign_ins'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO mastil_app', tenant_table);
    END LOOP;
END $$;
