-- Mail on its way, and the subscribers' own way in: who they are, their codes, links and sessions.

-- A message to one person, written in the transaction of the act it tells of and sent by a job. What it says, and with
-- it any secret, is made when it is sent and kept nowhere.
CREATE TABLE letters (
    tenant_id uuid NOT NULL REFERENCES tenants,
    letter_id uuid NOT NULL,
    kind text NOT NULL,
    recipient text NOT NULL,
    -- Whom or what it tells of; what that is, the kind says.
    about uuid,
    language text NOT NULL CHECK (language IN ('es', 'en', 'pt')),
    -- How links to us begin: https://clientes.norte.example
    origin text NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
    -- What went wrong last, in the mail server's words.
    reason text,
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, letter_id)
);
CREATE INDEX letters_about ON letters (tenant_id, about);

-- The last nine digits: enough to know a telephone by, however it was typed.
CREATE FUNCTION phone_key(phone text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$ SELECT right(regexp_replace(phone, '[^0-9]', '', 'g'), 9) $$;

ALTER TABLE customers
    ADD COLUMN email text NOT NULL DEFAULT ''
        CHECK (email = '' OR (email = lower(email) AND email ~ '^[^@[:space:]]+@[^@[:space:]]+$')),
    -- The subscriber wrote the telephone; nobody at the ISP has looked yet, so nobody signs in with it.
    ADD COLUMN phone_is_claimed boolean NOT NULL DEFAULT false;
CREATE INDEX customers_by_email ON customers (tenant_id, email) WHERE email <> '';
CREATE INDEX customers_by_phone ON customers (tenant_id, phone_key(phone)) WHERE NOT phone_is_claimed;

-- Six digits that let a subscriber in. Asked for at the door, they are made when the letter is sent; made by staff, they
-- are for one customer, and read out.
CREATE TABLE portal_codes (
    tenant_id uuid NOT NULL REFERENCES tenants,
    code_id uuid NOT NULL,
    -- What was typed at the door: an e-mail address, or the last digits of a telephone.
    contact text,
    -- Whose it is when staff made it.
    customer_id uuid,
    -- Where it was sent: whoever reads that mailbox is let in.
    recipient text,
    digest bytea CHECK (octet_length(digest) = 32),
    guesses integer NOT NULL DEFAULT 0,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (tenant_id, code_id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    CHECK ((contact IS NULL) <> (customer_id IS NULL))
);
CREATE INDEX portal_codes_of_customer ON portal_codes (tenant_id, customer_id);

-- A link that does one thing for one customer, once: lets them in, or makes an e-mail address theirs.
CREATE TABLE portal_links (
    tenant_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    customer_id uuid NOT NULL,
    -- The address to confirm; NULL signs in.
    email text,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (tenant_id, digest),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
CREATE INDEX portal_links_of_customer ON portal_links (tenant_id, customer_id);

CREATE TABLE portal_sessions (
    tenant_id uuid NOT NULL,
    session_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    customer_id uuid NOT NULL,
    -- For its owner, to recognise it in a list.
    device text NOT NULL,
    address text NOT NULL,
    made_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, session_id),
    UNIQUE (tenant_id, digest),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
CREATE INDEX portal_sessions_of_customer ON portal_sessions (tenant_id, customer_id);

-- A browser that a subscriber signed in from before: guesses made elsewhere do not lock it out.
CREATE TABLE portal_devices (
    tenant_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, customer_id, digest),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY[
        'letters', 'portal_codes', 'portal_links', 'portal_sessions', 'portal_devices']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO mastil_app', tenant_table);
    END LOOP;
END $$;

-- As refuse_session, for subscribers, who may do nothing but look after what is their own.
CREATE FUNCTION refuse_subscriber(tenant uuid, secret_digest bytea, permission text, moment timestamptz, idle interval)
RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM portal_sessions s
        WHERE s.tenant_id = tenant AND s.digest = secret_digest AND s.ended_at IS NULL AND s.expires_at > moment
            AND s.seen_at > moment - idle) THEN
        RAISE EXCEPTION 'not permitted: %', permission USING ERRCODE = 'MA403';
    END IF;
    RAISE EXCEPTION 'no such session' USING ERRCODE = 'MA401';
END $$;
