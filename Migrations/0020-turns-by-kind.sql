-- Several crews of workers share the queue, each with kinds of its own. A tenant had one turn for all of them, and the
-- crew that woke first used it up: a letter then waited a second or more for the next. Now a tenant has a turn for each
-- kind of job, and a worker looks at those of its own kinds only. Columns of job_tenants that only the program before
-- this migration reads are removed later.

-- A tenant has its turn for a kind when its earliest job of that kind is due, but after those not served for longer.
-- turn_at is infinite for the idle; blocked are those whose due jobs wait for one of the tenant's to end.
CREATE TABLE job_kind_turns (
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    turn_at timestamptz NOT NULL,
    blocked boolean NOT NULL DEFAULT false,
    served_at timestamptz NOT NULL DEFAULT '-infinity',
    serving bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, kind)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
CREATE INDEX job_kind_turns_by_turn ON job_kind_turns (kind, turn_at, serving);
GRANT SELECT, INSERT, UPDATE, DELETE ON job_kind_turns TO mastil_platform;

-- The row of a tenant is what a claim locks. The program before this migration finds no turn in it and looks when it is
-- notified.
UPDATE job_tenants SET turn_at = 'infinity' WHERE turn_at < 'infinity';

-- A lane that is free has no kind: the next job in it may be any.
ALTER TABLE job_arrivals ADD COLUMN kind text;

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
    PERFORM pg_notify('jobs', '');
END $$;

-- Takes in the arrivals of the worker's kinds and of those that no worker alive knows, and gives blocked tenants of
-- which a job ended their turns. Every tenant that is touched is locked, in order, until the end of the transaction:
-- nobody parks a job while its lane is being freed.
DROP FUNCTION take_job_arrivals(timestamptz, uuid[]);
CREATE FUNCTION take_job_arrivals(moment timestamptz, known_kinds text[], ended_tenants uuid[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    kinds_of_others text[];
    tenants uuid[];
    kinds text[];
    lanes text[];
    moments timestamptz[];
    freed_tenants uuid[];
    freed_lanes text[];
    freed_kinds text[];
BEGIN
    SELECT coalesce(array_agg(DISTINCT other.kind), '{}') INTO kinds_of_others
    FROM job_workers w CROSS JOIN unnest(w.kinds) AS other(kind)
    WHERE w.expires_at > clock_timestamp() AND other.kind <> ALL (known_kinds);
    WITH seen AS (
        SELECT arrival_id FROM job_arrivals WHERE (kind <> ALL (kinds_of_others)) IS NOT FALSE
        ORDER BY arrival_id LIMIT 1000 FOR UPDATE SKIP LOCKED
    ), taken AS (
        DELETE FROM job_arrivals a USING seen WHERE a.arrival_id = seen.arrival_id
        RETURNING a.tenant_id, a.kind, a.lane, a.run_at
    )
    SELECT array_agg(tenant_id), array_agg(kind), array_agg(lane), array_agg(run_at)
    INTO tenants, kinds, lanes, moments FROM taken;
    IF tenants IS NULL AND cardinality(ended_tenants) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO job_tenants (tenant_id, turn_at, blocked)
    SELECT DISTINCT touched.tenant_id, timestamptz 'infinity', false
    FROM unnest(tenants || ended_tenants) AS touched(tenant_id) ORDER BY touched.tenant_id
    ON CONFLICT (tenant_id) DO NOTHING;
    PERFORM FROM job_tenants WHERE tenant_id = ANY (tenants || ended_tenants) ORDER BY tenant_id FOR UPDATE;

    -- An arrival without kind and lane is of the program before this migration.
    INSERT INTO job_kind_turns AS t (tenant_id, kind, turn_at)
    SELECT a.tenant_id, coalesce(a.kind, queued.kind), min(a.run_at)
    FROM unnest(tenants, kinds, lanes, moments) AS a(tenant_id, kind, lane, run_at) LEFT JOIN LATERAL (
        SELECT DISTINCT j.kind FROM jobs j
        WHERE j.tenant_id = a.tenant_id AND j.state = 'queued' AND a.kind IS NULL) queued ON true
    WHERE a.lane IS NULL AND coalesce(a.kind, queued.kind) IS NOT NULL
    GROUP BY a.tenant_id, coalesce(a.kind, queued.kind)
    ON CONFLICT (tenant_id, kind) DO UPDATE SET turn_at = greatest(excluded.turn_at, least(t.served_at, moment))
    WHERE t.turn_at > greatest(excluded.turn_at, least(t.served_at, moment));
    UPDATE job_kind_turns SET turn_at = moment
    WHERE tenant_id = ANY (tenants || ended_tenants) AND blocked AND turn_at > moment;

    -- The next of each lane that is free. One that is just being asked for again is locked: the lane is tried later.
    WITH free AS (
        SELECT DISTINCT f.tenant_id, f.lane FROM unnest(tenants, lanes) AS f(tenant_id, lane)
        WHERE f.lane IS NOT NULL AND NOT EXISTS (
            SELECT FROM jobs r WHERE r.tenant_id = f.tenant_id AND r.lane = f.lane AND r.state = 'running')
    ), next AS (
        SELECT free.tenant_id, free.lane, head.job_id FROM free CROSS JOIN LATERAL (
            SELECT p.job_id FROM jobs p WHERE p.tenant_id = free.tenant_id AND p.lane = free.lane AND p.state = 'parked'
            ORDER BY p.priority, p.run_at LIMIT 1) head
    ), locked AS (
        SELECT held.tenant_id, held.job_id FROM next CROSS JOIN LATERAL (
            SELECT j.tenant_id, j.job_id FROM jobs j WHERE j.tenant_id = next.tenant_id AND j.job_id = next.job_id
            FOR UPDATE SKIP LOCKED) held
    ), freed AS (
        UPDATE jobs j SET state = 'queued' FROM locked
        WHERE j.tenant_id = locked.tenant_id AND j.job_id = locked.job_id RETURNING j.job_id, j.kind
    )
    SELECT array_agg(next.tenant_id), array_agg(next.lane), array_agg(freed.kind::text)
    INTO freed_tenants, freed_lanes, freed_kinds
    FROM next LEFT JOIN freed USING (job_id);
    INSERT INTO job_kind_turns AS t (tenant_id, kind, turn_at)
    SELECT DISTINCT f.tenant_id, f.kind, moment
    FROM unnest(freed_tenants, freed_kinds) AS f(tenant_id, kind) WHERE f.kind IS NOT NULL
    ON CONFLICT (tenant_id, kind) DO UPDATE SET turn_at = least(t.served_at, moment)
    WHERE t.turn_at > least(t.served_at, moment);
    INSERT INTO job_arrivals (tenant_id, lane, run_at)
    SELECT later.tenant_id, later.lane, moment + interval '1 second'
    FROM unnest(freed_tenants, freed_lanes, freed_kinds) AS later(tenant_id, lane, kind) WHERE later.kind IS NULL;
    -- The crew that knows the job has not seen the lane's arrival.
    IF freed_kinds && kinds_of_others THEN
        PERFORM pg_notify('jobs', '');
    END IF;
END $$;

-- Claims up to so many of a tenant's due jobs, one a lane, within the limits of the tenant and of its kinds, and parks
-- those whose lane is taken: each is then passed over once, not at every claim. Then the tenant's next turns are known.
-- Its row in job_tenants is locked by the caller, so nobody else claims or parks for it.
DROP FUNCTION claim_jobs_of(uuid, uuid, timestamptz, text[], integer[], integer, integer, integer, interval);
CREATE FUNCTION claim_jobs_of(
    tenant uuid, by_worker uuid, moment timestamptz, known_kinds text[], kind_limits integer[], tenant_limit integer,
    share integer, wanted integer
) RETURNS SETOF jobs
LANGUAGE plpgsql AS $$
DECLARE
    places integer;
    room integer;
    running_kinds text[];
    busy_lanes text[];
    open_kinds text[];
    open_rooms integer[];
    depth integer;
    due_ids uuid[];
    due_kinds text[];
    due_lanes text[];
    chosen uuid[];
    chosen_lanes text[];
    late uuid[];
    place integer;
    claimed jobs;
    claimed_count integer := 0;
    has_progress boolean := false;
BEGIN
    SELECT tenant_limit - count(*), share - count(*) FILTER (WHERE worker_id = by_worker),
        coalesce(array_agg(kind), '{}'), coalesce(array_agg(lane) FILTER (WHERE lane IS NOT NULL), '{}')
    INTO places, room, running_kinds, busy_lanes
    FROM jobs WHERE tenant_id = tenant AND state = 'running';
    -- Another worker may have room for this tenant: its turn stays.
    IF room <= 0 AND places > 0 THEN
        RETURN;
    END IF;
    room := least(room, places, wanted);

    SELECT coalesce(array_agg(t.kind), '{}'),
        coalesce(array_agg(known.most - cardinality(array_positions(running_kinds, t.kind))), '{}')
    INTO open_kinds, open_rooms
    FROM unnest(known_kinds, kind_limits) AS known(kind, most)
    JOIN job_kind_turns t ON t.tenant_id = tenant AND t.kind = known.kind AND t.turn_at < 'infinity';

    -- Deeper only past jobs that are parked on the way.
    depth := 2 * room;
    WHILE room > 0 AND depth <= 4096 LOOP
        SELECT coalesce(array_agg(d.job_id), '{}'), array_agg(d.kind), array_agg(d.lane)
        INTO due_ids, due_kinds, due_lanes
        FROM (
            SELECT due.job_id, due.kind, due.lane
            FROM unnest(open_kinds, open_rooms) AS open(kind, room)
            CROSS JOIN generate_series(0, 2) AS class(priority) CROSS JOIN LATERAL (
                SELECT j.job_id, j.kind, j.lane, j.priority, j.run_at FROM jobs j
                WHERE j.tenant_id = tenant AND j.state = 'queued' AND j.kind = open.kind
                    AND j.priority = class.priority AND j.run_at <= moment
                ORDER BY j.run_at LIMIT depth) due
            WHERE open.room > 0
            ORDER BY due.priority, due.run_at, due.job_id LIMIT depth) d;
        chosen := '{}';
        chosen_lanes := busy_lanes;
        FOR i IN 1..cardinality(due_ids) LOOP
            EXIT WHEN cardinality(chosen) = room;
            place := array_position(open_kinds, due_kinds[i]);
            IF open_rooms[place] > 0 AND (due_lanes[i] = ANY (chosen_lanes)) IS NOT TRUE THEN
                chosen := chosen || due_ids[i];
                open_rooms[place] := open_rooms[place] - 1;
                chosen_lanes := chosen_lanes || due_lanes[i];
            END IF;
        END LOOP;
        FOR claimed IN
            UPDATE jobs j SET state = 'running', worker_id = by_worker, token = nextval('job_tokens'),
                attempts = j.attempts + 1
            FROM (
                SELECT held.job_id FROM unnest(chosen) AS c(job_id) CROSS JOIN LATERAL (
                    SELECT h.job_id FROM jobs h WHERE h.tenant_id = tenant AND h.job_id = c.job_id
                    FOR UPDATE SKIP LOCKED) held) locked
            WHERE j.tenant_id = tenant AND j.job_id = locked.job_id
            RETURNING j.*
        LOOP
            has_progress := true;
            claimed_count := claimed_count + 1;
            busy_lanes := busy_lanes || claimed.lane;
            RETURN NEXT claimed;
        END LOOP;
        late := '{}';
        FOR i IN 1..cardinality(due_ids) LOOP
            IF due_lanes[i] = ANY (busy_lanes) AND due_ids[i] <> ALL (chosen) THEN
                late := late || due_ids[i];
            END IF;
        END LOOP;
        EXIT WHEN cardinality(late) = 0;
        UPDATE jobs j SET state = 'parked'
        FROM (
            SELECT held.job_id FROM unnest(late) AS c(job_id) CROSS JOIN LATERAL (
                SELECT h.job_id FROM jobs h WHERE h.tenant_id = tenant AND h.job_id = c.job_id
                FOR UPDATE SKIP LOCKED) held) locked
        WHERE j.tenant_id = tenant AND j.job_id = locked.job_id;
        has_progress := has_progress OR FOUND;
        EXIT WHEN claimed_count > 0;
        depth := depth * 8;
    END LOOP;

    -- What is due and could not be had is tried again in a second, unless a job that ends gives it a turn before.
    UPDATE job_kind_turns t SET served_at = moment, serving = nextval('job_turns'),
        blocked = coalesce(head.run_at <= moment, false) AND NOT has_progress,
        turn_at = CASE
            WHEN head.run_at IS NULL THEN 'infinity'
            WHEN head.run_at > moment THEN head.run_at
            WHEN has_progress THEN moment
            ELSE moment + interval '1 second' END
    FROM unnest(open_kinds) AS open(kind) CROSS JOIN LATERAL (
        SELECT min(earliest.run_at) AS run_at FROM generate_series(0, 2) AS class(priority) CROSS JOIN LATERAL (
            SELECT j.run_at FROM jobs j
            WHERE j.tenant_id = tenant AND j.state = 'queued' AND j.kind = open.kind AND j.priority = class.priority
            ORDER BY j.run_at LIMIT 1) earliest) head
    WHERE t.tenant_id = tenant AND t.kind = open.kind;
END $$;

-- Claims jobs for a worker whose lease holds, from as many tenants as wait, in the order of their turns. When several
-- places are free because jobs have ended, these were quick, and each visit takes up to four: a visit costs more than
-- the jobs it takes. Whatever the statistics say of tables that grow and shrink by the minute, only walks along the
-- indexes are quick here.
CREATE FUNCTION claim_jobs(
    by_worker uuid, moment timestamptz, known_kinds text[], kind_limits integer[], tenant_limit integer, share integer,
    saturated uuid[], ended_tenants uuid[], wanted integer
) RETURNS SETOF jobs
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET jit = off SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    waiting integer;
    quantum integer;
    of_tenant uuid;
    taken integer;
BEGIN
    PERFORM take_job_arrivals(moment, known_kinds, ended_tenants);
    SELECT least(count(DISTINCT first_in_turn.tenant_id), wanted) INTO waiting
    FROM unnest(known_kinds) AS known(kind) CROSS JOIN LATERAL (
        SELECT t.tenant_id FROM job_kind_turns t
        WHERE t.kind = known.kind AND t.turn_at <= moment AND t.tenant_id <> ALL (saturated)
        ORDER BY t.turn_at, t.serving LIMIT wanted) first_in_turn
    WHERE EXISTS (SELECT FROM job_workers WHERE worker_id = by_worker AND expires_at > clock_timestamp());
    IF waiting = 0 THEN
        RETURN;
    END IF;
    quantum := (wanted + waiting - 1) / waiting;
    IF cardinality(ended_tenants) > 0 THEN
        quantum := greatest(quantum, 4);
    END IF;
    FOR visit IN 1..64 LOOP
        SELECT first_in_turn.tenant_id INTO of_tenant
        FROM unnest(known_kinds) AS known(kind) CROSS JOIN LATERAL (
            SELECT t.tenant_id, t.turn_at, t.serving FROM job_kind_turns t
            WHERE t.kind = known.kind AND t.turn_at <= moment AND t.tenant_id <> ALL (saturated)
            ORDER BY t.turn_at, t.serving LIMIT 1) first_in_turn
        ORDER BY first_in_turn.turn_at, first_in_turn.serving LIMIT 1;
        EXIT WHEN NOT FOUND;
        taken := 0;
        PERFORM FROM job_tenants WHERE tenant_id = of_tenant FOR UPDATE SKIP LOCKED;
        IF FOUND THEN
            RETURN QUERY SELECT * FROM claim_jobs_of(
                of_tenant, by_worker, moment, known_kinds, kind_limits, tenant_limit, share, least(quantum, wanted));
            GET DIAGNOSTICS taken = ROW_COUNT;
        END IF;
        IF taken = 0 THEN
            saturated := saturated || of_tenant;
        END IF;
        wanted := wanted - taken;
        EXIT WHEN wanted <= 0;
    END LOOP;
END $$;

-- For the program before this migration, until it has stopped.
CREATE OR REPLACE FUNCTION claim_jobs(
    by_worker uuid, moment timestamptz, known_kinds text[], kind_limits integer[], tenant_limit integer, share integer,
    saturated uuid[], ended_tenants uuid[], wanted integer, unknown_grace interval
) RETURNS SETOF jobs
LANGUAGE sql AS $$
    SELECT * FROM claim_jobs(
        by_worker, moment, known_kinds, kind_limits, tenant_limit, share, saturated, ended_tenants, wanted);
$$;

-- Gives every tenant its turns for what waits, whoever has taken in its arrival: for a worker that begins.
CREATE FUNCTION announce_queued_jobs() RETURNS void
LANGUAGE sql AS $$
    INSERT INTO job_arrivals (tenant_id, kind, run_at)
    WITH RECURSIVE present AS (
        (SELECT tenant_id, kind FROM jobs WHERE state = 'queued' ORDER BY tenant_id, kind LIMIT 1)
        UNION ALL
        SELECT following.tenant_id, following.kind FROM present CROSS JOIN LATERAL (
            SELECT j.tenant_id, j.kind FROM jobs j
            WHERE j.state = 'queued' AND (j.tenant_id, j.kind) > (present.tenant_id, present.kind)
            ORDER BY j.tenant_id, j.kind LIMIT 1) following
    )
    SELECT tenant_id, kind, 'epoch' FROM present;
$$;

-- Kinds that no worker alive knows, when they have waited long enough for one to come: an old program is still running
-- while a new one queues the first of a new kind.
DROP FUNCTION bury_unknown_jobs(uuid, text[], timestamptz, interval);
CREATE FUNCTION bury_unknown_jobs(moment timestamptz, unknown_grace interval) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    unknown record;
BEGIN
    FOR unknown IN
        WITH RECURSIVE present AS (
            (SELECT kind FROM job_kind_turns ORDER BY kind LIMIT 1)
            UNION ALL
            SELECT (SELECT t.kind FROM job_kind_turns t WHERE t.kind > present.kind ORDER BY t.kind LIMIT 1)
            FROM present WHERE present.kind IS NOT NULL
        )
        SELECT late.tenant_id, present.kind FROM present CROSS JOIN LATERAL (
            SELECT t.tenant_id FROM job_kind_turns t
            WHERE t.kind = present.kind AND t.turn_at <= moment - unknown_grace ORDER BY t.turn_at LIMIT 100) late
        WHERE NOT EXISTS (
            SELECT FROM job_workers w WHERE present.kind = ANY (w.kinds) AND w.expires_at > clock_timestamp())
    LOOP
        PERFORM FROM job_tenants WHERE tenant_id = unknown.tenant_id FOR UPDATE SKIP LOCKED;
        CONTINUE WHEN NOT FOUND;
        PERFORM bury_job(unknown.tenant_id, old.job_id, NULL, 'No worker knows the kind ' || unknown.kind, moment)
        FROM generate_series(0, 2) AS class(priority) CROSS JOIN LATERAL (
            SELECT j.job_id FROM jobs j
            WHERE j.tenant_id = unknown.tenant_id AND j.state = 'queued' AND j.kind = unknown.kind
                AND j.priority = class.priority AND j.run_at <= moment - unknown_grace
            ORDER BY j.run_at LIMIT 100 FOR UPDATE SKIP LOCKED) old;
        UPDATE job_kind_turns SET turn_at = coalesce((
            SELECT min(earliest.run_at) FROM generate_series(0, 2) AS class(priority) CROSS JOIN LATERAL (
                SELECT j.run_at FROM jobs j
                WHERE j.tenant_id = unknown.tenant_id AND j.state = 'queued' AND j.kind = unknown.kind
                    AND j.priority = class.priority
                ORDER BY j.run_at LIMIT 1) earliest), 'infinity')
        WHERE tenant_id = unknown.tenant_id AND kind = unknown.kind;
    END LOOP;
END $$;

-- A worker puts back and buries what has failed between two claims: what it has to wait for, it tries again later.
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
    PERFORM pg_notify('jobs', '');
    RETURN true;
END $$;

ALTER FUNCTION bury_job(uuid, uuid, bigint, text, timestamptz) SET lock_timeout = '10ms';

DO $$
DECLARE
    own regprocedure;
BEGIN
    FOR own IN
        SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN (
            'take_job_arrivals', 'claim_jobs_of', 'claim_jobs', 'announce_queued_jobs', 'bury_unknown_jobs')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', own);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO mastil_platform', own);
    END LOOP;
END $$;
