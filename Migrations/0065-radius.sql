-- Internet by RADIUS: the company's access servers (NAS), who may go on line through them, who is, and who was refused.
-- FreeRADIUS connects as mastil_radius, which may do nothing but call the functions below: it reads no table. The access
-- server that asks says whose customers are meant; a name of another company is not found.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE radius_clients (
    tenant_id uuid NOT NULL REFERENCES tenants,
    client_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    -- Where its questions come from, and where it is told to end a session.
    address text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 50),
    port integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
    -- Shared with it, sealed by the vault.
    secret bytea NOT NULL,
    -- When it last asked or reported.
    seen_at timestamptz,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, client_id),
    UNIQUE (tenant_id, number)
);
CREATE UNIQUE INDEX radius_clients_by_name ON radius_clients (tenant_id, lower(name));
SELECT keep_tenants_apart('radius_clients', 'SELECT, INSERT, UPDATE, DELETE');

-- An address stands for one access server of one company. What was shared with it stands here in the clear, for FreeRADIUS
-- alone: the protocol needs it.
CREATE TABLE radius_peers (
    address inet PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants,
    client_id uuid NOT NULL UNIQUE,
    secret text NOT NULL CHECK (char_length(secret) BETWEEN 16 AND 64)
);
CREATE INDEX radius_peers_of_tenant ON radius_peers (tenant_id);

-- How a service goes on line by RADIUS.
CREATE TABLE radius_accesses (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    login text NOT NULL CHECK (char_length(login) BETWEEN 1 AND 100),
    -- Sealed by the vault, for those who tell it to the customer.
    password bytea NOT NULL,
    -- MD4 of the password, which MS-CHAPv2 needs: as good as the password itself. Only radius_authorize reads it.
    nt_hash bytea NOT NULL CHECK (octet_length(nt_hash) = 16),
    -- The customer's own, where it is fixed.
    address text NOT NULL CHECK (char_length(address) <= 50),
    -- A trial, of so many hours when it was given: after its end nobody gets in, whatever was paid.
    trial_hours integer NOT NULL DEFAULT 0 CHECK (trial_hours BETWEEN 0 AND 8760),
    ends_at timestamptz,
    accepted_at timestamptz,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, service_id),
    UNIQUE (tenant_id, login),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
SELECT keep_tenants_apart('radius_accesses', 'INSERT, UPDATE, DELETE');
GRANT SELECT (tenant_id, service_id, login, password, address, trial_hours, ends_at, accepted_at, made_at)
    ON radius_accesses TO mastil_app;
SELECT reach_by_zone('radius_accesses', 'services', 'service_id');

-- Who is or was on line, as access servers report it.
CREATE TABLE radius_sessions (
    tenant_id uuid NOT NULL REFERENCES tenants,
    session_id uuid NOT NULL,
    client_id uuid NOT NULL,
    -- The access server's own name of it.
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 253),
    login text NOT NULL CHECK (char_length(login) <= 253),
    -- None where the login was nobody's.
    service_id uuid,
    address text NOT NULL CHECK (char_length(address) <= 50),
    caller text NOT NULL CHECK (char_length(caller) <= 253),
    seconds bigint NOT NULL CHECK (seconds >= 0),
    -- From the customer, and to the customer.
    sent bigint NOT NULL CHECK (sent >= 0),
    received bigint NOT NULL CHECK (received >= 0),
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ended_at timestamptz,
    -- As the access server said; 'Stale' where it said no more, and the session may come back.
    cause text NOT NULL DEFAULT '' CHECK (char_length(cause) <= 50),
    -- When and how often the access server was told to end it, and its last answer.
    asked_at timestamptz,
    asked integer NOT NULL DEFAULT 0,
    answer text NOT NULL DEFAULT '' CHECK (char_length(answer) <= 100),
    -- Whether its end stands in the record, where it was asked for.
    is_recorded boolean NOT NULL DEFAULT FALSE,
    PRIMARY KEY (tenant_id, session_id),
    UNIQUE (tenant_id, client_id, name, login),
    FOREIGN KEY (tenant_id, client_id) REFERENCES radius_clients ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
CREATE INDEX radius_sessions_of_service ON radius_sessions (tenant_id, service_id, started_at DESC);
CREATE INDEX radius_sessions_open ON radius_sessions (tenant_id, started_at DESC, session_id DESC) WHERE ended_at IS NULL;
CREATE INDEX radius_sessions_by_end ON radius_sessions (tenant_id, ended_at) WHERE ended_at IS NOT NULL;
SELECT keep_tenants_apart('radius_sessions', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('radius_sessions', 'services', 'service_id');

-- Who was refused and why, counted; the oldest go when there are more than a thousand.
CREATE TABLE radius_refusals (
    tenant_id uuid NOT NULL REFERENCES tenants,
    client_id uuid NOT NULL,
    login text NOT NULL CHECK (char_length(login) <= 253),
    reason text NOT NULL CHECK (reason IN (
        'unknown', 'password', 'suspended', 'no_days', 'inactive', 'company', 'chap')),
    service_id uuid,
    caller text NOT NULL CHECK (char_length(caller) <= 253),
    times bigint NOT NULL CHECK (times > 0),
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, client_id, login, reason),
    FOREIGN KEY (tenant_id, client_id) REFERENCES radius_clients ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
CREATE INDEX radius_refusals_by_time ON radius_refusals (tenant_id, last_at DESC);
CREATE INDEX radius_refusals_of_service ON radius_refusals (tenant_id, service_id) WHERE service_id IS NOT NULL;
SELECT keep_tenants_apart('radius_refusals', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('radius_refusals', 'services', 'service_id');

-- Whether the address is the company's own from now on; not where another one has it.
CREATE FUNCTION put_radius_peer(tenant uuid, client uuid, place inet, shared text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    IF EXISTS (SELECT FROM radius_peers WHERE client_id = client AND tenant_id <> tenant) THEN
        RETURN false;
    END IF;
    INSERT INTO radius_peers AS p (address, tenant_id, client_id, secret) VALUES (place, tenant, client, shared)
    ON CONFLICT (client_id) DO UPDATE SET address = excluded.address, secret = excluded.secret
    WHERE p.tenant_id = tenant;
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;

-- The same at another address, with what is shared already.
CREATE FUNCTION move_radius_peer(tenant uuid, client uuid, place inet) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    UPDATE radius_peers SET address = place WHERE tenant_id = tenant AND client_id = client;
    RETURN FOUND;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;

CREATE FUNCTION remove_radius_peer(tenant uuid, client uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    DELETE FROM radius_peers WHERE tenant_id = tenant AND client_id = client;
    RETURN FOUND;
END $$;

-- What follows is FreeRADIUS's. Texts that come from the network are given in hexadecimal: no byte of theirs is ever read
-- as a part of a statement.

-- Nothing where it is no text of ours.
CREATE FUNCTION radius_text(hexadecimal text, most integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN left(convert_from(decode(hexadecimal, 'hex'), 'UTF8'), most);
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;

-- What is no number, or more than 32 bits hold, counts as none.
CREATE FUNCTION radius_number(digits text) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN digits ~ '^[0-9]{1,10}$' THEN least(digits::bigint, 4294967295) ELSE 0 END
$$;

-- The company whose access server asks; from here on nothing but its rows is in sight.
CREATE FUNCTION radius_enter(nas uuid) RETURNS uuid
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid;
BEGIN
    SELECT tenant_id INTO tenant FROM radius_peers WHERE client_id = nas;
    PERFORM set_config('app.tenant_id', coalesce(tenant::text, ''), true), set_config('app.zones', '', true);
    RETURN tenant;
END $$;

-- Who an address is, and what is shared with it: 'client secret'; empty where nobody of ours is there.
CREATE FUNCTION radius_client(place inet) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce((SELECT client_id || ' ' || secret FROM radius_peers WHERE address = place), '')
$$;

-- Whether a service may be on line at a moment and until when, for the functions below and for whoever ends sessions.
CREATE FUNCTION radius_standing(
    tenant uuid, its_service uuid, moment timestamptz, OUT verdict text, OUT ending timestamptz
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    company record;
    asked record;
BEGIN
    PERFORM require_tenant_context(tenant);
    SELECT t.state, t.zone INTO company FROM tenants t WHERE t.tenant_id = tenant;
    SELECT a.ends_at, d.access, s.prepaid_through, EXISTS (
        SELECT FROM cuts c
        WHERE c.tenant_id = tenant AND c.service_id = its_service AND c.lifted_at IS NULL AND c.reason = 'days_over'
    ) AS is_over
    INTO asked
    FROM radius_accesses a
    JOIN services s ON s.tenant_id = tenant AND s.service_id = its_service
    JOIN desired_services d ON d.tenant_id = tenant AND d.service_id = its_service
    WHERE a.tenant_id = tenant AND a.service_id = its_service;
    IF NOT FOUND THEN
        verdict := 'unknown';
        RETURN;
    END IF;
    -- Days end with their last one, by the company's clock.
    ending := least(asked.ends_at, (asked.prepaid_through + 1)::timestamp AT TIME ZONE company.zone);
    verdict := CASE
        WHEN company.state IN ('suspended', 'closed') THEN 'company'
        WHEN asked.access = 'absent' THEN 'inactive'
        WHEN asked.is_over OR ending <= moment THEN 'no_days'
        WHEN asked.access <> 'open' THEN 'suspended'
        ELSE 'ok' END;
END $$;

-- What becomes of somebody who asks to go on line, if the password is right:
-- 'verdict|NT hash|seconds that are left|address|Mikrotik-Rate-Limit|words for the customer'.
CREATE FUNCTION radius_authorize(nas uuid, login_bytes text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid := radius_enter(nas);
    moment timestamptz := clock_timestamp();
    asked record;
    standing record;
    rate text := '';
BEGIN
    SELECT a.service_id, a.nt_hash, a.address, p.provisioned_upload AS up, p.provisioned_download AS down, p.burst_upload,
        p.burst_download, p.threshold_upload, p.threshold_download, p.burst_seconds
    INTO asked
    FROM radius_accesses a
    JOIN desired_services d ON d.tenant_id = tenant AND d.service_id = a.service_id
    JOIN plans p ON p.tenant_id = tenant AND p.plan_id = d.plan_id
    WHERE a.tenant_id = tenant AND a.login = radius_text(login_bytes, 253);
    IF NOT FOUND THEN
        RETURN 'unknown|||||';
    END IF;
    SELECT * INTO standing FROM radius_standing(tenant, asked.service_id, moment);
    IF asked.up > 0 OR asked.down > 0 THEN
        rate := format('%sk/%sk', asked.up, asked.down);
        IF asked.burst_upload > 0 AND asked.burst_download > 0 AND asked.burst_seconds > 0 THEN
            rate := rate || format(
                ' %sk/%sk %sk/%sk %s/%s', asked.burst_upload, asked.burst_download, asked.threshold_upload,
                asked.threshold_download, asked.burst_seconds, asked.burst_seconds);
        END IF;
    END IF;
    RETURN concat_ws(
        '|', standing.verdict, encode(asked.nt_hash, 'hex'),
        -- As many as access servers take at most.
        CASE WHEN standing.verdict = 'ok' AND standing.ending IS NOT NULL
            THEN least(ceil(extract(epoch FROM standing.ending - moment)), 21474720)::bigint::text ELSE '' END,
        asked.address, rate,
        CASE standing.verdict || (SELECT language FROM tenants WHERE tenant_id = tenant)
            WHEN 'suspendedes' THEN 'Servicio suspendido'
            WHEN 'suspendeden' THEN 'Service suspended'
            WHEN 'suspendedpt' THEN 'Serviço suspenso'
            WHEN 'no_dayses' THEN 'Sin días: recargue para navegar'
            WHEN 'no_daysen' THEN 'No days left: top up to go on line'
            WHEN 'no_dayspt' THEN 'Sem dias: recarregue para navegar'
            ELSE '' END);
END $$;

-- What became of it: the verdict, or that the password was another.
CREATE FUNCTION radius_post_auth(nas uuid, login_bytes text, verdict text, caller_bytes text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid := radius_enter(nas);
    who text := coalesce(radius_text(login_bytes, 253), '');
    moment timestamptz := clock_timestamp();
    its_service uuid;
BEGIN
    IF tenant IS NULL THEN
        RETURN 'nobody';
    END IF;
    -- What a crash of the machine takes away is a line of a log.
    PERFORM set_config('synchronous_commit', 'off', true);
    SELECT service_id INTO its_service FROM radius_accesses WHERE tenant_id = tenant AND login = who;
    IF verdict = 'ok' THEN
        UPDATE radius_accesses SET accepted_at = moment WHERE tenant_id = tenant AND service_id = its_service;
        RETURN 'kept';
    END IF;
    INSERT INTO radius_refusals AS r (
        tenant_id, client_id, login, reason, service_id, caller, times, first_at, last_at)
    VALUES (
        tenant, nas, who, verdict, its_service, coalesce(radius_text(caller_bytes, 253), ''), 1, moment, moment)
    ON CONFLICT (tenant_id, client_id, login, reason) DO UPDATE
    SET times = r.times + 1, last_at = moment, caller = excluded.caller, service_id = excluded.service_id;
    DELETE FROM radius_refusals r WHERE r.tenant_id = tenant AND r.last_at < (
        SELECT x.last_at FROM radius_refusals x WHERE x.tenant_id = tenant ORDER BY x.last_at DESC OFFSET 1000 LIMIT 1);
    RETURN 'kept';
END $$;

-- What an access server reports of a session. The same report twice, an older one after a newer, and one of a session
-- that is over change nothing: counts only grow, and the access server's own end is an end.
CREATE FUNCTION radius_accounting(
    nas uuid, status text, session_bytes text, login_bytes text, place text, caller_bytes text, elapsed text,
    sent_octets text, sent_gigawords text, received_octets text, received_gigawords text, delay text, why text
) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid := radius_enter(nas);
    its_name text := radius_text(session_bytes, 253);
    who text := radius_text(login_bytes, 253);
    -- When it happened, as far as the access server says; never more than a day ago.
    moment timestamptz := clock_timestamp() - least(radius_number(delay), 86400) * interval '1 second';
    -- A session of more than ten years is none.
    lasted bigint := least(radius_number(elapsed), 315360000);
    -- 2^30 gigawords are more than any session moves, and fit.
    up bigint := least(radius_number(sent_gigawords), 1073741823) * 4294967296 + radius_number(sent_octets);
    down bigint := least(radius_number(received_gigawords), 1073741823) * 4294967296 + radius_number(received_octets);
    is_end boolean := status = 'Stop';
BEGIN
    IF tenant IS NULL THEN
        RETURN 'nobody';
    END IF;
    UPDATE radius_clients SET seen_at = clock_timestamp()
    WHERE tenant_id = tenant AND client_id = nas
        AND (seen_at IS NULL OR seen_at < clock_timestamp() - interval '10 seconds');
    IF status IN ('Accounting-On', 'Accounting-Off') THEN
        UPDATE radius_sessions SET ended_at = greatest(moment, started_at), cause = 'NAS-Reboot'
        WHERE tenant_id = tenant AND client_id = nas AND ended_at IS NULL AND seen_at <= moment;
        RETURN 'kept';
    END IF;
    IF status NOT IN ('Start', 'Interim-Update', 'Stop') OR coalesce(its_name, '') = '' OR who IS NULL THEN
        RETURN 'ignored';
    END IF;
    -- Access servers use a name again after a boot: what ended under it keeps its own.
    IF status = 'Start' THEN
        UPDATE radius_sessions k SET name = left(k.name, 200) || ' ' || k.session_id
        WHERE k.tenant_id = tenant AND k.client_id = nas AND k.name = its_name AND k.login = who AND (
            k.cause = 'NAS-Reboot' AND k.ended_at <= moment
            OR k.cause <> 'Stale' AND k.ended_at < moment - interval '5 minutes');
    END IF;
    INSERT INTO radius_sessions AS k (
        tenant_id, session_id, client_id, name, login, service_id, address, caller, seconds, sent, received, started_at,
        seen_at, ended_at, cause)
    VALUES (
        tenant, gen_random_uuid(), nas, its_name, who,
        (SELECT service_id FROM radius_accesses WHERE tenant_id = tenant AND login = who),
        CASE WHEN place ~ '^[0-9a-fA-F.:]{1,45}$' THEN place ELSE '' END, coalesce(radius_text(caller_bytes, 253), ''),
        lasted, up, down, moment - lasted * interval '1 second', moment, CASE WHEN is_end THEN moment END,
        CASE WHEN is_end THEN left(why, 50) ELSE '' END)
    ON CONFLICT (tenant_id, client_id, name, login) DO UPDATE
    SET seconds = greatest(k.seconds, excluded.seconds), sent = greatest(k.sent, excluded.sent),
        received = greatest(k.received, excluded.received),
        address = CASE WHEN excluded.address = '' THEN k.address ELSE excluded.address END,
        seen_at = greatest(k.seen_at, excluded.seen_at),
        ended_at = CASE WHEN is_end THEN excluded.ended_at END,
        cause = excluded.cause
    -- What the access server itself ended is over. What we took for over, because it was silent, did not know the session
    -- or booted, is heard again by what is news.
    WHERE (k.ended_at IS NULL OR k.cause IN ('Stale', 'Not-Found', 'NAS-Reboot')) AND (is_end OR excluded.seconds > k.seconds);
    RETURN 'kept';
END $$;

REVOKE ALL ON FUNCTION put_radius_peer, move_radius_peer, remove_radius_peer, radius_text, radius_number, radius_enter,
    radius_client, radius_standing, radius_authorize, radius_post_auth, radius_accounting FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_radius_peer, move_radius_peer, remove_radius_peer, radius_standing TO mastil_app;
GRANT USAGE ON SCHEMA public TO mastil_radius;
GRANT EXECUTE ON FUNCTION radius_client, radius_authorize, radius_post_auth, radius_accounting TO mastil_radius;
