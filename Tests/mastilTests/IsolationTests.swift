import API
import Access
import Branding
import Crypto
import Customers
import Domains
import Events
import HTTP
import Identifiers
import Identity
import Letters
import Locale
import Loop
import OpenID
import Panel
import Platform
import PlatformBilling
import Portal
import Postgres
import Subscribers
import Telemetry
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import WebClient

@testable import Contracts
@testable import mastil

/// Every route, as everybody, with everything of the neighbour's.
@Suite struct IsolationTests {
    @Test func `nobody reads or changes anything of a neighbour's, whatever the route`() async throws {
        try await withTenants { norte, sur in
            let matrix = try await IsolationMatrix(attacker: norte, victim: sur)
            try await matrix.run(matrix.doors)
            #expect(matrix.uncovered == [])
            #expect(matrix.findings.prefix(10) == [])
            #expect(matrix.asked > 1000)
            // The attempts were real: the same attacker does read and change their own.
            #expect(matrix.statuses[.ok, default: 0] > 50)
            #expect(matrix.statuses[.notFound, default: 0] > 50)
            #expect(matrix.statuses[.forbidden, default: 0] > 50)
        }
    }

    /// The console shows every tenant, to nobody of a tenant; and its people see no tenant's rows by being its people.
    @Test func `nobody of a tenant gets anything from the console, nor the platform from a tenant uninvited`()
        async throws
    {
        try await withTenants { norte, sur in
            let matrix = try await IsolationMatrix(attacker: norte, victim: sur)
            for host in [norte.host, try await norte.site.platform.host] {
                for door in try matrix.consoleDoors { try await matrix.run([door], at: host) }
            }
            try await matrix.uninvited()
            #expect(matrix.uncovered == [])
            #expect(matrix.findings.prefix(10) == [])
            #expect(matrix.statuses[.misdirectedRequest, default: 0] > 50)
            #expect(matrix.statuses[.unauthorized, default: 0] > 50)
        }
    }

    /// A matrix that finds nothing could be one that cannot find: a route that forgot its predicate is harmless under
    /// the policy, and found when somebody removes it.
    @Test func `a policy that is taken away is noticed`() async throws {
        try await withTenants { norte, sur in
            var routes = Panel.Routes()
            routes.get("/panel/forgetful", .signedIn, "Olvida de quién es") { visit in
                let names: String? = try await visit.database.value("SELECT string_agg(name, ', ') FROM staff")
                return .text(names ?? "")
            }
            let door = norte.door(routes, credential: Panel.credential, refuse: Panel.refuse)
            let guarded = try await IsolationMatrix(attacker: norte, victim: sur)
            try await guarded.run([door])
            #expect(guarded.findings == [])

            try norte.site.test.superuser().execute("ALTER TABLE staff DISABLE ROW LEVEL SECURITY")
            let open = try await IsolationMatrix(attacker: norte, victim: sur)
            try await open.run([door])
            #expect(!open.findings.isEmpty)
        }
    }
}

/// What one tenant's people and programs try on another's rows.
private final class IsolationMatrix {
    private let attacker: TestTenant
    private let victim: TestTenant
    private let visitors: [(name: String, headers: KeyValuePairs<String, String>)]
    private let foreign: Foreign
    private(set) var findings: [String] = []
    private(set) var uncovered: [String] = []
    private(set) var statuses: [Status: Int] = [:]
    private(set) var asked = 0

    private static let web = HTTPClient(on: Loops.tests.all[0], resolver: Resolver { _ in [] })
    /// Stands in every text of the victim's.
    private static let canary = "CANARIO"
    private static let signOut = "/sign-out"

    private struct Foreign {
        let customer: String
        let staff: String
        let role: String
        let zone: String
        let session: String
        let token: String
        let link: String
        let letter: String
        let subscriberLink: String
        let subscriberSession: String
        let code: String
        let subscriberCookie: String
        let visit: String
        let visitLink: String
        let tenant: String
        let tokenSecret: String
        let cookie: String
        let webhook: String
        let event: String
        let domain: String
        let picture: String
        let contract: String
        let bill: String
        /// Somebody of the platform's, inside.
        let guestCookie: String
        /// The same person's at the console.
        let adminCookie: String

        var all: [String] {
            [
                customer, staff, role, session, token, link, visit, visitLink, tenant, tokenSecret, webhook, event,
                letter, zone, subscriberLink, subscriberSession, code, domain, picture, contract, bill,
            ]
        }
    }

    init(attacker: TestTenant, victim: TestTenant) async throws {
        self.attacker = attacker
        self.victim = victim
        foreign = try await Self.furnish(victim)
        var visitors: [(String, KeyValuePairs<String, String>)] = [("nobody", [:])]
        for role in ReadyMadeRole.allCases {
            visitors.append(("\(role)", ["Cookie": try await attacker.signIn(Array(role.permissions), as: "\(role)x")]))
        }
        let gone = try await attacker.signIn(Permission.grantable, as: "Despedido")
        try await attacker.database.execute(
            "UPDATE staff SET state = 'disabled' WHERE tenant_id = \(attacker.database.tenant) AND name = 'Despedido'")
        visitors.append(("disabled", ["Cookie": gone]))
        visitors.append(("program", ["Authorization": "Bearer \(try await attacker.token(Permission.grantable))"]))
        visitors.append(("powerless program", ["Authorization": "Bearer \(try await attacker.token([]))"]))
        visitors.append(("neighbour's program", ["Authorization": "Bearer \(foreign.tokenSecret)"]))
        let (_, subscriber) = try await SubscriberIsolationTests.customer("Ana", at: attacker)
        visitors.append(("subscriber", ["Cookie": subscriber]))
        visitors.append(("neighbour's subscriber", ["Cookie": foreign.subscriberCookie]))
        visitors.append(("neighbour's session", ["Cookie": foreign.cookie]))
        visitors.append(("neighbour's guest", ["Cookie": foreign.guestCookie]))
        for power in Guest.Power.allCases {
            visitors.append(("guest who may \(power)", ["Cookie": try await attacker.guest(power).cookie]))
        }
        self.visitors = visitors
    }

    private static func furnish(_ victim: TestTenant) async throws -> Foreign {
        let (now, randomness, database) = (victim.now, victim.site.randomness, victim.database)
        let staff = try await victim.staff(Permission.grantable, as: canary)
        let session = try await Session.start(
            for: staff, at: Session.Place(device: canary, address: canary), now: now, from: randomness, in: database)
        let token = try await APIToken.make(
            named: canary, permissions: Set(Permission.grantable), until: now + .seconds(3600),
            by: .commandLine(at: now), randomness: randomness, in: database)
        let link = try await SignInLink.make(.password, for: staff, at: now, from: randomness, in: database)
        let customer = UUID.v7(milliseconds: now.milliseconds, from: randomness)
        try await database.execute(
            """
            INSERT INTO customers (tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since)
            VALUES (\(database.tenant), \(customer), \(1 + Int(randomness.next() % 1_000_000)), \(canary), \(canary), \(canary), \(canary), 'active', '2026-01-01')
            """)
        try await victim.programMakesCustomer(named: canary, with: token.text, key: canary)
        let zone = UUID.v7(milliseconds: now.milliseconds, from: randomness)
        try await database.execute(
            "INSERT INTO coverage_zones (tenant_id, zone_id, name) VALUES (\(database.tenant), \(zone), \("\(canary) \(zone)"))"
        )
        let webhook = try await victim.site.webhook(of: victim, named: canary)
        try await database.execute(
            """
            INSERT INTO external_sign_in_rules (tenant_id, is_allowed, client, secret)
            VALUES (\(database.tenant), FALSE, \(canary), '\\x00') ON CONFLICT DO NOTHING
            """
        )
        try await database.execute(
            """
            INSERT INTO external_identities (tenant_id, issuer, subject, staff_id, email, linked_at)
            VALUES (\(database.tenant), 'https://issuer.example', \(canary), \(staff), \(canary), \(now)) ON CONFLICT DO NOTHING
            """)
        let role = try await database.roles(of: staff.uuid).first
        let (subscriber, subscriberCookie) = try await SubscriberIsolationTests.customer(canary, at: victim)
        let subscriberLink = try await PortalLink.make(
            for: subscriber, by: .commandLine(at: now), from: randomness, in: database)
        let code = try await PortalCode.ask(
            for: .email("\(canary.lowercased())@example.com"), from: nil, at: "192.0.2.1", on: nil, now: now,
            randomness: randomness, in: database)
        try await database.write(
            .invitation, to: "\(canary.lowercased())@example.com", about: staff.uuid,
            on: Letterhead(language: .es, origin: "https://\(canary)"), at: now, from: randomness)
        try await database.execute(
            "UPDATE letters SET state = 'failed', reason = \(canary) WHERE tenant_id = \(database.tenant)")
        let (guestCookie, adminCookie) = try await victim.guest(.owner)
        let (_, _, visitLink) = try await victim.visitLink(.read)
        return Foreign(
            customer: "\(customer)", staff: "\(staff)", role: role.map { "\($0)" } ?? "", zone: "\(zone)",
            session: try await database.openSessions(of: staff, at: now).first.map { "\($0.id)" } ?? "",
            token: try await database.apiTokens(at: now).first.map { "\($0.id)" } ?? "", link: link.secret.text,
            letter: try await database.letters(before: nil, limit: 1).first.map { "\($0.id)" } ?? "",
            subscriberLink: subscriberLink.secret.text,
            subscriberSession: try await database.openSessions(of: subscriber, at: now).first.map { "\($0.id)" } ?? "",
            code: "\(code)", subscriberCookie: subscriberCookie,
            visit: try await database.impersonations().first.map { "\($0.id)" } ?? "", visitLink: visitLink,
            tenant: "\(victim.tenant.id)", tokenSecret: token.text, cookie: "sid=\(session.secret.text)",
            webhook: webhook.id, event: webhook.event, domain: "\(try await Self.furnishDomain(victim))",
            picture: try await Self.furnishLogo(victim),
            contract: try await Self.furnishContract(victim, of: Customer.ID(customer)),
            bill: "\(try await Self.furnishBill(victim))", guestCookie: guestCookie, adminCookie: adminCookie)
    }

    /// Served, with the canary in its name, so that nobody else's page may show it.
    private static func furnishDomain(_ victim: TestTenant) async throws -> Domain.ID {
        let host = "\(canary.lowercased()).example"
        _ = try await Domain.vouch(
            for: [host], by: .commandLine(at: victim.now), from: victim.site.randomness, in: victim.database)
        let database = victim.database
        let id: UUID? = try await database.value(
            "SELECT domain_id FROM domains WHERE tenant_id = \(database.tenant) AND host = \(host)")
        return Domain.ID(try #require(id))
    }

    private static func furnishContract(_ victim: TestTenant, of customer: Customer.ID) async throws -> String {
        let author = Author.commandLine(at: victim.now)
        if try await victim.database.contractTemplate() == nil {
            try await ContractTemplate.publish("\(canary) {condiciones}", after: 0, by: author, in: victim.database)
        }
        let acts = ContractActs(press: Outside.nowhere.papers, mailing: nil, randomness: victim.site.randomness)
        let contract = try await acts.make(
            NewContract(identification: canary, conditions: canary), for: customer, at: victim.tenant,
            reachedAt: "https://\(canary)", by: author, in: victim.database
        )
        return "\(contract.id)"
    }

    /// Issued by the platform, paid in part.
    private static func furnishBill(_ victim: TestTenant) async throws -> PlatformPosting.ID {
        try await victim.set("plan = '\(canary)', plan_price = 4900, plan_currency = 'USD', billed_from = '2026-11-01'")
        let platform = try await victim.site.platform.database
        let books = PlatformBooks(database: victim.site.test.database, randomness: victim.site.randomness)
        let tenant = try #require(victim.present)
        try await books.raiseBills(of: tenant, by: .commandLine, at: victim.now, in: platform)
        let payment = PlatformPayment(
            amount: Money(minor: 100, .usd), day: tenant.zone.day(at: victim.now), method: .cash, reference: canary,
            form: .v7(milliseconds: 0, from: victim.site.randomness))
        try await books.register(payment, of: tenant, by: .commandLine(at: victim.now), in: platform)
        return try #require(try await books.postings(of: tenant).first { $0.bill != nil }).id
    }

    private static func furnishLogo(_ victim: TestTenant) async throws -> String {
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
        let logo = try await Logo.draw(Array(drawing.utf8), on: Outside.pool)
        let tenant = try await victim.tenant.put(logo, by: .commandLine, at: victim.now, in: victim.database)
        return try #require(tenant.brand.path(of: "logo")?.split(separator: "/").last.map(String.init))
    }

    /// With an issuer that is not there: nobody gets as far as being sent to it.
    private var external: ExternalSignIn {
        let provider = OpenIDProvider(issuer: "https://issuer.example", over: Self.web, egress: .publicOnly())
        return ExternalSignIn(provider, attacker.site.signIn) { _ in }
    }

    /// The doors of the program itself, with every route it serves.
    var doors: [Door] {
        [
            attacker.door(
                Installation.panelRoutes(
                    assets: Repository.path("Public"), attacker.mailingSignIn, external, attacker.site.webhooks,
                    PlatformVisits(database: attacker.site.test.database), attacker.site.switchboard, .nowhere,
                    BillPrinter(database: attacker.site.test.database, pool: Outside.pool)),
                credential: Panel.credential, refuse: Panel.refuse),
            attacker.door(
                Installation.portalRoutes(mailing: Mailing(), .nowhere), credential: Portal.credential,
                refuse: Portal.refuse),
            attacker.door(
                Installation.apiRoutes(attacker.site.webhooks, attacker.site.switchboard, .nowhere).visits,
                credential: API.credential, refuse: API.refuse),
        ]
    }

    /// Those at the platform's own host.
    var consoleDoors: [Door] {
        get throws {
            let database = attacker.site.test.database
            let parts = Console.Parts(
                database: database, directory: attacker.site.directory, visits: PlatformVisits(database: database),
                health: Health([]), isolation: Isolation(Schema.lint) { [] },
                spool: ExportSpool(directory: "/tmp", writingOn: Outside.pool),
                printer: BillPrinter(database: database, pool: Outside.pool), randomness: attacker.site.randomness,
                furnish: Calendar.furnish)
            return [
                attacker.door(
                    Console.routes(parts), at: .platform, credential: Panel.credential, refuse: Panel.refuse),
                attacker.door(
                    Installation.consoleAccountRoutes(assets: Repository.path("Public"), attacker.site.signIn),
                    at: .platform, credential: Panel.credential, refuse: Panel.refuse),
            ]
        }
    }

    /// Somebody of the platform, with the console's cookie and a visit to the victim, at the attacker's host: without
    /// having entered it, nothing is shown and nothing of it changes.
    func uninvited() async throws {
        let admin = [("platform admin", KeyValuePairs(dictionaryLiteral: ("Cookie", foreign.adminCookie)))]
        let before = try checksum()
        for door in doors {
            for route in door.routes.declarations {
                for path in paths(of: route) {
                    for visitor in admin {
                        for host in [attacker.host, victim.host] {
                            if host == victim.host, isForAnybodyThere(path) { continue }
                            try await ask(door, route, path, as: visitor, at: host)
                        }
                    }
                }
            }
        }
        if try checksum() != before { findings.append("The platform changed a tenant's rows without entering it") }
    }

    /// The victim's own link opens the victim's door to whoever holds it, and its logo is looked at by everybody: that
    /// is their use.
    private func isForAnybodyThere(_ path: String) -> Bool {
        [foreign.link, foreign.visitLink, foreign.subscriberLink, foreign.picture].contains { path.contains($0) }
    }

    func run(_ doors: [Door], at host: String? = nil) async throws {
        let before = try checksum()
        for door in doors {
            // Whoever signs out has nothing to try afterwards.
            let routes = door.routes.declarations
            let isLast = { (route: RouteDeclaration) in route.pattern.hasSuffix(Self.signOut) }
            for route in routes.filter({ !isLast($0) }) + routes.filter(isLast) {
                for path in paths(of: route) {
                    for visitor in visitors { try await ask(door, route, path, as: visitor, at: host) }
                }
                if try checksum() != before {
                    findings.append("\(route.method.name) \(route.pattern) changed rows of the neighbour's")
                    return
                }
            }
        }
    }

    /// The neighbour's id in the place of each parameter. A parameter this table does not know fails the test: whoever
    /// adds a route adds what it can be attacked with.
    private func paths(of route: RouteDeclaration) -> [String] {
        guard let parameter = route.parameters.first else { return [route.pattern] }
        let known: [(prefix: String, value: String)] = [
            ("/panel/staff/", foreign.staff), ("/panel/roles/", foreign.role), ("/panel/tokens/", foreign.token),
            ("/panel/letters/", foreign.letter), ("/panel/zones/", foreign.zone),
            ("/panel/customers/", foreign.customer), ("/portal/link/", foreign.subscriberLink),
            ("/portal/sessions/", foreign.subscriberSession),
            ("/panel/account/sessions/", foreign.session), ("/panel/enter/", foreign.link),
            ("/api/v1/customers/", foreign.customer), ("/panel/visits/", foreign.visit),
            ("/panel/visit/", foreign.visitLink), ("/platform/tenants/", foreign.tenant),
            ("/platform/billing/", foreign.tenant),
            ("/panel/plan/bills/", foreign.bill),
            ("/platform/visits/", foreign.visit), ("/platform/dead-jobs/", foreign.visit),
            ("/platform/admins/", foreign.staff), ("/panel/webhooks/", foreign.webhook),
            ("/api/v1/webhooks/", foreign.webhook), ("/api/v1/events/", foreign.event),
            ("/panel/domains/", foreign.domain), ("/assets/brand/", foreign.picture),
            ("/panel/contracts/", foreign.contract), ("/portal/contracts/", foreign.contract),
            ("/api/v1/contracts/", foreign.contract), ("/panel/contract-template/versions/", "1"),
        ]
        guard route.parameters.count == 1 || ["event", "posting"].contains(route.parameters[1].name),
            let own = known.first(where: { route.pattern.hasPrefix($0.prefix) })?.value
        else {
            uncovered.append("\(route.method.name) \(route.pattern)")
            return []
        }
        return Array(Set([own] + foreign.all)).map {
            route.pattern.replacing(":\(parameter.name)", with: $0).replacing(":event", with: foreign.event)
                .replacing(":posting", with: foreign.bill)
        }
    }

    private func ask(
        _ door: Door, _ route: RouteDeclaration, _ path: String,
        as visitor: (name: String, headers: KeyValuePairs<String, String>), at host: String? = nil
    ) async throws {
        // The ids once more wherever else a handler might look for one.
        let query =
            "?id=\(foreign.customer)&copy=\(foreign.role)&actor=\(foreign.staff)&subject=\(foreign.staff)&after=0&request=\(foreign.code)"
        let form = "id=\(foreign.staff)&tenant_id=\(victim.tenant.id)&role=\(foreign.role)&name=x&email=x%40example.com"
        let isSafe = route.method == .get
        let isAPI = path.hasPrefix("/api/")
        let json = #"{"name":"x"}"#
        let foreignJSON = #"{"name":"x","id":"\#(foreign.customer)","tenant_id":"\#(victim.tenant.id)"}"#
        for (target, body) in isSafe
            ? [(path, ""), (path + query, "")]
            : isAPI
                ? [
                    (path, json), (path, foreignJSON), (path, #"{"reason":"x"}"#),
                    (path, #"{"customer":"\#(foreign.customer)","conditions":"x"}"#),
                ]
                : [
                    (path, ""), (path, form), (path, "role=\(foreign.role)"), (path, "name=x&state=active"),
                    (path, "name=Robo+Robo&accept=yes"), (path, "conditions=robo&identification=1"),
                    (path, "reason=robo"),
                ]
        {
            var headers = Array(visitor.headers)
            headers += [
                ("Sec-Fetch-Site", "same-origin"), ("X-Forwarded-Host", victim.host),
                ("X-Tenant-Id", "\(victim.tenant.id)"),
                ("If-None-Match", "\"\(foreign.customer)\""),
            ]
            if !isSafe { headers.append(("Content-Type", "application/x-www-form-urlencoded")) }
            if !isSafe, isAPI { headers[headers.count - 1] = ("Content-Type", "application/json") }
            // The neighbour's own key: it must not bring the neighbour's answer.
            if isAPI { headers += [("Idempotency-Key", Self.canary), ("If-Match", "*")] }
            let request = try DirectRequests(on: .tests).request(
                route.method.name.description, target, host: host ?? attacker.host, fields: headers,
                body: Array(body.utf8))
            judge(
                Answer(await door.answer(request)), "\(visitor.name): \(route.method.name) \(target) \(body)", route,
                mayNameVictim: host == victim.host)
        }
    }

    /// A company's name is for everybody at its own host, and nothing else of it is.
    private func judge(_ answer: Answer, _ what: String, _ route: RouteDeclaration, mayNameVictim: Bool) {
        asked += 1
        statuses[answer.status, default: 0] += 1
        let text = answer.text + answer.headers.all.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        let isTold =
            text.contains(Self.canary) || !mayNameVictim && text.contains("\(Self.canary.lowercased()).example")
        if isTold || !mayNameVictim && text.contains(victim.tenant.name) {
            findings.append("\(what) shows the neighbour's")
        }
        if answer.status.code >= 500 { findings.append("\(what) fails with \(answer.status.code)") }
        // Somebody else's is not there, rather than forbidden, for all who may see such things at all.
        if !route.parameters.isEmpty, (200..<300).contains(answer.status.code) {
            findings.append("\(what) answers \(answer.status.code)")
        }
    }

    /// Of all the victim has. Guesses at the door are counted for whoever knocks, and are nobody's data.
    private func checksum() throws -> [String] {
        let superuser = try victim.site.test.superuser()
        let tables = try superuser.column(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'sign_in_tries' ORDER BY 1
            """)
        return try tables.map { table in
            try superuser.column(
                "SELECT '\(table)' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM \(table) t WHERE tenant_id = '\(victim.tenant.id)'"
            ).joined()
        }
    }
}

extension TestTenant {
    /// With the routes that there are only where mail is sent.
    var mailingSignIn: SignIn {
        var signIn = site.signIn
        signIn.mailing = Mailing()
        return signIn
    }

    /// The cookies of somebody of the platform who came in: here, and at the console.
    fileprivate func guest(_ power: Guest.Power) async throws -> (cookie: String, admin: String) {
        let (admin, place, link) = try await visitLink(power)
        let secret = try await Impersonation.enter(
            with: link, at: place, now: now, from: site.randomness, in: database)
        return ("sid=\(secret.text)", admin)
    }

    fileprivate func visitLink(
        _ power: Guest.Power
    ) async throws -> (admin: String, place: Session.Place, link: String) {
        let platform = try await site.platform
        let cookie = try await platform.signInAdmin(named: "Petra")
        let admin = try #require(try await platform.database.staff().max { $0.id.uuid < $1.id.uuid })
        let author = Author(Actor(.staff, id: admin.id.uuid, name: admin.name), permissions: [], at: now)
        let wish = try #require(Impersonation.Wish(reason: "Para la prueba", power: power, minutes: 60))
        let link = try await PlatformVisits(database: site.test.database).begin(
            wish, at: tenant, by: author, from: site.randomness, in: platform.database)
        return (cookie, Session.Place(device: "", address: ""), link.text)
    }

    /// Leaves an answer that is kept for its key.
    fileprivate func programMakesCustomer(named name: String, with token: String, key: String) async throws {
        let request = try DirectRequests(on: .tests).request(
            "POST", "/api/v1/customers", host: host,
            headers: [
                "Authorization": "Bearer \(token)", "Idempotency-Key": key, "Content-Type": "application/json",
            ], body: Array(#"{"name":"\#(name)"}"#.utf8))
        let door = door(
            Installation.apiRoutes(site.webhooks, site.switchboard, .nowhere).visits, credential: API.credential,
            refuse: API.refuse)
        let answer = Answer(await door.answer(request))
        #expect(answer.status == .created)
    }
}
