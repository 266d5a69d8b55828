-- An index that finds among 200,000 customers in milliseconds, and figures of the first page that are kept, not counted.
-- The old program goes on with search_entries and search_tokens, which a later migration drops.

-- What can be found, as the list of results shows it. Every act that makes or changes something writes it here.
CREATE TABLE search_items (
    tenant_id uuid NOT NULL REFERENCES tenants,
    kind text NOT NULL CHECK (kind <> ''),
    id uuid NOT NULL,
    -- Its number where people know it by one, else counted; the block's number must fit into an integer.
    place bigint NOT NULL CHECK (place BETWEEN 0 AND 8796093022207),
    title text NOT NULL,
    detail text NOT NULL,
    -- NULL where no zone says who may find it.
    zone_id uuid,
    -- The tokens under which it stands in search_blocks, so that a change touches only those that differ.
    words text NOT NULL,
    PRIMARY KEY (tenant_id, kind, id),
    UNIQUE (tenant_id, kind, place)
);

-- By what it is found: for each token, which of the 4,096 places of a block have it, from the first that has to the last.
-- Tokens are words without accents and digits; "~" stands before digits from last to first, "@" before the zone.
CREATE TABLE search_blocks (
    tenant_id uuid NOT NULL,
    kind text NOT NULL,
    block integer NOT NULL,
    token text NOT NULL COLLATE "C",
    skip smallint NOT NULL CHECK (skip BETWEEN 0 AND 4095),
    places bit varying(4096) NOT NULL,
    PRIMARY KEY (tenant_id, kind, block, token)
);

-- Customers by state and by the month they came, in each zone. Acts add a row with what they change, so that they do not
-- wait for one another; now and then one of them adds up what is there.
CREATE TABLE customer_figures (
    tenant_id uuid NOT NULL REFERENCES tenants,
    figure text NOT NULL CHECK (figure IN ('state', 'month')),
    value text NOT NULL COLLATE "C",
    -- All zeros for no zone.
    zone_id uuid NOT NULL,
    id uuid NOT NULL,
    count bigint NOT NULL,
    PRIMARY KEY (tenant_id, figure, value, zone_id, id)
);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['search_items', 'search_blocks', 'customer_figures'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format(
            'CREATE POLICY of_tenant ON %I
                 USING (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)
                 WITH CHECK (tenant_id = NULLIF(current_setting(''app.tenant_id'', true), '''')::uuid)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO mastil_app', tenant_table);
    END LOOP;
END $$;
CREATE POLICY in_reach ON search_items AS RESTRICTIVE
    USING (zone_id IS NULL OR (SELECT zones_in_reach()) IS NULL OR zone_id = ANY ((SELECT zones_in_reach())::uuid[]));
CREATE POLICY in_reach ON customer_figures AS RESTRICTIVE
    USING ((SELECT zones_in_reach()) IS NULL OR zone_id = ANY ((SELECT zones_in_reach())::uuid[]));

-- The places of a row of search_blocks as all 4,096 bits of its block.
CREATE FUNCTION search_bits(skip integer, places bit varying) RETURNS bit
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT (substring(B'0'::bit(4096) FOR skip) || places)::bit(4096) $$;

-- What is found in one block. Each word is one or more ranges of tokens, of which one must be there; ranges of the same
-- word follow one another. A range of "#" and digits is the places whose number begins with these, or is these where the
-- range is a single token. Whoever is limited to zones finds what is there and what is in no zone by its nature.
CREATE FUNCTION search_block(
    tenant uuid, sought text, numbered boolean, the_block integer, zone_tokens text[], words integer[], firsts text[],
    lasts text[]
) RETURNS bit
LANGUAGE plpgsql STABLE AS $$
DECLARE
    none CONSTANT bit(4096) := B'0'::bit(4096);
    base CONSTANT bigint := the_block::bigint << 12;
    found bit(4096) := ~none;
    word bit(4096) := none;
    -- The places that are taken.
    known bit(4096);
    part bit(4096);
    lowest bigint;
    highest bigint;
BEGIN
    IF zone_tokens IS NOT NULL THEN
        SELECT bit_or(search_bits(s.skip, s.places)) INTO part FROM search_blocks s
        WHERE s.tenant_id = tenant AND s.kind = sought AND s.block = the_block
            -- The range of all zones: an index asked for a list alone may rather be read for the whole block.
            AND s.token >= '@' AND s.token < 'A' AND s.token = ANY (zone_tokens);
        found := coalesce(part, none);
    END IF;
    FOR i IN 1 .. cardinality(words) LOOP
        EXIT WHEN found = none;
        IF firsts[i] NOT LIKE '#%' THEN
            SELECT bit_or(search_bits(s.skip, s.places)) INTO part FROM search_blocks s
            WHERE s.tenant_id = tenant AND s.kind = sought AND s.block = the_block
                AND s.token >= firsts[i] AND s.token <= lasts[i];
            word := word | coalesce(part, none);
        ELSIF numbered THEN
            lowest := substring(firsts[i] FROM 2)::bigint;
            highest := lowest;
            WHILE lowest <= base + 4095 LOOP
                IF highest >= base THEN
                    IF known IS NULL THEN
                        SELECT coalesce(bit_or(search_bits(s.skip, s.places)), none) INTO known FROM search_blocks s
                        WHERE s.tenant_id = tenant AND s.kind = sought AND s.block = the_block
                            AND s.token >= '@' AND s.token < 'A';
                    END IF;
                    word := word | (known & search_bits(
                        greatest(lowest - base, 0)::integer,
                        substring(
                            ~none FOR (least(highest, base + 4095) - greatest(lowest, base) + 1)::integer)));
                END IF;
                EXIT WHEN firsts[i] = lasts[i] OR lowest = 0;
                lowest := lowest * 10;
                highest := highest * 10 + 9;
            END LOOP;
        END IF;
        IF words[i + 1] IS DISTINCT FROM words[i] THEN
            found := found & word;
            word := none;
        END IF;
    END LOOP;
    RETURN found;
END $$;

-- The tokens of the zones that whoever asks is limited to; NULL for everybody else.
CREATE FUNCTION search_zones() RETURNS text[]
LANGUAGE sql STABLE
AS $$ SELECT CASE WHEN zones_in_reach() IS NOT NULL
    THEN ARRAY(SELECT '@' || zone FROM unnest(zones_in_reach()) zone) || '@'::text END $$;

CREATE FUNCTION last_search_block(tenant uuid, sought text) RETURNS integer
LANGUAGE sql STABLE
AS $$ SELECT coalesce(
    (SELECT s.block FROM search_blocks s WHERE s.tenant_id = tenant AND s.kind = sought ORDER BY s.block DESC LIMIT 1),
    -1) $$;

-- The first so many places found beyond one, in their order: no block is read beyond the one that has the last of them.
CREATE FUNCTION search_places(
    tenant uuid, sought text, numbered boolean, words integer[], firsts text[], lasts text[], beyond bigint, most integer
) RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
DECLARE
    zone_tokens CONSTANT text[] := search_zones();
    first_place CONSTANT bigint := least(greatest(beyond, -1), 8796093022206) + 1;
    found bit(4096);
    places bigint[] := '{}';
    base bigint;
    at integer;
BEGIN
    FOR the_block IN (first_place >> 12)::integer .. last_search_block(tenant, sought) LOOP
        found := search_block(tenant, sought, numbered, the_block, zone_tokens, words, firsts, lasts);
        base := the_block::bigint << 12;
        IF base < first_place THEN found := found & (~B'0'::bit(4096) >> (first_place - base)::integer); END IF;
        IF bit_count(found) > 64 THEN
            places := places || ARRAY(
                SELECT base + o FROM generate_series(0, 4095) o WHERE get_bit(found, o) = 1
                LIMIT most - cardinality(places));
        ELSE
            at := 0;
            FOR i IN 1 .. bit_count(found) LOOP
                at := at + position(B'1' IN substring(found FROM at + 1));
                places := places || (base + at - 1);
            END LOOP;
        END IF;
        EXIT WHEN cardinality(places) >= most;
    END LOOP;
    RETURN places[1:most];
END $$;

-- Every place of the kind, as a bit: whether it is found.
CREATE FUNCTION search_all(
    tenant uuid, sought text, numbered boolean, words integer[], firsts text[], lasts text[]
) RETURNS bit varying
LANGUAGE plpgsql STABLE AS $$
DECLARE
    zone_tokens CONSTANT text[] := search_zones();
    found bit varying := B'';
BEGIN
    FOR the_block IN 0 .. last_search_block(tenant, sought) LOOP
        found := found || search_block(tenant, sought, numbered, the_block, zone_tokens, words, firsts, lasts);
    END LOOP;
    RETURN found;
END $$;

REVOKE ALL ON FUNCTION search_bits, search_block, search_zones, last_search_block, search_places, search_all FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_bits, search_block, search_zones, last_search_block, search_places, search_all
    TO mastil_app;

-- What is there already, a company after the other. What the old program changes meanwhile is put right at night.
DO $$
DECLARE
    company uuid;
BEGIN
    FOR company IN SELECT tenant_id FROM tenants LOOP
        PERFORM set_config('app.tenant_id', company::text, true);
        INSERT INTO search_items (tenant_id, kind, id, place, title, detail, zone_id, words)
        SELECT company, e.kind, e.id, coalesce(c.number, row_number() OVER (PARTITION BY e.kind ORDER BY e.id)),
            e.title, e.detail, e.zone_id, tokens.words
        FROM search_entries e
        LEFT JOIN customers c ON c.tenant_id = company AND c.customer_id = e.id AND e.kind = 'customer'
        CROSS JOIN LATERAL (
            SELECT string_agg(token, ' ' ORDER BY token) AS words FROM (
                SELECT t.token FROM search_tokens t WHERE t.tenant_id = company AND t.kind = e.kind AND t.id = e.id
                UNION SELECT '@' || coalesce(e.zone_id::text, '')
                UNION SELECT '~' || reverse(regexp_replace(c.phone, '[^0-9]', '', 'g')) WHERE c.phone ~ '[0-9]'
            ) own) tokens
        WHERE e.tenant_id = company;
        INSERT INTO counters (tenant_id, name, last)
        SELECT company, 'search ' || kind, max(place) FROM search_items
        WHERE tenant_id = company AND kind <> 'customer' GROUP BY kind;
        INSERT INTO search_blocks (tenant_id, kind, block, token, skip, places)
        SELECT company, kind, block, token, low, substring(bits FROM low + 1 FOR high - low + 1)
        FROM (
            SELECT i.kind, (i.place >> 12)::integer AS block, token, min(i.place & 4095)::integer AS low,
                max(i.place & 4095)::integer AS high,
                bit_or(set_bit(B'0'::bit(4096), (i.place & 4095)::integer, 1)) AS bits
            FROM search_items i CROSS JOIN LATERAL unnest(string_to_array(i.words, ' ')) token
            WHERE i.tenant_id = company GROUP BY 1, 2, 3) gathered;
        INSERT INTO customer_figures (tenant_id, figure, value, zone_id, id, count)
        SELECT company, figure, value, coalesce(zone_id, '00000000-0000-0000-0000-000000000000'), gen_random_uuid(),
            count(*)
        FROM customers
        CROSS JOIN LATERAL (VALUES ('state', state), ('month', date_trunc('month', since)::date::text)) own(figure, value)
        WHERE tenant_id = company GROUP BY 2, 3, 4;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $$;

-- Of a night, beside what every company has from its first day.
INSERT INTO job_schedules (
    tenant_id, name, expression, zone, catch_up, kind, payload, unique_key, lane, priority, max_attempts, next_at)
SELECT tenant_id, 'customers.recount', '25 4 * * *', zone, catch_up, 'customers.recount', payload, unique_key, lane,
    priority, max_attempts, next_at + interval '30 minutes'
FROM job_schedules WHERE name = 'letters.forget'
ON CONFLICT DO NOTHING;
