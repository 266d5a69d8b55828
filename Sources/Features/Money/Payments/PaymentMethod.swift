import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Roles
import Tenancy

/// A way to pay: forma de pago.
package struct PaymentMethod: Sendable, Equatable {
    /// In the ledger's accounts, in files and for programs. Never changed.
    package let word: String
    package var name: String
    package let kind: Kind
    package var needsReference: Bool
    package var isActive = true

    package enum Kind: String, FieldChoice {
        case cash, transfer, deposit, wallet, card, other

        /// Nobody holds it in their hands: it is there once the bank shows it.
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

    /// Those that a company of this country begins with, in its language; cash comes first.
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

/// Up to which amount payments by a method need nobody's approval when somebody of a role brings them.
package struct ApprovalLimit: Sendable, Equatable {
    package let method: String
    package let role: Role.ID
    package let most: Int64
}

/// Who may apply a payment without another's approval.
package enum Approval {
    /// The limits of the person's own roles decide where there are any; where there are none, what they may do.
    static func isNeeded(for amount: Money, limits: [ApprovalLimit], mayApply: Bool) -> Bool {
        guard let most = limits.map(\.most).max() else { return !mayApply }
        return amount.minor > most
    }
}

extension TenantDatabase {
    /// In the order in which they are offered.
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

    /// A method of which only programs tell: lists name it, and nobody is offered it when taking payments.
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

    /// Those who change the methods or their limits follow one another, until their commits.
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

    /// Those of the roles that this person has. A program has no role: the least that any role may holds for it.
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

    /// Instead of those there were.
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
