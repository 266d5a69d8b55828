-- What the company spends, and what it earns beside what customers are charged: each booked in the ledger under its own id.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE house_entries (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- Also of its transaction in the ledger.
    entry_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    category text NOT NULL CHECK (category ~ '^[a-z_]{1,40}$'),
    amount bigint NOT NULL CHECK (amount BETWEEN 1 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    day date NOT NULL,
    account text NOT NULL CHECK (account IN ('cash', 'transfer', 'card')),
    -- Who was paid, or who paid.
    party text NOT NULL CHECK (char_length(party) <= 120),
    receipt text NOT NULL CHECK (char_length(receipt) <= 60),
    note text NOT NULL CHECK (char_length(note) <= 300),
    state text NOT NULL CHECK (state IN ('applied', 'reversed')),
    -- The shift out of whose drawer it was paid.
    shift_id uuid,
    actor_id uuid,
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    reverser text NOT NULL DEFAULT '',
    reversed_at timestamptz CHECK ((reversed_at IS NULL) = (state = 'applied')),
    reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 300),
    PRIMARY KEY (tenant_id, entry_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, shift_id) REFERENCES shifts
);
CREATE INDEX house_entries_by_day ON house_entries (tenant_id, day);
SELECT keep_tenants_apart('house_entries', 'SELECT, INSERT');
GRANT UPDATE (state, reverser, reversed_at, reason) ON house_entries TO mastil_app;

-- New rows are held to it, those there are not looked at.
ALTER TABLE ledger_postings DROP CONSTRAINT ledger_postings_account_check,
    ADD CONSTRAINT ledger_postings_account_check CHECK (account IN (
        'receivable', 'credit', 'income', 'tax', 'money', 'withholding', 'fee', 'discount', 'write_off', 'opening',
        'expense')) NOT VALID;
