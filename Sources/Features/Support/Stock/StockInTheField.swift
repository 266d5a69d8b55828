import Access
import Customers
import Declarations
import Events
import FieldWork
import Identifiers
import Identity
import Postgres

/// Stock in a technician's hands: what they put up is the customer's from then on, and what they fetched is theirs to
/// bring back.
enum StockInTheField {
    static let equipment = FieldEquipment(10, for: .stockRead) { job, technician, visit in
        func pieces(_ units: [StockUnit]) -> [FieldEquipment.Piece] { units.map { .init($0.serial, $0.productName) } }
        var carried: [StockUnit] = []
        if let technician {
            carried = try await visit.database.rows(visit.database.stockUnitsStatement(with: technician))
        }
        let there: [StockUnit] = try await visit.database.rows(
            visit.database.stockUnitsStatement(of: job.customer))
        return (pieces(carried), pieces(there))
    }

    /// Numbers that stock does not know stay in the report alone.
    static let follower = FieldFollower(10) { job, report, principal, randomness, database in
        let acts = StockActs(randomness: randomness)
        func move(_ serials: String, to place: StockPlace) async throws {
            for serial in StockActs.words(in: serials) {
                guard let unit = try await database.stockUnit(serial: serial), unit.place != .lost else { continue }
                if case .customer(let holder) = unit.place, holder != job.customer { throw StockRefusal.atAnother }
                _ = try await acts.move(unit.id, to: place, by: principal, in: database)
            }
        }
        try await move(report.serials, to: .customer(job.customer))
        for holder in [job.assignee, principal.staffMember] {
            guard let holder, try await database.name(of: .technician(holder)) != nil else { continue }
            try await move(report.fetched, to: .technician(holder))
            break
        }
    }
}

extension Principal {
    fileprivate var staffMember: StaffMember.ID? {
        actor.kind == .staff ? actor.id.map { StaffMember.ID($0) } : nil
    }
}
