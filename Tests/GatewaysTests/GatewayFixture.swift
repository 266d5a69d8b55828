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

/// A company whose customers pay at a provider's lab, with a neighbour that does not.
struct GatewayFixture: Sendable {
    let norte: TestTenant
    let sur: TestTenant
    let lab: GatewayLab
    let origin: String
    let web: HTTPClient
    let gateways: GatewayActs

    var acts: OnlinePaymentActs { OnlinePaymentActs(gateways, PaymentActs(randomness: norte.site.randomness)) }

    /// `isSetUp` where the company has given its keys already.
    static func with(isSetUp: Bool = true, _ test: (GatewayFixture) async throws -> Void) async throws {
        try await withTenants(declaring: .customers, .subscribers, .portal, .ledger, .payments, .gateways) {
            norte, sur in
            let lab = GatewayLab(GatewayLab.Plan(), clock: norte.site.clock.source, randomness: norte.site.randomness)
            try await RunningServer.run(handler: { await lab.answer($0) }) { server in
                guard case .ip(_, let port) = server.address else { return }
                let origin = "http://127.0.0.1:\(port)"
                lab.open(at: origin)
                let web = HTTPClient(on: server.loops.all[0], resolver: Resolver { _ in [] })
                let egress = Egress.publicOnly(besides: [
                    .init(AddressRange("127.0.0.1")!, ports: [port], evenSpecial: true)
                ])
                let fixture = GatewayFixture(
                    norte: norte, sur: sur, lab: lab, origin: origin, web: web,
                    gateways: GatewayActs(
                        [StripeGateway(GatewayLine(web, egress: egress, base: origin))], vault: norte.site.vault,
                        randomness: norte.site.randomness))
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
    func setUp() async throws {
        let hook = try await register()
        _ = try await gateways.save(
            .stripe, secret: "", noticeSecret: hook.secret, by: norte.commandLine, in: norte.database)
        try await gateways.set(.stripe, isOn: true, of: norte.tenant, by: norte.commandLine, in: norte.database)
    }

    /// The provider is told our address, and makes a secret for it.
    private func register() async throws -> (address: String, secret: String) {
        _ = try await gateways.save(
            .stripe, secret: "sk_test_lab", noticeSecret: "", by: norte.commandLine, in: norte.database)
        let hook = try #require(try await norte.database.gateway(.stripe)?.hook)
        let address = "http://\(norte.host)/hooks/gateways/\(hook)"
        let answer = try await tell("/v1/webhook_endpoints", ["url": address])
        guard case .object(let object) = try JSONValue.parse(answer.body), case .string(let secret) = object["secret"]
        else { throw Unexpected() }
        return (address, secret)
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
                    "Authorization": "Bearer sk_test_lab", "Content-Type": "application/x-www-form-urlencoded",
                ], body: .bytes(Array(Fields(form).urlEncoded.utf8))))
    }

    func customer(_ name: String = "Luz", owing minor: Int64 = 35_000, at tenant: TestTenant? = nil) async throws
        -> (id: Customer.ID, cookie: String)
    {
        let tenant = tenant ?? norte
        let id: Customer.ID = tenant.newID()
        let customer = Customer(id: id, name: name, state: .active, since: Day(iso: "2026-01-01")!)
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
        _ amount: String, as cookie: String, id: OnlinePayment.ID? = nil, at tenant: TestTenant? = nil
    ) async throws -> Answer {
        let tenant = tenant ?? norte
        let form = Fields(["id": (id ?? tenant.newID()).description, "amount": amount, "way": "stripe-hosted"])
        return try await tenant.ask(
            portal(tenant), "/portal/online-payments", method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded",
            ], body: Array(form.urlEncoded.utf8))
    }

    /// Asked for, and on its way to the provider's page.
    func open(_ amount: String = "350", as cookie: String) async throws -> OnlinePayment {
        let answer = try await ask(amount, as: cookie)
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

    /// What was written down at the provider, in all.
    func written() async throws -> Int64 {
        let day = norte.tenant.timeZone.day(at: norte.now)
        return try await norte.database.balance(of: .money("stripe"), in: norte.tenant.currency, on: day).minor
    }
}

extension TestTenant {
    func newID<Noun>() -> ID<Noun> { .make(milliseconds: now.milliseconds, from: site.randomness) }
}
