-- The page as a request reads it: with its session checked inside the transaction.
\set after random(0, 4900)
\set limit 51
\startpipeline
SELECT set_config('app.tenant_id', :tenant, true);
SELECT coalesce(found.name, refuse_session(:tenant, :digest, 'customers.read', now(), '30 min')) AS person, found.staff_id AS id, found.session_id, found.permissions, found.seen_at FROM (VALUES (1)) one LEFT JOIN (SELECT p.name, p.staff_id, s.session_id, p.permissions, s.seen_at FROM sessions s JOIN staff p ON p.tenant_id = s.tenant_id AND p.staff_id = s.staff_id WHERE s.tenant_id = :tenant AND s.digest = :digest AND s.ended_at IS NULL AND s.expires_at > now() AND s.seen_at > now() - interval '30 min' AND p.state = 'active' AND 'customers.read' = ANY (p.permissions)) found ON true;
SELECT customer_id, number, name, phone, address, neighbourhood, state, since FROM customers WHERE tenant_id = :tenant AND number > :after ORDER BY number LIMIT :limit;
\endpipeline
