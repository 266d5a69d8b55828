"""Thousands who listen to live updates and do nothing else, and how soon they are told when something happens."""

import json
import selectors
import socket
import statistics
import threading
import time

from contenders import Database, Mastil
from processes import Failed, Server, processor_seconds, resident_megabytes

TENANTS, TOKENS, LINES = 200, 5, 10
CLIENTS = TENANTS * TOKENS * LINES
EVENTS, EVENTS_A_SECOND = 500, 100


def furnish(database: Database, mastil: Mastil) -> list[str]:
    """Companies like the first, each with its programs: those that listen, and one that writes. Their secrets are the same
    everywhere, for a token is its own company's only."""
    secrets = [
        mastil.command("token", "create", "uno", "--name", "live", "--permission", "events.read", "--permission",
                       "customers.read", "--permission", "customers.write") for _ in range(TOKENS + 1)]
    database.rows(
        f"INSERT INTO tenants SELECT made.* FROM tenants, generate_series(1, {TENANTS}) number,"
        " jsonb_populate_record(tenants, jsonb_build_object('tenant_id', gen_random_uuid(), 'slug', 'live' || number)) made"
        " WHERE tenants.slug = 'uno';"
        "INSERT INTO api_tokens SELECT made.* FROM api_tokens t JOIN tenants own ON own.tenant_id = t.tenant_id AND own.slug = 'uno',"
        " tenants, jsonb_populate_record(t, jsonb_build_object('tenant_id', tenants.tenant_id)) made"
        " WHERE t.name = 'live' AND tenants.slug LIKE 'live%'; SELECT pg_notify('tenants', '')")
    return secrets


class Listeners:
    """All of them, read by one thread."""

    def __init__(self):
        self.selector, self.told, self.opened, self.ended = selectors.DefaultSelector(), {}, 0, 0

    def join(self, server: Server, tenant: int, secrets: list[str]):
        """Those of one company, who come together as after a restart."""
        for secret in secrets:
            # From an address for each company: nobody may hold more than so many connections.
            connection = socket.create_connection(("127.0.0.1", server.port), source_address=(f"127.1.1.{tenant}", 0))
            connection.sendall(
                f"GET /api/v1/events/stream HTTP/1.1\r\nHost: live{tenant}.localhost:{server.port}\r\n"
                f"Authorization: Bearer {secret}\r\n\r\n".encode())
            connection.setblocking(False)
            self.selector.register(connection, selectors.EVENT_READ)
        wanted, deadline = self.opened + len(secrets), time.monotonic() + 10
        self.read(lambda: self.opened == wanted or time.monotonic() > deadline)
        if self.opened != wanted:
            raise Failed(f"{self.opened} of {wanted} are listening\n{server.last_words()}")

    def read(self, until) -> None:
        """Notes when each event came, until there is nothing more to wait for."""
        while not until():
            for key, _ in self.selector.select(0.2):
                now = time.monotonic()
                text = key.fileobj.recv(65536)
                self.opened += text.startswith(b"HTTP/1.1 200")
                if not text:
                    self.ended += 1
                    self.selector.unregister(key.fileobj)
                # Names begin with their number, and stand in what is told of a customer who was made.
                for part in text.split(b"live customer ")[1:]:
                    self.told.setdefault(int(part[:6]), []).append(now)

    def close(self):
        for key in list(self.selector.get_map().values()):
            key.fileobj.close()
        self.selector.close()


def measure_live(report, database: Database, mastil: Mastil, server: Server):
    *readers, writer_secret = furnish(database, mastil)
    time.sleep(1)
    before = resident_megabytes(server.process.pid)
    listeners = Listeners()
    try:
        for tenant in range(1, TENANTS + 1):
            listeners.join(server, tenant, readers * LINES)
        kilobytes = (resident_megabytes(server.process.pid) - before) * 1024 / CLIENTS
        spent = processor_seconds(server.process.pid)
        listeners.read(idle_for(35))
        idle = (processor_seconds(server.process.pid) - spent) / 35 * 100
        sent = {}
        writer = threading.Thread(target=write, args=(server, writer_secret, sent))
        writer.start()
        expected = EVENTS * TOKENS * LINES
        deadline = time.monotonic() + EVENTS / EVENTS_A_SECOND + 20
        listeners.read(lambda: sum(map(len, listeners.told.values())) >= expected or time.monotonic() > deadline)
        writer.join()
        waits = sorted((moment - sent[number]) * 1000 for number, moments in listeners.told.items() for moment in moments)
        if len(waits) != expected or listeners.ended:
            raise Failed(f"{len(waits)} of {expected} events came, {listeners.ended} lines ended\n{server.last_words()}")
    finally:
        listeners.close()
    print(f"\nLive: {CLIENTS:,} listeners of {TENANTS} companies, then {EVENTS_A_SECOND} events a second, each told to {TOKENS * LINES}")
    report.judge("live: memory a listener", kilobytes, "KB", most=8)
    report.judge("live: processor while nothing happens", idle, "%")
    report.judge("live: act to its being told, median", statistics.median(waits), "ms")
    report.judge("live: act to its being told, 99 of 100", waits[len(waits) * 99 // 100], "ms", most=300)


def idle_for(seconds: float):
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def write(server: Server, secret: str, sent: dict[int, float]):
    """Customers are made at an even pace, each by another company's program."""
    start = time.monotonic()
    for number in range(EVENTS):
        time.sleep(max(0, start + number / EVENTS_A_SECOND - time.monotonic()))
        tenant = number % TENANTS + 1
        sent[number] = time.monotonic()
        status, _, body = server.request(
            "POST", "/api/v1/customers", {
                "Host": f"live{tenant}.localhost:{server.port}", "Authorization": f"Bearer {secret}",
                "Idempotency-Key": f"live-{number}", "Content-Type": "application/json"}, json.dumps({"name": f"live customer {number:06}"}))
        if status != 201:
            raise Failed(f"Making a customer is answered with {status}: {body[:300]}")
