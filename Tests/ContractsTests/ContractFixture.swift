import Access
import Crypto
import Customers
import Declarations
import Events
import HTTP
import Identifiers
import Identity
import Letters
import Locale
import Loop
import Panel
import Portal
import Postgres
import Subscribers
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Contracts

/// A drawing that is one: a line across the field.
let line = "100.100-150.80-200.120-300.100"

extension TestTenant {
    static let printer = ContractPrinter(in: .tests)

    var acts: ContractActs { ContractActs(printer: Self.printer, mailing: Mailing(), randomness: site.randomness) }

    var principal: Principal {
        Principal(
            Actor(.staff, id: UUID(high: 1, low: 1), name: "Olga", address: "192.0.2.7"),
            permissions: site.catalogue.grantable, of: site.catalogue, at: now)
    }

    func publish(_ text: String, after revision: Int = 0) async throws {
        try await ContractTemplate.publish(text, after: revision, by: principal, in: database)
    }

    func customer(_ name: String, email: String = "") async throws -> Customer.ID {
        let id = Customer.ID.make(milliseconds: now.milliseconds, from: site.randomness)
        try await database.execute(
            """
            INSERT INTO customers (
                tenant_id, customer_id, number, name, phone, address, neighbourhood, state, since, email)
            VALUES (\(database.tenant), \(id), \(1 + Int(site.randomness.next() % 1_000_000)), \(name), '',
                'Calle Hidalgo 5', 'Centro', 'active', '2026-01-01', \(email))
            """)
        try await database.indexCustomer(id)
        return id
    }

    func contract(
        with customer: Customer.ID, conditions: String = "Plan Hogar 100", identification: String = "DNI 1"
    ) async throws -> Contract {
        try await acts.make(
            NewContract(identification: identification, conditions: conditions), for: customer, at: present ?? tenant,
            reachedAt: "https://norte.test", by: principal, in: database)
    }

    func sign(_ contract: Contract, as name: String = "Ana Paz", drawing: String = line) async throws {
        try await acts.sign(
            contract.id,
            with: NewSignature(
                name: name, drawing: DrawnSignature(drawing), browser: "Firefox/140", isAssisted: false),
            at: present ?? tenant, reachedAt: "https://norte.test", by: principal, in: database)
    }

    func paper(of id: Contract.ID) async throws -> [UInt8] {
        let contract = try #require(try await database.contract(id))
        return try await acts.paper(of: contract, for: present ?? tenant, in: database)
    }

    func kinds() async throws -> [String] {
        try await database.events(limit: 100).map(\.kind)
    }

    var panel: RequestGate {
        var routes = Panel.Routes()
        ContractRoutes(acts).add(to: &routes)
        CustomerContractRoutes(acts).add(to: &routes)
        TemplateRoutes(Self.printer).add(to: &routes)
        return gate(routes, credential: Panel.credential, refuse: Panel.refuse)
    }

    var portal: RequestGate {
        var routes = Portal.Routes()
        PortalContractRoutes(acts).add(to: &routes)
        return gate(routes, credential: Portal.credential, refuse: Portal.refuse)
    }

    /// The cookie of a customer in the portal.
    func enter(_ customer: Customer.ID) async throws -> String {
        let link = try await PortalLink.make(for: customer, by: principal, from: site.randomness, in: database)
        let (session, _) = try await PortalEntry.enter(
            with: link.secret.text, at: .init(device: "", address: ""), now: now, randomness: site.randomness,
            in: database)
        return "portal=\(session.secret.text)"
    }

    func see(_ path: String, as cookie: String, language: String = "es") async throws -> Answer {
        try await ask(
            path.hasPrefix("/portal") ? portal : panel, path, headers: ["Cookie": cookie, "Accept-Language": language])
    }

    func send(_ path: String, _ form: KeyValuePairs<String, String>, as cookie: String) async throws -> Answer {
        let body = form.map { "\($0.key)=\(PercentCoding.escape($0.value))" }.joined(separator: "&")
        return try await ask(
            path.hasPrefix("/portal") ? portal : panel, path, method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin",
                "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Mozilla/5.0 Firefox/140.0",
            ], body: Array(body.utf8))
    }
}

/// What a reader of PDFs finds in it.
func words(of pdf: [UInt8]) async throws -> String {
    let folder = try TemporaryFolder()
    try folder.write("paper.pdf", pdf)
    let outcome = try await ChildProcess.run(
        "/usr/bin/pdftotext", ["-layout", "\(folder.path)/paper.pdf", "-"], input: [], on: Loops.tests.all[0])
    #expect(outcome.end == .exit(0))
    return String(decoding: outcome.output, as: UTF8.self)
}
