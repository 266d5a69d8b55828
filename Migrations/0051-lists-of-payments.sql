-- The list of payments stands in the order in which the server was told of them, as the one of invoices does, and whole
-- lists of customers are taken away by those who may export them: so far everybody who saw them could.

CREATE INDEX payments_of_state_by_entry ON payments (tenant_id, state, entry);
CREATE INDEX payments_of_author ON payments (tenant_id, actor_id, entry);
DROP INDEX payments_of_state;
DROP INDEX payments_by_time;

-- Who comes and goes with a telephone keeps seeing customers and no longer exports them; a company's own roles stay as
-- they were.
DO $$
DECLARE
    company record;
BEGIN
    FOR company IN SELECT tenant_id FROM tenants LOOP
        PERFORM set_config('app.tenant_id', company.tenant_id::text, true);
        INSERT INTO role_permissions (tenant_id, role_id, permission, is_allowed)
        SELECT r.tenant_id, r.role_id, 'customers.export', true FROM roles r
        WHERE r.tenant_id = company.tenant_id AND (
            r.ready_made IN ('owner', 'accountant') OR r.ready_made IS NULL AND EXISTS (
                SELECT FROM role_permissions p
                WHERE p.tenant_id = r.tenant_id AND p.role_id = r.role_id AND p.permission = 'customers.read'
                    AND p.is_allowed))
        ON CONFLICT DO NOTHING;
        UPDATE staff s SET permissions = s.permissions || 'customers.export'::text
        WHERE s.tenant_id = company.tenant_id AND 'customers.export' <> ALL (s.permissions) AND EXISTS (
            SELECT FROM staff_roles h
            JOIN role_permissions p ON p.tenant_id = h.tenant_id AND p.role_id = h.role_id
            WHERE h.tenant_id = s.tenant_id AND h.staff_id = s.staff_id AND p.permission = 'customers.export'
                AND p.is_allowed);
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $$;
