-- An amount that books can always sum: 10^12 minor units, nine million of which fit into a bigint. Three payments of
-- 92,233,720,368,547,758.07 took down every page that summed them.

UPDATE tenants SET plan_price = 1000000000000 WHERE plan_price > 1000000000000;
ALTER TABLE tenants ADD CONSTRAINT tenants_price_is_bounded CHECK (plan_price <= 1000000000000);

-- What undoes a posting from before the bound is its mirror.
ALTER TABLE platform_postings
    ADD CONSTRAINT platform_postings_amount_is_bounded
    CHECK (amount <= 1000000000000 OR reverses IS NOT NULL) NOT VALID;

-- What several companies owe, each read in its own context, in a transaction of the platform's own tenant: billed and
-- paid leave out what was undone, due is what was to be paid before the company's day, collected what came since a day.
-- Books from before the bound may hold more than a bigint; they say the largest there is.
CREATE OR REPLACE FUNCTION platform_accounts(companies uuid[], days date[], since date)
RETURNS TABLE (company uuid, coin text, billed bigint, due bigint, paid bigint, collected bigint)
LANGUAGE plpgsql AS $$
DECLARE
    most CONSTANT numeric := 9223372036854775807;
BEGIN
    PERFORM require_tenant_context('00000000-0000-0000-0000-000000000001');
    FOR i IN 1..cardinality(companies) LOOP
        PERFORM set_config('app.tenant_id', companies[i]::text, true);
        RETURN QUERY
            SELECT companies[i], p.currency,
                least(coalesce(sum(p.amount) FILTER (WHERE p.kind = 'bill'), 0), most)::bigint,
                least(coalesce(sum(p.amount) FILTER (WHERE b.due_on < days[i]), 0), most)::bigint,
                least(coalesce(sum(p.amount) FILTER (WHERE p.kind = 'payment'), 0), most)::bigint,
                least(coalesce(sum(p.amount) FILTER (WHERE p.kind = 'payment' AND p.day >= since), 0), most)::bigint
            FROM platform_postings p
            LEFT JOIN platform_postings u ON u.tenant_id = p.tenant_id AND u.reverses = p.posting_id
            LEFT JOIN platform_bills b ON b.tenant_id = p.tenant_id AND b.bill_id = p.posting_id
            WHERE p.tenant_id = companies[i] AND p.reverses IS NULL AND u.posting_id IS NULL
            GROUP BY p.currency;
    END LOOP;
    PERFORM set_config('app.tenant_id', '00000000-0000-0000-0000-000000000001', true);
END $$;
