"""How many commands a second librouteros gets answered: librouteros_load.py PORT SECONDS THREADS"""
import sys
import threading
import time

import librouteros
from librouteros.query import Key

port, seconds, threads = (int(word) for word in sys.argv[1:4])
counts = []


def ask():
    api = librouteros.connect("127.0.0.1", "admin", "", port=port)
    secrets, end, count = api.path("/ppp/secret"), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        list(secrets.select(Key(".id"), Key("profile")).where(Key("name") == f"cliente{count % 2000 + 1:05}"))
        count += 1
    counts.append(count)


workers = [threading.Thread(target=ask) for _ in range(threads)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(f"librouteros, {threads} threads, look up a secret: {sum(counts) // seconds} commands/s")
