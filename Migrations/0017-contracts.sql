-- The contracts of an ISP with its customers: the text it offers, version after version, what was agreed with whom in
-- which words, and who signed it. Words once written are never written again: privileges see to that.

CREATE TABLE contract_templates (
    tenant_id uuid NOT NULL REFERENCES tenants,
    version bigint NOT NULL CHECK (version > 0),
    text text NOT NULL CHECK (length(text) BETWEEN 1 AND 60000),
    made_at timestamptz NOT NULL,
    made_by text NOT NULL,
    PRIMARY KEY (tenant_id, version)
);

CREATE TABLE contracts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    contract_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    customer_id uuid NOT NULL,
    version bigint NOT NULL,
    language text NOT NULL CHECK (language IN ('es', 'en', 'pt')),
    -- By which the customer is known to the law: a card, a tax number.
    identification text NOT NULL,
    -- What was agreed with this customer alone: plan, price, where it is installed.
    conditions text NOT NULL,
    -- All of it, as it is signed.
    text text NOT NULL CHECK (text <> ''),
    made_at timestamptz NOT NULL,
    made_by text NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'signed', 'annulled')),
    annulled_at timestamptz,
    annulled_by text,
    annulment_reason text CHECK (annulment_reason <> ''),
    PRIMARY KEY (tenant_id, contract_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, version) REFERENCES contract_templates,
    CHECK ((state = 'annulled') = (annulled_at IS NOT NULL)),
    CHECK ((annulled_at IS NULL) = (annulled_by IS NULL) AND (annulled_at IS NULL) = (annulment_reason IS NULL))
);
CREATE INDEX contracts_of_customer ON contracts (tenant_id, customer_id, number);
CREATE INDEX contracts_of_state ON contracts (tenant_id, state, number);

-- That a customer agreed, and what shows it. A contract annulled afterwards keeps it.
CREATE TABLE contract_signatures (
    tenant_id uuid NOT NULL,
    contract_id uuid NOT NULL,
    -- As the signer typed it.
    name text NOT NULL CHECK (name <> ''),
    -- Strokes of points; empty where the typed name is the signature.
    drawing text NOT NULL,
    signed_at timestamptz NOT NULL,
    address text NOT NULL,
    browser text NOT NULL,
    -- Who of the staff handed over their own device; NULL in the portal.
    assisted_by text,
    text_sha256 text NOT NULL CHECK (text_sha256 ~ '^[0-9a-f]{64}$'),
    pdf bytea NOT NULL CHECK (octet_length(pdf) <= 16777216),
    pdf_sha256 text NOT NULL CHECK (pdf_sha256 ~ '^[0-9a-f]{64}$'),
    PRIMARY KEY (tenant_id, contract_id),
    FOREIGN KEY (tenant_id, contract_id) REFERENCES contracts
);
COMMENT ON COLUMN contract_signatures.pdf IS 'exported: the paper that both parties have';

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['contract_templates', 'contracts', 'contract_signatures'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO mastil_app', tenant_table);
    END LOOP;
END $$;
GRANT UPDATE (state, annulled_at, annulled_by, annulment_reason) ON contracts TO mastil_app;

-- Whoever is limited to zones reaches the contracts of the customers they reach.
CREATE POLICY in_reach ON contracts AS RESTRICTIVE USING (
    (SELECT zones_in_reach()) IS NULL OR EXISTS (
        SELECT FROM customers c WHERE c.tenant_id = contracts.tenant_id AND c.customer_id = contracts.customer_id));
CREATE POLICY in_reach ON contract_signatures AS RESTRICTIVE USING (
    (SELECT zones_in_reach()) IS NULL OR EXISTS (
        SELECT FROM contracts c
        WHERE c.tenant_id = contract_signatures.tenant_id AND c.contract_id = contract_signatures.contract_id));
