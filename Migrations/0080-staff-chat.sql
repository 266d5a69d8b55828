-- Chats of the company's own staff: linked with a code from their profile, answered by commands within their permissions,
-- and told of what each of them chose.
-- In the order in which acts take them.
LOCK TABLE staff, tenants IN SHARE ROW EXCLUSIVE MODE;

-- A chat that is staff's is nobody's in the inbox.
ALTER TABLE conversations DROP CONSTRAINT conversations_state_check;
ALTER TABLE conversations ADD CONSTRAINT conversations_state_check
    CHECK (state IN ('bot', 'open', 'waiting', 'closed', 'staff'));
ALTER TABLE conversations ADD CHECK (state <> 'staff' OR customer_id IS NULL);

CREATE TABLE staff_chats (
    tenant_id uuid NOT NULL REFERENCES tenants,
    conversation_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    linked_at timestamptz NOT NULL,
    -- The command that the next message answers, and about what it asked.
    awaits text CHECK (char_length(awaits) <= 40),
    awaits_about text CHECK (char_length(awaits_about) <= 200),
    awaits_until timestamptz,
    PRIMARY KEY (tenant_id, conversation_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff ON DELETE CASCADE,
    CHECK ((awaits IS NULL) = (awaits_until IS NULL))
);
CREATE INDEX staff_chats_of_staff ON staff_chats (tenant_id, staff_id);
SELECT keep_tenants_apart('staff_chats', 'SELECT, INSERT, UPDATE, DELETE');

-- The newest code of a person is the only one.
CREATE TABLE staff_chat_codes (
    tenant_id uuid NOT NULL REFERENCES tenants,
    staff_id uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, staff_id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff ON DELETE CASCADE
);
SELECT keep_tenants_apart('staff_chat_codes', 'SELECT, INSERT, UPDATE, DELETE');

-- Buttons that do something: each of a message's works once, and then none of that message's does.
CREATE TABLE staff_chat_buttons (
    tenant_id uuid NOT NULL REFERENCES tenants,
    button_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    -- Those of one message.
    group_id uuid NOT NULL,
    command text NOT NULL CHECK (char_length(command) <= 40),
    about text NOT NULL CHECK (char_length(about) <= 200),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (tenant_id, button_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations
);
CREATE INDEX staff_chat_buttons_of_group ON staff_chat_buttons (tenant_id, group_id);
CREATE INDEX staff_chat_buttons_by_age ON staff_chat_buttons (tenant_id, expires_at);
SELECT keep_tenants_apart('staff_chat_buttons', 'SELECT, INSERT, UPDATE, DELETE');

-- A message of staff's that has a row is answered.
CREATE TABLE staff_chat_turns (
    tenant_id uuid NOT NULL REFERENCES tenants,
    message_id uuid NOT NULL,
    command text NOT NULL CHECK (char_length(command) <= 40),
    outcome text NOT NULL CHECK (outcome IN ('answered', 'refused', 'expired', 'unknown', 'not_permitted')),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, message_id),
    FOREIGN KEY (tenant_id, message_id) REFERENCES messages
);
SELECT keep_tenants_apart('staff_chat_turns', 'SELECT, INSERT');

-- Of which events somebody is told in their chats.
CREATE TABLE staff_chat_tells (
    tenant_id uuid NOT NULL REFERENCES tenants,
    staff_id uuid NOT NULL,
    kind text NOT NULL CHECK (char_length(kind) <= 80),
    PRIMARY KEY (tenant_id, staff_id, kind),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff ON DELETE CASCADE
);
CREATE INDEX staff_chat_tells_by_kind ON staff_chat_tells (tenant_id, kind);
SELECT keep_tenants_apart('staff_chat_tells', 'SELECT, INSERT, DELETE');

-- As it was, but for the staff who are told.
CREATE OR REPLACE FUNCTION seal_events_of(
    tenant uuid, most integer, waits boolean, first_hash bytea, delivery_kind text, delivery_attempts integer
) RETURNS integer
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET jit = off SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    place bigint;
    chain bytea;
    entry record;
    contents text[] := '{}';
    hashes bytea[] := '{}';
    kinds text[] := '{}';
    subjects uuid[] := '{}';
    addresses uuid[];
    due_at timestamptz;
    told jsonb[];
BEGIN
    IF NOT EXISTS (SELECT FROM event_heads WHERE tenant_id = tenant) THEN
        INSERT INTO event_heads (tenant_id, sequence, hash) VALUES (tenant, 0, first_hash) ON CONFLICT DO NOTHING;
    END IF;
    IF waits THEN
        SELECT sequence, hash INTO place, chain FROM event_heads WHERE tenant_id = tenant FOR UPDATE;
    ELSE
        SELECT sequence, hash INTO place, chain FROM event_heads WHERE tenant_id = tenant FOR UPDATE SKIP LOCKED;
    END IF;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    FOR entry IN
        SELECT arrival_id, content, kind, subject_id FROM unsealed_events
        WHERE tenant_id = tenant ORDER BY arrival_id LIMIT most
    LOOP
        DELETE FROM unsealed_events WHERE tenant_id = tenant AND arrival_id = entry.arrival_id;
        chain := sha256(chain || convert_to(entry.content, 'UTF8'));
        contents := contents || entry.content;
        hashes := hashes || chain;
        kinds := kinds || entry.kind;
        subjects := subjects || entry.subject_id;
    END LOOP;
    IF cardinality(contents) = 0 THEN
        RETURN 0;
    END IF;
    WITH sealed AS MATERIALIZED (
        SELECT place + given.step AS sequence, given.content, given.hash, given.kind, given.subject_id
        FROM unnest(contents, hashes, kinds, subjects) WITH ORDINALITY given(content, hash, kind, subject_id, step)
    ), written AS (
        INSERT INTO events (tenant_id, sequence, content, hash)
        SELECT tenant, sealed.sequence, sealed.content, sealed.hash FROM sealed ORDER BY sealed.sequence
    ), due AS (
        -- A test goes to the address that is tested and nowhere else.
        INSERT INTO webhook_deliveries (tenant_id, webhook_id, sequence, state, next_at, made_at)
        SELECT tenant, w.webhook_id, sealed.sequence, 'pending', happened.at, happened.at
        FROM webhooks w CROSS JOIN sealed
        CROSS JOIN LATERAL (SELECT (sealed.content::jsonb ->> 'at')::timestamptz AS at) happened
        WHERE w.tenant_id = tenant AND CASE WHEN sealed.kind = 'webhook.tested' THEN sealed.subject_id = w.webhook_id
            ELSE w.state = 'active' AND sealed.kind = ANY (w.kinds) END
        RETURNING webhook_id, next_at
    )
    SELECT array_agg(DISTINCT due.webhook_id), min(due.next_at) INTO addresses, due_at FROM due;
    UPDATE event_heads SET sequence = place + cardinality(contents), hash = chain WHERE tenant_id = tenant;
    PERFORM pg_notify('events', tenant || ' ' || place + cardinality(contents));
    IF addresses IS NOT NULL THEN
        PERFORM add_jobs(
            tenant, delivery_kind, array_agg(gen_random_uuid()), array_agg(jsonb_build_object('webhook', address)),
            array_agg(address::text), array_agg(address::text), array_agg(1), due_at, delivery_attempts)
        FROM unnest(addresses) AS address;
        PERFORM pg_notify('jobs', ''), pg_notify('events', tenant || ' webhooks');
    END IF;
    -- The staff who asked to be told of such an event in their chats: one job for each event.
    IF EXISTS (SELECT FROM staff_chat_tells WHERE tenant_id = tenant AND kind = ANY (kinds)) THEN
        SELECT array_agg(jsonb_build_object('kind', given.kind, 'subject', given.subject_id) ORDER BY given.step)
        INTO told FROM unnest(kinds, subjects) WITH ORDINALITY given(kind, subject_id, step)
        WHERE given.subject_id IS NOT NULL
            AND given.kind IN (SELECT t.kind FROM staff_chat_tells t WHERE t.tenant_id = tenant);
        IF told IS NOT NULL THEN
            PERFORM add_jobs(
                tenant, 'staff-chat.tell', array_agg(gen_random_uuid()), array_agg(due.payload),
                array_agg((due.payload ->> 'kind') || ' ' || (due.payload ->> 'subject')), array_agg(NULL::text),
                array_agg(1), clock_timestamp(), 10)
            FROM unnest(told) AS due(payload);
            PERFORM pg_notify('jobs', '');
        END IF;
    END IF;
    RETURN cardinality(contents);
END $$;
