"""How fast the night's run invoices a hundred companies of a thousand services, with all that an invoice is made of: its
number, lines, taxes and period, its postings in the ledger and its entry in the record. Beside it the same rows, copied by
INSERT … SELECT into tables of the same shape."""

import time

from contenders import Database, Mastil
from processes import Failed, Server, resident_megabytes

TENANTS, SERVICES = 100, 1_000
TABLES = ["invoices", "invoice_lines", "billed_periods", "ledger_transactions", "ledger_postings", "ledger_charges", "customer_balances"]


def furnish(database: Database):
    """Companies like the first, each with its customers, their services and a policy from this month on."""
    database.rows(
        f"INSERT INTO tenants SELECT made.* FROM tenants, generate_series(1, {TENANTS}) number,"
        " jsonb_populate_record(tenants, jsonb_build_object('tenant_id', gen_random_uuid(), 'slug', 'cobro' || number)) made"
        " WHERE tenants.slug = 'uno';"
        "CREATE TABLE companies AS SELECT tenant_id FROM tenants WHERE slug LIKE 'cobro%';"
        "INSERT INTO customers (tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since)"
        " SELECT tenant_id, gen_random_uuid(), number, 'Cliente ' || number, '55' || number, 'Calle ' || number, 'Centro',"
        f" 'active', '2020-01-01' FROM companies, generate_series(1, {SERVICES}) number;"
        "INSERT INTO plans (tenant_id, plan_id, name, price, currency, tax, charge, days, download, upload, provisioned_download,"
        " provisioned_upload, burst_download, burst_upload, threshold_download, threshold_upload, burst_seconds, is_collected,"
        " early_discount, early_days, made_at) SELECT tenant_id, gen_random_uuid(), 'Hogar', 50000, 'MXN', 'company', 'in_advance',"
        " 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, true, 0, 0, now() FROM companies;"
        "INSERT INTO services (tenant_id, service_id, number, customer_id, address, neighbourhood, contact, contact_phone,"
        " billing_day, state, made_at) SELECT c.tenant_id, gen_random_uuid(), c.number, c.customer_id, c.address, '', '', '', 1,"
        " 'active', now() FROM customers c JOIN companies USING (tenant_id);"
        "INSERT INTO service_terms (tenant_id, service_id, sequence, from_day, plan_id, price, currency, author, made_at)"
        " SELECT s.tenant_id, s.service_id, 1, '2020-01-01', p.plan_id, p.price, p.currency, 'bench', now()"
        " FROM services s JOIN plans p USING (tenant_id) JOIN companies USING (tenant_id);"
        "INSERT INTO activations (tenant_id, service_id, day, author, made_at)"
        " SELECT s.tenant_id, s.service_id, '2020-01-01', 'bench', now() FROM services s JOIN companies USING (tenant_id);"
        "INSERT INTO billing_settings (tenant_id, first_day, is_automatic, due_days, cut_share, grouping, series, credit_series)"
        " SELECT tenant_id, date_trunc('month', now())::date, true, 7, 100, 'customer', 'F', 'NC' FROM companies")
    for table in ("customers", "services", "service_terms", "activations"):
        database.rows(f"VACUUM ANALYZE {table}")


def issued(database: Database) -> int:
    [[count]] = database.rows("SELECT coalesce(sum(last), 0) FROM counters JOIN companies USING (tenant_id) WHERE name = 'invoice'")
    return int(count)


def run(database: Database, mastil: Mastil) -> tuple[float, float]:
    """Invoices a second from the first ones on, and the worker's memory."""
    database.rows(
        "INSERT INTO job_schedules (tenant_id, name, expression, zone, catch_up, kind, payload, unique_key, lane, priority,"
        " max_attempts, next_at) SELECT tenant_id, 'invoices.raise', '20 0 * * *', 'America/Mexico_City', 'once',"
        " 'invoices.raise', '{}', 'all', NULL, 1, 20, now() FROM companies")
    wanted = TENANTS * SERVICES
    worker = Server("Mastil", [mastil.program, "work"], mastil.port, mastil.log, mastil.environment)
    try:
        deadline = time.monotonic() + 300
        while (first := issued(database)) == 0 and time.monotonic() < deadline:
            time.sleep(0.01)
        started, memory, count = time.monotonic(), 0.0, first
        while (count := issued(database)) < wanted and time.monotonic() < deadline:
            memory = max(memory, resident_megabytes(worker.process.pid))
            time.sleep(0.05)
        seconds = time.monotonic() - started
        if count < wanted:
            raise Failed(f"{count} of {wanted} invoices were issued\n{worker.last_words()}")
    finally:
        worker.stop()
    return (wanted - first) / seconds, memory


def copy(database: Database) -> float:
    """Invoices a second, where their rows only have to be written."""
    for table in TABLES:
        database.rows(f"CREATE TABLE copied_{table} (LIKE {table} INCLUDING ALL)")
    database.rows("CREATE TABLE copied_events (LIKE unsealed_events INCLUDING ALL)")
    seconds = 0.0
    for table in TABLES:
        columns = ", ".join(name for [name] in database.rows(
            f"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' AND is_generated = 'NEVER' ORDER BY ordinal_position"))
        started = time.monotonic()
        database.rows(f"INSERT INTO copied_{table} ({columns}) SELECT {columns} FROM {table} JOIN companies USING (tenant_id)")
        seconds += time.monotonic() - started
    started = time.monotonic()
    database.rows(
        "INSERT INTO copied_events (tenant_id, content) SELECT i.tenant_id, jsonb_build_object('kind', 'invoice.issued', 'subject', i.invoice_id,"
        " 'number', i.number, 'name', i.receiver_name, 'amount', i.total)::text FROM invoices i JOIN companies USING (tenant_id)")
    seconds += time.monotonic() - started
    return TENANTS * SERVICES / seconds


def measure_billing(report, database: Database, mastil: Mastil):
    furnish(database)
    rate, memory = run(database, mastil)
    raw = copy(database)
    print(f"\nBilling: {TENANTS} companies of {SERVICES:,} services")
    report.judge("billing: invoices", rate, "/s", least=5000)
    report.judge("billing: the same rows by INSERT … SELECT", raw, "/s")
    report.judge("billing: Mastil / INSERT … SELECT", rate / raw, "×", least=0.5)
    report.judge("billing: the worker's memory", memory, "MB", most=200)
