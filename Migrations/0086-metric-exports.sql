-- Where a company's measurements go as well: an address that takes InfluxDB's line protocol, such as InfluxDB itself or
-- VictoriaMetrics.

LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE metric_targets (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    is_on boolean NOT NULL,
    address text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 300),
    -- Sealed; nothing where the address takes whoever writes.
    token bytea,
    token_end text NOT NULL CHECK (char_length(token_end) <= 4),
    -- What was measured until then is sent.
    sent_until timestamptz NOT NULL,
    failure text CHECK (char_length(failure) BETWEEN 1 AND 300),
    failed_at timestamptz CHECK ((failed_at IS NULL) = (failure IS NULL))
);
SELECT keep_tenants_apart('metric_targets', 'SELECT, INSERT, UPDATE');
