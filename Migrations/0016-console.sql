-- What each ISP pays the platform for its plan, and how often. And how the console makes a company: in one transaction,
-- with its roles and its first administrator.

ALTER TABLE tenants
    -- In minor units of its currency; not agreed where NULL.
    ADD COLUMN plan_price bigint CHECK (plan_price >= 0),
    ADD COLUMN plan_currency text CHECK (plan_currency ~ '^[A-Z]{3}$'),
    ADD COLUMN plan_cycle text NOT NULL DEFAULT 'monthly' CHECK (plan_cycle IN ('monthly', 'yearly')),
    -- The first day of the first period that is billed. Not billed where NULL.
    ADD COLUMN billed_from date,
    ADD CONSTRAINT tenants_price_in_a_currency CHECK ((plan_price IS NULL) = (plan_currency IS NULL));

-- Begins a company, in a transaction of the platform's own tenant, which goes on in the company's context. False where
-- somebody has that slug.
CREATE FUNCTION make_tenant(
    tenant uuid, new_slug text, new_name text, new_state text, trial_end date, new_country text, new_language text,
    new_currency text, new_zone text, new_colour integer, new_plan text, customers integer, staff integer,
    routers integer, price bigint, price_currency text, cycle text, first_billed date,
    moment timestamptz
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context('00000000-0000-0000-0000-000000000001');
    INSERT INTO tenants (
        tenant_id, slug, name, state, trial_ends_on, country, language, currency, zone, colour, plan, customer_limit,
        staff_limit, router_limit, plan_price, plan_currency, plan_cycle, billed_from, made_at)
    VALUES (tenant, new_slug, new_name, new_state, trial_end, new_country, new_language, new_currency, new_zone,
        new_colour, new_plan, customers, staff, routers, price, price_currency, cycle, first_billed, moment)
    ON CONFLICT (slug) DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM pg_notify('tenants', '');
    RETURN true;
END $$;
REVOKE ALL ON FUNCTION make_tenant FROM PUBLIC;
GRANT EXECUTE ON FUNCTION make_tenant TO mastil_app;

-- When all of its rows last left the house: a company is closed only after that.
ALTER TABLE tenants ADD COLUMN exported_at timestamptz;
