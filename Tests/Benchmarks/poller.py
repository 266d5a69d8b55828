"""Fifty thousand devices that net-snmp's agent stands for, each at an address of its own, polled through the whole product:
the cycle with all alive and with three in ten dead, what it costs of a core beside a program started for each device, what is
written of it a second beside people who use the API, and how soon a year of one device is read."""

import http.client
import json
import os
import resource
import statistics
import subprocess
import threading
import time

from contenders import Database, Mastil
from network import p99
from processes import Failed, Server, free_port, processor_seconds, run

# deploy/bench makes these addresses this machine's own.
NETWORK = "10.222.0.0/16"
INTERVAL = 120
COMMUNITY = "publica"
RIVALS = 400
# What the product asks of each device in one question.
NAMES = [
    "1.3.6.1.2.1.1.1", "1.3.6.1.2.1.1.3", "1.3.6.1.2.1.1.5", "1.3.6.1.2.1.25.2.3.1.5.65535", "1.3.6.1.2.1.25.2.3.1.6.65535",
    "1.3.6.1.2.1.25.3.3.1.2", "1.3.6.1.4.1.14988.1.1.3.8", "1.3.6.1.4.1.14988.1.1.3.10", "1.3.6.1.4.1.41112.1.4.5.1.5",
]


def address(number: int) -> str:
    return f"10.222.{number // 250}.{number % 250 + 1}"


class Agent:
    """One snmpd that answers at every address of the network, each answer from the address that was asked."""

    def __init__(self, work):
        self.port = free_port()
        configuration = work / "snmpd.conf"
        configuration.write_text(f"rocommunity {COMMUNITY}\nsysName torre\nsysDescr RouterOS CCR2004\n")
        self.process = subprocess.Popen(
            ["/usr/sbin/snmpd", "-f", "-Lf", str(work / "snmpd.log"), "-C", "-c", str(configuration),
             "-I", "system_mib,sysORTable,ifTable,ifXTable", f"udp:0.0.0.0:{self.port}"],
            env={**os.environ, "MIBS": "", "SNMP_PERSISTENT_DIR": str(work / "snmpd")},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 10
        while True:
            try:
                ask(address(7), self.port)
                return
            except Failed:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    raise Failed(f"snmpd does not answer at {address(7)}: may this machine add {NETWORK} to its own?") from None
                time.sleep(0.2)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def ask(at: str, port: int):
    run(["snmpgetnext", "-v2c", "-c", COMMUNITY, "-t", "2", "-r", "0", "-On", f"{at}:{port}", *NAMES], timeout=10)


def add(server: Server, token: str, port: int, count: int):
    """Through the API, since communities are sealed."""
    faults = []

    def some(first: int):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        headers = {"Host": server.host, "Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        for number in range(first, count, 8):
            body = json.dumps({"name": f"Equipo {number}", "kind": "access_point", "method": "snmp", "port": port,
                               "address": address(number), "community": COMMUNITY})
            connection.request("POST", "/api/v1/devices", body, {**headers, "Idempotency-Key": f"equipo-{number}"})
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != 201:
                faults.append(f"{answer.status}: {said[:200]}")
                return

    threads = [threading.Thread(target=some, args=(first,)) for first in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise Failed(f"Adding a device is answered with {faults[0]}")


POLL = (
    "SELECT add_jobs(tenant_id, 'network.poll-devices', ARRAY[gen_random_uuid()], ARRAY['{}'::jsonb], ARRAY['all'],"
    " ARRAY['monitor'], ARRAY[0], now(), 1) FROM tenants WHERE slug = 'uno'; NOTIFY jobs")


def waiting(database: Database) -> bool:
    [[count]] = database.rows("SELECT count(*) FROM jobs WHERE kind = 'network.poll-devices'")
    return int(count) > 0


def cycle(database: Database, server: Server, living: int, within: float) -> dict:
    """One poll of all: seconds until the living are written, and until the sums are; processor time; values written."""
    deadline = time.monotonic() + within
    while waiting(database):
        if time.monotonic() > deadline:
            raise Failed("A poll does not end")
        time.sleep(0.1)
    [[began]] = database.rows("SELECT clock_timestamp()")
    spent, start = processor_seconds(server.process.pid), time.monotonic()
    database.rows(POLL)
    while True:
        [[count, last]] = database.rows(
            "SELECT count(*), coalesce(extract(epoch FROM max(s.arrived)), 0) FROM"
            f" (SELECT clock_timestamp() AS arrived FROM device_states WHERE state = 'up' AND polled_at >= '{began}') s")
        if int(count) >= living:
            break
        if time.monotonic() > deadline:
            raise Failed(f"{count} of {living} devices are polled after {within:.0f} s")
        time.sleep(0.1)
    alive = time.monotonic() - start
    while waiting(database):
        if time.monotonic() > deadline:
            raise Failed("A poll does not end")
        time.sleep(0.1)
    whole = time.monotonic() - start
    [[values]] = database.rows(f"SELECT count(*) FROM samples WHERE at >= '{began}'")
    return {"alive": alive, "whole": whole, "values": int(values), "share": (processor_seconds(server.process.pid) - spent) / INTERVAL}


class People:
    """Fifty requests a second for a device's state, while a poll is under way."""

    def __init__(self, server: Server, token: str, device: str):
        self.spans, self.ended, self.faults = [], threading.Event(), 0
        self.server, self.headers = server, {"Host": server.host, "Authorization": f"Bearer {token}"}
        self.path = f"/api/v1/devices/{device}/state"
        self.thread = threading.Thread(target=self.ask)
        self.thread.start()

    def ask(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        turn = time.monotonic()
        while not self.ended.is_set():
            begin = time.monotonic()
            connection.request("GET", self.path, headers=self.headers)
            answer = connection.getresponse()
            answer.read()
            self.faults += answer.status != 200
            # A late answer delays the next ones: they are counted from their own turn.
            self.spans.append((time.monotonic() - min(begin, turn)) * 1000)
            turn += 0.02
            time.sleep(max(0, turn - time.monotonic()))

    def end(self) -> list[float]:
        self.ended.set()
        self.thread.join()
        if self.faults:
            raise Failed(f"{self.faults} requests beside the poll were not answered with 200")
        return self.spans


def rival(port: int, count: int) -> tuple[float, float]:
    """Seconds and processor seconds a device of a program started for each, eight at a time."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    asked = "\n".join(f"{address(number)}:{port}" for number in range(count))
    subprocess.run(
        ["xargs", "-P", "8", "-I", "{}", "snmpgetnext", "-v2c", "-c", COMMUNITY, "-t", "2", "-r", "1", "-On", "{}", *NAMES],
        input=asked, text=True, stdout=subprocess.DEVNULL, check=True, timeout=120)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (time.monotonic() - begin) / count, spent / count


def year(server: Server, token: str, database: Database, device: str) -> list[float]:
    """A year of days of everything that is measured of one device."""
    database.rows(
        "INSERT INTO sample_rollups (tenant_id, series_id, span, at, count, sum, least, most)"
        " SELECT s.tenant_id, s.series_id, 1440, date_bin('1 day', now(), 'epoch') - g.day * interval '1 day', 720, 7200, 1, 20"
        f" FROM sample_series s, generate_series(1, 365) g(day) WHERE s.device_id = '{device}' ON CONFLICT DO NOTHING;"
        " ANALYZE sample_rollups; ANALYZE sample_series")
    headers, spans = {"Authorization": f"Bearer {token}"}, []
    for _ in range(60):
        begin = time.monotonic()
        said = json.loads(server.get(f"/api/v1/devices/{device}/samples?span=year", headers))
        spans.append((time.monotonic() - begin) * 1000)
    if len(said["items"]) < 365:
        raise Failed(f"A year of a device has {len(said['items'])} points")
    return spans


def measure_poller(report, settings, database: Database, mastil: Mastil):
    count, dead = settings.devices, settings.devices * 3 // 10
    agent = Agent(settings.work)
    try:
        database.rows(f"INSERT INTO device_ranges (tenant_id, range) SELECT tenant_id, '{NETWORK}' FROM tenants WHERE slug = 'uno'")
        server = Server("Mastil", [mastil.program, "serve", "--work"], mastil.port, mastil.log, mastil.environment)
        try:
            server.await_answer("/api/v1")
            token = mastil.command("token", "create", "uno", "--name", "sonda", "--permission", "network.manage",
                                   "--permission", "network.read")
            begin = time.monotonic()
            add(server, token, agent.port, count)
            print(f"\nPoller: {count:,} devices, added in {time.monotonic() - begin:.0f} s", flush=True)
            # The next poll is the benchmark's.
            database.rows("DELETE FROM job_schedules WHERE name = 'network.poll-devices'")
            cycle(database, server, count, 240)
            database.rows("VACUUM ANALYZE device_states")
            database.rows("VACUUM ANALYZE sample_series")
            [[device]] = database.rows("SELECT device_id FROM devices ORDER BY number LIMIT 1")
            people = People(server, token, device)
            try:
                whole = cycle(database, server, count, 120)
            finally:
                spans = people.end()
            gone = free_port()
            database.rows(
                f"UPDATE devices SET port = {gone} WHERE number % 10 < 3;"
                " UPDATE device_states t SET state = 'down', failed_polls = 2, failed_at = now(), since = now(),"
                " trouble = 'snmp_silence' FROM devices d WHERE d.tenant_id = t.tenant_id AND d.device_id = t.device_id"
                f" AND d.port = {gone}")
            [[living]] = database.rows("SELECT count(*) FROM device_states WHERE state = 'up'")
            part = cycle(database, server, int(living), 120)
            theirs, spent = rival(agent.port, min(RIVALS, count))
            graphs = year(server, token, database, device)
        finally:
            server.stop()
    finally:
        agent.stop()
    report.judge(f"poller: {count:,} alive, until they are written", whole["alive"], "s")
    report.judge(f"poller: with {dead:,} dead, the living", part["alive"], "s")
    report.judge("poller: the living beside the dead / all alive", part["alive"] / whole["alive"], "×", most=1.1)
    report.judge(f"poller: of a core, each {INTERVAL} s, all alive", whole["share"] * 100, "%", most=25)
    report.judge(f"poller: of a core, each {INTERVAL} s, with the dead", part["share"] * 100, "%", most=25)
    ours = whole["alive"] / count
    report.judge("poller: a program for each device / Mastil, time", theirs / ours, "×", least=15)
    report.judge("poller: the same, processor time", spent / (whole["share"] * INTERVAL / count), "×", least=15)
    report.judge("poller: values written a second", whole["values"] / whole["whole"], "", least=10_000)
    report.judge("poller: 50 requests a second beside it, p99", p99(spans), "ms", most=20)
    report.judge("poller: a year of one device, p99", p99(graphs), "ms", most=50)
    print(f"  {whole['values']:,} values; the whole cycle with its sums {whole['whole']:.1f} s and {part['whole']:.1f} s;"
          f" a year's median {statistics.median(graphs):.1f} ms; beside it p50 {statistics.median(spans):.1f} ms", flush=True)
