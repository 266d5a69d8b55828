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

/// The integration with PagerDuty, in the settings.
struct PagingRoutes: Sendable {
    private let acts: PagingActs

    init(_ acts: PagingActs) { self.acts = acts }

    static let path = "/panel/paging"

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel/paging", .networkManage, "Las fallas en PagerDuty", show)
        routes.post("/panel/paging", .networkManage, "Guarda la integración con PagerDuty", save)
        routes.post("/panel/paging/test", .networkManage, "Prueba la integración con PagerDuty", test)
    }

    private func show(_ visit: Visit) async throws -> Response {
        let known = try await visit.database.pagingAccount()
        guard visit.mayAct(with: .networkManage) else {
            let title = PagingWords.title.text(for: visit.reader)
            return try await Panel.page(
                NounFactsPage(title, known ?? PagingAccount(), for: visit.reader), titled: title, for: visit)
        }
        return try await page(NounForm(known ?? PagingAccount()), known, nil, .ok, visit)
    }

    private func save(_ visit: Visit) async throws -> Response {
        var form = try NounForm<PagingAccount>(try await visit.request.body.form(upTo: 8192))
        let known = try await visit.database.pagingAccount()
        guard form.faults.isEmpty else { return try await page(form, known, nil, .unprocessableContent, visit) }
        if let late = form.late(for: known ?? PagingAccount()) {
            return try await page(late, known, nil, .conflict, visit)
        }
        do {
            try await acts.save(
                form.applied(to: known ?? PagingAccount()), by: visit.principal, in: visit.database)
            return Panel.done(.saved, at: Self.path)
        } catch let refusal as PagingRefusal {
            form.add(refusal, beside: refusal.field)
            return try await page(form, known, nil, refusal.status, visit)
        }
    }

    private func test(_ visit: Visit) async throws -> Response {
        do {
            try await acts.test(of: visit.tenant, at: visit.now, in: visit.database)
            return Panel.done(.pagingTaken, at: Self.path)
        } catch let refusal as PagingRefusal {
            let known = try await visit.database.pagingAccount()
            return try await page(NounForm(known ?? PagingAccount()), known, refusal, refusal.status, visit)
        }
    }

    private func page(
        _ form: NounForm<PagingAccount>, _ known: PagingAccount?, _ refusal: PagingRefusal?, _ status: Status,
        _ visit: Visit
    ) async throws -> Response {
        let title = PagingWords.title.text(for: visit.reader)
        let page = NounFormPage(
            title, form, to: Self.path, cancel: "/panel/settings", submit: nil,
            notice: PagingStanding(account: known, refusal: refusal, visit: visit).body, visit: visit
        ) {
            if known != nil {
                HTML.form(.class("inline"), .method(.post), .action("\(Self.path)/test")) {
                    button(.type("submit")) { PagingWords.test.text(for: visit.reader) }
                }
            }
        }
        return try await Panel.page(page, titled: title, status: status, for: visit)
    }
}

/// What is known of the integration.
private struct PagingStanding: View {
    let account: PagingAccount?
    let refusal: PagingRefusal?
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        p(.class("hint")) { PagingWords.intro.text(for: reader) }
        if let refusal { p(.class("notice error"), .role("alert")) { refusal.message.text(for: reader) } }
        if let account {
            p { PagingWords.keyEnds.text(for: reader, .text("end", account.keyEnd)) }
            if let failure = account.failure, let failedAt = account.failedAt {
                p(.class("notice error")) {
                    PagingWords.failed.text(
                        for: reader, .text("moment", failedAt.text(.short, in: visit.tenant.timeZone, for: reader)),
                        .text("reason", failure))
                }
            }
        }
    }
}
