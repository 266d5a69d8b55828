-- Less to pay for who pays an invoice early: offered when it is issued, granted and taken back with the payments.

CREATE TABLE early_discounts (
    tenant_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    -- The last day on which it is earned.
    until date NOT NULL,
    -- Its transaction in the ledger, while it is granted.
    granted_as uuid,
    PRIMARY KEY (tenant_id, invoice_id),
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices,
    FOREIGN KEY (tenant_id, granted_as) REFERENCES ledger_transactions
);
SELECT keep_tenants_apart('early_discounts', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('early_discounts', 'invoices', 'invoice_id');
