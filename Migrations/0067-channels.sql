-- A company's numbers and bots at channels, what they told us and nobody has read yet, and when the company's own messages
-- are not sent.
-- In the order in which acts take them.
LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE channel_accounts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    account_id uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('whatsapp', 'telegram')),
    is_on boolean NOT NULL,
    token bytea NOT NULL,
    token_end text NOT NULL CHECK (char_length(token_end) <= 4),
    secret bytea NOT NULL,
    -- What the provider shows when it makes sure of our address.
    verification text NOT NULL CHECK (char_length(verification) <= 60),
    -- The number's identifier at the provider; empty where the token says it.
    number text NOT NULL CHECK (number ~ '^[0-9]{0,40}$'),
    -- The end of the address that the provider tells; nobody guesses it.
    hook text NOT NULL CHECK (char_length(hook) BETWEEN 30 AND 60),
    -- As the provider knows it.
    name text NOT NULL CHECK (char_length(name) <= 200),
    handle text NOT NULL CHECK (char_length(handle) <= 100),
    examined_at timestamptz NOT NULL,
    noticed_at timestamptz,
    -- The last notice that was not signed as it should be.
    forged_at timestamptz,
    -- Since the provider refused the account nothing is sent, until somebody has looked.
    stopped_at timestamptz,
    stopped_by text CHECK (char_length(stopped_by) <= 40),
    -- In the provider's words.
    stopped_detail text NOT NULL DEFAULT '' CHECK (char_length(stopped_detail) <= 300),
    -- The next message goes out no earlier: one after the other at the provider's pace, and later where it asked for that.
    next_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, account_id),
    UNIQUE (tenant_id, hook),
    CHECK ((stopped_at IS NULL) = (stopped_by IS NULL))
);
CREATE UNIQUE INDEX channel_accounts_of_number ON channel_accounts (tenant_id, channel, number) WHERE number <> '';
SELECT keep_tenants_apart('channel_accounts', 'SELECT, INSERT, UPDATE');

CREATE TABLE channel_notices (
    tenant_id uuid NOT NULL REFERENCES tenants,
    notice_id uuid NOT NULL,
    account_id uuid NOT NULL,
    body bytea NOT NULL CHECK (octet_length(body) <= 3145728),
    received_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, notice_id),
    FOREIGN KEY (tenant_id, account_id) REFERENCES channel_accounts
);
CREATE INDEX channel_notices_by_time ON channel_notices (tenant_id, received_at);
SELECT keep_tenants_apart('channel_notices', 'SELECT, INSERT, DELETE');

CREATE TABLE channel_settings (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- Hours of the company's day between which nothing goes out that nobody asked for; the same twice is never.
    quiet_from integer NOT NULL CHECK (quiet_from BETWEEN 0 AND 23),
    quiet_until integer NOT NULL CHECK (quiet_until BETWEEN 0 AND 23),
    PRIMARY KEY (tenant_id)
);
SELECT keep_tenants_apart('channel_settings', 'SELECT, INSERT, UPDATE');
