-- What each company owes the platform for its plan: bills, payments and what undoes them, in double entry and never
-- changed. The rows are the company's, so that its owner reads them as everything else of it; the console goes from
-- company to company.

-- Each row moves an amount from one account to another, so the books balance whatever is in them. What undoes another is
-- its mirror to the cent, and there is one at most: the keys see to it.
CREATE TABLE platform_postings (
    tenant_id uuid NOT NULL REFERENCES tenants CHECK (tenant_id <> '00000000-0000-0000-0000-000000000001'),
    posting_id uuid NOT NULL,
    kind text NOT NULL,
    debit text NOT NULL,
    credit text NOT NULL,
    amount bigint NOT NULL CHECK (amount > 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    day date NOT NULL,
    reverses uuid,
    -- How a payment came.
    method text CHECK ((method IS NOT NULL) = (kind = 'payment')),
    -- Of a payment its reference, of what undoes another the reason.
    note text NOT NULL DEFAULT '',
    -- The form that a payment was typed into: sent twice, it pays once.
    form_id uuid,
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, posting_id),
    UNIQUE (tenant_id, reverses),
    UNIQUE (tenant_id, form_id),
    UNIQUE (tenant_id, posting_id, debit, credit, amount, currency),
    FOREIGN KEY (tenant_id, reverses, credit, debit, amount, currency)
        REFERENCES platform_postings (tenant_id, posting_id, debit, credit, amount, currency),
    CHECK ((kind, debit, credit) IN (
        ('bill', 'receivable', 'income'), ('annulment', 'income', 'receivable'), ('payment', 'cash', 'receivable'),
        ('reversal', 'receivable', 'cash'))),
    CHECK ((reverses IS NOT NULL) = (kind IN ('annulment', 'reversal'))),
    CHECK (reverses IS NULL OR note <> '')
);

-- What a posting of that kind bills. A period is billed once, also when its bill was annulled.
CREATE TABLE platform_bills (
    tenant_id uuid NOT NULL REFERENCES tenants,
    bill_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    plan text NOT NULL,
    cycle text NOT NULL CHECK (cycle IN ('monthly', 'yearly')),
    period_from date NOT NULL,
    period_to date NOT NULL CHECK (period_to >= period_from),
    -- The day of the month on which periods begin, in months that have it.
    anchor_day integer NOT NULL CHECK (anchor_day BETWEEN 1 AND 31),
    due_on date NOT NULL,
    PRIMARY KEY (tenant_id, bill_id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, period_from),
    FOREIGN KEY (tenant_id, bill_id) REFERENCES platform_postings
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['platform_postings', 'platform_bills'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO mastil_app', tenant_table);
    END LOOP;
END $$;

-- The last number of a bill, of whichever company: who bills holds this row until the commit.
SELECT set_config('app.tenant_id', '00000000-0000-0000-0000-000000000001', true);
INSERT INTO counters (tenant_id, name, last) VALUES ('00000000-0000-0000-0000-000000000001', 'platform_bill', 0);

-- By then the day has begun everywhere in the Americas.
INSERT INTO job_schedules (
    tenant_id, name, expression, zone, catch_up, kind, payload, unique_key, lane, priority, max_attempts, next_at)
VALUES ('00000000-0000-0000-0000-000000000001', 'platform.raise-bills', '30 8 * * *', 'UTC', 'once',
    'platform.raise-bills', '{}', 'all', NULL, 1, 20,
    (date_trunc('day', now() AT TIME ZONE 'UTC') + interval '1 day 8 hours 30 minutes') AT TIME ZONE 'UTC');

-- What several companies owe, each read in its own context, in a transaction of the platform's own tenant: billed and
-- paid leave out what was undone, due is what was to be paid before the company's day, collected what came since a day.
CREATE FUNCTION platform_accounts(companies uuid[], days date[], since date)
RETURNS TABLE (company uuid, coin text, billed bigint, due bigint, paid bigint, collected bigint)
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM require_tenant_context('00000000-0000-0000-0000-000000000001');
    FOR i IN 1..cardinality(companies) LOOP
        PERFORM set_config('app.tenant_id', companies[i]::text, true);
        RETURN QUERY
            SELECT companies[i], p.currency,
                coalesce(sum(p.amount) FILTER (WHERE p.kind = 'bill'), 0)::bigint,
                coalesce(sum(p.amount) FILTER (WHERE b.due_on < days[i]), 0)::bigint,
                coalesce(sum(p.amount) FILTER (WHERE p.kind = 'payment'), 0)::bigint,
                coalesce(sum(p.amount) FILTER (WHERE p.kind = 'payment' AND p.day >= since), 0)::bigint
            FROM platform_postings p
            LEFT JOIN platform_postings u ON u.tenant_id = p.tenant_id AND u.reverses = p.posting_id
            LEFT JOIN platform_bills b ON b.tenant_id = p.tenant_id AND b.bill_id = p.posting_id
            WHERE p.tenant_id = companies[i] AND p.reverses IS NULL AND u.posting_id IS NULL
            GROUP BY p.currency;
    END LOOP;
    PERFORM set_config('app.tenant_id', '00000000-0000-0000-0000-000000000001', true);
END $$;

-- What is agreed with a company at this moment, for whoever bills it: nobody changes it before their commit.
CREATE FUNCTION locked_tenant(tenant uuid) RETURNS SETOF tenants
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    RETURN QUERY SELECT * FROM tenants t WHERE t.tenant_id = tenant FOR SHARE;
END $$;
REVOKE ALL ON FUNCTION locked_tenant FROM PUBLIC;
GRANT EXECUTE ON FUNCTION locked_tenant TO mastil_app;
