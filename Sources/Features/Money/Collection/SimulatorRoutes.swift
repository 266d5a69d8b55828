import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Invoices
import Locale
import Notices
import Nouns
import Panel
import Postgres
import Services
import Tenancy
import Time

/// A decision about a service on a simulated day.
package struct ForeseenStep: Sendable {
    package let decision: Decision
    package let customerName: String
    package let number: Int
    /// Without a channel the customer is not told, only listed.
    package let hasChannel: Bool

    /// Whether the customer can be told, if there is anything to tell.
    package var isReached: Bool { hasChannel || !decision.steps.contains { $0.isMessage || $0.isCut } }
}

/// What a day would do, and the invoices until then that it reckons with.
package struct Foresight: Sendable {
    package let steps: [ForeseenStep]
    package let invoices: ComingInvoices?
}

extension TenantDatabase {
    /// Services with steps on a simulated day, optionally of one stage only.
    package func foresee(
        _ day: Day, only stage: Stage? = nil, of tenant: Tenant,
        by channels: CollectionChannels = CollectionChannels(), at now: Instant, limit: Int
    ) async throws -> Foresight {
        let view = try await CollectionView(of: tenant, at: now, in: self)
        let coming = try await ComingInvoices(of: tenant, after: view.day, through: day, in: self)
        let charges = (coming?.items ?? [:]).mapValues { invoices in
            invoices.map { CollectionFacts.OpenCharge(day: $0.day, due: $0.due, open: $0.amount.minor) }
        }
        var (found, seen): ([Decision], Set<Customer.ID>) = ([], [])
        func look(at page: [CollectionFacts]) -> Bool {
            for facts in page {
                seen.insert(facts.customer)
                let simulation = view.simulation(of: facts, through: day, charging: charges[facts.customer] ?? [])
                guard let decision = simulation.decisions.last, decision.day == day,
                    decision.steps.contains(where: { $0.isOf(stage) })
                else { continue }
                found.append(decision)
            }
            return found.count > limit
        }
        try await view.forEachPage(through: day, look)
        let others = charges.keys.filter { !seen.contains($0) }.sorted { $0.uuid < $1.uuid }
        for start in stride(from: 0, to: others.count, by: 500) where found.count <= limit {
            _ = look(at: try await view.facts(of: Array(others[start...].prefix(500))))
        }
        return Foresight(steps: try await view.named(found, by: channels, limit: limit), invoices: coming)
    }
}

extension Decision {
    var cuts: Bool { steps.contains(where: \.isCut) }
}

extension Decision.Step {
    var isCut: Bool { if case .cut = self { true } else { false } }
    var isMessage: Bool { if case .tell = self { true } else { false } }

    /// Whether the step belongs to a stage; every step belongs to none.
    func isOf(_ stage: Stage?) -> Bool {
        guard let stage else { return true }
        return switch self {
        case .tell(let told), .collapse(let told): told == stage
        case .cut(let reason): stage == .cut && reason != .fraud
        case .chargeLate, .reconnect: false
        }
    }
}

package enum SimulatorRoutes {
    static let path = "/panel/collection/simulator"
    static let shown = 500

    package static func add(to routes: inout Panel.Routes, isMailed: Bool = true) {
        routes.get("/panel/collection/simulator", .collectionView, "A quién se avisaría o cortaría un día, y por qué") {
            visit in
            let today = visit.tenant.timeZone.day(at: visit.now)
            let asked = visit.request.query["day"].flatMap { Day(iso: $0) } ?? today
            let day = min(max(asked, today), today + Simulation.longest)
            let stage = visit.request.query["stage"].flatMap(Stage.init)
            let foresight = try await visit.database.foresee(
                day, only: stage, of: visit.tenant,
                by: CollectionChannels(visit.catalogue.noticeCarriers, isMailed: isMailed), at: visit.now, limit: shown)
            let page = SimulatorPage(
                day: day, stage: stage, steps: foresight.steps, invoices: foresight.invoices,
                banner: try await CollectionBanner(for: visit), visit: visit)
            return try await Panel.page(page, titled: CollectionWords.simulator.text(for: visit.reader), for: visit)
        }
    }
}

struct SimulatorPage: View {
    let day: Day
    let stage: Stage?
    let steps: [ForeseenStep]
    let invoices: ComingInvoices?
    let banner: CollectionBanner
    let visit: Visit

    private var reader: Reader { visit.reader }
    private var shown: ArraySlice<ForeseenStep> { steps.prefix(SimulatorRoutes.shown) }

    var body: Markup {
        PageHeading(CollectionWords.simulator.text(for: reader))
        banner
        p(.class("hint")) { CollectionWords.simulatorHint.text(for: reader) }
        FilterBar(SimulatorRoutes.path, button: CollectionWords.look.text(for: reader)) {
            FormField(CollectionWords.day.text(for: reader), name: "day") { wiring in
                input(wiring, .type("date"), .value(day.iso))
            }
            FormField(CollectionWords.stage.text(for: reader), name: "stage") { wiring in
                select(wiring) {
                    option(.value("")) { CollectionWords.allStages.text(for: reader) }
                    for known in Stage.allCases {
                        option(.value(known.rawValue), .selected(known == stage)) { known.text(for: reader) }
                    }
                }
            }
        }
        LivingList {
            if let invoices, invoices.count > 0 {
                p(.class("notice")) {
                    (invoices.isPartial ? CollectionWords.someInvoicesCounted : .invoicesCounted).text(
                        for: reader, .count(invoices.count),
                        .text("amount", invoices.total.exactText(for: reader)))
                }
            }
            if steps.isEmpty {
                EmptyState(.check, CollectionWords.nobody.text(for: reader))
            } else {
                p { summary }
                if steps.count > SimulatorRoutes.shown {
                    p(.class("notice")) {
                        CollectionWords.more.text(for: reader, .number("number", SimulatorRoutes.shown))
                    }
                }
                DecisionTable(
                    title: CollectionWords.simulator.text(for: reader),
                    rows: shown.map { ($0.decision, $0.customerName, $0.number, $0.isReached) }, visit: visit)
            }
        }
    }

    private var summary: String {
        let cuts = shown.filter(\.decision.cuts)
        let told = shown.filter { $0.decision.steps.contains(where: \.isMessage) }
        // A customer gets one message per stage, and one for a cut.
        let messages = [told, cuts].map { Set($0.filter(\.hasChannel).map(\.decision.facts.customer)).count }
        let unreached = Set((told + cuts).filter { !$0.hasChannel }.map(\.decision.facts.customer)).count
        var owing: [Customer.ID: Int64] = [:]
        for step in shown { owing[step.decision.facts.customer] = step.decision.owed.minor }
        let owed = Money(minor: owing.values.reduce(0, +), visit.tenant.currency)
        return [
            CollectionWords.wouldCut.text(for: reader, .count(cuts.count)),
            CollectionWords.wouldTell.text(for: reader, .count(messages.reduce(0, +))),
            unreached > 0 ? CollectionWords.wouldNotReach.text(for: reader, .count(unreached)) : nil,
            CollectionWords.wouldOwe.text(for: reader, .text("amount", owed.exactText(for: reader))),
        ].compactMap(\.self).joined(separator: " · ")
    }
}

/// A table of decisions, one per service.
struct DecisionTable: View {
    let title: String
    let rows: [(decision: Decision, name: String, number: Int, isReached: Bool)]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        for words in [CollectionWords.customer, .number, .step, .owed, .fee, .why] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody { for row in rows { self.row(row.decision, row.name, row.number, row.isReached) } }
            }
        }
    }

    private func row(_ decision: Decision, _ name: String, _ number: Int, _ isReached: Bool) -> Markup {
        let steps = decision.steps.map { $0.text(in: decision.facts.currency, for: reader) }
        let isCut = decision.cuts
        return tr {
            td(.class("name")) { a(.href("/panel/customers/\(decision.facts.customer)/collection")) { name } }
            td(.class("number")) { number }
            td(.data("label", CollectionWords.step.text(for: reader))) {
                span(.class("state"), .data("tone", isCut ? "bad" : "warning")) {
                    steps.isEmpty ? CollectionWords.nothing.text(for: reader) : steps.joined(separator: ", ")
                }
                if !isReached { span(.class("hint")) { " \(CollectionWords.withoutChannel.text(for: reader))" } }
            }
            td(.class("figures"), .data("label", CollectionWords.owed.text(for: reader))) {
                decision.owed.exactText(for: reader)
            }
            td(.class("figures"), .data("label", CollectionWords.fee.text(for: reader))) {
                isCut || decision.facts.state == .cut ? decision.fee.exactText(for: reader) : "–"
            }
            td(.data("label", CollectionWords.why.text(for: reader))) {
                a(.href("/panel/services/\(decision.facts.service)/why")) { decision.cause.text(for: reader) }
            }
        }
    }
}

/// Warns staff that collection is off, stopped, or waiting for a person.
struct CollectionBanner: View {
    private let texts: [(text: String, link: (text: String, path: String)?)]
    private let reader: Reader

    init(for visit: Visit) async throws {
        reader = visit.reader
        var texts: [(String, (String, String)?)] = []
        let policies = try await visit.database.collectionPolicies(in: visit.tenant.currency, at: visit.now)
        if !policies.company.rules.isOn {
            let link = (CollectionWords.turnOn.text(for: visit.reader), PolicyRoutes.path)
            texts.append(
                (CollectionWords.switchedOff.text(for: visit.reader), visit.may(.collectionPolicy) ? link : nil))
        }
        if let reason = try await visit.database.collectionStop(at: visit.now) {
            texts.append((CollectionWords.platformStopped.text(for: visit.reader, .text("reason", reason)), nil))
        }
        if let run = try await visit.database.waitingRun() {
            texts.append(
                (
                    CollectionWords.waitingRun.text(for: visit.reader),
                    (CollectionWords.seeRun.text(for: visit.reader), "\(RunRoutes.path)/\(run)")
                ))
        }
        self.texts = texts
    }

    var body: Markup {
        for (text, link) in texts {
            aside(.class("notice notice-warn"), .aria("label", CollectionWords.collection.text(for: reader))) {
                p {
                    text
                    if let link {
                        " "
                        a(.href(link.path)) { link.text }
                    }
                }
            }
        }
    }
}

extension TenantDatabase {
    fileprivate func waitingRun() async throws(DatabaseError) -> CollectionRun.ID? {
        let id: UUID? = try await value(
            """
            SELECT r.run_id FROM collection_runs r WHERE r.tenant_id = \(tenant) AND r.state = 'waiting'
            ORDER BY r.number DESC LIMIT 1
            """)
        return id.map { CollectionRun.ID($0) }
    }
}
