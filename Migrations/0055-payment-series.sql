-- A device's series of receipt numbers belongs to whoever counts in it first, as long as they are there.
CREATE TABLE payment_series (
    tenant_id uuid NOT NULL REFERENCES tenants,
    series text NOT NULL CHECK (series ~ '^[A-Z0-9-]{1,20}$'),
    -- A person or a token.
    holder_id uuid NOT NULL,
    holder text NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, series)
);
SELECT keep_tenants_apart('payment_series', 'SELECT, INSERT, UPDATE');

-- New rows are held to it, those there are not looked at.
ALTER TABLE payments DROP CONSTRAINT payments_held_for_check,
    ADD CONSTRAINT payments_held_for_check
        CHECK (held_for IN ('', 'approval', 'duplicate', 'evidence', 'series')) NOT VALID;
