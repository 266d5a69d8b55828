"""A company's brand: that it is everywhere its people look, and that whatever it says stays text in its place."""

import getpass
import socket
import subprocess
import time
from contextlib import contextmanager

from playwright.sync_api import Browser

# Each is tried in every field a company has. In all of them __canary would be set by a script that runs.
_SCRIPTS = [
    "<script>__canary=1</script>", "<ScRiPt>__canary=1</sCrIpT>", "<img src=x onerror=__canary=1>", "<svg onload=__canary=1>",
    "</title><script>__canary=1</script>", "</style><script>__canary=1</script>", "</textarea><script>__canary=1</script>",
    "\"><script>__canary=1</script>", "'><script>__canary=1</script>", "\" autofocus onfocus=__canary=1 x=\"",
    "' onmouseover='__canary=1", "` onclick=__canary=1 `", "javascript:__canary=1", "JaVaScRiPt:__canary=1", "java\tscript:__canary=1",
    "data:text/html,<script>__canary=1</script>", "vbscript:msgbox(1)", "<iframe srcdoc='<script>parent.__canary=1</script>'>",
    "<object data=javascript:__canary=1>", "<embed src=javascript:__canary=1>", "<base href=//OUT/>", "<link rel=stylesheet href=//OUT/x>",
    "<meta http-equiv=refresh content='0;url=//OUT/'>", "<form action=//OUT/><button autofocus>", "<math><mi xlink:href=javascript:__canary=1>",
    "<details open ontoggle=__canary=1>", "<video><source onerror=__canary=1>", "<body onload=__canary=1>", "<marquee onstart=__canary=1>",
    "<input onfocus=__canary=1 autofocus>", "<template><script>__canary=1</script></template>", "<noscript><p title='</noscript><script>__canary=1</script>'>",
    "<!--><script>__canary=1</script>-->", "<![CDATA[<script>__canary=1</script>]]>", "<?xml version='1.0'?><script>__canary=1</script>",
    "&lt;script&gt;__canary=1&lt;/script&gt;", "&#60;script&#62;__canary=1&#60;/script&#62;", "%3Cscript%3E__canary=1%3C/script%3E",
    "\\u003cscript\\u003e__canary=1\\u003c/script\\u003e", "\\x3cscript\\x3e__canary=1\\x3c/script\\x3e", "+ADw-script+AD4-__canary=1+ADw-/script+AD4-",
]
_STYLES = [
    "url(//OUT/x)", "red;background:url(//OUT/x)", "#fff}body{background:url(//OUT/x)}", "}</style><img src=//OUT/x>", "@import '//OUT/x';",
    "@import url(//OUT/x)", "expression(__canary=1)", "-moz-binding:url(//OUT/x)", "behavior:url(//OUT/x)", "image-set('//OUT/x' 1x)",
    "var(--x,url(//OUT/x))", "\\75 rl(//OUT/x)", "/**/url(/**///OUT/x)", "position:fixed;inset:0", "@font-face{src:url(//OUT/x)}",
]
_TEXTS = [
    "\u202eabc", "\u2066abc\u2069", "\u200babc", "abc\u0000def", "\u061cabc", "Z\u0351\u034a\u0302a\u0351lgo" * 4, "\ufffe", "\u2028x\u2029",
    "{{7*7}}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "{name}", "{count}", "%s%n%x", "{% debug %}", "[[7*7]]", "{{constructor.constructor('__canary=1')()}}",
    "a@b.example\r\nBcc: x@OUT", "Nombre\r\nSet-Cookie: a=b", "'; DROP TABLE tenants; --", "\\", "\"", "'", "<", ">", "&", "A" * 100,
]
_SHAPES = ["{}", " {}", "Norte {} S.A.", "{}\"", "'{}"]
PAYLOADS = [shape.replace("{}", text) for text in _SCRIPTS + _STYLES + _TEXTS for shape in _SHAPES]

FIELDS = {"company": ["name", "legal_name", "tax_name", "tax_id_label", "tax_id"],
          "brand": ["sender_name", "invoice_footer", "receipt_footer", "mail_footer"]}

SVGS = [
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' onload='__canary=1'><script>__canary=1</script><path d='M0 0h9v9z'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><style>@import '//OUT/x';path{fill:url(//OUT/y)}</style><path d='M0 0h9v9z'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><foreignObject><iframe src='//OUT/x'/></foreignObject><path d='M0 0h9v9z'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink' viewBox='0 0 9 9'><image x:href='//OUT/x'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><a href='javascript:__canary=1'><path d='M0 0h9v9z'/></a></svg>",
]


# As wide as the drawing is, at the height of a page's logo.
_WIDTH = 383
_LOGO = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 20'><rect width='60' height='20' rx='4' fill='#7c2d92'/></svg>"


def own_domain(installation) -> str:
    """Where `branded` goes. It is served without TLS here, which browsers trust on this machine's own names only."""
    return f"http://portal.andes.example:{installation.port}"


@contextmanager
def name_server(port: int, *records: str):
    """A DNS that knows these TXT records, each `name,text`."""
    server = subprocess.Popen(
        ["/usr/sbin/dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--pid-file=",
         "--local=/#/", "--listen-address=127.0.0.1", "--bind-interfaces", f"--port={port}", f"--user={getpass.getuser()}",
         *(f"--txt-record={record}" for record in records)],
        stderr=subprocess.DEVNULL)
    try:
        while server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.02)
        yield
    finally:
        server.terminate()
        server.wait(10)


def _shown(page) -> bool:
    """Whether the logo arrives: a page is there before its pictures are."""
    for _ in range(50):
        if page.evaluate("document.querySelector('.side .brand-logo')?.naturalWidth") == _WIDTH:
            return True
        page.wait_for_timeout(100)
    return False


def branded(browser: Browser, installation, scripts: bool, visit_of, expect):
    """The owner of Andes chooses colours and a logo, proves a domain, and its people see nothing else there."""
    kind = "with scripts" if scripts else "without scripts"
    colour = "#7c2d92" if scripts else "#9a3412"
    base, own = installation.host("andes"), own_domain(installation)
    host = own.removeprefix("http://").split(":")[0]
    shape = {"viewport": {"width": 1280, "height": 900}}

    def painted(page) -> str:
        return page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--brand').trim()")

    with visit_of(browser, base, scripts, **shape) as owner, visit_of(browser, own, scripts, **shape) as customer:
        owner.open(installation.sign_in_link("andes", "rosa@example.com"))
        owner.send()
        owner.open("/panel/brand")
        owner.page.fill("[name=colour]", colour)
        owner.fill(mail_footer=f"Fibra Andes {kind}", sender_name="Andes")
        owner.send("button[formaction='/panel/brand/preview']")
        expect(painted(owner.page) != colour, f"A preview is saved {kind}")
        expect(owner.page.input_value("[name=colour]") == colour, f"A preview forgets what was chosen {kind}")
        owner.send("form[action='/panel/brand'] button.primary")
        expect(painted(owner.page) == colour, f"The colour is not that of the next page {kind}")
        expect(owner.page.input_value("[name=mail_footer]") == f"Fibra Andes {kind}", f"The footer is not kept {kind}")
        owner.page.set_input_files("[name=logo]", {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": _LOGO.encode()})
        owner.send("form[action='/panel/brand/logo'] button")
        expect(_shown(owner.page), f"The logo is not shown {kind}")

        owner.open("/panel/domains")
        owner.fill(host=host)
        owner.send("form[action='/panel/domains'] button.primary")
        card = f"li.card:has(h2:text-is('{host}'))"
        name, text = (owner.page.inner_text(f"{card} dl >> nth=0 >> dd >> nth={place}") for place in (1, 2))
        expect(customer.open("/panel/sign-in") == 421, f"A name is served before it is proven {kind}")
        expect("Andes" not in customer.page.content(), f"A name that is not served tells of a company {kind}")
        with name_server(installation.resolver, f"{name},{'domain-proof=' + '0' * 32}"):
            check(owner, card, "todavía no")
        expect(customer.open("/panel/sign-in") == 421, f"A name is served for another's proof {kind}")
        with name_server(installation.resolver, f"{name},{text}"):
            check(owner, card, "ya funciona")
        deadline = time.monotonic() + 10
        while customer.open("/portal/sign-in") != 200 and time.monotonic() < deadline:
            time.sleep(0.1)
        expect("Fibra Andes" in customer.page.content(), f"The own name is not the company's {kind}")
        expect(painted(customer.page) == colour, f"The own name has other colours {kind}")
        expect(customer.page.evaluate("document.querySelector('.signed-out-logo').naturalWidth") == _WIDTH, f"The signed-out page has no logo {kind}")
        for path in ("/portal/sign-in", "/panel/sign-in", "/assets/brand.css", "/assets/app.webmanifest", "/portal/manifest.webmanifest"):
            answer = customer.page.request.get(f"http://127.0.0.1:{installation.port}{path}", headers={"Host": host})
            expect(answer.status == 200 and "mastil" not in (answer.text() + str(answer.headers)).lower(), f"{path} names the platform {kind}")
        owner.open("/panel/audit")
        for text in ("Cambió la marca", "Agregó un dominio", "Comprobó un dominio"):
            owner.sees(text, f"The audit of the brand {kind}")


def check(owner, card: str, told: str):
    owner.open("/panel/domains")
    owner.send(f"{card} form[action$='/check'] button")
    owner.sees(told, "Looking for a proof")


_FETCH = """async ([path, options, form]) => {
    const answer = await fetch(path, form ? {...options, body: new URLSearchParams(form)} : options);
    return [answer.status, await answer.text()];
}"""


def defaced(browser: Browser, installation, visit_of, expect):
    """Every payload in every field of a company, a few at a time, on the pages that show them."""
    base = installation.host("andes")
    with visit_of(browser, base, True, viewport={"width": 1280, "height": 900}) as owner:
        outside = []
        owner.page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(base) else None)
        owner.page.add_init_script(
            "window.__reports = []; document.addEventListener('securitypolicyviolation', event =>"
            " window.__reports.push(event.violatedDirective + ' ' + event.blockedURI))")
        owner.open(installation.sign_in_link("andes", "rosa@example.com"))
        owner.send()

        def look(what: str):
            expect(not owner.page.evaluate("typeof __canary !== 'undefined'"), f"A script ran: {what}")
            reports = owner.page.evaluate("window.__reports || []")
            expect(not reports, f"The policy was needed: {what}: {reports}")
            expect(not outside, f"Asked elsewhere: {what}: {outside}")
            box = owner.page.evaluate(
                "(() => { const [side, brand] = ['.side', '.side .brand'].map(s => document.querySelector(s)?.getBoundingClientRect());"
                # What is no text at all is refused by a signed-out page, where the name does not stand.
                " return document.body.className === 'signed-out' ? [0, 0, 0, true, true] : side && [side.left, side.width, brand.height, brand.right <= side.right,"
                " document.documentElement.scrollWidth <= innerWidth] })()")
            expect(box and box[0] == 0 and box[1] < 260 and box[2] < 260 and box[3] and box[4], f"The brand leaves its place: {what}: {box}")
            outside.clear()

        def send(page: str, values: dict[str, str]):
            owner.open(f"/panel/{page}")
            for name, value in values.items():
                owner.page.evaluate("([name, value]) => { document.querySelector(`form.card [name=${name}]`).value = value }", [name, value])
            owner.page.eval_on_selector(f"form.card[action='/panel/{page}']", "form => form.noValidate = true")
            owner.send(f"form.card[action='/panel/{page}'] button.primary")
            look(f"{page} {values}")

        rounds = 0
        for page, fields in FIELDS.items():
            for start in range(0, len(PAYLOADS), len(fields)):
                some = PAYLOADS[start:start + len(fields)]
                send(page, {name: text.replace("OUT", "127.0.0.2:9") for name, text in zip(fields, some)})
                rounds += 1
                if rounds % 12 == 0:
                    for path in ("/panel/audit", "/panel/account", "/panel/customers"):
                        owner.open(path)
                        look(f"{path} after {some}")
        # Colours are numbers or nothing.
        for text in _STYLES + _SCRIPTS:
            body = {"colour": text.replace("OUT", "127.0.0.2:9"), "accent": "#123456"}
            status, _ = owner.page.evaluate(_FETCH, ["/panel/brand", {"method": "POST"}, body])
            expect(status == 422, f"A colour was taken: {text}: {status}")
        _, sheet = owner.page.evaluate(_FETCH, ["/assets/brand.css", {}, None])
        expect("127.0.0.2" not in sheet and sheet.count("{") == 1, f"The style sheet says {sheet}")
        for drawing in SVGS:
            owner.open("/panel/brand")
            owner.page.set_input_files("[name=logo]", {
                "name": "logo.svg", "mimeType": "image/svg+xml", "buffer": drawing.replace("OUT", "127.0.0.2:9").encode()})
            owner.send("form[action='/panel/brand/logo'] button")
            look(f"logo {drawing}")
        send("company", {"name": "Fibra Andes", "legal_name": "", "tax_name": "IGV", "tax_id_label": "RUC", "tax_id": ""})
