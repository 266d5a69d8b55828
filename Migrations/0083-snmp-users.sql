-- Devices that are asked by SNMP v3: their user, whose keys stand sealed where a community stands otherwise.

LOCK TABLE devices IN ACCESS EXCLUSIVE MODE;

ALTER TABLE devices
    ADD COLUMN snmp_user text NOT NULL DEFAULT '' CHECK (char_length(snmp_user) <= 32),
    DROP CONSTRAINT devices_method_check,
    ADD CONSTRAINT devices_method_check
        CHECK (method IN ('ping', 'snmp', 'snmp3', 'snmp3_sha1', 'routeros')) NOT VALID;
