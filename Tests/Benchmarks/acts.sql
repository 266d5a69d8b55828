-- The rows of an act, and nothing of what the server does to be allowed to write them.
\set tenant random(1, :tenants)
\set zone random(1, :zones)
\set content random(1, 1000000000)
\startpipeline
BEGIN;
SELECT set_config('app.tenant_id', acts_tenant(:tenant::int)::text, true);
UPDATE coverage_zones SET name = 'Zona ' || :content WHERE tenant_id = acts_tenant(:tenant::int) AND zone_id = acts_zone(:zone::int);
INSERT INTO events (tenant_id, sequence, content, hash) SELECT acts_tenant(:tenant::int), nextval('acts_sequence'), acts_content(:zone::int), sha256('x');
COMMIT;
\endpipeline
