-- One double-entry ledger for all money of a company with its customers. The server adds to it through the functions below
-- and in no other way: PostgreSQL refuses it every change and deletion, and a mistake is mended by a reversal.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE ledger_transactions (
    tenant_id uuid NOT NULL REFERENCES tenants,
    transaction_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
    -- The invoice or payment that it books; of a reversal, the transaction that it undoes. Booked once.
    source_id uuid NOT NULL,
    -- The business day, in the company's zone.
    day date NOT NULL,
    -- The last day to pay what it charges.
    due_on date NOT NULL,
    note text NOT NULL DEFAULT '' CHECK (char_length(note) <= 500),
    reverses uuid GENERATED ALWAYS AS (CASE WHEN kind = 'reversal' THEN source_id END) STORED,
    actor_id uuid,
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, transaction_id),
    UNIQUE (tenant_id, kind, source_id),
    FOREIGN KEY (tenant_id, reverses) REFERENCES ledger_transactions
);

-- What a customer was charged by one transaction and how much of it is open. Kept from the postings.
CREATE TABLE ledger_charges (
    tenant_id uuid NOT NULL,
    charge_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    day date NOT NULL,
    due_on date NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    open bigint NOT NULL CONSTRAINT ledger_settled_within_charge CHECK (open BETWEEN 0 AND amount),
    PRIMARY KEY (tenant_id, charge_id, customer_id, currency),
    FOREIGN KEY (tenant_id, charge_id) REFERENCES ledger_transactions
);
-- The order in which payments settle them.
CREATE INDEX ledger_charges_open ON ledger_charges (tenant_id, customer_id, currency, due_on, day, charge_id)
    WHERE open > 0;

CREATE TABLE ledger_postings (
    tenant_id uuid NOT NULL,
    transaction_id uuid NOT NULL,
    line smallint NOT NULL,
    account text NOT NULL CHECK (account IN (
        'receivable', 'credit', 'income', 'tax', 'money', 'withholding', 'fee', 'discount', 'write_off', 'opening')),
    -- Which account of that kind: the kind of income, the tax, the method of payment.
    name text NOT NULL DEFAULT '' CHECK (char_length(name) <= 60),
    customer_id uuid,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- Minor units: a debit above zero, a credit below.
    amount bigint NOT NULL
        CONSTRAINT ledger_amount_in_bounds
        CHECK (amount <> 0 AND amount BETWEEN -1000000000000 AND 1000000000000),
    -- The charge whose open amount it changes.
    settles uuid,
    -- Those of the transaction, for statements and reports.
    day date NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, transaction_id, line),
    FOREIGN KEY (tenant_id, transaction_id) REFERENCES ledger_transactions,
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, settles, customer_id, currency) REFERENCES ledger_charges,
    CHECK ((customer_id IS NOT NULL) = (account IN ('receivable', 'credit'))),
    -- A receivable is opened by a charge, and everything else about it names that charge.
    CHECK (settles IS NULL OR account = 'receivable'),
    CONSTRAINT ledger_credit_names_charge CHECK (account <> 'receivable' OR settles IS NOT NULL OR amount > 0)
);
CREATE INDEX ledger_postings_of_customer ON ledger_postings (tenant_id, customer_id, day, made_at)
    WHERE customer_id IS NOT NULL;
CREATE INDEX ledger_postings_of_house ON ledger_postings (tenant_id, account, day) WHERE customer_id IS NULL;
CREATE INDEX ledger_postings_of_charge ON ledger_postings (tenant_id, settles) WHERE settles IS NOT NULL;

-- What each customer owes, kept from the postings so that lists can be sorted by it.
CREATE TABLE customer_balances (
    tenant_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    currency text NOT NULL,
    receivable bigint NOT NULL,
    -- Below zero what was paid in advance.
    credit bigint NOT NULL,
    balance bigint NOT NULL GENERATED ALWAYS AS (receivable + credit) STORED,
    PRIMARY KEY (tenant_id, customer_id, currency),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
CREATE INDEX customer_balances_by_debt ON customer_balances (tenant_id, currency, balance, customer_id);

-- Up to which day the books are closed, and every closing and reopening there was.
CREATE TABLE ledger_books (
    tenant_id uuid NOT NULL REFERENCES tenants,
    closed_through date NOT NULL,
    PRIMARY KEY (tenant_id)
);

CREATE TABLE ledger_closings (
    tenant_id uuid NOT NULL REFERENCES tenants,
    closing_id uuid NOT NULL,
    closed_through date NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) <= 300),
    actor_id uuid,
    actor text NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, closing_id)
);

-- What each night's proof found, by currency.
CREATE TABLE ledger_proofs (
    tenant_id uuid NOT NULL REFERENCES tenants,
    proof_id uuid NOT NULL,
    currency text NOT NULL,
    transactions bigint NOT NULL,
    debits bigint NOT NULL,
    credits bigint NOT NULL,
    unbalanced bigint NOT NULL,
    wrong_balances bigint NOT NULL,
    wrong_charges bigint NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, proof_id, currency)
);

SELECT keep_tenants_apart('ledger_transactions', 'SELECT');
SELECT keep_tenants_apart('ledger_charges', 'SELECT');
SELECT keep_tenants_apart('ledger_postings', 'SELECT');
SELECT keep_tenants_apart('customer_balances', 'SELECT');
SELECT keep_tenants_apart('ledger_books', 'SELECT');
SELECT keep_tenants_apart('ledger_closings', 'SELECT');
SELECT keep_tenants_apart('ledger_proofs', 'SELECT, INSERT');
SELECT reach_by_zone('ledger_postings', 'customers', 'customer_id');
SELECT reach_by_zone('ledger_charges', 'customers', 'customer_id');
SELECT reach_by_zone('customer_balances', 'customers', 'customer_id');
SELECT reach_by_zone('ledger_transactions', 'ledger_postings', 'transaction_id');

-- Posts and closings of one company in turn: any number of posts at once, a closing alone.
CREATE FUNCTION ledger_lock(tenant uuid) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT hashtextextended('ledger ' || tenant::text, 0) $$;

-- Fails if the amounts of a transaction do not sum to zero in each currency, if its day is closed, or if it would settle
-- more than is open. A transaction whose id or source is booked already is passed over, so a restart posts nothing twice.
-- Tells how many were new. Postings name their transaction by its place among the ids.
CREATE FUNCTION add_to_ledger(
    tenant uuid, ids uuid[], kinds text[], sources uuid[], days date[], dues date[], notes text[],
    actor_id uuid, actor text, moment timestamptz,
    places integer[], accounts text[], names text[], customers uuid[], currencies text[], amounts bigint[], settled uuid[]
) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    reach text := coalesce(current_setting('app.zones', true), '');
    given integer := cardinality(ids);
    added integer;
    fresh boolean[] := array_fill(true, ARRAY[given]);
    closed date;
    named bigint;
    found_charges bigint;
    is_off boolean;
BEGIN
    PERFORM set_config('app.zones', '', true);
    PERFORM pg_advisory_xact_lock_shared(ledger_lock(tenant));
    SELECT b.closed_through INTO closed FROM ledger_books b WHERE b.tenant_id = tenant;
    IF EXISTS (SELECT FROM unnest(amounts) p(amount) WHERE p.amount NOT BETWEEN -1000000000000 AND 1000000000000) THEN
        RAISE EXCEPTION 'an amount is out of bounds'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_amount_in_bounds';
    END IF;
    IF EXISTS (
        SELECT FROM unnest(places, currencies, amounts) p(place, currency, amount)
        GROUP BY p.place, p.currency HAVING sum(p.amount) <> 0 OR p.place NOT BETWEEN 1 AND given
    ) OR (SELECT count(DISTINCT p.place) FROM unnest(places) p(place)) <> given THEN
        RAISE EXCEPTION 'a transaction does not sum to zero'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_sums_to_zero';
    END IF;

    INSERT INTO ledger_transactions AS t (
        tenant_id, transaction_id, kind, source_id, day, due_on, note, actor_id, actor, made_at)
    SELECT tenant, g.id, g.kind, g.source, g.day, g.due, g.note, add_to_ledger.actor_id, add_to_ledger.actor, moment
    FROM unnest(ids, kinds, sources, days, dues, notes) g(id, kind, source, day, due, note) ORDER BY g.id
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;

    IF added < given THEN
        SELECT array_agg(NOT EXISTS (
                SELECT FROM ledger_postings x WHERE x.tenant_id = tenant AND x.transaction_id = g.id)
            AND EXISTS (
                SELECT FROM ledger_transactions t WHERE t.tenant_id = tenant AND t.transaction_id = g.id) ORDER BY g.place)
        INTO fresh FROM unnest(ids) WITH ORDINALITY g(id, place);
        -- The same again is welcome, another under its name is not.
        IF EXISTS (
            WITH given_lines AS (
                SELECT p.place, array_agg(p.line ORDER BY p.line) AS lines FROM (
                    SELECT g.place, ROW(g.account, g.name, g.customer, g.currency, g.amount, g.settles)::text AS line
                    FROM unnest(places, accounts, names, customers, currencies, amounts, settled)
                        g(place, account, name, customer, currency, amount, settles)
                    WHERE NOT fresh[g.place]) p
                GROUP BY p.place
            ), known_lines AS (
                SELECT p.place, array_agg(p.line ORDER BY p.line) AS lines FROM (
                    SELECT g.place, ROW(x.account, x.name, x.customer_id, x.currency, x.amount, x.settles)::text AS line
                    FROM unnest(ids, kinds, sources) WITH ORDINALITY g(id, kind, source, place)
                    JOIN ledger_transactions t ON t.tenant_id = tenant
                        AND (t.transaction_id = g.id OR t.kind = g.kind AND t.source_id = g.source)
                    JOIN ledger_postings x ON x.tenant_id = tenant AND x.transaction_id = t.transaction_id
                    WHERE NOT fresh[g.place]) p
                GROUP BY p.place
            )
            SELECT FROM given_lines g LEFT JOIN known_lines k ON k.place = g.place
            WHERE g.lines IS DISTINCT FROM k.lines
        ) THEN
            RAISE EXCEPTION 'another transaction has this id or source'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_repeated_otherwise';
        END IF;
    END IF;
    IF added = 0 THEN
        PERFORM set_config('app.zones', reach, true);
        RETURN 0;
    END IF;
    IF EXISTS (SELECT FROM unnest(days, fresh) g(day, is_fresh) WHERE g.is_fresh AND g.day <= closed) THEN
        RAISE EXCEPTION 'the day is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_day_is_open';
    END IF;

    -- Before the charges, so that those who change what the same customer owes follow one another.
    WITH kept AS (
        INSERT INTO customer_balances AS b (tenant_id, customer_id, currency, receivable, credit)
        SELECT tenant, p.customer, p.currency,
            coalesce(sum(p.amount) FILTER (WHERE p.account = 'receivable'), 0),
            coalesce(sum(p.amount) FILTER (WHERE p.account = 'credit'), 0)
        FROM unnest(places, accounts, customers, currencies, amounts) p(place, account, customer, currency, amount)
        WHERE p.customer IS NOT NULL AND fresh[p.place]
        GROUP BY p.customer, p.currency ORDER BY p.customer, p.currency
        ON CONFLICT (tenant_id, customer_id, currency) DO UPDATE
        SET receivable = b.receivable + excluded.receivable, credit = b.credit + excluded.credit
        RETURNING b.receivable, b.credit
    )
    SELECT bool_or(k.receivable NOT BETWEEN 0 AND 1000000000000 OR k.credit NOT BETWEEN -1000000000000 AND 0)
    INTO is_off FROM kept k;
    IF is_off THEN
        RAISE EXCEPTION 'a balance would be out of bounds'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_balance_in_bounds';
    END IF;

    INSERT INTO ledger_charges (tenant_id, charge_id, customer_id, currency, day, due_on, amount, open)
    SELECT tenant, ids[p.place], p.customer, p.currency, days[p.place], dues[p.place],
        sum(p.amount), sum(p.amount)
    FROM unnest(places, accounts, customers, currencies, amounts, settled)
        p(place, account, customer, currency, amount, settles)
    WHERE p.account = 'receivable' AND p.settles IS NULL AND fresh[p.place]
    GROUP BY p.place, p.customer, p.currency;

    IF EXISTS (SELECT FROM unnest(settled) s(settles) WHERE s.settles IS NOT NULL) THEN
        WITH changes AS (
            SELECT p.settles, p.customer, p.currency, sum(p.amount) AS change
            FROM unnest(places, customers, currencies, amounts, settled) p(place, customer, currency, amount, settles)
            WHERE p.settles IS NOT NULL AND fresh[p.place]
            GROUP BY p.settles, p.customer, p.currency
        ), changed AS (
            UPDATE ledger_charges c SET open = c.open + g.change FROM changes g
            WHERE c.tenant_id = tenant AND c.charge_id = g.settles AND c.customer_id = g.customer
                AND c.currency = g.currency
            RETURNING 1
        )
        SELECT (SELECT count(*) FROM changes), (SELECT count(*) FROM changed) INTO named, found_charges;
        IF named <> found_charges THEN
            RAISE EXCEPTION 'what is settled is no charge of that customer'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_settles_charge';
        END IF;
    END IF;

    INSERT INTO ledger_postings (
        tenant_id, transaction_id, line, account, name, customer_id, currency, amount, settles, day, made_at)
    SELECT tenant, ids[p.place], row_number() OVER (PARTITION BY p.place ORDER BY p.step), p.account, p.name, p.customer,
        p.currency, p.amount, p.settles, days[p.place], moment
    FROM unnest(places, accounts, names, customers, currencies, amounts, settled) WITH ORDINALITY
        p(place, account, name, customer, currency, amount, settles, step)
    WHERE fresh[p.place];
    PERFORM set_config('app.zones', reach, true);
    RETURN added;
END $$;
REVOKE ALL ON FUNCTION add_to_ledger FROM PUBLIC;

-- Those limited to zones post about the customers there.
CREATE FUNCTION require_customers_in_reach(tenant uuid, customers uuid[]) RETURNS void
LANGUAGE plpgsql STABLE AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    IF zones_in_reach() IS NOT NULL AND EXISTS (
        SELECT FROM unnest(customers) g(id) WHERE g.id IS NOT NULL AND NOT EXISTS (
            SELECT FROM customers c WHERE c.tenant_id = tenant AND c.customer_id = g.id)
    ) THEN
        RAISE EXCEPTION 'a customer is out of reach' USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION post_transactions(
    tenant uuid, ids uuid[], kinds text[], sources uuid[], days date[], dues date[], notes text[],
    actor_id uuid, actor text, moment timestamptz,
    places integer[], accounts text[], names text[], customers uuid[], currencies text[], amounts bigint[], settled uuid[]
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_customers_in_reach(tenant, customers);
    IF 'reversal' = ANY (kinds) THEN
        RAISE EXCEPTION 'a reversal is made by reverse_transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN add_to_ledger(
        tenant, ids, kinds, sources, days, dues, notes, actor_id, actor, moment, places, accounts, names, customers,
        currencies, amounts, settled);
END $$;

-- Undoes a transaction by its mirror, once. What it charged must be unsettled by then. Tells whether it was new.
CREATE FUNCTION reverse_transaction(
    tenant uuid, undone uuid, id uuid, day date, note text, actor_id uuid, actor text, moment timestamptz
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    reach text := coalesce(current_setting('app.zones', true), '');
    mirror record;
BEGIN
    PERFORM require_tenant_context(tenant);
    PERFORM set_config('app.zones', '', true);
    IF EXISTS (
        SELECT FROM ledger_transactions t
        WHERE t.tenant_id = tenant AND t.transaction_id = undone AND t.kind = 'reversal'
    ) THEN
        RAISE EXCEPTION 'a reversal is not reversed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_reverses_no_reversal';
    END IF;
    IF EXISTS (
        SELECT FROM ledger_transactions t
        WHERE t.tenant_id = tenant AND t.kind = 'reversal' AND t.source_id = undone AND t.transaction_id <> id
    ) THEN
        RAISE EXCEPTION 'a transaction is reversed once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_reverses_once';
    END IF;
    -- The house's own lines are beyond a reach.
    SELECT array_agg(1 ORDER BY p.line) AS places, array_agg(p.account ORDER BY p.line) AS accounts,
        array_agg(p.name ORDER BY p.line) AS names, array_agg(p.customer_id ORDER BY p.line) AS customers,
        array_agg(p.currency ORDER BY p.line) AS currencies, array_agg(-p.amount ORDER BY p.line) AS amounts,
        array_agg(CASE WHEN p.account = 'receivable' THEN coalesce(p.settles, undone) END ORDER BY p.line) AS settled
    INTO mirror FROM ledger_postings p WHERE p.tenant_id = tenant AND p.transaction_id = undone;
    PERFORM set_config('app.zones', reach, true);
    PERFORM require_customers_in_reach(tenant, mirror.customers);
    RETURN add_to_ledger(
        tenant, ARRAY[id], ARRAY['reversal'], ARRAY[undone], ARRAY[day], ARRAY[day], ARRAY[note],
        actor_id, actor, moment, mirror.places, mirror.accounts, mirror.names, mirror.customers, mirror.currencies,
        mirror.amounts, mirror.settled) > 0;
END $$;

-- Settles what these customers owe with what they have in favour, the oldest charge first: for each a transaction of the
-- given id and source, where there is something to settle. Tells how many there were.
CREATE FUNCTION settle_oldest(
    tenant uuid, customers uuid[], ids uuid[], sources uuid[], coin text, day date,
    actor_id uuid, actor text, moment timestamptz
) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    settling record;
BEGIN
    PERFORM require_customers_in_reach(tenant, customers);
    PERFORM FROM customer_balances b
    WHERE b.tenant_id = tenant AND b.customer_id = ANY (customers) AND b.currency = coin
    ORDER BY b.customer_id FOR UPDATE;
    WITH new_sources AS (
        -- A customer's first one takes all that can be settled.
        SELECT DISTINCT ON (g.customer) g.customer, g.id, g.source, -b.credit AS credit
        FROM unnest(customers, ids, sources) WITH ORDINALITY g(customer, id, source, step)
        JOIN customer_balances b ON b.tenant_id = tenant AND b.customer_id = g.customer AND b.currency = coin
        WHERE b.credit < 0 AND b.receivable > 0 AND NOT EXISTS (
            SELECT FROM ledger_transactions t
            WHERE t.tenant_id = tenant AND t.kind = 'settlement' AND t.source_id = g.source)
        ORDER BY g.customer, g.step
    ), able AS (
        SELECT n.customer, n.id, n.source, n.credit, row_number() OVER (ORDER BY n.customer) AS place FROM new_sources n
    ), parts AS (
        SELECT a.place, a.customer, c.charge_id, least(c.open, a.credit - (
            sum(c.open) OVER (PARTITION BY a.place ORDER BY c.due_on, c.day, c.charge_id) - c.open)) AS part
        FROM able a
        JOIN ledger_charges c ON c.tenant_id = tenant AND c.customer_id = a.customer AND c.currency = coin AND c.open > 0
    ), lines AS (
        SELECT place, customer, 'credit' AS account, sum(part)::bigint AS amount, NULL::uuid AS settles
        FROM parts WHERE part > 0 GROUP BY place, customer
        UNION ALL
        SELECT place, customer, 'receivable', -part::bigint, charge_id FROM parts WHERE part > 0
    ), heads AS (
        SELECT array_agg(a.id ORDER BY a.place) AS ids, array_agg(a.source ORDER BY a.place) AS sources,
            count(*)::integer AS count FROM able a
    )
    SELECT h.ids, h.sources, h.count, array_agg(l.place::integer) AS places, array_agg(l.account) AS accounts,
        array_agg(l.customer) AS customers, array_agg(l.amount) AS amounts, array_agg(l.settles) AS settled
    INTO settling FROM heads h CROSS JOIN lines l GROUP BY h.ids, h.sources, h.count;
    IF settling IS NULL OR settling.count IS NULL THEN
        RETURN 0;
    END IF;
    RETURN add_to_ledger(
        tenant, settling.ids, array_fill('settlement'::text, ARRAY[settling.count]), settling.sources,
        array_fill(day, ARRAY[settling.count]), array_fill(day, ARRAY[settling.count]),
        array_fill(''::text, ARRAY[settling.count]), actor_id, actor, moment, settling.places, settling.accounts,
        array_fill(''::text, ARRAY[cardinality(settling.places)]), settling.customers,
        array_fill(coin, ARRAY[cardinality(settling.places)]), settling.amounts, settling.settled);
END $$;

-- Nobody else changes what the customer owes before the transaction ends.
CREATE FUNCTION hold_customer_balance(tenant uuid, customer uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_customers_in_reach(tenant, ARRAY[customer]);
    PERFORM FROM customer_balances b WHERE b.tenant_id = tenant AND b.customer_id = customer
    ORDER BY b.currency FOR UPDATE;
    RETURN true;
END $$;

-- Closes the books through a day, or opens them again after it, which needs a reason. Tells through which day they were
-- closed before.
CREATE FUNCTION close_ledger(
    tenant uuid, closing uuid, through date, reason text, actor_id uuid, actor text, moment timestamptz
) RETURNS date
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    former date;
BEGIN
    PERFORM require_tenant_context(tenant);
    PERFORM pg_advisory_xact_lock(ledger_lock(tenant));
    SELECT b.closed_through INTO former FROM ledger_books b WHERE b.tenant_id = tenant;
    IF former = through THEN
        RETURN former;
    END IF;
    IF through < former AND reason = '' THEN
        RAISE EXCEPTION 'opening closed books needs a reason'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_opens_with_reason';
    END IF;
    INSERT INTO ledger_closings (tenant_id, closing_id, closed_through, reason, actor_id, actor, made_at)
    VALUES (tenant, closing, through, reason, close_ledger.actor_id, close_ledger.actor, moment);
    INSERT INTO ledger_books (tenant_id, closed_through) VALUES (tenant, through)
    ON CONFLICT (tenant_id) DO UPDATE SET closed_through = excluded.closed_through;
    RETURN former;
END $$;

REVOKE ALL ON FUNCTION post_transactions, reverse_transaction, settle_oldest, hold_customer_balance, close_ledger,
    require_customers_in_reach FROM PUBLIC;
GRANT EXECUTE ON FUNCTION post_transactions, reverse_transaction, settle_oldest, hold_customer_balance, close_ledger
    TO mastil_app;

-- Of a night, beside what every company has from its first day.
INSERT INTO job_schedules (
    tenant_id, name, expression, zone, catch_up, kind, payload, unique_key, lane, priority, max_attempts, next_at)
SELECT tenant_id, 'ledger.prove', '50 4 * * *', zone, catch_up, 'ledger.prove', payload, unique_key, lane,
    priority, max_attempts, next_at + interval '25 minutes'
FROM job_schedules WHERE name = 'customers.recount'
ON CONFLICT DO NOTHING;
