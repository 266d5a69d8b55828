import Billing
import Identifiers
import Locale
import Plans
import Services
import Time

/// A service's charges by a day: lines, and the periods they charge. A pure decision, used by preview and run.
package struct ServiceDraft: Sendable, Equatable {
    package internal(set) var lines: [DraftLine] = []
    package internal(set) var periods: [BilledPeriod] = []
    /// The credits it uses.
    package internal(set) var credits: [UUID] = []

    package init() {}
}

package struct DraftLine: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case plan, charge
        /// A correction of an already charged period, for later events in it.
        case adjustment
        case credit, other
    }

    package let kind: Kind
    package let service: Service.ID?
    /// The plan, charge or credit.
    package let part: UUID?
    package var name: String
    package let period: Period?
    /// The first day of the charged period; nil for an adjustment.
    package let billedFrom: Day?
    package let quantity: Int
    /// The agreed amount, with or without taxes.
    package let amount: Money
    package let isExempt: Bool
    package let early: EarlyPayment?

    package init(
        _ kind: Kind, of service: Service.ID? = nil, part: UUID? = nil, name: String, period: Period? = nil,
        billedFrom: Day? = nil, quantity: Int = 1, amount: Money, isExempt: Bool = false,
        early: EarlyPayment? = nil
    ) {
        (self.kind, self.service, self.part, self.name, self.period) = (kind, service, part, name, period)
        (self.billedFrom, self.quantity, self.amount, self.isExempt) = (billedFrom, quantity, amount, isExempt)
        self.early = early
    }
}

extension BillableService {
    /// Periods charged at once; if more were missed, the next run charges them.
    private static let mostPeriods = 36

    package func draft(on day: Day, by settings: BillingSettings) throws(MoneyError) -> ServiceDraft {
        var draft = ServiceDraft()
        var last = last
        for _ in 0..<Self.mostPeriods {
            guard let next = try nextPeriod(after: last, on: day, by: settings) else { break }
            if let last { draft.lines += try adjustments(of: last, by: settings) }
            draft.lines += next.parts.filter { !$0.amount.isZero }.map { line($0, of: next.billed) }
            draft.periods.append(next.billed)
            last = next.billed
            if next.billed.isLast { break }
        }
        if !draft.periods.isEmpty {
            draft.credits = credits.map(\.id)
            for credit in credits {
                draft.lines.append(
                    DraftLine(
                        .credit, of: id, part: credit.id, name: credit.name, amount: try -credit.amount))
            }
        }
        // A payer of several services is told whose each one is.
        if let user { for place in draft.lines.indices { draft.lines[place].name += " · \(user.name.prefix(80))" } }
        return draft
    }

    /// Nil while nothing is due.
    private func nextPeriod(
        after last: BilledPeriod?, on day: Day, by settings: BillingSettings
    ) throws(MoneyError) -> (billed: BilledPeriod, parts: [Part])? {
        if last?.isLast == true { return nil }
        var from = last.map { $0.to + 1 } ?? max(activatedOn, settings.firstDay)
        if let end = cancelledOn, end <= from {
            guard last != nil, end <= day else { return nil }
            return (mark(from, isLast: true), [])
        }
        if agreed(on: from).charge == .byDays {
            // Prepaid days are not invoiced; periods charged before them are adjusted once they begin.
            if let last, last.period != nil, from <= day { return (mark(from, isLast: false), []) }
            guard let monthly = terms.first(where: { $0.from > from && $0.charge != .byDays })?.from, monthly <= day
            else { return nil }
            from = monthly
            if let end = cancelledOn, end <= from { return nil }
        }
        let cycle = BillingCycle.monthly(anchor).period(containing: from)
        guard let period = Period(from: from, to: cycle.to) else { return nil }
        let due =
            switch agreed(on: from).charge {
            case .inArrears: cancelledOn.map { min(period.to + 1, $0) } ?? period.to + 1
            case .inAdvance, .byDays: from
            }
        guard due <= day else { return nil }
        let parts = try parts(
            of: period, in: cycle, isFirst: last == nil, from: settings.firstDay, whileCut: settings.cutShare)
        var sums: [UUID: Int64] = [:]
        for part in parts { sums[part.id, default: 0] += part.amount.minor }
        return (
            BilledPeriod(
                from: from, to: period.to, cycle: cycle, isFirst: last == nil, cutShare: settings.cutShare,
                parts: sums), parts
        )
    }

    /// A period without charge: the service has ended, or is prepaid from here on.
    private func mark(_ day: Day, isLast: Bool) -> BilledPeriod {
        BilledPeriod(
            from: day, to: day - 1, cycle: BillingCycle.monthly(anchor).period(containing: day), isLast: isLast)
    }

    /// The difference between what an earlier period costs by present data and what was charged for it: a line for each
    /// plan or charge that differs, with the days that cause it.
    private func adjustments(of billed: BilledPeriod, by settings: BillingSettings) throws(MoneyError) -> [DraftLine] {
        guard !billed.isVoid, let period = billed.period else { return [] }
        let parts = try parts(
            of: period, in: billed.cycle, isFirst: billed.isFirst, from: settings.firstDay,
            whileCut: billed.cutShare ?? settings.cutShare)
        let currency = terms.first?.price.currency ?? .mxn
        var lines: [DraftLine] = []
        for id in parts.map(\.id).unique + billed.parts.keys.sorted()
        where !lines.contains(where: { $0.part == id }) {
            let now = try Money.sum(of: parts.lazy.filter { $0.id == id }.map(\.amount), in: currency)
            let difference = try now - Money(minor: billed.parts[id] ?? 0, currency)
            guard !difference.isZero, let about = description(of: id) else { continue }
            let isNew = billed.parts[id] == nil && about.isOnce
            lines.append(
                DraftLine(
                    isNew ? .charge : .adjustment, of: self.id, part: id, name: about.name,
                    period: isNew
                        ? nil
                        : period.adjusted(by: parts.filter { $0.id == id }, isLess: difference.isNegative),
                    amount: difference, isExempt: about.isExempt))
        }
        return lines
    }

    private func description(of part: UUID) -> (name: String, isExempt: Bool, isOnce: Bool)? {
        let plan = terms.last { $0.plan.uuid == part }
        if let plan { return (plan.name, plan.isExempt, false) }
        return charges.first { $0.id == part }.map { ($0.name, false, $0.kind == .oneOff) }
    }

    private func line(_ part: Part, of billed: BilledPeriod) -> DraftLine {
        DraftLine(
            part.kind, of: id, part: part.id, name: part.name, period: part.period, billedFrom: billed.from,
            amount: part.amount, isExempt: part.isExempt, early: part.early)
    }
}

/// The cost of a stretch of days, of a plan or an additional charge.
private struct Part {
    let id: UUID
    let kind: DraftLine.Kind
    let name: String
    let period: Period?
    let isExempt: Bool
    let amount: Money
    /// The price of a day, comparable with that of the plan's other parts.
    var daily: Int64 = 1
    var early: EarlyPayment?
}

extension Period {
    /// The span of days that cause the difference: if it is less, those cheaper than the dearest, else the dearest. The
    /// whole period if that cannot be told.
    fileprivate func adjusted(by parts: [Part], isLess: Bool) -> Period {
        let most = parts.map(\.daily).max() ?? 0
        let dearest = parts.filter { $0.daily == most && most > 0 }.compactMap(\.period)
        func isDear(_ day: Day) -> Bool { dearest.contains { $0.contains(day) } }
        var (first, last): (Day?, Day?)
        for offset in 0..<days where isDear(from + offset) != isLess {
            first = first ?? from + offset
            last = from + offset
        }
        guard let first, let last else { return self }
        return Period(from: first, to: last) ?? self
    }
}

extension BillableService {
    private func parts(
        of period: Period, in cycle: Period, isFirst: Bool, from firstDay: Day,
        whileCut cutShare: BillingSettings.CutShare
    ) throws(MoneyError) -> [Part] {
        let end = cancelledOn.map { min(period.to, $0 - 1) } ?? period.to
        let served = Period(from: period.from, to: end)
        var parts: [Part] = []
        if let served {
            let shares = served.stretches(of: shares(of: served, whileCut: cutShare))
            parts += try plans(on: served, shares, in: cycle)
            for charge in charges where charge.kind != .oneOff {
                parts += try part(of: charge, on: served, shares, in: cycle).map { [$0] } ?? []
            }
        }
        // A one-time charge belongs to the period of its day, or to the first period if it is earlier.
        let begins = isFirst ? firstDay : period.from
        for charge in charges where charge.kind == .oneOff && begins <= charge.from && charge.from <= period.to {
            if let to = charge.to, to < charge.from { continue }
            parts.append(
                Part(
                    id: charge.id, kind: .charge, name: charge.name, period: nil, isExempt: false,
                    amount: charge.amount))
        }
        return parts
    }

    /// The terms of a day; before the first terms, these.
    private func agreed(on day: Day) -> Terms { terms.last { $0.from <= day } ?? terms[0] }

    private func plans(
        on served: Period, _ shares: [Stretch<Percentage>], in cycle: Period
    ) throws(MoneyError) -> [Part] {
        let history = terms.enumerated().map { index, terms in
            Dated(index == 0 ? min(terms.from, served.from) : terms.from, index)
        }
        var pieces: [(terms: Terms, stretch: Stretch<Rate>)] = []
        for agreed in served.stretches(of: history) where terms[agreed.value].charge != .byDays {
            let terms = terms[agreed.value]
            var price = terms.price
            for promotion in promotions { price = try promotion.price(price, in: cycle, of: .monthly(anchor)) }
            for share in shares {
                guard let days = agreed.period.overlap(share.period) else { continue }
                pieces.append((terms, Stretch(days, Rate(price, share: share.value))))
            }
        }
        guard let currency = terms.first?.price.currency else { return [] }
        let amounts = try cycle.charges(pieces.map(\.stretch), in: currency)
        return try zip(pieces, amounts).map { piece, amount throws(MoneyError) in
            let early = piece.stretch.period == cycle ? piece.terms.early : nil
            return Part(
                id: piece.terms.plan.uuid, kind: .plan, name: piece.terms.name, period: piece.stretch.period,
                isExempt: piece.terms.isExempt, amount: amount,
                daily: piece.stretch.value.price.minor * Int64(piece.stretch.value.share.millionths / 10_000),
                early: try early?.on(amount))
        }
    }

    /// Rent continues during cuts and pauses, since the device is still there.
    private func part(
        of charge: Extra, on served: Period, _ shares: [Stretch<Percentage>], in cycle: Period
    ) throws(MoneyError) -> Part? {
        guard let days = Period(from: max(served.from, charge.from), to: min(served.to, charge.to ?? served.to)) else {
            return nil
        }
        let whole = [Stretch(days, Percentage(100))]
        let stretches = (charge.kind == .rent ? whole : shares).compactMap { share in
            days.overlap(share.period).map { Stretch($0, Rate(charge.amount, share: share.value)) }
        }
        let amounts = try cycle.charges(stretches, in: charge.amount.currency)
        return Part(
            id: charge.id, kind: .charge, name: charge.name, period: days, isExempt: false,
            amount: try .sum(of: amounts, in: charge.amount.currency))
    }

    /// The share of the price charged from each day on: none during a pause, the company's policy during a cut.
    private func shares(
        of period: Period, whileCut cutShare: BillingSettings.CutShare
    ) -> [Dated<Percentage>] {
        var days: Set<Day> = [period.from]
        for pause in freezes + cuts {
            days.insert(pause.from)
            if let to = pause.to, to < period.to { days.insert(to + 1) }
        }
        return days.filter(period.contains).sorted().map { day in
            let isFrozen = freezes.contains { $0.contains(day) }
            let isCut = cuts.contains { $0.contains(day) }
            return Dated(day, isFrozen ? Percentage(0) : isCut ? cutShare.percentage : Percentage(100))
        }
    }
}

extension EarlyPayment {
    /// The discount on a whole period's charge; nil if it comes to nothing.
    fileprivate func on(_ charged: Money) throws(MoneyError) -> EarlyPayment? {
        let off = try discount.off(charged)
        return off.isPositive ? EarlyPayment(.amount(off), within: days) : nil
    }
}

extension [UUID] {
    /// Without duplicates, in order.
    fileprivate var unique: [UUID] {
        var known: Set<UUID> = []
        return filter { known.insert($0).inserted }
    }
}
