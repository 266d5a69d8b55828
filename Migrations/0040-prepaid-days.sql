-- Prepaid days: what was bought of them, and until when a service has some. Their end cuts the service by itself, with a
-- reason of its own, and buying more brings it back.

CREATE TABLE prepaid_days (
    tenant_id uuid NOT NULL REFERENCES tenants,
    purchase_id uuid NOT NULL,
    service_id uuid NOT NULL,
    -- On which they were bought or given. What is left of those before comes first.
    day date NOT NULL,
    days integer NOT NULL CHECK (days BETWEEN 1 AND 366),
    -- By which they were charged; none for what was given.
    invoice_id uuid,
    reason text NOT NULL CHECK (char_length(reason) <= 300),
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    -- With the invoice that charged them.
    withdrawn_at timestamptz,
    PRIMARY KEY (tenant_id, purchase_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices
);
CREATE INDEX prepaid_days_of_service ON prepaid_days (tenant_id, service_id, made_at);
CREATE INDEX prepaid_days_of_invoice ON prepaid_days (tenant_id, invoice_id) WHERE invoice_id IS NOT NULL;
SELECT keep_tenants_apart('prepaid_days', 'SELECT, INSERT');
GRANT UPDATE (withdrawn_at) ON prepaid_days TO mastil_app;
SELECT reach_by_zone('prepaid_days', 'services', 'service_id');

-- Follows from the days that were bought and from the pauses, and is written down for lists and for what looks for ends:
-- the last day that is paid for. None where the service is not paid by days, or a pause keeps what is left.
ALTER TABLE services ADD COLUMN prepaid_through date;
CREATE INDEX services_by_end ON services (tenant_id, prepaid_through)
    WHERE prepaid_through IS NOT NULL AND state = 'active';

-- Whether days are bought by themselves, where those of before are over, with what a customer has in favour.
ALTER TABLE billing_settings ADD COLUMN renews_days boolean NOT NULL DEFAULT true;

-- New rows are held to these, those there are not looked at.
ALTER TABLE cuts DROP CONSTRAINT cuts_reason_check,
    ADD CONSTRAINT cuts_reason_check
        CHECK (reason IN ('unpaid', 'requested', 'abuse', 'fraud', 'other', 'days_over')) NOT VALID;
ALTER TABLE collection_steps DROP CONSTRAINT collection_steps_stage_check,
    ADD CONSTRAINT collection_steps_stage_check CHECK (stage IN (
        'notice', 'reminder', 'warning', 'cut', 'late_fee', 'fraud', 'missing', 'reconnected', 'days_over')) NOT VALID,
    DROP CONSTRAINT collection_steps_ended_as_check,
    ADD CONSTRAINT collection_steps_ended_as_check
        CHECK (ended_as IN ('paid', 'promise', 'annulled', 'renewed')) NOT VALID;
