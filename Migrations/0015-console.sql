-- What each ISP pays the platform for its plan, and how often.

ALTER TABLE tenants
    -- In minor units of its currency; not agreed where NULL.
    ADD COLUMN plan_price bigint CHECK (plan_price >= 0),
    ADD COLUMN plan_currency text CHECK (plan_currency ~ '^[A-Z]{3}$'),
    ADD COLUMN plan_cycle text NOT NULL DEFAULT 'monthly' CHECK (plan_cycle IN ('monthly', 'yearly')),
    ADD CONSTRAINT tenants_price_in_a_currency CHECK ((plan_price IS NULL) = (plan_currency IS NULL));
