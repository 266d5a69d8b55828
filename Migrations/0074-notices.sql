-- What a company tells its customers by whichever of its channels reaches them: one row for each notice with the channel
-- and the state that it has reached, and one for each channel that was tried.
-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE notices (
    tenant_id uuid NOT NULL REFERENCES tenants,
    notice_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    customer_id uuid NOT NULL,
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 60),
    -- What it is about; with its kind and the customer who was first told, it is sent once.
    about uuid NOT NULL,
    first_customer uuid NOT NULL,
    subject text NOT NULL CHECK (char_length(subject) <= 200),
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 4000),
    -- The values of a template's places, by name.
    blank_names text[] NOT NULL,
    blank_values text[] NOT NULL,
    -- A path of the portal, or empty.
    link text NOT NULL CHECK (char_length(link) <= 200),
    state text NOT NULL CHECK (state IN ('waiting', 'sent', 'delivered', 'read', 'failed', 'withdrawn')),
    -- The channel that has it, or had it last.
    channel text CHECK (char_length(channel) <= 40),
    failure text CHECK (char_length(failure) <= 40),
    made_at timestamptz NOT NULL,
    -- It waits until then, as in quiet hours.
    waits_until timestamptz,
    sent_at timestamptz,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, notice_id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, kind, about, first_customer),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    CHECK (cardinality(blank_names) = cardinality(blank_values)),
    CHECK (state <> 'failed' OR failure IS NOT NULL)
);
CREATE INDEX notices_of_customer ON notices (tenant_id, customer_id, number DESC);
CREATE INDEX notices_about ON notices (tenant_id, about);
SELECT keep_tenants_apart('notices', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('notices', 'customers', 'customer_id');

CREATE TABLE notice_attempts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    notice_id uuid NOT NULL,
    position integer NOT NULL CHECK (position BETWEEN 1 AND 100),
    channel text NOT NULL CHECK (char_length(channel) <= 40),
    -- The message or letter that carries it; null where the channel did not take it.
    carried_by uuid,
    -- Unknown: it was handed over and the answer never came.
    state text NOT NULL CHECK (state IN ('waiting', 'sent', 'delivered', 'read', 'failed', 'unknown', 'withdrawn')),
    failure text CHECK (char_length(failure) <= 40),
    detail text NOT NULL DEFAULT '' CHECK (char_length(detail) <= 300),
    made_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, notice_id, position),
    FOREIGN KEY (tenant_id, notice_id) REFERENCES notices
);
CREATE UNIQUE INDEX notice_attempts_of_message ON notice_attempts (tenant_id, carried_by) WHERE carried_by IS NOT NULL;
SELECT keep_tenants_apart('notice_attempts', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('notice_attempts', 'notices', 'notice_id');

CREATE TABLE notice_orders (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- A kind of notice; empty for all without an order of their own.
    kind text NOT NULL CHECK (char_length(kind) <= 60),
    channels text[] NOT NULL CHECK (cardinality(channels) BETWEEN 1 AND 10),
    PRIMARY KEY (tenant_id, kind)
);
SELECT keep_tenants_apart('notice_orders', 'SELECT, INSERT, UPDATE, DELETE');
