import Access
import Declarations
import Events
import Identifiers
import Locale
import Nouns
import Postgres
import Tenancy
import Time

/// The form that undoes a movement of a drawer: why.
struct UndoneMovement: Sendable, Equatable {
    var reason = ""
}

extension UndoneMovement: Fielded {
    static let noun = "UndoneMovement"

    static let fields: [Field<UndoneMovement>] = [.line("reason", \.reason, 1...300, CashDeskWords.reason.message)]
}

extension ShiftEntry {
    /// What a person moved by hand, and may undo.
    package var movement: CashMovement.Kind? { CashMovement.Kind(rawValue: kind.rawValue) }
}

/// A room's step after a movement of a drawer was undone, in the same transaction.
package struct AfterUndoneMovement: RoomPart {
    package let number = 0
    private let run: @Sendable (UndoneCash, TenantDatabase) async throws -> Void

    package init(_ run: @escaping @Sendable (UndoneCash, TenantDatabase) async throws -> Void) { self.run = run }

    static func run(_ undone: UndoneCash, in database: TenantDatabase) async throws {
        for part in undone.principal.catalogue.parts(AfterUndoneMovement.self) { try await part.run(undone, database) }
    }
}

/// A movement that was undone, with its shift and who undid it.
package struct UndoneCash: Sendable {
    package let entry: ShiftEntry
    package let shift: Shift.ID
    package let reason: String
    package let tenant: Tenant
    package let principal: Principal
    package let randomness: Randomness
}

extension ShiftActs {
    /// Undoes a movement by its mirror, once, in the shift that is still open.
    package func undo(
        movement number: Int, in id: Shift.ID, because reason: String, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Shift {
        try await database.transaction { database in
            let shift = try await openShift(id, by: principal, in: database)
            let entries = try await database.entries(of: shift, limit: Self.mostEntries)
            guard let entry = entries.first(where: { $0.number == number }), entry.movement != nil else {
                throw AccessRefusal.notFound
            }
            guard !(try await database.isUndone(number, of: id)) else { throw CashDeskRefusal.undoneAlready }
            let back = Money(minor: -entry.amount.minor, entry.amount.currency)
            guard try await database.cash(in: shift).minor + back.minor >= 0 else {
                throw CashDeskRefusal.moreThanThere
            }
            try await database.append(
                .movementUndone, back, undoing: number, note: reason, to: id, by: principal.actor.name,
                at: principal.now)
            try await database.record(
                Act(
                    .cashMovementUndone, shift.subject,
                    after: shift.details
                        + [
                            Act.Detail("kind", entry.kind.rawValue), Act.Detail("amount", entry.amount.plainText),
                            Act.Detail("note", entry.note), Act.Detail("reason", reason),
                        ].filter { !$0.value.isEmpty }), by: principal.actor, at: principal.now)
            try await AfterUndoneMovement.run(
                UndoneCash(
                    entry: entry, shift: id, reason: reason, tenant: tenant, principal: principal,
                    randomness: randomness), in: database)
            return shift
        }
    }
}
