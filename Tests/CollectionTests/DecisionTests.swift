import Identifiers
import Locale
import Nouns
import Services
import Tenancy
import Testing
import Time

@testable import Collection

/// The rule, as a table that a person of the trade can read: what happened, and what is done on the day.
@Suite struct DecisionTests {
    private static let currency = Currency.mxn

    private static func facts(_ change: (inout CollectionFacts) -> Void = { _ in }) -> CollectionFacts {
        let id = UUID(high: 1, low: 1)
        var facts = CollectionFacts(service: .init(id), customer: .init(id), plan: .init(id), in: currency)
        facts.charges = [.init(day: Day("2026-12-01"), due: Day("2026-12-07"), open: 30_000)]
        change(&facts)
        return facts
    }

    private static func policy(_ change: (inout CollectionPolicy) -> Void = { _ in }) -> PolicyInForce {
        var rules = CollectionPolicy(in: currency)
        rules.isOn = true
        (rules.feeRule, rules.feeAmount) = (.fixed, Money(minor: 8000, currency))
        change(&rules)
        return PolicyInForce(version: 1, rules: rules)
    }

    private static func warned(_ facts: inout CollectionFacts) {
        for (kind, day): (CollectionStep.Kind, String) in [
            (.notice, "2026-12-01"), (.reminder, "2026-12-03"), (.warning, "2026-12-07"),
        ] {
            facts.done.append(.init(kind, period: Day("2026-12-01"), day: Day(day)))
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let day: String
        let steps: [String]
        let cause: Decision.Cause
        var hour = 9
        var policy: @Sendable (inout CollectionPolicy) -> Void = { _ in }
        var facts: @Sendable (inout CollectionFacts) -> Void = { warned(&$0) }

        var testDescription: String { "\(what), on \(day)" }
    }

    static let table: [Case] = [
        Case(what: "owes since the 1st", day: "2026-12-01", steps: ["tell_notice"], cause: .stage, facts: { _ in }),
        Case(
            what: "an hour before the policy's", day: "2026-12-01", steps: [], cause: .notYet, hour: 8, facts: { _ in }),
        Case(what: "all was said", day: "2026-12-07", steps: [], cause: .notYet),
        Case(what: "did not pay", day: "2026-12-08", steps: ["cut"], cause: .overdue),
        Case(what: "the cut's hour has not come", day: "2026-12-08", steps: [], cause: .notYet, hour: 8),
        Case(what: "paid", day: "2026-12-08", steps: [], cause: .owesNothing, facts: { $0.charges = [] }),
        Case(
            what: "has as much in favour", day: "2026-12-08", steps: [], cause: .owesNothing,
            facts: {
                warned(&$0); $0.credit = 30_000
            }),
        Case(
            what: "paid a part", day: "2026-12-08", steps: ["cut"], cause: .overdue,
            facts: {
                warned(&$0); $0.charges = [.init(day: Day("2026-12-01"), due: Day("2026-12-07"), open: 1)]
            }),
        Case(
            what: "a plan that is not collected", day: "2026-12-08", steps: [], cause: .notCollected,
            facts: {
                warned(&$0); $0.isCollected = false
            }),
        Case(what: "collection is off", day: "2026-12-08", steps: [], cause: .off, policy: { $0.isOn = false }),
        Case(
            what: "before the first month", day: "2026-12-08", steps: [], cause: .beforeStart,
            policy: { $0.startMonth = "2027-01" }),
        Case(
            what: "promised for the 10th", day: "2026-12-08", steps: [], cause: .promised,
            facts: {
                warned(&$0); $0.promise = .init(until: Day("2026-12-10"), amount: 30_000)
            }),
        Case(
            what: "a promise of yesterday", day: "2026-12-08", steps: ["cut"], cause: .overdue,
            facts: {
                warned(&$0); $0.promise = .init(until: Day("2026-12-07"), amount: 30_000)
            }),
        Case(
            what: "days of grace", day: "2026-12-08", steps: [], cause: .held,
            facts: {
                warned(&$0); $0.holds = [.init(source: "grace", reason: "x", from: Day("2026-12-05"), until: nil)]
            }),
        Case(
            what: "days of grace that begin tomorrow", day: "2026-12-08", steps: ["cut"], cause: .overdue,
            facts: {
                warned(&$0); $0.holds = [.init(source: "grace", reason: "x", from: Day("2026-12-09"), until: nil)]
            }),
        Case(
            what: "what was paid waits for approval", day: "2026-12-08", steps: [], cause: .paymentPending,
            facts: {
                warned(&$0); $0.pending = 30_000
            }),
        Case(
            what: "less than was owed waits for approval", day: "2026-12-08", steps: ["cut"], cause: .overdue,
            facts: {
                warned(&$0); $0.pending = 29_999
            }),
        Case(
            what: "what was paid since the start went to an older debt", day: "2026-12-08", steps: [],
            cause: .owesNothing, policy: { $0.startMonth = "2026-12" },
            facts: {
                warned(&$0)
                $0.charges.insert(.init(day: Day("2026-10-01"), due: Day("2026-10-07"), open: 20_000), at: 0)
                $0.paidBehind = 30_000
            }),
        Case(
            what: "frozen", day: "2026-12-08", steps: [], cause: .notInService,
            facts: {
                warned(&$0); $0.state = .frozen
            }),
        Case(
            what: "due the day of the cut", day: "2026-12-08", steps: [], cause: .notDue,
            facts: {
                warned(&$0); $0.charges = [.init(day: Day("2026-12-01"), due: Day("2026-12-08"), open: 30_000)]
            }),
        Case(
            what: "charged after the cut", day: "2026-12-20", steps: [], cause: .notDue,
            facts: { $0.charges = [.init(day: Day("2026-12-15"), due: Day("2026-12-18"), open: 30_000)] }),
        Case(
            what: "nothing ran from the 2nd to the 9th", day: "2026-12-10",
            steps: ["skip_reminder", "tell_warning"], cause: .waitsAfterWarning,
            facts: { $0.done = [.init(.notice, period: Day("2026-12-01"), day: Day("2026-12-01"))] }),
        Case(
            what: "the same, and all are sent", day: "2026-12-10",
            steps: ["tell_reminder", "tell_warning", "cut"], cause: .overdue, policy: { $0.missedMessages = .all },
            facts: { $0.done = [.init(.notice, period: Day("2026-12-01"), day: Day("2026-12-01"))] }),
        Case(
            what: "reconnected by a person", day: "2026-12-09", steps: [], cause: .reconnectedByPerson,
            facts: {
                warned(&$0); $0.done.append(.init(.cut, period: Day("2026-12-01"), day: Day("2026-12-08")))
            }),
        Case(
            what: "its payment was undone", day: "2026-12-09", steps: ["cut"], cause: .overdue,
            facts: {
                warned(&$0)
                $0.done.append(
                    .init(.cut, period: Day("2026-12-01"), day: Day("2026-12-08"), endedAs: .paid))
            }),
        Case(
            what: "three false receipts, and owes nothing", day: "2026-12-02", steps: ["cut_for_fraud"],
            cause: .strikes,
            facts: {
                $0.charges = []; $0.strikes = (1...3).map { .init(day: Day("2026-12-0\($0)")) }
            }),
        Case(
            what: "two false receipts", day: "2026-12-08", steps: ["cut"], cause: .overdue,
            facts: {
                warned(&$0); $0.strikes = [.init(day: Day("2026-12-01")), .init(day: Day("2026-12-02"))]
            }),
        Case(
            what: "one of three is too old", day: "2026-12-02", steps: [], cause: .owesNothing,
            facts: {
                $0.charges = []
                $0.strikes =
                    [.init(day: Day("2026-12-01"), expiresOn: Day("2026-12-02"))]
                    + [.init(day: Day("2026-12-01")), .init(day: Day("2026-12-02"))]
            }),
        Case(what: "cut, and owes 300 + 80", day: "2026-12-09", steps: [], cause: .missing, facts: { cut(&$0) }),
        Case(
            what: "cut, and has 379.99 of them", day: "2026-12-09", steps: [], cause: .missing,
            facts: {
                cut(&$0); $0.charges = []; $0.credit = 7999
            }),
        Case(
            what: "cut, and has all of them", day: "2026-12-09", steps: ["reconnect"], cause: .paid,
            facts: {
                cut(&$0); $0.charges = []; $0.credit = 8000
            }),
        Case(
            what: "cut, and the fee went to the next bill", day: "2026-12-09", steps: ["reconnect"], cause: .paid,
            facts: {
                cut(&$0)
                $0.charges = [.init(day: Day("2026-12-09"), due: Day("2027-01-07"), open: 22_000)]
                $0.paidAhead = 8000
            }),
        Case(
            what: "cut, though what they had paid waited for approval", day: "2026-12-09", steps: ["reconnect"],
            cause: .paid,
            facts: {
                cut(&$0); $0.charges = []
                $0.cut = .init(reason: .unpaid, isByCollection: true, isFollowedByPayment: true, wasPaid: true)
            }),
        Case(
            what: "cut for abuse", day: "2026-12-09", steps: [], cause: .cutOtherwise,
            facts: {
                $0.charges = []
                ($0.state, $0.cut) = (.cut, .init(reason: .abuse, isByCollection: false, isFollowedByPayment: true))
            }),
        Case(
            what: "cut by a person who knows of a debt", day: "2026-12-09", steps: [], cause: .cutByPerson,
            facts: {
                $0.charges = []
                ($0.state, $0.cut) = (.cut, .init(reason: .unpaid, isByCollection: false, isFollowedByPayment: false))
            }),
        Case(
            what: "due on the 31st, cut five days on", day: "2027-01-05", steps: ["cut"], cause: .overdue,
            policy: { byDueDay(&$0) },
            facts: {
                $0.charges = [.init(day: Day("2026-12-01"), due: Day("2026-12-31"), open: 100)]
                for kind: CollectionStep.Kind in [.notice, .reminder, .warning] {
                    $0.done.append(.init(kind, period: Day("2026-12-31"), day: Day("2027-01-02")))
                }
            }),
    ]

    private static func cut(_ facts: inout CollectionFacts) {
        warned(&facts)
        (facts.state, facts.standingFee) = (.cut, 8000)
        facts.cut = .init(reason: .unpaid, isByCollection: true, isFollowedByPayment: true)
    }

    private static func byDueDay(_ policy: inout CollectionPolicy) {
        (policy.noticeAnchor, policy.reminderAnchor, policy.warningAnchor, policy.cutAnchor) = (.due, .due, .due, .due)
        (policy.noticeDays, policy.reminderDays, policy.warningDays, policy.cutDays) = (-5, 0, 2, 5)
    }

    @Test(arguments: table)
    func `what happened decides what is done`(row: Case) {
        let decision = Decision(
            about: Self.facts(row.facts), under: Self.policy(row.policy), on: Day(row.day), at: row.hour)
        #expect(decision.steps.map(\.word) == row.steps)
        #expect(decision.cause == row.cause)
    }

    @Test(arguments: [
        (credit: Int64(0), fee: Int64(8000), words: "300.00 + 80.00 = 380.00"),
        (credit: 29_999, fee: 8000, words: "0.01 + 80.00 = 80.01"),
        (credit: 30_000, fee: 8000, words: "0.00 + 80.00 = 80.00"),
        (credit: 37_999, fee: 8000, words: "0.00 + 0.01 = 0.01"),
        (credit: 38_000, fee: 8000, words: "0.00 + 0.00 = 0.00"),
        (credit: 0, fee: 0, words: "300.00 + 0.00 = 300.00"),
    ])
    func `what reconnects is what is left of the debt and of the fee`(
        credit: Int64, fee: Int64, words: String
    ) {
        let facts = Self.facts { facts in
            Self.cut(&facts)
            facts.charges.append(.init(day: Day("2026-12-06"), due: Day("2026-12-20"), open: 50_000))
            (facts.credit, facts.standingFee) = (credit, fee)
        }
        let amount = Decision(about: facts, under: Self.policy(), on: Day("2026-12-09"), at: 9).toReconnect
        let parts = [amount.debt, amount.fee, amount.total].map(\.plainText).map { $0.prefix { $0 != " " } }
        #expect("\(parts[0]) + \(parts[1]) = \(parts[2])" == words)
    }

    @Test func `nothing is done while the platform stopped all cuts, and what was paid comes back even so`() {
        let stopped = Decision(
            about: Self.facts(Self.warned), under: Self.policy(), on: Day("2026-12-08"), at: 9, stop: "Revisión")
        #expect(stopped.steps == [] && stopped.cause == .stopped)
        let paid = Self.facts { facts in
            Self.cut(&facts)
            (facts.charges, facts.credit) = ([], 8000)
        }
        let decision = Decision(
            about: paid, under: Self.policy { $0.isOn = false }, on: Day("2026-12-09"), at: 9, stop: "x")
        #expect(decision.steps == [.reconnect(.paid)])
    }

    @Test(arguments: [
        (0, [Int](), 10), (90, [], 10), (262, [], 26), (262, [30], 26), (262, [30, 1], 26), (262, [12, 8, 10], 30),
        (262, [30, 40, 50], 39), (262, [1, 1, 1], 10), (100, [3, 5, 4], 12),
    ])
    func `the fuse lets a tenth pass, then fifteen in a hundred and three times what is usual, and ten always`(
        inService: Int, earlier: [Int], most: Int
    ) {
        #expect(Fuse(inService: inService, earlier: earlier).most == most)
    }

    @Test func `what follows is what the simulator finds, also where days end after a debt is due`() {
        let facts = Self.facts { facts in
            facts.prepaid = .init(through: Day("2026-12-29"), price: 30_000)
            facts.charges = [.init(day: Day("2026-11-30"), due: Day("2026-11-30"), open: 30_000)]
        }
        let today = Day("2026-11-30")
        let decision = Decision(about: facts, under: Self.policy(), on: today, at: 23)
        let ahead = Simulation(of: facts, under: Self.policy(), from: today, through: today + 40).decisions.dropFirst()
        let first = ahead.first { !$0.steps.isEmpty }?.day
        #expect(decision.foreseen?.day == first && first.map { $0 < Day("2026-12-29") } == true)
    }

    @Test func `a policy that cuts too early or says nonsense is refused`() {
        func fault(_ change: (inout CollectionPolicy) -> Void) -> PolicyRefusal? {
            var policy = CollectionPolicy(in: Self.currency)
            change(&policy)
            do throws(PolicyRefusal) { try policy.check() } catch { return error }
            return nil
        }
        #expect(fault { _ in } == nil)
        #expect(fault { $0.cutDays = 32 } == .dayOfMonth)
        #expect(fault { $0.warningDays = 9 } == .outOfOrder)
        #expect(
            fault { ($0.cutAnchor, $0.warningAnchor, $0.cutDays, $0.warningDays) = (.due, .due, 0, 0) } == .cutBeforeDue
        )
        #expect(fault { $0.warningAnchor = .none } == .cutWithoutWarning)
        #expect(fault { $0.feeRule = .fixed } == .feeMissing)
        #expect(fault { $0.lateRule = .percent } == .lateFeeMissing)
        #expect(fault { $0.warningText = "Hola [nombre], [saldo]" } == .unknownBlank)
        #expect(fault { $0.noticeText = "Pague en [banco]" } == .bankInNotice)
        #expect(fault { $0.startMonth = "abril" } == .noMonth)
    }

    @Test func `a fee that cannot be worked out is said, and nobody comes back without it`() {
        // In another currency than the debt.
        let policy = Self.policy()
        func facts(_ change: (inout CollectionFacts) -> Void) -> CollectionFacts {
            let id = UUID(high: 1, low: 1)
            var facts = CollectionFacts(service: .init(id), customer: .init(id), plan: .init(id), in: .cop)
            facts.charges = [.init(day: Day("2026-12-01"), due: Day("2026-12-07"), open: 30_000)]
            change(&facts)
            return facts
        }
        let owing = Decision(about: facts(Self.warned), under: policy, on: Day("2026-12-08"), at: 9)
        #expect(owing.steps == [] && owing.cause == .feeTooLarge)
        let cut = facts { facts in
            facts.state = .cut
            facts.cut = .init(reason: .unpaid, isByCollection: false, isFollowedByPayment: true)
        }
        let decision = Decision(about: cut, under: policy, on: Day("2026-12-09"), at: 9)
        #expect(decision.steps == [] && decision.cause == .feeTooLarge && decision.feeToAnnounce == nil)
    }

    @Test func `each field of the policy stands in one part of its form`() {
        let parts = PolicyPart.all.flatMap(\.fields).sorted()
        #expect(parts == CollectionPolicy.fields.filter { $0.places.contains(.form) }.map(\.name).sorted())
    }

    @Test func `the words of every page, message and refusal are whole in each language`() {
        let problems =
            CollectionWords.problems + StepWords.problems + CollectionMessageWords.problems
            + CollectionNoteWords.problems
            + CollectionAPIWords.problems + PortalCollectionWords.problems + PolicyRefusal.problems
            + RunRefusal.problems
            + HoldRefusal.problems + StrikeRefusal.problems + Stage.problems + Anchor.problems + FeeRule.problems
            + PolicyPartWords.problems + MissedMessages.problems + Decision.Cause.problems + Decision.Return.problems
            + CollectionRun.State.problems + PaymentPromise.State.problems
            + CollectionPolicy.fields.flatMap(\.problems) + NewPromise.fields.flatMap(\.problems)
            + NewHold.fields.flatMap(\.problems) + PromiseRefusal.cases.flatMap { $0.message.problems }
        #expect(problems == [])
    }
}
