-- What polls measured: samples in a partition for each day, kept for three days, and their sums over five minutes, an
-- hour and a day, which charts are drawn from.

LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE;

-- A measured thing of a device, and of one of its interfaces where it has several.
CREATE TABLE sample_series (
    tenant_id uuid NOT NULL REFERENCES tenants,
    series_id bigint NOT NULL,
    device_id uuid NOT NULL,
    metric text NOT NULL CHECK (char_length(metric) BETWEEN 1 AND 20),
    interface text NOT NULL CHECK (char_length(interface) <= 64),
    PRIMARY KEY (tenant_id, series_id),
    UNIQUE (tenant_id, device_id, metric, interface),
    FOREIGN KEY (tenant_id, device_id) REFERENCES devices ON DELETE CASCADE
);
SELECT keep_tenants_apart('sample_series', 'SELECT, INSERT, DELETE');
SELECT reach_by_zone('sample_series', 'devices', 'device_id');

-- Of a device that is deleted they stay until their day is dropped: nothing names their series any more.
CREATE TABLE samples (
    tenant_id uuid NOT NULL,
    series_id bigint NOT NULL,
    at timestamptz NOT NULL,
    value bigint NOT NULL,
    PRIMARY KEY (tenant_id, series_id, at)
) PARTITION BY RANGE (at);
CREATE INDEX samples_by_time ON samples USING brin (at) WITH (pages_per_range = 16);
SELECT keep_tenants_apart('samples', 'SELECT, INSERT');
SELECT reach_by_zone('samples', 'sample_series', 'series_id');

CREATE TABLE sample_rollups (
    tenant_id uuid NOT NULL REFERENCES tenants,
    series_id bigint NOT NULL,
    -- In minutes.
    span smallint NOT NULL CHECK (span IN (5, 60, 1440)),
    at timestamptz NOT NULL,
    count integer NOT NULL CHECK (count > 0),
    sum bigint NOT NULL,
    least bigint NOT NULL,
    most bigint NOT NULL,
    PRIMARY KEY (tenant_id, series_id, span, at),
    FOREIGN KEY (tenant_id, series_id) REFERENCES sample_series ON DELETE CASCADE
);
CREATE INDEX sample_rollups_by_age ON sample_rollups (tenant_id, span, at);
SELECT keep_tenants_apart('sample_rollups', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('sample_rollups', 'sample_series', 'series_id');

-- Until when a company's samples are summed up.
CREATE TABLE sample_progress (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    rolled_until timestamptz NOT NULL
);
SELECT keep_tenants_apart('sample_progress', 'SELECT, INSERT, UPDATE');

-- Makes the partitions of a moment's day and of the next, and drops those older than three days before both the moment
-- and the server's own clock.
CREATE FUNCTION keep_sample_days(moment timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    today date := moment::date;
    one date;
    place text;
    dropped integer := 0;
BEGIN
    FOR ahead IN 0..1 LOOP
        one := today + ahead;
        place := 'samples_' || to_char(one, 'YYYYMMDD');
        CONTINUE WHEN to_regclass(place) IS NOT NULL;
        PERFORM pg_advisory_xact_lock(hashtextextended('samples', 0));
        CONTINUE WHEN to_regclass(place) IS NOT NULL;
        EXECUTE format('CREATE TABLE %I (LIKE samples INCLUDING DEFAULTS)', place);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', place);
        EXECUTE format(
            'ALTER TABLE samples ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', place, one, one + 1);
    END LOOP;
    FOR place IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'samples'::regclass
            AND c.relname < 'samples_' || to_char(least(today, clock_timestamp()::date) - 3, 'YYYYMMDD')
    LOOP
        EXECUTE format('DROP TABLE %I', place);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
END $$;
REVOKE ALL ON FUNCTION keep_sample_days(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_sample_days(timestamptz) TO mastil_app;
