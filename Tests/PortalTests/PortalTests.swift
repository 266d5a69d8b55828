import Access
import Crypto
import Customers
import Events
import HTTP
import Identifiers
import Identity
import Letters
import Locale
import Mail
import Panel
import Postgres
import Subscribers
import Tenancy
import TenantSupport
import Testing
import Time

@testable import Portal

@Suite struct PortalTests {
    @Test func `a subscriber enters with a code from their mailbox, once`() async throws {
        try await withTenants { norte, sur in
            try await TestPost.with(norte.site, SubscriberLetters.add) { post in
                _ = try await norte.customer("Ana Núñez", email: "ana@example.com", phone: "+525512345678")
                var (ana, thief) = (PortalVisitor(tenant: norte), PortalVisitor(tenant: norte))
                let request = try await ana.ask("ANA@example.com")
                let message = try await post.mail(1)
                #expect(message.recipient.address == "ana@example.com")
                #expect(message.sender.name == "Norte Inalámbrico" && message.text.contains("/portal/link/mpl_"))
                let code = PortalVisitor.code(in: message)
                #expect(message.subject == "\(code) es su código de Norte Inalámbrico")
                var neighbour = PortalVisitor(tenant: sur)
                #expect(try await neighbour.enter(request, code).status == .gone)
                let entered = try await ana.enter(
                    request, " \(code.prefix(3)) \(code.suffix(3)) ".replacing(" ", with: "+"))
                #expect(entered.status == .seeOther && entered.headers["Location"] == "/portal")
                let home = try await ana.get("/portal")
                #expect(home.text.contains("Hola, Ana") && home.text.contains("Su servicio está activo."))
                #expect(try await thief.enter(request, code).status == .gone)
                let kinds = try await norte.kinds()
                #expect(kinds == ["portal.entered", "company.created"])
                // By telephone the code goes to the mailbox that belongs to it.
                var phone = PortalVisitor(tenant: norte)
                let byPhone = try await phone.ask("+52 55-1234-5678".replacing("+", with: "%2B"))
                let second = try await post.mail(2)
                #expect(second.recipient.address == "ana@example.com")
                #expect(try await phone.enter(byPhone, PortalVisitor.code(in: second)).status == .seeOther)
            }
        }
    }

    @Test func `without mail no code is promised, and the company's telephone is one touch away`() async throws {
        try await withTenants { norte, sur in
            try await norte.set(
                "phone = '+526145550100', whatsapp = '+526145550101', hours = 'De 9 a 18 h', address = 'Sierra 120'")
            let quiet = PortalVisitor(tenant: norte, isMailed: false)
            for path in ["/portal/sign-in", "/portal/code?request=00000000-0000-7000-8000-000000000000"] {
                let page = try await quiet.get(path).text
                #expect(!page.contains("Le enviaremos") && !page.contains("le enviamos"), "\(path)")
                #expect(page.contains("href=\"tel:+526145550100\"") && page.contains("De 9 a 18 h"), "\(path)")
                #expect(page.contains("href=\"https://wa.me/526145550101\""), "\(path)")
            }
            #expect(try await quiet.get("/portal/sign-in").text.contains("¿Trabaja en Norte Inalámbrico?"))
            let mailed = try await PortalVisitor(tenant: norte).get("/portal/sign-in").text
            #expect(mailed.contains("Le enviaremos un código"))
            #expect(try await !PortalVisitor(tenant: sur).get("/portal/sign-in").text.contains("tel:"))
        }
    }

    @Test func `signing in says the same to everybody, known or not`() async throws {
        // Pages name the versions of style sheets from when these were first read, which another suite may do meanwhile.
        _ = AssetRoutes(directory: Repository.path("Public"))
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, SubscriberLetters.add) { post in
                _ = try await norte.customer("Ana", email: "ana@example.com")
                var (known, unknown) = (PortalVisitor(tenant: norte), PortalVisitor(tenant: norte))
                let (first, second) = (try await known.ask("ana@example.com"), try await unknown.ask("eva@example.com"))
                let pages = (
                    try await known.get("/portal/code?request=\(first)"),
                    try await unknown.get("/portal/code?request=\(second)")
                )
                #expect(pages.0.text.replacing(first, with: "") == pages.1.text.replacing(second, with: ""))
                _ = try await post.mail(1)
                for guess in 0..<5 {
                    let wrong = (
                        try await known.enter(first, "00000\(guess)x"),
                        try await unknown.enter(second, "00000\(guess)x")
                    )
                    #expect(wrong.0.status == .unprocessableContent && wrong.1.status == wrong.0.status)
                    #expect(wrong.0.text.replacing(first, with: "") == wrong.1.text.replacing(second, with: ""))
                }
                // The sixth guess is not looked at, even if it is right.
                #expect(try await known.enter(first, PortalVisitor.code(in: post.mail(1))).status == .gone)
                #expect(try await unknown.enter(second, "123456").status == .gone)
                // An unknown subscriber leaves no letter behind.
                #expect(post.count == 1)
            }
        }
    }

    @Test func `strangers run into a wall, and a known device does not`() async throws {
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, SubscriberLetters.add) { post in
                _ = try await norte.customer("Ana", email: "ana@example.com")
                var (ana, stranger) = (PortalVisitor(tenant: norte), PortalVisitor(tenant: norte))
                try await ana.signIn("ana@example.com", post)
                var statuses: Set<Status> = []
                for _ in 0..<5 {
                    let request = try await stranger.ask("ana@example.com")
                    for _ in 0..<4 { statuses.insert(try await stranger.enter(request, "x").status) }
                }
                #expect(statuses == [.unprocessableContent, .tooManyRequests])
                // Five letters for the stranger's questions at most, whatever is asked.
                for _ in 0..<5 { _ = try await stranger.ask("ana@example.com") }
                let letters = try await norte.database.letters(before: nil, limit: 50).count
                #expect(letters <= 6)
                let number = letters + 1
                ana.cookies["portal"] = nil
                let request = try await ana.ask("ana@example.com")
                #expect(try await ana.enter(request, PortalVisitor.code(in: post.mail(number))).status == .seeOther)
                // After a quarter of an hour the stranger may try again, with a new code.
                norte.site.clock.advance(by: .seconds(16 * 60))
                let later = try await stranger.ask("ana@example.com")
                #expect(try await stranger.enter(later, "x").status == .unprocessableContent)
            }
        }
    }

    @Test func `a code is over after ten minutes`() async throws {
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, SubscriberLetters.add) { post in
                _ = try await norte.customer("Ana", email: "ana@example.com")
                var ana = PortalVisitor(tenant: norte)
                let request = try await ana.ask("ana@example.com")
                let code = PortalVisitor.code(in: try await post.mail(1))
                norte.site.clock.advance(by: PortalCode.span)
                #expect(try await ana.enter(request, code).status == .gone)
            }
        }
    }

    @Test func `staff hands over a link, or reads out a code, and the record says so`() async throws {
        try await withTenants { norte, sur in
            let id = try await norte.customer("Beto", phone: "+525587654321")
            var (staff, beto) = (PortalVisitor(tenant: norte), PortalVisitor(tenant: norte))
            staff.cookies["sid"] = String(
                try await norte.signIn([.customersRead, .portalAccess], as: "Olga").dropFirst("sid=".count))
            let shown = try await staff.post("/panel/customers/\(id)/portal-link")
            let link = try #require(shown.text.split(separator: "/portal/link/").last).prefix { $0 != "\"" }
            #expect(shown.text.contains("href=\"https://wa.me/525587654321?text=Hola"))
            #expect(shown.text.contains("%2Fportal%2Flink%2F"))
            let page = try await beto.get("/portal/link/\(link)")
            #expect(page.status == .ok && page.text.contains("Beto"))
            var neighbour = PortalVisitor(tenant: sur)
            #expect(try await neighbour.post("/portal/link/\(link)").status == .gone)
            #expect(try await beto.post("/portal/link/\(link)").status == .seeOther)
            #expect(try await beto.get("/portal").text.contains("Hola, Beto"))
            #expect(try await neighbour.post("/portal/link/\(link)").status == .gone)
            var second = PortalVisitor(tenant: norte)
            #expect(try await second.post("/portal/link/\(link)").status == .gone)

            let read = try await staff.post("/panel/customers/\(id)/portal-code")
            let digits = try #require(read.text.split(separator: "class=\"code\">").last).prefix(6)
            let request = try await second.ask("5587654321")
            #expect(try await second.enter(request, String(digits)).status == .seeOther)
            var third = PortalVisitor(tenant: norte)
            let again = try await third.ask("5587654321")
            #expect(try await third.enter(again, String(digits)).status == .unprocessableContent)
            #expect(
                try await norte.kinds().prefix(4) == [
                    "portal.entered", "portal.code_made", "portal.entered", "portal.link_made",
                ])
            let customerPage = try await staff.get("/panel/customers/\(id)/portal")
            #expect(customerPage.text.contains("2 accesos abiertos"))
            #expect(try await staff.post("/panel/customers/\(id)/portal-end").status == .seeOther)
            #expect(try await beto.get("/portal").headers["Location"] == "/portal/sign-in")
            // Without the permission there is neither.
            staff.cookies["sid"] = String(
                try await norte.signIn([.customersRead], as: "Eva").dropFirst("sid=".count))
            #expect(try await staff.post("/panel/customers/\(id)/portal-code").status == .forbidden)
            #expect(!(try await staff.get("/panel/customers/\(id)/portal").text.contains("portal-code")))
        }
    }

    @Test func `who asks for too many codes leaves no more rows, from whatever address of a network`() async throws {
        try await withTenants { norte, sur in
            let addresses = AddressQuota(aMinute: 1000)
            for number in 1...50 {
                _ = try await PortalCode.ask(
                    for: .email("nadie\(number)@example.com"), from: nil, at: "2001:db8:1:2::\(number)",
                    within: addresses, on: nil, now: norte.now, randomness: norte.site.randomness, in: norte.database)
            }
            func count(_ table: SQL, _ tenant: TestTenant) async throws -> Int {
                try await tenant.database.value(
                    "SELECT count(*) FROM \(table) WHERE tenant_id = \(tenant.database.tenant)") ?? 0
            }
            #expect(try await count("portal_codes", norte) == 30)
            #expect(try await count("sign_in_tries", norte) == 31)
            #expect(try await count("portal_codes", sur) == 0)
        }
    }

    @Test func `of twenty who use a link at once one gets in`() async throws {
        try await withTenants { norte, _ in
            let id = try await norte.customer("Ana")
            let link = try await PortalLink.make(
                for: id, by: norte.commandLine, from: norte.site.randomness,
                in: norte.database)
            let entered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        do {
                            _ = try await PortalEntry.enter(
                                with: link.secret.text, at: Session.Place(device: "", address: ""), now: norte.now,
                                randomness: norte.site.randomness, in: norte.database)
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(entered == 1)
        }
    }

    @Test func `a shared mailbox chooses, and a telephone with two mailboxes tells nobody`() async throws {
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, SubscriberLetters.add) { post in
                let first = try await norte.customer("Ana Uno", email: "casa@example.com", phone: "+525511112222")
                let second = try await norte.customer("Ana Dos", email: "casa@example.com")
                let other = try await norte.customer("Otra", email: "otra@example.com", phone: "+525511112222")
                var ana = PortalVisitor(tenant: norte)
                let request = try await ana.ask("casa@example.com")
                let message = try await post.mail(1)
                #expect(!message.text.contains("/portal/link/"))
                let code = PortalVisitor.code(in: message)
                let choice = try await ana.enter(request, code)
                #expect(choice.status == .ok && choice.text.contains("Ana Uno") && choice.text.contains("Ana Dos"))
                #expect(!choice.text.contains("\(other)"))
                let sneaky = try await ana.enter(request, "\(code)&customer=\(other)")
                #expect(sneaky.status == .ok && ana.cookies["portal"] == nil)
                #expect(try await ana.enter(request, "\(code)&customer=\(second)").status == .seeOther)
                #expect(try await ana.get("/portal/details").text.contains("Ana Dos"))
                _ = first

                _ = try await ana.ask("5511112222")
                try await Self.eventually { try await norte.database.letters(before: nil, limit: 9).count == 1 }
                #expect(post.count == 1)
            }
        }
    }

    private static func eventually(_ isSo: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while try await !isSo() {
            guard ContinuousClock.now < end else { throw TestPost.NeverCame() }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    @Test func `an e-mail address becomes theirs when its mailbox says so`() async throws {
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, SubscriberLetters.add) { post in
                let id = try await norte.customer("Ana", email: "ana@example.com")
                var ana = PortalVisitor(tenant: norte)
                try await ana.signIn("ana@example.com", post)
                #expect(try await ana.post("/portal/details/email", "email=mal").status == .unprocessableContent)
                #expect(try await ana.post("/portal/details/email", "email=nueva%40example.com").status == .seeOther)
                let message = try await post.mail(2)
                #expect(message.recipient.address == "nueva@example.com")
                #expect(try await norte.database.subscriber(id)?.email == "ana@example.com")
                let path = try #require(message.text.split(separator: "http://norte.test").last).prefix { $0 != "\n" }
                var mailbox = PortalVisitor(tenant: norte)
                #expect(try await mailbox.get(String(path)).text.contains("nueva@example.com"))
                #expect(try await mailbox.post(String(path)).status == .seeOther)
                // Confirming lets nobody in.
                #expect(mailbox.cookies["portal"] == nil)
                #expect(try await norte.database.subscriber(id)?.email == "nueva@example.com")
                let notice = try await post.mail(3)
                #expect(notice.recipient.address == "ana@example.com" && notice.subject.contains("Cambió el correo"))
                #expect(try await mailbox.post(String(path)).status == .gone)
                #expect(try await norte.kinds().first == "customer.email_confirmed")
                for _ in 0..<4 { _ = try await ana.post("/portal/details/email", "email=x%40example.com") }
                #expect(
                    try await ana.post("/portal/details/email", "email=x%40example.com").status == .tooManyRequests)
            }
        }
    }

    @Test func `a telephone opens nothing before somebody at the ISP has looked`() async throws {
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, SubscriberLetters.add) { post in
                let id = try await norte.customer("Ana", email: "ana@example.com", phone: "+525512345678")
                _ = try await norte.customer("Eva", email: "eva@example.com", phone: "+525599998888")
                var ana = PortalVisitor(tenant: norte)
                try await ana.signIn("ana@example.com", post)
                #expect(try await ana.post("/portal/details/phone", "phone=123").status == .unprocessableContent)
                // Eva's own number, which Ana only says is hers: Eva still gets in with it.
                #expect(try await ana.post("/portal/details/phone", "phone=5599998888").status == .seeOther)
                #expect(try await ana.get("/portal/details").text.contains("Por confirmar"))
                var eva = PortalVisitor(tenant: norte)
                _ = try await eva.ask("5599998888")
                #expect(try await post.mail(2).recipient.address == "eva@example.com")
                var staff = PortalVisitor(tenant: norte)
                staff.cookies["sid"] = String(
                    try await norte.signIn([.customersRead, .customersWrite], as: "Olga").dropFirst("sid=".count))
                #expect(try await staff.get("/panel/customers/\(id)/portal").text.contains("Confirmar teléfono"))
                #expect(try await staff.post("/panel/customers/\(id)/confirm-phone").status == .seeOther)
                #expect(try await norte.database.subscriber(id)?.phoneIsClaimed == false)
                let wrong = try await staff.post("/panel/customers/\(id)/contacts", "email=mal&phone=1")
                #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"mal\""))
                #expect(wrong.text.contains("Al teléfono le faltan cifras."))
                let form = "email=Ana.Nueva%40example.com&phone=55+1234+5678"
                #expect(try await staff.post("/panel/customers/\(id)/contacts", form).status == .seeOther)
                let kept = try await norte.database.subscriber(id)
                #expect(kept?.email == "ana.nueva@example.com" && kept?.phone == "+525512345678")
            }
        }
    }

    @Test func `sessions are seen, ended at once, and over after a month without use`() async throws {
        try await withTenants { norte, sur in
            try await TestPost.with(norte.site, SubscriberLetters.add) { post in
                _ = try await norte.customer("Ana", email: "ana@example.com")
                var (phone, tablet) = (PortalVisitor(tenant: norte), PortalVisitor(tenant: norte))
                try await phone.signIn("ana@example.com", post)
                try await tablet.signIn("ana@example.com", post)
                let list = try await phone.get("/portal/sessions")
                #expect(list.text.contains("Chrome · Android") && list.text.contains("Este equipo"))
                #expect(try await phone.post("/portal/sessions/end-others").status == .seeOther)
                #expect(try await tablet.get("/portal").headers["Location"] == "/portal/sign-in")
                #expect(try await tablet.post("/portal/details/phone", "phone=5599998888").status == .unauthorized)
                norte.site.clock.advance(by: .seconds(29 * 86_400))
                #expect(try await phone.get("/portal").status == .ok)
                norte.site.clock.advance(by: .seconds(29 * 86_400))
                #expect(try await phone.get("/portal").status == .ok)
                var neighbour = PortalVisitor(tenant: sur)
                neighbour.cookies = phone.cookies
                #expect(try await neighbour.get("/portal").status == .seeOther)
                let copy = phone
                #expect(try await phone.post("/portal/sign-out").headers["Location"] == "/portal/sign-in")
                #expect(try await copy.get("/portal").status == .seeOther)
                try await tablet.signIn("ana@example.com", post)
                norte.site.clock.advance(by: .seconds(30 * 86_400))
                #expect(try await tablet.get("/portal").status == .seeOther)
            }
        }
    }

    @Test func `each area sends the other's people to their own sign-in`() async throws {
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, SubscriberLetters.add) { post in
                _ = try await norte.customer("Ana", email: "ana@example.com")
                var (ana, staff) = (PortalVisitor(tenant: norte), PortalVisitor(tenant: norte))
                try await ana.signIn("ana@example.com", post)
                staff.cookies["sid"] = String(
                    try await norte.signIn(norte.everything, as: "Olga").dropFirst("sid=".count))
                let panel = try await ana.get("/panel/customers")
                #expect(panel.status == .forbidden && panel.text.contains("href=\"/portal\""))
                let portal = try await staff.get("/portal/details")
                #expect(portal.status == .forbidden && portal.text.contains("href=\"/panel\""))
                // A secret of one kind in the cookie of the other opens nothing.
                var (first, second) = (PortalVisitor(tenant: norte), PortalVisitor(tenant: norte))
                first.cookies["sid"] = ana.cookies["portal"]
                second.cookies["portal"] = staff.cookies["sid"]
                #expect(try await first.get("/panel/customers").status == .unauthorized)
                #expect(try await second.get("/portal").status == .seeOther)
                #expect(try await PortalVisitor(tenant: norte).get("/portal").headers["Location"] == "/portal/sign-in")
            }
        }
    }

    @Test func `cookies are for this host and for no script`() async throws {
        try await withTenants { norte, _ in
            let id = try await norte.customer("Ana")
            let link = try await PortalLink.make(
                for: id, by: norte.commandLine, from: norte.site.randomness,
                in: norte.database)
            let answer = try await norte.ask(
                PortalVisitor(tenant: norte).portal, "/portal/link/\(link.secret.text)", method: "POST",
                headers: ["Sec-Fetch-Site": "same-origin"])
            let cookies = answer.headers.all.filter { "\($0.name)".lowercased() == "set-cookie" }.map(\.value)
            #expect(cookies.count == 2)
            for cookie in cookies {
                #expect(cookie.contains("Path=/; HttpOnly; SameSite=Lax") && !cookie.contains("Domain"))
            }
            let foreign = try await norte.ask(
                PortalVisitor(tenant: norte).portal, "/portal/sign-in", method: "POST",
                headers: ["Sec-Fetch-Site": "cross-site"])
            #expect(foreign.status == .forbidden)
        }
    }

    @Test func `nothing of ours shows: only the ISP's name, in each language`() async throws {
        try await withTenants { norte, _ in
            try await TestPost.with(norte.site, SubscriberLetters.add) { post in
                _ = try await norte.customer("Ana", email: "ana@example.com")
                var ana = PortalVisitor(tenant: norte)
                try await ana.signIn("ana@example.com", post)
                var texts: [String] = [String(decoding: try await post.mail(1).bytes, as: UTF8.self)]
                texts += [try await post.mail(1).text, try await post.mail(1).html]
                let cookie = ana.cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
                for path in ["", "/details", "/sessions", "/help", "/sign-in", "/manifest.webmanifest", "/nada"] {
                    for language in ["es", "en", "pt"] {
                        let answer = try await norte.ask(
                            ana.portal, "/portal\(path)", headers: ["Cookie": cookie, "Accept-Language": language])
                        texts.append(answer.text + answer.headers.all.map { "\($0.name): \($0.value)" }.joined())
                        if !path.hasSuffix("nada") && !path.hasSuffix("manifest") {
                            #expect(answer.text.contains("Norte Inalámbrico"), "\(path) \(language)")
                        }
                    }
                }
                for text in texts { #expect(!text.lowercased().contains("mastil"), "\(text.prefix(200))") }
                let english = try await norte.ask(
                    ana.portal, "/portal", headers: ["Cookie": cookie, "Accept-Language": "en"])
                #expect(english.text.contains("Your service is active.") && english.text.contains("lang=\"en\""))
            }
        }
    }

    @Test func `every text of the room is whole in every language`() {
        #expect(PortalWords.problems + PortalStateWords.problems + CustomerPageWords.problems == [])
        #expect(SubscriberLetterWords.problems + SubscriberRefusalWords.problems == [])
    }
}
