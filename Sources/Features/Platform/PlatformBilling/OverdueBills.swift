import Access
import Assembly
import HTML
import Locale
import Tenancy
import Time

/// A warning on the first page for those who manage the company's plan.
enum OverdueBills {
    static func parts(for visit: Visit) async throws -> [HomePart] {
        guard visit.may(.settingsManage),
            try await visit.database.hasOverdueBills(on: visit.tenant.timeZone.day(at: visit.now))
        else { return [] }
        return [HomePart(.top, 10, OverdueBar(reader: visit.reader))]
    }
}

private struct OverdueBar: View {
    let reader: Reader

    var body: Markup {
        aside(.class("notice notice-warn"), .aria("label", OverdueWords.myPlan.text(for: reader))) {
            p {
                OverdueWords.overdue.text(for: reader)
                " "
                a(.href("/panel/plan")) { OverdueWords.seePlan.text(for: reader) }
            }
        }
    }
}

enum OverdueWords: MessageCatalogue {
    case myPlan, overdue, seePlan

    var message: Message {
        switch self {
        case .myPlan: Message(es: "Mi plan", en: "My plan", pt: "Meu plano")
        case .overdue:
            Message(
                es: "Hay una factura vencida del plan de la empresa.", en: "A bill of the company's plan is overdue.",
                pt: "Há uma fatura vencida do plano da empresa.")
        case .seePlan: Message(es: "Ver Mi plan", en: "See My plan", pt: "Ver Meu plano")
        }
    }
}
