import Access
import Declarations
import HTML
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Tenancy
import Time

/// Where measurements go as well, in the settings.
struct MetricExportRoutes: Sendable {
    private let acts: MetricExportActs

    init(_ acts: MetricExportActs) { self.acts = acts }

    static let path = "/panel/metric-exports"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/metric-exports", .networkManage, "A dónde van también las mediciones", show)
        routes.post("/panel/metric-exports", .networkManage, "Guarda a dónde van también las mediciones", save)
    }

    private func show(_ visit: Visit) async throws -> Response {
        let known = try await visit.database.metricTarget()
        guard visit.mayAct(with: .networkManage) else {
            let title = MetricExportWords.title.text(for: visit.reader)
            return try await Panel.page(
                NounFactsPage(title, known ?? MetricTarget(), for: visit.reader), titled: title, for: visit)
        }
        return try await page(NounForm(known ?? MetricTarget()), known, .ok, visit)
    }

    private func save(_ visit: Visit) async throws -> Response {
        var form = try NounForm<MetricTarget>(try await visit.request.body.form(upTo: 8192))
        let known = try await visit.database.metricTarget()
        guard form.faults.isEmpty else { return try await page(form, known, .unprocessableContent, visit) }
        if let late = form.late(for: known ?? MetricTarget()) { return try await page(late, known, .conflict, visit) }
        do {
            try await acts.save(
                form.applied(to: known ?? MetricTarget()), of: visit.tenant, by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Self.path)
        } catch let refusal as MetricExportRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, known, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<MetricTarget>, _ known: MetricTarget?, _ status: Status, _ visit: Visit
    ) async throws -> Response {
        let title = MetricExportWords.title.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: Self.path, cancel: "/panel/settings", submit: nil,
            notice: MetricExportStanding(target: known, visit: visit).body, visit: visit)
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

private struct MetricExportStanding: View {
    let target: MetricTarget?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        p(.class("hint")) { MetricExportWords.intro.text(for: reader) }
        if let target {
            p {
                MetricExportWords.sentUntil.text(for: reader, .text("moment", moment(target.sentUntil)))
                if !target.tokenEnd.isEmpty {
                    " · \(MetricExportWords.tokenEnds.text(for: reader, .text("end", target.tokenEnd)))"
                }
            }
            if let failure = target.failure, let failedAt = target.failedAt {
                p(.class("notice error")) {
                    MetricExportWords.failed.text(
                        for: reader, .text("moment", moment(failedAt)), .text("reason", failure))
                }
            }
        }
    }

    private func moment(_ instant: Instant) -> String { instant.text(.short, in: visit.tenant.timeZone, for: reader) }
}
