-- What each ISP is to the platform and what its owner decides about it: state, plan and limits, taxes, courtesy, names of
-- its own in the DNS, and its brand. And how all of a tenant's rows leave the house when it asks for them.

ALTER TABLE tenants
    ADD COLUMN courtesy text NOT NULL DEFAULT 'usted' CHECK (courtesy IN ('usted', 'tu', 'vos')),
    -- Why it is in its state, in the words of whoever put it there.
    ADD COLUMN state_reason text NOT NULL DEFAULT '',
    -- The last day of a trial, by the tenant's own calendar.
    ADD COLUMN trial_ends_on date,
    -- What the platform sold it. No limit where NULL.
    ADD COLUMN plan text NOT NULL DEFAULT '',
    ADD COLUMN customer_limit integer CHECK (customer_limit >= 0),
    ADD COLUMN staff_limit integer CHECK (staff_limit >= 0),
    ADD COLUMN router_limit integer CHECK (router_limit >= 0),
    ADD COLUMN legal_name text NOT NULL DEFAULT '',
    -- What the country calls the number by which it taxes people: RFC, RUC, NIT.
    ADD COLUMN tax_id_label text NOT NULL DEFAULT '',
    ADD COLUMN tax_id text NOT NULL DEFAULT '',
    ADD COLUMN tax_name text NOT NULL DEFAULT '',
    -- In hundredths of a percent.
    ADD COLUMN tax_rate integer NOT NULL DEFAULT 0 CHECK (tax_rate BETWEEN 0 AND 10000),
    ADD COLUMN prices_include_tax boolean NOT NULL DEFAULT true,
    -- The second colour of the brand; the first where NULL.
    ADD COLUMN accent integer CHECK (accent BETWEEN 0 AND 16777215),
    -- Which of its brand_pictures are shown.
    ADD COLUMN logo text CHECK (logo ~ '^[0-9a-f]{32}$');

ALTER TABLE hostnames ADD COLUMN proven_at timestamptz NOT NULL DEFAULT '-infinity';

-- Names that somebody gave up or lost. For a while nobody else gets them: mail and links still lead there.
CREATE TABLE released_hostnames (
    host text PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants,
    released_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON released_hostnames TO mastil_platform;

-- Names that a tenant says are its own. They are served once it has shown so in the DNS, and for as long as it does.
CREATE TABLE domains (
    tenant_id uuid NOT NULL REFERENCES tenants,
    domain_id uuid NOT NULL,
    host text NOT NULL CHECK (host = lower(host) AND host <> ''),
    -- What a TXT record must say. Anybody may read it there, so it is no secret.
    proof text NOT NULL CHECK (length(proof) >= 20),
    claimed_at timestamptz NOT NULL,
    proven_at timestamptz,
    checked_at timestamptz,
    -- Since when the record has been missing.
    lost_at timestamptz,
    -- The operator knows whose it is, and nobody has to show anything.
    is_vouched boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, domain_id),
    UNIQUE (tenant_id, host)
);

-- A logo in the sizes it is shown in, drawn anew from whatever was uploaded.
CREATE TABLE brand_pictures (
    tenant_id uuid NOT NULL REFERENCES tenants,
    version text NOT NULL CHECK (version ~ '^[0-9a-f]{32}$'),
    name text NOT NULL CHECK (name ~ '^[a-z]+(-[0-9]+)?$'),
    width integer NOT NULL CHECK (width > 0),
    height integer NOT NULL CHECK (height > 0),
    png bytea NOT NULL CHECK (octet_length(png) <= 4194304),
    PRIMARY KEY (tenant_id, version, name)
);

-- What it says under its papers and how its mail is signed.
CREATE TABLE brand_texts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    name text NOT NULL CHECK (
        name IN ('sender_name', 'reply_to', 'invoice_footer', 'receipt_footer', 'mail_footer')),
    text text NOT NULL CHECK (length(text) BETWEEN 1 AND 1000),
    PRIMARY KEY (tenant_id, name)
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['domains', 'brand_pictures', 'brand_texts'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO mastil_app', tenant_table);
    END LOOP;
END $$;

-- What the owner decides; state, plan and money's name are the platform's.
CREATE FUNCTION put_company(
    tenant uuid, new_name text, new_legal_name text, new_language text, new_courtesy text, new_zone text,
    new_tax_id_label text, new_tax_id text, new_tax_name text, new_tax_rate integer, includes_tax boolean
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    UPDATE tenants SET name = new_name, legal_name = new_legal_name, language = new_language,
        courtesy = new_courtesy, zone = new_zone, tax_id_label = new_tax_id_label, tax_id = new_tax_id,
        tax_name = new_tax_name, tax_rate = new_tax_rate, prices_include_tax = includes_tax
    WHERE tenant_id = tenant;
    PERFORM pg_notify('tenants', '');
    RETURN true;
END $$;

CREATE FUNCTION put_brand(tenant uuid, new_colour integer, new_accent integer, new_logo text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    UPDATE tenants SET colour = new_colour, accent = new_accent, logo = new_logo WHERE tenant_id = tenant;
    PERFORM pg_notify('tenants', '');
    RETURN true;
END $$;

-- Begins to serve a name whose proof was seen: 'served', or 'taken' while another tenant has it, or had it lately.
CREATE FUNCTION serve_hostname(tenant uuid, name text, moment timestamptz, quarantine interval) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    -- Two who prove the same name at once follow one another.
    PERFORM pg_advisory_xact_lock(hashtextextended('hostname ' || name, 0));
    IF EXISTS (SELECT FROM hostnames WHERE host = name AND tenant_id <> tenant)
        OR EXISTS (
            SELECT FROM released_hostnames
            WHERE host = name AND tenant_id <> tenant AND released_at > moment - quarantine) THEN
        RETURN 'taken';
    END IF;
    DELETE FROM released_hostnames WHERE host = name;
    INSERT INTO hostnames (host, tenant_id, proven_at) VALUES (name, tenant, moment) ON CONFLICT (host) DO NOTHING;
    PERFORM pg_notify('tenants', '');
    RETURN 'served';
END $$;

CREATE FUNCTION release_hostname(tenant uuid, name text, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    DELETE FROM hostnames WHERE host = name AND tenant_id = tenant;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO released_hostnames (host, tenant_id, released_at) VALUES (name, tenant, moment)
    ON CONFLICT (host) DO UPDATE SET tenant_id = excluded.tenant_id, released_at = excluded.released_at;
    PERFORM pg_notify('tenants', '');
    RETURN true;
END $$;

-- The platform's acts on a tenant stand in the tenant's own record, written with the act itself.
CREATE FUNCTION record_event(tenant uuid, first_hash bytea, content text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    context text := coalesce(current_setting('app.tenant_id', true), '');
    place bigint;
BEGIN
    PERFORM set_config('app.tenant_id', tenant::text, true);
    WITH head AS (
        INSERT INTO event_heads AS h (tenant_id, sequence, hash)
        VALUES (tenant, 1, sha256(first_hash || convert_to(content, 'UTF8')))
        ON CONFLICT (tenant_id) DO UPDATE SET
            sequence = h.sequence + 1, hash = sha256(h.hash || convert_to(content, 'UTF8'))
        RETURNING sequence, hash
    )
    INSERT INTO events (tenant_id, sequence, content, hash)
    SELECT tenant, head.sequence, content, head.hash FROM head RETURNING sequence INTO place;
    PERFORM set_config('app.tenant_id', context, true);
    RETURN place;
END $$;

-- The tables that hold rows of tenants, as far as the caller may read them, with the columns that may leave the house.
-- Whatever looks like a secret stays: bytes, unless the column's comment says that they are exported, and names of
-- secrets.
CREATE FUNCTION exported_tables() RETURNS TABLE (name text, exported text[], secret text[])
LANGUAGE sql STABLE AS $$
    SELECT c.relname::text,
        coalesce(array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE NOT s.is_secret), '{}'),
        coalesce(array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE s.is_secret), '{}')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    CROSS JOIN LATERAL (
        SELECT (a.atttypid = 'bytea'::regtype OR a.attname ~ '(password|secret|digest|token|sealed|private|totp)')
            AND a.attname !~ '_id$' AND coalesce(col_description(c.oid, a.attnum), '') !~ '^exported' AS is_secret) s
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND has_column_privilege(c.oid, a.attnum, 'SELECT')
        AND EXISTS (
            SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'tenant_id' AND NOT t.attisdropped)
    GROUP BY c.oid, c.relname ORDER BY c.relname
$$;

-- The tenant's rows of one of them, each as a line of JSON, in the order of the key.
CREATE FUNCTION export_rows(tenant uuid, table_name text, columns text[]) RETURNS SETOF text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    key text;
BEGIN
    SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY array_position(i.indkey::int2[], a.attnum)) INTO key
    FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = format('public.%I', table_name)::regclass AND i.indisprimary;
    RETURN QUERY EXECUTE format(
        'SELECT row_to_json(r)::text FROM (SELECT %s FROM public.%I WHERE tenant_id = $1 ORDER BY %s) r',
        (SELECT string_agg(quote_ident(name), ', ') FROM unnest(columns) name), table_name, key) USING tenant;
END $$;
COMMENT ON COLUMN events.hash IS 'exported: the chain can be verified with it, and nothing else';
COMMENT ON COLUMN event_heads.hash IS 'exported: the chain can be verified with it, and nothing else';
COMMENT ON COLUMN brand_pictures.png IS 'exported: everybody sees it';

DO $$
DECLARE
    own regprocedure;
BEGIN
    FOR own IN
        SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN (
            'put_company', 'put_brand', 'serve_hostname', 'release_hostname')
    LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', own);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO mastil_app', own);
    END LOOP;
    REVOKE ALL ON FUNCTION record_event FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION record_event TO mastil_platform;
END $$;
