import API
import Access
import Assembly
import BankAccounts
import BankFiles
import Bot
import Branding
import CashDesk
import Conversations
import Crypto
import Customers
import Declarations
import Domains
import Events
import FieldWork
import Glibc
import HTTP
import Identifiers
import Identity
import Imports
import Invoices
import Letters
import Locale
import Loop
import Notices
import Nouns
import OpenID
import Panel
import Platform
import PlatformBilling
import Portal
import Postgres
import Roles
import ShellSupport
import Stock
import Subscribers
import Telemetry
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Tickets
import Time
import Vault
import WebClient

@testable import Contracts
@testable import Plans
@testable import Services
@testable import mastil

/// Every route, as everybody, with everything of the neighbour's.
@Suite struct IsolationTests {
    @Test(arguments: IsolationShare.all)
    func `nobody reads or changes anything of a neighbour's, whatever the route`(share: IsolationShare) async throws {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            let matrix = try await IsolationMatrix(attacker: norte, victim: sur)
            try await matrix.furnishForms()
            try await matrix.run([matrix.doors[share.door]], share)
            #expect(matrix.uncovered == [])
            // A form that only answers that it cannot be read was never tried.
            #expect(matrix.unread == [])
            #expect(matrix.findings.prefix(10) == [])
            #expect(matrix.asked > 1000)
            // The attempts were real: the same attacker does read and change their own.
            #expect(matrix.statuses[.ok, default: 0] > 15)
            #expect(matrix.statuses[.notFound, default: 0] > 50)
            #expect(matrix.statuses[.forbidden, default: 0] + matrix.statuses[.unauthorized, default: 0] > 50)
        }
    }

    @Test func `no form and no example of one's own takes a neighbour's row by its name`() async throws {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            let matrix = try await IsolationMatrix(attacker: norte, victim: sur)
            try await matrix.furnishForms()
            try await matrix.refer()
            #expect(matrix.findings.prefix(10) == [])
            #expect(matrix.referred > 300)
        }
    }

    /// The console shows every tenant, to nobody of a tenant; and its people see no tenant's rows by being its people.
    @Test func `nobody of a tenant gets anything from the console, nor the platform from a tenant uninvited`()
        async throws
    {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            let matrix = try await IsolationMatrix(attacker: norte, victim: sur)
            for host in [norte.host, try await norte.site.platform.host] {
                for gate in try matrix.consoleDoors { try await matrix.run([gate], at: host) }
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
        try await withTenants(in: Rooms.declarations) { norte, sur in
            var routes = Panel.Routes()
            routes.get("/panel/forgetful", .signedIn, "Olvida de quién es") { visit in
                let names: String? = try await visit.database.value("SELECT string_agg(name, ', ') FROM staff")
                return .text(names ?? "")
            }
            let gate = norte.gate(routes, credential: Panel.credential, refuse: Panel.refuse)
            let guarded = try await IsolationMatrix(attacker: norte, victim: sur)
            try await guarded.run([gate])
            #expect(guarded.findings == [])

            try norte.site.test.superuser().execute("ALTER TABLE staff DISABLE ROW LEVEL SECURITY")
            let open = try await IsolationMatrix(attacker: norte, victim: sur)
            try await open.run([gate])
            #expect(!open.findings.isEmpty)
        }
    }
}

/// Some of a shell's routes: the matrix is walked in parts that go side by side.
struct IsolationShare: Sendable, CustomTestStringConvertible {
    /// The panel's, the portal's or the API's routes, as `IsolationMatrix.doors` has them.
    let door: Int
    let part: Int
    let parts: Int

    static let all =
        (0..<4).map { IsolationShare(door: 0, part: $0, parts: 4) }
        + [1, 2].map { IsolationShare(door: $0, part: 0, parts: 1) }

    var testDescription: String { "\(["panel", "portal", "API"][door]) \(part + 1) of \(parts)" }
}

/// What one tenant's people and programs try on another's rows.
private final class IsolationMatrix {
    private let attacker: TestTenant
    private let victim: TestTenant
    private typealias Visitor = (name: String, headers: KeyValuePairs<String, String>)
    private let visitors: [Visitor]
    private let foreign: Foreign
    /// The attacker's own.
    private let customer: Customer.ID
    /// What the attacker's own pages offer, by the pattern of the route that takes it, and where they send it.
    private var forms: [String: String] = [:]
    private var places: [String: String] = [:]
    /// Of the routes that somebody who may do everything sent a form to, and the statuses it answered.
    private var answers: [String: Set<Status>] = [:]
    private(set) var findings: [String] = []
    private(set) var uncovered: [String] = []
    private(set) var statuses: [Status: Int] = [:]
    private(set) var asked = 0
    /// Of those, forms of the attacker's own that named something of the victim's.
    private(set) var referred = 0

    private static let web = HTTPClient(on: Loops.tests.all[0], resolver: Resolver { _ in [] })
    /// Stands in every text of the victim's.
    private static let canary = "CANARIO"
    private static let signOut = "/sign-out"
    /// Those of each shell who may do everything: an id of something else in a path is tried as them only, since who may
    /// do less is refused before the id is looked for.
    private static let powerful = ["\(ReadyMadeRole.owner)", "program", "subscriber"]

    private struct Foreign {
        let customer: String
        let merge: String
        let staff: String
        let role: String
        let zone: String
        let plan: String
        let service: String
        let fiscal: String
        let payment: String
        let adjustment: String
        let expense: String
        let billingRun: String
        let run: String
        let promise: String
        let hold: String
        let strike: String
        let invoice: String
        let bankAccount: String
        let botQuestion: String
        let bankFile: String
        let bankLine: String
        let payerAlias: String
        let onlinePayment: String
        let hook: String
        let conversation: String
        let message: String
        let messageFile: String
        let label: String
        let cannedReply: String
        let channel: String
        let channelHook: String
        let notice: String
        let till: String
        let shift: String
        let router: String
        let finding: String
        let backup: String
        let accessServer: String
        let voice: String
        let site: String
        let incident: String
        let maintenance: String
        let ticket: String
        let ticketFile: String
        let fieldJob: String
        let fieldPhoto: String
        let stockProduct: String
        let stockUnit: String
        let warehouse: String
        let supplier: String
        let campaign: String
        let languageModel: String
        let voucherBatch: String
        let voucher: String
        let device: String
        /// A UISP, its antenna, what does not agree of it, and a job on it.
        let fleet: String
        let olt: String
        let template: String
        let onu: String
        let oltConfiguration: String
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
        let undo: String
        let file: String
        /// Somebody of the platform's, inside.
        let guestCookie: String
        /// The same person's at the console.
        let adminCookie: String

        var all: [String] {
            [
                customer, merge, staff, role, session, token, link, visit, visitLink, tenant, tokenSecret, webhook,
                event,
                letter, zone, plan, service, fiscal, payment, adjustment, expense, billingRun, run, promise, hold,
                strike,
                invoice,
                bankAccount, botQuestion, bankFile, bankLine, payerAlias, onlinePayment, hook,
                conversation, message, messageFile, label, cannedReply, channel, channelHook, notice,
                till, shift,
                router, finding, backup, accessServer, voice, site, incident, maintenance, ticket, ticketFile,
                fieldJob, fieldPhoto, stockProduct, stockUnit, warehouse, supplier, voucherBatch,
                voucher, device, fleet, olt, template, onu, oltConfiguration, campaign, languageModel,
                subscriberLink, subscriberSession, code, domain, picture,
                contract, bill, undo,
                file,
            ]
        }
    }

    init(attacker: TestTenant, victim: TestTenant) async throws {
        self.attacker = attacker
        self.victim = victim
        foreign = try await Self.furnish(victim)
        var visitors: [(String, KeyValuePairs<String, String>)] = [("nobody", [:])]
        for role in ReadyMadeRole.allCases {
            visitors.append(
                (
                    "\(role)",
                    [
                        "Cookie": try await attacker.signIn(
                            Array(attacker.site.catalogue.permissions(of: role)), as: "\(role)x")
                    ]
                ))
        }
        let gone = try await attacker.signIn(attacker.everything, as: "Despedido")
        try await attacker.database.execute(
            "UPDATE staff SET state = 'disabled' WHERE tenant_id = \(attacker.database.tenant) AND name = 'Despedido'")
        visitors.append(("disabled", ["Cookie": gone]))
        visitors.append(("program", ["Authorization": "Bearer \(try await attacker.token(attacker.everything))"]))
        visitors.append(("powerless program", ["Authorization": "Bearer \(try await attacker.token([]))"]))
        visitors.append(("neighbour's program", ["Authorization": "Bearer \(foreign.tokenSecret)"]))
        let (customer, subscriber) = try await SubscriberIsolationTests.customer("Ana", at: attacker)
        self.customer = customer
        _ = try await Self.furnishConversation(attacker, named: "Ana")
        visitors.append(("subscriber", ["Cookie": subscriber]))
        visitors.append(("neighbour's subscriber", ["Cookie": foreign.subscriberCookie]))
        visitors.append(("neighbour's session", ["Cookie": foreign.cookie]))
        visitors.append(("neighbour's guest", ["Cookie": foreign.guestCookie]))
        for power in ActiveImpersonation.Power.allCases {
            visitors.append(("guest who may \(power)", ["Cookie": try await attacker.guest(power).cookie]))
        }
        self.visitors = visitors
    }

    /// From the forms themselves.
    func furnishForms() async throws {
        let cookie = try await attacker.signIn(attacker.everything, as: "Olga")
        let crawl = try await FormCrawl(of: doors[0], at: attacker, as: cookie)
        (forms, places) = (crawl.bodies, crawl.places)
        // Their forms stand on pages that follow an act.
        forms["/panel/customers/zone-change/undo"] = "undo=\(foreign.undo)"
        forms["/panel/services/:id/plan-changes"] = forms["/panel/services/:id/plan-changes/new"]
        forms["/panel/channels/templates/refresh"] = "account=\(foreign.channel)&business=100200300"
        forms["/panel/customers/:id/consent"] = "way=call&day=2026-01-01&proof=x"
        forms["/panel/customers/:id/consent/end"] = ""
        forms["/panel/inbox/:id/template"] = "template=\(foreign.channel)&value=Ana&shown=Ana"
        forms["/panel/payments/:id/void"] = "supervisor=\(foreign.staff)&pin=270451&reason=Error"
        forms["/panel/receipts/:id/approve"] = "amount=1&method=transfer&day=2026-01-01&reference="
        forms["/panel/paging/test"] = ""
        forms["/panel/receipts/:id/reject"] = "reason=Error"
        forms["/panel/voice/accounts/:id/unblock"] = ""
        forms["/panel/tickets/state-change"] = "id=\(foreign.ticket)&state=closed"
        forms["/panel/tickets/state-change/undo"] = "undo=\(foreign.undo)"
        forms["/panel/sites/:id/services"] = "id=\(foreign.service)"
        forms["/panel/sites/:id/services/new"] = "id=\(foreign.service)"
        forms["/panel/service-places/undo"] = "undo=\(foreign.undo)"
        forms["/panel/agenda/rescheduling"] = "id=\(foreign.fieldJob)&assignee=\(foreign.staff)&day=&begins="
        forms["/panel/agenda/rescheduling/undo"] = "undo=\(foreign.undo)"
        forms["/panel/agenda/:id/report"] = "report=Listo&serials=&fetched=&as=done"
        forms["/panel/services/cuts/undo"] = "undo=\(foreign.undo)"
        forms["/panel/shifts/:id/receive"] = "giver=\(foreign.shift)"
        forms["/panel/shifts/:id/undo"] = "reason=Error"
        forms["/panel/voucher-sales/:id/undo"] = "reason=Error"
        forms["/panel/fleet/devices/:id/authorize"] = "site=x&service=1"
        forms["/panel/fleet/devices/:id/close"] = "reason=Error"
        forms["/panel/fleet/gaps/:id/link"] = "device=\(foreign.fleet)"
        forms["/panel/fleet/removal"] = "id=\(foreign.fleet)"
        forms["/panel/fleet/removal/new"] = "id=\(foreign.fleet)"
        for act in ["work", "stop", "retry", "keys", "tickets"] { forms["/panel/antennas/jobs/:id/\(act)"] = "" }
        forms["/panel/imports/:id/columns"] = "c0=name"
        forms["/panel/imports/:id/commit"] = ""
        forms["/panel/imports/:id/undo"] = ""
        forms["/panel/imports/:id/discard"] = ""
    }

    /// Routes of forms that answered to nothing but that it cannot be read.
    var unread: [String] {
        answers.filter { route, statuses in
            statuses == [.badRequest] && !Self.files.contains(route)
        }.keys.sorted()
    }

    /// They take a file, which is no field of a form.
    private static let files: Set<String> = ["/panel/brand/logo", "/panel/imports", "/panel/bank-files"]

    private static func furnish(_ victim: TestTenant) async throws -> Foreign {
        let (now, randomness, database) = (victim.now, victim.site.randomness, victim.database)
        let staff = try await victim.staff(victim.everything, as: canary)
        let session = try await Session.start(
            for: staff, at: Session.Place(device: canary, address: canary), now: now, from: randomness, in: database)
        let token = try await APIToken.make(
            named: canary, permissions: Set(victim.everything), until: now + .seconds(3600),
            by: victim.commandLine, randomness: randomness, in: database)
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
        var plan = Plan(id: .make(milliseconds: now.milliseconds, from: randomness), in: victim.tenant.currency)
        plan.name = "\(canary) \(plan.id)"
        try await database.insert(plan, at: now)
        let (service, fiscal) = try await Self.furnishService(victim, of: Customer.ID(customer), plan.id)
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
            for: subscriber, by: victim.commandLine, from: randomness, in: database)
        let code = try await PortalCode.ask(
            for: .email("\(canary.lowercased())@example.com"), from: nil, at: "192.0.2.1", within: AddressQuota(),
            on: nil, now: now,
            randomness: randomness, in: database)
        try await database.write(
            .invitation, to: "\(canary.lowercased())@example.com", about: staff.uuid,
            on: Letterhead(language: .es, origin: "https://\(canary)"), at: now, from: randomness)
        try await database.execute(
            "UPDATE letters SET state = 'failed', reason = \(canary) WHERE tenant_id = \(database.tenant)")
        let payment = "\(try await Self.furnishPayment(victim, of: customer))"
        let collected = try await Self.furnishCollection(victim, of: customer, payment)
        let router = try await Self.furnishRouter(victim, of: service)
        let (finding, backup) = try await Self.furnishAudit(victim, of: router)
        let accessServer = try await Self.furnishRadius(victim, of: service)
        let vouchers = try await Self.furnishVouchers(victim)
        let device = try await Self.furnishDevice(victim)
        let fibre = try await Self.furnishFibre(victim, of: service)
        let cash = try await Self.furnishShift(victim)
        let bank = try await Self.furnishBankFile(victim, of: Customer.ID(customer))
        let online = try await Self.furnishOnlinePayment(victim, of: customer)
        let chat = try await Self.furnishConversation(victim, named: canary)
        let channel = try await Self.furnishChannel(victim)
        let outage = try await Self.furnishOutage(victim, of: service)
        let desk = try await Self.furnishTicket(victim, of: customer)
        let field = try await Self.furnishFieldJob(victim, of: customer)
        let store = try await Self.furnishStock(victim)
        let (guestCookie, adminCookie) = try await victim.guest(.owner)
        let (_, _, visitLink) = try await victim.visitLink(.read)
        return Foreign(
            customer: "\(customer)", merge: "\(try await Self.furnishMerge(victim, into: customer))",
            staff: "\(staff)", role: role.map { "\($0)" } ?? "", zone: "\(zone)",
            plan: "\(plan.id)", service: service, fiscal: fiscal,
            payment: payment, adjustment: "\(try await Self.furnishAdjustment(victim, of: customer))",
            expense: "\(try await Self.furnishExpense(victim))",
            billingRun: "\(try await Self.furnishBillingRun(victim, of: customer))", run: collected.run,
            promise: collected.promise, hold: collected.hold,
            strike: collected.strike,
            invoice: "\(try await Self.furnishInvoice(victim, of: customer))",
            bankAccount: "\(try await Self.furnishBankAccount(victim))",
            botQuestion: "\(try await Self.furnishBotQuestion(victim))",
            bankFile: bank.file, bankLine: bank.line, payerAlias: bank.alias,
            onlinePayment: online.payment, hook: online.hook, conversation: chat.conversation, message: chat.message,
            messageFile: chat.file, label: chat.label, cannedReply: chat.reply, channel: channel.account,
            channelHook: channel.hook,
            notice: try await Self.furnishNotice(victim, to: Customer.ID(customer), at: channel.account),
            till: cash.till, shift: cash.shift,
            router: "\(router)", finding: finding, backup: backup, accessServer: "\(accessServer)",
            voice: "\(try await Self.furnishVoice(victim, of: customer))",
            site: "\(try await Self.furnishSite(victim, of: service))", incident: outage.incident,
            maintenance: outage.maintenance, ticket: desk.ticket, ticketFile: desk.file, fieldJob: field.job,
            fieldPhoto: field.photo, stockProduct: store.product, stockUnit: store.unit,
            warehouse: store.warehouse, supplier: store.supplier,
            campaign: try await Self.furnishCampaign(victim, to: customer),
            languageModel: try await Self.furnishModel(victim),
            voucherBatch: "\(vouchers.batch)", voucher: "\(vouchers.card)",
            device: "\(device)", fleet: "\(try await Self.furnishFleet(victim))",
            olt: "\(fibre.olt)", template: "\(fibre.template)", onu: "\(fibre.onu)",
            oltConfiguration: "\(fibre.configuration)",
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
            bill: "\(try await Self.furnishBill(victim))",
            undo: "\(try await Undo.offer("customer.zone", canary, by: victim.principal, in: database))",
            file: "\(try await Self.furnishImport(victim, of: customer))",
            guestCookie: guestCookie, adminCookie: adminCookie)
    }

    /// One that was looked at, with a row that is merged and one that is refused.
    private static func furnishImport(_ victim: TestTenant, of customer: UUID) async throws -> UUID {
        let (database, id) = (
            victim.database, UUID.v7(milliseconds: victim.now.milliseconds, from: victim.site.randomness)
        )
        _ = try await database.batch([
            """
            INSERT INTO imports (
                tenant_id, import_id, number, name, file, state, titles, samples, fields, day_doubts, amount_doubts,
                row_count, actor_kind, actor, made_at)
            VALUES (
                \(database.tenant), \(id), \(1_000_000 + Int(victim.site.randomness.next() % 1_000_000)), \(canary),
                \(Array("Nombre\n\(canary)\n".utf8)), 'tried', \([canary]), \([canary]), '{name}', '{false}',
                '{false}', 1, 'staff',
                \(canary), \(victim.now))
            """,
            """
            INSERT INTO import_rows (
                tenant_id, import_id, line, name, reference, digest, outcome, customer_id, evidence, fault_columns,
                fault_reasons, fault_values)
            VALUES
                (\(database.tenant), \(id), 2, \(canary), \(canary), '', 'merged', \(customer), '{phone}', '{}', '{}', '{}'),
                (\(database.tenant), \(id), 3, \(canary), \(canary), '', 'refused', NULL, '{}', '{0}', '{alike}',
                    \([canary]))
            """,
        ])
        return id
    }

    /// One that waits, by a way to pay that only the victim has.
    private static func furnishPayment(_ victim: TestTenant, of customer: UUID) async throws -> UUID {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let id = UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        let number = 1_000_000 + Int(randomness.next() % 1_000_000)
        try await database.execute(
            """
            INSERT INTO payment_methods (tenant_id, method, name, kind, needs_reference, is_active, place)
            VALUES (\(database.tenant), 'canario', \(canary), 'cash', FALSE, TRUE, 99) ON CONFLICT DO NOTHING
            """)
        try await database.execute(
            """
            INSERT INTO payments (
                tenant_id, payment_id, entry, series, number, customer_id, method, method_name, amount, currency, day, reference,
                note, chosen, state, held_for, actor, made_at)
            VALUES (
                \(database.tenant), \(id), \(number), 'CANARIO', \(number), \(customer), 'canario', \(canary), 100, 'MXN', '2026-01-01', '', \(canary), '{}', 'pending', 'approval', \(canary),
                \(victim.now))
            """)
        try await database.execute(
            """
            INSERT INTO receipt_readings (
                tenant_id, payment_id, amount_sure, day_sure, reference, reference_sure, bank, destination, standing,
                doubts, effect, signature, made_at)
            VALUES (
                \(database.tenant), \(id), 0, 0, \(canary), 0, \(canary), \(canary), 'unknown', '{unreadable}',
                'people', '', \(victim.now))
            """)
        return id
    }

    /// One that was looked through and not issued.
    private static func furnishBillingRun(_ victim: TestTenant, of customer: UUID) async throws -> UUID {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let id = UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        try await database.execute(
            """
            INSERT INTO billing_runs (tenant_id, run_id, number, day, state, currency, actor_kind, actor, made_at)
            VALUES (
                \(database.tenant), \(id), \(1_000_000 + Int(randomness.next() % 1_000_000)), '2026-01-01', 'prepared',
                'MXN', 'staff', \(canary), \(victim.now))
            """)
        try await database.execute(
            """
            INSERT INTO billing_previews (
                tenant_id, run_id, customer_id, number, name, invoices, credit_notes, amount, currency, has_faults)
            VALUES (\(database.tenant), \(id), \(customer), 1, \(canary), 1, 0, 100, 'MXN', FALSE)
            """)
        return id
    }

    /// A refund that waits.
    private static func furnishAdjustment(_ victim: TestTenant, of customer: UUID) async throws -> UUID {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let id = UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        try await database.execute(
            """
            INSERT INTO account_adjustments (
                tenant_id, adjustment_id, number, kind, customer_id, amount, currency, day, method, method_name,
                reference, note, state, actor, made_at)
            VALUES (
                \(database.tenant), \(id), \(1_000_000 + Int(randomness.next() % 1_000_000)), 'refund', \(customer), 100,
                'MXN', '2026-01-01', 'cash', \(canary), '', \(canary), 'pending', \(canary), \(victim.now))
            """)
        return id
    }

    private static func furnishExpense(_ victim: TestTenant) async throws -> UUID {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let id = UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        try await database.execute(
            """
            INSERT INTO house_entries (
                tenant_id, entry_id, number, category, amount, currency, day, account, party, receipt, note, state, actor,
                made_at)
            VALUES (
                \(database.tenant), \(id), \(1_000_000 + Int(randomness.next() % 1_000_000)), 'rent', 100, 'MXN',
                '2026-01-01', 'transfer', \(canary), '', \(canary), 'applied', \(canary), \(victim.now))
            """)
        return id
    }

    /// A run that waits, a promise, days of grace and a strike.
    private static func furnishCollection(
        _ victim: TestTenant, of customer: UUID, _ payment: String
    ) async throws -> (run: String, promise: String, hold: String, strike: String) {
        let (database, randomness, now) = (victim.database, victim.site.randomness, victim.now)
        func newID() -> UUID { .v7(milliseconds: now.milliseconds, from: randomness) }
        let (run, promise, hold, strike) = (newID(), newID(), newID(), newID())
        let number = 1 + Int(randomness.next() % 1_000_000)
        try await database.execute(
            """
            INSERT INTO collection_runs (
                tenant_id, run_id, number, day, stage, is_scheduled, state, author, made_at, stopped_at)
            VALUES (\(database.tenant), \(run), \(number), '2026-01-01', '', FALSE, 'waiting', \(canary), \(now), \(now))
            """)
        try await database.execute(
            """
            INSERT INTO payment_promises (
                tenant_id, promise_id, number, customer_id, amount, currency, owed, day, until, note, state, by_subscriber,
                author, made_at)
            VALUES (
                \(database.tenant), \(promise), \(number), \(customer), 100, 'MXN', 100, '2026-01-01', '2099-01-01',
                \(canary), 'open', FALSE, \(canary), \(now))
            """)
        try await database.execute(
            """
            INSERT INTO collection_holds (
                tenant_id, hold_id, customer_id, source, reason, from_day, author, made_at)
            VALUES (\(database.tenant), \(hold), \(customer), 'grace', \(canary), '2026-01-01', \(canary), \(now))
            """)
        try await database.execute(
            """
            INSERT INTO collection_strikes (
                tenant_id, strike_id, customer_id, payment_id, reason, day, author, made_at)
            VALUES (
                \(database.tenant), \(strike), \(customer), \(UUID(payment)), \(canary), '2026-01-01', \(canary), \(now))
            """)
        return ("\(run)", "\(promise)", "\(hold)", "\(strike)")
    }

    /// Of two with the victim's name.
    private static func furnishMerge(_ victim: TestTenant, into customer: UUID) async throws -> CustomerMerge.ID {
        let (twin, _) = try await SubscriberIsolationTests.customer(canary, at: victim)
        return try await CustomerMerge.make(
            of: twin, into: Customer.ID(customer), of: victim.tenant, by: victim.commandLine,
            from: victim.site.randomness, in: victim.database
        ).id
    }

    /// Issued by hand, in the victim's words.
    private static func furnishInvoice(_ victim: TestTenant, of customer: UUID) async throws -> Invoice.ID {
        try await InvoiceActs(randomness: victim.site.randomness).issue(
            [.init(name: canary, price: Money(minor: 100, victim.tenant.currency))], to: Customer.ID(customer), in: nil,
            note: canary, of: victim.tenant, by: victim.commandLine, in: victim.database
        ).id
    }

    /// With a service, a difference and a command.
    private static func furnishRouter(_ victim: TestTenant, of service: String) async throws -> UUID {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let (id, command) = (
            UUID.v7(milliseconds: victim.now.milliseconds, from: randomness),
            UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        )
        let bound = try #require(UUID(service))
        _ = try await database.batch([
            """
            INSERT INTO routers (
                tenant_id, router_id, number, name, address, port, security, login, password, cut, cut_profile, cut_list,
                mode, is_paused, identity, trouble, made_at)
            VALUES (
                \(database.tenant), \(id), \(1 + Int(randomness.next() % 1_000_000)), \("\(canary) \(id)"), '10.0.0.1',
                8728, 'plain', \(canary), '\\x00', 'profile', \(canary), \(canary), 'active', FALSE, \(canary),
                \(canary), \(victim.now))
            """,
            """
            INSERT INTO access_points (
                tenant_id, service_id, router_id, method, name, address, profile, revision, made_at)
            VALUES (\(database.tenant), \(bound), \(id), 'pppoe', \(canary), '', '', 1, \(victim.now))
            """,
            """
            INSERT INTO service_addresses (tenant_id, service_id, address, from_at, seen_at, router_id, caller)
            VALUES (\(database.tenant), \(bound), '10.0.0.9', \(victim.now), \(victim.now), \(id), \(canary))
            """,
            """
            INSERT INTO pool_days (tenant_id, router_id, pool, day, size, used)
            VALUES (\(database.tenant), \(id), \(canary), '2026-01-01', 10, 9)
            """,
            """
            INSERT INTO unowned_sessions (tenant_id, router_id, login, session_id, address, caller, seen_at)
            VALUES (\(database.tenant), \(id), \(canary), \(id), \(canary), \(canary), \(victim.now))
            """,
            """
            INSERT INTO leaks (tenant_id, kind, subject_id, service_id, router_id, about, monthly, found_at, seen_at)
            VALUES (
                \(database.tenant), 'cut_online', \(bound), \(bound), \(id), \(canary), 300, \(victim.now),
                \(victim.now))
            """,
            """
            INSERT INTO access_leftovers (tenant_id, service_id, router_id, method, name, made_at)
            VALUES (\(database.tenant), \(bound), \(id), 'pppoe', \("\(canary) old"), \(victim.now))
            """,
            """
            INSERT INTO network_differences (
                tenant_id, service_id, kind, router_id, found, wanted, is_repairable, found_at)
            VALUES (\(database.tenant), \(bound), 'not_cut', \(id), \(canary), \(canary), TRUE, \(victim.now))
            """,
            """
            INSERT INTO router_commands (
                tenant_id, command_id, router_id, service_id, desired_revision, token, content, state, reply, sent_at,
                ended_at)
            VALUES (
                \(database.tenant), \(command), \(id), \(bound), 1, 1, \(canary), 'failed', \(canary), \(victim.now),
                \(victim.now))
            """,
        ])
        return id
    }

    /// An access server with somebody on line and somebody refused.
    /// A sector with somebody's service on it.
    private static func furnishSite(_ victim: TestTenant, of service: String) async throws -> UUID {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let id = UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        let placed = try #require(UUID(service))
        _ = try await database.batch([
            """
            INSERT INTO sites (tenant_id, site_id, number, name, kind, ports, note, made_at)
            VALUES (
                \(database.tenant), \(id), \(1_000_000 + Int(randomness.next() % 1_000_000)), \("\(canary) \(id)"),
                'sector', 0, \(canary), \(victim.now))
            """,
            """
            INSERT INTO service_places (tenant_id, service_id, site_id, made_at)
            VALUES (\(database.tenant), \(placed), \(id), \(victim.now))
            """,
        ])
        return id
    }

    /// An open incident of somebody's service, and maintenance that is to come.
    private static func furnishOutage(
        _ victim: TestTenant, of service: String
    ) async throws -> (incident: String, maintenance: String) {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let (incident, maintenance) = (
            UUID.v7(milliseconds: victim.now.milliseconds, from: randomness),
            UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        )
        let number = 1_000_000 + Int(randomness.next() % 1_000_000)
        let down = try #require(UUID(service))
        _ = try await database.batch([
            """
            INSERT INTO incidents (
                tenant_id, incident_id, number, cause, title, place, state, note, started_at, is_quiet, actor, made_at)
            VALUES (
                \(database.tenant), \(incident), \(number), 'reported', \(canary), \(incident), 'open', \(canary),
                \(victim.now), false, \(canary), \(victim.now))
            """,
            """
            INSERT INTO incident_services (tenant_id, incident_id, service_id, down_from)
            VALUES (\(database.tenant), \(incident), \(down), \(victim.now))
            """,
            """
            INSERT INTO maintenances (
                tenant_id, maintenance_id, number, title, starts_at, ends_at, note, actor, made_at)
            VALUES (
                \(database.tenant), \(maintenance), \(number), \(canary), \(victim.now + .seconds(86_400)),
                \(victim.now + .seconds(90_000)), \(canary), \(canary), \(victim.now))
            """,
        ])
        return ("\(incident)", "\(maintenance)")
    }

    /// An open ticket of somebody's, with an answer and a file.
    private static func furnishTicket(
        _ victim: TestTenant, of customer: UUID
    ) async throws -> (ticket: String, file: String) {
        let (database, randomness, now) = (victim.database, victim.site.randomness, victim.now)
        let acts = TicketActs(randomness: randomness)
        var new = NewTicket()
        (new.title, new.text, new.customer) = (canary, canary, Customer.ID(customer))
        let ticket = try await acts.open(
            new, as: .make(milliseconds: now.milliseconds, from: randomness), from: .panel, of: victim.tenant,
            by: victim.commandLine, in: database)
        let file = try await SealedTicketFile(
            Array("%PDF-1.4 \(canary)".utf8), named: canary, in: victim.site.vault, with: .tests, of: database, at: now,
            from: randomness)
        _ = try await acts.write(
            NewEntry(canary, files: [file]), on: ticket.id, of: victim.tenant, by: victim.commandLine, in: database)
        let kept = try #require(try await database.files(of: ticket.id).first)
        return ("\(ticket.id)", "\(kept.id)")
    }

    /// Planned work at somebody's, with a picture.
    private static func furnishFieldJob(
        _ victim: TestTenant, of customer: UUID
    ) async throws -> (job: String, photo: String) {
        let (database, randomness, now) = (victim.database, victim.site.randomness, victim.now)
        var new = NewFieldJob()
        (new.customer, new.note) = (Customer.ID(customer), canary)
        let job = try await FieldActs(randomness: randomness).plan(
            new, as: .make(milliseconds: now.milliseconds, from: randomness), of: victim.tenant, by: victim.commandLine,
            in: database)
        let photo = UUID.v7(milliseconds: now.milliseconds, from: randomness)
        let sealed = try await victim.site.vault.seal(
            Array(canary.utf8), for: SecretField("sealed", of: "field_photos", row: photo), at: now, in: database)
        try await database.execute(
            """
            INSERT INTO field_photos (tenant_id, photo_id, job_id, name, sealed, made_at)
            VALUES (\(database.tenant), \(photo), \(job.id), \(canary), \(sealed), \(now))
            """)
        return ("\(job.id)", "\(photo)")
    }

    /// A piece in a warehouse, bought from a supplier.
    private static func furnishStock(
        _ victim: TestTenant
    ) async throws -> (product: String, unit: String, warehouse: String, supplier: String) {
        let (database, randomness, now) = (victim.database, victim.site.randomness, victim.now)
        func id<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: randomness) }
        let acts = StockActs(randomness: randomness)
        var product = StockProduct(id: id())
        product.name = "\(canary) \(product.id)"
        var warehouse = Warehouse(id: id())
        warehouse.name = "\(canary) \(warehouse.id)"
        var supplier = Supplier(id: id())
        supplier.name = "\(canary) \(supplier.id)"
        _ = try await acts.add(product, by: victim.commandLine, in: database)
        _ = try await acts.add(warehouse, by: victim.commandLine, in: database)
        _ = try await acts.add(supplier, by: victim.commandLine, in: database)
        var receipt = StockReceipt()
        (receipt.warehouse, receipt.supplier, receipt.serials) = (warehouse.id, supplier.id, "\(canary)-\(product.id)")
        try await acts.receive(receipt, of: product.id, by: victim.commandLine, in: database)
        let unit = try #require(
            try await database.stockUnit(serial: "\(canary)-\(product.id)".uppercased()))
        return ("\(product.id)", "\(unit.id)", "\(warehouse.id)", "\(supplier.id)")
    }

    private static func furnishModel(_ victim: TestTenant) async throws -> String {
        let id = UUID.v7(milliseconds: victim.now.milliseconds, from: victim.site.randomness)
        try await victim.database.execute(
            """
            INSERT INTO assistant_models (
                tenant_id, model_id, position, api, model, address, key, key_end, input_price, output_price)
            VALUES (\(victim.database.tenant), \(id), 1, 'anthropic', \(canary), '', '\\x00', '', 0, 0)
            """)
        return "\(id)"
    }

    /// A campaign under way, with somebody it has not written to.
    private static func furnishCampaign(_ victim: TestTenant, to customer: UUID) async throws -> String {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let campaign = UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        let number = 1_000_000 + Int(randomness.next() % 1_000_000)
        _ = try await database.batch([
            """
            INSERT INTO campaigns (
                tenant_id, campaign_id, number, title, purpose, subject, body, standing, debt, reach, per_hour, state,
                started_at, next_at, actor, made_at)
            VALUES (
                \(database.tenant), \(campaign), \(number), \(canary), 'announcement', \(canary), \(canary), 'any', 'any',
                'any', 60, 'running', \(victim.now), \(victim.now), \(canary), \(victim.now))
            """,
            """
            INSERT INTO campaign_recipients (tenant_id, campaign_id, chosen_id, customer_id, state)
            VALUES (\(database.tenant), \(campaign), \(customer), \(customer), 'waiting')
            """,
        ])
        return "\(campaign)"
    }

    /// Everything of telephony, under one id.
    private static func furnishVoice(_ victim: TestTenant, of customer: UUID) async throws -> UUID {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let id = UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        let (number, name) = (1 + Int(randomness.next() % 1_000_000), "\(canary) \(id)")
        _ = try await database.batch([
            """
            INSERT INTO voice_decks (tenant_id, deck_id, number, name, note, made_at)
            VALUES (\(database.tenant), \(id), \(number), \(name), \(canary), \(victim.now))
            """,
            """
            INSERT INTO voice_rates (
                tenant_id, rate_id, deck_id, prefix, destination, price, fee, minimum, increment, effective_at)
            VALUES (\(database.tenant), \(id), \(id), '52', \(canary), 1, 0, 60, 60, \(victim.now))
            """,
            """
            INSERT INTO voice_accounts (
                tenant_id, account_id, number, name, customer_id, deck_id, addresses, payment, currency, credit_limit,
                pace, channels, longest, margin, country, national_digits, access_code, state, made_at)
            VALUES (
                \(database.tenant), \(id), \(number), \(name), \(customer), \(id), '203.0.113.200', 'postpaid',
                'MXN', 0, 1, 1, 1, 0, '', 0, '', 'active', \(victim.now))
            """,
            """
            INSERT INTO voice_carriers (
                tenant_id, carrier_id, number, name, address, port, tech_prefix, deck_id, priority, channels, state,
                made_at)
            VALUES (
                \(database.tenant), \(id), \(number), \(name), '198.51.100.200', 5060, '', \(id), 1, 1, 'paused',
                \(victim.now))
            """,
            """
            INSERT INTO voice_blocks (tenant_id, block_id, number, kind, prefix, reason, made_at)
            VALUES (
                \(database.tenant), \(id), \(number), 'destination', \("9\(number)"), \(canary), \(victim.now))
            """,
            """
            INSERT INTO voice_policies (
                tenant_id, emergency, short_calls, failed_calls, night_calls, hour_spend, blocked_minutes)
            VALUES (\(database.tenant), '911', 0, 0, 0, 0, 60) ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO voice_calls (
                tenant_id, call_id, number, account_id, carrier_id, sip_id, caller, dialled, callee, destination, state,
                started_at, ended_at, deadline)
            VALUES (
                \(database.tenant), \(id), \(number), \(id), \(id), \(canary), '1', '2', '2', \(canary), 'failed',
                \(victim.now), \(victim.now), \(victim.now))
            """,
        ])
        return id
    }

    private static func furnishRadius(_ victim: TestTenant, of service: String) async throws -> UUID {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let (id, session) = (
            UUID.v7(milliseconds: victim.now.milliseconds, from: randomness),
            UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        )
        let bound = try #require(UUID(service))
        _ = try await database.batch([
            """
            INSERT INTO radius_clients (tenant_id, client_id, number, name, address, port, secret, made_at)
            VALUES (
                \(database.tenant), \(id), \(1 + Int(randomness.next() % 1_000_000)), \("\(canary) \(id)"), '10.0.0.1',
                3799, '\\x00', \(victim.now))
            """,
            """
            INSERT INTO radius_accesses (tenant_id, service_id, login, password, nt_hash, address, made_at)
            VALUES (
                \(database.tenant), \(bound), \("\(canary) \(id)"), '\\x00', \([UInt8](repeating: 0, count: 16)), '',
                \(victim.now))
            """,
            """
            INSERT INTO radius_sessions (
                tenant_id, session_id, client_id, name, login, service_id, address, caller, seconds, sent, received,
                started_at, seen_at)
            VALUES (
                \(database.tenant), \(session), \(id), \(canary), \(canary), \(bound), '10.0.0.9', \(canary), 1, 1, 1,
                \(victim.now), \(victim.now))
            """,
            """
            INSERT INTO radius_refusals (
                tenant_id, client_id, login, reason, service_id, caller, times, first_at, last_at)
            VALUES (
                \(database.tenant), \(id), \(canary), 'password', \(bound), \(canary), 1, \(victim.now),
                \(victim.now))
            """,
            """
            INSERT INTO service_traffic (tenant_id, service_id, day, sent, received)
            VALUES (\(database.tenant), \(bound), '2026-01-01', 1, 1) ON CONFLICT DO NOTHING
            """,
        ])
        return id
    }

    private static func furnishVouchers(_ victim: TestTenant) async throws -> (batch: UUID, card: UUID) {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let (batch, card) = (
            UUID.v7(milliseconds: victim.now.milliseconds, from: randomness),
            UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        )
        let letters = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")
        let code = String((0..<8).map { _ in letters[Int(randomness.next() % 31)] })
        _ = try await database.batch([
            """
            INSERT INTO voucher_batches (
                tenant_id, batch_id, number, name, size, span, unit, download, upload, price, currency, page, note, actor,
                made_at)
            VALUES (
                \(database.tenant), \(batch), \(1_000_000 + Int(randomness.next() % 1_000_000)), \(canary), 1, 1, 'days',
                0, 0, 100, 'MXN', '', \(canary), \(canary), \(victim.now))
            """,
            """
            INSERT INTO vouchers (tenant_id, voucher_id, batch_id, number, code, nt_hash, small_nt_hash)
            VALUES (
                \(database.tenant), \(card), \(batch), 1, \(code), \([UInt8](repeating: 0, count: 16)),
                \([UInt8](repeating: 0, count: 16)))
            """,
        ])
        return (batch, card)
    }

    /// A device that is down.
    private static func furnishDevice(_ victim: TestTenant) async throws -> UUID {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let id = UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        _ = try await database.batch([
            """
            INSERT INTO devices (tenant_id, device_id, number, name, kind, method, address, is_watched, made_at)
            VALUES (
                \(database.tenant), \(id), \(1 + Int(randomness.next() % 1_000_000)), \("\(canary) \(id)"), 'switch',
                'ping', '10.0.0.1', true, \(victim.now))
            """,
            """
            INSERT INTO device_states (
                tenant_id, device_id, state, failed_polls, failed_at, since, polled_at, trouble, identity, model)
            VALUES (
                \(database.tenant), \(id), 'down', 2, \(victim.now), \(victim.now), \(victim.now), \(canary), \(canary),
                \(canary))
            """,
        ])
        return id
    }

    /// A UISP, an antenna that it keeps, a gap and a job, all of one id.
    private static func furnishFleet(_ victim: TestTenant) async throws -> UUID {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let id = UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        let number = 1 + Int(randomness.next() % 1_000_000)
        _ = try await database.batch([
            """
            INSERT INTO fleet_controllers (
                tenant_id, controller_id, number, name, address, token, fingerprint, ssids, is_on, made_at)
            VALUES (
                \(database.tenant), \(id), \(number), \("\(canary) \(id)"), 'https://uisp.example.net', '\\x00', '',
                \(canary), false, \(victim.now))
            """,
            """
            INSERT INTO fleet_devices (
                tenant_id, device_id, controller_id, number, uid, mac, name, model, role, firmware, status, standing,
                is_authorized, address, ssid, site_uid, site_name, fails_decryption, since, made_at)
            VALUES (
                \(database.tenant), \(id), \(id), \(number), 'u', '', \(canary), \(canary), '', '', 'unknown', 'unknown',
                false, '', \(canary), '', \(canary), false, \(victim.now), \(victim.now))
            """,
            """
            INSERT INTO fleet_sites (tenant_id, controller_id, uid, name, kind, parent_uid, client, is_suspended)
            VALUES (\(database.tenant), \(id), 's', \(canary), 'endpoint', '', '', false)
            """,
            """
            INSERT INTO fleet_outages (tenant_id, controller_id, uid, device_uid, name, started_at)
            VALUES (\(database.tenant), \(id), 'o', 'u', \(canary), \(victim.now))
            """,
            """
            INSERT INTO fleet_gaps (
                tenant_id, gap_id, kind, thing, name, mac, vendor, address, cause, found_at)
            VALUES (
                \(database.tenant), \(id), 'service_alone', \("\(canary) \(id)"), \(canary), '', \(canary), '', 'none',
                \(victim.now))
            """,
            """
            INSERT INTO antennas (tenant_id, antenna_id, mac, name, address, firmware)
            VALUES (\(database.tenant), \(id), '24:A4:3C:00:00:01', \(canary), '10.20.0.2', \(canary))
            ON CONFLICT DO NOTHING
            """,
            """
            INSERT INTO antenna_jobs (tenant_id, job_id, number, kind, scope, state, author, made_at)
            VALUES (\(database.tenant), \(id), \(number), 'read', 'missing', 'done', \(canary), \(victim.now))
            """,
            """
            INSERT INTO antenna_job_lines (
                tenant_id, job_id, place, mac, address, name, cause, is_up, sector, state, word, detail)
            VALUES (
                \(database.tenant), \(id), 1, '24:A4:3C:00:00:01', '10.20.0.2', \(canary), '', false, '', 'failed',
                'key_changed', \(canary))
            """,
            """
            INSERT INTO fleet_days (tenant_id, day, kind, count, names, made_at)
            VALUES (\(database.tenant), '2026-01-01', 'down', 1, ARRAY[\(canary)], \(victim.now))
            ON CONFLICT DO NOTHING
            """,
        ])
        return id
    }

    /// An OLT with a template, a service's ONU that it refused, and one that asks.
    private static func furnishFibre(
        _ victim: TestTenant, of service: String
    ) async throws -> (olt: UUID, template: UUID, onu: UUID, configuration: UUID) {
        let (database, randomness) = (victim.database, victim.site.randomness)
        func id() -> UUID { UUID.v7(milliseconds: victim.now.milliseconds, from: randomness) }
        let (olt, template, unit, configuration) = (id(), id(), id(), id())
        let bound = try #require(UUID(service))
        let number = 1_000_000 + Int(randomness.next() % 1_000_000)
        _ = try await database.batch([
            """
            INSERT INTO olts (
                tenant_id, olt_id, number, name, vendor, firmware, address, port, login, password, ports, weak_power, mode,
                health, trouble, made_at)
            VALUES (
                \(database.tenant), \(olt), \(number), \("\(canary) \(olt)"), 'huawei', '', '10.0.0.1', 23, \(canary),
                '\\x00', '0/1/0', -27, 'shadow', 'down', \(canary), \(victim.now))
            """,
            """
            INSERT INTO onu_templates (
                tenant_id, template_id, number, name, vendor, unit_type, line_profile, service_profile, vlan, gem,
                upload_profile, download_profile, made_at)
            VALUES (
                \(database.tenant), \(template), \(number), \("\(canary) \(template)"), 'huawei', '', '10', '10', 100, 1,
                '', '', \(victim.now))
            """,
            """
            INSERT INTO onus (
                tenant_id, onu_id, number, olt_id, serial, port, description, service_id, template_id, revision,
                trouble_kind, trouble, made_at)
            VALUES (
                \(database.tenant), \(unit), \(number), \(olt), \("CNRO\("\(unit)".suffix(8).uppercased())"), '0/1/0',
                \(canary), \(bound), \(template), 1, 'refused', \(canary), \(victim.now))
            """,
            """
            INSERT INTO olt_configurations (
                tenant_id, configuration_id, olt_id, number, content, lines, added, removed, taken_at)
            VALUES (\(database.tenant), \(configuration), \(olt), 1, '\\x00', 1, 0, 0, \(victim.now))
            """,
            """
            INSERT INTO found_onus (tenant_id, olt_id, serial, port, model, found_at)
            VALUES (\(database.tenant), \(olt), 'CNRO00000001', '0/1/0', \(canary), \(victim.now))
            """,
            """
            INSERT INTO onu_departures (tenant_id, olt_id, serial, trouble, made_at)
            VALUES (\(database.tenant), \(olt), 'CNRO00000002', \(canary), \(victim.now))
            """,
            """
            INSERT INTO olt_commands (
                tenant_id, command_id, olt_id, onu_id, content, answer, is_refused, is_undo, sent_at)
            VALUES (
                \(database.tenant), \(id()), \(olt), \(unit), \(canary), \(canary), TRUE, FALSE, \(victim.now))
            """,
        ])
        return (olt, template, unit, configuration)
    }

    /// What was found at the router, and a backup of it.
    private static func furnishAudit(_ victim: TestTenant, of router: UUID) async throws -> (String, String) {
        let (database, randomness) = (victim.database, victim.site.randomness)
        let (finding, backup) = (
            UUID.v7(milliseconds: victim.now.milliseconds, from: randomness),
            UUID.v7(milliseconds: victim.now.milliseconds, from: randomness)
        )
        _ = try await database.batch([
            """
            INSERT INTO router_audits (tenant_id, router_id, audited_at, version, trouble)
            VALUES (\(database.tenant), \(router), \(victim.now), \(canary), \(canary))
            """,
            """
            INSERT INTO router_findings (
                tenant_id, finding_id, router_id, rule, subject, found, wanted, commands, undo, is_applicable, opened_at)
            VALUES (
                \(database.tenant), \(finding), \(router), 'AUD-12', \(canary), \(canary), \(canary), \(canary),
                \(canary), TRUE, \(victim.now))
            """,
            """
            INSERT INTO router_backups (
                tenant_id, backup_id, router_id, number, content, bytes, has_secrets, version, reason, changes, taken_at)
            VALUES (
                \(database.tenant), \(backup), \(router), 1, '\\x00', 1, TRUE, \(canary), 'night', 0, \(victim.now))
            """,
            """
            INSERT INTO router_backup_states (tenant_id, router_id, seen_at, trouble)
            VALUES (\(database.tenant), \(router), \(victim.now), \(canary))
            """,
        ])
        return ("\(finding)", "\(backup)")
    }

    private static func furnishBotQuestion(_ victim: TestTenant) async throws -> BotQuestion.ID {
        var question = BotQuestion(id: .make(milliseconds: victim.now.milliseconds, from: victim.site.randomness))
        (question.question, question.answer) = ("¿\(canary)?", canary)
        return try await question.add(by: victim.commandLine, in: victim.database).id
    }

    private static func furnishBankAccount(_ victim: TestTenant) async throws -> BankAccount.ID {
        var account = BankAccount(id: .make(milliseconds: victim.now.milliseconds, from: victim.site.randomness))
        (account.bank, account.holder, account.account) = (canary, canary, "0118359719")
        return try await account.add(of: victim.tenant, by: victim.commandLine, in: victim.database).id
    }

    /// A committed file with a line that waits, and one whose payer was learned.
    private static func furnishBankFile(
        _ victim: TestTenant, of customer: Customer.ID
    ) async throws -> (file: String, line: String, alias: String) {
        let acts = BankFileActs(vault: victim.site.vault, randomness: victim.site.randomness)
        let day = victim.tenant.timeZone.day(at: victim.now).iso
        let content =
            "Fecha,Concepto,Ordenante,Abono\n\(day),\(canary),\(canary) \(canary),7.00\n\(day),\(canary),,8.00\n"
        let file = try await acts.upload(
            Array(content.utf8), named: canary, of: try await furnishBankAccount(victim), in: victim.tenant,
            by: victim.commandLine, in: victim.database)
        func work() async throws {
            try await WorkOnBankFile(file.id).go(
                of: victim.tenant, by: acts, readingIn: .tests, knowing: victim.site.catalogue, at: victim.now,
                in: victim.database)
        }
        try await work()
        _ = try await acts.commit(file.id, by: victim.commandLine, in: victim.database)
        try await work()
        func line(worth minor: Int) async throws -> BankLine.ID? {
            try await victim.database.value(
                """
                SELECT line_id FROM bank_lines
                WHERE tenant_id = \(victim.database.tenant) AND file_id = \(file.id) AND amount = \(minor)
                """)
        }
        _ = try await acts.assign(
            try #require(try await line(worth: 700)), to: customer, in: victim.tenant, by: victim.commandLine,
            in: victim.database)
        let alias: UUID? = try await victim.database.value(
            "SELECT alias_id FROM payer_aliases WHERE tenant_id = \(victim.database.tenant) LIMIT 1")
        return (
            "\(file.id)", "\(try #require(try await line(worth: 800)))", "\(try #require(alias))"
        )
    }

    /// An account at a gateway, and what a customer was asked for there, with the notice of it.
    private static func furnishOnlinePayment(
        _ victim: TestTenant, of customer: UUID
    ) async throws -> (payment: String, hook: String) {
        let (database, now) = (victim.database, victim.now)
        let gateway = UUID.v7(milliseconds: now.milliseconds, from: victim.site.randomness)
        let payment = UUID.v7(milliseconds: now.milliseconds, from: victim.site.randomness)
        let (hook, mark) = ("\(gateway)", "\(canary) \(payment)")
        try await database.execute(
            """
            INSERT INTO gateways (
                tenant_id, provider, gateway_id, is_on, secret, secret_end, hook, account, is_live, examined_at)
            VALUES (\(database.tenant), 'stripe', \(gateway), true, '', '', \(hook), \(canary), false, \(now))
            ON CONFLICT (tenant_id, provider) DO UPDATE SET hook = excluded.hook
            """)
        try await database.execute(
            """
            INSERT INTO online_payments (
                tenant_id, online_payment_id, number, customer_id, provider, way, amount, currency, state, trouble,
                attempt, checkout, received, made_at, expires_at)
            SELECT \(database.tenant), \(payment), count(*) + 1, \(customer), 'stripe', 'hosted', 100,
                \(victim.tenant.currency.code), 'review', 'amount', 1, \(mark), \(mark), \(now), \(now)
            FROM online_payments WHERE tenant_id = \(database.tenant)
            """)
        try await database.execute(
            """
            INSERT INTO gateway_notices (
                tenant_id, provider, event, kind, online_payment_id, body, received_at)
            VALUES (\(database.tenant), 'stripe', \(mark), \(canary), \(payment), \(canary), \(now))
            """)
        return ("\(payment)", hook)
    }

    /// A chat with an answer that failed and a file that was kept, beside a label and a canned reply.
    private static func furnishConversation(
        _ tenant: TestTenant, named name: String
    ) async throws -> (conversation: String, message: String, file: String, label: String, reply: String) {
        let (database, now) = (tenant.database, tenant.now)
        func id() -> UUID { .v7(milliseconds: now.milliseconds, from: tenant.site.randomness) }
        let inbound = InboundMessage(
            .whatsapp, account: nil, from: name, name: name, providerID: "\(id())", kind: .document, body: name,
            files: [InboundFile(providerFile: name, mediaType: "text/plain", name: name, bytes: 1)], sentAt: now)
        let received = try #require(try await database.receive(inbound, of: tenant.tenant, at: now))
        let file = try #require(try await database.waitingFiles(of: received.id).first)
        try await database.keep(
            file.id, Array(name.utf8), mediaType: "text/plain", in: tenant.site.vault, at: now)
        let answer = try await database.send(
            .text(name), in: received.conversation, by: MessageAuthor(.system, name: name), at: now)
        try await database.noteFailed(answer.id, .unknown, detail: name, at: now)
        let (label, reply) = (id(), id())
        try await database.execute(
            """
            INSERT INTO labels (tenant_id, label_id, name, colour)
            VALUES (\(database.tenant), \(label), \("\(name) \("\(label)".suffix(12))"), 'red')
            """)
        try await database.execute(
            """
            INSERT INTO canned_replies (tenant_id, canned_reply_id, code, body)
            VALUES (
                \(database.tenant), \(reply), \("\(name.lowercased())\("\(reply)".suffix(12))"), \(name))
            """)
        return ("\(received.conversation)", "\(answer.id)", "\(file.id)", "\(label)", "\(reply)")
    }

    /// A number that is connected, and a notice of it that nobody has read.
    private static func furnishChannel(_ victim: TestTenant) async throws -> (account: String, hook: String) {
        let (database, now, vault) = (victim.database, victim.now, victim.site.vault)
        let account = UUID.v7(milliseconds: now.milliseconds, from: victim.site.randomness)
        func sealed(_ column: String) async throws -> [UInt8] {
            try await vault.seal(
                Array(canary.utf8), for: SecretField(column, of: "channel_accounts", row: account), at: now,
                in: database)
        }
        let (token, secret) = (try await sealed("token"), try await sealed("secret"))
        try await database.execute(
            """
            INSERT INTO channel_accounts (
                tenant_id, account_id, channel, is_on, token, token_end, secret, verification, number, hook, name,
                handle, examined_at, next_at)
            VALUES (
                \(database.tenant), \(account), 'whatsapp', true, \(token), '', \(secret), \(canary),
                \("\(victim.site.randomness.next() % 1_000_000_000)"), \("\(account)"), \(canary), \(canary), \(now),
                \(now))
            """)
        try await database.execute(
            """
            INSERT INTO channel_notices (tenant_id, notice_id, account_id, body, received_at)
            VALUES (\(database.tenant), \(account), \(account), \(Array(canary.utf8)), \(now))
            """)
        return ("\(account)", "\(account)")
    }

    /// A notice that was tried, beside a template that carries its kind.
    private static func furnishNotice(
        _ victim: TestTenant, to customer: Customer.ID, at account: String
    ) async throws -> String {
        let (database, now) = (victim.database, victim.now)
        let about = UUID.v7(milliseconds: now.milliseconds, from: victim.site.randomness)
        let kind = NoticeKind("canario", Message(es: "Canario", en: "Canary", pt: "Canário"))
        try await database.notify(
            customer, of: kind, about: about, subject: canary, text: canary, blanks: ["nombre": canary], at: now)
        let notice = try #require(try await database.notices(of: customer, limit: 1).first)
        try await database.execute(
            """
            INSERT INTO notice_attempts (tenant_id, notice_id, position, channel, state, failure, made_at, changed_at)
            VALUES (\(database.tenant), \(notice.id), 1, \(canary), 'failed', \(canary), \(now), \(now))
            """)
        try await database.execute(
            """
            INSERT INTO message_templates (
                tenant_id, template_id, account_id, name, language, category, status, body, is_foreign, seen_at)
            VALUES (
                \(database.tenant), \(about), \(UUID(account)), \(canary), 'es', 'utility', 'approved', \(canary), false,
                \(now))
            """)
        try await database.execute(
            """
            INSERT INTO template_uses (tenant_id, kind, template_id, blanks)
            VALUES (\(database.tenant), \("\(canary) \(about)"), \(about), \([canary]))
            """)
        return "\(notice.id)"
    }

    /// An open shift of a program's, at a till of its own.
    private static func furnishShift(_ victim: TestTenant) async throws -> (till: String, shift: String) {
        var till = Till(id: .make(milliseconds: victim.now.milliseconds, from: victim.site.randomness))
        till.name = "\(canary) \(till.id)"
        _ = try await till.add(by: victim.commandLine, in: victim.database)
        let keeper = UUID.v7(milliseconds: victim.now.milliseconds, from: victim.site.randomness)
        var opening = ShiftOpening(in: victim.tenant.currency)
        opening.till = till.id
        let shift = try await ShiftActs(randomness: victim.site.randomness).open(
            opening, of: victim.tenant,
            by: Principal(
                Actor(.token, id: keeper, name: canary), permissions: [.cashKeep], of: victim.site.catalogue,
                at: victim.now), in: victim.database)
        return ("\(till.id)", "\(shift.id)")
    }

    /// Served, with the canary in its name, so that nobody else's page may show it.
    private static func furnishDomain(_ victim: TestTenant) async throws -> Domain.ID {
        let host = "\(canary.lowercased()).example"
        _ = try await Domain.vouch(
            for: [host], by: victim.commandLine, from: victim.site.randomness, in: victim.database)
        let database = victim.database
        let id: UUID? = try await database.value(
            "SELECT domain_id FROM domains WHERE tenant_id = \(database.tenant) AND host = \(host)")
        return Domain.ID(try #require(id))
    }

    private static func furnishContract(_ victim: TestTenant, of customer: Customer.ID) async throws -> String {
        let principal = victim.commandLine
        if try await victim.database.contractTemplate() == nil {
            // Two, of which the attacker has made one.
            for version in 0...1 {
                try await ContractTemplate.publish(
                    "\(canary) {condiciones} \(version)", after: version, by: principal, in: victim.database)
            }
        }
        let acts = ContractActs(
            printer: ContractPrinter(in: .tests), mailing: nil, randomness: victim.site.randomness)
        let contract = try await acts.make(
            NewContract(identification: canary, conditions: canary), for: customer, at: victim.tenant,
            reachedAt: "https://\(canary)", by: principal, in: victim.database
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
            amount: Money(minor: 100, .usd), day: tenant.timeZone.day(at: victim.now), method: .cash, reference: canary,
            form: .v7(milliseconds: 0, from: victim.site.randomness))
        try await books.register(payment, of: tenant, by: victim.commandLine, in: platform)
        return try #require(try await books.postings(of: tenant).first { $0.bill != nil }).id
    }

    private static func furnishLogo(_ victim: TestTenant) async throws -> String {
        let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
        let logo = try await Logo.draw(Array(drawing.utf8), in: .tests, for: victim.tenant.id.uuid)
        let tenant = try await victim.tenant.put(logo, by: .commandLine, at: victim.now, in: victim.database)
        return try #require(tenant.brand.path(of: "logo")?.split(separator: "/").last.map(String.init))
    }

    /// With an issuer that is not there: nobody gets as far as being sent to it.
    private var external: ExternalSignIn {
        let provider = OpenIDProvider(issuer: "https://issuer.example", over: Self.web, egress: .publicOnly())
        return ExternalSignIn(provider, attacker.site.signIn) { _ in }
    }

    private var context: RoomContext {
        attacker.site.context(of: Rooms.list, mailing: Mailing(), external: external)
    }

    /// The program's own request gates, with every route it serves.
    private(set) lazy var doors: [RequestGate] = [
        attacker.gate(context.panelRoutes, credential: Panel.credential, refuse: Panel.refuse),
        attacker.gate(context.portalRoutes, credential: Portal.credential, refuse: Portal.refuse),
        attacker.gate(context.apiRoutes.visits, credential: API.credential, refuse: API.refuse),
    ]

    /// Those at the platform's own host.
    var consoleDoors: [RequestGate] {
        get throws {
            let context = attacker.site.context(of: Rooms.list)
            let parts = Console.Parts(
                context, health: Health([]), isolation: Isolation(Schema.lint) { [] },
                spool: ExportSpool(
                    directory: "/tmp", writingOn: BlockingPool(threads: 1, queueLimit: 8, name: "exports")))
            return [
                attacker.gate(
                    Console.routes(parts), at: .platform, credential: Panel.credential, refuse: Panel.refuse),
                attacker.gate(
                    Console.accountRoutes(context), at: .platform, credential: Panel.credential, refuse: Panel.refuse),
            ]
        }
    }

    /// Somebody of the platform, with the console's cookie and a visit to the victim, at the attacker's host: without
    /// having entered it, nothing is shown and nothing of it changes.
    func uninvited() async throws {
        let admin = [("platform admin", KeyValuePairs(dictionaryLiteral: ("Cookie", foreign.adminCookie)))]
        let before = try checksum()
        for gate in doors {
            for route in gate.routes.declarations {
                for (path, isWhole) in paths(of: route) {
                    for visitor in admin {
                        for host in [attacker.host, victim.host] {
                            if host == victim.host, isForAnybodyThere(path) { continue }
                            try await ask(gate, route, path, as: visitor, at: host, isWhole: isWhole)
                        }
                    }
                }
            }
        }
        for (now, then) in zip(try checksum(), before) where now != then {
            findings.append("The platform changed a tenant's rows without entering it: \(now)")
        }
    }

    /// The victim's own link signs in whoever holds it, its logo is looked at by everybody, and what the addresses of its
    /// gateways and channels are told is noted: that is their use.
    private func isForAnybodyThere(_ path: String) -> Bool {
        [foreign.link, foreign.visitLink, foreign.subscriberLink, foreign.picture, foreign.hook]
            .contains { path.contains($0) } || path.hasPrefix("/hooks/channels/")
    }

    func run(_ doors: [RequestGate], _ share: IsolationShare? = nil, at host: String? = nil) async throws {
        let before = try checksum()
        for gate in doors {
            // Whoever signs out has nothing to try afterwards.
            let routes = gate.routes.declarations.enumerated()
                .filter { $0.offset % (share?.parts ?? 1) == share?.part ?? 0 }.map(\.element)
            let isLast = { (route: RouteDeclaration) in route.pattern.hasSuffix(Self.signOut) }
            for route in routes.filter({ !isLast($0) }) + routes.filter(isLast) {
                for (path, isWhole) in paths(of: route) {
                    for visitor in visitors where isWhole || Self.powerful.contains(visitor.name) {
                        try await ask(gate, route, path, as: visitor, at: host, isWhole: isWhole)
                    }
                }
                if try checksum() != before {
                    findings.append("\(route.method.name) \(route.pattern) changed rows of the neighbour's")
                    return
                }
            }
        }
    }

    /// Each form of the attacker's own, at its own place, that names something of the neighbour's wherever it names
    /// something: a service of their plan, a payment of their customer.
    func refer() async throws {
        let before = try checksum()
        let owner = try #require(visitors.first { $0.name == "\(ReadyMadeRole.owner)" })
        for route in doors[0].routes.declarations where !route.pattern.hasSuffix(Self.signOut) {
            guard let form = forms[route.pattern], let place = places[route.pattern] else { continue }
            let ids = form.matches(of: Self.id).map { form[$0.range] }
            for id in Set(ids) {
                for stranger in foreign.all {
                    let body = form.replacing(id, with: stranger)
                    let answer = try await send(doors[0], .post, place, body, as: owner)
                    referred += 1
                    judge(answer, "\(owner.name): \(place) \(body)", route, isOwnPlace: true)
                    guard let shown = answer.headers["Location"], shown.hasPrefix("/panel/") else { continue }
                    judge(
                        try await send(doors[0], .get, shown, "", as: owner), "\(shown) after \(place) \(body)", route,
                        isOwnPlace: true)
                }
            }
            if try checksum() != before {
                findings.append("\(route.pattern) changed rows of the neighbour's that it was given by name")
                return
            }
        }
        let program = try #require(visitors.first { $0.name == "program" })
        for route in doors[2].routes.declarations {
            let title = "\(route.method.name) \(route.pattern.replacing(":id", with: "{id}"))"
            guard let (path, body) = APIContractTests.examples[title], body.contains(Self.ownNames) else { continue }
            for stranger in foreign.all {
                let place = path.replacing("SOMEBODY", with: "\(customer)")
                let named = body.replacing(Self.ownNames, with: stranger)
                let answer = try await send(
                    doors[2], route.method, place, named, as: program, key: "\(path)-\(stranger)")
                referred += 1
                judge(answer, "program: \(place) \(named)", route, isOwnPlace: true)
                #expect(
                    [.notFound, .unprocessableContent].contains(answer.status),
                    "\(title) \(named): \(answer.status) \(answer.text)")
            }
        }
        #expect(try checksum() == before)
    }

    /// In the examples' bodies, what stands for a customer and for plans.
    private static var ownNames: Regex<Substring> { /SOMEBODY|SOLD|BETTER/ }

    private static var id: Regex<Substring> { /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/ }

    /// Each route is tried with so many ids of other kinds; the next routes go on with the next ones.
    private static let othersTried = 10
    private var nextOther = 0

    /// The neighbour's id in the place of each parameter, and some of everything else of theirs there, of which not all is
    /// tried. A parameter this table does not know fails the test: whoever adds a route adds what it can be attacked with.
    private func paths(of route: RouteDeclaration) -> [(path: String, isWhole: Bool)] {
        guard let parameter = route.parameters.first else { return [(route.pattern, true)] }
        let known: [(prefix: String, value: String)] = [
            ("/panel/staff/", foreign.staff), ("/panel/roles/", foreign.role), ("/panel/tokens/", foreign.token),
            ("/panel/letters/", foreign.letter), ("/panel/zones/", foreign.zone),
            ("/panel/plans/", foreign.plan), ("/api/v1/plans/", foreign.plan),
            ("/panel/services/", foreign.service), ("/api/v1/services/", foreign.service),
            ("/panel/fiscal/", foreign.fiscal), ("/api/v1/fiscal-profiles/", foreign.fiscal),
            ("/panel/payments/", foreign.payment), ("/api/v1/payments/", foreign.payment),
            ("/panel/receipts/", foreign.payment), ("/api/v1/receipts/", foreign.payment),
            ("/panel/billing/runs/", foreign.billingRun), ("/api/v1/billing-runs/", foreign.billingRun),
            ("/panel/expenses/", foreign.expense), ("/api/v1/expenses/", foreign.expense),
            ("/panel/adjustments/", foreign.adjustment), ("/api/v1/adjustments/", foreign.adjustment),
            ("/panel/payment-methods/", "canario"),
            ("/panel/collection/runs/", foreign.run), ("/api/v1/collection/runs/", foreign.run),
            ("/panel/promises/", foreign.promise), ("/api/v1/promises/", foreign.promise),
            ("/panel/holds/", foreign.hold), ("/api/v1/holds/", foreign.hold),
            ("/panel/strikes/", foreign.strike),
            ("/panel/invoices/", foreign.invoice), ("/api/v1/invoices/", foreign.invoice),
            ("/portal/invoices/", foreign.invoice),
            ("/panel/online-payments/", foreign.onlinePayment), ("/portal/online-payments/", foreign.onlinePayment),
            ("/api/v1/online-payments/", foreign.onlinePayment),
            ("/hooks/gateways/", foreign.hook), ("/hooks/channels/", foreign.channelHook),
            ("/panel/channels/accounts/", foreign.channel), ("/api/v1/notices/", foreign.notice),
            ("/panel/inbox/", foreign.conversation), ("/api/v1/conversations/", foreign.conversation),
            ("/panel/messages/", foreign.message), ("/api/v1/messages/", foreign.message),
            ("/panel/message-files/", foreign.messageFile), ("/panel/labels/", foreign.label),
            ("/panel/canned-replies/", foreign.cannedReply), ("/panel/bot/questions/", foreign.botQuestion),
            ("/api/v1/bot-questions/", foreign.botQuestion),
            ("/panel/bank-accounts/", foreign.bankAccount), ("/api/v1/bank-accounts/", foreign.bankAccount),
            ("/panel/bank-files/", foreign.bankFile), ("/api/v1/bank-files/", foreign.bankFile),
            ("/panel/bank-lines/", foreign.bankLine), ("/api/v1/bank-lines/", foreign.bankLine),
            ("/panel/payer-aliases/", foreign.payerAlias),
            ("/panel/tills/", foreign.till), ("/api/v1/tills/", foreign.till), ("/panel/imports/", foreign.file),
            ("/api/v1/imports/", foreign.file),
            ("/panel/shifts/", foreign.shift), ("/api/v1/shifts/", foreign.shift),
            ("/panel/merges/", foreign.merge), ("/api/v1/customer-merges/", foreign.merge),
            ("/panel/routers/", foreign.router), ("/api/v1/routers/", foreign.router),
            ("/panel/network/differences/", foreign.service),
            ("/panel/network/findings/", foreign.finding), ("/api/v1/network/findings/", foreign.finding),
            ("/panel/network/backups/", foreign.backup), ("/api/v1/router-backups/", foreign.backup),
            ("/panel/incidents/", foreign.incident), ("/api/v1/incidents/", foreign.incident),
            ("/panel/maintenances/", foreign.maintenance), ("/api/v1/maintenances/", foreign.maintenance),
            ("/panel/tickets/", foreign.ticket), ("/api/v1/tickets/", foreign.ticket),
            ("/portal/tickets/", foreign.ticket),
            ("/panel/ticket-files/", foreign.ticketFile), ("/portal/ticket-files/", foreign.ticketFile),
            ("/panel/agenda/", foreign.fieldJob), ("/api/v1/field-jobs/", foreign.fieldJob),
            ("/panel/field-photos/", foreign.fieldPhoto),
            ("/panel/stock/", foreign.stockProduct), ("/panel/stock-units/", foreign.stockUnit),
            ("/api/v1/stock-units/", foreign.stockUnit), ("/panel/warehouses/", foreign.warehouse),
            ("/panel/suppliers/", foreign.supplier),
            ("/panel/assistant/models/", foreign.languageModel),
            ("/panel/campaigns/", foreign.campaign), ("/api/v1/campaigns/", foreign.campaign),
            ("/panel/sites/", foreign.site), ("/api/v1/sites/", foreign.site),
            ("/panel/voucher-sales/", foreign.expense),
            ("/panel/voucher-cards/", foreign.voucher), ("/panel/vouchers/", foreign.voucherBatch),
            ("/api/v1/voucher-batches/", foreign.voucherBatch),
            ("/panel/voice/accounts/", foreign.voice), ("/api/v1/voice-accounts/", foreign.voice),
            ("/panel/voice/carriers/", foreign.voice), ("/api/v1/voice-carriers/", foreign.voice),
            ("/panel/voice/decks/", foreign.voice), ("/api/v1/voice-decks/", foreign.voice),
            ("/panel/voice/blocks/", foreign.voice), ("/api/v1/voice-blocks/", foreign.voice),
            ("/panel/voice/calls/", foreign.voice), ("/api/v1/voice-calls/", foreign.voice),
            ("/panel/radius/", foreign.accessServer), ("/api/v1/access-servers/", foreign.accessServer),
            ("/panel/devices/", foreign.device), ("/api/v1/devices/", foreign.device),
            ("/panel/fleet/controllers/", foreign.fleet), ("/panel/fleet/devices/", foreign.fleet),
            ("/panel/fleet/gaps/", foreign.fleet), ("/panel/antennas/jobs/", foreign.fleet),
            ("/api/v1/fleet/controllers/", foreign.fleet),
            ("/api/v1/fleet/devices/", foreign.fleet),
            ("/panel/olts/", foreign.olt), ("/api/v1/olts/", foreign.olt),
            ("/panel/onu-templates/", foreign.template), ("/api/v1/olt/service-templates/", foreign.template),
            ("/panel/olt-configurations/", foreign.oltConfiguration),
            ("/panel/onus/", foreign.onu), ("/api/v1/onus/", foreign.onu),
            ("/panel/customers/", foreign.customer), ("/portal/link/", foreign.subscriberLink),
            ("/portal/sessions/", foreign.subscriberSession),
            ("/panel/account/sessions/", foreign.session), ("/panel/account/chat/", foreign.conversation),
            ("/panel/enter/", foreign.link),
            ("/api/v1/customers/", foreign.customer), ("/panel/visits/", foreign.visit),
            ("/panel/visit/", foreign.visitLink), ("/platform/tenants/", foreign.tenant),
            ("/platform/billing/", foreign.tenant),
            ("/panel/plan/bills/", foreign.bill),
            ("/platform/visits/", foreign.visit), ("/platform/dead-jobs/", foreign.visit),
            ("/platform/admins/", foreign.staff), ("/panel/webhooks/", foreign.webhook),
            ("/api/v1/webhooks/", foreign.webhook), ("/api/v1/events/", foreign.event),
            ("/panel/domains/", foreign.domain), ("/assets/brand/", foreign.picture),
            ("/panel/contracts/", foreign.contract), ("/portal/contracts/", foreign.contract),
            ("/api/v1/contracts/", foreign.contract), ("/panel/contract-template/versions/", "2"),
        ]
        guard route.parameters.count == 1 || ["event", "posting", "charge"].contains(route.parameters[1].name),
            let own = known.first(where: { route.pattern.hasPrefix($0.prefix) })?.value
        else {
            uncovered.append("\(route.method.name) \(route.pattern)")
            return []
        }
        let others = (0..<Self.othersTried).map { foreign.all[(nextOther + $0) % foreign.all.count] }
        nextOther = (nextOther + Self.othersTried) % foreign.all.count
        // The last is no id at all.
        return Set([own] + others + [foreign.subscriberLink]).map { id in
            let path = route.pattern.replacing(":\(parameter.name)", with: id).replacing(":event", with: foreign.event)
                .replacing(":posting", with: foreign.bill).replacing(":charge", with: foreign.event)
            return (path, id == own)
        }
    }

    private func ask(
        _ gate: RequestGate, _ route: RouteDeclaration, _ path: String,
        as visitor: Visitor, at host: String? = nil, isWhole: Bool
    ) async throws {
        // The ids once more wherever else a handler might look for one.
        let query =
            "?id=\(foreign.customer)&copy=\(foreign.role)&actor=\(foreign.staff)&subject=\(foreign.staff)&after=0&request=\(foreign.code)"
        let form = "id=\(foreign.staff)&tenant_id=\(victim.tenant.id)&role=\(foreign.role)&name=x&email=x%40example.com"
        let isSafe = route.method == .get
        let own = forms[route.pattern].map { [(path, $0)] } ?? []
        let foreignJSON = #"{"name":"x","id":"\#(foreign.customer)","tenant_id":"\#(victim.tenant.id)"}"#
        let tries =
            switch (isSafe, path.hasPrefix("/api/")) {
            case (true, _): isWhole ? [(path, ""), (path + query, "")] : [(path + query, "")]
            case (_, true):
                [(path, foreignJSON)]
                    + (!isWhole
                        ? []
                        : [
                            (path, #"{"name":"x"}"#), (path, #"{"reason":"x"}"#),
                            (path, #"{"customer":"\#(foreign.customer)","conditions":"x"}"#),
                        ])
            default:
                own.isEmpty || isWhole
                    ? [
                        (path, ""), (path, form), (path, "role=\(foreign.role)"), (path, "name=x&state=active"),
                        (path, "name=Robo+Robo&accept=yes"), (path, "conditions=robo&identification=1"),
                        (path, "reason=robo"),
                    ] + own : own
            }
        for (target, body) in tries {
            let answer = try await send(gate, route.method, target, body, as: visitor, at: host)
            if !isSafe, visitor.name == "\(ReadyMadeRole.owner)", route.pattern.hasPrefix("/panel/") {
                answers[route.pattern, default: []].insert(answer.status)
            }
            judge(
                answer, "\(visitor.name): \(route.method.name) \(target) \(body)", route,
                mayNameVictim: host == victim.host)
        }
    }

    private func send(
        _ gate: RequestGate, _ method: HTTP.Method, _ target: String, _ body: String, as visitor: Visitor,
        at host: String? = nil, key: String = canary
    ) async throws -> Answer {
        let isAPI = target.hasPrefix("/api/")
        var headers = Array(visitor.headers)
        headers += [
            ("Sec-Fetch-Site", "same-origin"), ("X-Forwarded-Host", victim.host),
            ("X-Tenant-Id", "\(victim.tenant.id)"),
            ("If-None-Match", "\"\(foreign.customer)\""),
        ]
        if method != .get {
            headers.append(("Content-Type", isAPI ? "application/json" : "application/x-www-form-urlencoded"))
        }
        // The neighbour's own key: it must not bring the neighbour's answer.
        if isAPI { headers += [("Idempotency-Key", key), ("If-Match", "*")] }
        let request = try DirectRequests(on: .tests).request(
            method.name.description, target, host: host ?? attacker.host, fields: headers, body: Array(body.utf8))
        return Answer(await gate.answer(request))
    }

    /// A company's name is for everybody at its own host, and nothing else of it is.
    private func judge(
        _ answer: Answer, _ what: String, _ route: RouteDeclaration, mayNameVictim: Bool = false,
        isOwnPlace: Bool = false
    ) {
        asked += 1
        statuses[answer.status, default: 0] += 1
        let text = answer.text + answer.headers.all.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        let isTold =
            text.holds(Self.canary) || !mayNameVictim && text.holds("\(Self.canary.lowercased()).example")
        if isTold || !mayNameVictim && text.holds(victim.tenant.name) {
            findings.append("\(what) shows the neighbour's")
        }
        if answer.status.code >= 500 { findings.append("\(what) fails with \(answer.status.code)") }
        // Somebody else's is not there, rather than forbidden, for all who may see such things at all.
        if !isOwnPlace, !route.parameters.isEmpty, (200..<300).contains(answer.status.code) {
            findings.append("\(what) answers \(answer.status.code)")
        }
    }

    private static func furnishService(
        _ victim: TestTenant, of customer: Customer.ID, _ plan: Plan.ID
    ) async throws -> (service: String, fiscal: String) {
        let (randomness, database) = (victim.site.randomness, victim.database)
        let found = try #require(try await database.customer(customer))
        var service = Service.blank(of: found, for: victim.tenant, at: victim.now, from: randomness)
        service.plan = plan
        let sold = try await service.add(of: victim.tenant, by: victim.commandLine, in: database)
        _ = try await Activation(day: victim.tenant.timeZone.day(at: victim.now)).happen(
            to: sold.id, of: victim.tenant, by: victim.commandLine, in: database)
        var profile = FiscalProfile(
            id: .make(milliseconds: victim.now.milliseconds, from: randomness), customer: customer)
        (profile.legalName, profile.taxID) = (canary, victim.tenant.region == .peru ? "20100070970" : "XAXX010101000")
        _ = try await profile.add(in: victim.tenant.region, by: victim.commandLine, in: database)
        return ("\(sold.id)", "\(profile.id)")
    }

    /// Of all the victim has. Guesses at signing in are counted per guesser, and are nobody's data; announcements go as
    /// they are sent. In the order of the tables, whichever was read first.
    private func checksum() throws -> [String] { try superuser.column("\(checksums) ORDER BY 1") }

    private lazy var superuser: OwnerConnection = try! victim.site.test.superuser()

    private lazy var checksums: String = {
        let tables = try! superuser.column(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                AND c.relname NOT IN ('sign_in_tries', 'announcements') ORDER BY 1
            """)
        return tables.map { table in
            "SELECT '\(table)' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM \(table) t WHERE tenant_id = '\(victim.tenant.id)'"
        }.joined(separator: " UNION ALL ")
    }()
}

extension String {
    /// `contains` of the library takes a tenth of the whole matrix.
    fileprivate func holds(_ other: String) -> Bool {
        strlen(self) == utf8.count ? strstr(self, other) != nil : contains(other)
    }
}

extension TestTenant {
    /// Of nobody there, who may do nothing.
    fileprivate var principal: Principal {
        Principal(
            Actor(.staff, id: UUID.v7(milliseconds: 0, from: site.randomness), name: "x"), permissions: [],
            of: site.catalogue, at: now)
    }

    /// The cookies of somebody of the platform who came in: here, and at the console.
    fileprivate func guest(_ power: ActiveImpersonation.Power) async throws -> (cookie: String, admin: String) {
        let (admin, place, link) = try await visitLink(power)
        let secret = try await Impersonation.enter(
            with: link, at: place, now: now, from: site.randomness, in: database)
        return ("sid=\(secret.text)", admin)
    }

    fileprivate func visitLink(
        _ power: ActiveImpersonation.Power
    ) async throws -> (admin: String, place: Session.Place, link: String) {
        let platform = try await site.platform
        let cookie = try await platform.signInAdmin(named: "Petra")
        let admin = try #require(try await platform.database.staff().max { $0.id.uuid < $1.id.uuid })
        let principal = Principal(
            Actor(.staff, id: admin.id.uuid, name: admin.name), permissions: [], of: site.catalogue, at: now)
        let wish = try #require(Impersonation.Wish(reason: "Para la prueba", power: power, minutes: 60))
        let link = try await Impersonations(database: site.test.database).begin(
            wish, at: tenant, by: principal, from: site.randomness, in: platform.database)
        return (cookie, Session.Place(device: "", address: ""), link.text)
    }

    /// Leaves an answer that is kept for its key.
    fileprivate func programMakesCustomer(named name: String, with token: String, key: String) async throws {
        let request = try DirectRequests(on: .tests).request(
            "POST", "/api/v1/customers", host: host,
            headers: [
                "Authorization": "Bearer \(token)", "Idempotency-Key": key, "Content-Type": "application/json",
            ], body: Array(#"{"name":"\#(name)","distinct":true}"#.utf8))
        let gate = gate(
            site.context(of: Rooms.list).apiRoutes.visits, credential: API.credential, refuse: API.refuse)
        let answer = Answer(await gate.answer(request))
        #expect(answer.status == .created)
    }
}
