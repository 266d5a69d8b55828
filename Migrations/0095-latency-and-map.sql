-- What measured a device's latency, so that the figure is named wherever it is shown: a method's word, or nothing yet.
ALTER TABLE device_states ADD COLUMN latency_by text NOT NULL DEFAULT '' CHECK (char_length(latency_by) <= 20);

-- Where the map's pictures come from, and to whom they are owed. Without a row the map is drawn plainly.
CREATE TABLE map_tiles (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    address text NOT NULL CHECK (char_length(address) <= 300),
    attribution text NOT NULL CHECK (char_length(attribution) <= 200)
);
SELECT keep_tenants_apart('map_tiles', 'SELECT, INSERT, UPDATE');
