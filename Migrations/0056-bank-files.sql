-- Files from banks: what came into the company's accounts, line by line, whose it is and which payment it became; and by
-- which names and accounts payers are known.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE bank_files (
    tenant_id uuid NOT NULL REFERENCES tenants,
    file_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    -- One of the company's, which may be deleted later.
    account_id uuid NOT NULL,
    account text NOT NULL CHECK (char_length(account) <= 200),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    digest bytea NOT NULL CHECK (length(digest) = 32),
    -- As it came, sealed.
    content bytea NOT NULL,
    state text NOT NULL CHECK (
        state IN ('reading', 'failed', 'ready', 'committing', 'committed', 'undoing', 'undone')),
    fault text NOT NULL DEFAULT '',
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    format text NOT NULL DEFAULT '',
    -- Which columns a person said mean what, how the file was read, and the first lines that could not be.
    mapping bytea,
    reading bytea,
    faults bytea,
    fault_count integer NOT NULL DEFAULT 0,
    is_cut boolean NOT NULL DEFAULT false,
    lines integer NOT NULL DEFAULT 0,
    first_day date,
    last_day date,
    opening bigint,
    closing bigint,
    balance_check text NOT NULL DEFAULT 'none' CHECK (balance_check IN ('none', 'adds_up', 'off', 'breaks')),
    difference bigint NOT NULL DEFAULT 0,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor text NOT NULL,
    made_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, file_id),
    UNIQUE (tenant_id, number)
);
CREATE INDEX bank_files_of_account ON bank_files (tenant_id, account_id, digest);
SELECT keep_tenants_apart('bank_files', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE bank_lines (
    tenant_id uuid NOT NULL REFERENCES tenants,
    line_id uuid NOT NULL,
    file_id uuid NOT NULL,
    account_id uuid NOT NULL,
    -- Where it stands in the file.
    line integer NOT NULL,
    day date NOT NULL,
    amount bigint NOT NULL CHECK (amount BETWEEN -1000000000000 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    description text NOT NULL,
    reference text NOT NULL,
    payer text NOT NULL,
    payer_account text NOT NULL,
    bank_id text NOT NULL,
    balance bigint,
    ordinal integer NOT NULL,
    is_reversal boolean NOT NULL,
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    -- It counts for its account: of equal fingerprints, one does.
    is_held boolean NOT NULL DEFAULT false,
    state text NOT NULL CHECK (
        state IN ('outgoing', 'repeated', 'matched', 'unidentified', 'applied', 'dismissed', 'undone')),
    evidence text NOT NULL DEFAULT '',
    doubt text NOT NULL DEFAULT '',
    customer_id uuid,
    payment_id uuid,
    -- Whether the payment is there by this line alone, waited for it, or was applied before.
    part text NOT NULL DEFAULT '' CHECK (part IN ('', 'registered', 'confirmed', 'linked')),
    reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 300),
    decider text NOT NULL DEFAULT '',
    decided_at timestamptz,
    PRIMARY KEY (tenant_id, line_id),
    FOREIGN KEY (tenant_id, file_id) REFERENCES bank_files ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, payment_id) REFERENCES payments
);
CREATE INDEX bank_lines_of_file ON bank_lines (tenant_id, file_id, state, line);
CREATE INDEX bank_lines_by_day ON bank_lines (tenant_id, day, line_id);
CREATE INDEX bank_lines_unidentified ON bank_lines (tenant_id, day, line_id) WHERE state = 'unidentified' AND is_held;
CREATE INDEX bank_lines_of_customer ON bank_lines (tenant_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE UNIQUE INDEX bank_lines_held ON bank_lines (tenant_id, account_id, fingerprint) WHERE is_held;
CREATE UNIQUE INDEX bank_lines_of_payment ON bank_lines (tenant_id, payment_id) WHERE state = 'applied';
SELECT keep_tenants_apart('bank_lines', 'SELECT, INSERT, UPDATE, DELETE');

-- Learned when somebody says whose a line is.
CREATE TABLE payer_aliases (
    tenant_id uuid NOT NULL REFERENCES tenants,
    alias_id uuid NOT NULL,
    -- The payer's words in their order, and the last digits of the account.
    payer text NOT NULL CHECK (char_length(payer) <= 500),
    tail text NOT NULL CHECK (char_length(tail) <= 4),
    shown text NOT NULL CHECK (char_length(shown) <= 600),
    customer_id uuid NOT NULL,
    actor text NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, alias_id),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
CREATE UNIQUE INDEX payer_aliases_by_payer ON payer_aliases (tenant_id, payer, tail, customer_id);
CREATE INDEX payer_aliases_of_customer ON payer_aliases (tenant_id, customer_id);
SELECT keep_tenants_apart('payer_aliases', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('payer_aliases', 'customers', 'customer_id');
