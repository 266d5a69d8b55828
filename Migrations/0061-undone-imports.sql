-- An import is undone: what it made is taken away again, and its balances are reversed in the books, which keep the ids of
-- those who are gone. Only this function takes customers and services away, and only what a file brought and nobody used.

-- In the order in which acts take them.
LOCK TABLE customers, ledger_postings IN ACCESS EXCLUSIVE MODE;
ALTER TABLE ledger_postings DROP CONSTRAINT ledger_postings_tenant_id_customer_id_fkey;

-- Of each row the reason for which it stays, or NULL where it is gone. Later rows go before earlier ones.
CREATE FUNCTION undo_import_rows(
    tenant uuid, imported_file uuid, lines integer[], day date, note text, actor_id uuid, actor text, moment timestamptz
) RETURNS TABLE (line integer, reason text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    imported record;
    imported_at timestamptz;
BEGIN
    PERFORM require_tenant_context(tenant);
    SELECT i.ended_at INTO imported_at FROM imports i WHERE i.tenant_id = tenant AND i.import_id = imported_file;
    FOR imported IN
        SELECT r.line AS place, r.outcome, r.same_as, r.customer_id, r.service_id, r.opening_id, r.balance
        FROM import_rows r
        WHERE r.tenant_id = tenant AND r.import_id = imported_file AND r.line = ANY (lines) AND r.is_done
        ORDER BY r.line DESC FOR UPDATE
    LOOP
        line := imported.place;
        reason := NULL;
        IF imported.opening_id IS NOT NULL THEN
            PERFORM FROM customer_balances b
            WHERE b.tenant_id = tenant AND b.customer_id = imported.customer_id FOR UPDATE;
            IF EXISTS (
                SELECT FROM ledger_charges c
                WHERE c.tenant_id = tenant AND c.charge_id = imported.opening_id AND c.open < c.amount
            ) OR imported.balance < 0 AND NOT EXISTS (
                SELECT FROM customer_balances b
                WHERE b.tenant_id = tenant AND b.customer_id = imported.customer_id AND b.credit <= imported.balance
            ) THEN
                reason := 'paid';
            END IF;
        END IF;
        IF reason IS NULL AND imported.outcome = 'created' AND EXISTS (
            SELECT FROM ledger_postings p
            WHERE p.tenant_id = tenant AND p.customer_id = imported.customer_id
                AND p.transaction_id IS DISTINCT FROM imported.opening_id
                -- Of other rows of the same customer, which went before.
                AND NOT EXISTS (
                    SELECT FROM ledger_transactions t WHERE t.tenant_id = tenant
                        AND t.transaction_id = p.transaction_id AND (t.kind = 'reversal' OR EXISTS (
                            SELECT FROM ledger_transactions v
                            WHERE v.tenant_id = tenant AND v.kind = 'reversal' AND v.source_id = t.transaction_id)))
        ) THEN
            reason := 'paid';
        END IF;
        IF reason IS NULL AND imported.service_id IS NOT NULL AND EXISTS (
            SELECT FROM service_terms t
            WHERE t.tenant_id = tenant AND t.service_id = imported.service_id AND t.made_at > imported_at
            UNION ALL
            SELECT FROM cuts c
            WHERE c.tenant_id = tenant AND c.service_id = imported.service_id
                AND (c.made_at > imported_at OR c.lifted_at > imported_at)
            UNION ALL
            SELECT FROM freezes f
            WHERE f.tenant_id = tenant AND f.service_id = imported.service_id AND f.made_at > imported_at
            UNION ALL
            SELECT FROM activations a
            WHERE a.tenant_id = tenant AND a.service_id = imported.service_id AND a.made_at > imported_at
            UNION ALL
            SELECT FROM cancellations c
            WHERE c.tenant_id = tenant AND c.service_id = imported.service_id AND c.made_at > imported_at
        ) THEN
            reason := 'used';
        END IF;
        IF reason IS NULL THEN
            BEGIN
                IF imported.opening_id IS NOT NULL THEN
                    PERFORM reverse_transaction(
                        tenant, imported.opening_id, gen_random_uuid(), day, note, actor_id, actor, moment);
                    DELETE FROM customer_balances b
                    WHERE b.tenant_id = tenant AND b.customer_id = imported.customer_id AND b.receivable = 0
                        AND b.credit = 0;
                END IF;
                UPDATE import_rows r SET is_done = false, service_id = NULL,
                    customer_id = CASE
                        WHEN imported.outcome = 'merged' AND imported.same_as IS NULL THEN r.customer_id END
                WHERE r.tenant_id = tenant AND r.import_id = imported_file AND r.line = imported.place;
                IF imported.service_id IS NOT NULL THEN
                    DELETE FROM cuts c WHERE c.tenant_id = tenant AND c.service_id = imported.service_id;
                    DELETE FROM freezes f WHERE f.tenant_id = tenant AND f.service_id = imported.service_id;
                    DELETE FROM activations a WHERE a.tenant_id = tenant AND a.service_id = imported.service_id;
                    DELETE FROM cancellations c WHERE c.tenant_id = tenant AND c.service_id = imported.service_id;
                    DELETE FROM desired_services d WHERE d.tenant_id = tenant AND d.service_id = imported.service_id;
                    DELETE FROM service_terms t WHERE t.tenant_id = tenant AND t.service_id = imported.service_id;
                    DELETE FROM services s WHERE s.tenant_id = tenant AND s.service_id = imported.service_id;
                END IF;
                IF imported.outcome = 'created' THEN
                    UPDATE import_rows r SET customer_id = NULL
                    WHERE r.tenant_id = tenant AND r.customer_id = imported.customer_id AND r.outcome = 'known';
                    DELETE FROM customers c WHERE c.tenant_id = tenant AND c.customer_id = imported.customer_id;
                END IF;
            EXCEPTION WHEN foreign_key_violation THEN
                reason := 'used';
            END;
        END IF;
        IF reason IS NOT NULL THEN
            UPDATE import_rows r SET kept = reason
            WHERE r.tenant_id = tenant AND r.import_id = imported_file AND r.line = imported.place;
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION undo_import_rows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION undo_import_rows TO mastil_app;
