import Access
import Declarations
import Events
import HTTP
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// Another customer who pays for this one: charges for this one's services go to the payer's account, in the payer's
/// invoice or in one of their own. Earlier charges stay where they are.
package struct Payer: Sendable, Equatable {
    package var customer: Customer.ID
    package var isBilledApart = false

    package init(_ customer: Customer.ID, billedApart isBilledApart: Bool = false) {
        (self.customer, self.isBilledApart) = (customer, isBilledApart)
    }
}

package enum PayerRefusal: Refusal, MessageCatalogue {
    case sameCustomer, unknown, hasPayer, paysForOthers

    package var status: Status { self == .hasPayer || self == .paysForOthers ? .conflict : .unprocessableContent }

    package var code: String {
        switch self {
        case .sameCustomer: "same_customer"
        case .unknown: "unknown_payer"
        case .hasPayer: "payer_has_payer"
        case .paysForOthers: "pays_for_others"
        }
    }

    package var message: Message {
        switch self {
        case .sameCustomer:
            Message(
                es: "Elija a otro cliente: este ya paga lo suyo.",
                en: "Choose another customer: this one pays their own already.",
                pt: "Escolha outro cliente: este já paga o seu.")
        case .unknown:
            Message(
                es: "No hay un cliente con ese número.", en: "There is no customer of that number.",
                pt: "Não há cliente com esse número.")
        case .hasPayer:
            Message(
                es: "Por ese cliente paga otro. Elija a quien paga.",
                en: "Somebody else pays for that customer. Choose who pays.",
                pt: "Por esse cliente paga outro. Escolha quem paga.")
        case .paysForOthers:
            Message(
                es: "Este cliente paga por otros, así que nadie puede pagar por él.",
                en: "This customer pays for others, so nobody can pay for them.",
                pt: "Este cliente paga por outros, então ninguém pode pagar por ele.")
        }
    }
}

extension Payer {
    /// Takes effect from now on. Returns the changed customer.
    static func put(
        _ payer: Payer?, for id: Customer.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Customer {
        guard payer?.customer != id else { throw PayerRefusal.sameCustomer }
        return try await database.transaction { database in
            let found = try await database.customers([id] + (payer.map { [$0.customer] } ?? []), locked: true)
            guard let customer = found.first(where: { $0.id == id }) else { throw AccessRefusal.notFound }
            let paying = found.first { $0.id == payer?.customer }
            if payer != nil {
                guard let paying else { throw PayerRefusal.unknown }
                guard paying.payer == nil else { throw PayerRefusal.hasPayer }
                guard try await database.customers(paidForBy: id).isEmpty else { throw PayerRefusal.paysForOthers }
            }
            guard customer.payer != payer else { return customer }
            try await database.execute(
                """
                UPDATE customers SET payer_id = \(payer?.customer), is_billed_apart = \(payer?.isBilledApart ?? false)
                WHERE tenant_id = \(database.tenant) AND customer_id = \(id)
                """)
            let before: Customer? =
                if let former = customer.payer { try await database.customerEvenMerged(former.customer) } else { nil }
            try await database.record(
                Act(
                    .customerPayerChanged, customer.subject,
                    before: [Act.Detail("payer", before.map { "\($0.name) (\($0.number))" } ?? "")],
                    after: [
                        Act.Detail("payer", paying.map { "\($0.name) (\($0.number))" } ?? ""),
                        Act.Detail("billed_apart", "\(payer?.isBilledApart ?? false)"),
                    ]), by: principal.actor, at: principal.now)
            guard let changed = try await database.customer(id) else { throw AccessRefusal.notFound }
            return changed
        }
    }
}

extension Customer {
    /// The account that their money is booked on: their own, or their payer's.
    package var account: ID { payer?.customer ?? id }
}

extension TenantDatabase {
    /// The account that a customer's money is booked on; nil for an unknown customer.
    package func account(of id: Customer.ID) async throws(DatabaseError) -> Customer.ID? {
        try await customer(id)?.account
    }

    func customers(paidForBy id: Customer.ID) async throws(DatabaseError) -> [Customer] {
        try await rows(paidForStatement(by: id))
    }

    func paidForStatement(by id: Customer.ID) -> SQL {
        """
        SELECT \(customerColumns) FROM customers
        WHERE tenant_id = \(tenant) AND payer_id = \(id) AND merged_into IS NULL ORDER BY number LIMIT 200
        """
    }

    func customerStatement(_ id: Customer.ID?) -> SQL {
        "SELECT \(customerColumns) FROM customers WHERE tenant_id = \(tenant) AND customer_id = \(id)"
    }

    /// Restricts the customers `c` to those whose money is on these accounts.
    package func onAccounts(_ accounts: [Customer.ID]) -> SQL {
        "(c.customer_id = ANY (\(accounts)) AND c.payer_id IS NULL OR c.payer_id = ANY (\(accounts)))"
    }
}
