import Postgres

/// Our part of the catalogue rules: the platform's tables, and the SECURITY DEFINER functions, each reviewed by a
/// person.
enum Schema {
    static let lint = CatalogueLint(
        platformTables: [
            "hostnames", "released_hostnames", "jobs", "dead_jobs", "job_tenants", "job_kind_turns", "job_arrivals",
            "job_workers", "job_schedules", "crashes", "closed_routes", "unsealed_events", "announcements",
            "collection_stops", "radius_peers", "backup_runs", "voice_peers", "voice_open_calls",
        ],
        referenceTables: ["tenants"],
        definerFunctions: [
            "announce(uuid,text)", "append_events(uuid,text[])", "complete_job(uuid,uuid,bigint)",
            "hold_job(uuid,uuid,bigint)",
            "put_job_schedule(uuid,text,text,text,text,text,jsonb,text,text,integer,integer,timestamp with time zone)",
            "make_tenant(uuid,text,text,text,date,text,text,text,text,integer,text,integer,integer,integer,bigint,text,text,date,timestamp with time zone)",
            "locked_tenant(uuid)",
            "put_brand(uuid,integer,integer,text)",
            "put_company(uuid,text,text,text,text,text,text,text,text,integer,boolean)",
            "put_company_contact(uuid,text,text,text,text)",
            "queue_jobs(uuid,text,uuid[],jsonb[],text[],text[],integer[],timestamp with time zone,integer)",
            "record_event(uuid,bytea,text)", "release_hostname(uuid,text,timestamp with time zone)",
            "remove_job_schedule(uuid,text)", "seal_events(uuid,uuid[],integer,bytea,text,integer)",
            "seal_own_events(uuid,integer,bytea,text,integer)", "unsealed_events_of(uuid)",
            "serve_hostname(uuid,text,timestamp with time zone,interval)",
            "post_transactions(uuid,uuid[],text[],uuid[],date[],date[],text[],uuid,text,timestamp with time zone,integer[],text[],text[],uuid[],text[],bigint[],uuid[])",
            "reverse_transaction(uuid,uuid,uuid,date,text,uuid,text,timestamp with time zone)",
            "settle_oldest(uuid,uuid[],uuid[],uuid[],text,date,uuid,text,timestamp with time zone)",
            "hold_customer_balance(uuid,uuid)",
            "undo_import_rows(uuid,uuid,integer[],date,text,uuid,text,timestamp with time zone)",
            "move_merged_papers(uuid,text,uuid,uuid,uuid[])",
            "transfer_account(uuid,uuid,uuid,uuid,date,text,uuid,text,timestamp with time zone)",
            "collection_stop_at(timestamp with time zone)",
            "payments_named(uuid,text,text)", "payments_shown_by(uuid,bytea)",
            "correct_claim(uuid,uuid,bigint,date,text,text,text)",
            "put_radius_peer(uuid,uuid,inet,text)", "move_radius_peer(uuid,uuid,inet)", "remove_radius_peer(uuid,uuid)",
            "has_radius_peer(uuid,uuid)", "voucher_standing(uuid,uuid,timestamp with time zone)",
            "radius_client(inet)", "radius_standing(uuid,uuid,timestamp with time zone)", "radius_authorize(uuid,text)",
            "radius_post_auth(uuid,text,text,text)",
            "radius_accounting(uuid,text,text,text,text,text,text,text,text,text,text,text,text)",
            "put_voice_peers(uuid,uuid,inet[])", "voice_tenant(uuid)", "voice_route(text,text,text,text)",
            "voice_next(text)", "voice_answer(text)", "voice_end(text,integer)",
            "voice_close(uuid,uuid,integer,timestamp with time zone)",
            "keep_sample_days(timestamp with time zone)",
            "close_ledger(uuid,uuid,date,text,uuid,text,timestamp with time zone)",
        ])
}
