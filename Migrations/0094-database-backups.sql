-- Backups of the whole database, and the drills that restore one beside it and prove it. Of the installation, not of a
-- tenant.
CREATE TABLE backup_runs (
    backup_run_id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('backup', 'drill')),
    began_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    -- The backup's name in its repository.
    label text CHECK (length(label) <= 64),
    bytes bigint CHECK (bytes >= 0),
    -- Of a drill: the last change that came back.
    restored_to timestamptz,
    faults text[] NOT NULL DEFAULT '{}',
    CHECK (ended_at >= began_at)
);
CREATE INDEX backup_runs_in_time ON backup_runs (kind, ended_at DESC);
GRANT SELECT, INSERT, DELETE ON backup_runs TO mastil_platform;
