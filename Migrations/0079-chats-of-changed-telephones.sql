-- What strangers send is bounded by account, and how many customers have a chat is counted without reading every customer.

-- In the order in which acts take them.
LOCK TABLE customers IN SHARE ROW EXCLUSIVE MODE;

CREATE INDEX message_files_kept ON message_files (tenant_id, made_at) WHERE state = 'kept';

CREATE INDEX customers_with_chats ON customers (tenant_id, number, customer_id) INCLUDE (zone_id, state)
    WHERE merged_into IS NULL AND state NOT IN ('prospect', 'cancelled');
