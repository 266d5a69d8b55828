-- What happened goes out: to the addresses that an ISP has given for its own programs, and, signed, to where nobody who
-- holds the database can take it back.

-- An address that is told of what happened, and how it has answered lately.
CREATE TABLE webhooks (
    tenant_id uuid NOT NULL REFERENCES tenants,
    webhook_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (name <> ''),
    address text NOT NULL CHECK (address ~ '^https://'),
    -- The events it is told of.
    kinds text[] NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'paused', 'disabled')),
    -- Why we disabled it: it said that it is gone, or nothing has arrived for days.
    trouble text CHECK (trouble IN ('gone', 'failing')),
    -- Both sealed. The one before is signed with as well, until everybody had time to learn the new one.
    secret bytea NOT NULL,
    old_secret bytea,
    old_secret_until timestamptz,
    made_at timestamptz NOT NULL,
    -- Attempts in a row that failed, since when, and until when it is left alone.
    failures integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    rests_until timestamptz,
    PRIMARY KEY (tenant_id, webhook_id),
    UNIQUE (tenant_id, number),
    CHECK ((state = 'disabled') = (trouble IS NOT NULL)),
    CHECK ((old_secret IS NULL) = (old_secret_until IS NULL))
);

-- The outbox: an event on its way to an address. Written in the transaction of the event itself.
CREATE TABLE webhook_deliveries (
    tenant_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    sequence bigint NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'delivered', 'failed')),
    -- Of this round: sending it again by hand begins anew.
    attempts integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, webhook_id, sequence),
    FOREIGN KEY (tenant_id, webhook_id) REFERENCES webhooks ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, sequence) REFERENCES events
);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (tenant_id, webhook_id, next_at) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_of_event ON webhook_deliveries (tenant_id, sequence);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (tenant_id, made_at);

-- Each time one was sent, and what came back.
CREATE TABLE webhook_attempts (
    tenant_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    sequence bigint NOT NULL,
    attempt integer NOT NULL,
    at timestamptz NOT NULL,
    milliseconds integer NOT NULL,
    -- NULL when there was no answer; then the failure says why.
    status integer,
    failure text,
    -- The beginning of the answer.
    answer text NOT NULL,
    PRIMARY KEY (tenant_id, webhook_id, sequence, attempt),
    FOREIGN KEY (tenant_id, webhook_id, sequence) REFERENCES webhook_deliveries ON DELETE CASCADE
);

-- How far a tenant's record reached at a moment, signed with a key that does not lie in the database.
CREATE TABLE signed_heads (
    tenant_id uuid NOT NULL REFERENCES tenants,
    sequence bigint NOT NULL CHECK (sequence > 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    signed_at timestamptz NOT NULL,
    public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
    signature bytea NOT NULL CHECK (octet_length(signature) = 64),
    PRIMARY KEY (tenant_id, sequence)
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['webhooks', 'webhook_deliveries', 'webhook_attempts', 'signed_heads'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
    END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON webhooks, webhook_deliveries TO mastil_app;
GRANT SELECT, INSERT ON webhook_attempts, signed_heads TO mastil_app;
