-- Automatic collection: by which policy customers are reminded and cut, what was done by it and why, and what stops it.
-- Amounts are minor units of their currency. A company without a policy of its own collects nothing.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

-- Whether the receipt of a payment was false, as the person said who rejected or reversed it.
ALTER TABLE payments ADD COLUMN is_false boolean NOT NULL DEFAULT FALSE;
GRANT UPDATE (is_false) ON payments TO mastil_app;

-- What is owed on top once a debt is paid after a cut: announced at the cut, charged when the cut is lifted.
CREATE TABLE standing_fees (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- Also of its transaction in the ledger.
    fee_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    announced_on date NOT NULL,
    made_at timestamptz NOT NULL,
    ended_as text CHECK (ended_as IN ('charged', 'waived')),
    ended_at timestamptz CHECK ((ended_at IS NULL) = (ended_as IS NULL)),
    PRIMARY KEY (tenant_id, fee_id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
CREATE UNIQUE INDEX standing_fees_in_force ON standing_fees (tenant_id, customer_id) WHERE ended_at IS NULL;
SELECT keep_tenants_apart('standing_fees', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('standing_fees', 'customers', 'customer_id');

-- Each change of a policy is a new version, so that every decision names the one it was taken by. Those of a plan or a
-- customer hold in place of the company's until they are withdrawn.
CREATE TABLE collection_policies (
    tenant_id uuid NOT NULL REFERENCES tenants,
    version bigint NOT NULL CHECK (version > 0),
    scope text NOT NULL CHECK (scope IN ('company', 'plan', 'customer')),
    subject_id uuid CHECK ((subject_id IS NULL) = (scope = 'company')),
    rules jsonb NOT NULL CHECK (pg_column_size(rules) <= 16384),
    is_withdrawn boolean NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, version)
);
CREATE INDEX collection_policies_of ON collection_policies (tenant_id, scope, subject_id, version);
SELECT keep_tenants_apart('collection_policies', 'SELECT, INSERT');

-- Each time that collection ran: by its calendar once a day, or because a person asked.
CREATE TABLE collection_runs (
    tenant_id uuid NOT NULL REFERENCES tenants,
    run_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    day date NOT NULL,
    -- The only stage that it does; empty for all.
    stage text NOT NULL CHECK (stage IN ('', 'notice', 'reminder', 'warning', 'cut')),
    is_scheduled boolean NOT NULL,
    -- It waits where the fuse stopped it, until a person lets it go on or calls it off.
    state text NOT NULL CHECK (state IN ('running', 'waiting', 'confirmed', 'called_off', 'done')),
    -- What the fuse measured: the services that it would cut, those in service, and how many are cut without asking.
    to_cut integer NOT NULL DEFAULT 0,
    in_service integer NOT NULL DEFAULT 0,
    most integer NOT NULL DEFAULT 0,
    cut_count integer NOT NULL DEFAULT 0,
    messages integer NOT NULL DEFAULT 0,
    without_channel integer NOT NULL DEFAULT 0,
    author_id uuid,
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    stopped_at timestamptz,
    decider_id uuid,
    decider text NOT NULL DEFAULT '',
    decided_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, run_id),
    UNIQUE (tenant_id, number)
);
CREATE UNIQUE INDEX collection_runs_of_day ON collection_runs (tenant_id, day) WHERE is_scheduled;
SELECT keep_tenants_apart('collection_runs', 'SELECT, INSERT, UPDATE');

-- What was done by the policy: every message, cut and late fee, with the decision it came of. A step happens once for
-- its customer or service and period; a cut once more where it was lifted for a payment that was undone.
CREATE TABLE collection_steps (
    tenant_id uuid NOT NULL REFERENCES tenants,
    step_id uuid NOT NULL,
    run_id uuid,
    customer_id uuid NOT NULL,
    -- Of a cut; messages and late fees are the customer's.
    service_id uuid,
    stage text NOT NULL CHECK (
        stage IN ('notice', 'reminder', 'warning', 'cut', 'late_fee', 'fraud', 'missing', 'reconnected')),
    -- The month, or the due day that the stages count from.
    period date NOT NULL,
    turn integer NOT NULL CHECK (turn > 0),
    day date NOT NULL,
    policy_version bigint NOT NULL,
    owed bigint NOT NULL,
    fee bigint NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- 'collapsed' is a message that a later one stood for, 'no_channel' one that could reach nobody.
    outcome text NOT NULL CHECK (outcome IN ('sent', 'no_channel', 'collapsed', 'done')),
    recipient text NOT NULL,
    subject text NOT NULL,
    message text NOT NULL,
    decision jsonb NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    -- Why a cut was lifted, where collection lifted it.
    ended_as text CHECK (ended_as IN ('paid', 'promise', 'annulled')),
    ended_at timestamptz CHECK ((ended_at IS NULL) = (ended_as IS NULL)),
    PRIMARY KEY (tenant_id, step_id),
    CONSTRAINT collection_steps_once
        UNIQUE NULLS NOT DISTINCT (tenant_id, customer_id, service_id, stage, period, turn),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, run_id) REFERENCES collection_runs
);
CREATE INDEX collection_steps_of_customer ON collection_steps (tenant_id, customer_id, made_at);
CREATE INDEX collection_steps_of_run ON collection_steps (tenant_id, run_id, stage) WHERE run_id IS NOT NULL;
CREATE INDEX collection_steps_by_time ON collection_steps (tenant_id, made_at, step_id);
SELECT keep_tenants_apart('collection_steps', 'SELECT, INSERT');
GRANT UPDATE (ended_as, ended_at) ON collection_steps TO mastil_app;
SELECT reach_by_zone('collection_steps', 'customers', 'customer_id');

CREATE TABLE payment_promises (
    tenant_id uuid NOT NULL REFERENCES tenants,
    promise_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    customer_id uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- What was owed then, of which the amount is to be paid.
    owed bigint NOT NULL CHECK (owed >= 0),
    -- The day it was made on, and the last one to keep it.
    day date NOT NULL,
    until date NOT NULL CHECK (until >= day),
    note text NOT NULL CHECK (char_length(note) <= 300),
    state text NOT NULL CHECK (state IN ('open', 'kept', 'broken', 'cancelled')),
    by_subscriber boolean NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    ended_at timestamptz CHECK ((ended_at IS NULL) = (state = 'open')),
    PRIMARY KEY (tenant_id, promise_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
CREATE UNIQUE INDEX payment_promises_open ON payment_promises (tenant_id, customer_id) WHERE state = 'open';
CREATE INDEX payment_promises_of_customer ON payment_promises (tenant_id, customer_id, made_at);
CREATE INDEX payment_promises_of_state ON payment_promises (tenant_id, state, until);
SELECT keep_tenants_apart('payment_promises', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('payment_promises', 'customers', 'customer_id');

-- While one holds, the customer is neither reminded nor cut. A person gives days of grace; other rooms hold what an
-- outage or a ticket is the reason for, and name it.
CREATE TABLE collection_holds (
    tenant_id uuid NOT NULL REFERENCES tenants,
    hold_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    -- Only this service of theirs; null for all.
    service_id uuid,
    source text NOT NULL CHECK (source ~ '^[a-z_]{1,40}$'),
    source_id uuid,
    reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 300),
    from_day date NOT NULL,
    -- The last day of it; null until it is ended.
    to_day date CHECK (to_day >= from_day),
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by text CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
    PRIMARY KEY (tenant_id, hold_id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
CREATE INDEX collection_holds_of_customer ON collection_holds (tenant_id, customer_id, from_day);
CREATE UNIQUE INDEX collection_holds_of_source ON collection_holds (tenant_id, customer_id, source, source_id)
    WHERE source_id IS NOT NULL AND ended_at IS NULL;
SELECT keep_tenants_apart('collection_holds', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('collection_holds', 'customers', 'customer_id');

-- False receipts of a customer, until they are annulled or too old to count.
CREATE TABLE collection_strikes (
    tenant_id uuid NOT NULL REFERENCES tenants,
    strike_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) <= 300),
    day date NOT NULL,
    -- The first day on which it no longer counts.
    expires_on date,
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    annulled_at timestamptz,
    annulled_by text CHECK ((annulled_by IS NULL) = (annulled_at IS NULL)),
    annulled_for text NOT NULL DEFAULT '' CHECK (char_length(annulled_for) <= 300),
    PRIMARY KEY (tenant_id, strike_id),
    UNIQUE (tenant_id, payment_id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payments
);
CREATE INDEX collection_strikes_of_customer ON collection_strikes (tenant_id, customer_id, made_at);
SELECT keep_tenants_apart('collection_strikes', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('collection_strikes', 'customers', 'customer_id');

-- While one is not lifted, no company of the installation reminds or cuts anybody by itself.
CREATE TABLE collection_stops (
    stop_id uuid PRIMARY KEY,
    reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 300),
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    lifted_at timestamptz,
    lifted_by text CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
);
CREATE UNIQUE INDEX collection_stops_in_force ON collection_stops ((lifted_at IS NULL)) WHERE lifted_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON collection_stops TO mastil_platform;

-- Why nothing is collected at this moment; null while it is.
CREATE FUNCTION collection_stop_at(moment timestamptz) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT s.reason FROM collection_stops s
    WHERE s.made_at <= moment AND (s.lifted_at IS NULL OR s.lifted_at > moment) ORDER BY s.made_at DESC LIMIT 1
$$;
REVOKE ALL ON FUNCTION collection_stop_at FROM PUBLIC;
GRANT EXECUTE ON FUNCTION collection_stop_at TO mastil_app, mastil_platform;

-- Each hour, by the company's clock.
INSERT INTO job_schedules (
    tenant_id, name, expression, zone, catch_up, kind, payload, unique_key, lane, priority, max_attempts, next_at)
SELECT tenant_id, 'collection.today', '0 * * * *', zone, catch_up, 'collection.today', payload, unique_key, lane,
    priority, max_attempts, next_at + interval '35 minutes'
FROM job_schedules WHERE name = 'customers.recount'
ON CONFLICT DO NOTHING;
