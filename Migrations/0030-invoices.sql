-- What customers are invoiced: how a company charges, which periods of a service are charged by now, the invoices and credit
-- notes themselves, and the bank accounts into which they are paid. What an invoice did to an account stands in the ledger,
-- under the invoice's own id.

-- All that is referred to, at once and in the order in which acts take them: taken one by one, an act and this would wait
-- for each other.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

-- Without a row nothing is invoiced by itself.
CREATE TABLE billing_settings (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- The first day that is charged; what is older was charged elsewhere.
    first_day date NOT NULL,
    -- Whether the night's run issues invoices, or only people do.
    is_automatic boolean NOT NULL,
    due_days integer NOT NULL CHECK (due_days BETWEEN 0 AND 90),
    -- The part of the price, in percent, that is charged for days on which a service is cut.
    cut_share integer NOT NULL CHECK (cut_share IN (0, 50, 100)),
    grouping text NOT NULL CHECK (grouping IN ('customer', 'service')),
    series text NOT NULL CHECK (series ~ '^[A-Z0-9]{1,10}$'),
    credit_series text NOT NULL CHECK (credit_series ~ '^[A-Z0-9]{1,10}$' AND credit_series <> series),
    PRIMARY KEY (tenant_id)
);
SELECT keep_tenants_apart('billing_settings', 'SELECT, INSERT, UPDATE');

-- The last number of each series. Taken in the transaction that issues, so that no number is missing.
CREATE TABLE invoice_series (
    tenant_id uuid NOT NULL REFERENCES tenants,
    series text NOT NULL CHECK (series ~ '^[A-Z0-9]{1,10}$'),
    last bigint NOT NULL CHECK (last >= 0),
    PRIMARY KEY (tenant_id, series)
);
SELECT keep_tenants_apart('invoice_series', 'SELECT, INSERT, UPDATE');

CREATE TABLE invoices (
    tenant_id uuid NOT NULL REFERENCES tenants,
    invoice_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('invoice', 'credit_note')),
    -- Counted over all series, in the order of being issued.
    sequence bigint NOT NULL CHECK (sequence > 0),
    series text NOT NULL CHECK (series ~ '^[A-Z0-9]{1,10}$'),
    number bigint NOT NULL CHECK (number > 0),
    customer_id uuid NOT NULL,
    profile_id uuid,
    -- In whose name it is, as it was on that day.
    receiver_name text NOT NULL CHECK (char_length(receiver_name) BETWEEN 1 AND 254),
    receiver_tax_id text NOT NULL CHECK (char_length(receiver_tax_id) <= 20),
    receiver_regime text NOT NULL CHECK (char_length(receiver_regime) <= 10),
    receiver_purpose text NOT NULL CHECK (char_length(receiver_purpose) <= 10),
    receiver_postal_code text NOT NULL CHECK (char_length(receiver_postal_code) <= 12),
    receiver_address text NOT NULL CHECK (char_length(receiver_address) <= 300),
    issued_on date NOT NULL,
    due_on date NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- Minor units. A credit note's stand above zero too.
    net bigint NOT NULL,
    tax bigint NOT NULL,
    -- What is missing to amounts that can be paid: whole pesos in Colombia.
    rounding bigint NOT NULL,
    total bigint NOT NULL CHECK (total BETWEEN 0 AND 1000000000000),
    -- Of each tax and rate its name, rate in millionths, base in millionths of the currency's unit, and amount.
    taxes jsonb NOT NULL,
    -- Of a credit note the invoice that it lowers; of an invoice the one whose place it takes.
    corrects uuid,
    note text NOT NULL CHECK (char_length(note) <= 300),
    actor_id uuid,
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    voided_at timestamptz,
    voided_by text CHECK ((voided_by IS NULL) = (voided_at IS NULL)),
    void_reason text NOT NULL DEFAULT '' CHECK (char_length(void_reason) <= 300),
    PRIMARY KEY (tenant_id, invoice_id),
    UNIQUE (tenant_id, series, number),
    UNIQUE (tenant_id, sequence),
    CHECK (net + tax + rounding = total),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, customer_id, profile_id)
        REFERENCES fiscal_profiles (tenant_id, customer_id, profile_id),
    FOREIGN KEY (tenant_id, corrects) REFERENCES invoices
);
CREATE INDEX invoices_of_customer ON invoices (tenant_id, customer_id, sequence);
CREATE INDEX invoices_by_day ON invoices (tenant_id, issued_on, sequence);
CREATE INDEX invoices_corrected ON invoices (tenant_id, corrects) WHERE corrects IS NOT NULL;
SELECT keep_tenants_apart('invoices', 'SELECT, INSERT');
SELECT reach_by_zone('invoices', 'customers', 'customer_id');
-- What was issued stays; it can only be voided.
GRANT UPDATE (voided_at, voided_by, void_reason) ON invoices TO mastil_app;

CREATE TABLE invoice_lines (
    tenant_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    line smallint NOT NULL CHECK (line > 0),
    kind text NOT NULL CHECK (kind IN ('plan', 'charge', 'adjustment', 'credit', 'other')),
    service_id uuid,
    -- The plan, charge or credit that it charges.
    part_id uuid,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    from_day date,
    to_day date CHECK (to_day >= from_day),
    -- Of the billed period that it charges the first day; none for what is set right later.
    billed_from date,
    quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 10000),
    -- As it was agreed, with the taxes or without: minor units.
    amount bigint NOT NULL CHECK (amount BETWEEN -1000000000000 AND 1000000000000),
    -- With six decimals, as tax offices want them: millionths of the currency's unit.
    net bigint NOT NULL,
    tax bigint NOT NULL,
    tax_name text NOT NULL CHECK (char_length(tax_name) <= 60),
    -- In millionths: 160,000 is 16 %.
    tax_rate integer NOT NULL CHECK (tax_rate BETWEEN 0 AND 1000000),
    -- The tax office's codes of what is sold and of its unit (CFDI: 81112101, E48).
    product_code text NOT NULL CHECK (char_length(product_code) <= 20),
    unit_code text NOT NULL CHECK (char_length(unit_code) <= 10),
    PRIMARY KEY (tenant_id, invoice_id, line),
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
SELECT keep_tenants_apart('invoice_lines', 'SELECT, INSERT');
SELECT reach_by_zone('invoice_lines', 'invoices', 'invoice_id');

-- Which days of a service are charged by now. The key makes it impossible to charge a period twice: the next one begins
-- on the day after the last.
CREATE TABLE billed_periods (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    from_day date NOT NULL,
    -- The day before, where nothing is charged but the end is set down.
    to_day date NOT NULL CHECK (to_day >= from_day - 1),
    -- The whole period of which these days are charged a part.
    cycle_from date NOT NULL,
    cycle_to date NOT NULL CHECK (cycle_to >= cycle_from),
    -- None where nothing had to be paid.
    invoice_id uuid,
    is_first boolean NOT NULL,
    -- The service is over and nothing follows.
    is_last boolean NOT NULL,
    -- Its invoice was voided and none took its place: no difference of it is charged later.
    is_void boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, service_id, from_day),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices
);
CREATE INDEX billed_periods_of_invoice ON billed_periods (tenant_id, invoice_id) WHERE invoice_id IS NOT NULL;
SELECT keep_tenants_apart('billed_periods', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('billed_periods', 'services', 'service_id');

-- What a service's next invoice is lowered by, once: for an outage, or as a courtesy.
CREATE TABLE service_credits (
    tenant_id uuid NOT NULL REFERENCES tenants,
    credit_id uuid NOT NULL,
    service_id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    invoice_id uuid,
    PRIMARY KEY (tenant_id, credit_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoices
);
CREATE INDEX service_credits_waiting ON service_credits (tenant_id, service_id) WHERE invoice_id IS NULL;
CREATE INDEX service_credits_of_invoice ON service_credits (tenant_id, invoice_id) WHERE invoice_id IS NOT NULL;
SELECT keep_tenants_apart('service_credits', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('service_credits', 'services', 'service_id');

-- Where customers pay by transfer or deposit.
CREATE TABLE bank_accounts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    account_id uuid NOT NULL,
    bank text NOT NULL CHECK (char_length(bank) BETWEEN 1 AND 60),
    holder text NOT NULL CHECK (char_length(holder) BETWEEN 1 AND 120),
    -- Digits only, without blanks and dashes.
    account text NOT NULL CHECK (account ~ '^[0-9]{0,34}$'),
    card text NOT NULL CHECK (card ~ '^([0-9]{12,19})?$'),
    -- For transfers between banks: CLABE, CCI, CBU.
    interbank text NOT NULL CHECK (interbank ~ '^[0-9]{0,34}$'),
    note text NOT NULL CHECK (char_length(note) <= 200),
    is_shown boolean NOT NULL,
    place integer NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, account_id),
    CHECK (account <> '' OR card <> '' OR interbank <> '')
);
SELECT keep_tenants_apart('bank_accounts', 'SELECT, INSERT, UPDATE, DELETE');

-- Of a night, after what begins and ends that day: beside what every company has from its first day.
INSERT INTO job_schedules (
    tenant_id, name, expression, zone, catch_up, kind, payload, unique_key, lane, priority, max_attempts, next_at)
SELECT tenant_id, 'invoices.raise', '20 0 * * *', zone, catch_up, 'invoices.raise', payload, unique_key, lane,
    priority, max_attempts, next_at + interval '1 minute'
FROM job_schedules WHERE name = 'customers.recount'
ON CONFLICT DO NOTHING;
