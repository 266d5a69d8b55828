-- A page of a provider's may be paid more than once: so many payments beyond the first were people told of.
ALTER TABLE online_payments
    ADD COLUMN extra_payments integer NOT NULL DEFAULT 0 CHECK (extra_payments BETWEEN 0 AND 1000);

-- The place of each in the list that programs read; the old program adds some without, meanwhile.
ALTER TABLE online_payments ADD COLUMN number bigint CHECK (number > 0), ADD UNIQUE (tenant_id, number);
DO $$
DECLARE
    company uuid;
BEGIN
    FOR company IN SELECT tenant_id FROM tenants LOOP
        PERFORM set_config('app.tenant_id', company::text, true);
        UPDATE online_payments o SET number = n.number
        FROM (
            SELECT online_payment_id, row_number() OVER (ORDER BY made_at, online_payment_id) AS number
            FROM online_payments WHERE tenant_id = company) n
        WHERE o.tenant_id = company AND o.online_payment_id = n.online_payment_id;
        INSERT INTO counters (tenant_id, name, last)
        SELECT company, 'online_payment', max(number) FROM online_payments WHERE tenant_id = company
        HAVING max(number) > 0;
    END LOOP;
END $$;
