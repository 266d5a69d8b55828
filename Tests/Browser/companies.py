"""A company from its first day to its last, in the console."""

import io
import json
import tarfile
from pathlib import Path


def founded_and_closed(browser, petra, installation, scripts: bool, Visit, expect):
    """Petra makes a company, whose first administrator comes in; then its rows are taken out and it is closed."""
    kind = "with scripts" if scripts else "without scripts"
    console, host = installation.host("plataforma"), installation.host("fibra-nandu")

    def seen(path: str):
        return console + path, petra.context.storage_state()

    petra.open("/platform/tenants")
    petra.page.click("a:has-text('Nueva empresa')")
    petra.page.wait_for_load_state()
    petra.fill(name="Fibra Ñandú")
    petra.page.select_option("[name=country]", "AR")
    petra.send()
    proposed = {name: petra.page.input_value(f"[name={name}]") for name in ("slug", "currency", "courtesy", "zone")}
    expect(proposed == {"slug": "fibra-nandu", "currency": "ARS", "courtesy": "vos",
                        "zone": "America/Argentina/Buenos_Aires"}, f"What a new company is proposed {kind}: {proposed}")
    yield seen("/platform/tenants/new?name=Fibra+%C3%91and%C3%BA&country=AR")
    petra.fill(slug="norte", plan="Inicial", customers="500", staff="3", price="49", admin_name="Rita",
               admin_email="rita@example.com")
    petra.send()
    petra.sees("Otra empresa ya tiene ese identificador.", f"A slug that is taken {kind}")
    petra.fill(slug="fibra-nandu")
    petra.send()
    petra.sees("El enlace de Rita está listo", f"A company that was made {kind}")
    link = petra.page.input_value("[name=link]")
    expect(link.startswith(host), f"The invitation leads to {link} {kind}")

    with Visit(browser, host, scripts, viewport={"width": 1280, "height": 900}) as rita:
        rita.open(link)
        rita.fill(password="tres gatos negros")
        rita.send()
        rita.open("/panel/company")
        rita.sees("al mes", f"The price of the plan at its owner's {kind}")
        rita.sees("1 de 3", f"The use of the plan at its owner's {kind}")
        yield host + "/panel/company", rita.context.storage_state()

        petra.open("/platform/tenants?q=nandu")
        petra.page.click("td a:has-text('Fibra Ñandú')")
        petra.page.wait_for_load_state()
        company = petra.page.url.removeprefix(console)
        yield seen(company)
        yield seen(f"{company}/admins/new")
        petra.page.click("a:has-text('Cerrar la empresa')")
        petra.page.wait_for_load_state()
        petra.fill(why="Cambiaron de sistema", slug="fibra-nandu")
        petra.send("button.danger")
        petra.sees("Exporte todo primero", f"Closing without an export {kind}")
        with petra.page.expect_download() as download:
            petra.page.click("#field-export")
        archive = Path(download.value.path()).read_bytes()
        expect(download.value.suggested_filename.startswith("fibra-nandu-"), f"The name of an export {kind}")
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            manifest = json.load(files.extractfile("fibra-nandu/manifest.json"))
            counted = {table["name"]: files.extractfile(f"fibra-nandu/{table['file']}").read().count(b"\n")
                       for table in manifest["tables"]}
        expect(counted == {table["name"]: table["rows"] for table in manifest["tables"]}, f"The rows of an export {kind}")
        expect(counted["staff"] == 1 and counted["events"] > 2, f"What an export holds {kind}: {counted}")
        yield seen(f"{company}/close")
        petra.open(f"{company}/close")
        petra.fill(why="Cambiaron de sistema", slug="fibra-nandu")
        petra.send("button.danger")
        petra.sees("Cambiaron de sistema", f"A company that was closed {kind}")
        expect(rita.open("/panel/company") == 421, f"A closed company answers {kind}")
        yield seen(company)
