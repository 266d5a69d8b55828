"""Who takes part: Mastil, FastAPI and nginx over HTTP, and pgbench as the limit that PostgreSQL sets."""

import hashlib
import html
import json
import os
import random
import re
import resource
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from processes import Failed, Server, free_port, processor_seconds, run

HERE = Path(__file__).parent
POSTGRES = Path("/usr/lib/postgresql/15/bin")
CONNECTIONS = 64
# Connections and threads of pgbench; the best of them in a short trial stands for it.
PGBENCH_SETTINGS = [(8, 1), (16, 1), (32, 1), (16, 2), (32, 2)]


@dataclass
class Reading:
    """What one stretch of load showed. Latencies in milliseconds, processor time in microseconds a request."""
    rate: float
    p50: float
    p99: float | None
    processor: float
    database: float


class Database:
    def __init__(self, socket: str, name: str):
        self.name, self.socket = name, socket
        self.conninfo = f"host={socket} dbname={name}"
        self.process = int((Path(socket) / ".s.PGSQL.5432.lock").read_text().split()[0])

    def rows(self, sql: str) -> list[list[str]]:
        found = run([f"{POSTGRES}/psql", "-XqAtF", "\t", "-v", "ON_ERROR_STOP=1", f"{self.conninfo} user=postgres", "-c", sql], timeout=600)
        return [line.split("\t") for line in found.splitlines()]

    def processor_seconds(self) -> float:
        return processor_seconds(self.process)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass
class Tenant:
    """What the checks know of the tenant that is read: its customers in the order of their numbers."""
    id: str
    customers: list[tuple[str, int, str]]

    @classmethod
    def of(cls, database: Database, slug: str) -> "Tenant":
        [[id]] = database.rows(f"SELECT tenant_id FROM tenants WHERE slug = '{slug}'")
        rows = database.rows(f"SELECT customer_id, number, name FROM customers WHERE tenant_id = '{id}' ORDER BY number")
        return cls(id, [(customer, int(number), name) for customer, number, name in rows])


class Pgbench:
    """One of our SQL scripts, run by pgbench as the role that the server has."""

    def __init__(self, name: str, script: str, database: Database, tenant: Tenant, secret: str = ""):
        self.name, self.script, self.database, self.tenant = name, script, database, tenant
        self.size, self.settings, self.secret = None, PGBENCH_SETTINGS[0], secret

    def check(self):
        """Finds the strongest setting on this machine."""
        self.settings = max(PGBENCH_SETTINGS, key=lambda settings: self.measure(1, settings).rate)
        self.name += " -c {} -j {}".format(*self.settings)

    def measure(self, seconds: int, settings: tuple[int, int] | None = None) -> Reading:
        clients, threads = settings or self.settings
        variables = {"tenant": self.tenant.id, "customer": random.choice(self.tenant.customers)[0], "digest": f"\\x{digest(self.secret)}"}
        command = [f"{POSTGRES}/pgbench", "-n", "-h", self.database.socket, "-U", "mastil_app", "-M", "prepared",
                   "-c", str(clients), "-j", str(threads), "-T", str(seconds), "-f", str(HERE / self.script)]
        for name, value in variables.items():
            command += ["-D", f"{name}={value}"]
        before, database_before = resource.getrusage(resource.RUSAGE_CHILDREN), self.database.processor_seconds()
        said = run([*command, self.database.name], timeout=seconds + 30)
        after, database_after = resource.getrusage(resource.RUSAGE_CHILDREN), self.database.processor_seconds()
        done = int(re.search(r"actually processed: (\d+)", said)[1])
        if done == 0 or "failed transactions: 0 " not in said:
            raise Failed(f"pgbench failed:\n{said}")
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return Reading(
            rate=float(re.search(r"tps = ([\d.]+)", said)[1]), p50=float(re.search(r"latency average = ([\d.]+)", said)[1]),
            p99=None, processor=spent / done * 1e6, database=(database_after - database_before) / done * 1e6)


class Visits:
    """wrk asking one server for some paths."""

    def __init__(self, server: Server, database: Database, paths: list[str], headers: dict[str, str], verify):
        self.name, self.server, self.database = server.name, server, database
        self.paths, self.headers, self.verify = paths, headers, verify
        self.list = server.log.with_suffix(f".{verify.__name__}.paths")
        self.list.write_text("".join(path + "\n" for path in paths))
        self.size = 0.0

    def check(self):
        """Some answers, read: what is measured must be right."""
        bodies = []
        for path in self.paths[:: max(1, len(self.paths) // 10)]:
            body = self.server.get(path, self.headers)
            self.verify(self.name, path, body)
            bodies.append(len(body.encode()))
        self.size = sum(bodies) / len(bodies)

    def measure(self, seconds: int) -> Reading:
        headers = {"Host": self.server.host, **self.headers}
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "5s", "-s", str(HERE / "requests.lua")]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        command += [f"http://127.0.0.1:{self.server.port}{self.paths[0]}", "--", str(self.list)]
        before, database_before = processor_seconds(self.server.process.pid), self.database.processor_seconds()
        said = json.loads(run(command, timeout=seconds + 30).splitlines()[-1])
        spent, database_spent = processor_seconds(self.server.process.pid) - before, self.database.processor_seconds() - database_before
        done = said["requests"]
        # A redirection is no error to wrk, but it is short.
        if done == 0 or said["refused"] or said["broken"] or said["bytes"] < 0.9 * self.size * done:
            raise Failed(f"{self.name} under load: {said}, {self.size:.0f} bytes expected\n{self.server.last_words()}")
        self.server.forget_log()
        return Reading(
            rate=done / said["seconds"], p50=said["p50"], p99=said["p99"], processor=spent / done * 1e6,
            database=database_spent / done * 1e6)


class Mastil:
    """The product, through its own commands only."""

    def __init__(self, program: str, database: Database, work: Path):
        self.program, self.log = program, work / "mastil.log"
        self.port = free_port()
        self.environment = {
            "MASTIL_DATABASE": database.conninfo, "MASTIL_BASE_HOST": "localhost",
            "MASTIL_LISTEN": f"127.0.0.1:{self.port}", "MASTIL_INTERNAL_LISTEN": f"127.0.0.1:{free_port()}",
            "MASTIL_KEYS": str(work / "keys"), "MASTIL_CONFIG": "/dev/null", "MASTIL_CRASHES": str(work / "crashes"),
            # One token asks for everything here.
            "MASTIL_API_TOKEN_RATE": "0", "MASTIL_API_TENANT_RATE": "0"}

    def command(self, *words: str, within: float = 60, **settings: str) -> str:
        """The last word that a command says."""
        return (self.said(*words, within=within, **settings).split() or [""])[-1]

    def said(self, *words: str, within: float = 60, **settings: str) -> str:
        return run([self.program, *words], within, env={**os.environ, **self.environment, **settings})

    def prepare(self):
        Path(self.environment["MASTIL_KEYS"]).unlink(missing_ok=True)
        self.command("keys", "add")
        # The roles are made by whoever may make roles.
        self.command("migrate", MASTIL_DATABASE=self.environment["MASTIL_DATABASE"] + " user=postgres")
        for slug in ("uno", "dos"):
            self.command("tenant", "apply", str(HERE / "Tenants" / slug))

    def serve(self) -> Server:
        return Server("Mastil", [self.program, "serve"], self.port, self.log, self.environment)

    def bearer(self, tenant: str = "uno") -> dict[str, str]:
        return {"Authorization": "Bearer " + self.command("token", "create", tenant, "--name", "bench", "--permission", "customers.read")}

    def signed_in(self, server: Server, tenant: str = "uno") -> dict[str, str]:
        """What a browser does with the link: open it, press its button, keep the cookies."""
        link = urlsplit(self.command("tenant", "sign-in", tenant))
        host = {"Host": f"{tenant}.localhost:{server.port}"}
        path = link.path + (f"?{link.query}" if link.query else "")
        form = server.get(path, host)
        fields = [re.findall(r'\b(name|value)="([^"]*)"', tag) for tag in re.findall(r"<input[^>]*>", form)]
        sent = urlencode({dict(field)["name"]: html.unescape(dict(field).get("value", "")) for field in fields if "name" in dict(field)})
        status, headers, body = server.request(
            "POST", path, {**host, "Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{host['Host']}"}, sent)
        cookies = [cookie.partition(";")[0] for cookie in headers.get_all("Set-Cookie", [])]
        if status != 303 or not cookies:
            raise Failed(f"Signing in to Mastil answers {status}: {body[:300]}")
        return {"Cookie": "; ".join(cookies)}


class Rival:
    """FastAPI, asyncpg and Jinja2 under two workers of uvicorn, with credentials of its own in the same tables."""

    def __init__(self, python: str, database: Database, tenant: Tenant, work: Path):
        self.database, self.tenant = database, tenant
        port = free_port()
        self.server = Server(
            "FastAPI + asyncpg",
            [python, "-m", "uvicorn", "rival:app", "--app-dir", str(HERE), "--port", str(port), "--workers", "2",
             "--no-access-log", "--log-level", "warning"], port, work / "rival.log",
            {"RIVAL_DATABASE": f"postgresql://mastil_app@/{database.name}?host={database.socket}", "RIVAL_TENANT": tenant.id})

    def token(self) -> str:
        secret = secrets.token_urlsafe(32)
        self.database.rows(
            "INSERT INTO api_tokens (tenant_id, token_id, digest, name, last_four, permissions, made_at, expires_at) VALUES "
            f"('{self.tenant.id}', gen_random_uuid(), '\\x{digest(secret)}', 'rival', '', '{{customers.read}}', now(), now() + interval '1 day')")
        return secret

    def session(self) -> str:
        secret = secrets.token_urlsafe(32)
        self.database.rows(
            "WITH person AS (INSERT INTO staff (tenant_id, staff_id, email, name, state, permissions, made_at) VALUES "
            f"('{self.tenant.id}', gen_random_uuid(), 'rival@example.com', 'rival', 'active', '{{customers.read}}', now()) RETURNING staff_id) "
            "INSERT INTO sessions (tenant_id, session_id, digest, staff_id, device, address, made_at, seen_at, expires_at) "
            f"SELECT '{self.tenant.id}', gen_random_uuid(), '\\x{digest(secret)}', staff_id, '', '', now(), now(), now() + interval '1 day' FROM person")
        return secret


def nginx(program: str, work: Path) -> Server:
    directory, port = work / "nginx", free_port()
    directory.mkdir(exist_ok=True)
    (directory / "hello").write_text(json.dumps({"hello": "x" * 1011}))
    configuration = (HERE / "nginx.conf").read_text().replace("DIRECTORY", str(directory)).replace("PORT", str(port))
    (directory / "nginx.conf").write_text(configuration)
    return Server("nginx, a 1 KB file", [program, "-e", "stderr", "-p", str(directory), "-c", str(directory / "nginx.conf")], port, work / "nginx.log")
