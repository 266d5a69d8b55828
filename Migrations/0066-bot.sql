-- The bot of each company: how it speaks, what else it can answer, where it stands in each conversation, and what it
-- understood of each message.
-- In the order in which acts take them.
LOCK TABLE customers, tenants IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE bot_settings (
    tenant_id uuid NOT NULL REFERENCES tenants,
    is_on boolean NOT NULL,
    name text NOT NULL CHECK (char_length(name) <= 60),
    -- The company's own words; empty are the product's.
    greeting text NOT NULL CHECK (char_length(greeting) <= 1000),
    office text NOT NULL CHECK (char_length(office) <= 1000),
    handed_over text NOT NULL CHECK (char_length(handed_over) <= 1000),
    not_understood text NOT NULL CHECK (char_length(not_understood) <= 1000),
    not_linked text NOT NULL CHECK (char_length(not_linked) <= 1000),
    PRIMARY KEY (tenant_id)
);
SELECT keep_tenants_apart('bot_settings', 'SELECT, INSERT, UPDATE');

CREATE TABLE bot_questions (
    tenant_id uuid NOT NULL REFERENCES tenants,
    question_id uuid NOT NULL,
    question text NOT NULL CHECK (char_length(question) BETWEEN 1 AND 200),
    -- Other ways of asking it, a line each.
    ways text NOT NULL CHECK (char_length(ways) <= 2000),
    answer text NOT NULL CHECK (char_length(answer) BETWEEN 1 AND 2000),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, question_id)
);
SELECT keep_tenants_apart('bot_questions', 'SELECT, INSERT, UPDATE, DELETE');

-- Where the bot stands in a conversation.
CREATE TABLE bot_states (
    tenant_id uuid NOT NULL REFERENCES tenants,
    conversation_id uuid NOT NULL,
    -- Counts the bot's messages with buttons: one of an older message is no longer good.
    turn bigint NOT NULL CHECK (turn >= 0),
    -- Messages in a row of which nothing was understood.
    misses integer NOT NULL CHECK (misses BETWEEN 0 AND 1000),
    answer text CHECK (char_length(answer) <= 40),
    step text CHECK (char_length(step) <= 40),
    -- What was answered so far, and to what.
    asked text[] NOT NULL,
    answered text[] NOT NULL,
    -- The choices under its last message, in order, for those who type the number of one.
    offered text[] NOT NULL,
    expires_at timestamptz,
    PRIMARY KEY (tenant_id, conversation_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations,
    CHECK ((answer IS NULL) = (step IS NULL)),
    CHECK (cardinality(asked) = cardinality(answered)),
    CHECK ((answer IS NULL) = (expires_at IS NULL))
);
SELECT keep_tenants_apart('bot_states', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('bot_states', 'conversations', 'conversation_id');

-- What was understood of a message, and what was done about it. A message that has a row is answered.
CREATE TABLE bot_turns (
    tenant_id uuid NOT NULL REFERENCES tenants,
    message_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    intent text NOT NULL CHECK (char_length(intent) <= 40),
    confidence integer NOT NULL CHECK (confidence BETWEEN 0 AND 100),
    runner_up text CHECK (char_length(runner_up) <= 40),
    -- The answer, command or question that it was taken for.
    answer text NOT NULL CHECK (char_length(answer) <= 200),
    outcome text NOT NULL CHECK (outcome IN (
        'answered', 'asked', 'not_understood', 'not_linked', 'handed_over', 'refused', 'expired', 'silent')),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, message_id),
    FOREIGN KEY (tenant_id, message_id) REFERENCES messages,
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations
);
CREATE INDEX bot_turns_not_understood ON bot_turns (tenant_id, message_id DESC) WHERE outcome = 'not_understood';
CREATE INDEX bot_turns_of_conversation ON bot_turns (tenant_id, conversation_id, message_id DESC);
SELECT keep_tenants_apart('bot_turns', 'SELECT, INSERT');
SELECT reach_by_zone('bot_turns', 'conversations', 'conversation_id');
