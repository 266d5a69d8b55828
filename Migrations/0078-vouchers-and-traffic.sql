-- Hotspot cards that RADIUS lets in once, what each service moves on each day, and who may hold an access server's address.

-- In the order in which acts take them.
LOCK TABLE customers, services, tenants IN SHARE ROW EXCLUSIVE MODE;

-- An address is its holder's for a day, and for good once its secret was used there. One that nobody used is free again.
ALTER TABLE radius_peers
    ADD COLUMN claimed_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN proven_at timestamptz;

CREATE TABLE voucher_batches (
    tenant_id uuid NOT NULL REFERENCES tenants,
    batch_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    size integer NOT NULL CHECK (size BETWEEN 1 AND 500),
    span integer NOT NULL CHECK (span BETWEEN 1 AND 366),
    unit text NOT NULL CHECK (unit IN ('hours', 'days')),
    -- In kilobits a second; 0 leaves it to the access server.
    download integer NOT NULL CHECK (download BETWEEN 0 AND 10000000),
    upload integer NOT NULL CHECK (upload BETWEEN 0 AND 10000000),
    price bigint NOT NULL CHECK (price BETWEEN 0 AND 1000000000000),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- The hotspot's page, for the QR code; empty where it holds the code only.
    page text NOT NULL CHECK (char_length(page) <= 200),
    note text NOT NULL CHECK (char_length(note) <= 120),
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, batch_id),
    UNIQUE (tenant_id, number)
);
SELECT keep_tenants_apart('voucher_batches', 'SELECT, INSERT');

CREATE TABLE vouchers (
    tenant_id uuid NOT NULL REFERENCES tenants,
    voucher_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    -- Its place in the batch, from 1.
    number integer NOT NULL CHECK (number BETWEEN 1 AND 500),
    -- Both login and password: whoever holds the card may use it.
    code text NOT NULL CHECK (code ~ '^[2-9A-HJKMNP-Z]{8}$'),
    -- MD4 of the code, and of the code in small letters, as people type it.
    nt_hash bytea NOT NULL CHECK (octet_length(nt_hash) = 16),
    small_nt_hash bytea NOT NULL CHECK (octet_length(small_nt_hash) = 16),
    sold_at timestamptz,
    -- The income that its sale is booked as.
    sale_id uuid,
    voided_at timestamptz,
    -- Its first login binds it to that device and starts its time.
    used_at timestamptz,
    ends_at timestamptz,
    caller text NOT NULL DEFAULT '' CHECK (char_length(caller) <= 253),
    PRIMARY KEY (tenant_id, voucher_id),
    UNIQUE (tenant_id, batch_id, number),
    UNIQUE (tenant_id, code),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES voucher_batches,
    FOREIGN KEY (tenant_id, sale_id) REFERENCES house_entries,
    CHECK ((used_at IS NULL) = (ends_at IS NULL)),
    CHECK ((sold_at IS NULL) = (sale_id IS NULL))
);
SELECT keep_tenants_apart('vouchers', 'INSERT');
GRANT SELECT (tenant_id, voucher_id, batch_id, number, code, sold_at, sale_id, voided_at, used_at, ends_at, caller),
    UPDATE (sold_at, sale_id, voided_at) ON vouchers TO mastil_app;

ALTER TABLE radius_sessions
    ADD COLUMN voucher_id uuid,
    -- When the card's time is over.
    ADD COLUMN due_at timestamptz,
    ADD FOREIGN KEY (tenant_id, voucher_id) REFERENCES vouchers;
CREATE INDEX radius_sessions_of_voucher ON radius_sessions (tenant_id, voucher_id) WHERE voucher_id IS NOT NULL;
-- A card is nobody's service: sessions without a service stay in everybody's sight as before.

ALTER TABLE radius_refusals DROP CONSTRAINT radius_refusals_reason_check;
ALTER TABLE radius_refusals ADD CONSTRAINT radius_refusals_reason_check CHECK (reason IN (
    'unknown', 'password', 'suspended', 'no_days', 'inactive', 'company', 'chap', 'used', 'void'));

-- What a service moved on a day of the company's calendar, in bytes.
CREATE TABLE service_traffic (
    tenant_id uuid NOT NULL REFERENCES tenants,
    service_id uuid NOT NULL,
    day date NOT NULL,
    -- From the customer, and to the customer.
    sent bigint NOT NULL CHECK (sent >= 0),
    received bigint NOT NULL CHECK (received >= 0),
    PRIMARY KEY (tenant_id, service_id, day),
    FOREIGN KEY (tenant_id, service_id) REFERENCES services
);
SELECT keep_tenants_apart('service_traffic', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('service_traffic', 'services', 'service_id');

-- Whether the address is the company's own from now on: not where another company uses it, or claimed it within a day.
CREATE FUNCTION free_radius_address(tenant uuid, client uuid, place inet) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    DELETE FROM radius_peers
    WHERE address = place AND tenant_id <> tenant AND client_id <> client
        AND coalesce(proven_at + interval '180 days', claimed_at + interval '1 day') < clock_timestamp();
    RETURN FOUND;
END $$;

CREATE OR REPLACE FUNCTION put_radius_peer(tenant uuid, client uuid, place inet, shared text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    IF EXISTS (SELECT FROM radius_peers WHERE client_id = client AND tenant_id <> tenant) THEN
        RETURN false;
    END IF;
    PERFORM free_radius_address(tenant, client, place);
    INSERT INTO radius_peers AS p (address, tenant_id, client_id, secret, claimed_at)
    VALUES (place, tenant, client, shared, clock_timestamp())
    ON CONFLICT (client_id) DO UPDATE SET address = excluded.address, secret = excluded.secret,
        -- Another secret at the same address keeps what the one before has shown.
        claimed_at = CASE WHEN p.address = excluded.address THEN p.claimed_at ELSE excluded.claimed_at END,
        proven_at = CASE WHEN p.address = excluded.address THEN p.proven_at END
    WHERE p.tenant_id = tenant;
    RETURN true;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;

CREATE OR REPLACE FUNCTION move_radius_peer(tenant uuid, client uuid, place inet) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    PERFORM free_radius_address(tenant, client, place);
    UPDATE radius_peers SET address = place, claimed_at = clock_timestamp(), proven_at = NULL
    WHERE tenant_id = tenant AND client_id = client;
    RETURN FOUND;
EXCEPTION WHEN unique_violation THEN
    RETURN false;
END $$;

-- Whether an access server's address is still its own: another company may have taken one that nobody used.
CREATE FUNCTION has_radius_peer(tenant uuid, client uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    RETURN EXISTS (SELECT FROM radius_peers WHERE tenant_id = tenant AND client_id = client);
END $$;

-- Whether a card is good at a moment, and until when.
CREATE FUNCTION voucher_standing(
    tenant uuid, its_voucher uuid, moment timestamptz, OUT verdict text, OUT ending timestamptz
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    SELECT CASE
            WHEN t.state IN ('suspended', 'closed') THEN 'company'
            WHEN v.voided_at IS NOT NULL THEN 'void'
            WHEN v.ends_at <= moment THEN 'no_days'
            ELSE 'ok' END,
        coalesce(v.ends_at, moment + b.span * CASE b.unit WHEN 'days' THEN interval '24 hours' ELSE interval '1 hour' END)
    INTO verdict, ending
    FROM vouchers v
    JOIN voucher_batches b ON b.tenant_id = tenant AND b.batch_id = v.batch_id
    JOIN tenants t ON t.tenant_id = tenant
    WHERE v.tenant_id = tenant AND v.voucher_id = its_voucher;
    verdict := coalesce(verdict, 'unknown');
END $$;

-- The card that a login names, if a service has no such login.
CREATE FUNCTION voucher_of_login(tenant uuid, who text) RETURNS uuid
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT v.voucher_id FROM vouchers v
    WHERE v.tenant_id = tenant AND char_length(who) = 8 AND v.code = upper(who)
        AND NOT EXISTS (SELECT FROM radius_accesses a WHERE a.tenant_id = tenant AND a.login = who)
$$;

-- The answer for a card, in the form of radius_authorize.
CREATE FUNCTION voucher_authorize(tenant uuid, its_voucher uuid, who text, moment timestamptz) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
    card record;
    standing record;
BEGIN
    SELECT v.code, v.nt_hash, v.small_nt_hash, b.download, b.upload INTO card
    FROM vouchers v JOIN voucher_batches b ON b.tenant_id = tenant AND b.batch_id = v.batch_id
    WHERE v.tenant_id = tenant AND v.voucher_id = its_voucher;
    SELECT * INTO standing FROM voucher_standing(tenant, its_voucher, moment);
    RETURN concat_ws(
        '|', standing.verdict, encode(CASE WHEN who = card.code THEN card.nt_hash ELSE card.small_nt_hash END, 'hex'),
        CASE WHEN standing.verdict = 'ok'
            THEN least(ceil(extract(epoch FROM standing.ending - moment)), 21474720)::bigint::text ELSE '' END,
        '', CASE WHEN card.download > 0 AND card.upload > 0 THEN format('%sk/%sk', card.upload, card.download) ELSE '' END,
        '');
END $$;

-- Binds a card to the device that shows it first; false where it is another's already.
CREATE FUNCTION bind_voucher(tenant uuid, its_voucher uuid, device text, moment timestamptz) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    until timestamptz := (voucher_standing(tenant, its_voucher, moment)).ending;
BEGIN
    UPDATE vouchers SET used_at = moment, ends_at = until, caller = device
    WHERE tenant_id = tenant AND voucher_id = its_voucher AND used_at IS NULL AND voided_at IS NULL;
    RETURN EXISTS (
        SELECT FROM vouchers
        WHERE tenant_id = tenant AND voucher_id = its_voucher AND caller = device AND voided_at IS NULL
            AND ends_at > moment);
END $$;

-- What becomes of somebody who asks to go on line, if the password is right:
-- 'verdict|NT hash|seconds that are left|address|Mikrotik-Rate-Limit|words for the customer'.
CREATE OR REPLACE FUNCTION radius_authorize(nas uuid, login_bytes text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid := radius_enter(nas);
    moment timestamptz := clock_timestamp();
    asked record;
    standing record;
    rate text := '';
    who text := radius_text(login_bytes, 253);
    card uuid;
BEGIN
    SELECT a.service_id, a.nt_hash, a.address, p.provisioned_upload AS up, p.provisioned_download AS down, p.burst_upload,
        p.burst_download, p.threshold_upload, p.threshold_download, p.burst_seconds
    INTO asked
    FROM radius_accesses a
    JOIN desired_services d ON d.tenant_id = tenant AND d.service_id = a.service_id
    JOIN plans p ON p.tenant_id = tenant AND p.plan_id = d.plan_id
    WHERE a.tenant_id = tenant AND a.login = who;
    IF NOT FOUND THEN
        card := voucher_of_login(tenant, who);
        RETURN CASE WHEN card IS NULL THEN 'unknown|||||' ELSE voucher_authorize(tenant, card, who, moment) END;
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

-- What became of it: the verdict, or that the password was another. A card that is another device's is 'taken': it is
-- refused now.
CREATE OR REPLACE FUNCTION radius_post_auth(nas uuid, login_bytes text, verdict text, caller_bytes text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid := radius_enter(nas);
    who text := coalesce(radius_text(login_bytes, 253), '');
    moment timestamptz := clock_timestamp();
    its_service uuid;
    card uuid;
BEGIN
    IF tenant IS NULL THEN
        RETURN 'nobody';
    END IF;
    -- What a crash of the machine takes away is a line of a log.
    PERFORM set_config('synchronous_commit', 'off', true);
    SELECT service_id INTO its_service FROM radius_accesses WHERE tenant_id = tenant AND login = who;
    IF verdict = 'ok' AND its_service IS NULL THEN
        card := voucher_of_login(tenant, who);
        IF card IS NOT NULL THEN
            -- What is spent stays spent.
            PERFORM set_config('synchronous_commit', 'on', true);
            RETURN CASE
                WHEN bind_voucher(tenant, card, coalesce(radius_text(caller_bytes, 253), ''), moment) THEN 'kept'
                ELSE 'taken' END;
        END IF;
    END IF;
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
CREATE OR REPLACE FUNCTION radius_accounting(
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
    its_service uuid;
    its_card uuid;
    known_service uuid;
    known_sent bigint := 0;
    known_received bigint := 0;
    now_sent bigint;
    now_received bigint;
BEGIN
    IF tenant IS NULL THEN
        RETURN 'nobody';
    END IF;
    UPDATE radius_clients SET seen_at = clock_timestamp()
    WHERE tenant_id = tenant AND client_id = nas
        AND (seen_at IS NULL OR seen_at < clock_timestamp() - interval '10 seconds');
    -- FreeRADIUS has checked the secret: whoever reports holds the address.
    UPDATE radius_peers SET proven_at = clock_timestamp()
    WHERE client_id = nas AND (proven_at IS NULL OR proven_at < clock_timestamp() - interval '1 day');
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
    SELECT service_id INTO its_service FROM radius_accesses WHERE tenant_id = tenant AND login = who;
    IF its_service IS NULL THEN
        its_card := voucher_of_login(tenant, who);
    END IF;
    -- What begins has moved nothing.
    IF up > 0 OR down > 0 THEN
        SELECT k.sent, k.received, k.service_id INTO known_sent, known_received, known_service FROM radius_sessions k
        WHERE k.tenant_id = tenant AND k.client_id = nas AND k.name = its_name AND k.login = who FOR UPDATE;
    END IF;
    INSERT INTO radius_sessions AS k (
        tenant_id, session_id, client_id, name, login, service_id, voucher_id, due_at, address, caller, seconds, sent,
        received, started_at, seen_at, ended_at, cause)
    VALUES (
        tenant, gen_random_uuid(), nas, its_name, who,
        its_service, its_card,
        (SELECT v.ends_at FROM vouchers v WHERE v.tenant_id = tenant AND v.voucher_id = its_card),
        CASE WHEN place ~ '^[0-9a-fA-F.:]{1,45}$' THEN place ELSE '' END,
        coalesce(radius_text(caller_bytes, 253), ''),
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
    WHERE (k.ended_at IS NULL OR k.cause IN ('Stale', 'Not-Found', 'NAS-Reboot')) AND (is_end OR excluded.seconds > k.seconds)
    RETURNING k.sent, k.received INTO now_sent, now_received;
    -- What came since the last report is this day's. Counts of a session only grow: nothing is counted twice.
    its_service := coalesce(known_service, its_service);
    known_sent := coalesce(known_sent, 0);
    known_received := coalesce(known_received, 0);
    IF its_service IS NOT NULL AND (up > 0 OR down > 0) AND (now_sent > known_sent OR now_received > known_received) THEN
        INSERT INTO service_traffic AS f (tenant_id, service_id, day, sent, received)
        SELECT tenant, its_service, (moment AT TIME ZONE t.zone)::date, now_sent - known_sent,
            now_received - known_received
        FROM tenants t WHERE t.tenant_id = tenant
        -- More than any number holds is left out.
        ON CONFLICT (tenant_id, service_id, day) DO UPDATE
        SET sent = least(f.sent, 4611686018427387903) + least(excluded.sent, 4611686018427387903),
            received = least(f.received, 4611686018427387903) + least(excluded.received, 4611686018427387903);
    END IF;
    RETURN 'kept';
END $$;

REVOKE ALL ON FUNCTION free_radius_address, has_radius_peer, voucher_standing, voucher_of_login, voucher_authorize,
    bind_voucher FROM PUBLIC;
GRANT EXECUTE ON FUNCTION has_radius_peer, voucher_standing TO mastil_app;

-- The functions above act for FreeRADIUS, which knows no zones: only the server's role is held to them, and each report
-- costs less without.
ALTER POLICY in_reach ON radius_accesses TO mastil_app;
ALTER POLICY in_reach ON radius_sessions TO mastil_app;
ALTER POLICY in_reach ON radius_refusals TO mastil_app;
ALTER POLICY in_reach ON service_traffic TO mastil_app;
