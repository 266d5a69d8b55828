"""How soon a subscriber's sign-in code leaves: from the request to the mail server, while workers of every kind are there.

The crews of workers start in any order, and whichever is woken first must not take the others' turns: so the program is
started several times, and the worst start counts."""

import socket
import socketserver
import statistics
import threading
import time
from urllib.parse import urlencode

from contenders import Database, Mastil
from processes import Failed, Server, free_port

TENANTS, CODES, STARTS, CODES_A_SECOND = 20, 200, 5, 50


def furnish(database: Database):
    """Companies like the first, each with ten customers who have a mailbox."""
    database.rows(
        f"INSERT INTO tenants SELECT made.* FROM tenants, generate_series(1, {TENANTS}) number,"
        " jsonb_populate_record(tenants, jsonb_build_object('tenant_id', gen_random_uuid(), 'slug', 'dwell' || number)) made"
        " WHERE tenants.slug = 'uno';"
        "INSERT INTO customers SELECT made.* FROM tenants t, LATERAL (SELECT c.* FROM customers c JOIN tenants own"
        " ON own.tenant_id = c.tenant_id WHERE own.slug = 'uno' ORDER BY c.number LIMIT 10) c,"
        " jsonb_populate_record(NULL::customers, to_jsonb(c) || jsonb_build_object('tenant_id', t.tenant_id, 'zone_id', NULL,"
        " 'email', c.number || '@' || t.slug || '.example')) made WHERE t.slug LIKE 'dwell%'")


class Mailbox(socketserver.ThreadingTCPServer):
    """A mail server that takes everything and notes when."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int):
        self.came: dict[str, float] = {}
        super().__init__(("127.0.0.1", port), Visitor)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Visitor(socketserver.StreamRequestHandler):
    def say(self, text: str):
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self):
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.say("220 mail")
        recipient = ""
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                recipient = line.split(b"<")[1].split(b">")[0].decode()
            if word == b"DATA":
                self.say("354 go on")
                while (line := self.rfile.readline()) and line != b".\r\n":
                    pass
                self.server.came[recipient] = time.monotonic()
            self.say("250 ok" if word != b"QUIT" else "221 bye")
            if word == b"QUIT":
                return


def ask(server: Server, number: int, sent: dict[str, float]):
    tenant, customer = number % TENANTS + 1, number // TENANTS % 10 + 1
    address = f"{customer}@dwell{tenant}.example"
    sent[address] = time.monotonic()
    status, _, body = server.request(
        "POST", "/portal/sign-in", {
            "Host": f"dwell{tenant}.localhost:{server.port}", "Sec-Fetch-Site": "same-origin",
            # From a network of their own each: one is allowed only so many.
            "X-Forwarded-For": f"198.51.{tenant}.{customer}", "Content-Type": "application/x-www-form-urlencoded"}, urlencode({"contact": address}))
    if status != 303:
        raise Failed(f"Asking for a code is answered with {status}: {body[:300]}")


def measure_start(mastil: Mastil, box: Mailbox, port: int) -> list[float]:
    server = Server(
        "Mastil", [mastil.program, "serve", "--work"], mastil.port, mastil.log,
        {**mastil.environment, "MASTIL_SMTP": f"smtp+plain://127.0.0.1:{port}", "MASTIL_MAIL_FROM": "avisos@{slug}.example",
         "MASTIL_TRUSTED_PROXIES": "127.0.0.0/8"})
    sent: dict[str, float] = {}
    box.came.clear()
    try:
        server.await_answer("/api/v1")
        start = time.monotonic()
        for number in range(CODES):
            time.sleep(max(0, start + number / CODES_A_SECOND - time.monotonic()))
            ask(server, number, sent)
        deadline = time.monotonic() + 20
        while len(box.came) < CODES and time.monotonic() < deadline:
            time.sleep(0.05)
        if len(box.came) < CODES:
            raise Failed(f"{len(box.came)} of {CODES} codes came\n{server.last_words()}")
    finally:
        server.stop()
    return sorted((moment - sent[address]) * 1000 for address, moment in box.came.items())


def measure_dwell(report, database: Database, mastil: Mastil):
    furnish(database)
    port = free_port()
    box = Mailbox(port)
    starts = []
    for _ in range(STARTS):
        starts.append(measure_start(mastil, box, port))
        # What one address may ask for is counted for a quarter of an hour.
        database.rows("DELETE FROM sign_in_tries")
    box.shutdown()
    medians, worst = [statistics.median(waits) for waits in starts], [waits[len(waits) * 99 // 100] for waits in starts]
    print(f"\nDwell: {CODES} sign-in codes of {TENANTS} companies, {CODES_A_SECOND} a second, {STARTS} starts of the program")
    report.judge("dwell: request to the mail server, median", max(medians), "ms", spread=sorted(medians))
    report.judge("dwell: request to the mail server, 99 of 100", max(worst), "ms", most=300, spread=sorted(worst))
