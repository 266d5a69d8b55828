import Access
import HTML
import HTTP
import Locale
import Postgres

struct IsolationRoutes: Sendable {
    let parts: Console.Parts

    init(_ parts: Console.Parts) { self.parts = parts }

    func add(to routes: inout Console.Routes) {
        routes.get("/platform/isolation", .see, "Prueba ahora que las empresas están separadas", show)
    }

    private func show(_ visit: ConsoleVisit) async throws -> Response {
        let (tables, others) = try await parts.isolation.look(in: parts.database.platform)
        let page = IsolationPage(tables: tables, others: others, visit: visit)
        return try await Console.page(page, titled: PlatformWords.isolation.text(for: visit.reader), for: visit)
    }
}

struct IsolationPage: View {
    let tables: [Isolation.Table]
    let others: [String]
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        let broken = tables.filter { !$0.problems.isEmpty }.count
        h1 { PlatformWords.isolation.text(for: reader) }
        p(.class("hint lead")) { PlatformWords.isolationIntro.text(for: reader) }
        p(.class(broken == 0 && others.isEmpty ? "notice" : "notice notice-bad"), .role("status")) {
            broken == 0 && others.isEmpty
                ? PlatformWords.allApart.text(for: reader, .count(tables.count))
                : PlatformWords.notApart.text(for: reader, .count(broken + others.count))
        }
        if !others.isEmpty { ul { for sentence in others { li { sentence } } } }
        ConsoleTable(
            label: PlatformWords.tables.text(for: reader),
            headings: [PlatformWords.table, .whose, .policies, .verdict].map { $0.text(for: reader) },
            rows: tables.sorted { !$0.problems.isEmpty && $1.problems.isEmpty }.map(row))
        p(.class("hint")) { PlatformWords.provedAt.text(for: reader, .text("time", visit.text(visit.now))) }
    }

    private func row(of table: Isolation.Table) -> Markup {
        let reader = visit.reader
        return tr {
            td { code { table.name } }
            td { table.kind.words.text(for: reader) }
            td { table.kind == .tenants ? policies(of: table, reader) : "–" }
            td(.class("wide")) {
                StateMark(
                    isGood: table.problems.isEmpty,
                    text: (table.problems.isEmpty ? PlatformWords.keepsRules : .breaksRules).text(for: reader))
                for problem in table.problems { p { problem } }
            }
        }
    }

    private func policies(of table: Isolation.Table, _ reader: Reader) -> String {
        let forced = (table.isForced ? PlatformWords.forced : .notForced).text(for: reader)
        return "\(PlatformWords.policyCount.text(for: reader, .count(table.policies))) · \(forced)"
    }
}

extension Isolation.Table.Kind {
    fileprivate var words: PlatformWords {
        switch self {
        case .tenants: .ofTenants
        case .platform: .ofPlatform
        case .reference: .reference
        }
    }
}
