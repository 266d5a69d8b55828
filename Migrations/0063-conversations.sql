-- What customers and the company write to each other, by whatever channel: one conversation for each correspondent of an
-- account, with one person of the company or the bot answering in it.
-- In the order in which acts take them.
LOCK TABLE customers, staff, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE conversations (
    tenant_id uuid NOT NULL REFERENCES tenants,
    conversation_id uuid NOT NULL,
    number bigint NOT NULL CHECK (number > 0),
    channel text NOT NULL CHECK (channel IN ('whatsapp', 'twilio', 'sms', 'telegram', 'email', 'portal')),
    -- The company's number or bot at the channel; the portal has none.
    account_id uuid,
    -- The other side as the channel names it: a number, a chat, an address; on the portal the customer.
    correspondent text NOT NULL CHECK (char_length(correspondent) BETWEEN 1 AND 200),
    phone text CHECK (char_length(phone) <= 40),
    name text NOT NULL CHECK (char_length(name) <= 200),
    customer_id uuid,
    -- Why we believe that it is that customer who writes.
    link_proof text CHECK (link_proof IN ('phone', 'code', 'staff', 'portal')),
    linked_at timestamptz,
    -- Staff took the customer away: the telephone alone does not bring them back.
    was_unlinked boolean NOT NULL DEFAULT FALSE,
    -- Wrong codes since the last right one, and until when no further one is tried.
    link_failures integer NOT NULL DEFAULT 0 CHECK (link_failures BETWEEN 0 AND 1000),
    link_locked_until timestamptz,
    state text NOT NULL CHECK (state IN ('bot', 'open', 'waiting', 'closed')),
    waiting_until timestamptz,
    assignee_id uuid,
    last_message_at timestamptz NOT NULL,
    last_message text NOT NULL DEFAULT '' CHECK (char_length(last_message) <= 200),
    -- Some channels take other messages than templates for a day from here only.
    last_inbound_at timestamptz,
    -- The first message of the customer that nobody has answered.
    waiting_since timestamptz,
    first_replied_at timestamptz,
    unread integer NOT NULL DEFAULT 0 CHECK (unread >= 0),
    opted_out_at timestamptz,
    -- Why nothing can be delivered, as a failure of a message is named.
    unreachable text CHECK (char_length(unreachable) <= 40),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id),
    UNIQUE (tenant_id, number),
    UNIQUE NULLS NOT DISTINCT (tenant_id, channel, account_id, correspondent),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (tenant_id, assignee_id) REFERENCES staff,
    CHECK ((customer_id IS NULL) = (link_proof IS NULL)),
    CHECK ((customer_id IS NULL) = (linked_at IS NULL)),
    CHECK ((state = 'waiting') = (waiting_until IS NOT NULL))
);
CREATE INDEX conversations_by_time ON conversations (tenant_id, last_message_at DESC, conversation_id DESC);
CREATE INDEX conversations_by_state ON conversations (tenant_id, state, last_message_at DESC, conversation_id DESC);
CREATE INDEX conversations_unassigned ON conversations (tenant_id, last_message_at DESC, conversation_id DESC)
    WHERE state = 'open' AND assignee_id IS NULL;
CREATE INDEX conversations_of_assignee ON conversations (
    tenant_id, assignee_id, last_message_at DESC, conversation_id DESC) WHERE state = 'open';
CREATE INDEX conversations_waiting ON conversations (tenant_id, waiting_until) WHERE state = 'waiting';
CREATE INDEX conversations_of_customer ON conversations (tenant_id, customer_id, last_message_at DESC)
    WHERE customer_id IS NOT NULL;
CREATE INDEX conversations_of_phone ON conversations (tenant_id, phone) WHERE phone IS NOT NULL;
CREATE INDEX conversations_unlinked ON conversations (tenant_id, number) WHERE customer_id IS NULL;
SELECT keep_tenants_apart('conversations', 'SELECT, INSERT, UPDATE');
-- One that is linked is reached with its customer; one that is not, by everybody who reads conversations.
CREATE POLICY in_reach ON conversations AS RESTRICTIVE
    USING (CASE WHEN (SELECT zones_in_reach()) IS NULL THEN true
        ELSE customer_id IS NULL OR EXISTS (
            SELECT FROM customers p
            WHERE p.tenant_id = conversations.tenant_id AND p.customer_id = conversations.customer_id) END);

CREATE TABLE messages (
    tenant_id uuid NOT NULL REFERENCES tenants,
    message_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    direction text NOT NULL CHECK (direction IN ('in', 'out', 'note', 'activity')),
    author_kind text NOT NULL CHECK (author_kind IN ('customer', 'staff', 'bot', 'system', 'program')),
    author_id uuid,
    author text NOT NULL CHECK (char_length(author) <= 200),
    kind text NOT NULL CHECK (kind IN (
        'text', 'image', 'audio', 'video', 'document', 'location', 'contact', 'sticker', 'buttons', 'template',
        'unsupported')),
    body text NOT NULL CHECK (char_length(body) <= 4096),
    content jsonb,
    reply_to text CHECK (char_length(reply_to) <= 300),
    provider_id text CHECK (char_length(provider_id) BETWEEN 1 AND 300),
    state text NOT NULL CHECK (state IN ('received', 'queued', 'sending', 'sent', 'delivered', 'read', 'failed')),
    failure text CHECK (char_length(failure) <= 40),
    -- In the provider's words.
    failure_detail text NOT NULL DEFAULT '' CHECK (char_length(failure_detail) <= 300),
    attempts integer NOT NULL DEFAULT 0 CHECK (attempts BETWEEN 0 AND 1000),
    made_at timestamptz NOT NULL,
    sent_at timestamptz,
    delivered_at timestamptz,
    read_at timestamptz,
    PRIMARY KEY (tenant_id, message_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    CHECK ((state = 'failed') = (failure IS NOT NULL))
);
CREATE INDEX messages_of_conversation ON messages (tenant_id, conversation_id, message_id DESC);
-- A message of a provider once.
CREATE UNIQUE INDEX messages_of_provider ON messages (tenant_id, provider_id, conversation_id)
    WHERE provider_id IS NOT NULL;
SELECT keep_tenants_apart('messages', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('messages', 'conversations', 'conversation_id');

CREATE TABLE message_files (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- Its sealed content is bound to it.
    file_id uuid NOT NULL,
    message_id uuid NOT NULL,
    position integer NOT NULL CHECK (position BETWEEN 0 AND 30),
    media_type text NOT NULL CHECK (char_length(media_type) <= 100),
    name text NOT NULL CHECK (char_length(name) <= 200),
    bytes bigint CHECK (bytes >= 0),
    provider_file text CHECK (char_length(provider_file) <= 2000),
    state text NOT NULL CHECK (state IN ('waiting', 'kept', 'refused')),
    refusal text CHECK (char_length(refusal) <= 40),
    sealed bytea,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, file_id),
    UNIQUE (tenant_id, message_id, position),
    FOREIGN KEY (tenant_id, message_id) REFERENCES messages,
    CHECK ((state = 'kept') = (sealed IS NOT NULL)),
    CHECK ((state = 'refused') = (refusal IS NOT NULL))
);
SELECT keep_tenants_apart('message_files', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('message_files', 'messages', 'message_id');

CREATE TABLE labels (
    tenant_id uuid NOT NULL REFERENCES tenants,
    label_id uuid NOT NULL,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 40),
    colour text NOT NULL CHECK (colour IN ('grey', 'blue', 'green', 'amber', 'red', 'violet')),
    PRIMARY KEY (tenant_id, label_id),
    UNIQUE (tenant_id, name)
);
SELECT keep_tenants_apart('labels', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE conversation_labels (
    tenant_id uuid NOT NULL REFERENCES tenants,
    conversation_id uuid NOT NULL,
    label_id uuid NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id, label_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, label_id) REFERENCES labels ON DELETE CASCADE
);
CREATE INDEX conversation_labels_of_label ON conversation_labels (tenant_id, label_id);
SELECT keep_tenants_apart('conversation_labels', 'SELECT, INSERT, DELETE');
SELECT reach_by_zone('conversation_labels', 'conversations', 'conversation_id');

CREATE TABLE canned_replies (
    tenant_id uuid NOT NULL REFERENCES tenants,
    canned_reply_id uuid NOT NULL,
    code text NOT NULL CHECK (code ~ '^[a-z0-9-]{1,30}$'),
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 2000),
    PRIMARY KEY (tenant_id, canned_reply_id),
    UNIQUE (tenant_id, code)
);
SELECT keep_tenants_apart('canned_replies', 'SELECT, INSERT, UPDATE, DELETE');

-- What somebody began to write and has not sent.
CREATE TABLE message_drafts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    conversation_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 4096),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, conversation_id, staff_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff ON DELETE CASCADE
);
SELECT keep_tenants_apart('message_drafts', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('message_drafts', 'conversations', 'conversation_id');

CREATE TABLE conversation_settings (
    tenant_id uuid NOT NULL REFERENCES tenants,
    -- A bot answers first.
    starts_with_bot boolean NOT NULL,
    PRIMARY KEY (tenant_id)
);
SELECT keep_tenants_apart('conversation_settings', 'SELECT, INSERT, UPDATE');

-- What a customer writes from their chat to show that it is theirs: good once, and for a time.
CREATE TABLE link_codes (
    tenant_id uuid NOT NULL REFERENCES tenants,
    customer_id uuid NOT NULL,
    digest bytea NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, customer_id),
    UNIQUE (tenant_id, digest),
    FOREIGN KEY (tenant_id, customer_id) REFERENCES customers
);
SELECT keep_tenants_apart('link_codes', 'SELECT, INSERT, UPDATE, DELETE');
SELECT reach_by_zone('link_codes', 'customers', 'customer_id');
