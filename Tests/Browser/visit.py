"""A browser with a memory of its own that looks at every page it is shown."""

import time

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Error, Page

PASSWORD = "tres gatos negros"
FIRST_VIEW = 100_000
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

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
        # Without a screen Chromium crashes where it should print a PDF; tickets then open by their links.
        self.context.add_init_script("Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false })")
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


def axe(page: Page, what: str, only: str | None = None):
    """Every rule of the standards, or one."""
    if not page.evaluate("!!window.axe"):
        page.evaluate(AXE_SCRIPT)
    rules = {"type": "rule", "values": [only]} if only else {"type": "tag", "values": STANDARDS}
    result = page.evaluate("options => axe.run(options)", {"runOnly": rules, "resultTypes": ["violations"]})
    for violation in result["violations"]:
        for node in violation["nodes"][:3]:
            expect(False, f"{what}: {violation['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:200]}")


def examine(visit: Visit, path: str, what: str, take_picture=lambda width, scheme: None):
    """One page, loaded once and seen in every shape: small enough, narrow enough, accessible, readable in the dark."""
    page = visit.page
    visit.open(path)
    weight = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".reduce((sum, entry) => sum + entry.transferSize, 0)")
    expect(weight <= FIRST_VIEW, f"{what}: {weight} bytes for the first view")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        expect(wide <= 0, f"{what} {width}: {wide} px wider than the window")
        axe(page, f"{what} {width} light")
        take_picture(width, "light")
        page.emulate_media(color_scheme="dark")
        # The colours are the same at every width.
        if width == 1280:
            axe(page, f"{what} {width} dark", only="color-contrast")
        take_picture(width, "dark")
        page.emulate_media(color_scheme="light")
