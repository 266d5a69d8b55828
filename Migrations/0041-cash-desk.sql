-- Tills and the shifts of those who take cash: what came in and went out, counted at the end against what should be there.

CREATE TABLE tills (
    tenant_id uuid NOT NULL REFERENCES tenants,
    till_id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    office text NOT NULL CHECK (char_length(office) <= 60),
    is_active boolean NOT NULL,
    PRIMARY KEY (tenant_id, till_id)
);
CREATE UNIQUE INDEX tills_by_name ON tills (tenant_id, lower(name));
SELECT keep_tenants_apart('tills', 'SELECT, INSERT, UPDATE');

CREATE TABLE cash_desk_settings (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    requires_shift boolean NOT NULL
);
SELECT keep_tenants_apart('cash_desk_settings', 'SELECT, INSERT, UPDATE');

CREATE TABLE shifts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    shift_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    -- None for whoever collects on the road.
    till_id uuid,
    keeper_id uuid NOT NULL,
    keeper text NOT NULL,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    closer text NOT NULL DEFAULT '',
    -- Counted by the keeper before they were told what should be there.
    counted bigint CHECK (counted BETWEEN 0 AND 1000000000000),
    expected bigint,
    reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 300),
    -- The shift into which its cash is handed, and when that shift's keeper confirmed it.
    handed_to uuid,
    received_at timestamptz,
    -- Of the last entry, at the close.
    entries integer,
    seal bytea,
    PRIMARY KEY (tenant_id, shift_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, till_id) REFERENCES tills,
    FOREIGN KEY (tenant_id, handed_to) REFERENCES shifts,
    CHECK ((closed_at IS NULL) = (counted IS NULL)),
    CHECK ((closed_at IS NULL) = (expected IS NULL))
);
CREATE UNIQUE INDEX shifts_open_by_keeper ON shifts (tenant_id, keeper_id) WHERE closed_at IS NULL;
CREATE UNIQUE INDEX shifts_open_by_till ON shifts (tenant_id, till_id) WHERE closed_at IS NULL AND till_id IS NOT NULL;
CREATE INDEX shifts_by_keeper ON shifts (tenant_id, keeper_id, number);
CREATE INDEX shifts_handed ON shifts (tenant_id, handed_to) WHERE handed_to IS NOT NULL AND received_at IS NULL;
SELECT keep_tenants_apart('shifts', 'SELECT, INSERT');
GRANT UPDATE (closed_at, closer, counted, expected, reason, handed_to, received_at, entries, seal) ON shifts TO mastil_app;

-- What makes up a shift's cash, in its order. Nothing is changed or taken out: each entry is sealed with those before it.
CREATE TABLE shift_entries (
    tenant_id uuid NOT NULL REFERENCES tenants,
    shift_id uuid NOT NULL,
    number integer NOT NULL CHECK (number BETWEEN 1 AND 100000),
    kind text NOT NULL CHECK (
        kind IN ('opening', 'payment', 'undone', 'added', 'received', 'expense', 'banked', 'withdrawn')),
    -- Below zero where cash leaves.
    amount bigint NOT NULL CHECK (amount BETWEEN -1000000000000 AND 1000000000000),
    payment_id uuid,
    -- Whose cash was received.
    giver_id uuid,
    note text NOT NULL CHECK (char_length(note) <= 300),
    actor text NOT NULL,
    made_at timestamptz NOT NULL,
    seal bytea NOT NULL,
    PRIMARY KEY (tenant_id, shift_id, number),
    FOREIGN KEY (tenant_id, shift_id) REFERENCES shifts,
    FOREIGN KEY (tenant_id, giver_id) REFERENCES shifts,
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payments,
    CHECK ((payment_id IS NOT NULL) = (kind IN ('payment', 'undone'))),
    CHECK ((giver_id IS NOT NULL) = (kind = 'received'))
);
-- A payment comes into one shift once, and goes out of one once.
CREATE UNIQUE INDEX shift_entries_of_payment ON shift_entries (tenant_id, payment_id, kind) WHERE payment_id IS NOT NULL;
CREATE UNIQUE INDEX shift_entries_of_giver ON shift_entries (tenant_id, giver_id) WHERE giver_id IS NOT NULL;
SELECT keep_tenants_apart('shift_entries', 'SELECT, INSERT');

-- The seal of an entry, of what it says and of the one before it.
CREATE FUNCTION shift_seal(
    previous bytea, shift uuid, number integer, kind text, amount bigint, payment uuid, giver uuid, note text, actor text,
    made_at timestamptz)
RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(previous || convert_to(
        jsonb_build_array(
            shift, number, kind, amount, payment, giver, note, actor,
            (extract(epoch FROM made_at) * 1000000)::bigint)::text, 'UTF8'))
$$;
