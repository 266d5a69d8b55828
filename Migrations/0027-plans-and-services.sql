-- What an ISP sells and to whom: plans, the services that customers have of them, and what happens in a service's life.
-- Amounts are minor units of their currency and never more than 10^12 of them, so that they can always be summed.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE plans (
    tenant_id uuid NOT NULL REFERENCES tenants,
    plan_id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    price bigint NOT NULL CHECK (price BETWEEN 0 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    tax text NOT NULL CHECK (tax IN ('company', 'exempt')),
    charge text NOT NULL CHECK (charge IN ('in_advance', 'in_arrears', 'by_days')),
    -- Paid at once, where it is charged by days.
    days integer NOT NULL CHECK (days BETWEEN 0 AND 366),
    -- In kilobits a second: as it is advertised, and as routers are told.
    download integer NOT NULL CHECK (download BETWEEN 0 AND 1000000000),
    upload integer NOT NULL CHECK (upload BETWEEN 0 AND 1000000000),
    provisioned_download integer NOT NULL CHECK (provisioned_download BETWEEN 0 AND 1000000000),
    provisioned_upload integer NOT NULL CHECK (provisioned_upload BETWEEN 0 AND 1000000000),
    burst_download integer NOT NULL CHECK (burst_download BETWEEN 0 AND 1000000000),
    burst_upload integer NOT NULL CHECK (burst_upload BETWEEN 0 AND 1000000000),
    threshold_download integer NOT NULL CHECK (threshold_download BETWEEN 0 AND 1000000000),
    threshold_upload integer NOT NULL CHECK (threshold_upload BETWEEN 0 AND 1000000000),
    burst_seconds integer NOT NULL CHECK (burst_seconds BETWEEN 0 AND 300),
    -- Whether its customers are reminded and cut by themselves: cobro automático.
    is_collected boolean NOT NULL,
    early_discount bigint NOT NULL CHECK (early_discount BETWEEN 0 AND 1000000000000),
    early_days integer NOT NULL CHECK (early_days BETWEEN 0 AND 31),
    made_at timestamptz NOT NULL,
    -- No longer sold; its services go on.
    retired_at timestamptz,
    PRIMARY KEY (tenant_id, plan_id),
    CHECK ((charge = 'by_days') = (days > 0)),
    CHECK (early_discount <= price AND (early_discount > 0) = (early_days > 0))
);
CREATE UNIQUE INDEX plans_by_name_in_use ON plans (tenant_id, lower(name)) WHERE retired_at IS NULL;
SELECT keep_tenants_apart('plans', 'SELECT, INSERT, UPDATE, DELETE');

-- Under which name and tax number a customer is invoiced; one customer may have several, one for each place or company.
CREATE TABLE fiscal_profiles (
    tenant_id uuid NOT NULL REFERENCES tenants,
    profile_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    legal_name text NOT NULL CHECK (char_length(legal_name) BETWEEN 1 AND 254),
    tax_id text NOT NULL CHECK (char_length(tax_id) BETWEEN 1 AND 20),
    -- The tax office's own codes: of the regime, and of what the invoice is for (CFDI: 601, G03).
    regime text NOT NULL CHECK (char_length(regime) <= 10),
    purpose text NOT NULL CHECK (char_length(purpose) <= 10),
    postal_code text NOT NULL CHECK (char_length(postal_code) <= 12),
    address text NOT NULL CHECK (char_length(address) <= 300),
    email text NOT NULL CHECK (char_length(email) <= 254),
    -- The plan's tax, none, or a rate of its own in hundredths of a percent: a border region's, a stratum's.
    tax text NOT NULL CHECK (tax IN ('plan', 'exempt', 'own')),
    tax_rate integer NOT NULL CHECK (tax_rate BETWEEN 0 AND 10000),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, profile_id),
    UNIQUE (tenant_id, customer_id, profile_id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
SELECT keep_tenants_apart('fiscal_profiles', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('fiscal_profiles', 'customers', 'customer_id');

CREATE TABLE services (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    customer_id uuid NOT NULL,
    address text NOT NULL CHECK (char_length(address) <= 300),
    neighbourhood text NOT NULL CHECK (char_length(neighbourhood) <= 100),
    -- In millionths of a degree.
    latitude integer CHECK (latitude BETWEEN -90000000 AND 90000000),
    longitude integer CHECK (longitude BETWEEN -180000000 AND 180000000),
    zone_id uuid,
    -- Whom to ask for there, where that is not the customer.
    contact text NOT NULL CHECK (char_length(contact) <= 200),
    contact_phone text NOT NULL CHECK (char_length(contact_phone) <= 40),
    -- The day of the month on which its periods begin; the last one where a month is too short.
    billing_day integer NOT NULL CHECK (billing_day BETWEEN 1 AND 31),
    profile_id uuid,
    -- Follows from the rows below by the company's calendar, and is written down for lists.
    state text NOT NULL CHECK (state IN ('pending', 'active', 'cut', 'frozen', 'cancelled')),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id),
    UNIQUE (tenant_id, number),
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, zone_id) REFERENCES coverage_zones,
    FOREIGN KEY (tenant_id, customer_id, profile_id)
        REFERENCES fiscal_profiles (tenant_id, customer_id, profile_id)
);
CREATE INDEX services_of_customer ON services (tenant_id, customer_id);
CREATE INDEX services_of_state ON services (tenant_id, state, number);
CREATE INDEX services_of_zone ON services (tenant_id, zone_id) WHERE zone_id IS NOT NULL;
CREATE INDEX services_of_profile ON services (tenant_id, profile_id) WHERE profile_id IS NOT NULL;
SELECT keep_tenants_apart('services', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('services', 'customers', 'customer_id');

-- Which plan a service has at which price, from a day on. Of several from the same day the one written last counts, which
-- their number within the service tells.
CREATE TABLE service_terms (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    sequence integer NOT NULL CHECK (sequence > 0),
    from_day date NOT NULL,
    plan_id uuid NOT NULL,
    price bigint NOT NULL CHECK (price BETWEEN 0 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id, sequence),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, plan_id) REFERENCES plans
);
CREATE INDEX service_terms_of_plan ON service_terms (tenant_id, plan_id);
SELECT keep_tenants_apart('service_terms', 'SELECT, INSERT');
SELECT reach_by_zone('service_terms', 'services', 'service_id');

-- What is charged beside the plan: every period, once, or as rent of a device until it is given back.
CREATE TABLE service_charges (
    tenant_id uuid NOT NULL REFERENCES tenants,
    charge_id uuid NOT NULL,
    service_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('recurring', 'one_off', 'rent')),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    from_day date NOT NULL,
    -- The last day on which it is charged; before the first one, where it was taken back.
    to_day date CHECK (to_day >= from_day - 1),
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, charge_id),
    CHECK (kind <> 'one_off' OR to_day <= from_day),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
CREATE INDEX service_charges_of_service ON service_charges (tenant_id, service_id, from_day);
SELECT keep_tenants_apart('service_charges', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('service_charges', 'services', 'service_id');

CREATE TABLE service_promotions (
    tenant_id uuid NOT NULL REFERENCES tenants,
    promotion_id uuid NOT NULL,
    service_id uuid NOT NULL,
    percent integer CHECK (percent BETWEEN 1 AND 100),
    amount bigint CHECK (amount BETWEEN 1 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    from_day date NOT NULL,
    periods integer NOT NULL CHECK (periods BETWEEN 1 AND 120),
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, promotion_id),
    CHECK ((percent IS NULL) <> (amount IS NULL)),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
CREATE INDEX service_promotions_of_service ON service_promotions (tenant_id, service_id, from_day);
SELECT keep_tenants_apart('service_promotions', 'SELECT, INSERT');
SELECT reach_by_zone('service_promotions', 'services', 'service_id');

-- The first day of a service; it is charged from then on.
CREATE TABLE activations (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    day date NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
SELECT keep_tenants_apart('activations', 'SELECT, INSERT');
SELECT reach_by_zone('activations', 'services', 'service_id');

-- The first day without the service: it is not charged from then on.
CREATE TABLE cancellations (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    day date NOT NULL,
    reason text NOT NULL CHECK (reason IN ('price', 'moved', 'quality', 'competitor', 'unpaid', 'no_use', 'other')),
    note text NOT NULL CHECK (char_length(note) <= 500),
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
SELECT keep_tenants_apart('cancellations', 'SELECT, INSERT');
SELECT reach_by_zone('cancellations', 'services', 'service_id');

-- A pause that the customer asked for. Both days are in it; without a last one it goes on.
CREATE TABLE freezes (
    tenant_id uuid NOT NULL REFERENCES tenants,
    freeze_id uuid NOT NULL,
    service_id uuid NOT NULL,
    from_day date NOT NULL,
    to_day date,
    reason text NOT NULL CHECK (char_length(reason) <= 500),
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, freeze_id),
    -- One that ends the day before it begins was taken back.
    CHECK (to_day >= from_day - 1),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
CREATE INDEX freezes_of_service ON freezes (tenant_id, service_id, from_day);
SELECT keep_tenants_apart('freezes', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('freezes', 'services', 'service_id');

CREATE TABLE moves (
    tenant_id uuid NOT NULL REFERENCES tenants,
    move_id uuid NOT NULL,
    service_id uuid NOT NULL,
    day date NOT NULL,
    old_address text NOT NULL,
    new_address text NOT NULL,
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, move_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
CREATE INDEX moves_of_service ON moves (tenant_id, service_id, day);
SELECT keep_tenants_apart('moves', 'SELECT, INSERT');
SELECT reach_by_zone('moves', 'services', 'service_id');

-- A stop put on a service. The one that is not lifted is the state: there is no flag that could disagree with it.
CREATE TABLE cuts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    cut_id uuid NOT NULL,
    service_id uuid NOT NULL,
    reason text NOT NULL CHECK (reason IN ('unpaid', 'requested', 'abuse', 'fraud', 'other')),
    note text NOT NULL CHECK (char_length(note) <= 500),
    author text NOT NULL CHECK (author <> ''),
    made_at timestamptz NOT NULL,
    lifted_at timestamptz CHECK (lifted_at >= made_at),
    lifted_by text CHECK ((lifted_by IS NULL) = (lifted_at IS NULL)),
    PRIMARY KEY (tenant_id, cut_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
CREATE UNIQUE INDEX cuts_in_force ON cuts (tenant_id, service_id) WHERE lifted_at IS NULL;
CREATE INDEX cuts_of_service ON cuts (tenant_id, service_id, made_at);
SELECT keep_tenants_apart('cuts', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('cuts', 'services', 'service_id');

-- What should be true on the network, for whoever makes it true: connected at the plan's speeds, closed, or not there. The
-- revision grows with each change, so that a proof says which one it proves.
CREATE TABLE desired_services (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    access text NOT NULL CHECK (access IN ('open', 'closed', 'absent')),
    plan_id uuid NOT NULL,
    revision bigint NOT NULL CHECK (revision > 0),
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, plan_id) REFERENCES plans
);
SELECT keep_tenants_apart('desired_services', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('desired_services', 'services', 'service_id');

-- Of a night, beside what every company has from its first day: the status of services and customers.
INSERT INTO job_schedules (
    tenant_id, name, expression, zone, catch_up, kind, payload, unique_key, lane, priority, max_attempts, next_at)
SELECT tenant_id, 'services.settle', '5 0 * * *', zone, catch_up, 'services.settle', payload, unique_key, lane,
    priority, max_attempts, next_at
FROM job_schedules WHERE name = 'customers.recount'
ON CONFLICT DO NOTHING;
