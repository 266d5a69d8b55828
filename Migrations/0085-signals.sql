-- What devices say by themselves: SNMP traps and lines of syslog, the newest of each device.

LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE device_signals (
    tenant_id uuid NOT NULL REFERENCES tenants,
    signal_id uuid NOT NULL,
    device_id uuid NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL CHECK (kind IN (
        'cold_start', 'warm_start', 'link_down', 'link_up', 'authentication_failure', 'trap', 'syslog')),
    -- As syslog has it: 0 is an emergency, 7 is for debugging.
    severity smallint CHECK (severity BETWEEN 0 AND 7),
    text text NOT NULL CHECK (char_length(text) <= 500),
    PRIMARY KEY (tenant_id, signal_id),
    FOREIGN KEY (tenant_id, device_id) REFERENCES devices ON DELETE CASCADE
);
CREATE INDEX device_signals_of_device ON device_signals (tenant_id, device_id, signal_id DESC);
SELECT keep_tenants_apart('device_signals', 'SELECT, INSERT, DELETE');
SELECT reach_by_zone('device_signals', 'devices', 'device_id');
