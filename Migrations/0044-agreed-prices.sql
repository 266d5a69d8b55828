-- Whether a service's price is the plan's or was agreed with the customer is written down, and no longer guessed from a
-- price that differs from the plan's: a rise of the plan leaves the agreed ones alone.

ALTER TABLE service_terms ADD COLUMN is_agreed boolean NOT NULL DEFAULT false;

-- Of those there are, the price is all that is known.
UPDATE service_terms t SET is_agreed = true FROM plans p
WHERE p.tenant_id = t.tenant_id AND p.plan_id = t.plan_id AND (p.price <> t.price OR p.currency <> t.currency);
