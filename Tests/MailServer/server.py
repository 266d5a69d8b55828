"""A mail server for the tests: three doors, a mailbox that refuses, one that is busy at first. Ends with its input.

server.py FOLDER: writes what it took to FOLDER/<number>.json as another program reads it, and its ports to FOLDER/ports.
"""

import asyncio
import json
import ssl
import sys
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

FOLDER = Path(sys.argv[1])


class Mailboxes:
    def __init__(self):
        self.taken = 0
        self.turned_away = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("busy") and address not in self.turned_away:
            self.turned_away.add(address)
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.original_content, policy=policy.default)
        parts = {part.get_content_subtype(): part.get_content() for part in message.walk() if not part.is_multipart()}
        picture = next((part for part in message.walk() if part.get_content_maintype() == "image"), None)
        defects = [str(defect) for part in message.walk() for defect in part.defects]
        read = {
            "from": str(message["From"]), "to": str(message["To"]), "subject": str(message["Subject"]),
            "names": sorted(message.keys()), "text": parts.get("plain"), "html": parts.get("html"), "defects": defects,
            "picture": picture and f"{picture['Content-ID']} {picture.get_content_disposition()} {picture.get_content().hex()}",
            "sender": envelope.mail_from, "recipients": envelope.rcpt_tos, "hello": session.host_name,
            "longest": max(map(len, envelope.original_content.split(b"\r\n"))), "encrypted": session.ssl is not None,
        }
        self.taken += 1
        (FOLDER / f"{self.taken}.part").write_text(json.dumps(read))
        (FOLDER / f"{self.taken}.part").rename(FOLDER / f"{self.taken}.json")
        return "250 taken"


def admit(server, session, envelope, mechanism, data):
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (b"mastil", b"tres gatos")
    return AuthResult(success=known, handled=False)


async def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / "certificate.pem", FOLDER / "key.pem")
    boxes, loop = Mailboxes(), asyncio.get_running_loop()
    plain = lambda: SMTP(boxes)
    start = lambda: SMTP(boxes, tls_context=context, require_starttls=True, authenticator=admit, auth_required=True)
    wrapped = lambda: SMTP(boxes, authenticator=admit, auth_required=True, auth_require_tls=False)
    servers = [
        await loop.create_server(plain, "127.0.0.1", 0), await loop.create_server(start, "127.0.0.1", 0),
        await loop.create_server(wrapped, "127.0.0.1", 0, ssl=context)]
    ports = " ".join(str(server.sockets[0].getsockname()[1]) for server in servers)
    (FOLDER / "ports.part").write_text(ports)
    (FOLDER / "ports.part").rename(FOLDER / "ports")
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
