"""The month of an ISP: its policy, its invoices, a payment that the cashier takes with the keyboard alone and prints, a
promise, and what collection would do."""

import urllib.request


def collected(browser, installation, scripts, Visit, expect):
    kind = "with scripts" if scripts else "without scripts"
    with Visit(browser, installation.host("norte"), scripts, viewport={"width": 1280, "height": 900}) as owner:
        page = owner.page
        owner.open(installation.sign_in_link("norte", "olga@example.com"))
        owner.send()
        owner.open("/panel/billing")
        if "Todavía no se factura" in page.content():
            owner.send("main a.primary")
            owner.send("main button.primary")
            owner.open("/panel/billing")
        if page.locator("a:has-text('Emitir todas')").count():
            owner.sees("facturas", f"The preview of invoices {kind}")
            owner.open("/panel/billing/new")
            owner.send("button:has-text('Emitir todas')")
            # The run goes on in the background.
            for _ in range(60):
                if "Emitida" in page.inner_text("main"):
                    break
                page.wait_for_timeout(500)
                page.reload()
            owner.sees("Emitida", f"The run of invoices {kind}")
        owner.open("/panel/invoices?state=pending")
        expect(page.locator("tbody tr").count() > 1, f"No invoice was issued {kind}")
        owner.follow("tbody tr:nth-child(1) td.name a")
        folio = page.inner_text("h1").split()[-1]
        paper = read(owner, installation, page.get_attribute("a:has-text('PDF')", "href"))
        expect(paper.startswith(b"%PDF-"), f"The invoice's PDF {kind}")
        customer = page.get_attribute("main a[href^='/panel/customers/']", "href")
        shift(owner, expect, kind)
        paid = take(owner, customer, installation, scripts, expect, kind)
        counted(owner, paid, expect, kind)
        owner.open("/panel/payments")
        owner.sees(paid, f"The payment in the list {kind}")
        owner.open(f"/panel/invoices?q={folio}")
        owner.sees("Pagada", f"The invoice that was paid {kind}")

        owner.open("/panel/invoices?state=pending")
        owner.follow("tbody tr:nth-child(2) td.name a")
        other = page.get_attribute("main a[href^='/panel/customers/']", "href").split("?")[0].removesuffix("/invoices")
        owner.open(f"{other}/promises/new")
        page.keyboard.press("Tab")
        owner.send("main button.primary")
        owner.open("/panel/promises")
        owner.sees("Vigente", f"A promise {kind}")
        owner.open("/panel/collection/simulator")
        expect(page.locator("h1").inner_text() == "Simulador", f"The simulator {kind}")
        owner.open("/panel/collection/runs")
        expect(owner.open("/panel/collection/policy") == 200, f"The policy of collection {kind}")


def shift(owner, expect, kind: str):
    """Opened at the second till, with change in it."""
    page = owner.page
    owner.open("/panel/cash")
    expect(page.url.endswith("/panel/shifts/new"), f"No shift is offered {kind}: {page.url}")
    page.select_option("select[name=till]", index=1)
    page.fill("input[name=float]", "500")
    owner.send("main button.primary")
    owner.sees("Fondo inicial", f"The open shift {kind}")


def counted(owner, paid: str, expect, kind: str):
    """The close is counted blind: what should be there is told once a reason stands beside the difference."""
    page = owner.page
    owner.open("/panel/cash")
    owner.sees(paid, f"The cash taken stands in the shift {kind}")
    owner.follow("main a[href$='/close']")
    page.fill("input[name=counted]", "1")
    owner.send("main button.primary")
    owner.sees("Cuente otra vez", f"A wrong count is taken {kind}")
    expect("Debía haber" not in page.content(), f"A wrong count is told the right one {kind}")
    page.fill("input[name=reason]", "Prueba")
    owner.send("main button.primary")
    owner.sees("Faltante", f"The close {kind}")
    owner.open("/panel/shifts")
    owner.sees("Cerrado", f"The list of closes {kind}")
    owner.open("/panel/cash/day")
    owner.sees("Efectivo", f"The day's takings {kind}")


def read(owner, installation, path: str) -> bytes:
    """As the browser's own person; Python does not find *.localhost."""
    cookies = owner.page.context.cookies(installation.host("norte"))
    headers = {
        "Host": f"norte.localhost:{installation.port}", "Cookie": "; ".join(f"{one['name']}={one['value']}" for one in cookies)}
    return urllib.request.urlopen(
        urllib.request.Request(f"http://127.0.0.1:{installation.port}{path}", headers=headers), timeout=10).read()


def take(owner, customer: str, installation, scripts: bool, expect, kind: str) -> str:
    """From any page to the printed ticket. Returns who paid."""
    page = owner.page
    owner.open(customer)
    name = page.inner_text("h1")
    owner.open("/panel")
    if scripts:
        page.keyboard.press("Control+k")
        page.wait_for_selector("dialog[open] #search-box:focus")
        page.keyboard.type(name)
        page.wait_for_selector(f".results a[href*='{customer.split('/')[3]}']")
        # Others may have the name, and their papers.
        for _ in range(10):
            page.keyboard.press("ArrowDown")
            if customer.split("/")[3] in page.evaluate("document.activeElement.href ?? ''"):
                break
        with page.expect_navigation():
            page.keyboard.press("Enter")
        with page.expect_navigation():
            page.keyboard.press("p")
        expect(page.evaluate("document.activeElement.name") == "amount", f"The amount has no focus {kind}")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        owner.open(f"{customer.split('?')[0].removesuffix('/invoices')}/payments/new")
        owner.send("button:has-text('Cobrar e imprimir')")
    # The ticket lies beside the page, which leads on to the next customer.
    ticket = read(owner, installation, page.get_attribute("a:has-text('Ticket 80 mm')", "href"))
    expect(ticket.startswith(b"%PDF-"), f"The ticket {kind}")
    expect(page.locator("a[href='/panel/payments/new']").first.is_visible(), f"The way to the next customer {kind}")
    return name
