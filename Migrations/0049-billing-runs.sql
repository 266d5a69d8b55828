-- Runs of invoices that a person or a program asked for: they wait in the queue, say how far they are, and show what they
-- would issue before they do.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE billing_runs (
    tenant_id uuid NOT NULL REFERENCES tenants,
    run_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    -- By which what is due is invoiced.
    day date NOT NULL,
    state text NOT NULL CHECK (state IN ('preparing', 'prepared', 'queued', 'done')),
    -- What it would issue, or issued so far.
    invoices bigint NOT NULL DEFAULT 0,
    credit_notes bigint NOT NULL DEFAULT 0,
    customers bigint NOT NULL DEFAULT 0,
    total bigint NOT NULL DEFAULT 0,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- Numbers of the services that cannot be charged as they are.
    faults bigint[] NOT NULL DEFAULT '{}',
    actor_kind text NOT NULL,
    actor_id uuid,
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    ended_at timestamptz CHECK ((ended_at IS NOT NULL) = (state = 'done')),
    PRIMARY KEY (tenant_id, run_id),
    UNIQUE (tenant_id, number)
);
CREATE UNIQUE INDEX billing_runs_queued ON billing_runs (tenant_id) WHERE state = 'queued';
SELECT keep_tenants_apart('billing_runs', 'SELECT, INSERT, UPDATE');

-- What a run would charge a customer. Kept until the next one is prepared.
CREATE TABLE billing_previews (
    tenant_id uuid NOT NULL,
    run_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    -- As they were then: what the list is sorted by.
    number bigint NOT NULL,
    name text NOT NULL,
    invoices integer NOT NULL,
    credit_notes integer NOT NULL,
    amount bigint NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    has_faults boolean NOT NULL,
    PRIMARY KEY (tenant_id, run_id, customer_id),
    FOREIGN KEY (tenant_id, run_id) REFERENCES billing_runs,
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
CREATE INDEX billing_previews_by_number ON billing_previews (tenant_id, run_id, number);
CREATE INDEX billing_previews_by_amount ON billing_previews (tenant_id, run_id, amount, customer_id);
SELECT keep_tenants_apart('billing_previews', 'SELECT, INSERT, DELETE');
SELECT reach_by_zone('billing_previews', 'customers', 'customer_id');
