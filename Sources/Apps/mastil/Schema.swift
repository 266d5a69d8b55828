import Postgres

/// What the rules about tables must know of ours: which are the platform's, and which functions act with their owner's
/// rights, each looked at by a person.
enum Schema {
    static let lint = CatalogueLint(
        platformTables: [
            "hostnames", "jobs", "dead_jobs", "job_tenants", "job_arrivals", "job_workers", "job_schedules",
        ],
        referenceTables: ["tenants"],
        definerFunctions: [
            "complete_job(uuid,uuid,bigint)", "hold_job(uuid,uuid,bigint)",
            "put_job_schedule(uuid,text,text,text,text,text,jsonb,text,text,integer,integer,timestamp with time zone)",
            "queue_jobs(uuid,text,uuid[],jsonb[],text[],text[],integer[],timestamp with time zone,integer)",
            "remove_job_schedule(uuid,text)",
        ])
}
