import Access
import Declarations
import HTML
import Identifiers
import Locale
import Panel
import Payments
import Postgres
import Tenancy
import Time

/// Cash of a room's own sales: it stands in the day's book beside the payments, and may be in no shift like them.
package struct OtherCash: RoomPart {
    /// Their methods by their words.
    package typealias Taken = @Sendable (Day, TenantDatabase) async throws -> [Takings]
    /// Of one person, or of everybody; the oldest first.
    package typealias Loose = @Sendable (UUID?, Day, Tenant, TenantDatabase) async throws -> [LooseSale]
    /// False where another was faster.
    package typealias TakeIn = @Sendable (LooseSale, Shift.ID, TenantDatabase) async throws -> Bool

    package let number: Int
    let taken: Taken
    let loose: Loose
    let takeIn: TakeIn

    package init(_ number: Int, taken: @escaping Taken, loose: @escaping Loose, takeIn: @escaping TakeIn) {
        (self.number, self.taken, self.loose, self.takeIn) = (number, taken, loose, takeIn)
    }

    static func taken(on day: Day, _ visit: Visit) async throws -> [Takings] {
        var all: [Takings] = []
        for part in visit.catalogue.parts(OtherCash.self) {
            all += try await part.taken(day, visit.database)
        }
        return try await named(all, visit)
    }

    static func looseTakings(on day: Day, _ visit: Visit) async throws -> [Takings] {
        try await named(loose(of: nil, on: day, visit).map(\.takings), visit)
    }

    /// With the company's names of the methods.
    private static func named(_ all: [Takings], _ visit: Visit) async throws -> [Takings] {
        guard !all.isEmpty else { return [] }
        let methods = try await visit.database.paymentMethods(of: visit.tenant)
        return all.map { one in
            let name = methods.first { $0.word == one.method }?.name
            return Takings(person: one.person, method: name ?? one.method, count: one.count, sum: one.sum)
        }
    }

    static func loose(of person: UUID?, on day: Day, _ visit: Visit) async throws -> [LooseSale] {
        var all: [LooseSale] = []
        for part in visit.catalogue.parts(OtherCash.self) {
            all += try await part.loose(person, day, visit.tenant, visit.database)
        }
        return all
    }
}

/// A sale for cash that is in no shift.
package struct LooseSale: Sendable, Equatable {
    package let id: UUID
    package let title: String
    package let path: String
    package let seller: String
    package let method: String
    package let amount: Money

    package init(id: UUID, title: String, path: String, seller: String, method: String, amount: Money) {
        (self.id, self.title, self.path) = (id, title, path)
        (self.seller, self.method, self.amount) = (seller, method, amount)
    }

    var takings: Takings { Takings(person: seller, method: method, count: 1, sum: amount) }
}

extension Visit {
    /// For whoever is about to take cash and has no open shift.
    package func warningWithoutShift() async throws -> Markup {
        guard mayAct(with: .cashKeep) else { return .nothing }
        try await admit()
        guard let person = admitted?.id, try await database.openShift(of: person) == nil else { return .nothing }
        return p(.class("warning")) {
            CashDeskWords.withoutShift.text(for: reader) + " "
            a(.href("\(Shift.path)/new")) { CashDeskWords.open.text(for: reader) }
        }
    }
}
