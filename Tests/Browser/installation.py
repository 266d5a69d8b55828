"""A Mastil of its own for tests from outside: a database, the tenants that are shipped, and the server."""

import json
import os
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Installation:
    def __init__(self, socket_directory: str, program: str, name: str, **settings: str):
        self.socket_directory, self.program, self.name = socket_directory, program, name
        self.database, self.directory = f"mastil_{name}", ROOT / "var" / name
        self.port, internal, self.resolver = free_port(), free_port(), free_port()
        self.health = f"http://127.0.0.1:{internal}/health/ready"
        self.environment = {
            **os.environ, "MASTIL_DATABASE": f"host={socket_directory} dbname={self.database}", "MASTIL_BASE_HOST": "localhost",
            "MASTIL_LISTEN": f"127.0.0.1:{self.port}", "MASTIL_INTERNAL_LISTEN": f"127.0.0.1:{internal}",
            "MASTIL_PUBLIC": str(ROOT / "Public"), "MASTIL_MIGRATIONS": str(ROOT / "Migrations"),
            "MASTIL_KEYS": str(self.directory / "keys"), "MASTIL_CONFIG": "/dev/null",
            "MASTIL_CRASHES": str(self.directory / "crashes"), "MASTIL_RESOLVER": f"127.0.0.1:{self.resolver}", **settings}
        self.server = None

    def __enter__(self):
        self.administer(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
        self.administer(f"CREATE DATABASE {self.database}")
        self.directory.mkdir(parents=True, exist_ok=True)
        Path(self.environment["MASTIL_KEYS"]).unlink(missing_ok=True)
        self.mastil("keys", "add")
        self.mastil("migrate", MASTIL_DATABASE=self.environment["MASTIL_DATABASE"] + " user=postgres")
        for tenant in ("norte", "andes"):
            self.mastil("tenant", "apply", str(ROOT / "Tenants" / tenant))
        log = open(self.directory / "server.log", "wb")
        self.server = subprocess.Popen([self.program, "serve", "--work"], env=self.environment, stderr=log)
        deadline = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(self.health, timeout=2).close()
                return self
            except OSError:
                if self.server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"mastil does not serve: see {self.directory}/server.log") from None
                time.sleep(0.05)

    def __exit__(self, *_):
        if self.server:
            self.server.terminate()
            self.server.wait(30)
        self.administer(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")

    def administer(self, sql: str, database: str = "postgres") -> str:
        return subprocess.run(
            ["/usr/lib/postgresql/15/bin/psql", "-qXAt", "-h", self.socket_directory, "-U", "postgres", "-d", database, "-c", sql],
            check=True, capture_output=True, text=True,
            env={**os.environ, "PGOPTIONS": "--client-min-messages=warning"}).stdout

    def mastil(self, *words: str, **settings: str) -> str:
        done = subprocess.run(
            [self.program, *words], env={**self.environment, **settings}, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"mastil {' '.join(words)}: {done.returncode}\n{done.stderr}")
        return done.stdout

    def host(self, slug: str) -> str:
        return f"http://{slug}.localhost:{self.port}"

    def sign_in_link(self, slug: str, email: str) -> str:
        return self.mastil("tenant", "sign-in", slug, f"--email={email}", "--name=Olga Dueña").strip()

    def admin_link(self, email: str) -> str:
        return self.mastil("platform", "admin", f"--email={email}", "--name=Petra").strip()

    def routes(self):
        return json.loads(self.mastil("routes", "--json"))
