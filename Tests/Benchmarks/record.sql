-- What an act adds to the record.
\set tenant random(1, :tenants)
\set zone random(1, :zones)
\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', acts_tenant(:tenant::int)::text, true);
SELECT append_events(acts_tenant(:tenant::int), ARRAY[acts_content(:zone::int)]);
COMMIT;
\endpipeline
