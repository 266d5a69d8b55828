"""Payments that eight tills send at the same time, each with an id of its own; beside them the rows that a payment cannot do
without, by pgbench: the payment, once for its id, and its two lines in the books, on disk before the answer."""

import json
import re
import resource

from contenders import HERE, POSTGRES, Database, Mastil, Reading
from processes import Failed, Server, processor_seconds, run

TILLS = 8
FURNISH = """
CREATE TABLE raw_payments (tenant_id uuid, payment_id uuid, customer_id uuid NOT NULL, amount bigint NOT NULL,
    made_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, payment_id));
CREATE TABLE raw_postings (tenant_id uuid, payment_id uuid, line smallint, account text NOT NULL, amount bigint NOT NULL,
    PRIMARY KEY (tenant_id, payment_id, line));
GRANT SELECT, INSERT ON raw_payments, raw_postings TO mastil_app
"""


class RawPayments:
    size = None

    def __init__(self, database: Database, tenant: str):
        self.name, self.database, self.tenant = "pgbench, payment and lines", database, tenant

    def check(self):
        pass

    def measure(self, seconds: int) -> Reading:
        command = [f"{POSTGRES}/pgbench", "-n", "-h", self.database.socket, "-U", "mastil_app", "-M", "prepared",
                   "-c", str(TILLS), "-j", "1", "-T", str(seconds), "-f", str(HERE / "payments.sql"),
                   "-D", f"tenant={self.tenant}", self.database.name]
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


class Payments:
    size = None

    def __init__(self, server: Server, database: Database, token: str, tenant: str):
        self.name, self.server, self.database, self.token, self.tenant = server.name, server, database, token, tenant
        self.list = server.log.with_suffix(".customers")
        self.list.write_text("".join(f"{customer}\n" for [customer] in database.rows(
            f"SELECT customer_id FROM customers WHERE tenant_id = '{tenant}'")))

    def check(self):
        pass

    def applied(self) -> int:
        return int(self.database.rows(f"SELECT count(*) FROM payments WHERE tenant_id = '{self.tenant}' AND state = 'applied'")[0][0])

    def measure(self, seconds: int) -> Reading:
        command = ["wrk", "-t1", f"-c{TILLS}", f"-d{seconds}s", "--timeout", "5s", "-s", str(HERE / "payments.lua"),
                   "-H", f"Host: uno.localhost:{self.server.port}", "-H", f"Authorization: Bearer {self.token}",
                   "-H", "Content-Type: application/json", f"http://127.0.0.1:{self.server.port}/", "--", str(self.list)]
        applied = self.applied()
        before, database_before = processor_seconds(self.server.process.pid), self.database.processor_seconds()
        said = json.loads(run(command, timeout=seconds + 30).splitlines()[-1])
        spent, database_spent = processor_seconds(self.server.process.pid) - before, self.database.processor_seconds() - database_before
        done = said["requests"]
        if done == 0 or said["refused"] or said["broken"]:
            raise Failed(f"{self.name} under load: {said}\n{self.server.last_words()}")
        if not done <= (found := self.applied() - applied) <= done + TILLS:
            raise Failed(f"{done} payments were answered, {found} are applied\n{self.server.last_words()}")
        self.server.forget_log()
        return Reading(
            rate=done / said["seconds"], p50=said["p50"], p99=said["p99"], processor=spent / done * 1e6,
            database=database_spent / done * 1e6)


def measure_payments(report, settings, database: Database, mastil: Mastil, server: Server):
    database.rows(FURNISH)
    [[tenant]] = database.rows("SELECT tenant_id FROM tenants WHERE slug = 'uno'")
    token = mastil.command(
        "token", "create", "uno", "--name", "caja", "--permission", "customers.read", "--permission", "payments.view",
        "--permission", "payments.register", "--permission", "payments.apply")
    report.comparison(
        "payments", "Payments: as the API takes them", [Payments(server, database, token, tenant), RawPayments(database, tenant)],
        settings.seconds, settings.rounds, {"pgbench": 0.4}, connections=TILLS)
