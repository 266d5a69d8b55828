-- What happened at each ISP: who did what to whom, from what to what. Nobody edits it: the tenants' role may add and
-- read, and each entry's hash covers all that came before it, so that whoever owns the database cannot either without
-- `mastil audit verify` finding it.

CREATE TABLE events (
    tenant_id uuid NOT NULL REFERENCES tenants,
    sequence bigint NOT NULL CHECK (sequence > 0),
    -- All there is to know, as the JSON that was hashed; the columns below are read out of it and cannot say otherwise.
    content text NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    event_id uuid NOT NULL GENERATED ALWAYS AS ((content::jsonb ->> 'id')::uuid) STORED,
    kind text NOT NULL GENERATED ALWAYS AS (content::jsonb ->> 'kind') STORED,
    subject_id uuid GENERATED ALWAYS AS ((content::jsonb -> 'subject' ->> 'id')::uuid) STORED,
    actor_id uuid GENERATED ALWAYS AS ((content::jsonb -> 'actor' ->> 'id')::uuid) STORED,
    PRIMARY KEY (tenant_id, sequence),
    UNIQUE (tenant_id, event_id)
);
CREATE INDEX events_of_subject ON events (tenant_id, subject_id, sequence);
CREATE INDEX events_of_actor ON events (tenant_id, actor_id, sequence);
CREATE INDEX events_of_kind ON events (tenant_id, kind, sequence);

-- The newest entry of each chain: its row is what two acts at the same moment wait for.
CREATE TABLE event_heads (
    tenant_id uuid NOT NULL PRIMARY KEY REFERENCES tenants,
    sequence bigint NOT NULL,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['events', 'event_heads'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
    END LOOP;
END $$;
GRANT SELECT, INSERT ON events TO mastil_app;
GRANT SELECT, INSERT, UPDATE ON event_heads TO mastil_app;
