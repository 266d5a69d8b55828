import Access
import Customers
import Declarations
import Events
import Identifiers
import JSON
import Ledger
import Locale
import Nouns
import Postgres
import Time

/// A change to an account besides invoices and payments: a refund (devolución), or tax withheld by a business payer and
/// proved by a certificate (retención).
package struct Adjustment: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Adjustment>

    /// The transaction has the same id.
    package let id: ID
    package let number: Int
    package let kind: Kind
    package let customer: Customer.ID
    package let customerName: String
    package let amount: Money
    /// The day of the refund or of the certificate.
    package let day: Day
    /// The payment method; for a withholding, the tax.
    package let method: String
    package let methodName: String
    /// The bank's reference or the certificate's number.
    package let reference: String
    /// For a withholding, the charge that it settles in part.
    package let charge: Transaction.ID?
    package let note: String
    package let state: State
    package let authorID: UUID?
    package let author: String
    package let madeAt: Instant
    package let decider: String
    package let decidedAt: Instant?
    package let reason: String

    package enum Kind: String, FieldChoice {
        case refund, withholding

        package var message: Message {
            switch self {
            case .refund: Message(es: "Devolución", en: "Refund", pt: "Devolução")
            case .withholding: Message(es: "Retención", en: "Withholding", pt: "Retenção")
            }
        }
    }

    package enum State: String, FieldChoice {
        case pending, applied, rejected, reversed

        package var message: Message {
            switch self {
            case .pending: Message(es: "Por aprobar", en: "To be approved", pt: "A aprovar")
            case .applied: Message(es: "Aplicada", en: "Applied", pt: "Aplicada")
            case .rejected: Message(es: "Rechazada", en: "Rejected", pt: "Rejeitada")
            case .reversed: Message(es: "Reversada", en: "Reversed", pt: "Estornada")
            }
        }

        package var tone: Tone {
            switch self {
            case .pending: .warning
            case .applied: .good
            case .rejected, .reversed: .bad
            }
        }
    }

    package var transaction: Transaction.ID { Transaction.ID(id.uuid) }
}

/// An adjustment to be created, as entered.
package struct NewAdjustment: Sendable, Equatable {
    package let kind: Adjustment.Kind
    package let amount: Money
    package let day: Day
    /// The payment method's word; for a withholding, the tax's name.
    package let method: String
    package let reference: String
    package let charge: Transaction.ID?
    package let note: String

    package init(
        _ kind: Adjustment.Kind, of amount: Money, on day: Day, by method: String, reference: String,
        settling charge: Transaction.ID? = nil, note: String = ""
    ) {
        (self.kind, self.amount, self.day, self.method) = (kind, amount, day, method)
        (self.reference, self.charge, self.note) = (NewPayment.comparable(reference), charge, note)
    }
}

/// A room's step after a cash refund, or its undoing, in the same transaction.
package struct AfterCashRefund: RoomPart {
    package enum Event: Sendable { case given, undone }

    package typealias Run = @Sendable (Event, Adjustment, Principal, TenantDatabase) async throws -> Void

    package let number: Int
    private let run: Run

    package init(_ number: Int, _ run: @escaping Run) { (self.number, self.run) = (number, run) }

    static func run(
        _ event: Event, _ refund: Adjustment, by principal: Principal, in database: TenantDatabase
    ) async throws {
        for part in principal.catalogue.parts(AfterCashRefund.self) {
            try await part.run(event, refund, principal, database)
        }
    }
}

extension Adjustment {
    /// Newest first unless the query says otherwise.
    static let list = List<Adjustment>(
        "adjustments", at: "/panel/adjustments", AdjustmentWords.adjustments.message, of: fields, by: "number",
        id: \.id.uuid, isSearchable: true)

    private static let fields: [Field<Adjustment>] = [
        .counted("number", \.number, AdjustmentWords.number.message).sorted(by: "a.number"),
        .derived("kind", \.kind, AdjustmentWords.kind.message).filtered(by: "a.kind"),
        Field("name", .line(1...200), PaymentWords.customer.message) { .text($0.customerName) },
        Field("amount", .money(isRequired: true), PaymentWords.amount.message) { .money($0.amount) },
        Field("day", .day, PaymentWords.day.message) { .day($0.day) },
        Field("method", .line(1...60), AdjustmentWords.methodOrTax.message) { .text($0.methodName) },
        Field("reference", .line(0...60), PaymentWords.reference.message) { .text($0.reference) },
        .derived("state", \.state, PaymentWords.state.message).filtered(by: "a.state"),
        Field("author", .line(1...200), PaymentWords.author.message) { .text($0.author) }.only(in: .record),
        Field("customer", .reference, PaymentWords.customer.message) { .id($0.customer.uuid) }
            .filtered(by: "a.customer_id").only(in: []),
    ]
}

extension TenantDatabase {
    private func adjustments(_ which: SQL) -> SQL {
        """
        SELECT a.adjustment_id, a.number, a.kind, a.customer_id, c.name AS customer_name, a.amount, a.currency, a.day,
            a.method, a.method_name, a.reference, a.charge_id, a.note, a.state, a.actor_id, a.actor, a.made_at, a.decider,
            a.decided_at, a.reason
        FROM account_adjustments a JOIN customers c ON c.tenant_id = a.tenant_id AND c.customer_id = a.customer_id
        WHERE a.tenant_id = \(tenant) \(which)
        """
    }

    package func adjustment(_ id: Adjustment.ID) async throws(DatabaseError) -> Adjustment? {
        try await first(adjustments("AND a.adjustment_id = \(id)"))
    }

    /// In order of creation, for programs.
    func adjustments(
        after number: Int, of kind: Adjustment.Kind?, for customer: Customer.ID?, limit: Int
    ) async throws(DatabaseError) -> [Adjustment] {
        let kind: SQL = kind.map { "AND a.kind = \($0.rawValue)" } ?? .nothing
        let customer: SQL = customer.map { "AND a.customer_id = \($0)" } ?? .nothing
        return try await rows(
            adjustments("AND a.number > \(number) \(kind) \(customer) ORDER BY a.number LIMIT \(limit)"))
    }

    func adjustments(_ query: ListQuery<Adjustment>) -> SQL {
        adjustments("\(query.restriction) \(found(by: query.text)) \(query.position) \(query.sorting)")
    }

    func adjustmentsCounted(_ query: ListQuery<Adjustment>) -> SQL {
        "FROM account_adjustments a WHERE a.tenant_id = \(tenant) \(query.restriction) \(found(by: query.text))"
    }

    /// Searches by number, bank reference or certificate.
    private func found(by text: String) -> SQL {
        if text.isEmpty { return .nothing }
        return "AND (a.reference = \(NewPayment.comparable(text)) OR a.number = \(Int(text) ?? 0))"
    }

    func insert(
        _ new: NewAdjustment, as id: Adjustment.ID, of customer: Customer.ID, named method: String,
        in state: Adjustment.State, by principal: Principal
    ) async throws(DatabaseError) {
        let isApplied = state == .applied
        try await execute(
            """
            INSERT INTO account_adjustments (
                tenant_id, adjustment_id, number, kind, customer_id, amount, currency, day, method, method_name,
                reference, charge_id, note, state, actor_id, actor, made_at, decider_id, decider, decided_at)
            VALUES (
                \(tenant), \(id), \(try await takeNumber(of: "adjustment")), \(new.kind.rawValue), \(customer),
                \(new.amount.minor), \(new.amount.currency.rawValue), \(new.day), \(new.method), \(method),
                \(new.reference), \(new.charge), \(new.note), \(state.rawValue), \(principal.actor.id),
                \(principal.actor.name), \(principal.now), \(isApplied ? principal.actor.id : nil),
                \(isApplied ? principal.actor.name : ""), \(isApplied ? principal.now : nil))
            """)
    }

    func decide(
        _ id: Adjustment.ID, _ state: Adjustment.State, because reason: String, by principal: Principal
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE account_adjustments SET state = \(state.rawValue), decider_id = \(principal.actor.id),
                decider = \(principal.actor.name), decided_at = \(principal.now), reason = \(reason)
            WHERE tenant_id = \(tenant) AND adjustment_id = \(id)
            """)
    }
}

extension Adjustment: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (code, kind, state): (String, String, String) = (
            try row.read("currency"), try row.read("kind"), try row.read("state")
        )
        guard let currency = Currency(rawValue: code), let kind = Kind(rawValue: kind),
            let state = State(rawValue: state)
        else { throw .wrongColumn("An adjustment is a \(kind), \(state), in \(code)") }
        self.init(
            id: try row.read("adjustment_id"), number: try row.read("number"), kind: kind,
            customer: try row.read("customer_id"), customerName: try row.read("customer_name"),
            amount: Money(minor: try row.read("amount"), currency), day: try row.read("day"),
            method: try row.read("method"), methodName: try row.read("method_name"),
            reference: try row.read("reference"), charge: try row.read("charge_id"), note: try row.read("note"),
            state: state, authorID: try row.read("actor_id"), author: try row.read("actor"),
            madeAt: try row.read("made_at"), decider: try row.read("decider"), decidedAt: try row.read("decided_at"),
            reason: try row.read("reason"))
    }
}
