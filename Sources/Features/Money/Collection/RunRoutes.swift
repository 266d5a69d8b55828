import Access
import Customers
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Notices
import Nouns
import Panel
import Postgres
import Services
import Tenancy
import Time

/// Corridas: what each run did, a run waiting for confirmation, and starting one by hand.
package struct RunRoutes: Sendable {
    private let randomness: Randomness

    private let isMailed: Bool

    package init(randomness: Randomness, isMailed: Bool = true) {
        (self.randomness, self.isMailed) = (randomness, isMailed)
    }

    private func channels(of visit: Visit) -> CollectionChannels {
        CollectionChannels(visit.catalogue.noticeCarriers, isMailed: isMailed)
    }

    static let path = "/panel/collection/runs"
    static let shown = 500

    package func add(to routes: inout Panel.Routes) {
        routes.get("/panel/collection/runs", .collectionRun, "Las corridas de cobranza", list)
        routes.post("/panel/collection/runs", .collectionRun, "Corre la cobranza a mano, o la ensaya", begin)
        routes.get("/panel/collection/runs/:id", .collectionRun, "Una corrida y lo que hizo", show)
        routes.post("/panel/collection/runs/:id/confirm", .collectionConfirm, "Confirma una corrida detenida") {
            (visit, id: CollectionRun.ID) in
            let sent = try await visit.request.body.form(upTo: 1024)
            try sent.allow(["cuts"])
            return try await decide(visit, id) { database in
                _ = try await CollectionRun.confirm(
                    id, ofCuts: sent["cuts"].flatMap { Int($0) } ?? -1,
                    signedInAt: try await database.beganAt(session: visit.admitted?.session), by: visit.principal,
                    in: database)
            }
        }
        routes.post("/panel/collection/runs/:id/call-off", .collectionConfirm, "Cancela una corrida detenida") {
            (visit, id: CollectionRun.ID) in
            try await decide(visit, id) { database in
                _ = try await CollectionRun.callOff(id, by: visit.principal, in: database)
            }
        }
    }

    private func list(_ visit: Visit) async throws -> Response {
        let page = RunsPage(
            runs: try await visit.database.collectionRuns(limit: 60), fault: nil,
            banner: try await CollectionBanner(for: visit), visit: visit)
        return try await Panel.page(page, titled: CollectionWords.runs.text(for: visit.reader), for: visit)
    }

    private func begin(_ visit: Visit) async throws -> Response {
        let sent = try await visit.request.body.form(upTo: 4096)
        try sent.allow(["stage", "dry", FormID.field])
        let stage = sent["stage"].flatMap(Stage.init)
        if sent["dry"] != nil {
            return .redirect(to: Fields(["stage": stage?.rawValue]).query(of: SimulatorRoutes.path))
        }
        do {
            let (_, path) = try await visit.once(sent) { database in
                let run = try await CollectionRun.begin(
                    stage, of: visit.tenant, by: visit.principal, from: randomness, in: database)
                return (run, "\(Self.path)/\(run.id)")
            }
            return Panel.done(.runBegun, at: path)
        } catch let refusal as RunRefusal {
            let page = RunsPage(
                runs: try await visit.database.collectionRuns(limit: 60), fault: refusal,
                banner: try await CollectionBanner(for: visit), visit: visit)
            return try await Panel.page(
                page, titled: CollectionWords.runs.text(for: visit.reader), status: refusal.status, for: visit)
        }
    }

    private func show(_ visit: Visit, id: CollectionRun.ID) async throws -> Response {
        try await page(of: id, nil, .ok, visit)
    }

    private func decide(
        _ visit: Visit, _ id: CollectionRun.ID, _ act: (TenantDatabase) async throws -> Void
    ) async throws -> Response {
        do {
            try await act(visit.database)
            return Panel.done(.saved, at: "\(Self.path)/\(id)")
        } catch let refusal as RunRefusal {
            return try await page(of: id, refusal, refusal.status, visit)
        }
    }

    private func page(
        of id: CollectionRun.ID, _ fault: RunRefusal?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        guard let run = try await visit.database.collectionRun(id) else { throw AccessRefusal.notFound }
        let today = visit.tenant.timeZone.day(at: visit.now)
        let page = RunPage(
            run: run, steps: try await visit.database.collectionSteps(of: id, limit: Self.shown + 1),
            planned: run.state == .waiting
                ? try await visit.database.foresee(
                    today, only: run.stage, of: visit.tenant, by: channels(of: visit), at: visit.now, limit: Self.shown
                ).steps : [],
            fault: fault, visit: visit)
        return try await Panel.page(
            page, titled: CollectionWords.runNumber.text(for: visit.reader, .number("number", run.number)),
            status: status, for: visit)
    }
}

struct RunsPage: View {
    let runs: [CollectionRun]
    let fault: RunRefusal?
    let banner: CollectionBanner
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        PageHeading(CollectionWords.runs.text(for: reader))
        banner
        p(.class("hint")) { CollectionWords.runsHint.text(for: reader) }
        if visit.mayAct(with: .collectionRun) { begin }
        if runs.isEmpty {
            EmptyState(.versions, CollectionWords.noRuns.text(for: reader))
        } else {
            table
        }
    }

    private var begin: Markup {
        HTML.form(.class("card form"), .method(.post), .action(RunRoutes.path)) {
            h2 { CollectionWords.begin.text(for: reader) }
            p(.class("hint")) { CollectionWords.beginHint.text(for: reader) }
            input(.type("hidden"), .name(FormID.field), .value(FormID.make(for: visit)))
            FormField(
                CollectionWords.stage.text(for: reader), name: "stage", error: fault?.text(for: reader)
            ) { wiring in
                select(wiring) {
                    option(.value("")) { CollectionWords.allStages.text(for: reader) }
                    for stage in Stage.allCases { option(.value(stage.rawValue)) { stage.text(for: reader) } }
                }
            }
            div(.class("form-acts")) {
                button(.type("submit"), .name("dry"), .value("yes")) { CollectionWords.dry.text(for: reader) }
                button(.type("submit"), .class("primary")) { CollectionWords.begin.text(for: reader) }
            }
        }
    }

    private var table: Markup {
        let title = CollectionWords.runs.text(for: reader)
        return div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            HTML.table {
                caption { title }
                thead {
                    tr {
                        for words in [
                            CollectionWords.run, .madeAt, .state, .stage, .cuts, .messages, .withoutChannel, .author,
                        ] { th(.scope("col")) { words.text(for: reader) } }
                    }
                }
                tbody { for run in runs { row(run) } }
            }
        }
    }

    private func row(_ run: CollectionRun) -> Markup {
        tr {
            td(.class("name")) { a(.href("\(RunRoutes.path)/\(run.id)")) { "\(run.number)" } }
            td(.data("label", CollectionWords.madeAt.text(for: reader))) {
                run.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)
            }
            td { StateMark(run.state, for: reader) }
            td(.data("label", CollectionWords.stage.text(for: reader))) {
                run.stage?.text(for: reader) ?? CollectionWords.allStages.text(for: reader)
            }
            td(.class("figures"), .data("label", CollectionWords.cuts.text(for: reader))) { "\(run.cuts)" }
            td(.class("figures"), .data("label", CollectionWords.messages.text(for: reader))) { "\(run.messages)" }
            td(.class("figures"), .data("label", CollectionWords.withoutChannel.text(for: reader))) {
                "\(run.withoutChannel)"
            }
            td(.data("label", CollectionWords.author.text(for: reader))) { run.author }
        }
    }
}

struct RunPage: View {
    let run: CollectionRun
    let steps: [CollectionStep]
    let planned: [ForeseenStep]
    let fault: RunRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        Crumb(CollectionWords.runs.text(for: reader), path: RunRoutes.path)
        PageHeading(CollectionWords.runNumber.text(for: reader, .number("number", run.number)))
        p(.class("subject")) {
            StateMark(run.state, for: reader)
            span { run.madeAt.text(.short, in: visit.tenant.timeZone, for: reader) }
            span { run.author }
        }
        if let fault { p(.class("notice notice-warn"), .role("alert")) { fault.text(for: reader) } }
        if run.leftOut > 0 {
            p(.class("notice notice-warn")) { CollectionWords.leftOut.text(for: reader, .count(run.leftOut)) }
        }
        if run.state == .waiting { waiting }
        if !steps.isEmpty { list }
    }

    @MarkupBuilder private var waiting: Markup {
        p(.class("notice notice-warn")) {
            CollectionWords.stopped.text(
                for: reader, .number("cuts", run.toCut), .number("services", run.inService),
                .number("most", run.most))
        }
        p { CollectionWords.stoppedHint.text(for: reader) }
        if visit.mayAct(with: .collectionConfirm) {
            p(.class("hint")) { CollectionWords.confirmHint.text(for: reader) }
            div(.class("acts")) {
                HTML.form(.method(.post), .action("\(RunRoutes.path)/\(run.id)/call-off")) {
                    button(.type("submit")) { CollectionWords.callOff.text(for: reader) }
                }
                HTML.form(.method(.post), .action("\(RunRoutes.path)/\(run.id)/confirm")) {
                    input(.type("hidden"), .name("cuts"), .value("\(run.toCut)"))
                    button(.type("submit"), .class("danger")) { CollectionWords.confirm.text(for: reader) }
                }
            }
        }
        DecisionTable(
            title: CollectionWords.toCut.text(for: reader),
            rows: planned.map { ($0.decision, $0.customerName, $0.number, $0.isReached) }, visit: visit)
    }

    @MarkupBuilder private var list: Markup {
        h2 { CollectionWords.list.text(for: reader) }
        if steps.count > RunRoutes.shown {
            p(.class("notice")) { CollectionWords.more.text(for: reader, .number("number", RunRoutes.shown)) }
        }
        StepTable(
            steps: Array(steps.prefix(RunRoutes.shown)), title: CollectionWords.list.text(for: reader),
            showsCustomer: true, visit: visit)
    }
}

/// A run's steps, each with the message sent.
struct StepTable: View {
    let steps: [CollectionStep]
    let title: String
    let showsCustomer: Bool
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        div(.class("table"), .role("region"), .tabindex(0), .aria("label", title)) {
            table {
                caption { title }
                thead {
                    tr {
                        th(.scope("col")) {
                            (showsCustomer ? CollectionWords.customer : .madeAt).text(for: reader)
                        }
                        for words in [CollectionWords.step, .owed, .fee, .outcome, .message] {
                            th(.scope("col")) { words.text(for: reader) }
                        }
                    }
                }
                tbody { for step in steps { row(step) } }
            }
        }
    }

    private func row(_ step: CollectionStep) -> Markup {
        tr {
            td(.class("name")) {
                if showsCustomer {
                    a(.href("/panel/customers/\(step.customer)/collection")) { step.customerName }
                } else {
                    step.madeAt.text(.short, in: visit.tenant.timeZone, for: reader)
                }
            }
            td(.data("label", CollectionWords.step.text(for: reader))) { step.kind.text(for: reader) }
            td(.class("figures"), .data("label", CollectionWords.owed.text(for: reader))) {
                step.owed.exactText(for: reader)
            }
            td(.class("figures"), .data("label", CollectionWords.fee.text(for: reader))) {
                step.fee.isZero ? "–" : step.fee.exactText(for: reader)
            }
            td(.data("label", CollectionWords.outcome.text(for: reader))) {
                step.outcomeText(visit.catalogue.noticeCarriers, for: reader)
                if let end = step.endedAs { " · \(end.text(for: reader))" }
            }
            td(.data("label", CollectionWords.message.text(for: reader))) {
                if !step.message.isEmpty {
                    details {
                        summary { step.subject }
                        p { step.message }
                    }
                }
                span(.class("hint")) {
                    CollectionWords.version.text(for: reader, .number("number", step.policyVersion))
                }
            }
        }
    }
}
