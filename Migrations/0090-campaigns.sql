-- Campaigns: one message to many customers, whom it was for, and what became of it with each.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE campaigns (
    tenant_id uuid NOT NULL REFERENCES tenants,
    campaign_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 100),
    purpose text NOT NULL CHECK (purpose IN ('announcement', 'linking')),
    subject text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 150),
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 2000),
    -- The filters that choose its customers.
    zone_id uuid,
    plan_id uuid,
    standing text NOT NULL CHECK (char_length(standing) BETWEEN 1 AND 30),
    debt text NOT NULL CHECK (debt IN ('any', 'none', 'owing', 'overdue')),
    reach text NOT NULL CHECK (reach IN ('any', 'linked', 'unlinked', 'whatsapp', 'telegram', 'email')),
    per_hour integer NOT NULL CHECK (per_hour BETWEEN 1 AND 6000),
    state text NOT NULL CHECK (state IN ('draft', 'running', 'paused', 'finished', 'stopped')),
    -- When it writes to the next ones.
    next_at timestamptz CHECK ((next_at IS NOT NULL) = (state = 'running')),
    started_at timestamptz CHECK ((started_at IS NULL) = (state = 'draft')),
    ended_at timestamptz CHECK ((ended_at IS NOT NULL) = (state IN ('finished', 'stopped'))),
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, campaign_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, zone_id) REFERENCES coverage_zones,
    FOREIGN KEY (tenant_id, plan_id) REFERENCES plans
);
SELECT keep_tenants_apart('campaigns', 'SELECT, INSERT, UPDATE');

CREATE TABLE campaign_recipients (
    tenant_id uuid NOT NULL REFERENCES tenants,
    campaign_id uuid NOT NULL,
    -- A customer into whom another was merged may stand twice.
    chosen_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'told', 'opted_out', 'needless', 'stopped')),
    -- The customer to whom its notice was written.
    told_as uuid CHECK ((told_as IS NOT NULL) = (state = 'told')),
    PRIMARY KEY (tenant_id, campaign_id, chosen_id),
    FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaigns,
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
CREATE INDEX campaign_recipients_waiting ON campaign_recipients (tenant_id, campaign_id, customer_id, chosen_id)
    WHERE state = 'waiting';
CREATE INDEX campaign_recipients_of_customer ON campaign_recipients (tenant_id, customer_id, campaign_id);
SELECT keep_tenants_apart('campaign_recipients', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('campaign_recipients', 'customers', 'customer_id');
