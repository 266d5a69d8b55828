import BankStatements
import Customers
import Identifiers
import Ledger
import Locale
import Payments
import Postgres
import Search
import Tenancy
import Time

/// A candidate for a line's customer, with reasons. Suggested to a person, never applied automatically.
struct Candidate: Sendable {
    enum Reason: Sendable { case reference, alias, payment, amount, name }

    let customer: Customer.ID
    let number: Int
    let name: String
    /// The present debt.
    let owed: Money
    /// An existing payment that may be the same.
    let payment: PaymentClaim?
    let reasons: [Reason]
    let score: Int

    static let shown = 3
}

/// Finds the best candidates for a page's lines.
struct CandidateSearch {
    let tenant: Tenant
    let today: Day
    let database: TenantDatabase

    /// A common amount has more debtors than anybody reads.
    private static let mostOfAmount = 2000

    /// Call in a transaction, as for any search.
    func candidates(for lines: [BankLine]) async throws -> [BankLine.ID: [Candidate]] {
        guard !lines.isEmpty else { return [:] }
        let facts = try await database.matchingFacts(
            for: lines.map { ($0.statement, []) }, of: lines[0].account, broken: [], in: tenant, on: today)
        let amounts = try await debtors(of: Set(lines.map(\.statement.minor)))
        var found: [BankLine.ID: [Customer.ID: Set<Candidate.Reason>]] = [:]
        for line in lines {
            let clues = LineClues(line.statement)
            var reasons: [Customer.ID: Set<Candidate.Reason>] = [:]
            for customer in clues.numbers.compactMap({ facts.accounts[$0] }) {
                reasons[customer, default: []].insert(.reference)
            }
            for customer in clues.alias.flatMap({ facts.aliases[$0] }) ?? [] {
                reasons[customer, default: []].insert(.alias)
            }
            for claim in facts.claims where claim.mayBe(line) { reasons[claim.customer, default: []].insert(.payment) }
            for customer in amounts[line.statement.minor] ?? [] { reasons[customer, default: []].insert(.amount) }
            for customer in try await called(line.statement.payer) { reasons[customer, default: []].insert(.name) }
            found[line.id] = reasons
        }
        let known = try await customers(Set(found.values.flatMap(\.keys)))
        return found.reduce(into: [:]) { all, entry in
            guard let line = lines.first(where: { $0.id == entry.key }) else { return }
            let names = LineClues(line.statement).names
            let candidates = entry.value.compactMap { id, reasons -> Candidate? in
                known[id].map { $0.candidate(reasons, for: line, named: names, claims: facts.claims) }
            }
            all[line.id] = Array(
                candidates.sorted { ($1.score, $0.number) < ($0.score, $1.number) }.prefix(Candidate.shown))
        }
    }

    private func debtors(of amounts: Set<Int64>) async throws -> [Int64: Set<Customer.ID>] {
        let found: [Debt] = try await database.rows(
            """
            SELECT b.customer_id, b.balance AS minor FROM customer_balances b
            WHERE b.tenant_id = \(database.tenant) AND b.currency = \(tenant.currency.rawValue)
                AND b.balance = ANY (\(Array(amounts))) LIMIT \(Self.mostOfAmount)
            """)
        return Dictionary(grouping: found, by: \.minor).mapValues { Set($0.map(\.customer)) }
    }

    /// Uses the two longest words of a name, which are the rarest.
    private func called(_ payer: String) async throws -> [Customer.ID] {
        let words = SearchText.words(payer).filter { $0.utf8.count >= 3 }.sorted { $0.utf8.count > $1.utf8.count }
        guard words.count > 1 else { return [] }
        let found = try await database.customersLike(words.prefix(2).joined(separator: " "), for: tenant.reader)
        let rows: [FoundCustomer] = try await database.rows("SELECT found.customer_id FROM (\(found)) found LIMIT 20")
        return rows.map(\.id)
    }

    private func customers(_ ids: Set<Customer.ID>) async throws -> [Customer.ID: CandidateCustomer] {
        let rows: [CandidateCustomer] = try await database.rows(
            """
            SELECT c.customer_id, c.number, c.name, coalesce(b.balance, 0) AS balance,
                \(tenant.currency.rawValue)::text AS currency
            FROM customers c
            LEFT JOIN customer_balances b ON b.tenant_id = \(database.tenant) AND b.customer_id = c.customer_id
                AND b.currency = \(tenant.currency.rawValue)
            WHERE c.tenant_id = \(database.tenant) AND c.customer_id = ANY (\(Array(ids))) AND c.merged_into IS NULL
            """)
        return Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
    }
}

extension PaymentClaim {
    fileprivate func mayBe(_ line: BankLine) -> Bool {
        minor == line.statement.minor && abs(day - line.day) <= LineMatching.sameTransfer
    }
}

private struct FoundCustomer: RowReadable {
    let id: Customer.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("customer_id") }
}

private struct CandidateCustomer: RowReadable {
    let id: Customer.ID
    let number: Int
    let name: String
    let balance: Money

    init(row: Row) throws(DatabaseError) {
        let (minor, currency): (Int64, Currency) = (try row.read("balance"), try row.word("currency"))
        (id, number, name) = (try row.read("customer_id"), try row.read("number"), try row.read("name"))
        balance = Money(minor: max(minor, 0), currency)
    }

    func candidate(
        _ reasons: Set<Candidate.Reason>, for line: BankLine, named names: Set<String>, claims: [PaymentClaim]
    ) -> Candidate {
        let words = Set(SearchText.words(name).filter { $0.utf8.count >= 3 })
        let shared = words.intersection(names).count
        var reasons = reasons
        // A single shared word is too common.
        if shared > 1 { reasons.insert(.name) } else { reasons.remove(.name) }
        let likeness = words.isEmpty ? 0 : 40 * shared / words.count
        let weights: [(Candidate.Reason, Int)] = [
            (.reference, 60), (.alias, 50), (.payment, 30), (.amount, 15), (.name, 0),
        ]
        let held = weights.filter { reasons.contains($0.0) }
        return Candidate(
            customer: id, number: number, name: name, owed: balance,
            payment: claims.first { $0.customer == id && $0.mayBe(line) }, reasons: held.map(\.0),
            score: held.reduce(likeness) { $0 + $1.1 })
    }
}
