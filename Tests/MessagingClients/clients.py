"""Drives Telegram's lab with python-telegram-bot: who the bot is, messages and buttons, files both ways, presses, updates
asked for and told, and what is refused."""
import asyncio
import base64
import datetime
import http.server
import json
import queue
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

import telegram
from telegram.request import HTTPXRequest

TOKEN = "7000000001:AAlab-lab-lab-lab-lab-lab-lab-lab00"
SECRET = "clave-del-taller"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Sink(http.server.BaseHTTPRequestHandler):
    """Keeps the updates that are told."""
    updates = queue.Queue()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Sink.updates.put((self.headers, body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


class Lab:
    def __init__(self, program):
        self.address = f"http://127.0.0.1:{free_port()}"
        self.process = subprocess.Popen(
            [program, "lab", "telegram", "--port", self.address.rsplit(":", 1)[1], "--token", TOKEN,
             "--people", "Ana=5215512345678,Luis=5215587654321"], stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while True:
            try:
                urllib.request.urlopen(self.address).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)

    def tell(self, act, **fields):
        data = urllib.parse.urlencode(fields).encode()
        with urllib.request.urlopen(f"{self.address}/lab/{act}", data) as answer:
            return answer.read().decode()

    def bot(self, token=TOKEN):
        return telegram.Bot(
            token, base_url=f"{self.address}/bot", base_file_url=f"{self.address}/file/bot",
            request=HTTPXRequest(), get_updates_request=HTTPXRequest())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(10) == 0


async def refused(kind, work):
    try:
        await work
    except kind as error:
        return error
    raise AssertionError(f"not refused with {kind.__name__}")


async def drive(lab, sink):
    await refused(telegram.error.InvalidToken, lab.bot("7000000001:AAother-other-other-other-other-ot").initialize())
    ana, luis = 5_000_000_001, 5_000_000_002
    async with lab.bot() as bot:
        assert bot.username == "empresa_prueba_bot" and bot.id == 7000000001
        # A bot does not speak first.
        await refused(telegram.error.Forbidden, bot.send_message(ana, "Hola"))
        await refused(telegram.error.BadRequest, bot.send_message(1, "Hola"))
        # Updates are asked for, once each.
        lab.tell("write", person=ana, text="/morosos")
        lab.tell("write", person=luis, text="¿cuánto debo?")
        first, second = await bot.get_updates()
        assert first.message.text == "/morosos" and first.message.chat.type == "private"
        assert (first.message.from_user.id, second.message.from_user.first_name) == (ana, "Luis")
        assert await bot.get_updates(offset=second.update_id + 1) == ()
        # Words and buttons.
        keys = telegram.InlineKeyboardMarkup([
            [telegram.InlineKeyboardButton("Aprobar", callback_data="st.act.1")],
            [telegram.InlineKeyboardButton("Rechazar", callback_data="st.act.2")]])
        sent = await bot.send_message(
            ana, "¿Aprobar? ñ 🙂", reply_markup=keys, reply_parameters=telegram.ReplyParameters(first.message.message_id))
        assert sent.text == "¿Aprobar? ñ 🙂" and sent.chat_id == ana and sent.from_user.is_bot
        assert [row[0].callback_data for row in sent.reply_markup.inline_keyboard] == ["st.act.1", "st.act.2"]
        await refused(telegram.error.BadRequest, bot.send_message(ana, ""))
        await refused(telegram.error.BadRequest, bot.send_message(ana, "a" * 4097))
        long = telegram.InlineKeyboardMarkup([[telegram.InlineKeyboardButton("Sí", callback_data="x" * 65)]])
        await refused(telegram.error.BadRequest, bot.send_message(ana, "Hola", reply_markup=long))
        # A file goes, and comes back byte for byte.
        shown = await bot.send_photo(ana, PICTURE, caption="El comprobante")
        assert shown.caption == "El comprobante" and shown.photo[-1].file_size == len(PICTURE)
        fetched = await (await bot.get_file(shown.photo[-1].file_id)).download_as_bytearray()
        assert bytes(fetched) == PICTURE
        paper = await bot.send_document(ana, b"%PDF-1.4\n", filename="factura.pdf")
        assert paper.document.file_name == "factura.pdf"
        await refused(telegram.error.BadRequest, bot.get_file("none"))
        # What the bot is told of carries its secret.
        assert await bot.set_webhook(f"http://127.0.0.1:{sink}/hook", secret_token=SECRET)
        assert (await bot.get_webhook_info()).url.endswith("/hook")
        await refused(telegram.error.Conflict, bot.get_updates())
        data = {"person": ana, "choice": "st.act.1", "message": sent.message_id, "kind": "press"}
        lab.tell("write", **data)
        headers, body = Sink.updates.get(timeout=20)
        assert headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
        press = telegram.Update.de_json(json.loads(body), bot).callback_query
        assert press.data == "st.act.1" and press.message.message_id == sent.message_id
        assert await press.answer()
        # A press is answered once.
        await refused(telegram.error.BadRequest, press.answer())
        lab.tell("faults", code=429, count=1)
        error = await refused(telegram.error.RetryAfter, bot.send_message(ana, "Hola"))
        assert error.retry_after in (3, datetime.timedelta(seconds=3))
        lab.tell("faults", code=403, count=1)
        await refused(telegram.error.Forbidden, bot.send_message(ana, "Hola"))
        assert (await bot.send_message(ana, "Hola")).text == "Hola"


def main():
    begun = time.monotonic()
    sink = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    threading.Thread(target=sink.serve_forever, daemon=True).start()
    with Lab(sys.argv[1]) as lab:
        asyncio.run(drive(lab, sink.server_address[1]))
    sink.shutdown()
    print(f"  telegram: python-telegram-bot {telegram.__version__}, {time.monotonic() - begun:.1f} s")


main()
