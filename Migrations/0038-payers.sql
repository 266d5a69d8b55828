-- One customer pays for others: what their services cost is charged to the payer's account.

ALTER TABLE customers
    ADD COLUMN payer_id uuid CHECK (payer_id <> customer_id),
    ADD COLUMN is_billed_apart boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT customers_payer_fkey FOREIGN KEY (tenant_id, payer_id) REFERENCES customers,
    ADD CONSTRAINT customers_apart_from_payer CHECK (payer_id IS NOT NULL OR NOT is_billed_apart);
CREATE INDEX customers_paid_for ON customers (tenant_id, payer_id) WHERE payer_id IS NOT NULL;
