-- What customers pay, from being written down to being applied, rejected or reversed. What a payment did to the customer's
-- account stands in the ledger; here stands who brought it, how, and who decided.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

-- Ways to pay that a company changed; where there are none, those of its country hold.
CREATE TABLE payment_methods (
    tenant_id uuid NOT NULL REFERENCES tenants,
    method text NOT NULL CHECK (method ~ '^[a-z0-9_]{1,30}$'),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    kind text NOT NULL CHECK (kind IN ('cash', 'transfer', 'deposit', 'wallet', 'card', 'other')),
    -- Without a reference such a payment cannot be found in a bank's statement.
    needs_reference boolean NOT NULL,
    is_active boolean NOT NULL,
    place integer NOT NULL,
    PRIMARY KEY (tenant_id, method)
);
SELECT keep_tenants_apart('payment_methods', 'SELECT, INSERT, UPDATE');

-- Up to which amount a role's payments by a method need nobody's approval.
CREATE TABLE payment_policies (
    tenant_id uuid NOT NULL REFERENCES tenants,
    method text NOT NULL,
    role_id uuid NOT NULL,
    most bigint NOT NULL CHECK (most BETWEEN 0 AND 1000000000000),
    PRIMARY KEY (tenant_id, method, role_id),
    FOREIGN KEY (tenant_id, role_id) REFERENCES roles ON DELETE CASCADE
);
SELECT keep_tenants_apart('payment_policies', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE payments (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- Made by whoever sends it, so that sending it again makes nothing new.
    payment_id uuid NOT NULL,
    -- In the order in which the server was told of them, for programs that read them all.
    entry bigint NOT NULL CHECK (entry > 0),
    -- The receipt's number. Each device without signal counts in a series of its own, the server in the one without name.
    series text NOT NULL CHECK (series ~ '^[A-Z0-9-]{0,20}$'),
    number bigint NOT NULL CHECK (number > 0),
    customer_id uuid NOT NULL,
    method text NOT NULL,
    -- As it was called then.
    method_name text NOT NULL,
    amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    day date NOT NULL,
    -- Capital letters and digits only, as it is compared; empty where there is none.
    reference text NOT NULL CHECK (reference ~ '^[A-Z0-9]{0,60}$'),
    note text NOT NULL CHECK (char_length(note) <= 300),
    -- Charges that were chosen, in their order; the others follow, the oldest first.
    chosen uuid[] NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'applied', 'rejected', 'reversed')),
    -- Why it waits, while it does.
    held_for text NOT NULL CHECK (held_for IN ('', 'approval', 'duplicate')),
    actor_id uuid,
    actor text NOT NULL,
    made_at timestamptz NOT NULL,
    -- Who applied, rejected or reversed it last, and why.
    decider_id uuid,
    decider text NOT NULL DEFAULT '',
    decided_at timestamptz,
    reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 300),
    PRIMARY KEY (tenant_id, payment_id),
    UNIQUE (tenant_id, entry),
    UNIQUE (tenant_id, series, number),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    CHECK ((state = 'pending') = (held_for <> '')),
    CHECK ((state = 'pending') = (decided_at IS NULL))
);
-- The same transfer is entered once, whoever brings it.
CREATE UNIQUE INDEX payments_by_reference ON payments (tenant_id, method, reference)
    WHERE reference <> '' AND state IN ('pending', 'applied');
-- As a list is searched: by the reference or the number alone, by the day.
CREATE INDEX payments_with_reference ON payments (tenant_id, reference) WHERE reference <> '';
CREATE INDEX payments_with_number ON payments (tenant_id, number);
CREATE INDEX payments_of_day ON payments (tenant_id, day);
CREATE INDEX payments_by_time ON payments (tenant_id, made_at, payment_id);
CREATE INDEX payments_of_state ON payments (tenant_id, state, made_at, payment_id);
CREATE INDEX payments_of_customer ON payments (tenant_id, customer_id, made_at, payment_id);
SELECT keep_tenants_apart('payments', 'SELECT, INSERT');
SELECT reach_by_zone('payments', 'customers', 'customer_id');
-- What was paid stays; only what was decided about it changes.
GRANT UPDATE (state, held_for, decider_id, decider, decided_at, reason) ON payments TO mastil_app;

-- Payments that name the same reference, also of customers beyond the reach of who asks: money is not entered twice because
-- its first entry is somebody else's. Their receipts' numbers and states, no more.
CREATE FUNCTION payments_named(tenant uuid, way text, named text)
RETURNS TABLE (series text, number bigint, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    reach text := coalesce(current_setting('app.zones', true), '');
BEGIN
    PERFORM require_tenant_context(tenant);
    PERFORM set_config('app.zones', '', true);
    RETURN QUERY SELECT p.series, p.number, p.state FROM payments p
        WHERE p.tenant_id = tenant AND p.reference = named AND p.reference <> '' AND p.method = way
        ORDER BY p.entry LIMIT 20;
    PERFORM set_config('app.zones', reach, true);
END $$;
REVOKE ALL ON FUNCTION payments_named FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payments_named TO mastil_app;

-- What all customers owe together, or have in favour: summed in a tenth of a second for 200,000 of them, which compiling
-- the sum would make a whole one.
CREATE FUNCTION customers_balance(tenant uuid, coin text, owing boolean, OUT people bigint, OUT sum bigint)
LANGUAGE sql STABLE SET jit = off AS $$
    SELECT count(*), least(greatest(coalesce(sum(b.balance), 0), -9223372036854775807), 9223372036854775807)::bigint
    FROM customer_balances b
    WHERE b.tenant_id = tenant AND b.currency = coin AND (owing AND b.balance > 0 OR NOT owing AND b.balance < 0)
$$;
REVOKE ALL ON FUNCTION customers_balance FROM PUBLIC;
GRANT EXECUTE ON FUNCTION customers_balance TO mastil_app;
