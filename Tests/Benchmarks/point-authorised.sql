-- The point read as a request makes it: with its credential checked inside the transaction.
\startpipeline
SELECT set_config('app.tenant_id', :tenant, true);
SELECT authorise_token(:tenant, :digest, 'customers.read', now()) AS person;
SELECT customer_id, number, name, phone, address, neighbourhood, state, since FROM customers WHERE tenant_id = :tenant AND customer_id = :customer;
\endpipeline
