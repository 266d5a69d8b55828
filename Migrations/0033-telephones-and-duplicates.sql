-- Telephones are kept as E.164, so that the same number is the same text; duplicates are found by telephone, by e-mail
-- and by the words of the name.

-- What the numbering plans of our countries read; what they do not read stays as it was typed, until it is corrected.
CREATE FUNCTION pg_temp.e164(typed text, nation text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(
        (SELECT CASE
            WHEN typed !~ '^\+?[0-9 .()/-]+$' THEN NULL
            WHEN typed ~ '^\+' THEN '+' || regexp_replace(
                (regexp_match(d.digits, '^[1-9][0-9]{7,14}$'))[1], '^521([0-9]{10})$', '52\1')
            ELSE (SELECT '+' || p.code || (regexp_match(d.digits, p.national))[1] FROM (VALUES
                ('MX', '52', '^(?:52)?(?:01|04[45]|1)?([2-9][0-9]{9})$'),
                ('GT', '502', '^(?:502)?([2-7][0-9]{7})$'),
                ('HN', '504', '^(?:504)?([23789][0-9]{7})$'),
                ('SV', '503', '^(?:503)?([267][0-9]{7})$'),
                ('NI', '505', '^(?:505)?([25678][0-9]{7})$'),
                ('CR', '506', '^(?:506)?([2-8][0-9]{7})$'),
                ('PA', '507', '^(?:507)?(6[0-9]{7}|[2-57-9][0-9]{6})$'),
                ('CU', '53', '^0?([2-7][0-9]{7})$'),
                ('DO', '1', '^1?([2-9][0-9]{9})$'),
                ('PR', '1', '^1?([2-9][0-9]{9})$'),
                ('US', '1', '^1?([2-9][0-9]{9})$'),
                ('CO', '57', '^(?:57)?((?:3[0-357]|60)[0-9]{8})$'),
                ('VE', '58', '^(?:58)?0?([24][0-9]{9})$'),
                ('EC', '593', '^(?:593)?0?(9[0-9]{8}|[2-7][2-7][0-9]{6})$'),
                ('PE', '51', '^(?:51)?0?(9[0-9]{8}|1[0-9]{7}|[4-8][0-9]{7})$'),
                ('BO', '591', '^(?:591)?0?([2-467][0-9]{7})$'),
                ('CL', '56', '^(?:56)?([2-79][0-9]{8})$'),
                ('AR', '54', '^(?:54)?0?(9?[1-3][0-9]{9})$'),
                ('UY', '598', '^(?:598)?0?([249][0-9]{7})$'),
                ('PY', '595', '^(?:595)?0?(9[0-9]{8}|[2-8][0-9]{6,8})$'),
                ('BR', '55', '^(?:55)?0?([1-9][0-9]9[0-9]{8}|[1-9][0-9][2-5][0-9]{7})$'),
                ('ES', '34', '^(?:34)?([6-9][0-9]{8})$')
            ) p(nation, code, national) WHERE p.nation = e164.nation)
        END
        FROM (SELECT regexp_replace(typed, '[^0-9]', '', 'g') AS digits) d),
        typed)
$$;

-- The different words of a name in small letters without accents, in order: "garcia ines".
CREATE FUNCTION pg_temp.name_key(name text) RETURNS text LANGUAGE sql AS $$
    SELECT coalesce(string_agg(DISTINCT word, ' ' ORDER BY word), '')
    FROM regexp_split_to_table(
        lower(regexp_replace(normalize(name, NFD), '[\u0300-\u036F]', '', 'g')), '[^[:alnum:]]+') word
    WHERE word <> ''
$$;

-- Worked out before anything is locked; of whoever is new or changed since, once more behind the lock.
CREATE TEMPORARY TABLE read_before (
    tenant_id uuid, customer_id uuid, phone text, name text, e164 text, name_key text, PRIMARY KEY (tenant_id, customer_id)
) ON COMMIT DROP;
DO $$
DECLARE
    company record;
BEGIN
    FOR company IN SELECT tenant_id, country FROM tenants LOOP
        PERFORM set_config('app.tenant_id', company.tenant_id::text, true);
        INSERT INTO read_before
        SELECT tenant_id, customer_id, phone, name, pg_temp.e164(phone, company.country), pg_temp.name_key(name)
        FROM customers WHERE tenant_id = company.tenant_id;
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $$;
ANALYZE read_before;

ALTER TABLE customers ADD COLUMN name_key text NOT NULL DEFAULT '';
DO $$
DECLARE
    company record;
BEGIN
    FOR company IN SELECT tenant_id, country FROM tenants LOOP
        PERFORM set_config('app.tenant_id', company.tenant_id::text, true);
        UPDATE customers c
        SET phone = CASE WHEN b.phone = c.phone THEN b.e164 ELSE pg_temp.e164(c.phone, company.country) END,
            name_key = CASE WHEN b.name = c.name THEN b.name_key ELSE pg_temp.name_key(c.name) END
        FROM customers n LEFT JOIN read_before b ON b.tenant_id = n.tenant_id AND b.customer_id = n.customer_id
        WHERE c.tenant_id = company.tenant_id AND n.tenant_id = c.tenant_id AND n.customer_id = c.customer_id;
        UPDATE services SET contact_phone = pg_temp.e164(contact_phone, company.country)
        WHERE tenant_id = company.tenant_id AND contact_phone <> '';
    END LOOP;
    PERFORM set_config('app.tenant_id', '', true);
END $$;

-- Row-level security kept the index of a function, phone_key, from being used.
DROP INDEX customers_by_phone;
CREATE INDEX customers_of_phone ON customers (tenant_id, phone) WHERE phone <> '';
CREATE INDEX customers_of_name_key ON customers (tenant_id, name_key) WHERE name_key <> '';
