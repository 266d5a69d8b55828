#!/usr/bin/env python3
"""Measures Mastil beside its rivals, taking turns in one run, and prints the ratios. Called by deploy/bench.

The load generator, PostgreSQL and the servers share one machine, whose neighbours can halve any figure from one minute to
the next. So the contenders take turns (A B C, C B A, …), each ratio is the median over the rounds of the ratio within a
round, and the processor time of a server for a request stands beside its requests a second.
"""

import argparse
import dataclasses
import json
import os
import signal
import statistics
import sys
from html import unescape
from pathlib import Path

from acts import measure_acts
from big import measure_big
from billing import measure_billing
from contenders import CONNECTIONS, Database, Mastil, Pgbench, Rival, Tenant, Visits, nginx
from dwell import measure_dwell
from live import measure_live
from network import measure_network
from payments import measure_payments
from poller import measure_poller
from processes import Failed, resident_megabytes
from radius import measure_radius

MEASUREMENTS = ["point", "page", "acts", "hello", "live", "start", "dwell", "billing", "payments", "fill", "search", "network", "radius", "poller"]


def take_turns(contenders, seconds: int, rounds: int):
    """Readings of each contender, a round each; those that fail drop out and their complaint is told."""
    readings, complaints = {}, []

    def attempt(contender, act):
        try:
            return act()
        except Failed as failure:
            complaints.append(str(failure))
            contenders.remove(contender)
            return None

    for contender in list(contenders):
        attempt(contender, lambda: (contender.check(), contender.measure(1)))
    for number in range(rounds):
        for contender in list(contenders) if number % 2 == 0 else list(reversed(contenders)):
            reading = attempt(contender, lambda: contender.measure(seconds))
            readings.setdefault(contender.name, []).append(reading)
    return {contender.name: readings[contender.name] for contender in contenders}, complaints


def median(readings, field: str) -> float | None:
    values = [getattr(reading, field) for reading in readings]
    return None if None in values else statistics.median(values)


def ratios(ours, theirs) -> list[float]:
    return sorted(one.rate / other.rate for one, other in zip(ours, theirs))


class Report:
    def __init__(self):
        self.results, self.targets, self.complaints = {}, [], []

    def comparison(self, key: str, title: str, contenders, seconds: int, rounds: int, least: dict[str, float],
                   connections: int = CONNECTIONS):
        print(f"\n{title}, {connections} connections, median of {rounds} × {seconds} s", flush=True)
        readings, complaints = take_turns(contenders, seconds, rounds)
        self.complaints += complaints
        print(f"  {'':30}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}{'database µs':>13}{'bytes':>8}")
        for contender in contenders:
            cells = [median(readings[contender.name], field) for field in ("rate", "p50", "p99", "processor", "database")] + [contender.size]
            widths, digits = (10, 9, 9, 9, 13, 8), (0, 2, 2, 1, 1, 0)
            print(f"  {contender.name:30}" + "".join(
                f"{'–' if cell is None else f'{cell:,.{digit}f}':>{width}}" for cell, width, digit in zip(cells, widths, digits)))
        self.results[key] = {name: [dataclasses.asdict(reading) for reading in found] for name, found in readings.items()}
        ours = readings.get("Mastil")
        for name, theirs in readings.items() if ours else ():
            if name != "Mastil":
                found = ratios(ours, theirs)
                wanted = next((value for prefix, value in least.items() if name.startswith(prefix)), None)
                self.judge(f"{key}: Mastil / {name}", statistics.median(found), "×", least=wanted, spread=found)
        for complaint in complaints:
            print(f"  FAILED: {complaint}")

    def judge(self, what: str, value: float, unit: str, least=None, most=None, spread=()):
        reached = value >= least if least else value <= most if most else None
        wanted = f"≥ {least} {unit}" if least else f"≤ {most} {unit}" if most else ""
        verdict = {None: "", True: f"reached ({wanted})", False: f"MISSED ({wanted})"}[reached]
        between = f"{spread[0]:.2f}–{spread[-1]:.2f}" if spread else ""
        print(f"  {what:48}{value:8.2f} {unit:3}{between:>13}  {verdict}", flush=True)
        self.targets.append({"what": what, "value": value, "unit": unit, "wanted": wanted, "reached": reached})


def right_customer(tenant: Tenant):
    known = {customer: (number, name) for customer, number, name in tenant.customers}

    def customer(who: str, path: str, body: str):
        found = json.loads(body)
        if (found.get("number"), found.get("name")) != known[path.rpartition("/")[2]]:
            raise Failed(f"{who} answers another customer to {path}: {body[:300]}")
    return customer


def right_page(tenant: Tenant):
    def page(who: str, path: str, body: str):
        after, text = int(path.rpartition("=")[2]), unescape(body)
        missing = [name for _, number, name in tenant.customers if after < number <= after + 50 and name not in text]
        if missing or text.count("<tr") not in (50, 51):
            raise Failed(f"{who} answers a wrong page to {path}: {len(missing)} names missing, {text.count('<tr')} rows")
    return page


def hello(who: str, path: str, body: str):
    json.loads(body)


def measure_start(report: Report, mastil: Mastil, runs: int):
    times, sizes = [], []
    for _ in range(runs):
        server = mastil.serve()
        try:
            times.append(server.await_answer("/api/v1") * 1000)
            sizes.append(resident_megabytes(server.process.pid))
        finally:
            server.stop()
    print(f"\nStart, median of {runs}")
    report.judge("start: exec to the first answer", statistics.median(times), "ms", most=300, spread=sorted(times))
    report.judge("start: resident memory", statistics.median(sizes), "MB", most=40, spread=sorted(sizes))


def measure(settings, report: Report, servers: list):
    database = Database(settings.socket, settings.database)
    mastil = Mastil(settings.mastil, database, settings.work)
    mastil.prepare()
    tenant = Tenant.of(database, "uno")
    database.rows("VACUUM ANALYZE")
    wanted = settings.only or MEASUREMENTS

    def started(server, path=None):
        servers.append(server)
        if path:
            server.await_answer(path)
        return server

    if "start" in wanted:
        measure_start(report, mastil, 7)
    if "dwell" in wanted:
        measure_dwell(report, database, mastil)
    if "billing" in wanted:
        measure_billing(report, database, mastil)
    if "fill" in wanted or "search" in wanted:
        measure_big(report, database, mastil, wanted, started)
    if "network" in wanted:
        measure_network(report, settings, database, mastil)
    if "radius" in wanted:
        measure_radius(report, settings, database, mastil)
    if "poller" in wanted:
        measure_poller(report, settings, database, mastil)
    if not set(wanted) - {"start", "dwell", "billing", "fill", "search", "network", "radius", "poller"}:
        return
    ours = started(mastil.serve(), "/api/v1")
    if "hello" in wanted:
        web = started(nginx(settings.nginx, settings.work), "/hello")
        report.comparison(
            "hello", "Hello: a small public JSON",
            [Visits(ours, database, ["/api/v1"], {}, hello), Visits(web, database, ["/hello"], {}, hello)],
            settings.seconds, settings.rounds, {})
        web.stop()
    if "live" in wanted:
        measure_live(report, database, mastil, ours)
    if "payments" in wanted:
        measure_payments(report, settings, database, mastil, ours)
    if "acts" in wanted:
        measure_acts(report, settings, database, mastil, ours)
    if "point" in wanted or "page" in wanted:
        rival = Rival(settings.python, database, tenant, settings.work)
        started(rival.server, "/openapi.json")
    if "point" in wanted:
        paths, right = [f"/api/v1/customers/{customer}" for customer, _, _ in tenant.customers], right_customer(tenant)
        token = rival.token()
        report.comparison(
            "point", "Point read: one customer as JSON",
            [Visits(ours, database, paths, mastil.bearer(), right),
             Pgbench("pgbench", "point.sql", database, tenant),
             Pgbench("pgbench + credential", "point-authorised.sql", database, tenant, token),
             Visits(rival.server, database, paths, {"Authorization": f"Bearer {token}"}, right)],
            settings.seconds, settings.rounds, {"pgbench + credential": 0.6, "FastAPI": 8})
    if "page" in wanted:
        paths, right = [f"/panel/customers?after={after}" for after in range(len(tenant.customers) - 50)], right_page(tenant)
        # First, since signing in works out anew what everybody's roles permit, and the rival's person has none.
        cookies, session = mastil.signed_in(ours), rival.session()
        report.comparison(
            "page", "Page: 50 customers as HTML",
            [Visits(ours, database, paths, cookies, right),
             Pgbench("pgbench", "page.sql", database, tenant),
             Pgbench("pgbench + credential", "page-authorised.sql", database, tenant, session),
             Visits(rival.server, database, paths, {"Cookie": f"session={session}"}, right)],
            settings.seconds, settings.rounds, {"pgbench + credential": 0.8, "FastAPI": 8})


def main() -> int:
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("--seconds", type=int, default=4)
    reader.add_argument("--rounds", type=int, default=5)
    reader.add_argument("--devices", type=int, default=50_000)
    reader.add_argument("--only", type=lambda text: text.split(","))
    for name in ("mastil", "socket", "database", "python", "nginx"):
        reader.add_argument(f"--{name}", required=True)
    reader.add_argument("--work", type=Path, required=True)
    settings = reader.parse_args()
    if unknown := set(settings.only or []) - set(MEASUREMENTS):
        reader.error(f"nothing measures {', '.join(sorted(unknown))}")
    report, servers = Report(), []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        measure(settings, report, servers)
    except Failed as failure:
        report.complaints.append(str(failure))
        print(f"FAILED: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    finally:
        for server in servers:
            server.stop()
    (settings.work / "results.json").write_text(json.dumps({
        "processors": os.cpu_count(), "seconds": settings.seconds, "rounds": settings.rounds,
        "targets": report.targets, "readings": report.results, "failures": report.complaints}, indent=2))
    return 1 if report.complaints else 0


if __name__ == "__main__":
    sys.exit(main())
