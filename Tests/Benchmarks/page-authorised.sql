-- The page as a request reads it: with its session checked inside the transaction.
\set after random(0, 4900)
\set limit 51
\startpipeline
SELECT set_config('app.tenant_id', :tenant, true);
SELECT coalesce((SELECT person FROM sessions WHERE tenant_id = :tenant AND digest = :digest AND ended_at IS NULL AND expires_at > now() AND 'customers.read' = ANY (permissions)), refuse_session(:tenant, :digest, 'customers.read', now())) AS person;
SELECT customer_id, number, name, phone, address, neighbourhood, state, since FROM customers WHERE tenant_id = :tenant AND number > :after ORDER BY number LIMIT :limit;
\endpipeline
