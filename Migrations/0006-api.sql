-- Answers to acts that programs asked for with an idempotency key, so that asking twice does it once. A row is written
-- in the transaction of its act. The place is a digest of who asked, on which route and with which key.
CREATE TABLE idempotency_keys (
    tenant_id uuid NOT NULL REFERENCES tenants,
    place bytea NOT NULL CHECK (octet_length(place) = 32),
    -- A digest of address and body: the same key with another request is a mistake of the program's.
    request bytea NOT NULL CHECK (octet_length(request) = 32),
    made_at timestamptz NOT NULL,
    status integer NOT NULL,
    location text,
    etag text,
    body bytea NOT NULL,
    PRIMARY KEY (tenant_id, place)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (tenant_id, made_at);

ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON idempotency_keys
    USING (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid)
    WITH CHECK (tenant_id = NULLIF(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO mastil_app;
