"""Uses the panel with Chromium, with scripts and without, and looks at every page of it in every shape."""

import argparse
import base64
import hmac
import re
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from billing import billed
from branding import branded, defaced, own_domain
from companies import founded_and_closed
from contracts import contract_places, contracted
from installation import ROOT, Installation
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright
from provider import Provider

CHROMIUM = "/usr/bin/chromium"
PASSWORD = "tres gatos negros"
FIRST_VIEW = 100_000

findings: list[str] = []


def expect(holds: bool, what: str):
    if not holds:
        findings.append(what)


def wait_until(page: Page, expression: str):
    """Asked from outside: what the page itself repeats is text to be run, which its policy refuses and reports."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if page.evaluate(expression):
                return
        except Error:
            # The page was just left for another.
            pass
        time.sleep(0.05)
    expect(False, f"{page.url}: it never came to be that {expression}")


class Visit:
    """A browser with a memory of its own, whose complaints are findings."""

    def __init__(self, browser: Browser, base: str, scripts: bool = True, **shape):
        self.context: BrowserContext = browser.new_context(locale="es-MX", java_script_enabled=scripts, **shape)
        self.page: Page = self.context.new_page()
        self.base = base
        # A refusal that a test provokes is reported by the browser as a failed load; everything else is ours.
        self.page.on("console", lambda message: expect(
            message.type != "error" or "Failed to load resource" in message.text, f"{self.page.url} says {message.text}"))
        self.page.on("pageerror", lambda error: expect(False, f"{self.page.url} fails with {error}"))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def open(self, path: str) -> int:
        return self.page.goto(path if path.startswith("http") else self.base + path).status

    def fill(self, **fields: str):
        for name, value in fields.items():
            self.page.fill(f"[name={name}]", value)

    def send(self, button: str = "button.primary"):
        with self.page.expect_navigation():
            self.page.click(button)

    def follow(self, link: str, opens_dialog: bool = False):
        """A link that asks first: a dialog where scripts run, a page where not."""
        if opens_dialog:
            self.page.click(link)
            self.page.wait_for_selector("dialog[open] h1")
        else:
            with self.page.expect_navigation():
                self.page.click(link)

    def sign_in(self, email: str, password: str = PASSWORD):
        self.open("/panel/sign-in")
        self.fill(email=email, password=password)
        self.send()

    def sees(self, text: str, what: str):
        """Scripts may still be moving a notice to where it is shown."""
        deadline = time.monotonic() + 5
        while not (found := text in self.page.content()) and time.monotonic() < deadline:
            time.sleep(0.05)
        expect(found, f"{what}: “{text}” is not on {self.page.url}")


def work(browser: Browser, installation: Installation, scripts: bool):
    """A day at Norte: the owner comes by the operator's link, invites a cashier, restricts a role, ends a session."""
    kind = "with scripts" if scripts else "without scripts"
    owner_mail, cashier_mail = "olga@example.com", "beto@example.com"
    base = installation.host("norte")

    def visit():
        return Visit(browser, base, scripts, viewport={"width": 1280, "height": 900})

    with visit() as owner, visit() as cashier, visit() as elsewhere:
        owner.open(installation.sign_in_link("norte", owner_mail))
        owner.send()
        owner.open("/panel/account")
        owner.fill(password="12345678")
        owner.send()
        owner.sees("todos prueban primero", f"A common password {kind}")
        owner.fill(password=PASSWORD)
        owner.send()
        owner.sees("Su contraseña cambió", f"Choosing a password {kind}")

        owner.open("/panel/staff/new")
        owner.fill(name="Beto Cajero", email="no es un correo")
        owner.page.eval_on_selector("form.card", "form => form.noValidate = true") if scripts else owner.fill(email="beto@mal")
        owner.send()
        owner.sees("Escriba un correo como", f"A wrong e-mail {kind}")
        owner.fill(email=cashier_mail)
        owner.page.check("label:has-text('Cajero') input")
        owner.send()
        link = owner.page.input_value("[name=link]")

        cashier.open(link)
        cashier.fill(password=PASSWORD)
        cashier.send()
        cashier.sees("Lista de clientes", f"The cashier's first page {kind}")
        expect("/panel/staff" not in cashier.page.content(), f"The cashier is offered the staff {kind}")
        expect(cashier.open("/panel/staff") == 403, f"The cashier opens the staff {kind}")
        elsewhere.sign_in(cashier_mail)
        elsewhere.sees("Lista de clientes", f"The cashier on a second device {kind}")
        cashier.open("/panel/account")
        cashier.follow("a:has-text('Cerrar todas las demás')", opens_dialog=scripts)
        cashier.send("button.danger-solid")
        expect(elsewhere.open("/panel/customers") == 401, f"A session ended elsewhere goes on {kind}")

        owner.open("/panel/roles/new")
        owner.fill(name="Sin clientes")
        owner.page.check("fieldset:has-text('Ver clientes') label:has-text('Negar') input")
        owner.send()
        owner.open("/panel/staff")
        owner.page.click(f"tr:has-text('{cashier_mail}') a")
        owner.page.wait_for_load_state()
        owner.page.check("label:has-text('Sin clientes') input")
        owner.send()
        owner.sees("Lo niega Sin clientes", f"The reason for a denial {kind}")
        expect(cashier.open("/panel/customers") == 403, f"A denial holds on the next request {kind}")

        owner.open("/panel/customers")
        owner.page.click("main a.primary")
        owner.page.wait_for_load_state()
        owner.fill(name="Ñusta Quispe", phone="55 0000 4321", since="2026-01-15")
        owner.send("main button.primary")
        owner.sees("Quedó creado.", f"Making a customer {kind}")
        owner.page.click("main a:has-text('Editar')")
        owner.page.wait_for_load_state()
        owner.fill(name="")
        if scripts:
            owner.page.eval_on_selector("form.card", "form => form.noValidate = true")
            owner.send("main button.primary")
            owner.sees("Escriba el nombre.", f"A customer without a name {kind}")
            focused = owner.page.evaluate("document.activeElement.className")
            expect(focused == "error-summary", f"The summary of errors has no focus, but {focused}")
        owner.fill(name="Ñusta Mamani")
        owner.send("main button.primary")
        owner.open("/panel/search?q=nusta+mam")
        owner.sees("Ñusta Mamani", f"The search page {kind}")

        owner.open("/panel/audit")
        for text in ("Invitó a un usuario", "Creó un rol", "Cambió los roles de un usuario"):
            owner.sees(text, f"The audit {kind}")
        if scripts:
            # What happens elsewhere appears by itself.
            owner.page.locator(".live-state[data-on]").wait_for(timeout=10_000)
            elsewhere.sign_in(cashier_mail)
            owner.page.locator("tbody tr:first-child:has-text('Beto Cajero')").wait_for(timeout=10_000)
            # And stands still while somebody is in it.
            owner.page.focus(".table")
            cashier.sign_in(cashier_mail)
            owner.page.wait_for_timeout(2500)
            expect(owner.page.locator("tbody tr:nth-child(2):has-text('Beto Cajero')").count() == 0, "A page is renewed under a focus")
            owner.page.focus("[name=kind]")
            owner.page.locator("tbody tr:nth-child(2):has-text('Beto Cajero')").wait_for(timeout=10_000)
        owner.page.click("text=Cerrar sesión")
        expect(owner.open("/panel/audit") == 401, f"Signing out {kind}")


def keyboard(browser: Browser, installation: Installation):
    """What scripts add: the palette, keys, lists that change in place, dialogs that hand the focus back, toasts."""
    with Visit(browser, installation.host("norte"), viewport={"width": 1280, "height": 900}) as owner:
        page = owner.page
        owner.open(installation.sign_in_link("norte", "olga@example.com"))
        owner.send()
        owner.open("/panel/customers")
        page.evaluate("window.stayed = true")
        page.select_option("[name=state]", "active")
        page.wait_for_url("**/panel/customers?state=active")
        wait_until(page, "!document.querySelector('#list [data-state=in_debt]')")
        page.click("#list a.sort:has-text('Nombre')")
        page.wait_for_url("**/panel/customers?state=active&order=name")
        page.wait_for_selector("th[aria-sort=ascending] a:has-text('Nombre')")
        expect(page.evaluate("document.activeElement.id") == "sort-name", "Sorting takes the focus away")
        page.click("#list a[rel=next]")
        page.wait_for_url("**after=**")
        page.keyboard.press("/")
        page.keyboard.type("zuñiga")
        page.wait_for_url("**q=zu**")
        expect("order=name" in page.url, "A filter forgets how the list is sorted")
        wait_until(page, "[...document.querySelectorAll('td.name')].every(cell => cell.textContent.includes('Zúñiga'))")
        expect(page.evaluate("window.stayed"), "A filter reloads the page")
        page.go_back()
        wait_until(page, "document.readyState === 'complete' && !window.stayed")

        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open] #search-box:focus")
        page.keyboard.type("nusta mam")
        page.wait_for_selector("dialog[open] .results a:has-text('Ñusta Mamani')")
        axe(page, "The palette")
        page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        owner.sees("Ñusta Mamani", "The palette's choice")
        page.keyboard.press("?")
        page.wait_for_selector("dialog[open] dl.keys")
        axe(page, "The list of keys")
        page.keyboard.press("Escape")
        wait_until(page, "!document.querySelector('dialog')")
        page.keyboard.press("g")
        with page.expect_navigation():
            page.keyboard.press("u")
        expect(page.url.endswith("/panel/staff"), f"The keys g u lead to {page.url}")

        page.click("td a")
        page.wait_for_load_state()
        page.focus("a:has-text('Desactivar usuario')")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog[open] button.danger-solid")
        axe(page, "A question")
        expect("Cancelar" in page.evaluate("document.activeElement.textContent"), "A question does not begin with its way out")
        page.keyboard.press("Escape")
        wait_until(page, "!document.querySelector('dialog')")
        expect("Desactivar" in page.evaluate("document.activeElement.textContent"), "A dialog does not hand the focus back")

        owner.open("/panel/keys")
        owner.send("main button[name=keys]")
        page.keyboard.press("?")
        expect(page.query_selector("dialog") is None, "Keys that are off still act")
        owner.send("main button[name=keys]")
        owner.send("button[name=theme][value=dark]")
        expect(page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark", "The theme is not remembered")
        owner.send("button[name=theme][value=system]")
        owner.open("/panel/customers?notice=saved")
        page.wait_for_selector(".toasts .toast:has-text('guardados')")
        axe(page, "A toast")
        expect("notice" not in page.url, "A notice stays in the address")


def axe(page: Page, what: str):
    result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    for violation in result.response["violations"]:
        for node in violation["nodes"][:3]:
            expect(False, f"{what}: {violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}")


def one_time_code(secret: str, later: int = 0) -> str:
    """What an authenticator app shows (RFC 6238), so many half minutes from now."""
    key = base64.b32decode(secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30 + later), "sha1")
    number = struct.unpack(">I", digest[digest[19] & 15:][:4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def two_steps(browser: Browser, installation: Installation, scripts: bool):
    """Tania turns on two-step verification, and comes in with a code, with one from paper, and on a browser she trusts."""
    kind = "with scripts" if scripts else "without scripts"
    mail = "tania@example.com"

    def visit():
        return Visit(browser, installation.host("norte"), scripts, viewport={"width": 1280, "height": 900})

    with visit() as tania, visit() as phone:
        tania.open(installation.sign_in_link("norte", mail))
        tania.send()
        tania.open("/panel/account")
        tania.fill(password=PASSWORD)
        tania.send()
        tania.page.fill("[name=factor-password]", PASSWORD)
        tania.send("button:has-text('Configurar')")
        expect(tania.page.locator("svg.square path").count() == 1, f"The square to scan {kind}")
        secret = tania.page.inner_text("code.secret")
        tania.fill(code="000000")
        tania.send()
        tania.sees("El código no es correcto", f"A wrong first code {kind}")
        tania.fill(code=one_time_code(secret, later=-1))
        tania.send()
        paper = tania.page.locator("ol.codes li").all_inner_texts()
        expect(len(paper) == 10, f"{len(paper)} recovery codes {kind}")
        tania.send("a.primary")
        tania.sees("Está activada", f"The account with two steps {kind}")
        tania.sees("quedan: 10", f"The recovery codes left {kind}")

        phone.sign_in(mail)
        expect(phone.open("/panel/customers") == 401, f"A password alone opens the panel {kind}")
        phone.open("/panel/sign-in/second-step")
        phone.fill(code="123 456")
        phone.send()
        phone.sees("El código no es correcto", f"A wrong code {kind}")
        code = one_time_code(secret)
        phone.fill(code=f"{code[:3]} {code[3:]}")
        phone.send()
        phone.sees("Lista de clientes", f"Signing in with a code {kind}")
        phone.page.click("text=Cerrar sesión")
        phone.sign_in(mail)
        phone.fill(code=paper[3].upper())
        phone.page.check("[name=trust]")
        phone.send()
        phone.sees("Lista de clientes", f"Signing in with a recovery code {kind}")
        phone.page.click("text=Cerrar sesión")
        phone.sign_in(mail)
        phone.sees("Lista de clientes", f"Signing in on a trusted browser {kind}")
        phone.open("/panel/account")
        phone.sees("quedan: 9", f"A recovery code is used up {kind}")
        phone.open("/panel/audit")
        for text in ("Activó su verificación en dos pasos", "Usó un código de recuperación", "Equipo de confianza"):
            phone.sees(text, f"The audit of two steps {kind}")


def with_google(browser: Browser, installation: Installation, provider: Provider, scripts: bool):
    """The owner lets Google in; Gabi links her account, and comes in with it from where she was refused."""
    kind = "with scripts" if scripts else "without scripts"
    mail = provider.person = "gabi@example.com"

    def visit():
        return Visit(browser, installation.host("norte"), scripts, viewport={"width": 1280, "height": 900})

    def agree(who: Visit):
        who.page.click("#yes")
        who.page.wait_for_url(installation.host("norte") + "/**")

    with visit() as owner, visit() as gabi, visit() as elsewhere:
        owner.open(installation.sign_in_link("norte", "olga.google@example.com"))
        owner.send()
        owner.open("/panel/security")
        back = owner.page.input_value("[name=return-address]")
        expect(back == installation.host("norte") + "/panel/sign-in/google/return", f"The return address {kind}: {back}")
        owner.page.check("[name=google]")
        owner.page.fill("[name=client]", provider.client)
        owner.page.fill("[name=client-secret]", provider.secret)
        owner.send("form[action='/panel/security/google'] button")
        owner.open("/panel/security")
        expect(owner.page.is_checked("[name=google]"), f"Google is not let in {kind}")
        expect(provider.secret not in owner.page.content(), f"The client's secret is shown {kind}")

        gabi.open(installation.sign_in_link("norte", mail))
        gabi.send()
        gabi.open("/panel/account")
        gabi.fill(password=PASSWORD)
        gabi.send()
        gabi.page.fill("[name=google-password]", PASSWORD)
        gabi.send("button:has-text('Vincular cuenta de Google')")
        gabi.page.click("a.primary:has-text('Continuar con Google')")
        agree(gabi)
        gabi.sees("Su cuenta de Google quedó vinculada", f"Linking an account {kind}")
        gabi.sees(f"Vinculada con {mail}", f"The linked account {kind}")

        expect(elsewhere.open("/panel/customers?q=ana") == 401, f"Nobody sees customers {kind}")
        elsewhere.page.click("text=Otras formas de iniciar sesión")
        elsewhere.page.click("text=Continuar con Google")
        agree(elsewhere)
        expect(elsewhere.page.url == installation.host("norte") + "/panel/customers?q=ana", f"Google led to {elsewhere.page.url} {kind}")
        elsewhere.open("/panel/audit")
        elsewhere.sees("Vinculó su cuenta de Google", f"The audit of Google {kind}")
        elsewhere.page.click("text=Cerrar sesión")
        provider.person = "nadie@example.com"
        elsewhere.open("/panel/sign-in")
        elsewhere.page.click("text=Continuar con Google")
        agree(elsewhere)
        elsewhere.sees("no está vinculada a ningún usuario", f"A stranger's account {kind}")


def enter_as(browser: Browser, installation: Installation, scripts: bool):
    """Petra of the platform goes into Norte's panel for a reason; Olga is told, and ends it. Brings the pages that are seen only so."""
    kind = "with scripts" if scripts else "without scripts"
    console, norte = installation.host("plataforma"), installation.host("norte")
    shape = {"viewport": {"width": 1280, "height": 900}}
    with Visit(browser, console, scripts, **shape) as petra, Visit(browser, norte, scripts, **shape) as olga:
        expect(petra.open("/platform/health") == 401, f"The console opens to a stranger {kind}")
        petra.open(installation.admin_link("petra@example.com"))
        petra.send()
        petra.sees("Su empresa la exige", f"An admin's second step {kind}")
        petra.fill(code=one_time_code(petra.page.inner_text("code.secret"), later=-1))
        petra.send()
        petra.send("a.primary")
        petra.sees("Norte", f"The console's first page {kind}")
        petra.page.click("td a:has-text('Norte')")
        petra.page.wait_for_load_state()
        petra.fill(reason="Revisar los cortes de ayer")
        petra.send()
        link = petra.page.get_attribute("a.primary", "href")
        petra.open(link)
        petra.sees("Plataforma (Petra)", f"Asking before entering {kind}")
        petra.send()
        petra.sees("Está en el panel de", f"The banner {kind}")
        expect(petra.open(norte + "/panel/staff/new") == 403, f"A visit that reads invites somebody {kind}")
        expect(petra.open(norte + "/panel/account") == 403, f"A visit has an account {kind}")

        olga.open(installation.sign_in_link("norte", "olga@example.com"))
        olga.send()
        olga.sees("La plataforma entró al panel", f"The notice to the owner {kind}")
        olga.page.click("a:has-text('Ver quién y por qué')")
        olga.page.wait_for_load_state()
        olga.sees("Revisar los cortes de ayer", f"The reason {kind}")
        guest = petra.context.storage_state()
        yield from ((norte + path, guest) for path in ("/panel/customers", "/panel/visits", "/panel/staff/new"))
        olga.send("button:has-text('Terminar la visita')")
        expect(petra.open(norte + "/panel/customers") == 401, f"A visit that was ended goes on {kind}")
        olga.send("button:has-text('Enterado')")
        expect("La plataforma entró" not in olga.page.content(), f"The notice stays {kind}")
        olga.open("/panel/audit")
        olga.sees("Plataforma (Petra)", f"The trace {kind}")
        petra.open("/platform/visits")
        petra.sees("La terminó Olga", f"The trace at the platform {kind}")
        petra.open("/platform/audit")
        petra.sees("Pidió entrar al panel como plataforma", f"The platform's record {kind}")
        installation.administer(
            "INSERT INTO dead_jobs (tenant_id, job_id, kind, payload, priority, due_at, attempts, max_attempts, reason,"
            " died_at) SELECT tenant_id, gen_random_uuid(), 'network.cut', '{}', 1, now(), 20, 20,"
            " 'El router no respondió en 30 segundos.', now() FROM tenants WHERE slug = 'norte'", installation.database)
        petra.open("/platform/tenants")
        tenant = petra.page.get_attribute("td a:has-text('Norte')", "href")
        paths = [route["pattern"] for route in installation.routes() if route["shell"] == "platform"
                 and route["method"] == "GET" and ":" not in route["pattern"] and route["pattern"] != "/platform"]
        paths += billed(petra, olga, installation, kind, expect)
        paths += [tenant, f"{tenant}/plan", "/panel/account", "/platform/tenants?q=nadie", "/platform/no-hay"]
        state = petra.context.storage_state()
        yield from ((console + path, state) for path in paths)
        yield norte + "/panel/plan", olga.context.storage_state()
        # Last, since hardly anything can be done while it lasts.
        petra.open(tenant)
        petra.fill(why="Tres facturas sin pagar")
        petra.send("form[action$='/suspend'] button")
        petra.sees("Suspendida", f"A company that was suspended {kind}")
        olga.open("/panel/customers")
        expect(olga.page.locator("a[data-new]").count() == 0, f"A suspended company offers new customers {kind}")
        olga.open("/panel/customers/new")
        olga.sees("Tres facturas sin pagar", f"The reason of a suspension {kind}")
        olga.fill(name="Nadie Nuevo")
        olga.send("button.primary")
        expect("Nadie Nuevo" not in olga.page.locator("h1").inner_text(), f"A suspended company adds customers {kind}")
        yield norte + "/panel/customers", olga.context.storage_state()
        yield console + tenant, petra.context.storage_state()
        petra.fill(why="Pagaron")
        petra.send("form[action$='/resume'] button")
        olga.open("/panel/customers")
        expect("Tres facturas" not in olga.page.content(), f"A company that was resumed {kind}")
        yield from founded_and_closed(browser, petra, installation, scripts, Visit, expect)


def half_signed_in(browser: Browser, installation: Installation):
    """Places that are seen on the way in only: setting up, owing a code, having to set up."""
    with Visit(browser, installation.host("norte")) as tania, Visit(browser, installation.host("norte")) as olga:
        tania.sign_in("tania@example.com")
        yield "/panel/sign-in/second-step", tania.context.storage_state()
        olga.sign_in("olga@example.com")
        olga.open("/panel/account")
        olga.page.fill("[name=factor-password]", PASSWORD)
        olga.send("button:has-text('Configurar')")
        yield "/panel/account/second-factor", olga.context.storage_state()
    with Visit(browser, installation.host("andes")) as rosa:
        rosa.open(installation.sign_in_link("andes", "rosa@example.com"))
        rosa.send()
        rosa.open("/panel/security")
        rosa.page.check("[name=everybody]")
        rosa.send()
        rosa.open(installation.sign_in_link("andes", "rosa@example.com"))
        rosa.send()
        rosa.sees("Su empresa la exige", "Having to set up a second factor")
        yield installation.host("andes") + "/panel/sign-in/second-step", rosa.context.storage_state()


def subscribe(browser: Browser, installation: Installation, scripts: bool):
    """A customer of Norte comes by a link that staff handed over, and again with a code that staff read out."""
    kind = "with scripts" if scripts else "without scripts"
    base = installation.host("norte")
    phone = {"viewport": {"width": 390, "height": 844}}

    with Visit(browser, base, scripts) as owner, Visit(browser, base, scripts, **phone) as customer:
        owner.open(installation.sign_in_link("norte", "olga@example.com"))
        owner.send()
        owner.open("/panel/customers")
        owner.page.click("tbody tr:first-child a")
        owner.page.wait_for_load_state()
        owner.page.click("text=Contacto y portal")
        owner.page.wait_for_load_state()
        page = owner.page.url
        number = f"55{'1' if scripts else '2'}0203040"
        owner.fill(phone=number, email="")
        owner.send("form[action$='/contacts'] button")
        owner.sees("quedaron guardados", f"A customer's telephone {kind}")
        owner.send("form[action$='/portal-link'] button")
        link = owner.page.input_value("[name=link]")

        expect(customer.open("/portal") == 200 and customer.page.url.endswith("/portal/sign-in"), f"The portal's door {kind}")
        customer.open(link)
        customer.send()
        customer.sees("Su servicio", f"The subscriber's first page {kind}")
        expect(customer.open(link) == 410, f"A link is used twice {kind}")
        expect(customer.open("/panel/customers") == 403, f"The subscriber opens the panel {kind}")
        customer.open("/portal/details")
        customer.fill(phone="123")
        customer.send("form[action$='/phone'] button")
        customer.sees("faltan cifras", f"A wrong telephone {kind}")
        customer.open("/portal")
        customer.page.click("text=Mis accesos")
        customer.page.wait_for_load_state()
        customer.sees("Este equipo", f"The subscriber's devices {kind}")
        customer.send("text=Salir")
        expect(customer.open("/portal/details") == 200 and customer.page.url.endswith("/sign-in"), f"Leaving the portal {kind}")

        owner.open(page)
        owner.send("form[action$='/portal-code'] button")
        digits = owner.page.inner_text("#code")
        customer.fill(contact=number)
        customer.send()
        customer.fill(code="000000" if digits != "000000" else "111111")
        customer.send()
        customer.sees("El código no es correcto", f"A wrong code {kind}")
        customer.fill(code=f"{digits[:3]} {digits[3:]}")
        customer.send()
        customer.sees("Su servicio", f"A code read out by staff {kind}")
        expect(owner.open("/portal") == 403, f"Staff opens the portal {kind}")
        owner.open(page)
        owner.send("form[action$='/portal-end'] button")
        expect(customer.open("/portal") == 200 and customer.page.url.endswith("/sign-in"), f"Ended by staff {kind}")
        owner.open("/panel/audit")
        for text in ("Entró al portal", "Creó un enlace del portal", "Creó un código para dictar", "Cerró los accesos"):
            owner.sees(text, f"The audit of the portal {kind}")
        expect("mastil" not in customer.page.content().lower(), f"The portal names the platform {kind}")


def look(browser: Browser, installation: Installation, scheme: str, visits: Iterator[tuple], screenshots: Path | None):
    """Every page at both ends of width: accessible, narrow enough, small enough."""
    with Visit(browser, installation.host("norte")) as owner:
        owner.open(installation.sign_in_link("norte", "olga@example.com"))
        owner.send()
        state = owner.context.storage_state()
        owner.open("/panel/staff")
        member = owner.page.get_attribute("td a", "href")
        owner.open("/panel/roles")
        role = owner.page.get_attribute("th a", "href")
        owner.open("/panel/customers")
        customer = owner.page.get_attribute("td.name a", "href")
        owner.open(f"{customer}/portal")
        owner.send("form[action$='/portal-link'] button")
        with Visit(browser, installation.host("norte")) as subscriber:
            subscriber.open(owner.page.input_value("[name=link]"))
            subscriber.send()
            subscribed = subscriber.context.storage_state()
            contracts = contract_places(owner, customer, subscriber, state, subscribed)
        owner.open(f"{customer}/portal")
        owner.send("form[action$='/portal-link'] button")
        portal_link = owner.page.input_value("[name=link]")
        owner.open("/panel/zones/new")
        owner.fill(name="El Mirador")
        owner.send()
        zone = owner.page.get_attribute("th a", "href")
        owner.open(f"{customer}/edit")
        owner.page.select_option("[name=zone]", label="El Mirador")
        owner.send()
        owner.sees("El Mirador", "A customer's zone")
        owner.open("/panel/domains")
        owner.fill(host="internet.norte.example")
        owner.send("form[action='/panel/domains'] button.primary")
        owner.open("/panel/webhooks/new")
        owner.fill(name="n8n", address="https://10.0.0.1/avisos")
        owner.page.check("label:has-text('Cliente creado') input")
        owner.send()
        owner.sees("Escriba una dirección pública", "An address inside")
        owner.fill(address="https://example.com/avisos")
        owner.send()
        expect(owner.page.input_value("[name=secret]").startswith("whsec_"), "The secret of a webhook is not shown")
        owner.page.click("text=Ver el webhook")
        owner.page.wait_for_load_state()
        webhook = owner.page.url.removeprefix(owner.base)
        owner.send("button:has-text('Enviar una prueba')")
        owner.sees("Se enviará en unos segundos", "Sending a test")
        delivery = owner.page.url.removeprefix(owner.base).split("?")[0]
    link = installation.sign_in_link("norte", "olga@example.com")
    paths = [route["pattern"] for route in installation.routes()
             if route["shell"] == "panel" and route["method"] == "GET" and ":" not in route["pattern"]
             and not route["pattern"].startswith("/assets/") and not route["pattern"].endswith("/live")
             and route["pattern"] != "/panel/sign-in/google"]
    places = [(path, state) for path in paths + [
        member, f"{member}/disable", role, f"{role}/delete", webhook, delivery, customer, f"{customer}/edit",
        f"{customer}/portal", zone, f"{zone}/delete", f"{webhook}/delete", "/panel/customers?after=50", "/panel/customers?state=cancelled", "/panel/search?q=mar",
        "/panel/no-hay"]]
    places += contracts + [("/panel/sign-in", None), ("/panel/customers", None), (link, None)]
    places += half_signed_in(browser, installation)
    places += [(route["pattern"], subscribed) for route in installation.routes()
               if route["shell"] == "portal" and route["permission"] == "portal" and route["method"] == "GET"
               and ":" not in route["pattern"]]
    places += [("/api/v1/docs", None), ("/portal/sign-in", None), ("/portal/code?request=00000000-0000-7000-8000-000000000000", None),
               (portal_link, None), ("/portal/no-hay", None), ("/panel", subscribed), ("/portal", state)]
    for width in (320, 1280):
        look_at(browser, installation, places, scheme, width, screenshots)
    # The visit of the platform goes on while its pages are looked at.
    for number, (path, state) in enumerate(visits):
        for width in (320, 1280):
            look_at(browser, installation, [(path, state)], scheme, width, screenshots, 100 + number)


def look_at(
        browser: Browser, installation: Installation, places: list, scheme: str, width: int, screenshots: Path | None,
        first: int = 0):
    for number, (path, storage) in enumerate(places, first):
        shape = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "storage_state": storage}
        with Visit(browser, installation.host("norte"), **shape) as visit:
            examine(visit, path, f"{path.split('/panel/enter')[0].split('/link/')[0]} {width} {scheme}")
            if screenshots:
                # The narrowest page that must hold is looked at by axe; people look at what a telephone shows.
                if width == 320:
                    visit.page.set_viewport_size({"width": 390, "height": 844})
                name = re.sub(r"^http://[^/]+", "", path).strip("/").replace("/", "-").replace("?", "-")[:40]
                visit.page.screenshot(path=screenshots / f"{number:02}-{name or 'inicio'}-{390 if width == 320 else width}-{scheme}.png", full_page=True)


def examine(visit: Visit, path: str, what: str):
    weight = 0

    def weigh(request):
        nonlocal weight
        sizes = request.sizes()
        weight += sizes["responseBodySize"] + sizes["responseHeadersSize"]

    visit.page.on("requestfinished", weigh)
    visit.open(path)
    visit.page.wait_for_load_state("networkidle")
    expect(weight <= FIRST_VIEW, f"{what}: {weight} bytes for the first view")
    wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    expect(wide <= 0, f"{what}: {wide} px wider than the window")
    axe(visit.page, what)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("half", choices=["light", "dark"], help="by day with scripts, or by night without")
    parser.add_argument("socket")
    parser.add_argument("program")
    parser.add_argument("--screenshots", type=Path)
    settings = parser.parse_args()
    if settings.screenshots:
        settings.screenshots.mkdir(parents=True, exist_ok=True)
    directory = f"browser_{settings.half}"
    with (Provider(ROOT / "var" / directory) as provider,
          Installation(settings.socket, settings.program, directory, MASTIL_GOOGLE_ISSUER=provider.address) as installation,
          sync_playwright() as playwright):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[
            "--no-sandbox", "--host-resolver-rules=MAP *.example 127.0.0.1",
            f"--unsafely-treat-insecure-origin-as-secure={own_domain(installation)}"])
        scripts = settings.half == "light"
        work(browser, installation, scripts)
        two_steps(browser, installation, scripts)
        with_google(browser, installation, provider, scripts)
        subscribe(browser, installation, scripts)
        branded(browser, installation, scripts, Visit, expect)
        contracted(browser, installation, scripts, Visit, expect)
        if scripts:
            keyboard(browser, installation)
        else:
            defaced(browser, installation, Visit, expect)
        look(browser, installation, settings.half, enter_as(browser, installation, scripts), settings.screenshots)
        browser.close()
    for finding in dict.fromkeys(findings):
        print(f"✘ {finding}")
    print(f"{settings.half}: {len(set(findings))} findings")
    sys.exit(1 if findings else 0)


main()
