-- A refusal by an OLT is about one decision: a later one is tried again. What an OLT says it did and does not show is
-- tried again after growing pauses, and an OLT that suddenly shows no ONUs is asked twice.

ALTER TABLE onus
    -- The decision on access that the trouble is about.
    ADD COLUMN trouble_access bigint,
    -- How often that was tried, and when it may be tried again.
    ADD COLUMN tries integer NOT NULL DEFAULT 0,
    ADD COLUMN rests_until timestamptz;
ALTER TABLE olts ADD COLUMN emptied_at timestamptz;
