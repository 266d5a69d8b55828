-- What is read of the receipts that customers send, what is doubtful about them, and how far a company trusts them.
-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

ALTER TABLE payments
    DROP CONSTRAINT payments_held_for_check,
    ADD CONSTRAINT payments_held_for_check
        CHECK (held_for IN ('', 'approval', 'duplicate', 'evidence', 'series', 'doubt')) NOT VALID;

-- A claim is what somebody says they paid: whoever looks at the receipt corrects it, until it is decided. What was entered
-- otherwise, or decided, stays as it is.
CREATE FUNCTION correct_claim(
    tenant uuid, payment uuid, right_amount bigint, right_day date, right_reference text, right_method text,
    its_name text
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    UPDATE payments SET amount = right_amount, day = right_day, reference = right_reference, method = right_method,
        method_name = its_name
    WHERE tenant_id = tenant AND payment_id = payment AND state = 'pending'
        AND held_for IN ('evidence', 'doubt', 'duplicate');
    RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION correct_claim FROM PUBLIC;
GRANT EXECUTE ON FUNCTION correct_claim TO mastil_app;

CREATE TABLE receipt_readings (
    tenant_id uuid NOT NULL REFERENCES tenants,
    payment_id uuid NOT NULL,
    -- What was read, and how sure that is, of 100; null where it was not.
    amount bigint CHECK (amount BETWEEN 1 AND 1000000000000),
    amount_sure smallint NOT NULL CHECK (amount_sure BETWEEN 0 AND 100),
    day date,
    day_sure smallint NOT NULL CHECK (day_sure BETWEEN 0 AND 100),
    reference text NOT NULL CHECK (char_length(reference) <= 60),
    reference_sure smallint NOT NULL CHECK (reference_sure BETWEEN 0 AND 100),
    bank text NOT NULL CHECK (char_length(bank) <= 60),
    destination text NOT NULL CHECK (char_length(destination) <= 40),
    standing text NOT NULL CHECK (standing IN ('done', 'not_paid', 'unknown')),
    doubts text[] NOT NULL,
    -- The payment that the picture or the reference is like.
    like_payment_id uuid,
    effect text NOT NULL CHECK (effect IN ('people', 'provisional', 'automatic')),
    -- What finds the same picture again; empty for one that shows nothing.
    signature bytea NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, payment_id),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payments,
    FOREIGN KEY (tenant_id, like_payment_id) REFERENCES payments
);
CREATE INDEX receipt_readings_by_time ON receipt_readings (tenant_id, made_at DESC);
SELECT keep_tenants_apart('receipt_readings', 'SELECT, INSERT');
SELECT reach_by_zone('receipt_readings', 'payments', 'payment_id');

CREATE TABLE receipt_policies (
    tenant_id uuid NOT NULL REFERENCES tenants,
    is_automatic boolean NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    most_automatic bigint NOT NULL CHECK (most_automatic BETWEEN 0 AND 1000000000000),
    least_age integer NOT NULL CHECK (least_age BETWEEN 0 AND 3650),
    bank_days integer NOT NULL CHECK (bank_days BETWEEN 0 AND 60),
    kept_months integer NOT NULL CHECK (kept_months BETWEEN 0 AND 120),
    PRIMARY KEY (tenant_id)
);
SELECT keep_tenants_apart('receipt_policies', 'SELECT, INSERT, UPDATE');

-- A picture is forgotten after the time that the company keeps it; its digest stays.
GRANT UPDATE (picture) ON payment_evidence TO mastil_app;

-- Receipts that came by chat: where to tell what became of them, and which days they are to buy.
CREATE TABLE chat_receipts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    payment_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    service_id uuid,
    days integer CHECK (days BETWEEN 1 AND 366),
    -- The state that the customer was told of last.
    told text NOT NULL CHECK (told IN ('pending', 'applied', 'rejected', 'reversed', 'charged_back')),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, payment_id),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payments,
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    CHECK ((service_id IS NULL) = (days IS NULL))
);
SELECT keep_tenants_apart('chat_receipts', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('chat_receipts', 'payments', 'payment_id');
