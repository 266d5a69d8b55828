-- Telephony: calls that the company terminates for its SIP customers, by its carriers, through Kamailio.
-- Kamailio connects as mastil_voice, which may do nothing but call the functions below: it reads no table. The address
-- that a call comes from says whose it is. Prices are in millionths of the currency a minute.

-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE voice_decks (
    tenant_id uuid NOT NULL REFERENCES tenants,
    deck_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    note text NOT NULL CHECK (char_length(note) <= 500),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, deck_id),
    UNIQUE (tenant_id, number)
);
CREATE UNIQUE INDEX voice_decks_by_name ON voice_decks (tenant_id, lower(name));
SELECT keep_tenants_apart('voice_decks', 'SELECT, INSERT, UPDATE, DELETE');

-- A rate is never changed: another one takes effect later, or it ends.
CREATE TABLE voice_rates (
    tenant_id uuid NOT NULL,
    rate_id uuid NOT NULL,
    deck_id uuid NOT NULL,
    prefix text COLLATE "C" NOT NULL CHECK (prefix ~ '^[0-9]{1,15}$'),
    destination text NOT NULL CHECK (char_length(destination) <= 100),
    price bigint NOT NULL CHECK (price BETWEEN 0 AND 1000000000),
    fee bigint NOT NULL CHECK (fee BETWEEN 0 AND 1000000000),
    -- Seconds that are billed at least, and by how many more.
    minimum integer NOT NULL CHECK (minimum BETWEEN 1 AND 3600),
    increment integer NOT NULL CHECK (increment BETWEEN 1 AND 3600),
    effective_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (tenant_id, rate_id),
    UNIQUE (tenant_id, deck_id, prefix, effective_at),
    FOREIGN KEY (tenant_id, deck_id) REFERENCES voice_decks ON DELETE CASCADE
);
SELECT keep_tenants_apart('voice_rates', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE voice_accounts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    account_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    customer_id uuid NOT NULL,
    deck_id uuid NOT NULL,
    -- Where its calls come from, separated by spaces.
    addresses text NOT NULL CHECK (char_length(addresses) BETWEEN 1 AND 500),
    payment text NOT NULL CHECK (payment IN ('prepaid', 'postpaid')),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- Of a postpaid account, in minor units; 0 for none.
    credit_limit bigint NOT NULL CHECK (credit_limit >= 0),
    -- Calls a second, and at a time.
    pace integer NOT NULL CHECK (pace BETWEEN 1 AND 1000),
    channels integer NOT NULL CHECK (channels BETWEEN 1 AND 10000),
    -- Minutes after which a call is ended.
    longest integer NOT NULL CHECK (longest BETWEEN 1 AND 1440),
    -- Per cent by which the price must exceed the carrier's.
    margin integer NOT NULL CHECK (margin BETWEEN 0 AND 1000),
    -- How its numbers are made international.
    country text NOT NULL CHECK (country ~ '^[0-9]{0,4}$'),
    national_digits integer NOT NULL CHECK (national_digits BETWEEN 0 AND 14),
    access_code text NOT NULL CHECK (access_code ~ '^[0-9]{0,6}$'),
    state text NOT NULL CHECK (state IN ('active', 'suspended')),
    -- By a rule against fraud.
    blocked_until timestamptz,
    blocked_because text NOT NULL DEFAULT '' CHECK (char_length(blocked_because) <= 50),
    -- What was used and is not in the ledger yet, in millionths.
    unposted bigint NOT NULL DEFAULT 0,
    -- The calls of the second in which it last called.
    second bigint NOT NULL DEFAULT 0,
    second_calls integer NOT NULL DEFAULT 0,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, account_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, deck_id) REFERENCES voice_decks
);
CREATE UNIQUE INDEX voice_accounts_by_name ON voice_accounts (tenant_id, lower(name));
CREATE INDEX voice_accounts_of_customer ON voice_accounts (tenant_id, customer_id);
CREATE INDEX voice_accounts_of_deck ON voice_accounts (tenant_id, deck_id);
SELECT keep_tenants_apart('voice_accounts', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('voice_accounts', 'customers', 'customer_id');

-- An address stands for one account of one company.
CREATE TABLE voice_peers (
    address inet PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants,
    account_id uuid NOT NULL
);
CREATE INDEX voice_peers_of_account ON voice_peers (tenant_id, account_id);

CREATE TABLE voice_carriers (
    tenant_id uuid NOT NULL REFERENCES tenants,
    carrier_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    address text NOT NULL CHECK (char_length(address) BETWEEN 1 AND 50),
    port integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
    -- Digits that it wants before the number.
    tech_prefix text NOT NULL CHECK (tech_prefix ~ '^[0-9]{0,10}$'),
    deck_id uuid NOT NULL,
    -- The lowest goes first; the same, by price.
    priority integer NOT NULL CHECK (priority BETWEEN 1 AND 100),
    channels integer NOT NULL CHECK (channels BETWEEN 1 AND 100000),
    state text NOT NULL CHECK (state IN ('active', 'paused')),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, carrier_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, deck_id) REFERENCES voice_decks
);
CREATE UNIQUE INDEX voice_carriers_by_name ON voice_carriers (tenant_id, lower(name));
CREATE INDEX voice_carriers_of_deck ON voice_carriers (tenant_id, deck_id);
SELECT keep_tenants_apart('voice_carriers', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE voice_blocks (
    tenant_id uuid NOT NULL REFERENCES tenants,
    block_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    kind text NOT NULL CHECK (kind IN ('destination', 'caller')),
    prefix text COLLATE "C" NOT NULL CHECK (prefix ~ '^[0-9]{1,20}$'),
    reason text NOT NULL CHECK (char_length(reason) <= 200),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, block_id),
    UNIQUE (tenant_id, number),
    UNIQUE (tenant_id, kind, prefix)
);
SELECT keep_tenants_apart('voice_blocks', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE voice_policies (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    -- Numbers that are always put through, separated by spaces.
    emergency text NOT NULL CHECK (emergency ~ '^[0-9 ]{0,100}$'),
    -- The rules against fraud; 0 for a rule that is off.
    short_calls integer NOT NULL CHECK (short_calls >= 0),
    failed_calls integer NOT NULL CHECK (failed_calls >= 0),
    night_calls integer NOT NULL CHECK (night_calls >= 0),
    -- In minor units.
    hour_spend bigint NOT NULL CHECK (hour_spend >= 0),
    blocked_minutes integer NOT NULL CHECK (blocked_minutes BETWEEN 1 AND 10080)
);
SELECT keep_tenants_apart('voice_policies', 'SELECT, INSERT, UPDATE');

CREATE TABLE voice_calls (
    tenant_id uuid NOT NULL REFERENCES tenants,
    call_id uuid NOT NULL,
    -- Microseconds since 1970 when it began, and later where another call has them: it tells and orders calls.
    number bigint NOT NULL,
    account_id uuid NOT NULL,
    -- The one that it was last given to.
    carrier_id uuid,
    sip_id text NOT NULL CHECK (char_length(sip_id) <= 200),
    caller text NOT NULL CHECK (char_length(caller) <= 20),
    -- As it was dialled, and in international form.
    dialled text NOT NULL CHECK (char_length(dialled) <= 40),
    callee text NOT NULL CHECK (char_length(callee) <= 20),
    destination text NOT NULL CHECK (char_length(destination) <= 100),
    state text NOT NULL CHECK (state IN ('live', 'answered', 'busy', 'cancelled', 'failed', 'blocked')),
    -- Of SIP, and what it stands for.
    code integer NOT NULL DEFAULT 0,
    reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 50),
    started_at timestamptz NOT NULL,
    answered_at timestamptz,
    ended_at timestamptz,
    seconds integer NOT NULL DEFAULT 0,
    -- To the customer, and of the carrier: in millionths.
    amount bigint NOT NULL DEFAULT 0,
    cost bigint NOT NULL DEFAULT 0,
    price bigint NOT NULL DEFAULT 0,
    fee bigint NOT NULL DEFAULT 0,
    minimum integer NOT NULL DEFAULT 1,
    increment integer NOT NULL DEFAULT 1,
    -- Its carriers in order, with what each costs, and which of them it was given to.
    routes jsonb NOT NULL DEFAULT '[]',
    position integer NOT NULL DEFAULT 0,
    -- Seconds that it may last, what is held for them, and when it is over whatever was heard.
    allowed integer NOT NULL DEFAULT 0,
    held bigint NOT NULL DEFAULT 0,
    deadline timestamptz NOT NULL,
    -- The ledger's transaction that charges it.
    posting_id uuid,
    PRIMARY KEY (tenant_id, call_id),
    UNIQUE (tenant_id, number),
    FOREIGN KEY (tenant_id, account_id) REFERENCES voice_accounts,
    FOREIGN KEY (tenant_id, carrier_id) REFERENCES voice_carriers
);
CREATE INDEX voice_calls_of_account ON voice_calls (tenant_id, account_id, number DESC);
CREATE INDEX voice_calls_lately ON voice_calls (tenant_id, account_id, started_at);
CREATE INDEX voice_calls_of_carrier ON voice_calls (tenant_id, carrier_id, number DESC);
CREATE INDEX voice_calls_live ON voice_calls (tenant_id, account_id) WHERE state = 'live';
CREATE INDEX voice_calls_live_at_carrier ON voice_calls (tenant_id, carrier_id) WHERE state = 'live';
CREATE INDEX voice_calls_to_post ON voice_calls (tenant_id, account_id) WHERE posting_id IS NULL AND amount > 0;
CREATE INDEX voice_calls_by_state ON voice_calls (tenant_id, state, number DESC);
SELECT keep_tenants_apart('voice_calls', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('voice_calls', 'voice_accounts', 'account_id');

-- Whose the calls are that go on: Kamailio names a call, and not its company.
CREATE TABLE voice_open_calls (
    call_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL REFERENCES tenants
);
CREATE INDEX voice_open_calls_of_tenant ON voice_open_calls (tenant_id);

-- The addresses stand for this account from now on and no others do; false where one is another account's.
CREATE FUNCTION put_voice_peers(tenant uuid, account uuid, places inet[]) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM require_tenant_context(tenant);
    DELETE FROM voice_peers WHERE tenant_id = tenant AND account_id = account AND NOT address = ANY (places);
    INSERT INTO voice_peers (address, tenant_id, account_id)
    SELECT DISTINCT place, tenant, account FROM unnest(places) AS place ON CONFLICT (address) DO NOTHING;
    RETURN NOT EXISTS (
        SELECT FROM unnest(places) AS place WHERE NOT EXISTS (
            SELECT FROM voice_peers p WHERE p.address = place AND p.tenant_id = tenant AND p.account_id = account));
END $$;

-- What so many seconds come to.
CREATE FUNCTION voice_amount(price bigint, fee bigint, minimum integer, increment integer, seconds integer) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN seconds <= 0 THEN 0 ELSE fee + round(
        price * (minimum + ceil(greatest(seconds - minimum, 0)::numeric / increment) * increment) / 60)::bigint END
$$;

-- How many seconds an amount pays for: none where it does not reach for the minimum.
CREATE FUNCTION voice_seconds(
    price bigint, fee bigint, minimum integer, increment integer, available bigint, most integer
) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN available < fee OR price > 0 AND (available - fee)::numeric * 60 / price < minimum THEN 0
        WHEN price = 0 THEN most
        ELSE least(most, minimum + floor((floor((available - fee)::numeric * 60 / price) - minimum) / increment) * increment)
    END::integer
$$;

-- A number in international form; empty where it is none.
CREATE FUNCTION voice_number(dialled text, country text, national_digits integer, access_code text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT CASE WHEN digits ~ '^[0-9]{3,15}$' THEN digits ELSE '' END
    FROM (SELECT CASE
        WHEN dialled LIKE '+%' THEN substr(dialled, 2)
        WHEN access_code <> '' AND starts_with(dialled, access_code) THEN substr(dialled, length(access_code) + 1)
        WHEN national_digits > 0 AND length(dialled) = national_digits THEN country || dialled
        ELSE dialled END AS digits) AS d
$$;

-- The rate of a deck for a number at a moment: the longest prefix, the latest that is in effect.
CREATE FUNCTION voice_rate(tenant uuid, deck uuid, callee text, moment timestamptz) RETURNS SETOF voice_rates
LANGUAGE sql STABLE ROWS 1 SET search_path = public, pg_temp AS $$
    SELECT r.* FROM voice_rates r
    WHERE r.tenant_id = tenant AND r.deck_id = deck
        AND r.prefix = ANY (ARRAY(SELECT left(callee, n) FROM generate_series(1, length(callee)) AS n))
        AND r.effective_at <= moment AND (r.ended_at IS NULL OR r.ended_at > moment)
    ORDER BY length(r.prefix) DESC, r.effective_at DESC LIMIT 1
$$;

-- What follows is Kamailio's. Texts that come from the network are given in hexadecimal: no byte of theirs is ever read
-- as a part of a statement.

-- What is no text of ours is empty.
CREATE FUNCTION voice_text(hexadecimal text, most integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
    RETURN coalesce(left(convert_from(decode(hexadecimal, 'hex'), 'UTF8'), most), '');
EXCEPTION WHEN OTHERS THEN
    RETURN '';
END $$;

-- The company and account that a call comes from; from here on nothing but the company's rows is in sight.
CREATE FUNCTION voice_enter(tenant uuid) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    SELECT set_config('app.tenant_id', coalesce(tenant::text, ''), true), set_config('app.zones', '', true)
$$;

-- Gives a call to its next carrier that is active and has a channel free.
CREATE FUNCTION voice_take(tenant uuid, its_call uuid, OUT uri text, OUT dst text)
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    asked voice_calls;
    chosen record;
BEGIN
    SELECT * INTO asked FROM voice_calls c WHERE c.tenant_id = tenant AND c.call_id = its_call AND c.state = 'live'
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    SELECT x.place, k.carrier_id, k.address, k.port, k.tech_prefix INTO chosen
    FROM jsonb_array_elements(asked.routes) WITH ORDINALITY AS x(route, place)
    JOIN voice_carriers k ON k.tenant_id = tenant AND k.carrier_id = (x.route ->> 'carrier')::uuid
    WHERE x.place > asked.position AND k.state = 'active' AND k.channels > (
        SELECT count(*) FROM voice_calls o
        WHERE o.tenant_id = tenant AND o.carrier_id = k.carrier_id AND o.state = 'live' AND o.call_id <> its_call
            AND o.deadline > clock_timestamp())
    ORDER BY x.place LIMIT 1;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    UPDATE voice_calls SET carrier_id = chosen.carrier_id, position = chosen.place
    WHERE tenant_id = tenant AND call_id = its_call;
    uri := format(
        CASE WHEN position(':' IN chosen.address) > 0 THEN 'sip:[%s]:%s' ELSE 'sip:%s:%s' END, chosen.address, chosen.port);
    dst := chosen.tech_prefix || asked.callee;
END $$;

-- The call that a BYE or a reply is of, if it goes on.
CREATE FUNCTION voice_tenant(its_call uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT tenant_id FROM voice_open_calls WHERE call_id = its_call
$$;

-- What becomes of an INVITE: one row. Code 0 comes with the call, the seconds it may last and its first carrier; any other
-- code is the refusal. Accounts are decided one call after another, so that no two use the same money or channel.
CREATE FUNCTION voice_route(
    source text, sip_bytes text, caller_bytes text, dialled_bytes text,
    OUT code integer, OUT reason text, OUT call text, OUT seconds integer, OUT uri text, OUT dst text
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid;
    its_account uuid;
    account voice_accounts;
    policy voice_policies;
    company record;
    sell voice_rates;
    lately record;
    taken record;
    moment timestamptz;
    dialled text := voice_text(dialled_bytes, 40);
    caller text := voice_text(caller_bytes, 20);
    callee text;
    scale bigint;
    available bigint;
    is_emergency boolean;
    its_call uuid := gen_random_uuid();
    its_number bigint;
    its_routes jsonb := '[]';
    cause text := '';
BEGIN
    seconds := 0;
    SELECT p.tenant_id, p.account_id INTO tenant, its_account FROM voice_peers p WHERE p.address = source::inet;
    IF NOT FOUND THEN
        code := 403;
        reason := 'Forbidden';
        RETURN;
    END IF;
    PERFORM voice_enter(tenant);
    SELECT * INTO account FROM voice_accounts a WHERE a.tenant_id = tenant AND a.account_id = its_account FOR UPDATE;
    SELECT * INTO policy FROM voice_policies p WHERE p.tenant_id = tenant;
    SELECT t.state, t.zone, t.currency INTO company FROM tenants t WHERE t.tenant_id = tenant;
    -- After the row is ours: the calls before this one are all seen.
    moment := clock_timestamp();
    scale := CASE WHEN company.currency IN ('CLP', 'PYG') THEN 1000000 ELSE 10000 END;
    caller := CASE WHEN caller ~ '^[+]?[0-9]{1,19}$' THEN ltrim(caller, '+') ELSE '' END;
    is_emergency := dialled = ANY (string_to_array(coalesce(policy.emergency, '911 112'), ' ')) AND dialled <> '';
    callee := CASE WHEN is_emergency THEN dialled
        WHEN dialled ~ '^[+]?[0-9]{3,20}$'
            THEN voice_number(dialled, account.country, account.national_digits, account.access_code)
        ELSE '' END;
    IF callee <> '' AND NOT is_emergency THEN
        SELECT * INTO sell FROM voice_rate(tenant, account.deck_id, callee, moment);
    END IF;

    UPDATE voice_accounts a SET second = floor(extract(epoch FROM moment)),
        second_calls = CASE WHEN a.second = floor(extract(epoch FROM moment)) THEN a.second_calls ELSE 0 END + 1
    WHERE a.tenant_id = tenant AND a.account_id = its_account RETURNING a.second_calls INTO account.second_calls;

    SELECT count(*) FILTER (WHERE c.state = 'live' AND c.deadline > moment) AS live,
        coalesce(sum(c.held) FILTER (WHERE c.state = 'live' AND c.deadline > moment), 0)::bigint AS held
    INTO lately FROM voice_calls c WHERE c.tenant_id = tenant AND c.account_id = its_account AND c.state = 'live';

    IF callee = '' THEN
        cause := 'number';
    ELSIF NOT is_emergency THEN
        cause := CASE
            WHEN company.state IN ('suspended', 'closed') OR account.state <> 'active' THEN 'suspended'
            WHEN account.blocked_until > moment THEN 'fraud'
            WHEN account.second_calls > account.pace THEN 'pace'
            WHEN lately.live >= account.channels THEN 'channels'
            WHEN EXISTS (
                SELECT FROM voice_blocks b WHERE b.tenant_id = tenant AND (
                    b.kind = 'destination'
                        AND b.prefix = ANY (ARRAY(SELECT left(callee, n) FROM generate_series(1, length(callee)) AS n))
                    OR b.kind = 'caller'
                        AND b.prefix = ANY (ARRAY(SELECT left(caller, n) FROM generate_series(1, length(caller)) AS n))))
                THEN 'listed'
            WHEN sell.rate_id IS NULL THEN 'rate'
            ELSE '' END;
        IF cause = '' THEN
            cause := voice_fraud(tenant, its_account, policy, company.zone, scale, moment);
            IF cause <> '' THEN
                UPDATE voice_accounts a
                SET blocked_until = moment + policy.blocked_minutes * interval '1 minute', blocked_because = cause
                WHERE a.tenant_id = tenant AND a.account_id = its_account;
                cause := 'fraud';
            END IF;
        END IF;
    END IF;

    IF cause = '' AND is_emergency THEN
        seconds := 14400;
        SELECT coalesce(jsonb_agg(
            jsonb_build_object('carrier', k.carrier_id, 'price', 0, 'fee', 0, 'minimum', 1, 'increment', 1)
            ORDER BY k.priority, k.number), '[]')
        INTO its_routes FROM voice_carriers k WHERE k.tenant_id = tenant AND k.state = 'active';
    ELSIF cause = '' THEN
        seconds := account.longest * 60;
        IF account.payment = 'prepaid' OR account.credit_limit > 0 THEN
            SELECT scale * (CASE account.payment WHEN 'prepaid' THEN 0 ELSE account.credit_limit END
                    - coalesce((SELECT b.balance FROM customer_balances b
                        WHERE b.tenant_id = tenant AND b.customer_id = account.customer_id
                            AND b.currency = company.currency), 0))
                - account.unposted - lately.held
            INTO available;
            seconds := voice_seconds(sell.price, sell.fee, sell.minimum, sell.increment, available, seconds);
            IF seconds <= 0 THEN
                cause := 'balance';
            END IF;
        END IF;
        IF cause = '' THEN
            SELECT coalesce(jsonb_agg(
                jsonb_build_object(
                    'carrier', f.carrier_id, 'price', f.price, 'fee', f.fee, 'minimum', f.minimum, 'increment', f.increment)
                ORDER BY f.priority, f.price, f.number), '[]')
            INTO its_routes FROM (
                SELECT k.carrier_id, k.priority, k.number, r.price, r.fee, r.minimum, r.increment FROM voice_carriers k
                CROSS JOIN LATERAL voice_rate(tenant, k.deck_id, callee, moment) r
                WHERE k.tenant_id = tenant AND k.state = 'active'
                    AND r.price * (100 + account.margin) <= sell.price * 100
                ORDER BY k.priority, r.price, k.number LIMIT 5) f;
        END IF;
    END IF;
    IF cause = '' AND its_routes = '[]' THEN
        cause := 'route';
    END IF;

    its_number := floor(extract(epoch FROM moment) * 1000000);
    LOOP
        INSERT INTO voice_calls (
            tenant_id, call_id, number, account_id, sip_id, caller, dialled, callee, destination, state, started_at, ended_at,
            reason, price, fee, minimum, increment, routes, allowed, held, deadline)
        VALUES (
            tenant, its_call, its_number, its_account, voice_text(sip_bytes, 200), caller, dialled, callee,
            coalesce(sell.destination, ''), CASE WHEN cause = '' THEN 'live' ELSE 'blocked' END, moment,
            CASE WHEN cause <> '' THEN moment END, cause, coalesce(sell.price, 0), coalesce(sell.fee, 0),
            coalesce(sell.minimum, 1), coalesce(sell.increment, 1), its_routes, seconds,
            CASE WHEN cause = '' AND NOT is_emergency
                THEN voice_amount(sell.price, sell.fee, sell.minimum, sell.increment, seconds) ELSE 0 END,
            moment + (seconds + 300) * interval '1 second')
        ON CONFLICT DO NOTHING;
        EXIT WHEN FOUND;
        its_number := its_number + 1;
    END LOOP;

    IF cause = '' THEN
        SELECT * INTO taken FROM voice_take(tenant, its_call);
        IF taken.uri IS NULL THEN
            cause := 'busy_carriers';
            UPDATE voice_calls c SET state = 'blocked', ended_at = moment, reason = cause, held = 0
            WHERE c.tenant_id = tenant AND c.call_id = its_call;
        END IF;
    END IF;
    reason := CASE cause
        WHEN 'number' THEN 'Address Incomplete' WHEN 'suspended' THEN 'Suspended' WHEN 'fraud' THEN 'Blocked'
        WHEN 'pace' THEN 'Too many calls a second' WHEN 'channels' THEN 'All channels busy'
        WHEN 'listed' THEN 'Destination not allowed' WHEN 'balance' THEN 'Payment Required' ELSE 'No route' END;
    code := CASE cause
        WHEN '' THEN 0 WHEN 'number' THEN 484 WHEN 'channels' THEN 486 WHEN 'balance' THEN 402
        WHEN 'suspended' THEN 403 WHEN 'fraud' THEN 403 WHEN 'listed' THEN 403 ELSE 503 END;
    IF cause <> '' THEN
        UPDATE voice_calls c SET code = voice_route.code WHERE c.tenant_id = tenant AND c.call_id = its_call;
        RETURN;
    END IF;
    INSERT INTO voice_open_calls (call_id, tenant_id) VALUES (its_call, tenant);
    call := its_call;
    uri := taken.uri;
    dst := taken.dst;
END $$;

-- The rule against fraud that an account's last hour breaks; empty for none.
CREATE FUNCTION voice_fraud(
    tenant uuid, its_account uuid, policy voice_policies, zone text, scale bigint, moment timestamptz
) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT CASE
        WHEN policy.short_calls > 0 AND count(*) FILTER (
            WHERE c.state = 'answered' AND c.seconds < 6 AND c.started_at > moment - interval '5 minutes')
            >= policy.short_calls THEN 'short_calls'
        WHEN policy.failed_calls > 0 AND count(*) FILTER (
            WHERE c.state = 'failed' AND c.started_at > moment - interval '10 minutes') >= policy.failed_calls
            AND count(*) FILTER (WHERE c.state = 'failed' AND c.started_at > moment - interval '10 minutes') * 5
            > count(*) FILTER (WHERE c.state <> 'live' AND c.started_at > moment - interval '10 minutes') * 4
            THEN 'failed_calls'
        WHEN policy.night_calls > 0 AND extract(hour FROM moment AT TIME ZONE zone) NOT BETWEEN 6 AND 21
            AND count(*) FILTER (WHERE c.state <> 'blocked') >= policy.night_calls THEN 'night_calls'
        WHEN policy.hour_spend > 0 AND coalesce(sum(c.amount), 0) >= policy.hour_spend * scale THEN 'hour_spend'
        ELSE '' END
    FROM voice_calls c
    WHERE c.tenant_id = tenant AND c.account_id = its_account AND c.started_at > moment - interval '1 hour'
$$;

-- The next carrier of a call whose carrier failed; no address where there is none.
CREATE FUNCTION voice_next(call text, OUT uri text, OUT dst text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid := voice_tenant(call::uuid);
BEGIN
    PERFORM voice_enter(tenant);
    SELECT t.uri, t.dst INTO uri, dst FROM voice_take(tenant, call::uuid) t;
END $$;

CREATE FUNCTION voice_answer(call text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid := voice_tenant(call::uuid);
    moment timestamptz := clock_timestamp();
BEGIN
    PERFORM voice_enter(tenant);
    UPDATE voice_calls c SET answered_at = moment, deadline = moment + (c.allowed + 60) * interval '1 second'
    WHERE c.tenant_id = tenant AND c.call_id = call::uuid AND c.state = 'live' AND c.answered_at IS NULL;
    RETURN CASE WHEN FOUND THEN 'kept' ELSE 'ignored' END;
END $$;

-- The end of a call, however often it is told: rated once, at the prices of its beginning.
CREATE FUNCTION voice_end(call text, sip_code integer) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tenant uuid := voice_tenant(call::uuid);
BEGIN
    PERFORM voice_enter(tenant);
    RETURN voice_close(tenant, call::uuid, sip_code, clock_timestamp());
END $$;

CREATE FUNCTION voice_close(tenant uuid, its_call uuid, sip_code integer, moment timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ended voice_calls;
    route jsonb;
    lasted integer;
    charged bigint;
BEGIN
    PERFORM require_tenant_context(tenant);
    SELECT * INTO ended FROM voice_calls c WHERE c.tenant_id = tenant AND c.call_id = its_call AND c.state = 'live';
    IF NOT FOUND THEN
        RETURN 'ignored';
    END IF;
    -- The account before the call, as every INVITE takes them.
    PERFORM FROM voice_accounts a WHERE a.tenant_id = tenant AND a.account_id = ended.account_id FOR UPDATE;
    SELECT * INTO ended FROM voice_calls c WHERE c.tenant_id = tenant AND c.call_id = its_call AND c.state = 'live'
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'ignored';
    END IF;
    route := ended.routes -> (ended.position - 1);
    -- A part of a second is none for a timer's delay.
    lasted := CASE WHEN ended.answered_at IS NULL THEN 0
        ELSE least(ceil(extract(epoch FROM moment - ended.answered_at) - 0.1), ended.allowed)::integer END;
    lasted := greatest(lasted, 0);
    charged := voice_amount(ended.price, ended.fee, ended.minimum, ended.increment, lasted);
    UPDATE voice_calls c SET
        state = CASE WHEN ended.answered_at IS NOT NULL THEN 'answered' WHEN sip_code IN (486, 600) THEN 'busy'
            WHEN sip_code = 487 THEN 'cancelled' ELSE 'failed' END,
        code = CASE WHEN ended.answered_at IS NOT NULL THEN 200 ELSE sip_code END, ended_at = moment, seconds = lasted,
        amount = charged, held = 0,
        cost = coalesce(voice_amount(
            (route ->> 'price')::bigint, (route ->> 'fee')::bigint, (route ->> 'minimum')::integer,
            (route ->> 'increment')::integer, lasted), 0)
    WHERE c.tenant_id = tenant AND c.call_id = its_call;
    UPDATE voice_accounts a SET unposted = a.unposted + charged
    WHERE a.tenant_id = tenant AND a.account_id = ended.account_id AND charged > 0;
    DELETE FROM voice_open_calls o WHERE o.call_id = its_call AND o.tenant_id = tenant;
    RETURN 'kept';
END $$;

REVOKE ALL ON FUNCTION put_voice_peers, voice_amount, voice_seconds, voice_number, voice_rate, voice_text, voice_enter,
    voice_take, voice_tenant, voice_route, voice_fraud, voice_next, voice_answer, voice_end, voice_close FROM PUBLIC;
GRANT EXECUTE ON FUNCTION put_voice_peers, voice_amount, voice_close TO mastil_app;
GRANT USAGE ON SCHEMA public TO mastil_voice;
GRANT EXECUTE ON FUNCTION voice_route, voice_next, voice_answer, voice_end TO mastil_voice;
