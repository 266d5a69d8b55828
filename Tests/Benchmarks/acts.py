"""Sixty-four who change something at the same time, at one company and at a thousand, and what the disk allows."""

import json
import re
import resource
import time

from contenders import CONNECTIONS, HERE, POSTGRES, Database, Mastil, Reading
from processes import Failed, Server, processor_seconds, run

TENANTS, ZONES, EVENTS = 1000, 200, 100_000

# Ids that follow from a number, so that pgbench can name them without asking. An entry like those of the server.
FURNISH = f"""
CREATE FUNCTION acts_tenant(number int) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('00000000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid $$;
CREATE FUNCTION acts_zone(number int) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('00000000-0000-7000-9000-' || lpad(number::text, 12, '0'))::uuid $$;
CREATE FUNCTION acts_content(zone int) RETURNS text LANGUAGE sql AS $$
    SELECT format('{{"id":"%s","at":"2026-01-01T12:00:00.000Z","kind":"zone.changed","actor":{{"kind":"staff","id":"%s",'
        '"name":"Nombre de una Persona","address":"127.0.0.1"}},"subject":{{"kind":"zone","id":"%s","name":"Zona 1234567"}},'
        '"before":{{"name":"Zona 7654321"}},"after":{{"name":"Zona 1234567"}}}}', gen_random_uuid(), gen_random_uuid(), acts_zone(zone)) $$;
CREATE SEQUENCE acts_sequence START 1000000000 CACHE 1000;
GRANT USAGE ON SEQUENCE acts_sequence TO mastil_app;
INSERT INTO tenants SELECT made.* FROM tenants, generate_series(1, {TENANTS}) number, jsonb_populate_record(
    tenants, jsonb_build_object('tenant_id', acts_tenant(number), 'slug', 'acts' || number)) made
    WHERE tenants.slug = 'uno';
INSERT INTO staff SELECT made.* FROM staff s JOIN tenants own ON own.tenant_id = s.tenant_id AND own.slug = 'uno', tenants,
    jsonb_populate_record(s, jsonb_build_object('tenant_id', tenants.tenant_id)) made WHERE tenants.slug LIKE 'acts%';
INSERT INTO sessions SELECT made.* FROM sessions s JOIN tenants own ON own.tenant_id = s.tenant_id AND own.slug = 'uno', tenants,
    jsonb_populate_record(s, jsonb_build_object('tenant_id', tenants.tenant_id)) made WHERE tenants.slug LIKE 'acts%';
INSERT INTO coverage_zones (tenant_id, zone_id, name) SELECT acts_tenant(t), acts_zone(z), 'Zona ' || z
    FROM generate_series(1, {TENANTS}) t, generate_series(1, {ZONES}) z WHERE t = 1 OR z = 1;
SELECT pg_notify('tenants', '')
"""


class Limit:
    """The same rows written by pgbench, as the role that the server has."""

    size = None

    def __init__(self, database: Database, tenants: int, zones: int):
        self.name, self.database, self.tenants, self.zones = "pgbench, same rows", database, tenants, zones

    def check(self):
        pass

    def measure(self, seconds: int) -> Reading:
        command = [f"{POSTGRES}/pgbench", "-n", "-h", self.database.socket, "-U", "mastil_app", "-M", "prepared",
                   "-c", str(CONNECTIONS), "-j", "2", "-T", str(seconds), "-f", str(HERE / "acts.sql"),
                   "-D", f"tenants={self.tenants}", "-D", f"zones={self.zones}", self.database.name]
        before, database_before = resource.getrusage(resource.RUSAGE_CHILDREN), self.database.processor_seconds()
        said = run(command, timeout=seconds + 30)
        after, database_after = resource.getrusage(resource.RUSAGE_CHILDREN), self.database.processor_seconds()
        done = int(re.search(r"actually processed: (\d+)", said)[1])
        if done == 0 or "failed transactions: 0 " not in said:
            raise Failed(f"pgbench failed:\n{said}")
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Reading(
            rate=float(re.search(r"tps = ([\d.]+)", said)[1]), p50=float(re.search(r"latency average = ([\d.]+)", said)[1]),
            p99=None, processor=spent / done * 1e6, database=(database_after - database_before) / done * 1e6)


class Acts:
    """People of so many companies who name zones anew, by the panel's form."""

    size = None

    def __init__(self, server: Server, database: Database, cookies: dict[str, str], tenants: int, zones: int):
        self.name, self.server, self.database, self.cookies = server.name, server, database, cookies
        self.list = server.log.with_suffix(f".{tenants}.acts")
        self.list.write_text("".join(
            f"acts{tenant}.localhost:{server.port} /panel/zones/00000000-0000-7000-9000-{zone:012}\n"
            for tenant in range(1, tenants + 1) for zone in range(1, zones + 1)))

    def check(self):
        pass

    def recorded(self) -> int:
        """What all companies' records hold of this, once they hold all of it."""
        return int(self.database.rows("SELECT count(*) FROM events WHERE kind = 'zone.changed' AND sequence < 1000000000")[0][0])

    def measure(self, seconds: int) -> Reading:
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "5s", "-s", str(HERE / "acts.lua"),
                   "-H", f"Cookie: {self.cookies['Cookie']}", "-H", "Content-Type: application/x-www-form-urlencoded",
                   f"http://127.0.0.1:{self.server.port}/", "--", str(self.list)]
        recorded = self.recorded()
        before, database_before = processor_seconds(self.server.process.pid), self.database.processor_seconds()
        said = json.loads(run(command, timeout=seconds + 30).splitlines()[-1])
        spent, database_spent = processor_seconds(self.server.process.pid) - before, self.database.processor_seconds() - database_before
        done = said["requests"]
        if done == 0 or said["refused"] or said["broken"]:
            raise Failed(f"{self.name} under load: {said}\n{self.server.last_words()}")
        # Those that were under way at the end were done as well; a redirection that did nothing was not.
        deadline = time.monotonic() + 5
        while (found := self.recorded() - recorded) < done and time.monotonic() < deadline:
            time.sleep(0.05)
        if not done <= found <= done + CONNECTIONS:
            raise Failed(f"{done} acts were answered, {found} are recorded\n{self.server.last_words()}")
        self.server.forget_log()
        return Reading(
            rate=done / said["seconds"], p50=said["p50"], p99=said["p99"], processor=spent / done * 1e6,
            database=database_spent / done * 1e6)


def measure_record(report, database: Database, mastil: Mastil):
    """So many events of one company by as many writers, sealed by the server that runs, verified, and tampered with."""
    each = -(-EVENTS // CONNECTIONS)
    began = time.monotonic()
    run([f"{POSTGRES}/pgbench", "-n", "-h", database.socket, "-U", "mastil_app", "-M", "prepared", "-c", str(CONNECTIONS),
         "-j", "2", "-t", str(each), "-f", str(HERE / "record.sql"), "-D", "tenants=1", "-D", f"zones={ZONES}",
         database.name], timeout=600)
    added = time.monotonic() - began
    while database.rows("SELECT count(*) FROM unsealed_events")[0][0] != "0" and time.monotonic() - began < 600:
        time.sleep(0.02)
    lag = time.monotonic() - began - added
    said = mastil.said("audit", "verify", "--tenant", "acts1")
    if not said.startswith("ok  acts1: "):
        raise Failed(f"The record is not whole: {said}")
    database.rows("UPDATE events SET content = replace(content, 'Persona', 'persona') WHERE tenant_id = acts_tenant(1) AND sequence = 77777")
    try:
        raise Failed(f"What was tampered with is not found: {mastil.said('audit', 'verify', '--tenant', 'acts1')}")
    except Failed as failure:
        if "entry 77777 is not what was written" not in str(failure):
            raise
    print(f"\nRecord: {each * CONNECTIONS:,} events of one company by {CONNECTIONS} writers, verified; an entry changed by hand was found")
    report.judge("record: events a second", each * CONNECTIONS / added, "")
    report.judge("record: the last sealed after", lag * 1000, "ms")


def measure_acts(report, settings, database: Database, mastil: Mastil, server: Server):
    cookies = mastil.signed_in(server)
    database.rows(FURNISH)
    database.rows("VACUUM ANALYZE")
    time.sleep(1)
    for key, title, tenants, zones in (
            ("acts of one", "Acts: changes at one company", 1, ZONES),
            ("acts of many", f"Acts: changes at {TENANTS:,} companies", TENANTS, 1)):
        report.comparison(
            key, title, [Acts(server, database, cookies, tenants, zones), Limit(database, tenants, zones)],
            settings.seconds, settings.rounds, {"pgbench": 0.5})
    # Without what pgbench put into the chains by itself.
    database.rows("DELETE FROM events WHERE sequence >= 1000000000")
    measure_record(report, database, mastil)
