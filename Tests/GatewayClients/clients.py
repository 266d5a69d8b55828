"""Drives the labs of Stripe, Mercado Pago and Conekta with the providers' own clients: checkouts, payments, refunds,
refusals, and the signature of every notice."""
import base64
import http.server
import json
import queue
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

import conekta
import mercadopago
import stripe
from mercadopago.config import Config, RequestOptions
from mercadopago.webhook import InvalidWebhookSignatureError, WebhookSignatureValidator

SECRET = "clave del taller"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Sink(http.server.BaseHTTPRequestHandler):
    """Keeps the notices that come."""
    notices = queue.Queue()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Sink.notices.put((self.path, self.headers, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def notices(count):
    return [Sink.notices.get(timeout=20) for _ in range(count)]


class Lab:
    def __init__(self, program, provider, sink):
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [program, "lab", provider, "--port", str(self.port), "--secret", SECRET], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
        self.notice_secret = self.tell("notices", address=f"http://127.0.0.1:{sink}/hook")

    def tell(self, act, **fields):
        data = urllib.parse.urlencode(fields).encode()
        with urllib.request.urlopen(f"{self.address}/lab/{act}", data) as answer:
            return answer.read().decode()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(10) == 0


def drive_stripe(lab):
    client = stripe.StripeClient(SECRET, base_addresses={"api": lab.address})
    stranger = stripe.StripeClient("otra", base_addresses={"api": lab.address}, max_network_retries=0)
    try:
        stranger.v1.accounts.retrieve_current()
        raise AssertionError("a stranger was let in")
    except stripe.AuthenticationError:
        pass
    assert client.v1.accounts.retrieve_current().charges_enabled
    asked = {
        "mode": "payment", "success_url": "https://norte.example/s", "cancel_url": "https://norte.example/c",
        "client_reference_id": "ref-1", "metadata": {"online_payment": "ref-1"},
        "payment_intent_data": {"metadata": {"online_payment": "ref-1"}}, "expires_at": int(time.time()) + 7200,
        "line_items": [{"quantity": 1, "price_data": {
            "currency": "mxn", "unit_amount": 35025, "product_data": {"name": "Internet"}}}],
    }
    session = client.v1.checkout.sessions.create(asked, {"idempotency_key": "k-1"})
    again = client.v1.checkout.sessions.create(asked, {"idempotency_key": "k-1"})
    assert session.id == again.id and session.status == "open" and session.amount_total == 35025
    try:
        client.v1.checkout.sessions.create({**asked, "client_reference_id": "otra"}, {"idempotency_key": "k-1"})
        raise AssertionError("the key was taken for something else")
    except stripe.IdempotencyError:
        pass
    lab.tell(f"pay/{session.id}")
    paid = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
    assert paid.payment_status == "paid" and paid.payment_intent.amount_received == 35025
    assert paid.payment_intent.latest_charge.amount_refunded == 0
    refund = client.v1.refunds.create({"payment_intent": paid.payment_intent.id, "amount": 5000})
    assert refund.status == "succeeded" and refund.amount == 5000
    lab.tell(f"dispute/{paid.payment_intent.id}")
    kinds = []
    for _, headers, body in notices(4):
        event = stripe.Webhook.construct_event(body, headers["Stripe-Signature"], lab.notice_secret)
        kinds.append(event.type)
        try:
            stripe.Webhook.construct_event(body + b" ", headers["Stripe-Signature"], lab.notice_secret)
            raise AssertionError("another body has the same signature")
        except stripe.SignatureVerificationError:
            pass
    assert kinds == [
        "payment_intent.succeeded", "checkout.session.completed", "charge.refunded", "charge.dispute.created"], kinds


def drive_mercadopago(lab):
    Config.api_base_url = property(lambda self: lab.address)
    client = mercadopago.SDK(SECRET)
    assert mercadopago.SDK("otra").user().get()["status"] == 401
    assert client.user().get()["response"]["site_id"] == "MLM"
    asked = {
        "items": [{"id": "1", "title": "Internet", "quantity": 1, "unit_price": 350.25, "currency_id": "MXN"}],
        "external_reference": "ref-1", "auto_return": "approved",
        "back_urls": {name: "https://norte.example/b" for name in ("success", "pending", "failure")},
    }
    options = RequestOptions(custom_headers={"x-idempotency-key": "k-1"})
    made = client.preference().create(asked, options)
    assert made["status"] == 201, made
    preference = made["response"]
    read = client.preference().get(preference["id"])["response"]
    assert read["external_reference"] == "ref-1" and read["items"][0]["unit_price"] == 350.25
    assert read["init_point"].startswith(lab.address)
    lab.tell(f"pay/{preference['id']}")
    found = client.payment().search({"external_reference": "ref-1", "sort": "date_created", "criteria": "desc"})
    payment, = found["response"]["results"]
    read = client.payment().get(payment["id"])["response"]
    assert read["status"] == "approved" and read["transaction_amount"] == 350.25, read
    assert client.refund().create(payment["id"], {"amount": 50.25})["status"] == 201
    read = client.payment().get(payment["id"])["response"]
    assert read["status_detail"] == "partially_refunded" and read["transaction_amount_refunded"] == 50.25
    lab.tell(f"dispute/{payment['id']}")
    assert client.payment().get(payment["id"])["response"]["status"] == "charged_back"
    assert client.payment().get(1)["status"] == 404
    for path, headers, body in notices(4):
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)
        signed = headers["x-signature"], headers["x-request-id"], query["data.id"][0]
        WebhookSignatureValidator.validate(*signed, lab.notice_secret)
        assert query["data.id"][0] == json.loads(body)["data"]["id"] == str(payment["id"])
        try:
            WebhookSignatureValidator.validate(signed[0], signed[1], "1", lab.notice_secret)
            raise AssertionError("another payment has the same signature")
        except InvalidWebhookSignatureError:
            pass


def is_signed(key, body, signature):
    """By openssl: Python's own library has no RSA."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (("key", key.encode()), ("body", body), ("signature", signature)):
            with open(f"{folder}/{name}", "wb") as file:
                file.write(content)
        checked = subprocess.run(
            ["openssl", "dgst", "-sha256", "-verify", f"{folder}/key", "-signature", f"{folder}/signature",
             f"{folder}/body"], capture_output=True)
    return checked.returncode == 0


def drive_conekta(lab):
    def api(kind, key=SECRET):
        return kind(conekta.ApiClient(conekta.Configuration(host=lab.address, access_token=key)))

    try:
        api(conekta.OrdersApi, "otra").get_orders()
        raise AssertionError("a stranger was let in")
    except conekta.ApiException as error:
        assert error.status == 401, error.status
    company = api(conekta.CompaniesApi).get_current_company()
    assert company.active, company
    key = api(conekta.WebhookKeysApi).create_webhook_key(webhook_key_request=conekta.WebhookKeyRequest(active=True))
    assert key.public_key == lab.notice_secret
    hooks = api(conekta.WebhooksApi).get_webhooks()
    assert [hook.active for hook in hooks.data] == [True]
    orders = api(conekta.OrdersApi)
    made = []
    for way in ("cash", "spei"):
        order = orders.create_order(conekta.OrderRequest.from_dict({
            "currency": "MXN", "customer_info": {"name": "Luz", "email": "luz@norte.example", "phone": "+525512345678"},
            "line_items": [{"name": "Internet", "unit_price": 35025, "quantity": 1}],
            "charges": [{"payment_method": {"type": way, "expires_at": int(time.time()) + 86400}}],
            "metadata": {"online_payment": f"ref-{way}"}}))
        assert order.payment_status == "pending_payment" and order.amount == 35025, order
        made.append(order)
    cash, spei = (order.charges.data[0].payment_method.actual_instance for order in made)
    assert len(cash.reference) == 14 and cash.store_name == "OXXO", cash
    digits = [int(digit) for digit in spei.clabe]
    assert len(digits) == 18 and spei.bank == "STP" and spei.clabe.startswith("646"), spei
    assert digits[17] == (10 - sum(d * w % 10 for d, w in zip(digits[:17], [3, 7, 1] * 6)) % 10) % 10
    try:
        orders.create_order(conekta.OrderRequest.from_dict({
            "currency": "USD", "customer_info": {"name": "Luz", "email": "luz@norte.example", "phone": "1"},
            "line_items": [{"name": "Internet", "unit_price": 1, "quantity": 1}]}))
        raise AssertionError("dollars were taken")
    except conekta.ApiException as error:
        assert error.status == 422 and json.loads(error.body)["object"] == "error", error
    for order in made:
        lab.tell(f"pay/{order.id}")
    read = orders.get_order_by_id(made[0].id)
    assert read.payment_status == "paid" and read.charges.data[0].status == "paid"
    assert read.metadata == {"online_payment": "ref-cash"}
    refunded = orders.order_refund(made[0].id, conekta.OrderRefundRequest(amount=5000, reason="requested_by_client"))
    assert refunded.amount_refunded == 5000 and refunded.charges.data[0].refunds.data[0].amount == -5000
    lab.tell(f"dispute/{made[1].charges.data[0].id}")
    assert orders.get_order_by_id(made[1].id).charges.data[0].chargeback.status == "action_required"
    for _, headers, body in notices(6):
        signature = base64.b64decode(headers["DIGEST"])
        assert is_signed(key.public_key, body, signature)
        assert not is_signed(key.public_key, body + b" ", signature)


def main(program):
    sink = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    for provider, drive in (("stripe", drive_stripe), ("mercadopago", drive_mercadopago), ("conekta", drive_conekta)):
        start = time.monotonic()
        with Lab(program, provider, sink.server_address[1]) as lab:
            drive(lab)
        assert Sink.notices.empty()
        print(f"  {provider}: driven by its own client, {time.monotonic() - start:.1f} s")


main(sys.argv[1])
