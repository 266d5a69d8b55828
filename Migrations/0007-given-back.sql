-- A job given back by a worker that leaves, or that never learnt it had it, keeps its place among the others of its
-- tenant. It used to go behind them.

CREATE OR REPLACE FUNCTION retry_job(
    tenant uuid, job uuid, its_token bigint, moment timestamptz, failure text, is_free boolean
) RETURNS boolean
LANGUAGE plpgsql SET lock_timeout = '1s' AS $$
DECLARE
    its_lane text;
BEGIN
    BEGIN
        UPDATE jobs SET state = 'queued', run_at = CASE WHEN is_free THEN least(run_at, moment) ELSE moment END,
            worker_id = NULL, token = NULL, last_failure = failure, attempts = attempts - is_free::integer
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
