"""A contract from its template to its signature, and the pages of it to be looked at."""

TEXT = "[name=text]"


def make_contract(owner, customer: str) -> str:
    """A contract with a customer, by the form; where it is."""
    owner.open(f"{customer}/contracts/new")
    owner.fill(identification="INE 0000 0000", conditions="Plan: Hogar 100\nPrecio: 399.00 al mes\nPlazo: 12 meses")
    owner.send("main button.primary")
    return owner.page.url.removeprefix(owner.base).split("?")[0]


def draw(page):
    """Two strokes, of which the second is taken back."""
    page.evaluate("document.querySelector('.pad canvas').scrollIntoView({block: 'center'})")
    box = page.locator(".pad canvas").bounding_box()

    def stroke(*places: tuple[float, float]):
        for number, (x, y) in enumerate(places):
            page.mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"], steps=8)
            if number == 0:
                page.mouse.down()
        page.mouse.up()

    stroke((0.15, 0.7), (0.3, 0.2), (0.4, 0.8), (0.55, 0.3), (0.7, 0.75), (0.85, 0.4))
    stroke((0.1, 0.9), (0.9, 0.9))
    page.click("[data-undo]")


def download(visit, link: str) -> bytes:
    with visit.page.expect_download() as found:
        visit.page.click(link)
    return found.value.path().read_bytes()


def contracted(browser, installation, scripts: bool, Visit, expect):
    """The owner publishes the template and makes a contract; the customer signs it: drawn by day, typed by night."""
    kind = "with scripts" if scripts else "without scripts"
    base = installation.host("norte")
    phone = {"viewport": {"width": 390, "height": 844}}
    with Visit(browser, base, scripts) as owner, Visit(browser, base, scripts, **phone) as customer:
        owner.open(installation.sign_in_link("norte", "olga@example.com"))
        owner.send()
        owner.open("/panel/contract-template")
        owner.sees("lo revise un abogado", f"The template to begin with {kind}")
        text = owner.page.input_value(TEXT)
        owner.page.fill(TEXT, text + "\n\n{nombre}")
        owner.send("main button.primary")
        owner.sees("{nombre} no es un dato", f"An unknown placeholder {kind}")
        owner.page.fill(TEXT, text)
        expect(download(owner, "button:has-text('Ver en PDF')").startswith(b"%PDF"), f"The preview is no PDF {kind}")
        # The press that brought a file is over after a second.
        owner.page.wait_for_selector("form.template:not([data-sent])")
        owner.send("main button.primary")
        owner.sees("La versión quedó publicada", f"Publishing a template {kind}")

        owner.open("/panel/customers")
        owner.page.click("td.name a")
        owner.page.wait_for_load_state()
        page = owner.page.url.removeprefix(base).split("?")[0]
        owner.page.click(".page-tabs a:has-text('Contratos')")
        owner.page.wait_for_load_state()
        owner.sees("Este cliente no tiene contratos", f"A customer without contracts {kind}")
        contract = make_contract(owner, page)
        owner.sees("Por firmar", f"A new contract {kind}")
        owner.sees("Precio: 399.00 al mes", f"The conditions of a contract {kind}")

        owner.open(f"{page}/portal")
        owner.send("form[action$='/portal-link'] button")
        customer.open(owner.page.input_value("[name=link]"))
        customer.send()
        customer.open("/portal/details")
        customer.follow("a:has-text('Ver mis contratos')")
        customer.follow("a:has-text('Leer y firmar')")
        expect(customer.page.is_visible(".pad") == scripts, f"The field to draw in {kind}")
        customer.fill(name="Ana Firmante Prueba")
        if scripts:
            draw(customer.page)
            drawn = customer.page.input_value("[name=drawing]")
            expect("_" not in drawn and drawn.count("-") > 10, f"The drawing is {drawn[:80]}")
        customer.page.check("[name=accept]")
        customer.send("main button.primary")
        customer.sees("Su contrato quedó firmado", f"Signing {kind}")
        expect(customer.page.locator("svg.signature polyline").count() == (1 if scripts else 0), f"A drawn signature {kind}")
        expect(customer.page.locator("p.signature em").count() == (0 if scripts else 1), f"A typed signature {kind}")
        paper = download(customer, "a:has-text('Descargar PDF')")
        owner.open(contract)
        owner.sees("Firma dibujada" if scripts else "Nombre escrito como firma", f"The evidence {kind}")
        expect(paper.startswith(b"%PDF") and paper == download(owner, "a:has-text('Descargar PDF')"), f"The papers differ {kind}")
        expect("mastil" not in customer.page.content().lower(), f"The portal names the platform {kind}")

        second = make_contract(owner, page)
        owner.follow("a:has-text('Anular contrato')", opens_dialog=scripts)
        owner.fill(reason="El cliente se mudó")
        owner.send("button.danger-solid")
        owner.sees("El cliente se mudó", f"Annulling {kind}")
        expect(customer.open(f"/portal/contracts/{second.split('/')[-1]}") == 200, f"An annulled contract {kind}")
        customer.sees("Anulado", f"An annulled contract in the portal {kind}")
        owner.open("/panel/audit")
        for text in ("Publicó una versión del modelo", "Creó un contrato", "Firmó un contrato", "Anuló un contrato"):
            owner.sees(text, f"The audit of contracts {kind}")


def contract_places(owner, customer: str, subscriber, state, subscribed) -> list:
    """One signed by its customer and one to sign, as staff and subscriber see them."""
    signed, pending = make_contract(owner, customer), make_contract(owner, customer)
    subscriber.open(f"/portal/contracts/{signed.split('/')[-1]}")
    subscriber.fill(name="Ana Firmante Prueba")
    draw(subscriber.page)
    subscriber.page.check("[name=accept]")
    subscriber.send("main button.primary")
    panel = [signed, pending, f"{pending}/sign", f"{pending}/annul", f"{customer}/contracts", f"{customer}/contracts/new",
             "/panel/contract-template/versions/1", "/panel/contracts?q=nadie"]
    own = [f"/portal/contracts/{contract.split('/')[-1]}" for contract in (signed, pending)]
    return [(path, state) for path in panel] + [(path, subscribed) for path in own]
