-- Money that goes back to customers, what business payers withhold, and payments that a bank takes back: what they did to
-- an account stands in the ledger, here stands how, why and who decided.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE account_adjustments (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- Also of its transaction in the ledger.
    adjustment_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    kind text NOT NULL CHECK (kind IN ('refund', 'withholding')),
    customer_id uuid NOT NULL,
    amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- On which the money went back; of the certificate.
    day date NOT NULL,
    -- By which the money went back, as it was called then; of a withholding, the tax.
    method text NOT NULL CHECK (char_length(method) <= 60),
    method_name text NOT NULL CHECK (char_length(method_name) <= 60),
    -- The bank's, or the certificate's number: capital letters and digits only, as it is compared.
    reference text NOT NULL CHECK (reference ~ '^[A-Z0-9]{0,60}$'),
    -- Of a withholding, what it settles a part of.
    charge_id uuid CHECK ((charge_id IS NOT NULL) = (kind = 'withholding')),
    note text NOT NULL CHECK (char_length(note) <= 300),
    state text NOT NULL CHECK (state IN ('pending', 'applied', 'rejected', 'reversed')),
    actor_id uuid,
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    -- Who applied, rejected or reversed it last, and why.
    decider_id uuid,
    decider text NOT NULL DEFAULT '',
    decided_at timestamptz CHECK ((decided_at IS NULL) = (state = 'pending')),
    reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 300),
    PRIMARY KEY (tenant_id, adjustment_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, charge_id) REFERENCES ledger_transactions
);
-- A certificate counts once for whoever gave it.
CREATE UNIQUE INDEX withholding_certificates ON account_adjustments (tenant_id, customer_id, reference)
    WHERE kind = 'withholding' AND state = 'applied';
CREATE INDEX account_adjustments_of_customer ON account_adjustments (tenant_id, customer_id, number);
SELECT keep_tenants_apart('account_adjustments', 'SELECT, INSERT');
GRANT UPDATE (customer_id, state, decider_id, decider, decided_at, reason) ON account_adjustments TO mastil_app;
SELECT reach_by_zone('account_adjustments', 'customers', 'customer_id');

-- New rows are held to it, those there are not looked at.
ALTER TABLE payments DROP CONSTRAINT payments_state_check,
    ADD CONSTRAINT payments_state_check
        CHECK (state IN ('pending', 'applied', 'rejected', 'reversed', 'charged_back')) NOT VALID;
