"""What a company may say of its brand is said on every page: whatever it says, it stays text in its place."""

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
            box = owner.page.evaluate("(() => { const b = document.querySelector('.bar')?.getBoundingClientRect();"
                                      " return b ? [b.top, b.height, b.width <= innerWidth] : [0, 0, true] })()")
            expect(box[0] == 0 and box[1] < 140 and box[2], f"The brand leaves its place: {what}: {box}")
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
            answer = owner.page.request.post(f"{base}/panel/brand", form=body, headers={"Sec-Fetch-Site": "same-origin"})
            expect(answer.status == 422, f"A colour was taken: {text}: {answer.status}")
        sheet = owner.page.request.get(f"{base}/assets/brand.css").text()
        expect("127.0.0.2" not in sheet and sheet.count("{") == 1, f"The style sheet says {sheet}")
        for drawing in SVGS:
            owner.open("/panel/brand")
            owner.page.set_input_files("[name=logo]", {
                "name": "logo.svg", "mimeType": "image/svg+xml", "buffer": drawing.replace("OUT", "127.0.0.2:9").encode()})
            owner.send("form[action='/panel/brand/logo'] button")
            look(f"logo {drawing}")
        send("company", {"name": "Fibra Andes", "legal_name": "", "tax_name": "IGV", "tax_id_label": "RUC", "tax_id": ""})
