-- Two records of the same person are made one: what moved is written down row by row, so that it can be moved back, and
-- the account moves by postings.

-- The record that took this one's place. A merged customer is listed nowhere, and their number leads to the other.
ALTER TABLE customers
    ADD COLUMN merged_into uuid CHECK (merged_into <> customer_id),
    ADD CONSTRAINT customers_merged_into_fkey FOREIGN KEY (tenant_id, merged_into) REFERENCES customers,
    ADD CONSTRAINT customers_merged_are_gone CHECK (merged_into IS NULL OR state = 'cancelled');
CREATE INDEX customers_merged ON customers (tenant_id, merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE customer_merges (
    tenant_id uuid NOT NULL REFERENCES tenants,
    merge_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    -- The one who stays.
    customer_id uuid NOT NULL,
    duplicate_id uuid NOT NULL CHECK (duplicate_id <> customer_id),
    -- What the duplicate was before.
    state text NOT NULL,
    -- Fields that were empty and were filled from the duplicate's.
    filled text[] NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    undone_at timestamptz,
    undone_by text CHECK ((undone_by IS NULL) = (undone_at IS NULL)),
    PRIMARY KEY (tenant_id, merge_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, duplicate_id) REFERENCES customers
);
CREATE UNIQUE INDEX customer_merges_in_force ON customer_merges (tenant_id, duplicate_id) WHERE undone_at IS NULL;
CREATE INDEX customer_merges_of_customer ON customer_merges (tenant_id, customer_id);
SELECT keep_tenants_apart('customer_merges', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('customer_merges', 'customers', 'customer_id');

CREATE TABLE customer_merge_rows (
    tenant_id uuid NOT NULL,
    merge_id uuid NOT NULL,
    -- As the room that owns the rows calls them.
    kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
    row_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, merge_id, kind, row_id),
    FOREIGN KEY (tenant_id, merge_id) REFERENCES customer_merges
);
SELECT keep_tenants_apart('customer_merge_rows', 'SELECT, INSERT');
SELECT reach_by_zone('customer_merge_rows', 'customer_merges', 'merge_id');

-- A service, its invoices and the name they are in move together, one table after the other.
ALTER TABLE services ALTER CONSTRAINT services_tenant_id_customer_id_profile_id_fkey DEFERRABLE;
ALTER TABLE invoices ALTER CONSTRAINT invoices_tenant_id_customer_id_profile_id_fkey DEFERRABLE;
CREATE FUNCTION defer_profile_keys() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    SET CONSTRAINTS services_tenant_id_customer_id_profile_id_fkey, invoices_tenant_id_customer_id_profile_id_fkey DEFERRED;
END $$;
REVOKE ALL ON FUNCTION defer_profile_keys FROM PUBLIC;
GRANT EXECUTE ON FUNCTION defer_profile_keys TO mastil_app;
GRANT UPDATE (customer_id) ON contracts, collection_steps TO mastil_app;

-- What was issued and paid is changed by nobody, but for whose it is, and that only between two who are being merged or
-- separated: all of the giver's, or those picked.
CREATE FUNCTION move_merged_papers(tenant uuid, papers text, giver uuid, taker uuid, picked uuid[]) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_customers_in_reach(tenant, ARRAY[giver, taker]);
    IF NOT EXISTS (
        SELECT FROM customer_merges m WHERE m.tenant_id = tenant AND m.undone_at IS NULL
            AND (m.customer_id = taker AND m.duplicate_id = giver OR m.customer_id = giver AND m.duplicate_id = taker)
    ) THEN
        RAISE EXCEPTION 'these customers are not merged' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF papers = 'invoices' THEN
        RETURN QUERY UPDATE invoices i SET customer_id = taker
            WHERE i.tenant_id = tenant AND i.customer_id = giver AND (picked IS NULL OR i.invoice_id = ANY (picked))
            RETURNING i.invoice_id;
    ELSIF papers = 'payments' THEN
        RETURN QUERY UPDATE payments p SET customer_id = taker
            WHERE p.tenant_id = tenant AND p.customer_id = giver AND (picked IS NULL OR p.payment_id = ANY (picked))
            RETURNING p.payment_id;
    END IF;
END $$;
REVOKE ALL ON FUNCTION move_merged_papers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION move_merged_papers TO mastil_app;

-- Moves all that a customer owes and has in favour to another's account. Each charge keeps its name and its due day, under
-- the same id. Tells whether there was anything to move.
CREATE FUNCTION transfer_account(
    tenant uuid, giver uuid, taker uuid, id uuid, day date, note text, actor_id uuid, actor text, moment timestamptz
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    moving record;
BEGIN
    PERFORM require_customers_in_reach(tenant, ARRAY[giver, taker]);
    PERFORM FROM customer_balances b WHERE b.tenant_id = tenant AND b.customer_id IN (giver, taker)
    ORDER BY b.customer_id, b.currency FOR UPDATE;
    INSERT INTO ledger_charges (tenant_id, charge_id, customer_id, currency, day, due_on, amount, open)
    SELECT tenant, c.charge_id, taker, c.currency, c.day, c.due_on, c.amount, 0 FROM ledger_charges c
    WHERE c.tenant_id = tenant AND c.customer_id = giver AND c.open > 0
    ON CONFLICT DO NOTHING;
    WITH moved AS (
        SELECT 'receivable' AS account, c.currency, c.open AS amount, c.charge_id AS settles FROM ledger_charges c
        WHERE c.tenant_id = tenant AND c.customer_id = giver AND c.open > 0
        UNION ALL
        SELECT 'credit', b.currency, b.credit, NULL FROM customer_balances b
        WHERE b.tenant_id = tenant AND b.customer_id = giver AND b.credit < 0
    ), lines AS (
        SELECT m.account, giver AS customer, m.currency, -m.amount AS amount, m.settles FROM moved m
        UNION ALL
        SELECT m.account, taker, m.currency, m.amount, m.settles FROM moved m
    )
    SELECT array_agg(l.account) AS accounts, array_agg(l.customer) AS customers, array_agg(l.currency) AS currencies,
        array_agg(l.amount) AS amounts, array_agg(l.settles) AS settled, count(*)::integer AS count
    INTO moving FROM lines l;
    IF moving.count = 0 THEN
        RETURN false;
    END IF;
    RETURN add_to_ledger(
        tenant, ARRAY[id], ARRAY['transfer'], ARRAY[id], ARRAY[day], ARRAY[day], ARRAY[note], actor_id, actor, moment,
        array_fill(1, ARRAY[moving.count]), moving.accounts, array_fill(''::text, ARRAY[moving.count]),
        moving.customers, moving.currencies, moving.amounts, moving.settled) > 0;
END $$;
REVOKE ALL ON FUNCTION transfer_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transfer_account TO mastil_app;
