-- The record without a queue of writers. An act used to wait for the other acts of its tenant, until their commits, on the
-- tenant's row of event_heads; and it notified, which made the commits of all tenants wait for one another. Now acts
-- only add their events to unsealed_events, and sealers put them into the tenants' chains a batch at a time.
-- A program of before this goes on as it did: both take the head's row before they add to a chain.

-- Events that are committed and not in their tenant's chain yet. A table of the platform: acts add through
-- append_events, and sealing takes out. The columns are those of events, so that what could not be sealed fails its act.
CREATE TABLE unsealed_events (
    tenant_id uuid NOT NULL,
    arrival_id bigint GENERATED ALWAYS AS IDENTITY,
    content text NOT NULL,
    event_id uuid NOT NULL GENERATED ALWAYS AS ((content::jsonb ->> 'id')::uuid) STORED,
    kind text NOT NULL GENERATED ALWAYS AS (content::jsonb ->> 'kind') STORED,
    subject_id uuid GENERATED ALWAYS AS ((content::jsonb -> 'subject' ->> 'id')::uuid) STORED,
    actor_id uuid GENERATED ALWAYS AS ((content::jsonb -> 'actor' ->> 'id')::uuid) STORED,
    PRIMARY KEY (tenant_id, arrival_id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
GRANT SELECT, INSERT ON unsealed_events TO mastil_platform;

-- What open pages are to be told besides events, until it is announced. It may be lost with the server: whoever listened
-- to that looks at everything anew.
CREATE UNLOGGED TABLE announcements (
    announcement_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id uuid NOT NULL,
    topic text NOT NULL CHECK (topic ~ '^[a-z0-9]+$')
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
GRANT SELECT, UPDATE, DELETE ON announcements TO mastil_platform;

-- The tenants' way in, in the order given.
CREATE FUNCTION append_events(tenant uuid, contents text[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    INSERT INTO unsealed_events (tenant_id, content)
    SELECT tenant, given.content FROM unnest(contents) WITH ORDINALITY given(content, place) ORDER BY given.place;
    RETURN cardinality(contents);
END $$;

-- Puts the next events of a tenant into its chain, in the order in which they were added, with the deliveries to the
-- addresses that are to be told; and says so to who listens, once it is committed. Tells how many were sealed, or nothing
-- when somebody else is sealing and it was not to wait for that. Whatever the statistics say of a table that grows and
-- shrinks by the second, only walks along its index are quick.
CREATE FUNCTION seal_events_of(
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
    RETURN cardinality(contents);
END $$;

-- The tenant's own way to have its events sealed now: a page that follows an act shows it.
CREATE FUNCTION seal_own_events(
    tenant uuid, most integer, first_hash bytea, delivery_kind text, delivery_attempts integer
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    IF EXISTS (SELECT FROM unsealed_events WHERE tenant_id = tenant) THEN
        PERFORM seal_events_of(tenant, most, true, first_hash, delivery_kind, delivery_attempts);
    END IF;
    RETURN true;
END $$;

-- A sealer's round: the next tenants that have events to seal, no more than a transaction has cheap savepoints for. Tells
-- after which tenant to go on, when it was not the last; whether there is more to do at once; and of which tenants the
-- events could not be sealed, and why. Any number of sealers may be at it; each passes over tenants that another is at.
CREATE FUNCTION seal_events(
    after uuid, besides uuid[], most integer, first_hash bytea, delivery_kind text, delivery_attempts integer,
    OUT last_tenant uuid, OUT has_more boolean, OUT failed uuid[], OUT failures text[]
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
    context text := coalesce(current_setting('app.tenant_id', true), '');
    tenant uuid := after;
    sealed integer;
BEGIN
    has_more := false;
    failed := '{}';
    failures := '{}';
    FOR visit IN 1..50 LOOP
        SELECT u.tenant_id INTO tenant FROM unsealed_events u
        WHERE u.tenant_id > tenant AND u.tenant_id <> ALL (besides) ORDER BY u.tenant_id LIMIT 1;
        EXIT WHEN NOT FOUND;
        PERFORM set_config('app.tenant_id', tenant::text, true);
        BEGIN
            sealed := seal_events_of(tenant, most, false, first_hash, delivery_kind, delivery_attempts);
            has_more := has_more OR sealed IS NULL OR sealed = most;
        EXCEPTION WHEN OTHERS THEN
            failed := failed || tenant;
            failures := failures || SQLERRM;
        END;
    END LOOP;
    last_tenant := tenant;
    has_more := has_more OR tenant IS NOT NULL;
    PERFORM set_config('app.tenant_id', context, true);
END $$;

-- What of a tenant's events is not sealed yet, for `mastil audit verify`.
CREATE FUNCTION unsealed_events_of(tenant uuid, OUT waiting bigint, OUT since timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    SELECT count(*), min((content::jsonb ->> 'at')::timestamptz) INTO waiting, since
    FROM unsealed_events WHERE tenant_id = tenant;
END $$;

-- The first place of a record at which an event of this id or a later one stands, as far as events stand in the order of
-- their ids, which begin with their moments. They do but for some seconds, so ask for an hour more and leave out the rest.
CREATE FUNCTION event_place(tenant uuid, bound uuid) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    low bigint := 1;
    high bigint := coalesce((SELECT sequence FROM event_heads WHERE tenant_id = tenant), 0) + 1;
    middle bigint;
BEGIN
    WHILE low < high LOOP
        middle := (low + high) / 2;
        IF (SELECT event_id < bound FROM events WHERE tenant_id = tenant AND sequence = middle) THEN
            low := middle + 1;
        ELSE
            high := middle;
        END IF;
    END LOOP;
    RETURN low;
END $$;

-- Has the tenant's open pages told of a change that is no event, once it is committed.
CREATE FUNCTION announce(tenant uuid, what text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    INSERT INTO announcements (tenant_id, topic) VALUES (tenant, what);
END $$;

-- Tells them. Tells how many there were.
CREATE FUNCTION send_announcements() RETURNS integer
LANGUAGE sql AS $$
    WITH due AS (
        SELECT announcement_id FROM announcements ORDER BY announcement_id LIMIT 5000 FOR UPDATE SKIP LOCKED
    ), taken AS (
        DELETE FROM announcements a USING due WHERE a.announcement_id = due.announcement_id RETURNING a.tenant_id, a.topic
    )
    SELECT count(pg_notify('events', tenant_id || ' ' || topic))::integer FROM (SELECT DISTINCT tenant_id, topic FROM taken) t
$$;

-- Wakes the workers when jobs come, from within the transaction: but not for a program that does so after its commits, and
-- says that on its connections. To be removed when no older one is left.
CREATE FUNCTION notify_workers() RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('app.announces', true) IS DISTINCT FROM 'after_commit' THEN
        PERFORM pg_notify('jobs', '');
    END IF;
END $$;

-- Those that woke them, as they were but for that.
CREATE OR REPLACE FUNCTION add_jobs(
    tenant uuid, job_kind text, ids uuid[], payloads jsonb[], keys text[], lanes text[], priorities integer[],
    moment timestamptz, most_attempts integer
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO jobs AS waiting
        (tenant_id, job_id, kind, payload, unique_key, lane, priority, due_at, run_at, max_attempts)
    SELECT DISTINCT ON (coalesce(new.key, new.id::text))
        tenant, new.id, job_kind, new.payload, new.key, new.lane, new.priority, moment, moment, most_attempts
    FROM unnest(ids, payloads, keys, lanes, priorities) AS new(id, payload, key, lane, priority)
    ORDER BY coalesce(new.key, new.id::text), new.priority
    ON CONFLICT (tenant_id, kind, unique_key) WHERE state <> 'running' AND unique_key IS NOT NULL
    DO UPDATE SET
        due_at = least(waiting.due_at, excluded.due_at), run_at = least(waiting.run_at, excluded.run_at),
        priority = least(waiting.priority, excluded.priority), attempts = 0
    WHERE excluded.run_at < waiting.run_at OR excluded.priority < waiting.priority;
    INSERT INTO job_arrivals (tenant_id, kind, run_at) VALUES (tenant, job_kind, moment);
    PERFORM notify_workers();
END $$;

CREATE OR REPLACE FUNCTION retry_job(
    tenant uuid, job uuid, its_token bigint, moment timestamptz, failure text, is_free boolean
) RETURNS boolean
LANGUAGE plpgsql SET lock_timeout = '10ms' AS $$
DECLARE
    its_kind text;
    its_lane text;
BEGIN
    BEGIN
        UPDATE jobs SET state = 'queued', run_at = CASE WHEN is_free THEN least(run_at, moment) ELSE moment END,
            worker_id = NULL, token = NULL, last_failure = failure, attempts = attempts - is_free::integer
        WHERE tenant_id = tenant AND job_id = job AND token = its_token RETURNING kind, lane INTO its_kind, its_lane;
    EXCEPTION WHEN unique_violation THEN
        DELETE FROM jobs WHERE tenant_id = tenant AND job_id = job AND token = its_token
        RETURNING kind, lane INTO its_kind, its_lane;
    END;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO job_arrivals (tenant_id, kind, run_at) VALUES (tenant, its_kind, moment);
    IF its_lane IS NOT NULL THEN
        INSERT INTO job_arrivals (tenant_id, lane, run_at) VALUES (tenant, its_lane, '-infinity');
    END IF;
    PERFORM notify_workers();
    RETURN true;
END $$;

CREATE OR REPLACE FUNCTION put_job_schedule(
    tenant uuid, schedule_name text, new_expression text, new_zone text, new_catch_up text, job_kind text,
    new_payload jsonb, key text, new_lane text, new_priority integer, most_attempts integer, first_at timestamptz
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    INSERT INTO job_schedules AS old (
        tenant_id, name, expression, zone, catch_up, kind, payload, unique_key, lane, priority, max_attempts, next_at)
    VALUES (
        tenant, schedule_name, new_expression, new_zone, new_catch_up, job_kind, new_payload, key, new_lane,
        new_priority, most_attempts, first_at)
    ON CONFLICT (tenant_id, name) DO UPDATE SET
        expression = excluded.expression, zone = excluded.zone, catch_up = excluded.catch_up, kind = excluded.kind,
        payload = excluded.payload, unique_key = excluded.unique_key, lane = excluded.lane,
        priority = excluded.priority, max_attempts = excluded.max_attempts,
        next_at = CASE WHEN (old.expression, old.zone) = (excluded.expression, excluded.zone)
            THEN old.next_at ELSE excluded.next_at END
    WHERE (old.expression, old.zone, old.catch_up, old.kind, old.payload, old.unique_key, old.lane, old.priority,
            old.max_attempts)
        IS DISTINCT FROM (excluded.expression, excluded.zone, excluded.catch_up, excluded.kind, excluded.payload,
            excluded.unique_key, excluded.lane, excluded.priority, excluded.max_attempts);
    -- The same schedule again is no news.
    IF FOUND THEN
        PERFORM notify_workers();
    END IF;
    RETURN true;
END $$;

DO $$
DECLARE
    own regprocedure;
BEGIN
    FOR own IN
        SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN (
            'append_events', 'seal_events_of', 'seal_own_events', 'seal_events', 'unsealed_events_of', 'announce',
            'send_announcements')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', own);
    END LOOP;
    GRANT EXECUTE ON FUNCTION append_events, seal_own_events, unsealed_events_of, announce TO mastil_app;
    GRANT EXECUTE ON FUNCTION seal_events, send_announcements TO mastil_platform;
END $$;
