-- Customers pay on line: by card on a provider's own page, in cash at a shop or by a transfer of its own. What the provider
-- says is read anew by its own number before money is written down; its notices only say where to look.
-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE gateways (
    tenant_id uuid NOT NULL REFERENCES tenants,
    provider text NOT NULL CHECK (provider IN ('stripe', 'mercadopago', 'conekta')),
    -- Where its secrets are sealed.
    gateway_id uuid NOT NULL,
    is_on boolean NOT NULL,
    secret bytea NOT NULL,
    secret_end text NOT NULL CHECK (char_length(secret_end) <= 4),
    notice_secret bytea,
    -- The end of the address that the provider tells of events; nobody guesses it.
    hook text NOT NULL CHECK (char_length(hook) BETWEEN 30 AND 60),
    -- What the provider said of the account when the keys were tried last.
    account text NOT NULL CHECK (char_length(account) <= 200),
    is_live boolean NOT NULL,
    currencies text[],
    examined_at timestamptz NOT NULL,
    noticed_at timestamptz,
    -- The last notice that was not signed as it should be.
    forged_at timestamptz,
    PRIMARY KEY (tenant_id, provider),
    UNIQUE (tenant_id, gateway_id),
    UNIQUE (tenant_id, hook)
);
SELECT keep_tenants_apart('gateways', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE online_payments (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- Made by the page that asks, so that sending it again asks for nothing new. Also of the payment that comes of it.
    online_payment_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    provider text NOT NULL CHECK (provider IN ('stripe', 'mercadopago', 'conekta')),
    way text NOT NULL CHECK (way IN ('hosted', 'cash', 'transfer')),
    amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    state text NOT NULL CHECK (state IN (
        'opening', 'open', 'processing', 'paid', 'failed', 'expired', 'review', 'refunded', 'charged_back')),
    -- Why a person has to look, while they do.
    trouble text NOT NULL CHECK (char_length(trouble) <= 40),
    -- A provider that answered with an error keeps that answer: the next attempt is another one.
    attempt integer NOT NULL CHECK (attempt BETWEEN 1 AND 1000),
    checkout text,
    address text CHECK (char_length(address) <= 2000),
    pay_reference text CHECK (char_length(pay_reference) <= 200),
    pay_place text CHECK (char_length(pay_place) <= 200),
    -- The provider's payment, and what it says that came.
    received text,
    received_minor bigint,
    received_currency text CHECK (char_length(received_currency) <= 10),
    refunded_minor bigint NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    looked_at timestamptz,
    settled_at timestamptz,
    decider text NOT NULL DEFAULT '',
    reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 300),
    PRIMARY KEY (tenant_id, online_payment_id),
    UNIQUE (tenant_id, provider, checkout),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    CHECK ((state = 'review') = (trouble <> ''))
);
CREATE INDEX online_payments_by_time ON online_payments (tenant_id, made_at DESC, online_payment_id DESC);
CREATE INDEX online_payments_of_customer ON online_payments (tenant_id, customer_id, made_at DESC);
CREATE INDEX online_payments_received ON online_payments (tenant_id, provider, received) WHERE received IS NOT NULL;
CREATE INDEX online_payments_open ON online_payments (tenant_id, state)
    WHERE state IN ('opening', 'open', 'processing', 'review');
SELECT keep_tenants_apart('online_payments', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('online_payments', 'customers', 'customer_id');

-- Every genuine notice, as it came, once.
CREATE TABLE gateway_notices (
    tenant_id uuid NOT NULL REFERENCES tenants,
    provider text NOT NULL CHECK (provider IN ('stripe', 'mercadopago', 'conekta')),
    event text NOT NULL CHECK (char_length(event) BETWEEN 1 AND 200),
    kind text NOT NULL CHECK (char_length(kind) <= 200),
    reference text,
    checkout text,
    payment text,
    online_payment_id uuid,
    body text NOT NULL CHECK (octet_length(body) <= 262144),
    received_at timestamptz NOT NULL,
    -- How often it came.
    times integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tenant_id, provider, event),
    FOREIGN KEY (tenant_id, online_payment_id) REFERENCES online_payments
);
CREATE INDEX gateway_notices_of_payment ON gateway_notices (tenant_id, online_payment_id, received_at);
SELECT keep_tenants_apart('gateway_notices', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('gateway_notices', 'online_payments', 'online_payment_id');
