import Access
import Addresses
import Crypto
import Declarations
import Events
import GatewayDrivers
import GatewayLab
import GatewayProtocol
import HTTP
import Identifiers
import Identity
import JSON
import Jobs
import Ledger
import Locale
import Loop
import Panel
import Payments
import Portal
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time
import WebClient

@testable import Customers
@testable import Gateways
@testable import Subscribers

extension GatewayProvider {
    /// The company's key at the provider's lab; the neighbour has another.
    var labKey: String {
        switch self {
        case .stripe: "sk_test_lab"
        case .mercadopago: "TEST-lab"
        case .conekta: "key_lab"
        }
    }
}

/// A company whose customers pay at a provider's lab, with a neighbour that does not.
struct GatewayFixture: Sendable {
    let provider: GatewayProvider
    let norte: TestTenant
    let sur: TestTenant
    let lab: GatewayLab
    let origin: String
    let web: HTTPClient
    let gateways: GatewayActs

    var acts: OnlinePaymentActs { OnlinePaymentActs(gateways, PaymentActs(randomness: norte.site.randomness)) }

    /// `isSetUp` where the company has given its keys already.
    static func with(
        _ provider: GatewayProvider = .stripe, isSetUp: Bool = true, _ test: (GatewayFixture) async throws -> Void
    ) async throws {
        try await withTenants(declaring: .customers, .subscribers, .portal, .ledger, .payments, .gateways) {
            norte, sur in
            var plan = GatewayLab.Plan()
            plan.provider = try #require(GatewayLab.Provider(rawValue: provider.rawValue))
            plan.secrets = [provider.labKey, "\(provider.labKey)2"]
            let lab = GatewayLab(plan, clock: norte.site.clock.source, randomness: norte.site.randomness)
            try await RunningServer.run(handler: { await lab.answer($0) }) { server in
                guard case .ip(_, let port) = server.address else { return }
                let origin = "http://127.0.0.1:\(port)"
                lab.open(at: origin)
                let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
                let egress = Egress.publicOnly(besides: [
                    .init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)
                ])
                let line = GatewayLine(web, egress: egress, base: origin)
                let fixture = GatewayFixture(
                    provider: provider, norte: norte, sur: sur, lab: lab, origin: origin, web: web,
                    gateways: GatewayActs(
                        [StripeGateway(line), MercadoPagoGateway(line), ConektaGateway(line)],
                        vault: norte.site.vault, randomness: norte.site.randomness))
                do {
                    if isSetUp { try await fixture.setUp() }
                    try await test(fixture)
                    await web.close()
                } catch {
                    await web.close()
                    throw error
                }
            }
        }
    }

    /// As an owner does: gives the keys, registers the address, offers it.
    func setUp(at tenant: TestTenant? = nil) async throws {
        let (tenant, isNorte) = (tenant ?? norte, tenant == nil)
        let key = isNorte ? provider.labKey : "\(provider.labKey)2"
        _ = try await gateways.save(
            provider, secret: key, noticeSecret: "", by: tenant.commandLine, in: tenant.database)
        let hook = try #require(try await tenant.database.gateway(provider)).noticePath()
        let secret = try await tell("/lab/notices", ["address": "http://\(tenant.host)\(hook)", "key": key])
        _ = try await gateways.save(
            provider, secret: "", noticeSecret: String(decoding: secret.body, as: UTF8.self), by: tenant.commandLine,
            in: tenant.database)
        guard isNorte else { return }
        try await gateways.set(provider, isOn: true, of: norte.tenant, by: norte.commandLine, in: norte.database)
    }

    struct Unexpected: Error {}

    /// Something at the lab's own address, or as the provider's API has it.
    @discardableResult
    func tell(_ path: String, _ form: KeyValuePairs<String, String?> = [:]) async throws -> WebResponse {
        let port = try #require(UInt16(origin.split(separator: ":").last.map(String.init) ?? ""))
        return try await web.send(
            WebRequest(
                "POST", origin + path,
                egress: .devices([.init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)]),
                headers: [
                    "Authorization": "Bearer \(provider.labKey)", "Content-Type": "application/x-www-form-urlencoded",
                ], body: .bytes(Array(Fields(form).urlEncoded.utf8))))
    }

    func customer(_ name: String = "Luz", owing minor: Int64 = 35_000, at tenant: TestTenant? = nil) async throws
        -> (id: Customer.ID, cookie: String)
    {
        let tenant = tenant ?? norte
        let id: Customer.ID = tenant.newID()
        var customer = Customer(id: id, name: name, state: .active, since: Day(iso: "2026-01-01")!)
        customer.email = "\(id)@clientes.example"
        customer.phone = "+525512345678"
        _ = try await Customer.add(
            [customer], distinct: true, to: tenant.tenant, by: tenant.commandLine, in: tenant.database)
        if minor > 0 {
            let charge: Transaction.ID = tenant.newID()
            try await tenant.database.post(
                Transaction(
                    id: charge, .charge, of: charge.uuid, on: Day(iso: "2026-11-01")!, due: Day(iso: "2026-11-10")!,
                    note: "F-1",
                    [
                        Posting(.receivable(id), Money(minor: minor, tenant.tenant.currency)),
                        Posting(.income("internet"), Money(minor: -minor, tenant.tenant.currency)),
                    ]), by: .commandLine, at: tenant.now)
        }
        let session = try await PortalSession.start(
            for: id, at: .init(device: "", address: ""), now: tenant.now, from: tenant.site.randomness,
            in: tenant.database)
        return (id, "portal=\(session.secret.text)")
    }

    func portal(_ tenant: TestTenant) -> RequestGate {
        var routes = Portal.Routes()
        PortalPayRoutes(acts, randomness: tenant.site.randomness).add(to: &routes)
        return tenant.gate(routes, credential: Portal.credential, refuse: Portal.refuse)
    }

    func see(_ path: String, as cookie: String, at tenant: TestTenant? = nil) async throws -> Answer {
        let tenant = tenant ?? norte
        return try await tenant.ask(portal(tenant), path, headers: ["Cookie": cookie])
    }

    func ask(
        _ amount: String, as cookie: String, id: OnlinePayment.ID? = nil, by way: PaymentWay? = nil,
        at tenant: TestTenant? = nil
    ) async throws -> Answer {
        let tenant = tenant ?? norte
        let way = GatewayWay(provider: provider, way: way ?? provider.ways[0])
        let form = Fields(["id": (id ?? tenant.newID()).description, "amount": amount, "way": way.word])
        return try await tenant.ask(
            portal(tenant), "/portal/online-payments", method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(form.urlEncoded.utf8))
    }

    /// Asked for, and on its way to the provider's page.
    func open(_ amount: String = "350", as cookie: String, by way: PaymentWay? = nil) async throws -> OnlinePayment {
        let answer = try await ask(amount, as: cookie, by: way)
        try #require(answer.status == .seeOther, "\(answer.text)")
        let path = try #require(answer.headers["Location"]?.split(separator: "?").first)
        let id = try #require(OnlinePayment.ID(String(path.split(separator: "/").last ?? "")))
        return try #require(try await norte.database.onlinePayment(id))
    }

    /// What a customer does on the provider's page.
    func pay(_ payment: OnlinePayment, amount: Int64? = nil, outcome: String = "paid") async throws {
        let path = "/lab/pay/\(payment.checkout ?? "")"
        #expect(try await tell(path, ["amount": amount.map { "\($0)" }, "outcome": outcome]).status == 200)
    }

    var hooks: Panel.Routes {
        var routes = Panel.Routes()
        NoticeRoutes(gateways).add(to: &routes)
        return routes
    }

    /// A notice arrives, as the provider sends it.
    @discardableResult
    func receive(_ notice: LabNotice, at tenant: TestTenant? = nil, path: String? = nil) async throws -> Status {
        let tenant = tenant ?? norte
        let path = path ?? "/" + notice.address.split(separator: "/").dropFirst(2).joined(separator: "/")
        let gate = tenant.gate(hooks, credential: Panel.credential, refuse: Panel.refuse)
        let request = try DirectRequests(on: .tests).request(
            "POST", path, host: tenant.host,
            fields: notice.headers.map { (key: $0.name, value: $0.value) } + [("Content-Type", "application/json")],
            body: notice.body)
        return await gate.answer(request).status
    }

    /// Does what is queued and due, until nothing is.
    func work(at tenant: TestTenant? = nil) async throws {
        let tenant = tenant ?? norte
        let owner = try tenant.site.test.superuser()
        for _ in 0..<100 {
            let due = try owner.column(
                """
                DELETE FROM jobs WHERE kind LIKE 'gateways.%' AND run_at <= '\(tenant.now.rfc3339)' AND tenant_id = '\(tenant.tenant.id)'
                RETURNING kind || ' ' || payload
                """)
            if due.isEmpty { return }
            for job in due {
                let parts = job.split(separator: " ", maxSplits: 1)
                let json = try JSONValue.parse(Array(parts[1].utf8))
                switch String(parts[0]) {
                case LookAtOnlinePayment.kind:
                    try await acts.look(
                        at: LookAtOnlinePayment(json: json).payment, of: tenant.tenant, knowing: tenant.site.catalogue,
                        now: tenant.now, in: tenant.database)
                case OpenOnlinePayment.kind:
                    let open = try OpenOnlinePayment(json: json)
                    try await acts.open(
                        open.payment, of: tenant.tenant, at: open.origin, now: tenant.now, in: tenant.database)
                case FollowNotice.kind:
                    let follow = try FollowNotice(json: json)
                    try await acts.follow(follow.event, of: follow.provider, at: tenant.now, in: tenant.database)
                default: throw Unexpected()
                }
            }
        }
        throw Unexpected()
    }

    func state(of payment: OnlinePayment) async throws -> OnlinePayment.State? {
        try await norte.database.onlinePayment(payment.id)?.state
    }

    func balance(of customer: Customer.ID) async throws -> Int64 {
        try await norte.database.balance(of: customer, in: norte.tenant.currency).balance.minor
    }

    /// The nightly look, and what follows from it.
    func look() async throws {
        let ids = try await norte.database.settledOnlinePayments(at: norte.now)
        try await norte.database.queue(ids.map(LookAtOnlinePayment.init), at: norte.now)
        try await work()
    }

    /// Every notice that waits is taken in.
    func receiveAll() async throws {
        for notice in lab.takeNotices() { #expect(try await receive(notice) == .ok) }
        try await work()
    }

    /// What was written down at the provider, in all.
    func written() async throws -> Int64 {
        let day = norte.tenant.timeZone.day(at: norte.now)
        return try await norte.database.balance(of: .money(provider.rawValue), in: norte.tenant.currency, on: day).minor
    }
}

extension TestTenant {
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }
}
