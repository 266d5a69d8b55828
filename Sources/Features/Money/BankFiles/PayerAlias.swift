import Access
import Customers
import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Time

/// A payer's name or account as banks write it, and the customer: learned when a person identified a line.
package struct PayerAlias: Sendable {
    package typealias ID = Identifiers.ID<PayerAlias>

    package let id: ID
    /// The payer's name as banks write it.
    package let shown: String
    let key: PayerKey
    package let customer: Customer.ID
    package let customerName: String
    /// The account that their payments are booked on.
    let account: Customer.ID
    package let author: String
    package let madeAt: Instant

    package static let list = List<PayerAlias>(
        "payer_aliases", at: "/panel/payer-aliases", BankFileWords.aliases.message, of: fields, by: "shown",
        key: "a.alias_id", id: \.id.uuid)

    private static let fields: [Field<PayerAlias>] = [
        Field("shown", .line(1...600), BankFileWords.payer.message) { .text($0.shown) }.sorted(by: "a.shown"),
        Field("customer", .line(1...200), BankFileWords.customer.message) { .text($0.customerName) },
        Field("author", .line(1...200), BankFileWords.author.message) { .text($0.author) },
    ]
}

extension PayerAlias {
    package static func forget(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let alias = try await database.alias(id) else { throw AccessRefusal.notFound }
            try await database.execute(
                "DELETE FROM payer_aliases WHERE tenant_id = \(database.tenant) AND alias_id = \(id)")
            try await database.record(
                Act(
                    .payerForgotten, Act.Subject("customer", alias.customer.uuid, named: alias.customerName),
                    before: [Act.Detail("payer", alias.shown)]), by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    func aliases(_ which: SQL) -> SQL {
        """
        SELECT a.alias_id, a.payer, a.tail, a.shown, a.customer_id, c.name AS customer_name,
            coalesce(c.payer_id, c.customer_id) AS account, a.actor, a.made_at
        FROM payer_aliases a JOIN customers c ON c.tenant_id = \(tenant) AND c.customer_id = a.customer_id
        WHERE a.tenant_id = \(tenant) \(which)
        """
    }

    package func alias(_ id: PayerAlias.ID) async throws(DatabaseError) -> PayerAlias? {
        try await first(aliases("AND a.alias_id = \(id)"))
    }

    func aliases(of keys: Set<PayerKey>) async throws(DatabaseError) -> [PayerAlias] {
        guard !keys.isEmpty else { return [] }
        let keys = Array(keys)
        return try await rows(
            aliases(
                """
                AND (a.payer, a.tail) IN (
                    SELECT g.payer, g.tail FROM unnest(\(keys.map(\.payer)), \(keys.map(\.tail))) g(payer, tail))
                """))
    }

    func learn(
        _ key: PayerKey, shown: String, of customer: Customer.ID, as id: PayerAlias.ID, by actor: Actor,
        at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO payer_aliases (tenant_id, alias_id, payer, tail, shown, customer_id, actor, made_at)
            VALUES (\(tenant), \(id), \(key.payer), \(key.tail), \(shown), \(customer), \(actor.name), \(now))
            ON CONFLICT (tenant_id, payer, tail, customer_id) DO NOTHING
            """)
    }
}

extension PayerAlias: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("alias_id")
        shown = try row.read("shown")
        key = PayerKey(payer: try row.read("payer"), tail: try row.read("tail"))
        customer = try row.read("customer_id")
        customerName = try row.read("customer_name")
        account = try row.read("account")
        author = try row.read("actor")
        madeAt = try row.read("made_at")
    }
}
