-- Where customers pay is told from the company's bank accounts alone, what a person confirmed of a stopped run is written
-- down with it, and a run says how many customers it had to leave out.

-- A text of the policy said it before, and might name another account than the invoices. It becomes an account, for a
-- person to look at: with the longest number of the text, and the text as its note. It is told to customers only where
-- they were told no other. Policies keep what they said; the program no longer reads that part of them.
INSERT INTO bank_accounts (
    tenant_id, account_id, bank, holder, account, card, interbank, note, is_shown, place, made_at)
SELECT p.tenant_id, gen_random_uuid(), 'Datos para pagar', left(t.name, 120), n.number, '', '',
    left(replace(p.text, E'\n', ' · '), 200), NOT EXISTS (
        SELECT FROM bank_accounts b WHERE b.tenant_id = p.tenant_id AND b.is_shown),
    1000, p.made_at
FROM (
    SELECT DISTINCT ON (c.tenant_id) c.tenant_id, coalesce(c.rules ->> 'bank_data', '') AS text, c.made_at
    FROM collection_policies c WHERE c.scope = 'company' ORDER BY c.tenant_id, c.version DESC) p
JOIN tenants t ON t.tenant_id = p.tenant_id
CROSS JOIN LATERAL (
    SELECT g.number FROM (
        SELECT regexp_replace(m[1], '[^0-9]', '', 'g') AS number
        FROM regexp_matches(p.text, '([0-9](?:[ -]?[0-9]){4,33})', 'g') m) g
    ORDER BY length(g.number) DESC, g.number LIMIT 1) n;

ALTER TABLE collection_runs
    -- How many cuts a person was shown and confirmed, and the company's policy by which they were decided.
    ADD COLUMN confirmed_cuts integer,
    ADD COLUMN policy_version bigint,
    ADD COLUMN left_out integer NOT NULL DEFAULT 0;
