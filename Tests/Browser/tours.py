"""What people do at Norte and at the platform, with scripts and without."""

import base64
import hmac
import struct
import time
from collections.abc import Iterator

from billing import billed
from companies import founded_and_closed
from installation import Installation
from playwright.sync_api import Browser
from provider import Provider
from visit import PASSWORD, Visit, axe, expect, wait_until


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
        cashier.sees("Cobrar", f"The cashier's first page {kind}")
        expect("/panel/staff" not in cashier.page.content(), f"The cashier is offered the staff {kind}")
        expect(cashier.open("/panel/staff") == 403, f"The cashier opens the staff {kind}")
        elsewhere.sign_in(cashier_mail)
        elsewhere.sees("Cobrar", f"The cashier on a second device {kind}")
        cashier.open("/panel/account")
        cashier.follow("a:has-text('Cerrar todas las demás')", opens_dialog=scripts)
        cashier.send("button.danger-solid")
        expect(elsewhere.open("/panel/customers") == 401, f"A session ended elsewhere goes on {kind}")

        owner.open("/panel/roles/new")
        owner.fill(name="Sin clientes")
        owner.page.click("details:has(fieldset:has-text('Ver clientes')) > summary")
        owner.page.check("fieldset:has-text('Ver clientes') label:has-text('Negar') input")
        owner.send()
        owner.open("/panel/staff")
        owner.page.click(f"tr:has-text('{cashier_mail}') a")
        owner.page.wait_for_load_state()
        owner.page.check("label:has-text('Sin clientes') input")
        owner.send("form[action$='/roles'] button.primary")
        owner.sees("Lo niega Sin clientes", f"The reason for a denial {kind}")
        expect(cashier.open("/panel/customers") == 403, f"A denial holds on the next request {kind}")

        owner.open("/panel/customers")
        owner.page.click("main a.primary")
        owner.page.wait_for_load_state()
        owner.fill(name="Ñusta Quispe", phone="55 0000 4321", since="2026-01-15")
        owner.send("main button.primary")
        owner.sees("Cliente creado.", f"Making a customer {kind}")
        owner.page.click("main a:has-text('Editar')")
        owner.page.wait_for_load_state()
        owner.fill(name="")
        if scripts:
            owner.page.eval_on_selector("form.card", "form => form.noValidate = true")
            owner.send("main button.primary")
            owner.sees("Falta este campo.", f"A customer without a name {kind}")
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
        owner.page.click("button.me")
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
        wait_until(page, "!document.querySelector('#list [data-tone=warning]')")
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
        expect(page.url.endswith("/panel/settings"), f"The keys g u lead to {page.url}")

        owner.open("/panel/staff")
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
        page.click("button.me")
        owner.send("button[name=theme][value=dark]")
        expect(page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark", "The theme is not remembered")
        page.click("button.me")
        owner.send("button[name=theme][value=system]")
        owner.open("/panel/customers?notice=saved")
        page.wait_for_selector(".toasts .toast:has-text('guardados')")
        axe(page, "A toast")
        expect("notice" not in page.url, "A notice stays in the address")


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
        phone.page.click("button.me")
        phone.page.click("text=Cerrar sesión")
        phone.sign_in(mail)
        phone.fill(code=paper[3].upper())
        phone.page.check("[name=trust]")
        phone.send()
        phone.sees("Lista de clientes", f"Signing in with a recovery code {kind}")
        phone.page.click("button.me")
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
        owner.send("form[action='/panel/security/google'] button[type=submit]")
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
        elsewhere.page.click("button.me")
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

        expect(customer.open("/portal") == 200 and customer.page.url.endswith("/portal/sign-in"), f"The portal's sign-in {kind}")
        customer.open(link)
        customer.send()
        customer.sees("Su servicio", f"The subscriber's first page {kind}")
        expect(customer.page.query_selector("a[href='/portal/tickets']"), f"Where a subscriber reports a fault {kind}")
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
