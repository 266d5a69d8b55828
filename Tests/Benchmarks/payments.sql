-- What no payment can do without: its row, written once for its id, and its two lines, in a transaction.
\set amount random(1, 100000000)
\startpipeline
BEGIN;
WITH paid AS (
    INSERT INTO raw_payments VALUES (:'tenant'::uuid, gen_random_uuid(), gen_random_uuid(), :amount, now())
    ON CONFLICT DO NOTHING RETURNING payment_id)
INSERT INTO raw_postings SELECT :'tenant'::uuid, payment_id, line, account, amount
FROM paid, (VALUES (1, 'money', :amount), (2, 'credit', -:amount)) lines(line, account, amount);
COMMIT;
\endpipeline
