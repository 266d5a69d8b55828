import Locale
import Services
import Time

/// What the policy will do to a service from a day on, if nothing is paid meanwhile, nor charged but what is known.
package struct Simulation: Sendable {
    package private(set) var decisions: [Decision] = []

    /// Days that can be looked ahead.
    package static let longest = 62

    /// Decides at the last hour of each day and assumes each decision done, until `isFound` returns true.
    package init(
        of facts: CollectionFacts, under policy: PolicyInForce, from first: Day, at hour: Int = 23, through last: Day,
        stop: String? = nil, charging coming: [CollectionFacts.OpenCharge] = [],
        upTo isFound: (Decision) -> Bool = { _ in false }
    ) {
        var facts = facts
        for offset in 0...max(0, min(last - first, Self.longest)) {
            let day = first + offset
            facts.charges += coming.filter { $0.day == day }
            let decision = Decision(about: facts, under: policy, on: day, at: offset == 0 ? hour : 23, stop: stop)
            decisions.append(decision)
            if isFound(decision) { return }
            facts.take(decision)
        }
    }
}

extension Decision {
    /// The next message or cut that the simulation finds.
    package var foreseen: Next? {
        var facts = facts
        facts.take(self)
        let ahead = Simulation(of: facts, under: policy, from: day, through: day + Simulation.longest, stop: stop) {
            $0.firstStage != nil
        }
        return ahead.decisions.last.flatMap { decision in decision.firstStage.map { Next($0, on: decision.day) } }
    }

    private var firstStage: Stage? {
        for step in steps {
            switch step {
            case .tell(let stage), .collapse(let stage): return stage
            case .cut: return .cut
            case .chargeLate, .reconnect: continue
            }
        }
        return nil
    }
}

extension CollectionFacts {
    /// Applies the decision's steps.
    package mutating func take(_ decision: Decision) {
        for step in decision.steps {
            switch step {
            case .tell(let stage), .collapse(let stage):
                done.append(Done(.init(stage), period: decision.period(of: stage), day: decision.day))
            case .chargeLate(let fee):
                done.append(
                    Done(.lateFee, period: decision.latePeriod ?? decision.day, day: decision.day))
                charges.append(OpenCharge(day: decision.day, due: decision.day, open: fee, isFee: true))
            case .cut(let reason):
                standingFee = reason == .unpaid ? decision.fee.minor : standingFee
                state = .cut
                cut = CutInForce(reason: reason, isByCollection: true, isFollowedByPayment: false)
                done.append(Done(.init(cutFor: reason), period: decision.period(of: reason), day: decision.day))
            case .reconnect(let way):
                state = .active
                cut = nil
                if let last = done.lastIndex(where: { $0.kind.isCut && $0.endedAs == nil }) {
                    let cut = done[last]
                    done[last] = Done(cut.kind, period: cut.period, day: cut.day, endedAs: way)
                }
            }
        }
    }
}
