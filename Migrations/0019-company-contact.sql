-- How a company's customers reach it: shown in the portal, on the page where they sign in, and on papers.
ALTER TABLE tenants
    -- As E.164.
    ADD COLUMN phone text NOT NULL DEFAULT '' CHECK (phone ~ '^(\+[0-9]{8,15})?$'),
    ADD COLUMN whatsapp text NOT NULL DEFAULT '' CHECK (whatsapp ~ '^(\+[0-9]{8,15})?$'),
    ADD COLUMN hours text NOT NULL DEFAULT '' CHECK (length(hours) <= 200),
    ADD COLUMN address text NOT NULL DEFAULT '' CHECK (length(address) <= 300);

-- Beside put_company, which the program before this one still calls.
CREATE FUNCTION put_company_contact(
    tenant uuid, new_phone text, new_whatsapp text, new_hours text, new_address text
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    UPDATE tenants SET phone = new_phone, whatsapp = new_whatsapp, hours = new_hours, address = new_address
    WHERE tenant_id = tenant;
    PERFORM pg_notify('tenants', '');
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION put_company_contact FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_company_contact TO mastil_app;
