"""How fast ten thousand customers are cut on a hundred routers that answer after 20 ms, each read back, and librouteros with
a hundred threads doing the same on routers of its own in the same run. Then what a company with a million queued jobs does to
the cuts of another, and what ten thousand companies cost that have nothing to do."""

import json
import socket
import statistics
import subprocess
import time
from pathlib import Path

from contenders import HERE, Database, Mastil
from processes import Failed, Server, processor_seconds, resident_megabytes, run

COMPANIES, ROUTERS, CUSTOMERS, LATENCY = 20, 5, 100, "20ms"
JOBS, CUTS, IDLE = 1_000_000, 40, 10_000


class Labs:
    """Routers that do not exist, at ports that follow one another."""

    def __init__(self, program: str, count: int, customers: int, log: Path):
        self.first, self.count = self.free_ports(count), count
        self.process = subprocess.Popen(
            [program, "lab", "routeros", "--port", str(self.first), "--routers", str(count), "--customers", str(customers),
             "--latency", LATENCY, "--password", "clave"], stdout=subprocess.DEVNULL, stderr=log.open("w"))
        deadline = time.monotonic() + 60
        while not self.answers(self.first + count - 1):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise Failed(f"The labs do not start: {log.read_text()[-300:]}")
            time.sleep(0.05)

    @staticmethod
    def free_ports(count: int) -> int:
        """A hundred free ports in a row, below those that the system gives to connections that go out."""
        for first in range(21_000, 31_000, count):
            try:
                for port in range(first, first + count):
                    with socket.socket() as probe:
                        probe.bind(("127.0.0.1", port))
                return first
            except OSError:
                continue
        raise Failed(f"There are no {count} free ports in a row")

    @staticmethod
    def answers(port: int) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    @property
    def ports(self) -> list[int]:
        return list(range(self.first, self.first + self.count))

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def furnish(database: Database, companies: int, customers: int):
    """Companies like the first, with a service for each customer of their routers."""
    database.rows(
        f"INSERT INTO tenants SELECT made.* FROM tenants, generate_series(1, {companies}) number,"
        " jsonb_populate_record(tenants, jsonb_build_object('tenant_id', gen_random_uuid(), 'slug', 'red' || number)) made"
        " WHERE tenants.slug = 'uno';"
        "CREATE TABLE networks AS SELECT tenant_id, slug FROM tenants WHERE slug LIKE 'red%';"
        "INSERT INTO customers (tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since)"
        " SELECT tenant_id, gen_random_uuid(), number, 'Cliente ' || number, '55' || number, 'Calle ' || number, 'Centro',"
        f" 'active', '2020-01-01' FROM networks, generate_series(1, {customers}) number;"
        "INSERT INTO plans (tenant_id, plan_id, name, price, currency, tax, charge, days, download, upload, provisioned_download,"
        " provisioned_upload, burst_download, burst_upload, threshold_download, threshold_upload, burst_seconds, is_collected,"
        " early_discount, early_days, made_at) SELECT tenant_id, gen_random_uuid(), 'Hogar', 50000, 'MXN', 'company', 'in_advance',"
        " 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, true, 0, 0, now() FROM networks;"
        "INSERT INTO services (tenant_id, service_id, number, customer_id, address, neighbourhood, contact, contact_phone,"
        " billing_day, state, made_at) SELECT c.tenant_id, gen_random_uuid(), c.number, c.customer_id, c.address, '', '', '', 1,"
        " 'active', now() FROM customers c JOIN networks USING (tenant_id);"
        "INSERT INTO desired_services (tenant_id, service_id, access, plan_id, revision, changed_at)"
        " SELECT s.tenant_id, s.service_id, 'open', p.plan_id, 1, now()"
        " FROM services s JOIN plans p USING (tenant_id) JOIN networks USING (tenant_id)")


def bind(database: Database, mastil: Mastil, server: Server, ports: list[int], customers: int):
    """Each company's routers through its API, since their passwords are sealed; the services at them by SQL."""
    slugs = [slug for [slug] in database.rows("SELECT slug FROM networks ORDER BY slug")]
    each = len(ports) // len(slugs)
    for place, slug in enumerate(slugs):
        token = mastil.command("token", "create", slug, "--name", "red", "--permission", "network.manage")
        for number, port in enumerate(ports[place * each:(place + 1) * each]):
            body = json.dumps({"name": f"Torre {number}", "address": "127.0.0.1", "port": port, "login": "admin",
                               "password": "clave", "cut_list": "morosos", "mode": "active"})
            status, _, said = server.request("POST", "/api/v1/routers", {
                "Host": f"{slug}.localhost:{server.port}", "Authorization": f"Bearer {token}",
                "Idempotency-Key": f"torre-{number}", "Content-Type": "application/json"}, body)
            if status != 201:
                raise Failed(f"Adding a router is answered with {status}: {said[:300]}")
    database.rows(
        "INSERT INTO access_points (tenant_id, service_id, router_id, method, name, address, profile, revision, made_at)"
        f" SELECT s.tenant_id, s.service_id, r.router_id, 'pppoe', 'cliente' || lpad(((s.number - 1) % {customers} + 1)::text, 5, '0'),"
        " '', '', 1, now() FROM services s JOIN networks USING (tenant_id) JOIN routers r ON r.tenant_id = s.tenant_id"
        f" AND r.number = (s.number - 1) / {customers} + 1;"
        "ANALYZE access_points; ANALYZE desired_services; ANALYZE services")


LOOK = (
    "SELECT add_jobs(r.tenant_id, 'network.align-router', ARRAY[gen_random_uuid()],"
    " ARRAY[jsonb_build_object('router', r.router_id, 'whole', false)], ARRAY[r.router_id::text], ARRAY[r.router_id::text],"
    " ARRAY[0], now(), 20) FROM routers r JOIN networks USING (tenant_id)")


def proven(database: Database, access: str) -> int:
    [[count]] = database.rows(
        "SELECT count(*) FROM desired_services d JOIN access_points a USING (tenant_id, service_id) JOIN service_proofs f"
        " ON f.tenant_id = d.tenant_id AND f.service_id = d.service_id AND f.desired_revision = d.revision"
        f" AND f.access_revision = a.revision WHERE d.access = '{access}'")
    return int(count)


def await_proofs(database: Database, access: str, wanted: int, within: float):
    deadline = time.monotonic() + within
    while (count := proven(database, access)) < wanted:
        if time.monotonic() > deadline:
            raise Failed(f"{count} of {wanted} services are proven {access}")
        time.sleep(0.2)


def turn(database: Database, access: str, where: str = "TRUE"):
    """Decides for all, or some, and tells the workers; says when, by the database's clock."""
    database.rows(
        f"UPDATE desired_services d SET access = '{access}', revision = revision + 1, changed_at = clock_timestamp()"
        f" FROM networks n WHERE n.tenant_id = d.tenant_id AND {where}; {LOOK}")


def seconds_to_proof(database: Database, access: str) -> list[float]:
    return [float(value) for [value] in database.rows(
        "SELECT extract(epoch FROM f.first_at - d.changed_at) FROM desired_services d JOIN service_proofs f"
        " ON f.tenant_id = d.tenant_id AND f.service_id = d.service_id AND f.desired_revision = d.revision"
        f" WHERE d.access = '{access}'")]


def rival(python: str, labs: Labs, customers: int) -> float:
    said = run([python, str(HERE / "librouteros_cuts.py"), str(labs.first), str(labs.count), str(customers)], timeout=600)
    return float(said.split()[-1])


def one_by_one(database: Database, count: int) -> list[float]:
    """Single cuts at one company, each after the other was read back."""
    spans = []
    for service in [service for [service] in database.rows(
            "SELECT service_id FROM desired_services JOIN networks USING (tenant_id) WHERE slug = 'red1' AND access = 'open'"
            f" ORDER BY service_id LIMIT {count}")]:
        turn_one = (
            "UPDATE desired_services SET access = 'closed', revision = revision + 1, changed_at = clock_timestamp()"
            f" WHERE service_id = '{service}'; {LOOK} WHERE r.router_id ="
            f" (SELECT router_id FROM access_points WHERE service_id = '{service}')")
        database.rows(turn_one)
        deadline = time.monotonic() + 60
        while not (found := database.rows(
                "SELECT extract(epoch FROM f.first_at - d.changed_at) FROM desired_services d JOIN service_proofs f USING"
                f" (tenant_id, service_id) WHERE service_id = '{service}' AND f.desired_revision = d.revision")):
            if time.monotonic() > deadline:
                raise Failed("A single cut was not read back within a minute")
            time.sleep(0.02)
        spans.append(float(found[0][0]))
    return spans


def p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, len(values) * 99 // 100)]


def noise(database: Database, jobs: int):
    """Jobs of a company that has nothing to do with the network of the others: each looks at a service that is nowhere."""
    database.rows(
        "INSERT INTO jobs (tenant_id, job_id, kind, payload, priority, due_at, run_at, max_attempts)"
        " SELECT t.tenant_id, gen_random_uuid(), 'network.look-at-service', jsonb_build_object('service', gen_random_uuid()), 1,"
        f" now(), now(), 20 FROM tenants t, generate_series(1, {jobs}) WHERE t.slug = 'dos';"
        "INSERT INTO job_arrivals (tenant_id, run_at) SELECT tenant_id, now() FROM tenants WHERE slug = 'dos';"
        "ANALYZE jobs; NOTIFY jobs")


def idle(report, database: Database, mastil: Mastil, companies: int):
    """Companies with their schedules, none of which is due while it is looked at."""
    database.rows(
        f"INSERT INTO tenants SELECT made.* FROM tenants, generate_series(1, {companies}) number,"
        " jsonb_populate_record(tenants, jsonb_build_object('tenant_id', gen_random_uuid(), 'slug', 'quieta' || number)) made"
        " WHERE tenants.slug = 'uno';"
        "INSERT INTO job_schedules SELECT made.* FROM job_schedules s JOIN tenants own ON own.tenant_id = s.tenant_id"
        " AND own.slug = 'uno', tenants t, jsonb_populate_record(s, jsonb_build_object('tenant_id', t.tenant_id, 'next_at',"
        " now() + interval '1 hour' + random() * interval '20 hours')) made WHERE t.slug LIKE 'quieta%'; ANALYZE job_schedules")
    server = Server("Mastil", [mastil.program, "serve", "--work"], mastil.port, mastil.log, mastil.environment)
    try:
        server.await_answer("/api/v1")
        time.sleep(5)
        before, began = processor_seconds(server.process.pid), time.monotonic()
        time.sleep(20)
        share = (processor_seconds(server.process.pid) - before) / (time.monotonic() - began)
        report.judge(f"network: {companies:,} idle companies, memory", resident_megabytes(server.process.pid), "MB", most=250)
        report.judge(f"network: {companies:,} idle companies, a core", share * 100, "%", most=1)
    finally:
        server.stop()


def measure_network(report, settings, database: Database, mastil: Mastil, companies=COMPANIES, routers=ROUTERS,
                    customers=CUSTOMERS, jobs=JOBS, cuts=CUTS, idle_companies=IDLE):
    count, wanted = companies * routers, companies * routers * customers
    labs = theirs = None
    try:
        labs = Labs(mastil.program, count, customers, settings.work / "labs.log")
        theirs = Labs(mastil.program, count, customers, settings.work / "rival-labs.log")
        mastil.environment["MASTIL_LAB_ROUTERS"] = ",".join(f"127.0.0.1:{port}" for port in labs.ports)
        furnish(database, companies, routers * customers)
        server = Server("Mastil", [mastil.program, "serve", "--work"], mastil.port, mastil.log, mastil.environment)
        try:
            server.await_answer("/api/v1")
            bind(database, mastil, server, labs.ports, customers)
            database.rows(LOOK)
            await_proofs(database, "open", wanted, 120)
            print(f"\nNetwork: {wanted:,} cuts on {count} routers that answer after {LATENCY}", flush=True)
            turn(database, "closed")
            await_proofs(database, "closed", wanted, 300)
            ours = max(seconds_to_proof(database, "closed"))
            rivals = rival(settings.python, theirs, customers)
            report.judge(f"network: {wanted:,} cuts, each read back", ours, "s", most=3.5)
            report.judge("network: librouteros, 100 threads, not read back", rivals, "s")
            report.judge("network: librouteros / Mastil", rivals / ours, "×", least=2.5)
            turn(database, "open")
            await_proofs(database, "open", wanted, 300)
            alone = one_by_one(database, cuts)
            noise(database, jobs)
            beside = one_by_one(database, cuts)
            report.judge("network: a single cut alone, p99", p99(alone) * 1000, "ms")
            report.judge(f"network: beside {jobs:,} jobs of another, p99", p99(beside) * 1000, "ms")
            report.judge("network: beside / alone", p99(beside) / p99(alone), "×", most=2)
            print(f"  medians: alone {statistics.median(alone) * 1000:.0f} ms, beside {statistics.median(beside) * 1000:.0f} ms")
        finally:
            server.stop()
            database.rows("DELETE FROM jobs WHERE kind = 'network.look-at-service'")
    finally:
        for started in (labs, theirs):
            if started:
                started.stop()
    idle(report, database, mastil, idle_companies)
