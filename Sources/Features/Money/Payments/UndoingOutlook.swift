import Access
import Customers
import Declarations
import Identifiers
import Ledger
import Locale
import Panel
import Postgres
import Tenancy
import Time

/// What another room says follows once a payment is undone, and how it puts that off.
package struct UndoingOutlook: RoomPart {
    /// What is read where the payment is undone already, in a transaction that is taken back.
    package typealias Foresee =
        @Sendable (_ account: Customer.ID, _ visit: Visit, _ database: TenantDatabase) async throws -> Foreseen
    package typealias PutOff = @Sendable (Postponement, _ visit: Visit, _ database: TenantDatabase) async throws -> Void

    package struct Postponement: Sendable {
        package let account: Customer.ID
        package let until: Day
        package let reason: String
        package let randomness: Randomness
    }

    package struct Foreseen: Sendable {
        package let warnings: [String]
        /// Whether the person may put it off.
        package let canWait: Bool

        package init(warnings: [String], canWait: Bool) { (self.warnings, self.canWait) = (warnings, canWait) }
    }

    package let number: Int
    private let foresee: Foresee
    private let putOff: PutOff

    package init(_ number: Int, _ foresee: @escaping Foresee, puttingOff putOff: @escaping PutOff) {
        (self.number, self.foresee, self.putOff) = (number, foresee, putOff)
    }

    static func all(
        of account: Customer.ID, _ visit: Visit, in database: TenantDatabase
    ) async throws -> [Foreseen] {
        var all: [Foreseen] = []
        for part in visit.catalogue.parts(UndoingOutlook.self) {
            all.append(try await part.foresee(account, visit, database))
        }
        return all
    }

    static func putOff(_ postponement: Postponement, _ visit: Visit, in database: TenantDatabase) async throws {
        for part in visit.catalogue.parts(UndoingOutlook.self) { try await part.putOff(postponement, visit, database) }
    }
}

/// What somebody reads before they undo a payment.
package struct PaymentUndoing: Sendable {
    package let warnings: [String]
    let canWait: Bool
}

private struct Rehearsal: Error {
    let undoing: PaymentUndoing
}

extension PaymentActs {
    /// Undoes it, looks, and takes that back. Nothing where it cannot be undone now: whoever tries reads why.
    package func rehearse(
        undoing payment: Payment, as state: Payment.State = .reversed, for visit: Visit
    ) async throws -> PaymentUndoing? {
        guard payment.state == .applied else { return nil }
        do {
            try await visit.database.transaction { database in
                let fees = try await database.reconnectionFees(broughtAboutBy: payment.id)
                try await book(
                    undoing: payment, as: state, on: visit.tenant.timeZone.day(at: visit.now), because: "-",
                    by: visit.principal, in: database)
                let account = try await database.account(of: payment.customer) ?? payment.customer
                let foreseen = try await UndoingOutlook.all(of: account, visit, in: database)
                throw Rehearsal(
                    undoing: PaymentUndoing(
                        warnings: foreseen.flatMap(\.warnings)
                            + fees.map {
                                PaymentWords.feeUndone.text(
                                    for: visit.reader, .text("amount", $0.amount.exactText(for: visit.reader)))
                            }, canWait: foreseen.contains(where: \.canWait)))
            }
            return nil
        } catch let rehearsal as Rehearsal {
            return rehearsal.undoing
        } catch is any Refusal {
            return nil
        }
    }
}
