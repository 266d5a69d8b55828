#!/usr/bin/env python3
"""How long an answer takes tells nobody what they may not know. Called by deploy/test:
Tests/Timing/timing.py SOCKET_DIRECTORY PROGRAM

Of each pair of questions one is about something that is there and not the asker's to know, the other about nothing. They
are asked in turns, in random order, so that a busy machine slows both alike. They are told apart where their medians lie
more than five in a hundred apart and a rank test finds that no accident; a leak does so each time, so three times decide.
"""

import http.client
import math
import random
import statistics
import sys
import time
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Browser"))
from installation import Installation


class Asker:
    def __init__(self, installation: Installation):
        self.connection = http.client.HTTPConnection("127.0.0.1", installation.port)
        self.host = f"norte.localhost:{installation.port}"

    def time(self, expected: int, method: str, path: str, body: str | None = None, **headers: str) -> float:
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        begin = time.perf_counter()
        self.connection.request(method, path, body, {"Host": self.host, **headers})
        answer = self.connection.getresponse()
        answer.read()
        took = time.perf_counter() - begin
        if answer.status != expected:
            raise SystemExit(f"{method} {path}: {answer.status} instead of {expected}")
        return took


def rank_test(some: list[float], others: list[float]) -> float:
    """The p of Mann and Whitney, two-sided, for many values."""
    ranked = sorted([(value, 0) for value in some] + [(value, 1) for value in others])
    ranks = sum(rank for rank, (_, kind) in enumerate(ranked, 1) if kind == 0)
    count, other = len(some), len(others)
    u = ranks - count * (count + 1) / 2
    z = (u - count * other / 2) / math.sqrt(count * other * (count + other + 1) / 12)
    return math.erfc(abs(z) / math.sqrt(2))


def compare(what: str, pairs: int, there, nothing):
    for attempt in range(3):
        times = ([], [])
        for number in range(pairs + 10):
            for kind in random.sample((0, 1), 2):
                took = (there, nothing)[kind](number)
                if number >= 10:
                    times[kind].append(took)
        medians = [statistics.median(side) for side in times]
        apart, p = abs(medians[0] - medians[1]) / max(medians), rank_test(*times)
        print(f"  {what}: {medians[0] * 1e3:.3f} and {medians[1] * 1e3:.3f} ms, {apart:.1%} apart, p {p:.2g}")
        if apart < 0.05 or p > 0.001:
            return
    raise SystemExit(f"{what}: the time of the answer tells which is which")


def foreign_or_missing(installation: Installation, asker: Asker):
    token = installation.mastil("token", "create", "norte", "--name", "reloj", "--permission", "customers.read").strip()
    foreign = installation.administer(
        "SELECT customer_id FROM customers JOIN tenants USING (tenant_id) WHERE slug = 'andes' LIMIT 1",
        installation.database).strip()

    def ask(customer: str):
        return asker.time(404, "GET", f"/api/v1/customers/{customer}", Authorization=f"Bearer {token}")
    compare("a neighbour's customer, and none", 2000, lambda _: ask(foreign), lambda _: ask(str(uuid.uuid4())))


def known_or_unknown(installation: Installation, asker: Asker):
    """Each guess is at another account and from another address: ten are all that one gets."""
    pairs = 60
    installation.sign_in_link("norte", "olga@norte.example")
    # Nobody's password opens this; as much work is done to find out.
    stored = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$dGhpcyBpcyBubyBoYXNoIG9mIGFueSBwYXNzd29yZCE"
    installation.administer(
        f"""INSERT INTO staff (tenant_id, staff_id, email, name, state, password, permissions, made_at)
            SELECT tenant_id, gen_random_uuid(), 'p' || n || '@norte.example', 'Persona ' || n, 'active', '{stored}', '{{}}', now()
            FROM tenants, generate_series(1, 300) n WHERE slug = 'norte'""", installation.database)
    asked = {"p": 0, "q": 0}

    def ask(letter: str):
        asked[letter] += 1
        number = asked[letter]
        address = f"203.0.{number // 200 + (100 if letter == 'q' else 0)}.{number % 200 + 1}"
        return asker.time(
            422, "POST", "/panel/sign-in", f"email={letter}{number}%40norte.example&password=una+clave+cualquiera",
            Content_Type="application/x-www-form-urlencoded", Origin=f"http://{asker.host}", X_Forwarded_For=address)
    compare("somebody's account, and nobody's", pairs, lambda _: ask("p"), lambda _: ask("q"))


def main():
    settings = {"MASTIL_TRUSTED_PROXIES": "127.0.0.1/32", "MASTIL_API_TOKEN_RATE": "0", "MASTIL_API_TENANT_RATE": "0"}
    with Installation(sys.argv[1], sys.argv[2], "timing", **settings) as installation:
        foreign_or_missing(installation, Asker(installation))
        known_or_unknown(installation, Asker(installation))


main()
