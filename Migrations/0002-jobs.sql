-- The queue: a job waits here from the commit of the business transaction that asked for it until a worker has done
-- it. These are platform tables, outside row-level security and worked by mastil_platform; a tenant's transaction
-- reaches them only through the functions at the end, which act for no tenant but its own.

-- Fencing tokens: whoever claims later holds a higher one. And the order in which tenants were served.
CREATE SEQUENCE job_tokens;
CREATE SEQUENCE job_turns;

-- A queued job waits for run_at, a parked one for its lane; a finished one has no row. priority 0 comes first.
CREATE TABLE jobs (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    job_id uuid NOT NULL,
    kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 100),
    payload jsonb NOT NULL CONSTRAINT jobs_payload_is_small CHECK (pg_column_size(payload) <= 8192),
    unique_key text CHECK (length(unique_key) <= 200),
    lane text CHECK (length(lane) <= 200),
    priority integer NOT NULL CHECK (priority BETWEEN 0 AND 2),
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'parked', 'running')),
    due_at timestamptz NOT NULL,
    run_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    max_attempts integer NOT NULL CHECK (max_attempts > 0),
    last_failure text,
    worker_id uuid,
    token bigint,
    PRIMARY KEY (tenant_id, job_id),
    CHECK ((state = 'running') = (worker_id IS NOT NULL) AND (state = 'running') = (token IS NOT NULL))
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX jobs_queued ON jobs (tenant_id, kind, priority, run_at) WHERE state = 'queued';
CREATE INDEX jobs_parked ON jobs (tenant_id, lane, priority, run_at) WHERE state = 'parked';
CREATE INDEX jobs_running ON jobs (tenant_id, worker_id) WHERE state = 'running';
CREATE UNIQUE INDEX jobs_one_running_a_lane ON jobs (tenant_id, lane) WHERE state = 'running' AND lane IS NOT NULL;
CREATE UNIQUE INDEX jobs_one_pending_a_key ON jobs (tenant_id, kind, unique_key)
    WHERE state <> 'running' AND unique_key IS NOT NULL;

-- What failed for good, until a person queues it again or discards it.
CREATE TABLE dead_jobs (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    job_id uuid NOT NULL,
    kind text NOT NULL,
    payload jsonb NOT NULL,
    unique_key text,
    lane text,
    priority integer NOT NULL,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL,
    max_attempts integer NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    died_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, job_id)
);
CREATE INDEX dead_jobs_by_time ON dead_jobs (died_at, job_id);

-- Whose turn it is. A tenant has its turn when its earliest job is due, but after those not served for longer.
-- turn_at is infinite for the idle; blocked are those whose due jobs wait for one of theirs to end.
CREATE TABLE job_tenants (
    tenant_id uuid PRIMARY KEY,
    turn_at timestamptz NOT NULL,
    blocked boolean NOT NULL,
    served_at timestamptz NOT NULL DEFAULT '-infinity',
    serving bigint NOT NULL DEFAULT 0
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
CREATE INDEX job_tenants_by_turn ON job_tenants (turn_at, serving);

-- What job_tenants is to be told: that a job came, or that a lane is free. Only ever added to by business
-- transactions, so that none of them holds up another of its tenant or the workers.
CREATE TABLE job_arrivals (
    arrival_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant_id uuid NOT NULL,
    lane text,
    run_at timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- The leases: one for all jobs of a worker, by the database's own clock.
CREATE TABLE job_workers (
    worker_id uuid PRIMARY KEY,
    kinds text[] NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE TABLE job_schedules (
    tenant_id uuid NOT NULL REFERENCES tenants ON DELETE CASCADE,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    expression text NOT NULL,
    zone text NOT NULL,
    catch_up text NOT NULL CHECK (catch_up IN ('once', 'skip')),
    kind text NOT NULL CHECK (length(kind) BETWEEN 1 AND 100),
    payload jsonb NOT NULL CHECK (pg_column_size(payload) <= 8192),
    unique_key text CHECK (length(unique_key) <= 200),
    lane text CHECK (length(lane) <= 200),
    priority integer NOT NULL CHECK (priority BETWEEN 0 AND 2),
    max_attempts integer NOT NULL CHECK (max_attempts > 0),
    next_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, name)
);
CREATE INDEX job_schedules_by_time ON job_schedules (next_at);

GRANT SELECT, INSERT, UPDATE, DELETE
    ON jobs, dead_jobs, job_tenants, job_arrivals, job_workers, job_schedules TO mastil_platform;
GRANT USAGE ON SEQUENCE job_tokens, job_turns TO mastil_platform;

-- Queues jobs of one kind. One that waits already under the same key stays as it is, or becomes earlier or more urgent;
-- its row is locked even so, and no worker starts it before this transaction has committed what it is to look at.
CREATE FUNCTION add_jobs(
    tenant uuid, job_kind text, ids uuid[], payloads jsonb[], keys text[], lanes text[], priorities integer[],
    moment timestamptz, most_attempts integer
) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
    INSERT INTO job_arrivals (tenant_id, run_at) VALUES (tenant, moment);
    PERFORM pg_notify('jobs', '');
END $$;

-- Takes in the arrivals, and gives blocked tenants of which a job ended their turn. Every tenant's row that is touched
-- is locked, in order, until the end of the transaction: nobody parks a job while its lane is being freed.
CREATE FUNCTION take_job_arrivals(moment timestamptz, ended_tenants uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    tenants uuid[];
    lanes text[];
    moments timestamptz[];
    freed_tenants uuid[];
    freed_lanes text[];
BEGIN
    WITH seen AS (
        SELECT arrival_id FROM job_arrivals ORDER BY arrival_id LIMIT 1000 FOR UPDATE SKIP LOCKED
    ), taken AS (
        DELETE FROM job_arrivals a USING seen WHERE a.arrival_id = seen.arrival_id RETURNING a.tenant_id, a.lane, a.run_at
    )
    SELECT array_agg(tenant_id), array_agg(lane), array_agg(run_at) INTO tenants, lanes, moments FROM taken;
    IF tenants IS NULL AND cardinality(ended_tenants) = 0 THEN
        RETURN;
    END IF;
    INSERT INTO job_tenants AS t (tenant_id, turn_at, blocked)
    SELECT a.tenant_id, min(a.run_at), bool_and(a.only_ended)
    FROM (
        SELECT tenant_id, run_at, false AS only_ended FROM unnest(tenants, moments) AS arrived(tenant_id, run_at)
        UNION ALL
        SELECT tenant_id, moment, true FROM unnest(ended_tenants) AS ended(tenant_id)
    ) a
    GROUP BY a.tenant_id ORDER BY a.tenant_id
    ON CONFLICT (tenant_id) DO UPDATE
    SET turn_at = greatest(excluded.turn_at, least(t.served_at, moment))
    WHERE (t.blocked OR NOT excluded.blocked)
        AND t.turn_at > greatest(excluded.turn_at, least(t.served_at, moment));

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
        WHERE j.tenant_id = locked.tenant_id AND j.job_id = locked.job_id RETURNING j.job_id
    )
    SELECT array_agg(next.tenant_id), array_agg(next.lane) INTO freed_tenants, freed_lanes
    FROM next WHERE next.job_id NOT IN (SELECT job_id FROM freed);
    INSERT INTO job_arrivals (tenant_id, lane, run_at)
    SELECT later.tenant_id, later.lane, moment + interval '1 second'
    FROM unnest(freed_tenants, freed_lanes) AS later(tenant_id, lane);
END $$;

-- Claims up to so many of a tenant's due jobs, one a lane, within the limits of the tenant and of its kinds, and parks
-- those whose lane is taken: each is then passed over once, not at every claim. Then the tenant's next turn is known.
-- Its row in job_tenants is locked by the caller, so nobody else claims or parks for it.
CREATE FUNCTION claim_jobs_of(
    tenant uuid, by_worker uuid, moment timestamptz, known_kinds text[], kind_limits integer[], tenant_limit integer,
    share integer, wanted integer, unknown_grace interval
) RETURNS SETOF jobs
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    room integer;
    places integer;
    busy_lanes text[];
    present_kinds text[];
    claimed_ids uuid[];
    parked_count integer;
    has_progress boolean := false;
    depth integer;
    next_at timestamptz;
BEGIN
    SELECT tenant_limit - count(*), share - count(*) FILTER (WHERE worker_id = by_worker),
        coalesce(array_agg(lane) FILTER (WHERE lane IS NOT NULL), '{}')
    INTO places, room, busy_lanes
    FROM jobs WHERE tenant_id = tenant AND state = 'running';
    -- Another worker may have room for this tenant: its turn stays.
    IF room <= 0 AND places > 0 THEN
        RETURN;
    END IF;
    room := least(room, places, wanted);

    WITH RECURSIVE present AS (
        (SELECT j.kind FROM jobs j WHERE j.tenant_id = tenant AND j.state = 'queued' ORDER BY j.kind LIMIT 1)
        UNION ALL
        SELECT (
            SELECT j.kind FROM jobs j WHERE j.tenant_id = tenant AND j.state = 'queued' AND j.kind > present.kind
            ORDER BY j.kind LIMIT 1)
        FROM present WHERE present.kind IS NOT NULL
    )
    SELECT array_agg(present.kind) INTO present_kinds FROM present WHERE present.kind IS NOT NULL;

    depth := 2 * room;
    WHILE room > 0 AND claimed_ids IS NULL AND depth <= 4096 LOOP
        WITH open AS MATERIALIZED (
            SELECT known.kind, known.most - (
                SELECT count(*) FROM jobs r WHERE r.tenant_id = tenant AND r.state = 'running' AND r.kind = known.kind
            ) AS room
            FROM unnest(known_kinds, kind_limits) AS known(kind, most) WHERE known.kind = ANY (present_kinds)
        ), candidates AS (
            SELECT due.job_id, due.kind, due.lane, due.priority, due.run_at, open.room AS kind_room
            FROM open CROSS JOIN generate_series(0, 2) AS class(priority) CROSS JOIN LATERAL (
                SELECT j.job_id, j.kind, j.lane, j.priority, j.run_at FROM jobs j
                WHERE j.tenant_id = tenant AND j.state = 'queued' AND j.kind = open.kind
                    AND j.priority = class.priority AND j.run_at <= moment
                ORDER BY j.run_at LIMIT depth) due
            WHERE open.room > 0
        ), judged AS (
            SELECT *, lane IS NOT NULL AND (lane = ANY (busy_lanes) OR row_number() OVER (
                PARTITION BY lane ORDER BY priority, run_at, job_id) > 1) AS waits
            FROM candidates
        ), placed AS (
            SELECT *, row_number() OVER (PARTITION BY kind ORDER BY priority, run_at, job_id) AS place
            FROM judged WHERE NOT waits
        ), chosen AS (
            SELECT job_id FROM placed WHERE place <= kind_room ORDER BY priority, run_at, job_id LIMIT room
        ), locked AS (
            SELECT held.job_id FROM chosen CROSS JOIN LATERAL (
                SELECT j.job_id FROM jobs j WHERE j.tenant_id = tenant AND j.job_id = chosen.job_id
                FOR UPDATE SKIP LOCKED) held
        ), claimed AS (
            UPDATE jobs j SET state = 'running', worker_id = by_worker, token = nextval('job_tokens'),
                attempts = j.attempts + 1
            FROM locked WHERE j.tenant_id = tenant AND j.job_id = locked.job_id RETURNING j.job_id, j.lane
        ), late AS (
            SELECT held.job_id FROM judged CROSS JOIN LATERAL (
                SELECT j.job_id FROM jobs j WHERE j.tenant_id = tenant AND j.job_id = judged.job_id
                FOR UPDATE SKIP LOCKED) held
            WHERE judged.waits AND (judged.lane = ANY (busy_lanes) OR judged.lane IN (SELECT lane FROM claimed))
        ), parked AS (
            UPDATE jobs j SET state = 'parked' FROM late WHERE j.tenant_id = tenant AND j.job_id = late.job_id
            RETURNING j.job_id
        )
        SELECT array_agg(job_id), (SELECT count(*) FROM parked) INTO claimed_ids, parked_count FROM claimed;
        has_progress := has_progress OR claimed_ids IS NOT NULL OR parked_count > 0;
        EXIT WHEN parked_count = 0;
        depth := depth * 8;
    END LOOP;

    SELECT min(head.run_at) INTO next_at
    FROM unnest(present_kinds) AS present(kind) CROSS JOIN generate_series(0, 2) AS class(priority) CROSS JOIN LATERAL (
        SELECT j.run_at FROM jobs j
        WHERE j.tenant_id = tenant AND j.state = 'queued' AND j.kind = present.kind AND j.priority = class.priority
        ORDER BY j.run_at LIMIT 1) head;
    -- What is due and could not be had is tried again in a second, unless a job that ends gives it a turn before.
    UPDATE job_tenants SET served_at = moment, serving = nextval('job_turns'),
        blocked = coalesce(next_at <= moment, false) AND NOT has_progress,
        turn_at = CASE
            WHEN next_at IS NULL THEN 'infinity'
            WHEN next_at > moment THEN next_at
            WHEN has_progress THEN moment
            ELSE moment + interval '1 second' END
    WHERE tenant_id = tenant;
    IF next_at <= moment AND NOT has_progress THEN
        PERFORM bury_unknown_jobs(tenant, present_kinds, moment, unknown_grace);
    END IF;
    RETURN QUERY SELECT j.* FROM jobs j WHERE j.tenant_id = tenant AND j.job_id = ANY (claimed_ids);
END $$;

-- Claims jobs for a worker whose lease holds, from as many tenants as wait, in the order of their turns.
-- Whatever the statistics say of tables that grow and shrink by the minute, only walks along the indexes are quick here.
CREATE FUNCTION claim_jobs(
    by_worker uuid, moment timestamptz, known_kinds text[], kind_limits integer[], tenant_limit integer, share integer,
    saturated uuid[], ended_tenants uuid[], wanted integer, unknown_grace interval
) RETURNS SETOF jobs
LANGUAGE plpgsql SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    waiting integer;
    quantum integer;
    of_tenant uuid;
    taken integer;
BEGIN
    PERFORM take_job_arrivals(moment, ended_tenants);
    IF wanted <= 0 OR NOT EXISTS (
        SELECT FROM job_workers WHERE worker_id = by_worker AND expires_at > clock_timestamp())
    THEN
        RETURN;
    END IF;
    SELECT count(*) INTO waiting FROM (
        SELECT FROM job_tenants WHERE turn_at <= moment AND tenant_id <> ALL (saturated)
        ORDER BY turn_at, serving LIMIT wanted) first_in_turn;
    quantum := ceil(wanted::numeric / greatest(waiting, 1));
    FOR visit IN 1..64 LOOP
        SELECT tenant_id INTO of_tenant FROM job_tenants
        WHERE turn_at <= moment AND tenant_id <> ALL (saturated)
        ORDER BY turn_at, serving LIMIT 1 FOR UPDATE SKIP LOCKED;
        EXIT WHEN NOT FOUND;
        RETURN QUERY SELECT * FROM claim_jobs_of(
            of_tenant, by_worker, moment, known_kinds, kind_limits, tenant_limit, share, least(quantum, wanted),
            unknown_grace);
        GET DIAGNOSTICS taken = ROW_COUNT;
        IF taken = 0 THEN
            saturated := saturated || of_tenant;
        END IF;
        wanted := wanted - taken;
        EXIT WHEN wanted <= 0;
    END LOOP;
END $$;

-- Takes out the jobs that were done by those who hold them, and tells which those were.
CREATE FUNCTION finish_jobs(tenants uuid[], ids uuid[], tokens bigint[]) RETURNS SETOF bigint
LANGUAGE plpgsql SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan SET jit = off SET enable_seqscan = off SET enable_bitmapscan = off
SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    RETURN QUERY
    WITH done AS (
        DELETE FROM jobs j USING unnest(tenants, ids, tokens) AS d(tenant_id, job_id, token)
        WHERE j.tenant_id = d.tenant_id AND j.job_id = d.job_id AND j.token = d.token
        RETURNING j.tenant_id, d.token, j.lane
    ), freed AS (
        INSERT INTO job_arrivals (tenant_id, lane, run_at)
        SELECT done.tenant_id, done.lane, '-infinity' FROM done WHERE done.lane IS NOT NULL
    )
    SELECT token FROM done;
END $$;

-- Puts a job back that its holder could not do, to be tried at run_at; a free one does not count as an attempt. When
-- the same was asked for again meanwhile, the job that waits already is enough. Tells whether the caller held the job.
CREATE FUNCTION retry_job(
    tenant uuid, job uuid, its_token bigint, moment timestamptz, failure text, is_free boolean
) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp SET lock_timeout = '1s' AS $$
DECLARE
    its_lane text;
BEGIN
    BEGIN
        UPDATE jobs SET state = 'queued', run_at = moment, worker_id = NULL, token = NULL, last_failure = failure,
            attempts = attempts - is_free::integer
        WHERE tenant_id = tenant AND job_id = job AND token = its_token RETURNING lane INTO its_lane;
    EXCEPTION WHEN unique_violation THEN
        DELETE FROM jobs WHERE tenant_id = tenant AND job_id = job AND token = its_token RETURNING lane INTO its_lane;
    END;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO job_arrivals (tenant_id, lane, run_at) VALUES (tenant, NULL, moment);
    IF its_lane IS NOT NULL THEN
        INSERT INTO job_arrivals (tenant_id, lane, run_at) VALUES (tenant, its_lane, '-infinity');
    END IF;
    PERFORM pg_notify('jobs', '');
    RETURN true;
END $$;

-- Ends a job for good. Without a token it is one that nobody holds.
CREATE FUNCTION bury_job(tenant uuid, job uuid, its_token bigint, why text, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    dead jobs;
BEGIN
    DELETE FROM jobs WHERE tenant_id = tenant AND job_id = job AND token IS NOT DISTINCT FROM its_token
    RETURNING * INTO dead;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO dead_jobs (
        tenant_id, job_id, kind, payload, unique_key, lane, priority, due_at, attempts, max_attempts, reason, died_at)
    VALUES (
        tenant, job, dead.kind, dead.payload, dead.unique_key, dead.lane, dead.priority, dead.due_at, dead.attempts,
        dead.max_attempts, why, moment);
    IF dead.lane IS NOT NULL AND its_token IS NOT NULL THEN
        INSERT INTO job_arrivals (tenant_id, lane, run_at) VALUES (tenant, dead.lane, '-infinity');
    END IF;
    RETURN true;
END $$;

-- Kinds that no worker alive knows, when they have waited long enough for one to come: an old program is still running
-- while a new one queues the first of a new kind.
CREATE FUNCTION bury_unknown_jobs(tenant uuid, present_kinds text[], moment timestamptz, unknown_grace interval)
RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM bury_job(tenant, old.job_id, NULL, 'No worker knows the kind ' || old.kind, moment)
    FROM unnest(present_kinds) AS present(kind) CROSS JOIN generate_series(0, 2) AS class(priority) CROSS JOIN LATERAL (
        SELECT j.job_id, j.kind FROM jobs j
        WHERE j.tenant_id = tenant AND j.state = 'queued' AND j.kind = present.kind AND j.priority = class.priority
            AND j.run_at <= moment - unknown_grace
        ORDER BY j.run_at LIMIT 100 FOR UPDATE SKIP LOCKED) old
    WHERE NOT EXISTS (
        SELECT FROM job_workers w WHERE present.kind = ANY (w.kinds) AND w.expires_at > clock_timestamp());
END $$;

-- Takes the jobs from workers whose lease has run out, and tells how many. One that its worker is committing at this
-- moment is locked and left alone. From the second attempt on it waits: it may be what brought the worker down.
CREATE FUNCTION rescue_jobs(moment timestamptz) RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    lost jobs;
    rescued integer := 0;
BEGIN
    FOR lost IN
        SELECT j.* FROM jobs j WHERE j.state = 'running' AND NOT EXISTS (
            SELECT FROM job_workers w WHERE w.worker_id = j.worker_id AND w.expires_at > clock_timestamp())
        LIMIT 200 FOR UPDATE OF j SKIP LOCKED
    LOOP
        BEGIN
            IF lost.attempts >= lost.max_attempts THEN
                PERFORM bury_job(
                    lost.tenant_id, lost.job_id, lost.token,
                    format('Its worker was lost while it ran (attempt %s of %s)', lost.attempts, lost.max_attempts),
                    moment);
            ELSE
                PERFORM retry_job(
                    lost.tenant_id, lost.job_id, lost.token,
                    moment + CASE WHEN lost.attempts < 2 THEN interval '0' ELSE
                        least(power(2, least(lost.attempts, 10)), 300) * interval '1 second' END,
                    'Its worker was lost while it ran', false);
            END IF;
            rescued := rescued + 1;
        EXCEPTION WHEN lock_not_available THEN
            CONTINUE;
        END;
    END LOOP;
    DELETE FROM job_workers WHERE expires_at <= clock_timestamp();
    RETURN rescued;
END $$;

-- Queues the occurrences of schedules and moves those on, unless another worker has done so: each expects the schedule
-- as it was read. An occurrence that is NULL is skipped.
CREATE FUNCTION fire_job_schedules(
    tenants uuid[], names text[], expected timestamptz[], following timestamptz[], occurrences timestamptz[]
) RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    one record;
    schedule job_schedules;
    fired integer := 0;
BEGIN
    FOR one IN
        SELECT * FROM unnest(tenants, names, expected, following, occurrences)
            AS s(tenant_id, name, expected, following, occurrence)
        ORDER BY tenant_id, name
    LOOP
        UPDATE job_schedules s SET next_at = one.following
        WHERE s.tenant_id = one.tenant_id AND s.name = one.name AND s.next_at = one.expected
        RETURNING * INTO schedule;
        IF FOUND AND one.occurrence IS NOT NULL THEN
            PERFORM add_jobs(
                schedule.tenant_id, schedule.kind, ARRAY[gen_random_uuid()], ARRAY[schedule.payload],
                ARRAY[schedule.unique_key], ARRAY[schedule.lane], ARRAY[schedule.priority], one.occurrence,
                schedule.max_attempts);
            fired := fired + 1;
        END IF;
    END LOOP;
    RETURN fired;
END $$;

-- Queues a dead job again, with all its attempts before it.
CREATE FUNCTION requeue_dead_job(tenant uuid, job uuid, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    dead dead_jobs;
BEGIN
    DELETE FROM dead_jobs WHERE tenant_id = tenant AND job_id = job RETURNING * INTO dead;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM add_jobs(
        tenant, dead.kind, ARRAY[job], ARRAY[dead.payload], ARRAY[dead.unique_key], ARRAY[dead.lane],
        ARRAY[dead.priority], moment, dead.max_attempts);
    RETURN true;
END $$;

-- The doors for the tenants' role, which may touch none of the tables above.
CREATE FUNCTION require_tenant_context(tenant uuid) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
    IF tenant IS DISTINCT FROM NULLIF(current_setting('app.tenant_id', true), '')::uuid THEN
        RAISE EXCEPTION 'this transaction is not of that tenant' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION queue_jobs(
    tenant uuid, job_kind text, ids uuid[], payloads jsonb[], keys text[], lanes text[], priorities integer[],
    moment timestamptz, most_attempts integer
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    PERFORM add_jobs(tenant, job_kind, ids, payloads, keys, lanes, priorities, moment, most_attempts);
    RETURN cardinality(ids);
END $$;

-- Run first in each transaction of a job: it ends the transaction when the job was taken from its worker meanwhile, and
-- keeps it from being taken before the transaction is over.
CREATE FUNCTION hold_job(tenant uuid, job uuid, its_token bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    PERFORM FROM jobs WHERE tenant_id = tenant AND job_id = job AND token = its_token FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the job is no longer held' USING ERRCODE = 'MA409';
    END IF;
    RETURN true;
END $$;

-- Ends a job together with the work it did in this transaction.
CREATE FUNCTION complete_job(tenant uuid, job uuid, its_token bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    its_lane text;
BEGIN
    PERFORM require_tenant_context(tenant);
    DELETE FROM jobs WHERE tenant_id = tenant AND job_id = job AND token = its_token RETURNING lane INTO its_lane;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the job is no longer held' USING ERRCODE = 'MA409';
    END IF;
    IF its_lane IS NOT NULL THEN
        INSERT INTO job_arrivals (tenant_id, lane, run_at) VALUES (tenant, its_lane, '-infinity');
    END IF;
    RETURN true;
END $$;

-- Putting the same schedule again leaves its next occurrence as it is.
CREATE FUNCTION put_job_schedule(
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
        PERFORM pg_notify('jobs', '');
    END IF;
    RETURN true;
END $$;

CREATE FUNCTION remove_job_schedule(tenant uuid, schedule_name text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    DELETE FROM job_schedules WHERE tenant_id = tenant AND name = schedule_name;
    RETURN FOUND;
END $$;

DO $$
DECLARE
    own regprocedure;
BEGIN
    FOR own IN
        SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN (
            'add_jobs', 'take_job_arrivals', 'claim_jobs_of', 'claim_jobs', 'finish_jobs', 'retry_job', 'bury_job',
            'bury_unknown_jobs', 'rescue_jobs', 'fire_job_schedules', 'requeue_dead_job')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', own);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO mastil_platform', own);
    END LOOP;
    FOR own IN
        SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN (
            'queue_jobs', 'hold_job', 'complete_job', 'put_job_schedule', 'remove_job_schedule')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', own);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO mastil_app', own);
    END LOOP;
END $$;
