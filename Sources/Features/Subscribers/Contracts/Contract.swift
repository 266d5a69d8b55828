import Customers
import Identifiers
import Locale
import Postgres
import Tenancy
import Time

/// A contract between an ISP and a customer, in fixed words: un contrato. Its long text and its PDF are read
/// separately.
package struct Contract: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Contract>

    package let id: ID
    /// Numbered within the tenant.
    package let number: Int
    package let customer: Customer.ID
    let customerName: String
    /// The template's version.
    let version: Int
    let language: Language
    let identification: String
    let conditions: String
    let madeAt: Instant
    let madeBy: String
    package let state: State
    /// Kept after annulment.
    package let signature: Signature?
    let annulment: Annulment?

    package enum State: String, Sendable, CaseIterable {
        case pending, signed, annulled
    }

    struct Annulment: Sendable, Equatable {
        let at: Instant
        let by: String
        let reason: String
    }
}

/// A customer's signature, with its evidence.
package struct Signature: Sendable, Equatable {
    /// As typed by the signer; without a drawing, this is the signature.
    let name: String
    let drawing: DrawnSignature?
    let at: Instant
    let address: String
    let browser: String
    /// The staff member whose device was used.
    let assistedBy: String?
    let textHash: String
}

extension Contract {
    /// An unsaved contract for previews.
    static func preview(
        identification: String, conditions: String, of customer: String, version: Int, at tenant: Tenant, now: Instant
    ) -> Contract {
        Contract(
            id: ID(UUID(high: 0, low: 0)), number: 1, customer: Customer.ID(UUID(high: 0, low: 0)),
            customerName: customer, version: version, language: tenant.language, identification: identification,
            conditions: conditions,
            madeAt: now, madeBy: "", state: .pending, signature: nil, annulment: nil)
    }
}

extension TenantDatabase {
    package func contract(_ id: Contract.ID, locked: Bool = false) async throws(DatabaseError) -> Contract? {
        try await first(
            "\(contractColumns) AND c.contract_id = \(id) \(locked ? .forUpdate(of: "c") : .nothing)")
    }

    /// A customer's contracts, newest first. Few enough to read all.
    func contracts(of customer: Customer.ID) async throws(DatabaseError) -> [Contract] {
        try await rows(contractsStatement(of: customer, limit: 200))
    }

    func contractsStatement(of customer: Customer.ID, limit: Int) -> SQL {
        "\(contractColumns) AND c.customer_id = \(customer) ORDER BY c.number DESC LIMIT \(limit)"
    }

    func pendingContracts(of customer: Customer.ID) async throws(DatabaseError) -> [Contract] {
        try await rows(
            "\(contractColumns) AND c.customer_id = \(customer) AND c.state = 'pending' ORDER BY c.number DESC LIMIT 3")
    }

    /// Contracts after a number, in order.
    func contracts(
        after number: Int, in state: Contract.State?, of customer: Customer.ID?, limit: Int
    ) async throws(DatabaseError) -> [Contract] {
        let state: SQL = state.map { "AND c.state = \($0.rawValue)" } ?? .nothing
        let customer: SQL = customer.map { "AND c.customer_id = \($0)" } ?? .nothing
        return try await rows(
            "\(contractColumns) AND c.number > \(number) \(state) \(customer) ORDER BY c.number LIMIT \(limit)")
    }

    var contractColumns: SQL {
        """
        SELECT c.contract_id, c.number, c.customer_id, customers.name AS customer_name, c.version, c.language,
            c.identification, c.conditions, c.made_at, c.made_by, c.state, c.annulled_at, c.annulled_by,
            c.annulment_reason, s.name, s.drawing, s.signed_at, s.address, s.browser, s.assisted_by, s.text_sha256
        FROM contracts c JOIN customers USING (tenant_id, customer_id)
            LEFT JOIN contract_signatures s USING (tenant_id, contract_id)
        WHERE c.tenant_id = \(tenant)
        """
    }

    func contractText(_ id: Contract.ID) async throws(DatabaseError) -> String? {
        try await value("SELECT text FROM contracts WHERE tenant_id = \(tenant) AND contract_id = \(id)")
    }

    /// The PDF stored at signing.
    func signedPaper(_ id: Contract.ID) async throws(DatabaseError) -> [UInt8]? {
        try await value("SELECT pdf FROM contract_signatures WHERE tenant_id = \(tenant) AND contract_id = \(id)")
    }

    func insert(_ contract: Contract, saying text: String) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO contracts (
                tenant_id, contract_id, number, customer_id, version, language, identification, conditions, text,
                made_at, made_by)
            VALUES (\(tenant), \(contract.id), \(contract.number), \(contract.customer), \(contract.version),
                \(contract.language.rawValue), \(contract.identification), \(contract.conditions), \(text),
                \(contract.madeAt), \(contract.madeBy))
            """)
    }

    func insert(_ signature: Signature, of id: Contract.ID, on paper: SignedPaper) async throws {
        _ = try await batch([
            """
            INSERT INTO contract_signatures (
                tenant_id, contract_id, name, drawing, signed_at, address, browser, assisted_by, text_sha256, pdf,
                pdf_sha256)
            VALUES (\(tenant), \(id), \(signature.name), \(signature.drawing?.text ?? ""), \(signature.at),
                \(signature.address), \(signature.browser), \(signature.assistedBy), \(signature.textHash),
                \(paper.bytes), \(paper.hash))
            """,
            "UPDATE contracts SET state = 'signed' WHERE tenant_id = \(tenant) AND contract_id = \(id)",
        ])
    }

    func insert(_ annulment: Contract.Annulment, of id: Contract.ID) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE contracts SET state = 'annulled', annulled_at = \(annulment.at), annulled_by = \(annulment.by),
                annulment_reason = \(annulment.reason)
            WHERE tenant_id = \(tenant) AND contract_id = \(id)
            """)
    }

    /// Takes the next number of a counter; concurrent calls are serialised.
    func takeNumber(of counter: String) async throws(DatabaseError) -> Int {
        let number: Int? = try await value(
            """
            INSERT INTO counters (tenant_id, name, last) VALUES (\(tenant), \(counter), 1)
            ON CONFLICT (tenant_id, name) DO UPDATE SET last = counters.last + 1
            RETURNING last
            """)
        return number ?? 1
    }
}

extension Contract: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("contract_id")
        number = try row.read("number")
        customer = try row.read("customer_id")
        customerName = try row.read("customer_name")
        version = try row.read("version")
        identification = try row.read("identification")
        conditions = try row.read("conditions")
        madeAt = try row.read("made_at")
        madeBy = try row.read("made_by")
        let words: [String] = [try row.read("state"), try row.read("language")]
        guard let state = State(rawValue: words[0]), let language = Language(rawValue: words[1]) else {
            throw .wrongColumn("A contract says \(words)")
        }
        (self.state, self.language) = (state, language)
        let signedAt: Instant? = try row.read("signed_at")
        signature = try signedAt.map { at throws(DatabaseError) in try Signature(row: row, at: at) }
        let annulledAt: Instant? = try row.read("annulled_at")
        annulment = try annulledAt.map { at throws(DatabaseError) in
            Annulment(at: at, by: try row.read("annulled_by"), reason: try row.read("annulment_reason"))
        }
    }
}

extension Signature {
    fileprivate init(row: Row, at: Instant) throws(DatabaseError) {
        let drawn: String = try row.read("drawing")
        name = try row.read("name")
        drawing = DrawnSignature(drawn)
        self.at = at
        address = try row.read("address")
        browser = try row.read("browser")
        assistedBy = try row.read("assisted_by")
        textHash = try row.read("text_sha256")
    }
}
