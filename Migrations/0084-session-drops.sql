-- Incidents that the monitor sees by customers' sessions, where no device says that it is down.

LOCK TABLE incidents IN ACCESS EXCLUSIVE MODE;

ALTER TABLE incidents
    DROP CONSTRAINT incidents_cause_check,
    ADD CONSTRAINT incidents_cause_check CHECK (cause IN ('reported', 'device', 'sessions')) NOT VALID;
