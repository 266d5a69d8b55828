import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Roles
import Tenancy

/// A payment method: forma de pago.
package struct PaymentMethod: Sendable, Equatable {
    /// Its name in ledger accounts, files and the API. Never changed.
    package let word: String
    package var name: String
    package let kind: Kind
    package var needsReference: Bool
    package var isActive = true

    package enum Kind: String, FieldChoice {
        case cash, transfer, deposit, wallet, card, other

        /// Not cash in hand: the money shows in the bank statement.
        package var arrivesAtBank: Bool { self == .transfer || self == .deposit }

        package var message: Message {
            switch self {
            case .cash: Message(es: "Efectivo", en: "Cash", pt: "Dinheiro")
            case .transfer: Message(es: "Transferencia", en: "Transfer", pt: "Transferência")
            case .deposit: Message(es: "Depósito", en: "Deposit", pt: "Depósito")
            case .wallet: Message(es: "Billetera digital", en: "Wallet", pt: "Carteira digital")
            case .card: Message(es: "Tarjeta", en: "Card", pt: "Cartão")
            case .other: Message(es: "Otra", en: "Other", pt: "Outra")
            }
        }
    }

    package init(word: String, name: String, kind: Kind, needsReference: Bool, isActive: Bool = true) {
        (self.word, self.name, self.kind) = (word, name, kind)
        (self.needsReference, self.isActive) = (needsReference, isActive)
    }

    /// A country's default methods in the company's language; cash first.
    static func usual(for reader: Reader) -> [PaymentMethod] {
        func method(_ kind: Kind, needsReference: Bool) -> PaymentMethod {
            PaymentMethod(
                word: kind.rawValue, name: kind.text(for: reader), kind: kind, needsReference: needsReference)
        }
        let wallets: [(word: String, name: String)] =
            switch reader.region {
            case .peru: [("yape", "Yape"), ("plin", "Plin")]
            case .colombia: [("nequi", "Nequi"), ("daviplata", "Daviplata")]
            case .brazil: [("pix", "Pix")]
            default: []
            }
        return [method(.cash, needsReference: false), method(.transfer, needsReference: true)]
            + wallets.map { PaymentMethod(word: $0.word, name: $0.name, kind: .wallet, needsReference: true) }
            + [method(.deposit, needsReference: true), method(.card, needsReference: false)]
    }
}

/// The amount up to which a role's payments by a method need no approval.
package struct ApprovalLimit: Sendable, Equatable {
    package let method: String
    package let role: Role.ID
    package let most: Int64
}

/// Decides whether a payment needs approval.
package enum Approval {
    /// The limits of the person's roles decide; without limits, the permission.
    static func isNeeded(for amount: Money, limits: [ApprovalLimit], mayApply: Bool) -> Bool {
        guard let most = limits.map(\.most).max() else { return !mayApply }
        return amount.minor > most
    }
}

extension TenantDatabase {
    /// In the order shown.
    package func paymentMethods(of tenant: Tenant) async throws(DatabaseError) -> [PaymentMethod] {
        let own: [PaymentMethod] = try await rows(
            """
            SELECT method, name, kind, needs_reference, is_active FROM payment_methods
            WHERE tenant_id = \(self.tenant) ORDER BY place, method
            """)
        let usual = PaymentMethod.usual(for: tenant.reader)
        return usual.map { method in own.first { $0.word == method.word } ?? method }
            + own.filter { method in !usual.contains { $0.word == method.word } }
    }

    /// Adds a method used by programs only: it appears in lists, but is not offered at the till.
    package func addPaymentMethod(_ word: String, named name: String, _ kind: PaymentMethod.Kind)
        async throws(DatabaseError)
    {
        try await execute(
            """
            INSERT INTO payment_methods (tenant_id, method, name, kind, needs_reference, is_active, place)
            VALUES (\(tenant), \(word), \(name), \(kind.rawValue), true, false, 900)
            ON CONFLICT (tenant_id, method) DO NOTHING
            """)
    }

    func put(_ method: PaymentMethod, at place: Int) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO payment_methods (tenant_id, method, name, kind, needs_reference, is_active, place)
            VALUES (\(tenant), \(method.word), \(method.name), \(method.kind.rawValue), \(method.needsReference),
                \(method.isActive), \(Int32(place)))
            ON CONFLICT (tenant_id, method) DO UPDATE SET name = excluded.name,
                needs_reference = excluded.needs_reference, is_active = excluded.is_active
            """)
    }

    /// Serialises changes of methods and limits until the commit (advisory lock).
    func holdPaymentMethods() async throws(DatabaseError) {
        try await execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('payment methods ' || \(tenant)::text, 0))")
    }

    func approvalLimits(of method: String) async throws(DatabaseError) -> [ApprovalLimit] {
        try await rows(
            """
            SELECT method, role_id, most FROM payment_policies WHERE tenant_id = \(tenant) AND method = \(method)
            """)
    }

    /// The limits of the person's roles. A program has no role: the lowest limit of any role applies.
    func approvalLimits(of method: String, for actor: Actor) async throws(DatabaseError) -> [ApprovalLimit] {
        if actor.kind == .token {
            return try await approvalLimits(of: method).min { $0.most < $1.most }.map { [$0] } ?? []
        }
        guard actor.kind == .staff, let person = actor.id else { return [] }
        return try await rows(
            """
            SELECT p.method, p.role_id, p.most FROM payment_policies p
            JOIN staff_roles s ON s.tenant_id = p.tenant_id AND s.role_id = p.role_id
            WHERE p.tenant_id = \(tenant) AND p.method = \(method) AND s.staff_id = \(person)
            """)
    }

    /// Replaces the method's limits.
    func put(_ limits: [ApprovalLimit], of method: String) async throws(DatabaseError) {
        try await execute("DELETE FROM payment_policies WHERE tenant_id = \(tenant) AND method = \(method)")
        try await execute(
            """
            INSERT INTO payment_policies (tenant_id, method, role_id, most)
            SELECT \(tenant), \(method), g.role_id, g.most
            FROM unnest(\(limits.map(\.role)), \(limits.map(\.most))) g(role_id, most)
            """)
    }
}

extension PaymentMethod: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let word: String = try row.read("kind")
        guard let kind = Kind(rawValue: word) else { throw .wrongColumn("A method of payment is of kind \(word)") }
        self.init(
            word: try row.read("method"), name: try row.read("name"), kind: kind,
            needsReference: try row.read("needs_reference"), isActive: try row.read("is_active"))
    }
}

extension ApprovalLimit: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        method = try row.read("method")
        role = try row.read("role_id")
        most = try row.read("most")
    }
}
