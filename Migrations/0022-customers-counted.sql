-- How many customers a company has, for the limit of its plan: also where somebody adds one who sees those of some zones
-- only. Nobody is counted beyond so many.
CREATE FUNCTION count_customers(tenant uuid, most bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    reach text := coalesce(current_setting('app.zones', true), '');
    counted bigint;
BEGIN
    PERFORM set_config('app.zones', '', true);
    SELECT count(*) INTO counted FROM (
        SELECT FROM customers WHERE tenant_id = tenant AND state <> 'cancelled' LIMIT most) until_enough;
    PERFORM set_config('app.zones', reach, true);
    RETURN counted;
END $$;
REVOKE ALL ON FUNCTION count_customers FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_customers TO mastil_app;
