-- Receipts that subscribers send: a payment waits with the picture until somebody has looked. What they reconnect meanwhile,
-- where a policy lets them, is a promise that names the payment.

CREATE TABLE payment_evidence (
    tenant_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    -- SHA-256 of the file as it was sent.
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    -- Sealed with the tenant's key.
    picture bytea NOT NULL CHECK (octet_length(picture) <= 4259840),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, payment_id),
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payments
);
CREATE INDEX payment_evidence_by_digest ON payment_evidence (tenant_id, digest);
SELECT keep_tenants_apart('payment_evidence', 'SELECT, INSERT');
SELECT reach_by_zone('payment_evidence', 'payments', 'payment_id');

ALTER TABLE payments
    DROP CONSTRAINT payments_held_for_check,
    ADD CONSTRAINT payments_held_for_check CHECK (held_for IN ('', 'approval', 'duplicate', 'evidence')) NOT VALID;

-- Payments that came with the same picture, also of customers beyond a reach: their numbers and states, no more.
CREATE FUNCTION payments_shown_by(tenant uuid, sought bytea)
RETURNS TABLE (series text, number bigint, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    reach text := coalesce(current_setting('app.zones', true), '');
BEGIN
    PERFORM require_tenant_context(tenant);
    PERFORM set_config('app.zones', '', true);
    RETURN QUERY SELECT p.series, p.number, p.state
        FROM payment_evidence e JOIN payments p ON p.tenant_id = e.tenant_id AND p.payment_id = e.payment_id
        WHERE e.tenant_id = tenant AND e.digest = sought ORDER BY p.entry LIMIT 20;
    PERFORM set_config('app.zones', reach, true);
END $$;
REVOKE ALL ON FUNCTION payments_shown_by FROM PUBLIC;
GRANT EXECUTE ON FUNCTION payments_shown_by TO mastil_app;

ALTER TABLE payment_promises
    ADD COLUMN payment_id uuid,
    ADD CONSTRAINT payment_promises_payment_fkey FOREIGN KEY (tenant_id, payment_id) REFERENCES payments;
CREATE INDEX payment_promises_of_payment ON payment_promises (tenant_id, payment_id) WHERE payment_id IS NOT NULL;
