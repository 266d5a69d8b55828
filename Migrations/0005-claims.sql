-- A claim visits tenants in the order of their turns, and a visit costs more than the jobs it takes. When several places
-- are free because jobs have ended, these were quick, and each visit now takes up to four: with twenty tenants waiting a
-- claimed job costs less than half. A worker that begins, or whose jobs are slow, still takes one of each tenant.

CREATE OR REPLACE FUNCTION claim_jobs(
    by_worker uuid, moment timestamptz, known_kinds text[], kind_limits integer[], tenant_limit integer, share integer,
    saturated uuid[], ended_tenants uuid[], wanted integer, unknown_grace interval
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
    PERFORM take_job_arrivals(moment, ended_tenants);
    SELECT count(*) INTO waiting FROM (
        SELECT FROM job_tenants WHERE turn_at <= moment AND tenant_id <> ALL (saturated)
        ORDER BY turn_at, serving LIMIT wanted) first_in_turn
    WHERE EXISTS (SELECT FROM job_workers WHERE worker_id = by_worker AND expires_at > clock_timestamp());
    IF waiting = 0 THEN
        RETURN;
    END IF;
    quantum := (wanted + waiting - 1) / waiting;
    IF cardinality(ended_tenants) > 0 THEN
        quantum := greatest(quantum, 4);
    END IF;
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
