-- A page of a provider's may be paid more than once: so many payments beyond the first were people told of.
ALTER TABLE online_payments
    ADD COLUMN extra_payments integer NOT NULL DEFAULT 0 CHECK (extra_payments BETWEEN 0 AND 1000);
