"""Uses the panel with Chromium as its people do, and looks at every page."""

import argparse
import sys
from pathlib import Path

from branding import branded, defaced, own_domain
from contracts import contracted
from installation import ROOT, Installation
from money import collected
from pages import look
from playwright.sync_api import Browser, sync_playwright
from provider import Provider
from services import served
from tours import enter_as, keyboard, subscribe, two_steps, with_google, work
from visit import Visit, expect, findings

CHROMIUM = "/usr/bin/chromium"


def tour(browser: Browser, installation: Installation, provider: Provider, scripts: bool):
    work(browser, installation, scripts)
    two_steps(browser, installation, scripts)
    with_google(browser, installation, provider, scripts)
    subscribe(browser, installation, scripts)
    branded(browser, installation, scripts, Visit, expect)
    contracted(browser, installation, scripts, Visit, expect)
    served(browser, installation, scripts, Visit, expect)
    # Before everybody is charged and shows as in debt.
    if scripts:
        keyboard(browser, installation)
    collected(browser, installation, scripts, Visit, expect)
    if not scripts:
        defaced(browser, installation, Visit, expect)
        # Its pages are looked at by the part that looks.
        for _ in enter_as(browser, installation, scripts):
            pass


def look_around(browser: Browser, installation: Installation, screenshots: Path | None):
    # Some pages exist only after these.
    two_steps(browser, installation, True)
    contracted(browser, installation, True, Visit, expect)
    collected(browser, installation, True, Visit, expect)
    look(browser, installation, enter_as(browser, installation, True), screenshots)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=["scripts", "plain", "pages"], help="use it with scripts, without, or look at every page")
    parser.add_argument("socket")
    parser.add_argument("program")
    parser.add_argument("--screenshots", type=Path)
    settings = parser.parse_args()
    if settings.screenshots:
        settings.screenshots.mkdir(parents=True, exist_ok=True)
    directory = f"browser_{settings.part}"
    with (Provider(ROOT / "var" / directory) as provider,
          Installation(settings.socket, settings.program, directory, MASTIL_GOOGLE_ISSUER=provider.address) as installation,
          sync_playwright() as playwright):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[
            "--no-sandbox", "--host-resolver-rules=MAP *.example 127.0.0.1",
            f"--unsafely-treat-insecure-origin-as-secure={own_domain(installation)}"])
        if settings.part == "pages":
            look_around(browser, installation, settings.screenshots)
        else:
            tour(browser, installation, provider, settings.part == "scripts")
        browser.close()
    for finding in dict.fromkeys(findings):
        print(f"✘ {finding}")
    print(f"{settings.part}: {len(set(findings))} findings")
    sys.exit(1 if findings else 0)


main()
