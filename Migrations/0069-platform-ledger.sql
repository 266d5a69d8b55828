-- What companies owe the platform is booked in the one ledger, in the platform's own tenant: there each company is a
-- customer, whose id is the company's. Bills and payments stay rows of the company and have the ids of their transactions.

-- Nothing else is locked: whoever works at a company waits for none of this.
LOCK TABLE platform_postings IN SHARE ROW EXCLUSIVE MODE;

DO $$
DECLARE
    platform CONSTANT uuid := '00000000-0000-0000-0000-000000000001';
    company record;
    found platform_postings[];
    bills jsonb;
    posting platform_postings;
    undoing platform_postings;
    debit text;
    credit text;
    next_number bigint;
    coin text;
BEGIN
    FOR company IN SELECT tenant_id, name FROM tenants WHERE tenant_id <> platform ORDER BY made_at, tenant_id LOOP
        PERFORM set_config('app.tenant_id', company.tenant_id::text, true);
        -- Amounts from before they had a bound fit no book; they stay in the company's list of movements.
        SELECT array_agg(p ORDER BY p.made_at, p.posting_id) INTO found FROM platform_postings p
        WHERE p.tenant_id = company.tenant_id AND p.amount <= 1000000000000;
        CONTINUE WHEN found IS NULL;
        SELECT jsonb_object_agg(b.bill_id, jsonb_build_object('due', b.due_on, 'number', b.number)) INTO bills
        FROM platform_bills b WHERE b.tenant_id = company.tenant_id;

        PERFORM set_config('app.tenant_id', platform::text, true);
        INSERT INTO counters (tenant_id, name, last) VALUES (platform, 'customer', 1)
        ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1 RETURNING last INTO next_number;
        INSERT INTO customers (tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since)
        VALUES (platform, company.tenant_id, next_number, left(company.name, 200), '', '', '', 'active',
            (SELECT min(f.day) FROM unnest(found) f));

        FOREACH posting IN ARRAY found LOOP
            CONTINUE WHEN posting.reverses IS NOT NULL;
            IF posting.kind = 'bill' THEN
                debit := 'receivable'; credit := 'income';
            ELSE
                debit := 'money'; credit := 'credit';
            END IF;
            PERFORM post_transactions(
                platform, ARRAY[posting.posting_id], ARRAY[CASE posting.kind WHEN 'bill' THEN 'invoice' ELSE 'payment' END],
                ARRAY[posting.posting_id], ARRAY[posting.day],
                ARRAY[coalesce((bills -> posting.posting_id::text ->> 'due')::date, posting.day)],
                ARRAY[left(coalesce(bills -> posting.posting_id::text ->> 'number', posting.note), 500)],
                NULL, posting.author, posting.made_at, ARRAY[1, 1], ARRAY[debit, credit],
                ARRAY[coalesce(posting.method, ''), CASE posting.kind WHEN 'bill' THEN 'plan' ELSE '' END],
                CASE posting.kind WHEN 'bill' THEN ARRAY[company.tenant_id, NULL] ELSE ARRAY[NULL, company.tenant_id] END,
                ARRAY[posting.currency, posting.currency], ARRAY[posting.amount, -posting.amount],
                ARRAY[NULL, NULL]::uuid[]);
            SELECT f.* INTO undoing FROM unnest(found) f WHERE f.reverses = posting.posting_id;
            IF undoing.posting_id IS NOT NULL THEN
                PERFORM reverse_transaction(
                    platform, posting.posting_id, undoing.posting_id, undoing.day, left(undoing.note, 500), NULL,
                    undoing.author, undoing.made_at);
            END IF;
        END LOOP;
        FOR coin IN SELECT DISTINCT f.currency FROM unnest(found) f LOOP
            PERFORM settle_oldest(
                platform, ARRAY[company.tenant_id], ARRAY[gen_random_uuid()], ARRAY[gen_random_uuid()], coin,
                (SELECT max(f.day) FROM unnest(found) f), NULL, 'mastil', now());
        END LOOP;
    END LOOP;
END $$;

-- What a company owes the platform, for the company itself, whose employees read no other tenant: of each currency the
-- balance, and of each bill that is not settled what is open.
CREATE FUNCTION platform_debts(company uuid) RETURNS TABLE (coin text, balance bigint)
LANGUAGE plpgsql AS $$
DECLARE
    platform CONSTANT uuid := '00000000-0000-0000-0000-000000000001';
    reach text := coalesce(current_setting('app.zones', true), '');
BEGIN
    PERFORM require_tenant_context(company);
    PERFORM set_config('app.tenant_id', platform::text, true), set_config('app.zones', '', true);
    RETURN QUERY
        SELECT b.currency, b.balance FROM customer_balances b
        WHERE b.tenant_id = platform AND b.customer_id = company;
    PERFORM set_config('app.tenant_id', company::text, true), set_config('app.zones', reach, true);
END $$;

CREATE FUNCTION platform_open_bills(company uuid)
RETURNS TABLE (bill uuid, coin text, due date, open bigint)
LANGUAGE plpgsql AS $$
DECLARE
    platform CONSTANT uuid := '00000000-0000-0000-0000-000000000001';
    reach text := coalesce(current_setting('app.zones', true), '');
BEGIN
    PERFORM require_tenant_context(company);
    PERFORM set_config('app.tenant_id', platform::text, true), set_config('app.zones', '', true);
    RETURN QUERY
        SELECT c.charge_id, c.currency, c.due_on, c.open FROM ledger_charges c
        WHERE c.tenant_id = platform AND c.customer_id = company AND c.open > 0;
    PERFORM set_config('app.tenant_id', company::text, true), set_config('app.zones', reach, true);
END $$;

-- What several companies owe, in the platform's own tenant: due is what was to be paid before the company's day, collected
-- what came since a day and was not undone.
DROP FUNCTION platform_accounts;
CREATE FUNCTION platform_accounts(companies uuid[], days date[], since date)
RETURNS TABLE (company uuid, coin text, balance bigint, overdue bigint, collected bigint)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    platform CONSTANT uuid := '00000000-0000-0000-0000-000000000001';
BEGIN
    PERFORM require_tenant_context(platform);
    RETURN QUERY
        SELECT b.customer_id, b.currency, b.balance,
            coalesce((
                SELECT sum(c.open) FROM ledger_charges c
                WHERE c.tenant_id = platform AND c.customer_id = b.customer_id AND c.currency = b.currency
                    AND c.open > 0 AND c.due_on < g.day), 0)::bigint,
            coalesce((
                SELECT -sum(p.amount) FROM ledger_postings p
                JOIN ledger_transactions t ON t.tenant_id = platform AND t.transaction_id = p.transaction_id
                WHERE p.tenant_id = platform AND p.customer_id = b.customer_id AND p.currency = b.currency
                    AND p.account = 'credit' AND p.day >= since AND t.kind = 'payment' AND NOT EXISTS (
                        SELECT FROM ledger_transactions r
                        WHERE r.tenant_id = platform AND r.reverses = p.transaction_id)), 0)::bigint
        FROM unnest(companies, days) g(id, day)
        JOIN customer_balances b ON b.tenant_id = platform AND b.customer_id = g.id;
END $$;

-- Of a night, as at every company.
SELECT set_config('app.tenant_id', '00000000-0000-0000-0000-000000000001', true);
INSERT INTO job_schedules (
    tenant_id, name, expression, zone, catch_up, kind, payload, unique_key, lane, priority, max_attempts, next_at)
VALUES ('00000000-0000-0000-0000-000000000001', 'ledger.prove', '50 4 * * *', 'UTC', 'once', 'ledger.prove', '{}', 'all',
    NULL, 1, 20, (date_trunc('day', now() AT TIME ZONE 'UTC') + interval '1 day 4 hours 50 minutes') AT TIME ZONE 'UTC')
ON CONFLICT DO NOTHING;
