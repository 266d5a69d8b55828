-- A company's language models, asked about what its bot does not understand; what was asked, said and spent. What the bot
-- understood long ago may be forgotten.

GRANT DELETE ON bot_turns TO mastil_app;

CREATE TABLE assistant_prompts (
    tenant_id uuid NOT NULL REFERENCES tenants,
    version integer NOT NULL CHECK (version > 0),
    instructions text NOT NULL CHECK (char_length(instructions) <= 3000),
    actor text NOT NULL CHECK (actor <> ''),
    made_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, version)
);
SELECT keep_tenants_apart('assistant_prompts', 'SELECT, INSERT');

CREATE TABLE assistant_settings (
    tenant_id uuid PRIMARY KEY REFERENCES tenants,
    is_on boolean NOT NULL,
    -- Questions of one customer.
    per_day integer NOT NULL CHECK (per_day BETWEEN 1 AND 200),
    -- Of a month, in cents of a dollar.
    budget bigint NOT NULL CHECK (budget >= 0),
    prompt_version integer NOT NULL,
    FOREIGN KEY (tenant_id, prompt_version) REFERENCES assistant_prompts
);
SELECT keep_tenants_apart('assistant_settings', 'SELECT, INSERT, UPDATE');

CREATE TABLE assistant_models (
    tenant_id uuid NOT NULL REFERENCES tenants,
    model_id uuid NOT NULL,
    position integer NOT NULL CHECK (position BETWEEN 1 AND 9),
    api text NOT NULL CHECK (api IN ('anthropic', 'openai')),
    model text NOT NULL CHECK (char_length(model) BETWEEN 1 AND 100),
    address text NOT NULL CHECK (char_length(address) <= 200),
    -- Sealed.
    key bytea NOT NULL CHECK (octet_length(key) > 0),
    key_end text NOT NULL CHECK (char_length(key_end) <= 4),
    -- For a million tokens, in cents of a dollar.
    input_price bigint NOT NULL CHECK (input_price >= 0),
    output_price bigint NOT NULL CHECK (output_price >= 0),
    PRIMARY KEY (tenant_id, model_id)
);
SELECT keep_tenants_apart('assistant_models', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE assistant_questions (
    tenant_id uuid NOT NULL REFERENCES tenants,
    message_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    prompt_version integer NOT NULL,
    question text NOT NULL CHECK (char_length(question) <= 2000),
    answer text NOT NULL DEFAULT '' CHECK (char_length(answer) <= 2000),
    model text NOT NULL DEFAULT '' CHECK (char_length(model) <= 100),
    tools text[] NOT NULL DEFAULT '{}' CHECK (cardinality(tools) <= 60),
    state text NOT NULL CHECK (state IN ('asked', 'answered', 'begun', 'handed_over', 'empty', 'failed', 'late')),
    failure text NOT NULL DEFAULT '' CHECK (char_length(failure) <= 200),
    input_tokens bigint NOT NULL DEFAULT 0 CHECK (input_tokens >= 0),
    output_tokens bigint NOT NULL DEFAULT 0 CHECK (output_tokens >= 0),
    -- In millionths of a dollar; while it is asked the most that it may cost.
    cost bigint NOT NULL CHECK (cost >= 0),
    day date NOT NULL,
    asked_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, message_id),
    FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversations
);
CREATE INDEX assistant_questions_by_day ON assistant_questions (tenant_id, day);
CREATE INDEX assistant_questions_of_conversation ON assistant_questions (tenant_id, conversation_id, day);
SELECT keep_tenants_apart('assistant_questions', 'SELECT, INSERT, UPDATE');
SELECT reach_by_zone('assistant_questions', 'conversations', 'conversation_id');
