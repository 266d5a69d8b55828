-- Services also reach the network by an address that DHCP gives to their MAC address.
ALTER TABLE access_points
    DROP CONSTRAINT access_points_method_check,
    ADD CONSTRAINT access_points_method_check CHECK (method IN ('pppoe', 'queue', 'lease')) NOT VALID,
    DROP CONSTRAINT access_points_check,
    ADD CONSTRAINT access_points_fixed_address_check CHECK (method = 'pppoe' OR address <> '') NOT VALID;
