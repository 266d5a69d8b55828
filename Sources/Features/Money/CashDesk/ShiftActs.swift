import Access
import Declarations
import Events
import Identifiers
import Ledger
import Locale
import Nouns
import Payments
import Postgres
import Tenancy
import Time

/// Acts on shifts. Each is one transaction, with its event.
package struct ShiftActs: Sendable {
    let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    static let mostEntries = 20_000

    package enum Closing: Sendable, Equatable {
        case closed(Shift)
        /// Not closed: the count differs from the expected amount and no reason was given.
        case miscounted
    }

    package func open(
        _ opening: ShiftOpening, of tenant: Tenant, by principal: Principal, in database: TenantDatabase
    ) async throws -> Shift {
        let (till, float) = (opening.till, opening.float)
        guard let keeper = principal.actor.id else { throw AccessRefusal.notPermitted }
        guard float.currency == tenant.currency, 0...Money.most ~= float.minor else {
            throw CashDeskRefusal.wrongAmount
        }
        return try await database.transaction { database in
            if let till {
                guard let found = try await database.till(till, locked: true), found.isActive else {
                    throw CashDeskRefusal.tillUnknown
                }
            }
            let shift = Shift(
                id: .make(milliseconds: principal.now.milliseconds, from: randomness),
                number: try await database.takeShiftNumber(), till: till, tillName: "", keeperID: keeper,
                keeper: principal.actor.name, currency: tenant.currency, openedAt: principal.now, close: nil)
            do throws(DatabaseError) {
                try await database.insert(shift)
            } catch {
                if error.isUniqueViolation(of: "shifts_open_by_keeper") { throw CashDeskRefusal.alreadyOpen }
                if error.isUniqueViolation(of: "shifts_open_by_till") { throw CashDeskRefusal.tillTaken }
                throw error
            }
            try await database.append(.opening, float, to: shift.id, by: principal.actor.name, at: principal.now)
            guard let opened = try await database.shift(shift.id) else { throw AccessRefusal.notFound }
            try await database.record(
                Act(.shiftOpened, opened.subject, after: opened.details + [Act.Detail("float", float.plainText)]),
                by: principal.actor, at: principal.now)
            return opened
        }
    }

    package func move(
        _ movement: CashMovement, in id: Shift.ID, of tenant: Tenant, by principal: Principal,
        in database: TenantDatabase
    ) async throws -> Shift {
        guard movement.amount.isPositive, movement.amount.minor <= Money.most else {
            throw CashDeskRefusal.wrongAmount
        }
        return try await database.transaction { database in
            let shift = try await openShift(id, by: principal, in: database)
            guard movement.amount.currency == shift.currency else { throw CashDeskRefusal.wrongAmount }
            // The refusal does not tell the amount in the drawer.
            guard try await database.cash(in: shift).minor + movement.signed.minor >= 0 else {
                throw CashDeskRefusal.moreThanThere
            }
            try await database.append(
                movement.kind.entry, movement.signed, note: movement.note, to: id, by: principal.actor.name,
                at: principal.now)
            try await database.record(
                Act(.cashMoved, shift.subject, after: shift.details + movement.details()), by: principal.actor,
                at: principal.now)
            try await AfterCashMovement.run(
                MovedCash(cash: movement, shift: id, tenant: tenant, principal: principal, randomness: randomness),
                in: database)
            return shift
        }
    }

    /// Takes an expense registered elsewhere out of its author's drawer, if they have an open shift. Part of the
    /// caller's transaction.
    package static func takeOut(
        _ amount: Money, note: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> Shift.ID? {
        guard let keeper = principal.actor.id, let shift = try await database.openShift(of: keeper),
            shift.currency == amount.currency
        else { return nil }
        try await lock(shift.id, in: database)
        guard try await database.entryCount(of: shift.id) < mostEntries else { throw CashDeskRefusal.tooManyEntries }
        try await database.append(
            .expense, Money(minor: -amount.minor, amount.currency), note: note, to: shift.id, by: principal.actor.name,
            at: principal.now)
        return shift.id
    }

    /// Puts the cash of a sale registered elsewhere into its seller's drawer, if they have an open shift. Part of the
    /// caller's transaction.
    package static func putIn(
        _ amount: Money, note: String, by principal: Principal, in database: TenantDatabase
    ) async throws -> Shift.ID? {
        guard let keeper = principal.actor.id else { return nil }
        guard let shift = try await database.openShift(of: keeper), shift.currency == amount.currency else {
            if principal.actor.kind == .staff, try await database.requiresShift() { throw CashDeskRefusal.noShift }
            return nil
        }
        try await lock(shift.id, in: database)
        guard try await database.entryCount(of: shift.id) < mostEntries else { throw CashDeskRefusal.tooManyEntries }
        try await database.append(
            .sale, amount, note: note, to: shift.id, by: principal.actor.name, at: principal.now)
        return shift.id
    }

    /// Takes the cash of a sale that is undone out of its drawer; where that shift is closed, out of the drawer of
    /// whoever undoes it. Part of the caller's transaction.
    package static func takeBack(
        _ amount: Money, note: String, outOf id: Shift.ID, by principal: Principal, in database: TenantDatabase
    ) async throws {
        var giver = try await database.shift(id)
        if giver?.close != nil {
            giver = nil
            if let person = principal.actor.id { giver = try await database.openShift(of: person) }
            if giver == nil, principal.actor.kind == .staff, try await database.requiresShift() {
                throw CashDeskRefusal.noShift
            }
        }
        guard let giver, giver.currency == amount.currency else { return }
        try await lock(giver.id, in: database)
        try await database.append(
            .saleUndone, Money(minor: -amount.minor, amount.currency), note: note, to: giver.id,
            by: principal.actor.name, at: principal.now)
    }

    /// Closes a shift with the cash counted. The expected amount is only shown afterwards.
    package func close(
        _ id: Shift.ID, _ count: ShiftCount, by principal: Principal, in database: TenantDatabase
    ) async throws -> Closing {
        try await database.transaction { database in
            let shift = try await openShift(id, by: principal, in: database)
            guard count.counted.currency == shift.currency, 0...Money.most ~= count.counted.minor else {
                throw CashDeskRefusal.wrongAmount
            }
            if let receiver = count.handedTo {
                guard receiver != id, let found = try await database.shift(receiver), found.close == nil,
                    found.currency == shift.currency
                else { throw CashDeskRefusal.receiverUnknown }
            }
            let expected = try await database.cash(in: shift)
            let counted = Act.Detail("counted", count.counted.plainText)
            guard count.counted == expected || !count.reason.isEmpty else {
                // Recorded, so that nobody finds the expected amount by trying.
                try await database.record(
                    Act(.shiftMiscounted, shift.subject, after: shift.details + [counted]), by: principal.actor,
                    at: principal.now)
                return .miscounted
            }
            try await database.close(id, count, expected: expected, by: principal.actor.name, at: principal.now)
            guard let closed = try await database.shift(id), let close = closed.close else {
                throw AccessRefusal.notFound
            }
            try await database.record(
                Act(
                    .shiftClosed, closed.subject,
                    after: closed.details
                        + [
                            counted, Act.Detail("expected", expected.plainText),
                            Act.Detail("difference", close.difference.plainText), Act.Detail("reason", close.reason),
                        ].filter { !$0.value.isEmpty }), by: principal.actor, at: principal.now)
            return .closed(closed)
        }
    }

    /// Receives a closed shift's cash into the shift that it was handed to.
    package func receive(
        from giver: Shift.ID, into id: Shift.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Shift {
        try await database.transaction { database in
            let shift = try await openShift(id, by: principal, in: database)
            try await database.lock(giver)
            guard let given = try await database.shift(giver), let close = given.close, close.handedTo == id else {
                throw AccessRefusal.notFound
            }
            guard close.receivedAt == nil else { throw CashDeskRefusal.alreadyReceived }
            try await database.append(
                .received, close.counted, from: giver, note: given.keeper, to: id, by: principal.actor.name,
                at: principal.now)
            try await database.markReceived(giver, at: principal.now)
            try await database.record(
                Act(
                    .cashReceived, given.subject,
                    after: given.details + [Act.Detail("amount", close.counted.plainText)]),
                by: principal.actor, at: principal.now)
            return shift
        }
    }

    /// Moves cash when a payment is taken or undone.
    static let afterPayment = AfterPayment(30) { paid, database in
        let (actor, now) = (paid.principal.actor, paid.principal.now)
        switch paid.event {
        case .takenInCash:
            guard let keeper = actor.id else { return }
            if let shift = try await database.openShift(of: keeper) {
                try await lock(shift.id, in: database)
                try await database.append(
                    .payment, paid.amount, payment: paid.payment, to: shift.id, by: actor.name, at: now)
            } else if actor.kind == .staff, try await database.requiresShift() {
                throw CashDeskRefusal.noShift
            }
        case .undone, .rejected:
            guard let holding = try await database.shift(holding: paid.payment) else { return }
            // A closed drawer pays nothing out: the cash comes from the shift of the person who undoes the payment.
            var giver: Shift? = holding
            if holding.close != nil {
                guard case .undone = paid.event, let id = actor.id else { return }
                giver = try await database.openShift(of: id)
                if giver == nil, actor.kind == .staff, try await database.requiresShift() {
                    throw CashDeskRefusal.noShift
                }
            }
            guard let giver else { return }
            try await lock(giver.id, in: database)
            try await database.append(
                .undone, Money(minor: -paid.amount.minor, paid.amount.currency), payment: paid.payment, to: giver.id,
                by: actor.name, at: now)
        case .applied, .claimed: return
        }
    }

    /// Moves cash when a refund is given or undone. It comes from the requester's shift, or else the approver's;
    /// undone, it returns to that shift, or if closed to the current person's.
    static let afterRefund = AfterCashRefund(10) { event, refund, principal, database in
        let (actor, now) = (principal.actor, principal.now)
        func openShift(_ keeper: UUID?) async throws -> Shift? {
            guard let keeper else { return nil }
            return try await database.openShift(of: keeper)
        }
        var drawer: Shift?
        switch event {
        case .given:
            drawer = try await openShift(refund.authorID)
            if drawer == nil { drawer = try await openShift(actor.id) }
            guard drawer != nil || actor.kind != .staff else {
                if try await database.requiresShift() { throw CashDeskRefusal.noShift }
                return
            }
        case .undone:
            drawer = try await database.shift(giving: refund.id)
            guard drawer != nil else { return }
            if drawer?.close != nil {
                drawer = try await openShift(actor.id)
                if drawer == nil, actor.kind == .staff, try await database.requiresShift() {
                    throw CashDeskRefusal.noShift
                }
            }
        }
        guard let drawer else { return }
        try await lock(drawer.id, in: database)
        let amount = event == .given ? Money(minor: -refund.amount.minor, refund.amount.currency) : refund.amount
        try await database.append(
            event == .given ? .refund : .refundUndone, amount, refund: refund.id, to: drawer.id, by: actor.name, at: now
        )
    }

    func openShift(
        _ id: Shift.ID, by principal: Principal, in database: TenantDatabase
    ) async throws -> Shift {
        try await database.lock(id)
        guard let shift = try await database.shift(id) else { throw AccessRefusal.notFound }
        guard shift.keeperID == principal.actor.id || principal.permissions.contains(.cashManage) else {
            throw CashDeskRefusal.notYours
        }
        guard shift.close == nil else { throw CashDeskRefusal.closed }
        guard try await database.entryCount(of: id) < Self.mostEntries else { throw CashDeskRefusal.tooManyEntries }
        return shift
    }

    /// The shift may have been closed while the lock was awaited.
    private static func lock(_ id: Shift.ID, in database: TenantDatabase) async throws {
        try await database.lock(id)
        guard let shift = try await database.shift(id), shift.close == nil else { throw CashDeskRefusal.closed }
    }
}

extension Shift {
    var details: [Act.Detail] {
        [Act.Detail("shift", "\(number)"), Act.Detail("keeper", keeper), Act.Detail("till", tillName)]
            .filter { !$0.value.isEmpty }
    }
}
