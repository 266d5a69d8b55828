-- A movement of a drawer that was a mistake is undone by its mirror, once, while the shift is open.
ALTER TABLE shift_entries
    -- The number of the entry that this one undoes.
    ADD COLUMN undoes integer,
    DROP CONSTRAINT shift_entries_kind_check,
    ADD CONSTRAINT shift_entries_kind_check CHECK (
        kind IN (
            'opening', 'payment', 'undone', 'added', 'received', 'expense', 'banked', 'withdrawn', 'refund',
            'refund_undone', 'movement_undone')) NOT VALID,
    ADD CONSTRAINT shift_entries_undoes_check CHECK (
        (undoes IS NOT NULL) = (kind = 'movement_undone') AND undoes < number) NOT VALID,
    ADD CONSTRAINT shift_entries_undoes_fkey FOREIGN KEY (tenant_id, shift_id, undoes)
        REFERENCES shift_entries NOT VALID;
CREATE UNIQUE INDEX shift_entries_undone ON shift_entries (tenant_id, shift_id, undoes) WHERE undoes IS NOT NULL;
