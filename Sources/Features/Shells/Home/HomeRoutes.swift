import Access
import Assembly
import Declarations
import HTTP
import Locale
import Panel
import Tenancy
import Time

/// The first page: the company's state, as far as each visitor may see it.
struct HomeRoutes: Sendable {
    let rooms: [Room]

    func add(to routes: inout Panel.Routes) {
        routes.get("/panel", .signedIn, "Cómo está la empresa, según lo que la persona puede ver", show)
        routes.post(
            "/panel/checklist/hide", .settingsManage, "Oculta lo que falta para empezar",
            Checklist(steps: rooms.setup).hide)
    }

    private func show(_ visit: Visit) async throws -> Response {
        try await visit.admit()
        if let task = try await visit.frame().tasks.first { return .redirect(to: task.path) }
        var parts: [HomePart] = []
        if let checklist = try await Checklist(steps: rooms.setup).part(for: visit) { parts.append(checklist) }
        for room in rooms { parts += try await room.homeParts(visit) }
        let page = HomePage(today: visit.tenant.timeZone.day(at: visit.now), parts: parts, visit: visit)
        return try await Panel.page(page, titled: HomeWords.home.text(for: visit.reader), for: visit)
    }
}
