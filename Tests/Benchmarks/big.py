"""A company of 200,000 customers among a thousand small ones: how long it takes to fill, and how soon it answers those who
search it or open its first page, with all its customers and limited to a zone."""

import http.client
import statistics
import time
from urllib.parse import quote_plus

from contenders import HERE, Database, Mastil
from processes import Failed, Server

CUSTOMERS, NEIGHBOURS, ZONES = 200_000, 1_000, 20
# What a company's rows are made of, so that a copy of them is another company.
TABLES = ["customers", "search_items", "search_blocks", "customer_figures"]
PAGES = {
    "home": ["/panel"],
    "list, one word": [f"/panel/customers?q={word}" for word in ("ana", "calle", "7", "81", "zzz")],
    "list, four words": [f"/panel/customers?q={quote_plus(words)}" for words in (
        "calle del san lara", "camino real centro ana", "Calle Hidalgo 12 Centro", "av cerro palmas nunez", "calle camino av ana")],
}
ANSWERS = {
    "API, three common words": [f"/api/v1/search?q={quote_plus(words)}" for words in ("ana lara calle", "calle río san", "loma peña la")],
    "API, four words of an address": [f"/api/v1/search?q={quote_plus(words)}" for words in (
        "Calle Hidalgo 12 Centro", "Camino Real 399 Isidro", "av del cerro palmas", "calle camino av cerro")],
    "API, a phone as it is pasted": [f"/api/v1/search?q={quote_plus(phone)}" for phone in ("+52 81 0000 1853", "5500000018", "1853")],
}


def fill(report, database: Database, mastil: Mastil) -> str:
    """The big company, through the product's own command."""
    started = time.monotonic()
    mastil.command("tenant", "apply", str(HERE / "Tenants/grande"), within=900)
    seconds = time.monotonic() - started
    [[tenant]] = database.rows("SELECT tenant_id FROM tenants WHERE slug = 'grande'")
    [[size]] = database.rows("SELECT pg_total_relation_size('search_items') + pg_total_relation_size('search_blocks')")
    [[rows]] = database.rows("SELECT count(*) FROM search_items")
    print(f"\nA company of {CUSTOMERS:,} customers")
    report.judge("fill: to make them", seconds, "s", most=20)
    report.judge("fill: index to search one", int(size) / int(rows), "B", most=1024)
    return tenant


def add_neighbours(database: Database, mastil: Mastil):
    """Copies of a small company."""
    mastil.command("tenant", "apply", str(HERE / "Tenants/chico"))
    database.rows(
        f"INSERT INTO tenants SELECT made.* FROM tenants, generate_series(1, {NEIGHBOURS}) number,"
        " jsonb_populate_record(tenants, jsonb_build_object('tenant_id', gen_random_uuid(), 'slug', 'chico' || number)) made"
        " WHERE tenants.slug = 'chico'")
    for table in TABLES:
        database.rows(
            f"INSERT INTO {table} SELECT made.* FROM {table} row JOIN tenants own ON own.tenant_id = row.tenant_id AND own.slug = 'chico',"
            " tenants, jsonb_populate_record(row, jsonb_build_object('tenant_id', tenants.tenant_id)) made WHERE tenants.slug LIKE 'chico_%'")


def add_zones(database: Database, mastil: Mastil, tenant: str) -> str:
    """Every customer in a zone of many, the last of which is returned."""
    database.rows(
        f"INSERT INTO coverage_zones SELECT '{tenant}', gen_random_uuid(), 'Zona ' || number FROM generate_series(1, {ZONES}) number;"
        "UPDATE customers c SET zone_id = z.zone_id FROM (SELECT zone_id, row_number() OVER (ORDER BY name) - 1 AS rank"
        f" FROM coverage_zones WHERE tenant_id = '{tenant}') z WHERE c.tenant_id = '{tenant}' AND c.number % {ZONES} = z.rank")
    mastil.command("search", "rebuild", "grande", within=900)
    database.rows("VACUUM ANALYZE")
    return database.rows(f"SELECT zone_id FROM coverage_zones WHERE tenant_id = '{tenant}' ORDER BY name LIMIT 1")[0][0]


def ask(server: Server, paths: list[str], headers: dict[str, str], times: int) -> list[float]:
    """Milliseconds of each answer, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    waits = []
    for path in paths * times:
        started = time.perf_counter()
        connection.request("GET", path, headers={"Host": f"grande.localhost:{server.port}", **headers})
        answer = connection.getresponse()
        body = answer.read()
        waits.append((time.perf_counter() - started) * 1000)
        if answer.status != 200:
            raise Failed(f"{path} is answered with {answer.status}: {body[:200]}")
    connection.close()
    return sorted(waits)


def measure_big(report, database: Database, mastil: Mastil, wanted: list[str], start):
    tenant = fill(report, database, mastil)
    if "search" not in wanted:
        return
    add_neighbours(database, mastil)
    zone = add_zones(database, mastil, tenant)
    server = start(mastil.serve())
    server.await_answer("/api/v1")
    cookies = mastil.signed_in(server, "grande")
    bearer = mastil.bearer("grande")
    for who, zones in (("", "NULL"), (", of one zone in twenty", f"ARRAY['{zone}'::uuid]")):
        for table in ("staff", "api_tokens"):
            database.rows(f"UPDATE {table} SET zones = {zones} WHERE tenant_id = '{tenant}'")
        for headers, kinds in ((cookies, PAGES), (bearer, ANSWERS)):
            for kind, paths in kinds.items():
                ask(server, paths, headers, 4)
                waits = ask(server, paths, headers, 60)
                report.results[f"search: {kind}{who}"] = waits
                report.judge(f"search: {kind}{who}, median", statistics.median(waits), "ms")
                report.judge(f"search: {kind}{who}, 95 of 100", waits[len(waits) * 95 // 100], "ms", most=10)
