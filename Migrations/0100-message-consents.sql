-- That a customer agreed to be written to first, and how the company knows it: what a provider asks for when somebody
-- complains.
-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE message_consents (
    tenant_id uuid NOT NULL REFERENCES tenants,
    consent_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    -- E.164: for another number they have to agree again.
    phone text NOT NULL CHECK (char_length(phone) BETWEEN 4 AND 40),
    way text NOT NULL CHECK (way IN ('contract', 'form', 'call', 'person')),
    given_on date NOT NULL,
    -- What was said or signed, and where it is kept.
    proof text NOT NULL CHECK (char_length(proof) BETWEEN 1 AND 500),
    recorded_by text NOT NULL CHECK (char_length(recorded_by) BETWEEN 1 AND 200),
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by text CHECK (char_length(ended_by) BETWEEN 1 AND 200),
    PRIMARY KEY (tenant_id, consent_id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX message_consents_of_customer ON message_consents (tenant_id, customer_id, made_at DESC);
SELECT keep_tenants_apart('message_consents', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('message_consents', 'customers', 'customer_id');

ALTER TABLE message_budgets
    -- Nobody is written to first who has not agreed to it.
    ADD COLUMN asks_consent boolean NOT NULL DEFAULT false;
