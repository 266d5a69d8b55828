-- The ISPs of this installation, the names they answer to, the credentials of those who ask, and their customers.
-- Platform tables stand outside row-level security and belong to the role mastil_platform; a tenant's tables are
-- reached as mastil_app, which sees only the rows of the tenant set in its transaction.

CREATE TABLE tenants (
    tenant_id uuid PRIMARY KEY,
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z][a-z0-9-]{1,30}$'),
    name text NOT NULL CHECK (name <> ''),
    state text NOT NULL CHECK (state IN ('trial', 'active', 'suspended', 'closed')),
    country text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
    language text NOT NULL CHECK (language IN ('es', 'en', 'pt')),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    zone text NOT NULL,
    colour integer NOT NULL CHECK (colour BETWEEN 0 AND 16777215),
    made_at timestamptz NOT NULL
);

CREATE TABLE hostnames (
    host text PRIMARY KEY CHECK (host = lower(host) AND host <> ''),
    tenant_id uuid NOT NULL REFERENCES tenants
);
CREATE INDEX hostnames_of_tenant ON hostnames (tenant_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON tenants, hostnames TO mastil_platform;

-- The key of a program. Only the digest of its secret is kept.
CREATE TABLE api_tokens (
    tenant_id uuid NOT NULL REFERENCES tenants,
    token_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    name text NOT NULL CHECK (name <> ''),
    last_four text NOT NULL,
    permissions text[] NOT NULL,
    -- Where it may be used from; anywhere when empty.
    addresses inet[] NOT NULL DEFAULT '{}',
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, token_id),
    UNIQUE (tenant_id, digest)
);

-- Numbers that people see, counted within a tenant inside the transaction that uses them.
CREATE TABLE counters (
    tenant_id uuid NOT NULL REFERENCES tenants,
    name text NOT NULL,
    last bigint NOT NULL,
    PRIMARY KEY (tenant_id, name)
);

CREATE TABLE customers (
    tenant_id uuid NOT NULL REFERENCES tenants,
    customer_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (name <> ''),
    phone text NOT NULL,
    address text NOT NULL,
    neighbourhood text NOT NULL,
    state text NOT NULL CHECK (
        state IN ('prospect', 'awaiting_installation', 'active', 'in_debt', 'suspended', 'frozen', 'courtesy', 'cancelled')),
    since date NOT NULL,
    PRIMARY KEY (tenant_id, customer_id),
    UNIQUE (tenant_id, number)
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['api_tokens', 'counters', 'customers'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO mastil_app', tenant_table);
    END LOOP;
END $$;

-- Each transaction of a request begins by asking for its credential. Where that is not good at this very moment or
-- lacks the permission, this ends the transaction, and with it the request: MA401 and MA403 become those statuses.
CREATE FUNCTION refuse_token(
    tenant uuid, secret_digest bytea, permission text, moment timestamptz, client text
) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM api_tokens t
        WHERE t.tenant_id = tenant AND t.digest = secret_digest AND t.revoked_at IS NULL AND t.expires_at > moment
            AND (t.addresses = '{}' OR client::inet <<= ANY (t.addresses))) THEN
        RAISE EXCEPTION 'not permitted: %', permission USING ERRCODE = 'MA403';
    END IF;
    RAISE EXCEPTION 'no such token' USING ERRCODE = 'MA401';
END $$;
