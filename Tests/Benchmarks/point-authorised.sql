-- The point read as a request makes it: with its credential checked inside the transaction.
\startpipeline
SELECT set_config('app.tenant_id', :tenant, true);
SELECT coalesce(found.name, refuse_token(:tenant, :digest, 'customers.read', now(), '127.0.0.1')) AS person, found.token_id AS id, found.used_at AS seen_at, found.zones, CASE WHEN found.zones IS NOT NULL THEN stay_in_zones(found.zones) END AS reach FROM (VALUES (1)) one LEFT JOIN (SELECT name, token_id, used_at, zones FROM api_tokens WHERE tenant_id = :tenant AND digest = :digest AND revoked_at IS NULL AND expires_at > now() AND 'customers.read' = ANY (permissions) AND (addresses = '{}' OR '127.0.0.1'::inet <<= ANY (addresses))) found ON true;
SELECT customer_id, number, name, phone, address, neighbourhood, state, since FROM customers WHERE tenant_id = :tenant AND customer_id = :customer;
\endpipeline
