-- A page of the list: the tenant of the transaction and its rows in one round trip, one more than is shown, which tells
-- whether there is a next page.
\set after random(0, 4900)
\set limit 51
\startpipeline
SELECT set_config('app.tenant_id', :tenant, true);
SELECT customer_id, number, name, phone, address, neighbourhood, state, since FROM customers WHERE tenant_id = :tenant AND number > :after ORDER BY number LIMIT :limit;
\endpipeline
