-- Work in the field: installations, visits and equipment to be fetched, who goes when, and what was done there.

-- In the order in which acts take them.
LOCK TABLE customers, services, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE field_checklists (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    -- One item a line; empty for the usual ones.
    installation text NOT NULL CHECK (char_length(installation) <= 2000),
    visit text NOT NULL CHECK (char_length(visit) <= 2000),
    recovery text NOT NULL CHECK (char_length(recovery) <= 2000)
);
SELECT keep_tenants_apart('field_checklists', 'SELECT, INSERT, UPDATE');

CREATE TABLE field_jobs (
    tenant_id uuid NOT NULL REFERENCES tenants,
    job_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    kind text NOT NULL CHECK (kind IN ('installation', 'visit', 'recovery')),
    state text NOT NULL CHECK (state IN ('new', 'scheduled', 'in_progress', 'done', 'cancelled')),
    customer_id uuid NOT NULL,
    service_id uuid,
    ticket_id uuid,
    note text NOT NULL CHECK (char_length(note) <= 1000),
    assignee_id uuid,
    -- When it is to begin, by the company's calendar and clock, and how long it takes.
    day date,
    begins text NOT NULL CHECK (begins = '' OR begins ~ '^[0-2][0-9]:[0-5][0-9]$'),
    minutes integer NOT NULL CHECK (minutes BETWEEN 15 AND 720),
    -- What the customer was told; another one with each appointment.
    appointment_id uuid NOT NULL,
    checklist text[] NOT NULL CHECK (cardinality(checklist) <= 40),
    checked text[] NOT NULL DEFAULT '{}' CHECK (checked <@ checklist),
    report text NOT NULL DEFAULT '' CHECK (char_length(report) <= 2000),
    -- Serial numbers of what was put up, and of what was taken away.
    serials text NOT NULL DEFAULT '' CHECK (char_length(serials) <= 2000),
    fetched text NOT NULL DEFAULT '' CHECK (char_length(fetched) <= 2000),
    started_at timestamptz,
    ended_at timestamptz CHECK ((ended_at IS NULL) = (state NOT IN ('done', 'cancelled'))),
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, job_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services,
    FOREIGN KEY (tenant_id, ticket_id) REFERENCES tickets,
    FOREIGN KEY (tenant_id, assignee_id) REFERENCES staff,
    CHECK ((day IS NULL) = (begins = '')),
    CHECK (state <> 'scheduled' OR day IS NOT NULL)
);
CREATE INDEX field_jobs_of_day ON field_jobs (tenant_id, day, assignee_id) WHERE day IS NOT NULL;
CREATE INDEX field_jobs_of_customer ON field_jobs (tenant_id, customer_id, number DESC);
CREATE INDEX field_jobs_of_ticket ON field_jobs (tenant_id, ticket_id) WHERE ticket_id IS NOT NULL;
CREATE INDEX field_jobs_of_appointment ON field_jobs (tenant_id, appointment_id);
SELECT keep_tenants_apart('field_jobs', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('field_jobs', 'customers', 'customer_id');

CREATE TABLE field_photos (
    tenant_id uuid NOT NULL REFERENCES tenants,
    photo_id uuid NOT NULL,
    job_id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) <= 200),
    sealed bytea NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, photo_id),
    FOREIGN KEY (tenant_id, job_id) REFERENCES field_jobs
);
CREATE INDEX field_photos_of_job ON field_photos (tenant_id, job_id, photo_id);
SELECT keep_tenants_apart('field_photos', 'SELECT, INSERT');
SELECT reach_by_zone('field_photos', 'field_jobs', 'job_id');
