-- One customer: the tenant of the transaction and the row, in one round trip. A run reads one customer, drawn by the
-- harness: pgbench cannot draw from a list, and a look-up before every read would be measured with it.
\startpipeline
SELECT set_config('app.tenant_id', :tenant, true);
SELECT customer_id, number, name, phone, address, neighbourhood, state, since FROM customers WHERE tenant_id = :tenant AND customer_id = :customer;
\endpipeline
