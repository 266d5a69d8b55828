import Access
import BankAccounts
import Customers
import Declarations
import Events
import Identifiers
import Jobs
import Ledger
import Letters
import Locale
import Notices
import Postgres
import Services
import Tenancy
import Time

/// Carries out the steps of decisions. Each `Decision` is made again under the customer's lock just before its steps.
package struct CollectionActs: Sendable {
    /// Nil for a demonstration company.
    let channels: CollectionChannels?
    let randomness: Randomness

    package init(channels: CollectionChannels = CollectionChannels(), randomness: Randomness) {
        (self.channels, self.randomness) = (channels, randomness)
    }

    /// For a demonstration company: its messages count as sent long ago.
    package init(inventing randomness: Randomness) {
        (channels, self.randomness) = (nil, randomness)
    }

    func newID<Noun>(at now: Instant) -> Identifiers.ID<Noun> {
        .make(milliseconds: now.milliseconds, from: randomness)
    }
}

extension CollectionActs {
    /// Selects which decided steps are carried out.
    struct Selection: Sendable {
        var stage: Stage?
        /// Other cuts are left out.
        var mayCut: @Sendable (Decision, Cut.Reason) -> Bool
        /// A run sends messages and charges and cuts; a look at a customer after a payment only reconnects and cuts
        /// again.
        var tells = true
        /// A run by hand does not wait for the policy's hour.
        var isByHand = false

        func holds(_ step: Decision.Step, of decision: Decision) -> Bool {
            switch step {
            case .tell(let told), .collapse(let told): tells && (stage == nil || stage == told)
            case .chargeLate: tells && stage == nil
            case .cut(let reason): (stage == nil || stage == .cut) && mayCut(decision, reason)
            case .reconnect: stage == nil
            }
        }
    }

    /// Decides again under the customers' locks and carries it out. A concurrent payment either came first and prevents
    /// the cut, or comes after and is looked at again.
    func act(
        on customers: [Customer.ID], _ selection: Selection, run: CollectionRun.ID?, of tenant: Tenant,
        by principal: Principal, in database: TenantDatabase
    ) async throws {
        try await database.transaction { database in
            for customer in customers.sorted(by: { $0.uuid < $1.uuid }) { try await database.hold(customer) }
            let people = try await database.customers(customers, locked: true)
            let view = try await CollectionView(of: tenant, at: principal.now, in: database)
            let decisions = try await (selection.isByHand ? view.atTheDaysEnd : view)
                .decisions(about: customers)
            let work = CollectionWork(
                acts: self, people: Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0) }),
                reach: try await channels?.reach(customers, of: tenant, at: principal.now, in: database),
                accounts: try await database.bankAccounts(shownOnly: true), run: run, tenant: tenant,
                principal: principal, database: database)
            let decided = decisions.flatMap { decision in
                decision.steps.filter { selection.holds($0, of: decision) }.map { (decision, $0) }
            }
            try await work.tell(decided)
            try await work.chargeLate(decided)
            try await work.cut(decided)
            try await work.reconnect(decided)
            if !selection.tells {
                try await work.announceFees(decisions)
                try await work.tellMissing(decisions)
            }
        }
    }
}

/// The steps of one transaction.
struct CollectionWork {
    let acts: CollectionActs
    let people: [Customer.ID: Customer]
    /// Who can be told of what; nil for a demonstration company.
    let reach: NoticeReach?
    /// The accounts to pay to.
    let accounts: [BankAccount]
    let run: CollectionRun.ID?
    let tenant: Tenant
    let principal: Principal
    let database: TenantDatabase

    typealias Decided = [(decision: Decision, step: Decision.Step)]

    private var now: Instant { principal.now }

    /// One message per stage and customer, however many services they have.
    func tell(_ decided: Decided) async throws {
        var (steps, seen) = ([NewStep](), Set<String>())
        for (decision, step) in decided {
            let (stage, isTold): (Stage, Bool)
            switch step {
            case .tell(let told): (stage, isTold) = (told, true)
            case .collapse(let passed): (stage, isTold) = (passed, false)
            default: continue
            }
            let period = decision.period(of: stage)
            guard seen.insert("\(decision.facts.customer) \(stage) \(period)").inserted else { continue }
            var new = newStep(.init(stage), decision, period: period)
            if isTold {
                let isOfDays = decision.endDay(of: stage) != nil
                write(isOfDays ? .daysEnding : CollectionMessage.Kind(stage), as: stage, of: decision, into: &new)
            } else {
                new.outcome = .collapsed
            }
            steps.append(new)
        }
        try await put(steps)
    }

    func chargeLate(_ decided: Decided) async throws {
        var (steps, charges, seen) = ([NewStep](), [Transaction](), Set<Customer.ID>())
        for (decision, step) in decided {
            guard case .chargeLate(let minor) = step, let period = decision.latePeriod,
                seen.insert(decision.facts.customer).inserted
            else { continue }
            let fee = Money(minor: minor, tenant.currency)
            let new = newStep(.lateFee, decision, period: period, fee: fee)
            steps.append(new)
            charges.append(
                Transaction(
                    id: Transaction.ID(new.id.uuid), .fee, of: new.id.uuid, on: decision.day,
                    note: CollectionNoteWords.late.text(for: tenant.reader),
                    try Posting.fee(
                        fee, of: "late_fee", to: decision.facts.customer, taxedBy: tenant.company.taxes)))
        }
        let added = try await database.insert(steps, author: principal.actor.name, at: now)
        let fresh = charges.filter { added.contains(CollectionStep.ID($0.id.uuid)) }
        try await database.post(fresh, by: principal.actor, at: now)
        let done = steps.filter { added.contains($0.id) }
        guard !done.isEmpty else { return }
        try await database.record(
            done.map { act(.lateFeeCharged, $0, [Act.Detail("amount", $0.fee.plainText)]) },
            as: Act(.lateFeesCharged, after: [Act.Detail("messages", "\(done.count)")]), by: principal.actor, at: now)
    }

    func cut(_ decided: Decided) async throws {
        for reason in [Cut.Reason.fraud, .daysOver, .unpaid] {
            let cuts = decided.filter { $0.step == .cut(reason) }.map(\.decision)
            guard !cuts.isEmpty else { continue }
            let kind = CollectionStep.Kind(cutFor: reason)
            var (steps, told) = ([NewStep](), Set<Customer.ID>())
            for decision in cuts {
                let period = decision.period(of: reason)
                let turn = decision.facts.done.filter { $0.kind == kind && $0.period == period }.count + 1
                var new = newStep(kind, decision, service: decision.facts.service, period: period, turn: turn)
                if told.insert(decision.facts.customer).inserted {
                    let kind: CollectionMessage.Kind =
                        reason == .fraud ? .fraud : reason == .daysOver ? .daysOver : .cut
                    write(kind, of: decision, into: &new)
                }
                steps.append(new)
            }
            let added = try await put(steps)
            let services = steps.filter { added.contains($0.id) }.compactMap(\.service)
            guard !services.isEmpty else { continue }
            _ = try await ServiceCuts.cut(
                services, Cut(reason: reason),
                as: Act(.collectionCuts, after: [Act.Detail("cuts", "\(services.count)")]),
                of: tenant, by: principal, in: database)
            guard reason == .unpaid else { continue }
            for decision in cuts where decision.fee.isPositive {
                try await database.announce(
                    StandingFee(
                        id: acts.newID(at: now), customer: decision.facts.customer, amount: decision.fee,
                        announcedOn: decision.day), at: now)
            }
        }
    }

    /// Charges the fee and settles it in the transaction that lifts the cut.
    func reconnect(_ decided: Decided) async throws {
        for way in Decision.Return.allCases {
            let lifted = decided.filter { $0.step == .reconnect(way) }.map(\.decision)
            guard !lifted.isEmpty else { continue }
            var (steps, seen) = ([NewStep](), Set<Customer.ID>())
            for decision in lifted where seen.insert(decision.facts.customer).inserted {
                if way == .paid || way == .promise { try await charge(decision, way) }
                let turn = try await database.nextTurn(of: .reconnected, decision.facts.customer, decision.day)
                var new = newStep(.reconnected, decision, period: decision.day, turn: turn)
                write(.reconnected, of: decision, into: &new)
                steps.append(new)
            }
            let services = lifted.map(\.facts.service)
            _ = try await ServiceCuts.reconnect(
                services, cutFor: [way.cutReason],
                as: Act(.collectionReconnections, after: [Act.Detail("cuts", "\(services.count)")]), of: tenant,
                by: principal, in: database)
            try await database.endCuts(of: services, as: way, at: now)
            try await put(steps)
        }
    }

    private func charge(_ decision: Decision, _ way: Decision.Return) async throws {
        let customer = decision.facts.customer
        guard let fee = try await database.standingFee(of: customer) else { return }
        if decision.facts.cut?.wasPaid == true { return try await database.end(fee.id, as: .waived, at: now) }
        let due = way == .promise ? decision.facts.promise?.until ?? decision.day : min(fee.announcedOn, decision.day)
        let charge = Transaction(
            id: Transaction.ID(fee.id.uuid), .fee, of: fee.id.uuid, on: decision.day, due: due,
            note: CollectionNoteWords.reconnection.text(for: tenant.reader),
            try Posting.fee(fee.amount, of: "reconnection", to: customer, taxedBy: tenant.company.taxes))
        if way == .promise {
            try await database.post(charge, by: principal.actor, at: now)
        } else {
            try await database.chargeFirst(
                charge, to: customer, fee.amount, by: principal.actor, at: now, from: acts.randomness)
        }
        try await database.end(fee.id, as: .charged, at: now)
    }

    /// For services that a person cut for debt.
    func announceFees(_ decisions: [Decision]) async throws {
        for decision in decisions {
            guard let fee = decision.feeToAnnounce else { continue }
            try await database.announce(
                StandingFee(
                    id: acts.newID(at: now), customer: decision.facts.customer, amount: fee,
                    announcedOn: decision.day), at: now)
        }
    }

    /// Tells a customer who paid too little to reconnect what is missing, once per amount.
    func tellMissing(_ decisions: [Decision]) async throws {
        let waiting = decisions.first { $0.cause == .missing && $0.facts.cut?.isFollowedByPayment == true }
        guard let decision = waiting else { return }
        let customer = decision.facts.customer
        guard try await database.lastMissing(of: customer) != decision.toReconnect.total.minor else { return }
        let turn = try await database.nextTurn(of: .missing, customer, decision.day)
        var new = newStep(.missing, decision, period: decision.day, turn: turn, fee: decision.toReconnect.total)
        write(.missing, of: decision, into: &new)
        try await put([new])
    }

    private func newStep(
        _ kind: CollectionStep.Kind, _ decision: Decision, service: Service.ID? = nil, period: Day, turn: Int = 1,
        fee: Money? = nil
    ) -> NewStep {
        NewStep(
            id: acts.newID(at: now), run: run, decision: decision, service: service, kind: kind, period: period,
            turn: turn, fee: fee ?? decision.fee)
    }

    private func write(
        _ kind: CollectionMessage.Kind, as stage: Stage? = nil, of decision: Decision, into step: inout NewStep
    ) {
        let person = people[decision.facts.customer]
        let howToPay = HowToPay(accounts, number: person?.number ?? 0, for: tenant.reader)
        let message = CollectionMessage(
            kind, as: stage, of: decision, to: person?.name ?? "", howToPay: howToPay.text, from: tenant)
        (step.subject, step.message, step.blanks) = (message.subject, message.text, message.blanks)
        step.told = kind.notice
        let email = person?.email ?? ""
        guard let reach else {
            (step.outcome, step.recipient) = email.isEmpty ? (.noChannel, "") : (.sent, email)
            return
        }
        step.outcome = reach.contains(decision.facts.customer, of: kind.notice) ? .sent : .noChannel
    }

    /// Stores the steps and queues their messages; returns those that are new.
    @discardableResult
    private func put(_ steps: [NewStep]) async throws -> Set<CollectionStep.ID> {
        let added = try await database.insert(steps, author: principal.actor.name, at: now)
        let fresh = steps.filter { added.contains($0.id) }
        if reach != nil {
            try await database.notify(
                fresh.filter { $0.outcome == .sent }.compactMap(\.notice), at: now, from: acts.randomness)
        }
        let told = fresh.filter { $0.outcome == .sent || $0.outcome == .noChannel }
        if !told.isEmpty {
            let unreached = told.filter { $0.outcome == .noChannel }.count
            try await database.record(
                told.map {
                    act(
                        $0.outcome == .sent ? .collectionMessage : .collectionUnreached, $0,
                        [Act.Detail("stage", $0.kind.rawValue)])
                },
                as: Act(
                    .collectionMessages,
                    after: [
                        Act.Detail("messages", "\(told.count - unreached)"),
                        Act.Detail("without_channel", "\(unreached)"),
                    ]), by: principal.actor, at: now)
        }
        return added
    }

    private func act(_ kind: EventKind, _ step: NewStep, _ details: [Act.Detail]) -> Act {
        let person = people[step.decision.facts.customer]
        return Act(
            kind,
            Act.Subject(
                "customer", step.decision.facts.customer.uuid,
                named: person.map { "\($0.name) (\($0.number))" } ?? ""), after: details)
    }
}

extension Decision.Return {
    /// The reason of the cuts that end this way.
    fileprivate var cutReason: Cut.Reason {
        switch self {
        case .paid, .promise: .unpaid
        case .annulled: .fraud
        case .renewed: .daysOver
        }
    }
}

extension TenantDatabase {
    fileprivate func nextTurn(
        of kind: CollectionStep.Kind, _ customer: Customer.ID, _ day: Day
    ) async throws(DatabaseError) -> Int {
        let count: Int? = try await value(
            """
            SELECT count(*) FROM collection_steps d
            WHERE d.tenant_id = \(tenant) AND d.customer_id = \(customer) AND d.stage = \(kind.rawValue) AND d.period = \(day)
            """)
        return (count ?? 0) + 1
    }

    /// Counted from the last cut.
    fileprivate func lastMissing(of customer: Customer.ID) async throws(DatabaseError) -> Int64? {
        try await value(
            """
            SELECT d.fee FROM collection_steps d
            WHERE d.tenant_id = \(tenant) AND d.customer_id = \(customer) AND d.stage = 'missing'
                AND d.made_at > coalesce((
                    SELECT max(k.made_at) FROM collection_steps k
                    WHERE k.tenant_id = \(tenant) AND k.customer_id = \(customer) AND k.stage = 'cut'), '-infinity')
            ORDER BY d.made_at DESC, d.step_id DESC LIMIT 1
            """)
    }

    /// A reconnection by hand waives the fee; nil for all customers.
    func waiveFees(of customer: Customer.ID? = nil, at now: Instant) async throws(DatabaseError) {
        let only: SQL = customer.map { "AND f.customer_id = \($0)" } ?? .nothing
        try await execute(
            """
            UPDATE standing_fees f SET ended_as = 'waived', ended_at = \(now)
            WHERE f.tenant_id = \(tenant) AND f.ended_at IS NULL \(only) AND NOT EXISTS (
                SELECT FROM services s
                JOIN customers u ON u.tenant_id = s.tenant_id AND u.customer_id = s.customer_id
                JOIN cuts k ON k.tenant_id = \(tenant) AND k.service_id = s.service_id AND k.lifted_at IS NULL
                WHERE s.tenant_id = \(tenant) AND coalesce(u.payer_id, u.customer_id) = f.customer_id
                    AND k.reason = 'unpaid')
            """)
    }

    func owes(_ customer: Customer.ID, in currency: Currency) async throws -> Bool {
        try await balance(of: customer, in: currency).balance.isPositive
    }
}

/// The fees' notes on a statement.
enum CollectionNoteWords: MessageCatalogue {
    case reconnection, late

    var message: Message {
        switch self {
        case .reconnection: Message(es: "Cargo por reconexión", en: "Reconnection fee", pt: "Taxa de reconexão")
        case .late: Message(es: "Recargo por mora", en: "Late fee", pt: "Multa por atraso")
        }
    }
}
