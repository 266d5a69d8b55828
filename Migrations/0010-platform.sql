-- The platform's own people live in a tenant of their own, which sells no Internet: the super-tenant. What they may do
-- is called platform.…, and these constraints see to it that such a word stands nowhere else, whoever writes it. They
-- enter another tenant's panel only by an impersonation: for a reason, for a while, with part of an owner's power.

INSERT INTO tenants (tenant_id, slug, name, state, country, language, currency, zone, colour, made_at)
VALUES ('00000000-0000-0000-0000-000000000001', 'plataforma', 'Plataforma', 'active', 'MX', 'es', 'USD', 'UTC',
    x'1f2a44'::integer, now());

ALTER TABLE role_permissions ADD CONSTRAINT role_permissions_of_one_world CHECK (
    (permission LIKE 'platform.%') = (tenant_id = '00000000-0000-0000-0000-000000000001'));
ALTER TABLE staff ADD CONSTRAINT staff_permissions_of_one_world CHECK (
    tenant_id = '00000000-0000-0000-0000-000000000001' OR array_to_string(permissions, ',') !~ '(^|,)platform\.');
ALTER TABLE api_tokens ADD CONSTRAINT api_tokens_of_no_platform CHECK (
    tenant_id <> '00000000-0000-0000-0000-000000000001'
    AND array_to_string(permissions, ',') !~ '(^|,)platform\.');

-- Whoever could look at every tenant shows a second proof.
SELECT set_config('app.tenant_id', '00000000-0000-0000-0000-000000000001', true);
INSERT INTO second_factor_rules (tenant_id, is_for_everybody) VALUES ('00000000-0000-0000-0000-000000000001', true);

-- Set when somebody of the platform entered; whoever may manage roles is told on every page until they looked.
ALTER TABLE staff ADD COLUMN has_visit_to_see boolean NOT NULL DEFAULT false;

-- Whether a tenant lets the platform in. No row means yes.
CREATE TABLE impersonation_settings (
    tenant_id uuid NOT NULL PRIMARY KEY REFERENCES tenants,
    is_allowed boolean NOT NULL
);

-- Somebody of the platform in a tenant's panel. The link is used once, and gives the cookie whose digest is kept.
CREATE TABLE impersonations (
    tenant_id uuid NOT NULL REFERENCES tenants CHECK (tenant_id <> '00000000-0000-0000-0000-000000000001'),
    impersonation_id uuid NOT NULL,
    -- A member of the super-tenant's staff, and what the tenant's people read: Plataforma (Olga).
    admin_id uuid NOT NULL,
    name text NOT NULL CHECK (name <> ''),
    reason text NOT NULL CHECK (length(reason) >= 10),
    power text NOT NULL CHECK (power IN ('read', 'owner')),
    -- Nothing by which somebody could come back after it ended.
    permissions text[] NOT NULL CHECK (
        NOT permissions && ARRAY[
            'staff.manage', 'roles.manage', 'security.manage', 'tokens.manage', 'webhooks.manage',
            'portal.access']
        AND array_to_string(permissions, ',') !~ '(^|,)platform\.'),
    link_digest bytea NOT NULL CHECK (octet_length(link_digest) = 32),
    link_expires_at timestamptz NOT NULL,
    digest bytea CHECK (octet_length(digest) = 32),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at <= made_at + interval '60 minutes'),
    entered_at timestamptz,
    ended_at timestamptz,
    -- Who ended it before its time: the tenant's person, or the admin.
    ended_by text CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
    PRIMARY KEY (tenant_id, impersonation_id),
    UNIQUE (tenant_id, link_digest),
    UNIQUE (tenant_id, digest)
);

-- The same, as the platform sees it: rows of the super-tenant only.
CREATE TABLE platform_visits (
    tenant_id uuid NOT NULL REFERENCES tenants CHECK (tenant_id = '00000000-0000-0000-0000-000000000001'),
    impersonation_id uuid NOT NULL,
    admin_id uuid NOT NULL,
    admin_name text NOT NULL,
    entered_tenant uuid NOT NULL REFERENCES tenants,
    entered_name text NOT NULL,
    reason text NOT NULL,
    power text NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by text,
    PRIMARY KEY (tenant_id, impersonation_id),
    FOREIGN KEY (tenant_id, admin_id) REFERENCES staff
);
CREATE INDEX platform_visits_of_admin ON platform_visits (tenant_id, admin_id);

-- The console shows which steps of the schema were taken.
GRANT SELECT ON migrations TO mastil_platform;

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['impersonation_settings', 'impersonations', 'platform_visits'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO mastil_app', tenant_table);
    END LOOP;
END $$;

-- As refuse_session, for somebody of the platform in a tenant's panel.
CREATE FUNCTION refuse_impersonation(tenant uuid, secret_digest bytea, permission text, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM impersonations i
        WHERE i.tenant_id = tenant AND i.digest = secret_digest AND i.ended_at IS NULL AND i.expires_at > moment) THEN
        RAISE EXCEPTION 'not permitted: %', permission USING ERRCODE = 'MA403';
    END IF;
    RAISE EXCEPTION 'no such impersonation' USING ERRCODE = 'MA401';
END $$;
