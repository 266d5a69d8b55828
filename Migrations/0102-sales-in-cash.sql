-- Cash of what is sold beside the customers' charges, such as hotspot cards, stands in its seller's shift.
ALTER TABLE shift_entries
    DROP CONSTRAINT shift_entries_kind_check,
    ADD CONSTRAINT shift_entries_kind_check CHECK (
        kind IN (
            'opening', 'payment', 'undone', 'added', 'received', 'expense', 'banked', 'withdrawn', 'refund',
            'refund_undone', 'sale', 'sale_undone', 'movement_undone')) NOT VALID;
GRANT UPDATE (shift_id) ON house_entries TO mastil_app;
