import Access
import Customers
import Events
import HTTP
import Identifiers
import Ledger
import Locale
import Nouns
import Postgres
import Services
import Tenancy
import Time

/// Suspends a customer's reminders and cuts: una prórroga given by a person, or another room's hold for an outage or a
/// ticket.
package struct CollectionHold: Sendable, Equatable {
    package typealias ID = Identifiers.ID<CollectionHold>

    package let id: ID
    package let customer: Customer.ID
    package let service: Service.ID?
    package let source: String
    package let reason: String
    package let from: Day
    package let to: Day?
    package let author: String
    package let madeAt: Instant
    package let endedAt: Instant?

    /// Days of grace that a person gives.
    package static let grace = "grace"
}

/// A new hold, as entered.
package struct NewHold: Sendable, Equatable {
    package var until: Day
    package var reason = ""

    package init(until: Day, reason: String = "") { (self.until, self.reason) = (until, reason) }
}

extension NewHold: Fielded {
    package static let noun = "Hold"

    package static let fields: [Field<NewHold>] = [
        .day("until", \.until, Message(es: "Hasta", en: "Until", pt: "Até")),
        .line("reason", \.reason, 1...300, Message(es: "Motivo", en: "Reason", pt: "Motivo")),
    ]
}

package enum HoldRefusal: Refusal, MessageCatalogue {
    case dayOutside, ended

    package var status: Status { self == .ended ? .conflict : .unprocessableContent }
    package var code: String { self == .ended ? "hold_ended" : "hold_day_outside" }

    package var message: Message {
        switch self {
        case .dayOutside:
            Message(
                es: "Elija un día desde hoy y de los próximos noventa.", en: "Choose a day within the next ninety.",
                pt: "Escolha um dia desde hoje e dos próximos noventa.")
        case .ended: Message(es: "Ya terminó.", en: "It is over.", pt: "Já terminou.")
        }
    }
}

extension CollectionHold {
    /// Days of grace, given by a person.
    package static func give(
        _ new: NewHold, to customer: Customer.ID, of tenant: Tenant, by principal: Principal,
        from randomness: Randomness, in database: TenantDatabase
    ) async throws -> CollectionHold {
        let today = tenant.timeZone.day(at: principal.now)
        guard new.until >= today, new.until <= today + 90 else { throw HoldRefusal.dayOutside }
        return try await make(
            for: customer, nil, source: grace, nil, because: new.reason, from: today, to: new.until, by: principal,
            from: randomness, in: database)
    }

    /// For the room that is the source, which ends it by the same source. Idempotent.
    package static func make(
        for customer: Customer.ID, _ service: Service.ID?, source: String, _ sourceID: UUID?, because reason: String,
        from: Day, to: Day?, by principal: Principal, from randomness: Randomness, in database: TenantDatabase
    ) async throws -> CollectionHold {
        try await database.transaction { database in
            guard let person = try await database.customer(customer) else { throw AccessRefusal.notFound }
            // The lock orders this before or after a run that is about to cut the customer.
            try await database.hold(customer)
            let id: ID = .make(milliseconds: principal.now.milliseconds, from: randomness)
            let added = try await database.execute(
                """
                INSERT INTO collection_holds (
                    tenant_id, hold_id, customer_id, service_id, source, source_id, reason, from_day, to_day, author, made_at)
                VALUES (
                    \(database.tenant), \(id), \(customer), \(service), \(source), \(sourceID), \(reason), \(from), \(to),
                    \(principal.actor.name), \(principal.now))
                ON CONFLICT DO NOTHING
                """)
            if added > 0 {
                try await database.record(
                    Act(
                        .holdMade, Act.Subject("customer", customer.uuid, named: "\(person.name) (\(person.number))"),
                        after: [Act.Detail("reason", reason), Act.Detail("until", to?.iso ?? "")]),
                    by: principal.actor, at: principal.now)
            }
            let made: CollectionHold? =
                if added == 0, let sourceID {
                    try await database.first(database.holdsStatement(source: source, sourceID, of: customer))
                } else { try await database.hold(id) }
            guard let made else { throw AccessRefusal.notFound }
            return made
        }
    }

    /// Ends all holds of a source, such as an outage or a ticket, or only those of one customer.
    package static func end(
        source: String, _ sourceID: UUID, of customer: Customer.ID? = nil, by principal: Principal,
        in database: TenantDatabase
    ) async throws {
        let holds: [CollectionHold] = try await database.rows(
            database.holdsStatement(source: source, sourceID, of: customer))
        for hold in holds { try await end(hold.id, by: principal, in: database) }
    }

    /// Whether a customer's hold of a source ended at that moment.
    package static func ended(
        at moment: Instant, source: String, _ sourceID: UUID, of customer: Customer.ID, in database: TenantDatabase
    ) async throws(DatabaseError) -> Bool {
        try await database.value(
            """
            SELECT EXISTS (
                SELECT FROM collection_holds WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)
                    AND source = \(source) AND source_id = \(sourceID) AND ended_at = \(moment))
            """) ?? false
    }

    package static func end(_ id: ID, by principal: Principal, in database: TenantDatabase) async throws {
        try await database.transaction { database in
            guard let hold = try await database.hold(id),
                let person = try await database.customer(hold.customer)
            else { throw AccessRefusal.notFound }
            try await database.hold(hold.customer)
            let ended = try await database.execute(
                """
                UPDATE collection_holds SET ended_at = \(principal.now), ended_by = \(principal.actor.name)
                WHERE tenant_id = \(database.tenant) AND hold_id = \(id) AND ended_at IS NULL
                """)
            guard ended > 0 else { throw HoldRefusal.ended }
            try await database.record(
                Act(
                    .holdEnded, Act.Subject("customer", hold.customer.uuid, named: "\(person.name) (\(person.number))")),
                by: principal.actor, at: principal.now)
        }
    }
}

extension TenantDatabase {
    private var holdSelection: SQL {
        """
        SELECT h.hold_id, h.customer_id, h.service_id, h.source, h.reason, h.from_day, h.to_day, h.author, h.made_at,
            h.ended_at
        FROM collection_holds h WHERE h.tenant_id = \(tenant)
        """
    }

    package func hold(_ id: CollectionHold.ID) async throws(DatabaseError) -> CollectionHold? {
        try await first("\(holdSelection) AND h.hold_id = \(id)")
    }

    func holdsStatement(source: String, _ id: UUID, of customer: Customer.ID?) -> SQL {
        let whose: SQL = customer.map { "AND h.customer_id = \($0)" } ?? .nothing
        return """
            \(holdSelection) AND h.source = \(source) AND h.source_id = \(id) \(whose) AND h.ended_at IS NULL
            ORDER BY h.hold_id
            """
    }

    /// Newest first.
    package func holds(of customer: Customer.ID) async throws(DatabaseError) -> [CollectionHold] {
        try await rows(
            "\(holdSelection) AND h.customer_id = \(customer) ORDER BY h.made_at DESC, h.hold_id DESC LIMIT 50")
    }
}

extension CollectionHold: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        self.init(
            id: try row.read("hold_id"), customer: try row.read("customer_id"), service: try row.read("service_id"),
            source: try row.read("source"), reason: try row.read("reason"), from: try row.read("from_day"),
            to: try row.read("to_day"), author: try row.read("author"), madeAt: try row.read("made_at"),
            endedAt: try row.read("ended_at"))
    }
}
