import Postgres

/// What the rules about tables must know of ours: which are the platform's, and which functions act with their owner's
/// rights, each looked at by a person.
enum Schema {
    static let lint = CatalogueLint(
        platformTables: [
            "hostnames", "released_hostnames", "jobs", "dead_jobs", "job_tenants", "job_arrivals", "job_workers",
            "job_schedules",
        ],
        referenceTables: ["tenants"],
        definerFunctions: [
            "complete_job(uuid,uuid,bigint)", "hold_job(uuid,uuid,bigint)",
            "put_job_schedule(uuid,text,text,text,text,text,jsonb,text,text,integer,integer,timestamp with time zone)",
            "make_tenant(uuid,text,text,text,date,text,text,text,text,integer,text,integer,integer,integer,bigint,text,text,date,timestamp with time zone)",
            "locked_tenant(uuid)",
            "put_brand(uuid,integer,integer,text)",
            "put_company(uuid,text,text,text,text,text,text,text,text,integer,boolean)",
            "queue_jobs(uuid,text,uuid[],jsonb[],text[],text[],integer[],timestamp with time zone,integer)",
            "record_event(uuid,bytea,text)", "release_hostname(uuid,text,timestamp with time zone)",
            "remove_job_schedule(uuid,text)",
            "serve_hostname(uuid,text,timestamp with time zone,interval)",
        ])
}
