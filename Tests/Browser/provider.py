"""A site that says who somebody is, as Google does: discovery, keys, a page to agree on, and codes for tokens."""

import base64
import hashlib
import json
import secrets
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class Provider:
    client, secret = "mastil.example", "secreto de prueba"

    def __init__(self, directory: Path):
        directory.mkdir(parents=True, exist_ok=True)
        self.key = directory / "provider.pem"
        self.openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", str(self.key))
        self.modulus = bytes.fromhex(self.openssl("rsa", "-in", str(self.key), "-noout", "-modulus").decode().split("=")[1])
        self.person, self.codes = "", {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()

    @staticmethod
    def openssl(*words: str, data: bytes = b"") -> bytes:
        return subprocess.run(["openssl", *words], input=data, check=True, capture_output=True).stdout

    def handler(self):
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                if parts.path == "/.well-known/openid-configuration":
                    self.answer(json.dumps({"issuer": provider.address, "jwks_uri": provider.address + "/keys",
                                            "authorization_endpoint": provider.address + "/authorize",
                                            "token_endpoint": provider.address + "/token"}))
                elif parts.path == "/keys":
                    self.answer(json.dumps({"keys": [{"kty": "RSA", "kid": "k1", "alg": "RS256", "n": text(provider.modulus), "e": "AQAB"}]}))
                elif parts.path == "/authorize":
                    self.answer(provider.agree({name: values[0] for name, values in parse_qs(parts.query).items()}), "text/html")
                else:
                    self.send_error(404)

            def do_POST(self):
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                token = provider.redeem({name: values[0] for name, values in form.items()})
                self.answer(json.dumps({"id_token": token, "access_token": "a", "token_type": "Bearer"})) if token else self.send_error(400)

            def answer(self, body: str, kind: str = "application/json"):
                self.send_response(200)
                self.send_header("Content-Type", kind + "; charset=utf-8")
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_):
                pass

        return Handler

    def agree(self, asked: dict) -> str:
        """The page where the person says yes; the site they came from is another one for the browser."""
        code = secrets.token_hex(16)
        self.codes[code] = asked
        back = asked["redirect_uri"] + "?" + urlencode({"state": asked["state"], "code": code})
        return f'<!doctype html><title>Cuentas</title><p>{self.person}</p><a id="yes" href="{back.replace("&", "&amp;")}">Continuar</a>'

    def redeem(self, form: dict) -> str | None:
        asked = self.codes.pop(form.get("code"), None)
        challenge = text(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (not asked or challenge != asked["code_challenge"] or form.get("redirect_uri") != asked["redirect_uri"]
                or (form.get("client_id"), form.get("client_secret")) != (self.client, self.secret)):
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": self.client, "sub": "g-" + self.person, "email": self.person, "email_verified": True,
                  "nonce": asked["nonce"], "iat": now, "exp": now + 600}
        signed = ".".join(text(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "k1"}, claims))
        return signed + "." + text(self.openssl("dgst", "-sha256", "-sign", str(self.key), data=signed.encode()))
