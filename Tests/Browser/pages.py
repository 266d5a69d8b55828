"""Every page there is, also those that are seen only on the way in or while the platform visits a company."""

import re
from collections.abc import Iterator
from pathlib import Path

from contracts import contract_places
from installation import Installation
from playwright.sync_api import Browser
from visit import PASSWORD, Visit, examine, expect


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


def look(browser: Browser, installation: Installation, visits: Iterator[tuple], screenshots: Path | None):
    """Brings about what pages show, and looks at each of them."""
    with Visit(browser, installation.host("norte")) as owner:
        owner.open(installation.sign_in_link("norte", "olga@example.com"))
        owner.send()
        owner.open("/panel/account")
        owner.fill(password=PASSWORD)
        owner.send()
        state = owner.context.storage_state()
        owner.open("/panel/staff")
        member = owner.page.get_attribute("td a", "href")
        owner.open("/panel/roles")
        role = owner.page.get_attribute("th a", "href")
        owner.open("/panel/customers")
        customer = owner.page.get_attribute("td.name a", "href")
        owner.open("/panel/services?state=active")
        service = owner.page.get_attribute("td.name a", "href")
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
        zone = owner.page.get_attribute("td.name a", "href")
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
             and not route["pattern"].startswith("/assets/") and not route["pattern"].endswith(("/live", "/export", ".csv", ".xlsx"))
             and route["pattern"] != "/panel/sign-in/google"]
    places = [(path, state) for path in paths + [
        member, f"{member}/disable", role, f"{role}/delete", webhook, delivery, customer, f"{customer}/edit",
        f"{customer}/portal", f"{customer}/payments/new", f"{customer}/account", f"{customer}/services",
        f"{customer}/services/new", f"{customer}/fiscal/new", service, f"{service}/edit", f"{service}/cuts/new",
        f"{service}/plan-changes/new", f"{service}/charges/new", zone, f"{zone}/delete", f"{webhook}/delete", "/panel/customers?after=50", "/panel/customers?state=cancelled", "/panel/search?q=mar",
        "/panel/no-hay"]]
    places += contracts + [("/panel/sign-in", None), ("/panel/customers", None), (link, None)]
    places += half_signed_in(browser, installation)
    places += [(route["pattern"], subscribed) for route in installation.routes()
               if route["shell"] == "portal" and route["permission"] == "portal" and route["method"] == "GET"
               and ":" not in route["pattern"]]
    places += [("/api/v1/docs", None), ("/portal/sign-in", None), ("/portal/code?request=00000000-0000-7000-8000-000000000000", None),
               (portal_link, None), ("/portal/no-hay", None), ("/panel", subscribed), ("/portal", state)]
    for number, place in enumerate(places):
        look_at(browser, installation, number, place, screenshots)
    # The visit of the platform goes on while its pages are looked at.
    for number, place in enumerate(visits, 100):
        look_at(browser, installation, number, place, screenshots)


def look_at(browser: Browser, installation: Installation, number: int, place: tuple, screenshots: Path | None):
    path, storage = place
    name = re.sub(r"^http://[^/]+", "", path).strip("/").replace("/", "-").replace("?", "-")[:40] or "inicio"

    def take_picture(width: int, scheme: str):
        if not screenshots:
            return
        # The narrowest page that must hold is looked at by axe; people look at what a telephone shows.
        shown = 390 if width == 320 else width
        visit.page.set_viewport_size({"width": shown, "height": 844 if shown == 390 else 900})
        visit.page.screenshot(path=screenshots / f"{number:03}-{name}-{shown}-{scheme}.png", full_page=True)

    with Visit(browser, installation.host("norte"), storage_state=storage, color_scheme="light") as visit:
        examine(visit, path, path.split("/panel/enter")[0].split("/link/")[0], take_picture)
