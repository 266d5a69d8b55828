"""A customer who calls: found by the telephone, cut and reconnected from their own page."""


def served(browser, installation, scripts, Visit, expect):
    kind = "with scripts" if scripts else "without scripts"
    with Visit(browser, installation.host("norte"), scripts, viewport={"width": 1280, "height": 900}) as owner:
        page = owner.page
        owner.open(installation.sign_in_link("norte", "olga@example.com"))
        owner.send()
        owner.open("/panel/services?state=active")
        service = page.get_attribute("td.name a", "href")
        customer = customer_of(owner, service)
        owner.open(customer)
        phone = page.inner_text(".customer-head .phone a >> nth=0")
        expect(page.locator(".customer-head .phone button").is_visible() == scripts, f"Copying a telephone {kind}")

        # Found, cut and reconnected in three steps each: search, the act, its confirmation.
        owner.open("/panel/search")
        page.fill("#search-box", phone)
        if scripts:
            page.wait_for_selector(f".results a[href*='{customer.split('/')[-1]}']")
            page.keyboard.press("ArrowDown")
            with page.expect_navigation():
                page.keyboard.press("Enter")
        else:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            owner.follow(".results a >> nth=0")
        expect(page.url.endswith(customer), f"The telephone leads to {page.url} {kind}")
        act(owner, f"{service}/cuts/new", scripts)
        owner.open(customer)
        owner.sees("Ordenó cortar un servicio", f"A cut in the timeline {kind}")
        expect(page.locator(f".service-rows li:has(a[href='{service}']) .state").inner_text() == "Cortado",
               f"A service that was cut {kind}")
        act(owner, f"{service}/reconnections/new", scripts)
        owner.open(customer)
        owner.sees("Ordenó reconectar un servicio", f"A reconnection in the timeline {kind}")
        expect(page.locator(f".service-rows li:has(a[href='{service}']) .state").inner_text() == "Activo",
               f"A service that was reconnected {kind}")

        # On a phone the acts stand at the foot, and nobody scrolls sideways.
        page.set_viewport_size({"width": 390, "height": 844})
        box = page.locator(".customer-acts").bounding_box()
        expect(box["y"] + box["height"] > 830, f"The acts are not at the foot of a phone {kind}")


def act(owner, path, scripts):
    owner.follow(f".service-rows a[href='{path}']", opens_dialog=scripts)
    owner.send(f"form[action='{path.removesuffix('/new')}'] button[type=submit]")


def customer_of(owner, service) -> str:
    owner.open(service)
    return owner.page.get_attribute(".crumbs a", "href").removesuffix("/services")
