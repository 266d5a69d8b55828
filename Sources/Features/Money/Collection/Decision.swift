import Billing
import Locale
import Nouns
import Services
import Time

/// The policy's decision about a service at an hour, and why. Every reminder, cut and reconnection is based on it.
package struct Decision: Sendable, Equatable {
    package let facts: CollectionFacts
    package let policy: PolicyInForce
    package let day: Day
    package let hour: Int
    /// Why the platform stopped all collection; nil without a stop.
    package let stop: String?
    package private(set) var steps: [Step] = []
    package private(set) var cause = Cause.owesNothing
    package private(set) var next: Next?
    /// The reconnection fee: the one announced, or the one that a cut would announce.
    package private(set) var fee: Money
    /// What stands announced from now on for a service that a person cut for a debt.
    private(set) var feeToAnnounce: Money?
    private var lateFee: Money
    /// A rule comes to more than the books can hold.
    private var isFeeTooLarge = false
    /// Charges since collection started.
    private let collected: [CollectionFacts.OpenCharge]
    /// Their remainder after all payments since the start, including those that the ledger allocated to older debt: a
    /// customer who paid what they were told is not cut.
    private let counted: [CollectionFacts.OpenCharge]

    /// The next stage.
    package struct Next: Sendable, Equatable {
        package let stage: Stage
        package let day: Day

        package init(_ stage: Stage, on day: Day) { (self.stage, self.day) = (stage, day) }
    }

    /// One step to be done.
    package enum Step: Sendable, Equatable {
        case tell(Stage)
        /// A missed message that a later one replaces.
        case collapse(Stage)
        case chargeLate(Int64)
        case cut(Cut.Reason)
        case reconnect(Return)
    }

    /// Why a service comes back.
    package enum Return: String, FieldChoice {
        case paid, promise, annulled, renewed

        package var message: Message {
            switch self {
            case .paid: Message(es: "Pagó", en: "Paid", pt: "Pagou")
            case .renewed: Message(es: "Compró días", en: "Bought days", pt: "Comprou dias")
            case .promise: Message(es: "Prometió pagar", en: "Promised to pay", pt: "Prometeu pagar")
            case .annulled:
                Message(es: "Se anuló un comprobante falso", en: "A strike was annulled", pt: "Anulou-se um falso")
            }
        }
    }

    package init(
        about facts: CollectionFacts, under policy: PolicyInForce, on day: Day, at hour: Int, stop: String? = nil
    ) {
        (self.facts, self.policy, self.day, self.hour, self.stop) = (facts, policy, day, hour, stop)
        collected = facts.charges.filter { charge in
            charge.open > 0 && (policy.rules.start.map { charge.day >= $0 } ?? true)
        }
        counted = Self.left(of: collected, after: facts.credit + facts.paidBehind)
        fee = Money(minor: facts.cut?.wasPaid == true ? 0 : facts.standingFee, facts.currency)
        lateFee = .zero(facts.currency)
        do throws(MoneyError) {
            if facts.state == .cut {
                feeToAnnounce = try newFee
            } else {
                lateFee = try rules.lateFee.amount(on: money(sum { $0.due < day && !$0.isFee }), before: 0)
                if fee.isZero { fee = try feeOf(sum { $0.due < cutOn }) }
            }
        } catch {
            isFeeTooLarge = true
        }
        if facts.state == .cut { decideReconnection() } else { decideCollection() }
    }

    /// Allocates what was paid to the oldest charges first.
    private static func left(
        of charges: [CollectionFacts.OpenCharge], after paid: Int64
    ) -> [CollectionFacts.OpenCharge] {
        var paid = paid
        return charges.compactMap { charge in
            let part = min(paid, charge.open)
            paid -= part
            return part == charge.open ? nil : charge.with(open: charge.open - part)
        }
    }
}

// What is owed, and since when.
extension Decision {
    private var rules: CollectionPolicy { policy.rules }

    private func sum(_ isMeant: (CollectionFacts.OpenCharge) -> Bool) -> Int64 {
        counted.filter(isMeant).reduce(0) { $0 + $1.open }
    }

    private func money(_ minor: Int64) -> Money { Money(minor: minor, facts.currency) }

    package var owed: Money { money(sum { _ in true }) }
    package var overdue: Money { money(sum { $0.due < day }) }
    package var oldestDue: Day? { counted.map(\.due).min() }

    /// The debt of the next cut: never what is dated or due later.
    package var dueByCut: Money { money(sum { $0.due < cutDay }) }

    private var cutDay: Day { day(of: .cut) ?? day }

    /// The day by which debt is counted: the next cut's, or today for a cut service.
    private var cutOn: Day { facts.state == .cut ? day : max(day, cutDay) }

    /// The amount that prevents the cut; without one in sight, the whole debt.
    package var toKeep: Money { dueByCut.isPositive ? dueByCut : owed }

    /// The amount that a promise covers: what prevents the cut, or for a cut service, the debt that caused it.
    package var promisable: Money {
        let debt = facts.state == .cut ? toReconnect.debt : dueByCut
        return debt.isPositive ? debt : owed
    }

    /// The amount to reconnect a cut service, now or once cut: the rest of the debt and of the fee. Everything that
    /// tells somebody what to pay uses this.
    package struct ToReconnect: Sendable, Equatable {
        package let debt: Money
        package let fee: Money
        package let total: Money
    }

    package var toReconnect: ToReconnect {
        // A cut by a person for debt is for all of it, due or not.
        let isByPerson = facts.cut.map { $0.reason == .unpaid && !$0.isByCollection } ?? false
        let asked = isByPerson ? facts.charges : collected.filter { $0.due < cutOn }
        let debt = asked.reduce(0) { $0 + $1.open }
        let paid = facts.credit + (isByPerson ? 0 : facts.paidBehind + facts.paidAhead)
        let (debtLeft, feeLeft) = (max(0, debt - paid), max(0, fee.minor - max(0, paid - debt)))
        return ToReconnect(debt: money(debtLeft), fee: money(feeLeft), total: money(debtLeft + feeLeft))
    }

    private func feeOf(_ debt: Int64) throws(MoneyError) -> Money {
        try rules.reconnectionFee.amount(on: money(debt), before: facts.cutsBefore)
    }

    private var newFee: Money? {
        get throws(MoneyError) {
            guard let cut = facts.cut, cut.reason == .unpaid, !cut.isByCollection, facts.standingFee == 0,
                toReconnect.debt.isPositive
            else { return nil }
            let fee = try feeOf(toReconnect.debt.minor)
            return fee.isPositive ? fee : nil
        }
    }

    /// The month, or the due day that stages are counted from: each stage happens once per period.
    package var period: Day { rules.cycleAnchor == .due ? oldestDue ?? day : day.month.first }

    /// The stage's day for a debt.
    package func day(of stage: Stage) -> Day? {
        let time = rules.time(of: stage)
        switch time.anchor {
        case .none, .expiry: return nil
        case .calendar: return day.month.day(anchor: min(max(time.days, 1), 31))
        case .due: return oldestDue.map { $0 + min(max(time.days, -60), 60) }
        }
    }

    /// The stage's day before the end of prepaid days, where it is counted from there. The cut is the day after the
    /// end, or later if the policy says so.
    package func endDay(of stage: Stage) -> Day? {
        guard let through = facts.prepaid?.through else { return nil }
        let time = rules.time(of: stage)
        if stage == .cut { return through + (time.anchor == .expiry ? min(max(time.days, 1), 60) : 1) }
        return time.anchor == .expiry ? through + min(max(time.days, -60), 0) : nil
    }

    private func isReached(_ stageDay: Day) -> Bool { stageDay < day || stageDay == day && hour >= rules.hour }

    private func isDone(_ stage: Stage) -> Bool {
        facts.done.contains { $0.kind == .init(stage) && $0.period == period(of: stage) }
    }

    private var isSubjectToCut: Bool { dueByCut.isPositive }

    package var strikes: [CollectionFacts.Strike] {
        facts.strikes.filter { strike in strike.expiresOn.map { day < $0 } ?? true }
    }

    package var holds: [CollectionFacts.Hold] { facts.holds.filter { $0.holds(on: day) } }

    private var hasTooManyStrikes: Bool { rules.strikes > 0 && strikes.count >= rules.strikes }

    /// The due day of the oldest debt with a late fee.
    package var latePeriod: Day? { counted.filter { $0.due < day && !$0.isFee }.map(\.due).min() }

    /// Identifies a cut: for strikes the newest one's day, for prepaid days the last one.
    package func period(of reason: Cut.Reason) -> Day {
        switch reason {
        case .fraud: strikes.map(\.day).max() ?? day
        case .daysOver: facts.prepaid?.through ?? day
        default: period
        }
    }

    /// Identifies a message.
    package func period(of stage: Stage) -> Day {
        rules.time(of: stage).anchor == .expiry ? period(of: .daysOver) : period
    }
}

// A cut service.
extension Decision {
    private mutating func decideReconnection() {
        guard let cut = facts.cut else { return cause = .cutOtherwise }
        switch cut.reason {
        case .fraud where cut.isByCollection:
            if hasTooManyStrikes { cause = .strikes } else { reconnect(.annulled, because: .annulled) }
        case .unpaid:
            if hasTooManyStrikes { return cause = .strikes }
            if let promise = facts.promise, rules.promiseReconnects || promise.isProvisional, day <= promise.until {
                return reconnect(.promise, because: .promised)
            }
            guard !isFeeTooLarge else { return cause = .feeTooLarge }
            guard toReconnect.total.isZero else { return cause = .missing }
            // The person may know of a debt missing in the books: their cut waits for money.
            guard cut.isByCollection || cut.isFollowedByPayment else { return cause = .cutByPerson }
            reconnect(.paid, because: .paid)
        case .daysOver:
            if hasTooManyStrikes { return cause = .strikes }
            // Without a prepaid plan no days can be over.
            if let prepaid = facts.prepaid, let through = prepaid.through, through < day { return cause = .daysOver }
            reconnect(.renewed, because: .renewed)
        default: cause = .cutOtherwise
        }
    }

    private mutating func reconnect(_ way: Return, because cause: Cause) {
        steps = [.reconnect(way)]
        self.cause = cause
    }
}

// A service that is not cut.
extension Decision {
    private mutating func decideCollection() {
        guard facts.state == .active else { return cause = .notInService }
        guard stop == nil else { return cause = .stopped }
        guard rules.isOn else { return cause = .off }
        guard !isFeeTooLarge else { return cause = .feeTooLarge }
        let newestStrike = period(of: .fraud)
        if hasTooManyStrikes,
            !facts.done.contains(where: { $0.kind == .fraud && $0.period >= newestStrike })
        {
            steps = [.cut(.fraud)]
            return cause = .strikes
        }
        guard facts.isCollected else { return cause = .notCollected }
        guard !decideDays() else { return }
        guard owed.isPositive else {
            return cause = facts.charges.contains { $0.open > 0 } && collected.isEmpty ? .beforeStart : .owesNothing
        }
        // A pending payment that suffices prevents the cut.
        if facts.pending >= toKeep.minor { return cause = .paymentPending }
        if !holds.isEmpty { return cause = .held }
        if let promise = facts.promise, day <= promise.until { return cause = .promised }
        chargeLate()
        let told = messagesToSend
        tell(told)
        if !told.isEmpty { cause = .stage } else if cause != .stage { cause = .notYet }
        next = nextStage ?? next
        decideCut(warnedNow: told.contains(.warning))
    }

    private mutating func tell(_ stages: [Stage]) {
        switch rules.missedMessages {
        case .all: steps += stages.map { .tell($0) }
        case .collapse:
            steps += stages.dropLast().map { .collapse($0) }
            if let last = stages.last { steps.append(.tell(last)) }
        }
    }

    /// Decides about prepaid days, which end with the day and not at the policy's hour; returns whether that is all.
    private mutating func decideDays() -> Bool {
        guard facts.prepaid?.through != nil, let end = endDay(of: .cut) else { return false }
        guard day < end else {
            if !holds.isEmpty {
                cause = .held
            } else if let last = facts.done.last(where: {
                $0.kind == .daysOver && $0.period == period(of: .daysOver)
            }), last.endedAs == nil {
                cause = .reconnectedByPerson
            } else {
                steps = [.cut(.daysOver)]
                cause = .daysOver
            }
            return true
        }
        tell(
            [Stage.notice, .reminder, .warning].filter { stage in
                endDay(of: stage).map { isReached($0) && !isDone(stage) } ?? false
            })
        cause = steps.isEmpty ? .daysLeft : .stage
        next = Next(.cut, on: end)
        return !owed.isPositive
    }

    private var nextStage: Next? {
        for stage in Stage.allCases {
            if let stageDay = day(of: stage), !isReached(stageDay), !isDone(stage) { return Next(stage, on: stageDay) }
        }
        return nil
    }

    /// A message is about charges made by its day; a warning about the cut's debt.
    private var messagesToSend: [Stage] {
        [Stage.notice, .reminder, .warning].filter { stage in
            guard let stageDay = day(of: stage), isReached(stageDay), !isDone(stage) else { return false }
            return stage == .warning ? isSubjectToCut : sum { $0.day <= stageDay } > 0
        }
    }

    private mutating func decideCut(warnedNow: Bool) {
        guard let cutDay = day(of: .cut), isReached(cutDay) else { return }
        guard isSubjectToCut else { return cause = steps.isEmpty ? .notDue : cause }
        if let last = facts.done.last(where: { $0.kind == .cut && $0.period == period }),
            last.endedAs == nil
        {
            return cause = .reconnectedByPerson
        }
        if rules.missedMessages == .collapse, rules.warningGap > 0 {
            let warned =
                warnedNow
                ? day : facts.done.last { $0.kind == .warning && $0.period == period }?.day
            let earliest = (warned ?? day) + rules.warningGap
            if earliest > day {
                next = Next(.cut, on: earliest)
                return cause = .waitsAfterWarning
            }
        }
        steps.append(.cut(.unpaid))
        cause = .overdue
    }

    /// One late fee per oldest debt; a fee causes no further one.
    private mutating func chargeLate() {
        guard let oldest = latePeriod, isReached(oldest + min(max(rules.lateDays, 1), 60)),
            !facts.done.contains(where: { $0.kind == .lateFee && $0.period == oldest }), lateFee.isPositive
        else { return }
        steps.append(.chargeLate(lateFee.minor))
    }
}
