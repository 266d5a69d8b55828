import Access
import Customers
import Declarations
import Identifiers
import Locale
import Nouns
import Postgres
import Services
import Tenancy
import Time

/// «Próximo corte»: the first day on which one of a customer's services is cut unless somebody pays.
enum NextCut {
    static let outlook: any RoomPart = CustomerOutlook(
        10, for: .collectionView, "next_cut", .day, CollectionWords.nextCut.message,
        where: { visit in
            let (tenant, account): (TenantID, SQL) = (visit.database.tenant, "coalesce(c.payer_id, c.customer_id)")
            return """
                EXISTS (
                    SELECT FROM services s
                    WHERE s.tenant_id = \(tenant) AND s.customer_id = c.customer_id AND s.state = 'active'
                        AND (s.prepaid_through IS NOT NULL
                            OR EXISTS (
                                SELECT FROM customer_balances b
                                WHERE b.tenant_id = \(tenant) AND b.customer_id = \(account)
                                    AND b.currency = \(visit.tenant.currency.rawValue) AND b.receivable > 0)
                            OR EXISTS (
                                SELECT FROM collection_strikes k WHERE k.tenant_id = \(tenant)
                                    AND k.customer_id = \(account) AND k.annulled_at IS NULL)))
                """
        }
    ) { visit, customers in
        let view = try await CollectionView(of: visit.tenant, at: visit.now, in: visit.database)
        return try await find(of: customers, in: view, visit.database).mapValues { cut in
            CustomerOutlook.Sight(
                .day(cut.day), cut.day <= view.day + 1 ? .bad : .warning,
                at: "/panel/services/\(cut.facts.service)/why")
        }
    }

    /// What customers who are cut for debt still have to pay, the reconnection's fee with it.
    static let missing: any RoomPart = CustomerOutlook(
        11, for: .collectionView, "to_reconnect", .money(isRequired: false), CollectionWords.missingToReconnect.message,
        where: { visit in
            """
            EXISTS (
                SELECT FROM services s
                WHERE s.tenant_id = \(visit.database.tenant) AND s.customer_id = c.customer_id AND s.state = 'cut')
            """
        }
    ) { visit, customers in
        let view = try await CollectionView(of: visit.tenant, at: visit.now, in: visit.database)
        var sights: [Customer.ID: CustomerOutlook.Sight] = [:]
        for start in stride(from: 0, to: customers.count, by: 50) {
            let used = try await visit.database.servicesInUse(by: Array(customers[start...].prefix(50)), state: "cut")
            let owners = Dictionary(uniqueKeysWithValues: used.map { ($0.service, $0.customer) })
            for decision in try await view.decisions(about: Array(Set(used.map(\.account))))
            where decision.facts.cut?.reason == .unpaid {
                let total = decision.toReconnect.total
                guard total.isPositive, let owner = owners[decision.facts.service] else { continue }
                sights[owner] = CustomerOutlook.Sight(
                    .money(total), .bad, at: "/panel/services/\(decision.facts.service)/why")
            }
        }
        return sights
    }

    static func find(
        of customers: [Customer.ID], in view: CollectionView, _ database: TenantDatabase
    ) async throws -> [Customer.ID: Decision] {
        var first: [Customer.ID: Decision] = [:]
        // In pages, also for an exported file.
        for start in stride(from: 0, to: customers.count, by: 50) {
            let used = try await database.servicesInUse(by: Array(customers[start...].prefix(50)), state: "active")
            let owners = Dictionary(uniqueKeysWithValues: used.map { ($0.service, $0.customer) })
            for facts in try await view.facts(of: Array(Set(used.map(\.account)))) {
                guard let owner = owners[facts.service], let cut = view.nextCut(of: facts) else { continue }
                if first[owner].map({ cut.day < $0.day }) ?? true { first[owner] = cut }
            }
        }
        return first
    }
}

private struct ServiceInUse: RowReadable {
    let service: Service.ID
    let customer: Customer.ID
    /// The customer or their payer.
    let account: Customer.ID

    init(row: Row) throws(DatabaseError) {
        service = try row.read("service_id")
        customer = try row.read("customer_id")
        account = try row.read("account")
    }
}

extension TenantDatabase {
    fileprivate func servicesInUse(
        by customers: [Customer.ID], state: String
    ) async throws(DatabaseError) -> [ServiceInUse] {
        try await rows(
            """
            SELECT s.service_id, s.customer_id, coalesce(c.payer_id, c.customer_id) AS account
            FROM services s JOIN customers c ON c.tenant_id = s.tenant_id AND c.customer_id = s.customer_id
            WHERE s.tenant_id = \(tenant) AND s.customer_id = ANY (\(customers)) AND s.state = \(state)
            """)
    }
}
