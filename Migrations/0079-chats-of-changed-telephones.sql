-- A chat that the telephone alone linked stays its customer's only while that telephone is on file; what strangers send is
-- bounded by account; and how many customers have a chat is counted without reading every customer.

-- In the order in which acts take them.
LOCK TABLE customers IN SHARE ROW EXCLUSIVE MODE;

CREATE INDEX message_files_kept ON message_files (tenant_id, made_at) WHERE state = 'kept';

CREATE INDEX customers_with_chats ON customers (tenant_id, number, customer_id) INCLUDE (zone_id, state)
    WHERE merged_into IS NULL AND state NOT IN ('prospect', 'cancelled');

CREATE FUNCTION unlink_chats_of_old_telephone() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE conversations c SET customer_id = NULL, link_proof = NULL, linked_at = NULL
    WHERE c.tenant_id = NEW.tenant_id AND c.customer_id = NEW.customer_id AND c.link_proof = 'phone'
        AND (c.phone IS DISTINCT FROM NEW.phone OR NEW.phone_is_claimed);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION unlink_chats_of_old_telephone FROM PUBLIC;

CREATE TRIGGER unlink_chats_of_old_telephone AFTER UPDATE OF phone, phone_is_claimed ON customers
FOR EACH ROW WHEN (OLD.phone IS DISTINCT FROM NEW.phone OR NEW.phone_is_claimed AND NOT OLD.phone_is_claimed)
EXECUTE FUNCTION unlink_chats_of_old_telephone();
