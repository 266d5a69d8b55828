import Customers
import Identifiers
import JSON
import Locale
import Notices
import Postgres
import Services
import Time

/// A step carried out by the policy: a message, a cut, a late fee, a reconnection.
package struct CollectionStep: Sendable {
    package typealias ID = Identifiers.ID<CollectionStep>

    package let id: ID
    package let run: CollectionRun.ID?
    package let customer: Customer.ID
    package let customerName: String
    package let service: Service.ID?
    package let kind: Kind
    package let period: Day
    package let day: Day
    package let policyVersion: Int
    package let owed: Money
    package let fee: Money
    package let outcome: Outcome
    package let recipient: String
    package let subject: String
    package let message: String
    /// The decision behind it, with all its facts.
    package let decision: String
    package let madeAt: Instant
    package let endedAs: Decision.Return?
    /// How far its notice came, and by which channel.
    package let told: CustomerNotice.State?
    package let toldBy: String?

    package enum Kind: String, Sendable {
        case notice, reminder, warning
        case lateFee = "late_fee"
        case cut, fraud
        case daysOver = "days_over"
        case missing, reconnected

        package init(_ stage: Stage) {
            self =
                switch stage {
                case .notice: .notice
                case .reminder: .reminder
                case .warning: .warning
                case .cut: .cut
                }
        }

        package init(cutFor reason: Cut.Reason) {
            self =
                switch reason {
                case .fraud: .fraud
                case .daysOver: .daysOver
                default: .cut
                }
        }

        var isCut: Bool { [.cut, .fraud, .daysOver].contains(self) }
    }

    package enum Outcome: String, Sendable, CaseIterable {
        case sent
        case noChannel = "no_channel"
        case collapsed, done
    }
}

/// A step to be stored.
struct NewStep: Sendable {
    let id: CollectionStep.ID
    let run: CollectionRun.ID?
    let decision: Decision
    let service: Service.ID?
    let kind: CollectionStep.Kind
    let period: Day
    let turn: Int
    let fee: Money
    var outcome = CollectionStep.Outcome.done
    var recipient = ""
    var subject = ""
    var message = ""
    var blanks: [String: String] = [:]
    /// The kind of notice that tells it.
    var told: NoticeKind?

    var notice: NewNotice? {
        told.map {
            NewNotice(
                to: decision.facts.customer, $0, about: id.uuid, subject: subject, text: message, blanks: blanks,
                link: "/portal/collection")
        }
    }
}

extension TenantDatabase {
    /// Idempotent; returns the steps that are new.
    func insert(_ steps: [NewStep], author: String, at now: Instant) async throws(DatabaseError) -> Set<
        CollectionStep.ID
    > {
        guard !steps.isEmpty else { return [] }
        let facts = steps.map { step in
            var json = JSONWriter(reserving: 1024)
            json.value(step.decision)
            return JSONText(json.bytes)
        }
        let added: [StepIDRow] = try await rows(
            """
            INSERT INTO collection_steps (
                tenant_id, step_id, run_id, customer_id, service_id, stage, period, turn, day, policy_version, owed, fee,
                currency, outcome, recipient, subject, message, decision, author, made_at)
            SELECT \(tenant), g.step, g.run, g.customer, g.service, g.stage, g.period, g.turn, g.day, g.version, g.owed,
                g.fee, g.coin, g.outcome, g.recipient, g.subject, g.message, g.decision, \(author), \(now)
            FROM unnest(
                \(steps.map(\.id)), \(steps.map(\.run)), \(steps.map(\.decision.facts.customer)),
                \(steps.map(\.service)), \(steps.map(\.kind.rawValue)), \(steps.map(\.period)),
                \(steps.map { Int32(clamping: $0.turn) }), \(steps.map(\.decision.day)),
                \(steps.map(\.decision.policy.version)), \(steps.map(\.decision.owed.minor)), \(steps.map(\.fee.minor)),
                \(steps.map(\.fee.currency.rawValue)), \(steps.map(\.outcome.rawValue)), \(steps.map(\.recipient)),
                \(steps.map(\.subject)), \(steps.map(\.message)), \(facts))
                g(step, run, customer, service, stage, period, turn, day, version, owed, fee, coin, outcome, recipient,
                    subject, message, decision)
            ON CONFLICT ON CONSTRAINT collection_steps_once DO NOTHING RETURNING step_id
            """)
        return Set(added.map(\.id))
    }

    /// Marks these services' cuts as lifted by collection.
    func endCuts(
        of services: [Service.ID], as end: Decision.Return, at now: Instant
    ) async throws(DatabaseError) {
        try await execute(
            """
            UPDATE collection_steps SET ended_as = \(end.rawValue), ended_at = \(now)
            WHERE tenant_id = \(tenant) AND service_id = ANY (\(services)) AND stage IN ('cut', 'fraud', 'days_over')
                AND ended_at IS NULL
            """)
    }

    private var stepSelection: SQL {
        """
        SELECT d.step_id, d.run_id, d.customer_id, c.name AS customer_name, d.service_id, d.stage, d.period, d.day,
            d.policy_version, d.owed, d.fee, d.currency, d.outcome, d.recipient, d.subject, d.message, d.decision,
            d.made_at, d.ended_as, n.state AS told, n.channel AS told_by
        FROM collection_steps d
        JOIN customers c ON c.tenant_id = d.tenant_id AND c.customer_id = d.customer_id
        LEFT JOIN notices n ON n.tenant_id = d.tenant_id AND n.about = d.step_id
        WHERE d.tenant_id = \(tenant)
        """
    }

    package func collectionStep(_ id: CollectionStep.ID) async throws(DatabaseError) -> CollectionStep? {
        try await first("\(stepSelection) AND d.step_id = \(id)")
    }

    /// Newest first.
    package func collectionSteps(
        of customer: Customer.ID, until moment: Instant, limit: Int
    ) async throws(DatabaseError) -> [CollectionStep] {
        try await rows(
            """
            \(stepSelection) AND d.customer_id = \(customer) AND d.made_at <= \(moment)
            ORDER BY d.made_at DESC, array_position(
                ARRAY['notice', 'reminder', 'warning', 'late_fee', 'cut', 'fraud', 'days_over', 'missing',
                    'reconnected'],
                d.stage) DESC, d.step_id DESC LIMIT \(limit)
            """)
    }

    func collectionSteps(of run: CollectionRun.ID, limit: Int) async throws(DatabaseError) -> [CollectionStep] {
        try await rows(
            "\(stepSelection) AND d.run_id = \(run) ORDER BY d.stage, c.number, d.step_id LIMIT \(limit)")
    }
}

private struct StepIDRow: RowReadable {
    let id: CollectionStep.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("step_id") }
}

extension CollectionStep: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        let (code, word): (String, String) = (try row.read("currency"), try row.read("outcome"))
        guard let currency = Currency(rawValue: code), let outcome = Outcome(rawValue: word) else {
            throw .wrongColumn("A step is \(word) in \(code)")
        }
        let (owed, fee): (Int64, Int64) = (try row.read("owed"), try row.read("fee"))
        let facts: JSONText = try row.read("decision")
        let end: String? = try row.read("ended_as")
        self.init(
            id: try row.read("step_id"), run: try row.read("run_id"), customer: try row.read("customer_id"),
            customerName: try row.read("customer_name"), service: try row.read("service_id"),
            kind: try row.word("stage"), period: try row.read("period"), day: try row.read("day"),
            policyVersion: try row.read("policy_version"), owed: Money(minor: owed, currency),
            fee: Money(minor: fee, currency), outcome: outcome, recipient: try row.read("recipient"),
            subject: try row.read("subject"), message: try row.read("message"),
            decision: String(decoding: facts.bytes, as: UTF8.self), madeAt: try row.read("made_at"),
            endedAs: end.flatMap(Decision.Return.init),
            told: (try row.read("told") as String?).flatMap(CustomerNotice.State.init),
            toldBy: try row.read("told_by"))
    }
}

// A decision with its facts, as the API returns it.
extension Decision: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("service", facts.service.description)
            json.member("customer", facts.customer.description)
            json.member("day", day.iso)
            json.member("hour", hour)
            json.member("policy_version", policy.version)
            json.member("cause", cause.rawValue)
            json.array("steps") { json in for step in steps { json.string(step.word) } }
            json.member("state", facts.state.rawValue)
            json.member("collected", facts.isCollected)
            json.member("currency", facts.currency.code)
            json.member("owed", Int(owed.minor))
            json.member("overdue", Int(overdue.minor))
            json.member("oldest_due", oldestDue?.iso)
            json.member("fee", Int(fee.minor))
            json.member("missing", facts.state == .cut ? Int(toReconnect.total.minor) : 0)
            json.member("credit", Int(facts.credit))
            json.member("promised_until", facts.promise?.until.iso)
            json.member("strikes", strikes.count)
            json.member("prepaid_through", facts.prepaid?.through?.iso)
            json.member("next_stage", next?.stage.rawValue)
            json.member("next_day", next?.day.iso)
            json.array("charges") { json in
                for charge in facts.charges.prefix(50) {
                    json.object { json in
                        json.member("day", charge.day.iso)
                        json.member("due", charge.due.iso)
                        json.member("open", Int(charge.open))
                        json.member("fee", charge.isFee)
                    }
                }
            }
            json.array("holds") { json in
                for hold in holds.prefix(20) {
                    json.object { json in
                        json.member("source", hold.source)
                        json.member("reason", hold.reason)
                        json.member("until", hold.until?.iso)
                    }
                }
            }
            json.array("done") { json in
                for step in facts.done.suffix(20) {
                    json.object { json in
                        json.member("stage", step.kind.rawValue)
                        json.member("period", step.period.iso)
                        json.member("day", step.day.iso)
                        json.member("ended_as", step.endedAs?.rawValue)
                    }
                }
            }
        }
    }
}

extension Decision.Step {
    /// Its word in the API: `tell_notice`, `cut`.
    package var word: String {
        switch self {
        case .tell(let stage): "tell_\(stage.rawValue)"
        case .collapse(let stage): "skip_\(stage.rawValue)"
        case .chargeLate: "charge_late_fee"
        case .cut(.fraud): "cut_for_fraud"
        case .cut(.daysOver): "cut_at_end_of_days"
        case .cut: "cut"
        case .reconnect: "reconnect"
        }
    }
}
