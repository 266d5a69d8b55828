-- Money given back in cash goes out of the drawer of whoever gives it, and comes back into one where that is undone.
ALTER TABLE shift_entries
    ADD COLUMN adjustment_id uuid,
    DROP CONSTRAINT shift_entries_kind_check,
    ADD CONSTRAINT shift_entries_kind_check CHECK (
        kind IN (
            'opening', 'payment', 'undone', 'added', 'received', 'expense', 'banked', 'withdrawn', 'refund',
            'refund_undone')) NOT VALID,
    ADD CONSTRAINT shift_entries_adjustment_check CHECK (
        (adjustment_id IS NOT NULL) = (kind IN ('refund', 'refund_undone'))) NOT VALID,
    ADD CONSTRAINT shift_entries_adjustment_fkey FOREIGN KEY (tenant_id, adjustment_id)
        REFERENCES account_adjustments NOT VALID;
-- A refund goes out of one shift once, and comes back into one once.
CREATE UNIQUE INDEX shift_entries_of_adjustment ON shift_entries (tenant_id, adjustment_id, kind)
    WHERE adjustment_id IS NOT NULL;
