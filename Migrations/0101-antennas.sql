-- The antennas themselves: how a company gets into them, what was read of each, and the jobs that restart their agents,
-- point them at another UISP or boot them.

-- In the order in which acts take them.
LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE antenna_accesses (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    port bigint NOT NULL CHECK (port BETWEEN 1 AND 65535),
    -- Signatures and ciphers that are broken today.
    allows_old_cryptography boolean NOT NULL,
    -- So many of one sector boot at once.
    sector_limit bigint NOT NULL CHECK (sector_limit BETWEEN 1 AND 20),
    -- Tried in this order; the passwords are sealed.
    user_1 text NOT NULL CHECK (char_length(user_1) <= 30),
    user_2 text NOT NULL CHECK (char_length(user_2) <= 30),
    user_3 text NOT NULL CHECK (char_length(user_3) <= 30),
    password_1 bytea,
    password_2 bytea,
    password_3 bytea,
    -- USER@ADDRESS:PORT of the machines on the way, the nearest first; the passwords are sealed.
    hop_1 text NOT NULL CHECK (char_length(hop_1) <= 100),
    hop_2 text NOT NULL CHECK (char_length(hop_2) <= 100),
    -- The keys that those machines showed, as OpenSSH writes them. Another one is not trusted.
    hop_key_1 text NOT NULL DEFAULT '' CHECK (char_length(hop_key_1) <= 4000),
    hop_key_2 text NOT NULL DEFAULT '' CHECK (char_length(hop_key_2) <= 4000),
    hop_password_1 bytea,
    hop_password_2 bytea,
    -- UISP's connection string, sealed, and the name of the server in it.
    connection bytea,
    server text NOT NULL CHECK (char_length(server) <= 253)
);
SELECT keep_tenants_apart('antenna_accesses', 'SELECT, INSERT, UPDATE');

CREATE TABLE antennas (
    tenant_id uuid NOT NULL REFERENCES tenants,
    antenna_id uuid NOT NULL,
    mac text NOT NULL CHECK (char_length(mac) = 17),
    name text NOT NULL CHECK (char_length(name) <= 300),
    address text NOT NULL CHECK (char_length(address) <= 50),
    model text NOT NULL DEFAULT '' CHECK (char_length(model) <= 100),
    firmware text NOT NULL DEFAULT '' CHECK (char_length(firmware) <= 100),
    ssid text NOT NULL DEFAULT '' CHECK (char_length(ssid) <= 100),
    -- The MAC address of the access point.
    sector text NOT NULL DEFAULT '' CHECK (char_length(sector) <= 17),
    signal bigint,
    ccq bigint,
    uptime bigint,
    finding text NOT NULL DEFAULT 'unknown' CHECK (finding IN (
        'unknown', 'right', 'shadowed', 'elsewhere', 'flag', 'off', 'silent')),
    server text NOT NULL DEFAULT '' CHECK (char_length(server) <= 253),
    -- As OpenSSH writes it. Another one is not trusted.
    host_key text NOT NULL DEFAULT '' CHECK (char_length(host_key) <= 4000),
    -- Which of the company's logins it took; 0: none yet.
    login bigint NOT NULL DEFAULT 0 CHECK (login BETWEEN 0 AND 3),
    -- When it refused all of them.
    refused_at timestamptz,
    trouble text NOT NULL DEFAULT '' CHECK (char_length(trouble) <= 40),
    read_at timestamptz,
    PRIMARY KEY (tenant_id, antenna_id),
    UNIQUE (tenant_id, mac)
);
CREATE INDEX antennas_by_name ON antennas (tenant_id, name COLLATE "und-x-icu", antenna_id);
CREATE INDEX antennas_by_firmware ON antennas (tenant_id, firmware, antenna_id);
SELECT keep_tenants_apart('antennas', 'SELECT, INSERT, UPDATE');

CREATE TABLE antenna_jobs (
    tenant_id uuid NOT NULL REFERENCES tenants,
    job_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    kind text NOT NULL CHECK (kind IN ('read', 'restart', 'rewrite', 'reboot')),
    scope text NOT NULL CHECK (scope IN ('missing', 'keyless', 'down', 'everything')),
    state text NOT NULL CHECK (state IN ('examining', 'examined', 'working', 'stopped', 'done')),
    author text NOT NULL CHECK (char_length(author) <= 200),
    made_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (tenant_id, job_id),
    UNIQUE (tenant_id, number)
);
SELECT keep_tenants_apart('antenna_jobs', 'SELECT, INSERT, UPDATE');

-- A line of a job for each antenna.
CREATE TABLE antenna_job_lines (
    tenant_id uuid NOT NULL REFERENCES tenants,
    job_id uuid NOT NULL,
    place bigint NOT NULL CHECK (place > 0),
    mac text NOT NULL CHECK (char_length(mac) = 17),
    address text NOT NULL CHECK (char_length(address) <= 50),
    name text NOT NULL CHECK (char_length(name) <= 300),
    service_id uuid,
    -- Why UISP does not see it, as the comparison said.
    cause text NOT NULL CHECK (char_length(cause) <= 40),
    -- UISP sees it.
    is_up boolean NOT NULL,
    sector text NOT NULL CHECK (char_length(sector) <= 100),
    state text NOT NULL CHECK (state IN ('waiting', 'planned', 'acting', 'booting', 'done', 'already', 'failed')),
    finding text NOT NULL DEFAULT 'unknown',
    word text NOT NULL DEFAULT '' CHECK (char_length(word) <= 40),
    detail text NOT NULL DEFAULT '' CHECK (char_length(detail) <= 300),
    parent_pid bigint,
    child_before bigint,
    child_after bigint,
    commands text[] NOT NULL DEFAULT '{}',
    tries bigint NOT NULL DEFAULT 0,
    tried_at timestamptz,
    ticket_id uuid,
    PRIMARY KEY (tenant_id, job_id, place),
    UNIQUE (tenant_id, job_id, mac),
    FOREIGN KEY (tenant_id, job_id) REFERENCES antenna_jobs
);
CREATE INDEX antenna_job_lines_by_state ON antenna_job_lines (tenant_id, job_id, state, place);
SELECT keep_tenants_apart('antenna_job_lines', 'SELECT, INSERT, UPDATE');
