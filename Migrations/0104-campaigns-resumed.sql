-- Since when a campaign writes without having been paused: failures before it do not pause it again.
ALTER TABLE campaigns ADD COLUMN resumed_at timestamptz;
