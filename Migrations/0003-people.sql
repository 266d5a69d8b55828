-- The people who work at each ISP, what they may do, and how they show who they are.

CREATE TABLE staff (
    tenant_id uuid NOT NULL REFERENCES tenants,
    staff_id uuid NOT NULL,
    email text NOT NULL CHECK (email = lower(email) AND email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
    name text NOT NULL CHECK (name <> ''),
    state text NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    password text,
    -- What the roles amount to. Written by every act that changes roles, in its transaction, so that a request reads
    -- one row to know what somebody may do at this moment.
    permissions text[] NOT NULL DEFAULT '{}',
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, staff_id),
    UNIQUE (tenant_id, email)
);

CREATE TABLE roles (
    tenant_id uuid NOT NULL REFERENCES tenants,
    role_id uuid NOT NULL,
    -- The word of a ready-made role, which the program names and keeps; NULL for the tenant's own.
    ready_made text,
    name text NOT NULL CHECK (name <> ''),
    PRIMARY KEY (tenant_id, role_id),
    UNIQUE (tenant_id, name),
    UNIQUE (tenant_id, ready_made)
);

CREATE TABLE role_permissions (
    tenant_id uuid NOT NULL,
    role_id uuid NOT NULL,
    permission text NOT NULL,
    is_allowed boolean NOT NULL,
    PRIMARY KEY (tenant_id, role_id, permission),
    FOREIGN KEY (tenant_id, role_id) REFERENCES roles ON DELETE CASCADE
);

CREATE TABLE staff_roles (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    role_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, staff_id, role_id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff,
    FOREIGN KEY (tenant_id, role_id) REFERENCES roles
);
CREATE INDEX staff_of_role ON staff_roles (tenant_id, role_id);

-- A link that lets one person in, once: to sign in, or to choose a password when invited or when it was forgotten.
-- Of this and every other secret only the digest is kept.
CREATE TABLE sign_in_links (
    tenant_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    staff_id uuid NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('sign_in', 'password')),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff
);

CREATE TABLE sessions (
    tenant_id uuid NOT NULL,
    session_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    staff_id uuid NOT NULL,
    -- For its owner, to recognise it in a list.
    device text NOT NULL,
    address text NOT NULL,
    made_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, session_id),
    UNIQUE (tenant_id, digest),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff
);
CREATE INDEX sessions_of_staff ON sessions (tenant_id, staff_id);

-- A browser that somebody signed in from before: guesses made elsewhere do not lock it out.
CREATE TABLE known_devices (
    tenant_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, staff_id, digest),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff
);

-- Guesses at passwords, counted by what they have in common: an account, an address.
CREATE TABLE sign_in_tries (
    tenant_id uuid NOT NULL REFERENCES tenants,
    subject bytea NOT NULL CHECK (octet_length(subject) = 32),
    count integer NOT NULL,
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, subject)
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY[
        'staff', 'roles', 'role_permissions', 'staff_roles', 'sign_in_links', 'sessions', 'known_devices', 'sign_in_tries']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO mastil_app', tenant_table);
    END LOOP;
END $$;

-- As refuse_token, for people: MA401 when the session is over, MA403 when it holds but may not do this.
CREATE FUNCTION refuse_session(tenant uuid, secret_digest bytea, permission text, moment timestamptz, idle interval)
RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM sessions s JOIN staff p ON p.tenant_id = s.tenant_id AND p.staff_id = s.staff_id
        WHERE s.tenant_id = tenant AND s.digest = secret_digest AND s.ended_at IS NULL AND s.expires_at > moment
            AND s.seen_at > moment - idle AND p.state = 'active') THEN
        RAISE EXCEPTION 'not permitted: %', permission USING ERRCODE = 'MA403';
    END IF;
    RAISE EXCEPTION 'no such session' USING ERRCODE = 'MA401';
END $$;
