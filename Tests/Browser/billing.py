"""What a company pays for its plan: the platform bills it and writes down a payment, and its owner reads the same."""

import subprocess
import time


def billed(petra, olga, installation, kind: str, expect) -> list[str]:
    """Petra at the console, Olga in Norte's panel. Brings the console's pages that are there only so."""
    # As if Norte's price had been agreed forty days ago, and nobody had worked since.
    installation.administer(
        "UPDATE tenants SET billed_from = billed_from - 40 WHERE slug = 'norte';"
        " UPDATE job_schedules SET next_at = now() WHERE name = 'platform.raise-bills'", installation.database)
    petra.open("/platform/tenants")
    statement = petra.page.get_attribute("td a:has-text('Norte')", "href").replace("/tenants/", "/billing/")
    worker = subprocess.Popen([installation.program, "work"], env=installation.environment, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while petra.open(statement) == 200 and "298.00 pendiente" not in petra.page.content().replace("\xa0", " "):
        if time.monotonic() > deadline:
            expect(False, f"Nobody was billed {kind}")
            break
        time.sleep(0.5)
    worker.terminate()
    worker.wait(30)
    # The first is late by now; what is in the books is changed by no program, so the tour does it as the superuser.
    installation.administer(
        "UPDATE platform_bills SET due_on = CURRENT_DATE - 5 WHERE period_to < CURRENT_DATE;"
        " UPDATE ledger_charges SET due_on = CURRENT_DATE - 5 WHERE charge_id IN ("
        "SELECT bill_id FROM platform_bills WHERE period_to < CURRENT_DATE)", installation.database)
    petra.open(statement)
    petra.sees("Vencida", f"A bill that is late {kind}")
    olga.open("/panel")
    olga.sees("Hay una factura vencida", f"The owner is told {kind}")
    olga.open("/panel/plan")
    olga.sees("298.00 pendiente", f"What the owner reads {kind}")
    with olga.page.expect_download() as download:
        olga.page.click("tr:has-text('Vencida') a")
    with open(download.value.path(), "rb") as paper:
        expect(paper.read(4) == b"%PDF", f"A bill on paper {kind}")

    petra.send("a.primary")
    petra.fill(amount="cincuenta")
    petra.send()
    petra.sees("Eso no es un importe", f"A payment that is none {kind}")
    petra.fill(amount="149.00", reference="SPEI 7741")
    petra.send()
    petra.sees("Pago registrado.", f"A payment {kind}")
    petra.sees("Pagada", f"A bill that was paid {kind}")
    olga.open("/panel/plan")
    olga.sees("SPEI 7741", f"The owner reads the payment {kind}")
    olga.sees("Pagada", f"The owner reads that it is paid {kind}")
    olga.open("/panel")
    expect("Hay una factura vencida" not in olga.page.content(), f"The notice goes with the debt {kind}")
    olga.open("/panel/audit")
    olga.sees("Registró un pago a la plataforma", f"The company's record of a payment {kind}")
    petra.open("/platform/billing")
    petra.sees("Cobrado este mes", f"What the platform has to come {kind}")
    petra.open(statement)
    undo = petra.page.get_attribute("a:has-text('Anular factura')", "href")
    return [statement, f"{statement}/payments/new", undo, "/platform/billing?state=overdue"]
