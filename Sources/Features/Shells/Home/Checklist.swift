import Access
import Assembly
import Declarations
import HTML
import HTTP
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

/// A new company's setup steps, shown to those who manage it until all are done or they hide it.
struct Checklist: Sendable {
    /// Stored with the visitor's column choices.
    private static let hidden = "home.checklist"

    let steps: [SetupStep]

    func part(for visit: Visit) async throws -> HomePart? {
        guard visit.mayAct(with: .settingsManage), visit.admitted?.kind == .session else { return nil }
        if try await isHidden(by: visit) { return nil }
        var items: [ChecklistCard.Item] = []
        for step in steps.sorted(by: { $0.number < $1.number }) where visit.may(step.permission) {
            items.append((step, try await step.isDone(visit)))
        }
        guard items.contains(where: { !$0.isDone }) else { return nil }
        return HomePart(.top, 20, ChecklistCard(items: items, reader: visit.reader))
    }

    func hide(_ visit: Visit) async throws -> Response {
        try await visit.choose(["hidden"], of: Self.hidden)
        return .redirect(to: "/panel")
    }

    private func isHidden(by visit: Visit) async throws -> Bool {
        guard let admitted = visit.admitted else { return true }
        return try await visit.database.value(
            """
            SELECT EXISTS (
                SELECT FROM list_columns
                WHERE tenant_id = \(visit.database.tenant) AND staff_id = \(admitted.id) AND list = \(Self.hidden))
            """) ?? false
    }
}

struct ChecklistCard: View {
    typealias Item = (step: SetupStep, isDone: Bool)

    let items: [Item]
    let reader: Reader

    var body: Markup {
        section(.class("card checklist")) {
            h2 { HomeWords.toBegin.text(for: reader) }
            ol {
                for item in items {
                    li(.when(item.isDone, .class("done"))) {
                        Icon.check
                        if item.isDone {
                            span { item.step.words.text(for: reader) }
                            span(.class("unseen")) { " (\(HomeWords.done.text(for: reader)))" }
                        } else {
                            a(.href(item.step.path)) { item.step.words.text(for: reader) }
                        }
                    }
                }
            }
            form(.method(.post), .action("/panel/checklist/hide")) {
                button(.type("submit"), .class("bare")) { HomeWords.hide.text(for: reader) }
            }
        }
    }
}
