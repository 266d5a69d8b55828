-- Tickets: what customers and colleagues ask for or report, who sees to it, and until when by the office's clock.

-- In the order in which acts take them.
LOCK TABLE customers, services, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE ticket_policies (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    -- The office's hours from Monday to Friday, as 08:00.
    opens text NOT NULL CHECK (opens ~ '^[0-2][0-9]:[0-5][0-9]$'),
    closes text NOT NULL CHECK (closes ~ '^[0-2][0-9]:[0-5][0-9]$' AND closes > opens),
    on_saturday boolean NOT NULL,
    on_sunday boolean NOT NULL,
    -- In how many of its hours a ticket is to be resolved, by its priority.
    urgent_hours integer NOT NULL CHECK (urgent_hours BETWEEN 1 AND 720),
    high_hours integer NOT NULL CHECK (high_hours BETWEEN 1 AND 720),
    normal_hours integer NOT NULL CHECK (normal_hours BETWEEN 1 AND 720),
    low_hours integer NOT NULL CHECK (low_hours BETWEEN 1 AND 720),
    -- Minutes before that from which it is due soon.
    soon_minutes integer NOT NULL CHECK (soon_minutes BETWEEN 0 AND 1440),
    -- Days after which a resolved one is closed; 0 for never.
    close_days integer NOT NULL CHECK (close_days BETWEEN 0 AND 60),
    -- Whether a new one is given to whoever has the fewest in its zone.
    is_assigned boolean NOT NULL,
    -- Whether the customer is asked how it went.
    is_rated boolean NOT NULL,
    -- Addresses of those who are alerted, separated by commas.
    alerted text NOT NULL CHECK (char_length(alerted) <= 500)
);
SELECT keep_tenants_apart('ticket_policies', 'SELECT, INSERT, UPDATE');

CREATE TABLE tickets (
    tenant_id uuid NOT NULL REFERENCES tenants,
    ticket_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 100),
    body text NOT NULL CHECK (char_length(body) <= 4000),
    -- None of those that colleagues write for themselves.
    customer_id uuid,
    service_id uuid,
    kind text NOT NULL CHECK (kind ~ '^[a-z_]{1,30}$'),
    priority text NOT NULL CHECK (priority IN ('urgent', 'high', 'normal', 'low')),
    state text NOT NULL CHECK (state IN ('new', 'in_progress', 'waiting', 'resolved', 'closed')),
    source text NOT NULL CHECK (source IN ('panel', 'portal', 'bot', 'conversation', 'program')),
    assignee_id uuid,
    incident_id uuid,
    conversation_id uuid,
    merged_into uuid,
    -- Whether its customer's collection waits for it.
    is_holding boolean NOT NULL,
    -- The moment until which it is to be resolved while the clock runs, and what is left in seconds while it stands.
    due_at timestamptz,
    seconds_left integer CHECK (seconds_left >= 0),
    sla text NOT NULL CHECK (sla IN ('on_time', 'due_soon', 'overdue')),
    resolved_at timestamptz,
    rating integer CHECK (rating BETWEEN 1 AND 5),
    rating_note text NOT NULL DEFAULT '' CHECK (char_length(rating_note) <= 500),
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, ticket_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, assignee_id) REFERENCES staff,
    FOREIGN KEY (tenant_id, incident_id) REFERENCES incidents,
    FOREIGN KEY (tenant_id, merged_into) REFERENCES tickets,
    CHECK ((due_at IS NULL) = (state NOT IN ('new', 'in_progress'))),
    CHECK ((seconds_left IS NULL) = (state IN ('new', 'in_progress'))),
    CHECK ((resolved_at IS NULL) = (state NOT IN ('resolved', 'closed'))),
    CHECK (merged_into IS NULL OR state = 'closed'),
    CHECK (NOT is_holding OR customer_id IS NOT NULL)
);
CREATE INDEX tickets_of_customer ON tickets (tenant_id, customer_id, number DESC);
CREATE INDEX tickets_of_assignee ON tickets (tenant_id, assignee_id, number) WHERE state NOT IN ('resolved', 'closed');
CREATE INDEX tickets_open ON tickets (tenant_id, number) WHERE state NOT IN ('resolved', 'closed');
CREATE INDEX tickets_of_incident ON tickets (tenant_id, incident_id) WHERE incident_id IS NOT NULL;
SELECT keep_tenants_apart('tickets', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('tickets', 'customers', 'customer_id');

-- What was written on a ticket, for its customer to read or among colleagues.
CREATE TABLE ticket_entries (
    tenant_id uuid NOT NULL REFERENCES tenants,
    entry_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    is_internal boolean NOT NULL,
    author_kind text NOT NULL CHECK (author_kind IN ('customer', 'staff', 'program', 'system')),
    author text NOT NULL,
    body text NOT NULL CHECK (char_length(body) <= 4000),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, entry_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets
);
CREATE INDEX ticket_entries_of_ticket ON ticket_entries (tenant_id, ticket_id, entry_id);
SELECT keep_tenants_apart('ticket_entries', 'SELECT, INSERT');
SELECT reach_by_zone('ticket_entries', 'tickets', 'ticket_id');

CREATE TABLE ticket_files (
    tenant_id uuid NOT NULL REFERENCES tenants,
    file_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    -- None for what came with the ticket itself.
    entry_id uuid,
    media_type text NOT NULL CHECK (media_type IN ('image/png', 'application/pdf')),
    name text NOT NULL CHECK (char_length(name) <= 200),
    bytes integer NOT NULL CHECK (bytes > 0),
    sealed bytea NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, file_id),
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets,
    FOREIGN KEY (tenant_id, entry_id) REFERENCES ticket_entries
);
CREATE INDEX ticket_files_of_ticket ON ticket_files (tenant_id, ticket_id, file_id);
SELECT keep_tenants_apart('ticket_files', 'SELECT, INSERT');
SELECT reach_by_zone('ticket_files', 'tickets', 'ticket_id');
