-- The digits by which somebody who may undo payments lets another do so at their till.
CREATE TABLE supervisor_pins (
    tenant_id uuid NOT NULL REFERENCES tenants,
    staff_id uuid NOT NULL,
    digest text NOT NULL,
    set_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, staff_id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff ON DELETE CASCADE
);
SELECT keep_tenants_apart('supervisor_pins', 'SELECT, INSERT, UPDATE');
