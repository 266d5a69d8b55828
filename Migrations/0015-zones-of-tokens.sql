-- Programs can be limited to zones, as people can: NULL is everywhere, and an empty list nowhere.
ALTER TABLE api_tokens ADD COLUMN zones uuid[];
