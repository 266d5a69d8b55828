-- Reports read the books by the day, across all customers.
CREATE INDEX ledger_transactions_by_day ON ledger_transactions (tenant_id, day, transaction_id);
