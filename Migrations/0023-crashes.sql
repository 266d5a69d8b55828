-- What ended a process is kept, so that a route or a job that does it again and again is set aside until somebody has
-- looked. A worker that is killed from outside says little about its jobs: that no longer counts as one of their attempts.

CREATE TABLE crashes (
    crash_id uuid PRIMARY KEY,
    crashed_at timestamptz NOT NULL,
    process text NOT NULL,
    signal integer NOT NULL,
    build text NOT NULL,
    -- Of what ran: a route's method and pattern, or a job's kind. NULL where it is not known.
    name text,
    is_job boolean NOT NULL,
    company uuid,
    job_id uuid,
    -- How many others were lost with it.
    in_flight integer NOT NULL,
    -- Functions of the program, the innermost first.
    backtrace text[] NOT NULL
);
CREATE INDEX crashes_in_time ON crashes (crashed_at DESC);
CREATE INDEX crashes_of_job ON crashes (job_id) WHERE job_id IS NOT NULL;
GRANT SELECT, INSERT, DELETE ON crashes TO mastil_platform;

-- Routes that are refused. Without a company, for everybody. These are the platform's rows, in no company's export.
CREATE TABLE closed_routes (
    route text NOT NULL,
    company uuid,
    closed_at timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (route, company)
);
GRANT SELECT, INSERT, DELETE ON closed_routes TO mastil_platform;

-- Workers that ended while the job ran, and at which attempt: another attempt begins the count anew.
ALTER TABLE jobs ADD COLUMN deaths integer NOT NULL DEFAULT 0, ADD COLUMN death_attempt integer NOT NULL DEFAULT 0;

-- Takes the jobs from workers whose lease has run out, and tells how many. One that its worker is committing at this
-- moment is locked and left alone. The attempt is not counted; after ten deaths in a row the job is given up.
CREATE OR REPLACE FUNCTION rescue_jobs(moment timestamptz) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    lost jobs;
    so_far integer;
    rescued integer := 0;
BEGIN
    FOR lost IN
        SELECT j.* FROM jobs j WHERE j.state = 'running' AND NOT EXISTS (
            SELECT FROM job_workers w WHERE w.worker_id = j.worker_id AND w.expires_at > clock_timestamp())
        LIMIT 200 FOR UPDATE OF j SKIP LOCKED
    LOOP
        so_far := CASE WHEN lost.death_attempt = lost.attempts THEN lost.deaths ELSE 0 END + 1;
        BEGIN
            IF so_far >= 10 THEN
                PERFORM bury_job(
                    lost.tenant_id, lost.job_id, lost.token, 'Its worker was lost ten times while it ran', moment);
            ELSE
                UPDATE jobs SET deaths = so_far, death_attempt = attempts
                WHERE tenant_id = lost.tenant_id AND job_id = lost.job_id;
                PERFORM retry_job(
                    lost.tenant_id, lost.job_id, lost.token, moment, 'Its worker was lost while it ran', true);
            END IF;
            rescued := rescued + 1;
        EXCEPTION WHEN lock_not_available THEN
            CONTINUE;
        END;
    END LOOP;
    DELETE FROM job_workers WHERE expires_at <= clock_timestamp();
    RETURN rescued;
END $$;

-- Stores a crash, once, and sets aside what has done it too often: a route of a tenant after three in a minute, a route
-- of all after three tenants in a minute, a job after two.
CREATE FUNCTION store_crash(
    new_id uuid, moment timestamptz, of_process text, by_signal integer, of_build text, of_name text, of_job boolean,
    tenant uuid, job uuid, its_token bigint, others integer, functions text[]
) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    of_tenant integer;
    tenants_hit integer;
BEGIN
    INSERT INTO crashes (crash_id, crashed_at, process, signal, build, name, is_job, company, job_id, in_flight, backtrace)
    VALUES (new_id, moment, of_process, by_signal, of_build, of_name, of_job, tenant, job, others, functions)
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    DELETE FROM crashes WHERE crashed_at < moment - interval '90 days';
    IF of_name IS NULL OR tenant IS NULL THEN
        RETURN true;
    END IF;
    IF of_job THEN
        IF (SELECT count(*) FROM crashes WHERE job_id = job AND company = tenant) >= 2 THEN
            PERFORM bury_job(tenant, job, its_token, 'It ended the program twice', moment);
        ELSE
            PERFORM retry_job(tenant, job, its_token, moment, 'It ended the program', false);
        END IF;
        RETURN true;
    END IF;
    SELECT count(*) FILTER (WHERE c.company = tenant), count(DISTINCT c.company) INTO of_tenant, tenants_hit
    FROM crashes c WHERE c.crashed_at BETWEEN moment - interval '1 minute' AND moment AND NOT c.is_job AND c.name = of_name;
    INSERT INTO closed_routes (route, company, closed_at)
    SELECT of_name, closing.company, moment
    FROM (VALUES (tenant, of_tenant), (NULL, tenants_hit)) AS closing (company, hits) WHERE closing.hits >= 3
    ON CONFLICT DO NOTHING;
    IF FOUND THEN
        PERFORM pg_notify('closed_routes', '');
    END IF;
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION store_crash FROM PUBLIC;
GRANT EXECUTE ON FUNCTION store_crash TO mastil_platform;
