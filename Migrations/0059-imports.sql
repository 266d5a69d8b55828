-- Files of customers, services and balances from other programs: what their columns hold, what would become of each row, and what became of it.
-- They take the place of imported_files, which the program that still serves reads until it is replaced.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE imports (
    tenant_id uuid NOT NULL REFERENCES tenants,
    import_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    -- The file's.
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    -- Until it is forgotten.
    file bytea CHECK (octet_length(file) <= 16777216),
    state text NOT NULL
        CHECK (state IN ('draft', 'trying', 'tried', 'committing', 'done', 'undoing', 'undone')),
    titles text[] NOT NULL CHECK (cardinality(titles) BETWEEN 1 AND 256),
    samples text[] NOT NULL,
    -- What each column holds; empty where it is not used.
    fields text[] NOT NULL,
    -- Whether its days or amounts could be read in two ways, and how they are written then.
    day_doubts boolean[] NOT NULL,
    amount_doubts boolean[] NOT NULL,
    day_order text CHECK (day_order IN ('day_first', 'month_first', 'year_first')),
    decimal_mark text CHECK (decimal_mark IN ('point', 'comma')),
    -- Rows that share a telephone, an e-mail or a name with somebody are other people.
    are_distinct boolean NOT NULL DEFAULT false,
    row_count bigint NOT NULL,
    done_count bigint NOT NULL DEFAULT 0,
    interruption text,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    ended_at timestamptz CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'undoing', 'undone'))),
    PRIMARY KEY (tenant_id, import_id),
    UNIQUE (tenant_id, number)
);
-- Two at once would each make whom the other makes.
CREATE UNIQUE INDEX imports_under_way ON imports (tenant_id) WHERE state IN ('committing', 'undoing');
SELECT keep_tenants_apart('imports', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE import_rows (
    tenant_id uuid NOT NULL,
    import_id uuid NOT NULL,
    -- In the file, as a spreadsheet program counts them.
    line integer NOT NULL CHECK (line > 0),
    name text NOT NULL CHECK (char_length(name) <= 1000),
    reference text NOT NULL CHECK (char_length(reference) <= 100),
    digest bytea NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('created', 'merged', 'known', 'refused')),
    -- Whom it is merged with, or who was made of it.
    customer_id uuid,
    -- An earlier row of the same customer.
    same_as integer,
    evidence text[] NOT NULL,
    -- The service that goes in with the row; NULL where there is none.
    plan_id uuid,
    price bigint CHECK (price BETWEEN 0 AND 1000000000000),
    is_price_agreed boolean NOT NULL DEFAULT false,
    service_state text CHECK (service_state IN ('pending', 'active', 'cut', 'frozen', 'cancelled')),
    billing_day integer CHECK (billing_day BETWEEN 1 AND 31),
    -- What is owed, above zero, or in favour.
    balance bigint CHECK (balance <> 0 AND balance BETWEEN -1000000000000 AND 1000000000000),
    currency text CHECK (currency ~ '^[A-Z]{3}$'),
    -- What was made of them.
    service_id uuid,
    opening_id uuid,
    -- What is wrong with it: at which column, why, and what stands there.
    fault_columns integer[] NOT NULL,
    fault_reasons text[] NOT NULL,
    fault_values text[] NOT NULL,
    is_done boolean NOT NULL DEFAULT false,
    -- What was empty of whom it is merged with, and what was filled in.
    filled text[] NOT NULL DEFAULT '{}',
    filled_values text[] NOT NULL DEFAULT '{}',
    -- Why it stays where the import is undone.
    kept text CHECK (kept IN ('paid', 'used')),
    PRIMARY KEY (tenant_id, import_id, line),
    FOREIGN KEY (tenant_id, import_id) REFERENCES imports ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, plan_id) REFERENCES plans,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, opening_id) REFERENCES ledger_transactions,
    CHECK ((plan_id IS NULL) = (price IS NULL)),
    CHECK (currency IS NOT NULL OR price IS NULL AND balance IS NULL)
);
CREATE INDEX import_rows_done ON import_rows (tenant_id, digest) WHERE is_done;
CREATE INDEX import_rows_by_reference ON import_rows (tenant_id, reference) WHERE is_done AND reference <> '';
CREATE INDEX import_rows_of_customer ON import_rows (tenant_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX import_rows_of_plan ON import_rows (tenant_id, plan_id) WHERE plan_id IS NOT NULL;
CREATE INDEX import_rows_of_service ON import_rows (tenant_id, service_id) WHERE service_id IS NOT NULL;
SELECT keep_tenants_apart('import_rows', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('import_rows', 'customers', 'customer_id');

-- Who could change customers could import them; now that is said apart.
DO $$
DECLARE
    company record;
BEGIN
    FOR company IN SELECT tenant_id FROM tenants LOOP
        PERFORM set_config('app.tenant_id', company.tenant_id::text, true);
        INSERT INTO role_permissions (tenant_id, role_id, permission, is_allowed)
        SELECT r.tenant_id, r.role_id, 'customers.import', true FROM roles r
        WHERE r.tenant_id = company.tenant_id AND (
            r.ready_made = 'owner' OR r.ready_made IS NULL AND EXISTS (
                SELECT FROM role_permissions p
                WHERE p.tenant_id = r.tenant_id AND p.role_id = r.role_id AND p.permission = 'customers.write'
                    AND p.is_allowed))
        ON CONFLICT DO NOTHING;
        UPDATE staff s SET permissions = s.permissions || 'customers.import'::text
        WHERE s.tenant_id = company.tenant_id AND s.zones IS NULL AND 'customers.import' <> ALL (s.permissions)
            AND 'customers.write' = ANY (s.permissions) AND EXISTS (
                SELECT FROM staff_roles h
                JOIN role_permissions p ON p.tenant_id = h.tenant_id AND p.role_id = h.role_id
                WHERE h.tenant_id = s.tenant_id AND h.staff_id = s.staff_id AND p.permission = 'customers.import'
                    AND p.is_allowed);
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $$;
