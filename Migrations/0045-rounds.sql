-- Visits of collectors to customers who could not be found.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE failed_visits (
    tenant_id uuid NOT NULL REFERENCES tenants,
    visit_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    note text NOT NULL CHECK (char_length(note) <= 300),
    day date NOT NULL,
    author text NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, visit_id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
CREATE INDEX failed_visits_of_customer ON failed_visits (tenant_id, customer_id, made_at);
SELECT keep_tenants_apart('failed_visits', 'SELECT, INSERT');
SELECT reach_by_zone('failed_visits', 'customers', 'customer_id');
