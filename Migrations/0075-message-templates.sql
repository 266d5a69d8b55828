-- The approved templates of a company's WhatsApp accounts, the kinds of notice that they carry, and what they cost.
-- In the order in which acts take them.
LOCK TABLE tenants IN SHARE ROW EXCLUSIVE MODE;

-- The business account's identifier at WhatsApp, which has the templates; empty while nobody gave it.
ALTER TABLE channel_accounts ADD COLUMN business text NOT NULL DEFAULT '' CHECK (business ~ '^[0-9]{0,40}$');

CREATE TABLE message_templates (
    tenant_id uuid NOT NULL REFERENCES tenants,
    template_id uuid NOT NULL,
    account_id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 512),
    language text NOT NULL CHECK (char_length(language) BETWEEN 1 AND 20),
    category text NOT NULL CHECK (category IN ('utility', 'marketing', 'authentication')),
    -- As WhatsApp says it; nothing but an approved one is sent.
    status text NOT NULL CHECK (char_length(status) <= 40),
    body text NOT NULL CHECK (char_length(body) <= 1024),
    -- It has places that only people can fill, as in its heading or its buttons.
    is_foreign boolean NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, template_id),
    UNIQUE (tenant_id, account_id, name, language),
    FOREIGN KEY (tenant_id, account_id) REFERENCES channel_accounts
);
SELECT keep_tenants_apart('message_templates', 'SELECT, INSERT, UPDATE');

CREATE TABLE template_uses (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- A kind of notice.
    kind text NOT NULL CHECK (char_length(kind) BETWEEN 1 AND 60),
    template_id uuid NOT NULL,
    -- What stands in its places, in their order: names of the notice's values.
    blanks text[] NOT NULL CHECK (cardinality(blanks) <= 20),
    PRIMARY KEY (tenant_id, kind),
    FOREIGN KEY (tenant_id, template_id) REFERENCES message_templates
);
SELECT keep_tenants_apart('template_uses', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE message_budgets (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- In the company's currency, a month; null without a cap.
    monthly_cap bigint CHECK (monthly_cap BETWEEN 0 AND 1000000000000),
    utility_price bigint NOT NULL CHECK (utility_price BETWEEN 0 AND 1000000000),
    marketing_price bigint NOT NULL CHECK (marketing_price BETWEEN 0 AND 1000000000),
    authentication_price bigint NOT NULL CHECK (authentication_price BETWEEN 0 AND 1000000000),
    PRIMARY KEY (tenant_id)
);
SELECT keep_tenants_apart('message_budgets', 'SELECT, INSERT, UPDATE');

CREATE TABLE template_charges (
    tenant_id uuid NOT NULL REFERENCES tenants,
    message_id uuid NOT NULL,
    month date NOT NULL,
    category text NOT NULL CHECK (char_length(category) <= 40),
    cost bigint NOT NULL CHECK (cost >= 0),
    PRIMARY KEY (tenant_id, message_id),
    FOREIGN KEY (tenant_id, message_id) REFERENCES messages
);
CREATE INDEX template_charges_of_month ON template_charges (tenant_id, month);
SELECT keep_tenants_apart('template_charges', 'SELECT, INSERT');
