-- Collection asks what a customer paid before it was due: by the due day, so that a customer of ten years costs no more than
-- one of a month. And the functions that post are planned once a connection instead of once a payment: what they are given
-- are arrays, whose plan is the same for one row and for hundreds.

CREATE INDEX ledger_charges_by_due ON ledger_charges (tenant_id, customer_id, due_on);

ALTER FUNCTION add_to_ledger SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION settle_oldest SET plan_cache_mode = force_generic_plan;
