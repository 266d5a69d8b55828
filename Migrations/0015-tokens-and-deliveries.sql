-- Programs can be limited to zones, as people can: NULL is everywhere, and an empty list nowhere.
ALTER TABLE api_tokens ADD COLUMN zones uuid[];

-- For work that is simply done again when the machine falls over before it stands on the disk: this transaction's commit
-- does not wait for it, and neither do those who commit behind it.
CREATE FUNCTION need_not_wait_for_disk() RETURNS void
LANGUAGE sql VOLATILE
AS $$ SELECT set_config('synchronous_commit', 'off', true) $$;
