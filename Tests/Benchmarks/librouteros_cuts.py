"""Cuts all customers of routers at ports that follow one another, a hundred threads at a time: librouteros_cuts.py FIRST ROUTERS CUSTOMERS.
For each customer: find the secret, change its profile, find the session, end it. Prints the seconds it took."""
import queue
import sys
import threading
import time

import librouteros
from librouteros.query import Key

first, routers, customers = (int(word) for word in sys.argv[1:4])
waiting: "queue.SimpleQueue[int]" = queue.SimpleQueue()
for port in range(first, first + routers):
    waiting.put(port)
faults = []


def cut(port: int):
    api = librouteros.connect("127.0.0.1", "admin", "clave", port=port, timeout=60)
    secrets, active = api.path("/ppp/secret"), api.path("/ppp/active")
    for number in range(1, customers + 1):
        name = f"cliente{number:05}"
        for secret in secrets.select(Key(".id")).where(Key("name") == name):
            secrets.update(**{".id": secret[".id"], "profile": "Morosos"})
        for session in active.select(Key(".id")).where(Key("name") == name):
            active.remove(session[".id"])
    api.close()


def work():
    while True:
        try:
            port = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            cut(port)
        except Exception as error:
            faults.append(f"{port}: {error}")


workers = [threading.Thread(target=work) for _ in range(min(100, routers))]
started = time.monotonic()
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
if faults:
    sys.exit("\n".join(faults[:5]))
print(time.monotonic() - started)
