"""The other end of a webhook: takes messages over TLS, checks their signatures, and answers as its path says.

    sink.py DIRECTORY

leaves in the directory its port, the certificate to believe (authority.pem) and a line of JSON for each message (log).
It checks signatures with every secret that stands in the file `secrets`, knowing nothing of ours but the specification.
"""

import base64
import hashlib
import hmac
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
from email.utils import formatdate
from pathlib import Path

directory = Path(sys.argv[1])
lock = threading.Lock()
seen: dict[str, int] = {}


def make_certificate():
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30000",
         "-keyout", directory / "key.pem", "-out", directory / "authority.pem", "-subj", "/CN=sink",
         "-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:TRUE"],
        check=True, capture_output=True)


def verify(headers: dict[str, str], body: bytes) -> list[bool]:
    """Of each secret we know, in their order: whether one of the signatures is made with it."""
    known = directory / "secrets"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    given = [part.split(",", 1) for part in headers["webhook-signature"].split(" ")]
    results = []
    for secret in known.read_text().split() if known.exists() else []:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        results.append(any(version == "v1" and hmac.compare_digest(text, expected) for version, text in given))
    return results


def read(peer) -> tuple[str, dict[str, str], bytes]:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = peer.recv(65536)
        if not piece:
            raise EOFError
        data += piece
    head, body = data.split(b"\r\n\r\n", 1)
    lines = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines[1:])}
    while len(body) < int(headers.get("content-length", 0)):
        body += peer.recv(65536)
    return lines[0].split(" ")[1], headers, body


def answer(peer, status: str, body: bytes = b"", headers: str = ""):
    peer.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body)


def wait_for_end(peer):
    """Until the other side has had enough."""
    while peer.recv(65536):
        pass


def behave(peer, path: str, times: int):
    match path.strip("/").split("/"):
        case ["ok", *_]: answer(peer, "200 OK", b"gracias\0\xff")
        case ["moved"]: answer(peer, "301 Moved Permanently", headers="Location: /ok\r\n")
        case ["gone"]: answer(peer, "410 Gone")
        case ["busy"]: answer(peer, "429 Too Many Requests", headers="Retry-After: 900\r\n")
        case ["busy-until"]:
            moment = formatdate(int((directory / "now").read_text()) + 1200, usegmt=True)
            answer(peer, "503 Service Unavailable", headers=f"Retry-After: {moment}\r\n")
        case ["fault"]: answer(peer, "500 Internal Server Error", b"no pude")
        case ["hang"]: wait_for_end(peer)
        case ["hang-once"]: wait_for_end(peer) if times == 1 else answer(peer, "200 OK")
        case ["close"]: pass
        case ["huge"]:
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n")
            sent = 0
            try:
                while sent < 104857600:
                    peer.sendall(b"x" * 65536)
                    sent += 65536
            finally:
                (directory / "huge").write_text(str(sent))
        case ["drip"]:
            for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate":
                peer.sendall(bytes([byte]))
                time.sleep(0.2)
        case _: answer(peer, "404 Not Found")


def serve(connection, context):
    try:
        with context.wrap_socket(connection, server_side=True) as peer:
            path, headers, body = read(peer)
            with lock:
                seen[path] = seen.get(path, 0) + 1
                times = seen[path]
                line = {"path": path, "id": headers["webhook-id"], "timestamp": headers["webhook-timestamp"],
                        "signatures": len(headers["webhook-signature"].split(" ")), "valid": verify(headers, body),
                        "type": headers.get("content-type"), "body": body.decode()}
                with open(directory / "log", "a") as log:
                    log.write(json.dumps(line) + "\n")
            behave(peer, path, times)
    except (OSError, EOFError):
        pass


def main():
    make_certificate()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(directory / "authority.pem", directory / "key.pem")
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    (directory / "port.new").write_text(str(listener.getsockname()[1]))
    (directory / "port.new").rename(directory / "port")
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, context), daemon=True).start()


main()
