-- A page and a payment cost what they show and touch, not what there is in the company.

-- What a customer paid before it was due is asked by the due day: one of ten years costs no more than one of a month.
CREATE INDEX ledger_charges_by_due ON ledger_charges (tenant_id, customer_id, due_on);

-- Lists of the few among the many, and how many services each plan has.
CREATE INDEX invoices_voided ON invoices (tenant_id, sequence) WHERE voided_at IS NOT NULL;
CREATE INDEX credit_notes ON invoices (tenant_id, sequence) WHERE kind = 'credit_note';
CREATE INDEX desired_services_of_plan ON desired_services (tenant_id, plan_id) INCLUDE (service_id)
    WHERE access <> 'absent';

-- Planned once a connection instead of once a payment: what they are given are arrays, whose plan is the same for one row
-- and for hundreds.
ALTER FUNCTION add_to_ledger SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION settle_oldest SET plan_cache_mode = force_generic_plan;

-- The same rows for the same people as before. As IS NULL OR … the planner took the reach for one row of two hundred, and
-- read a whole company where a page asks for fifty rows; of a CASE it expects half.
CREATE OR REPLACE FUNCTION reach_by_zone(tenant_table regclass, parent regclass DEFAULT NULL, key name DEFAULT NULL)
RETURNS void
LANGUAGE plpgsql
AS $$
BEGIN
    IF parent IS NULL THEN
        EXECUTE format(
            'CREATE POLICY in_reach ON %s AS RESTRICTIVE
                 USING (CASE WHEN (SELECT zones_in_reach()) IS NULL THEN true
                     ELSE zone_id = ANY ((SELECT zones_in_reach())::uuid[]) END)',
            tenant_table);
    ELSE
        EXECUTE format(
            'CREATE POLICY in_reach ON %1$s AS RESTRICTIVE
                 USING ((SELECT zones_in_reach()) IS NULL OR EXISTS (
                     SELECT FROM %2$s p WHERE p.tenant_id = %1$s.tenant_id AND p.%3$I = %1$s.%3$I))',
            tenant_table, parent, key);
    END IF;
END $$;

DO $$
DECLARE
    found regclass;
BEGIN
    FOR found IN
        SELECT p.polrelid::regclass FROM pg_policy p
        WHERE p.polname = 'in_reach' AND pg_get_expr(p.polqual, p.polrelid) LIKE '((( SELECT zones_in_reach()%IS NULL) OR (zone_id = ANY%'
    LOOP
        EXECUTE format('DROP POLICY in_reach ON %s', found);
        PERFORM reach_by_zone(found);
    END LOOP;
END $$;
