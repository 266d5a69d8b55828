import Access
import Assembly
import HTML
import Locale
import Postgres
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

extension TenantDatabase {
    /// Whether bills due before this day exceed the payments, in any currency.
    func hasOverdueBills(on today: Day) async throws(DatabaseError) -> Bool {
        try await value(
            """
            SELECT EXISTS (
                SELECT FROM platform_postings p
                LEFT JOIN platform_postings u ON u.tenant_id = p.tenant_id AND u.reverses = p.posting_id
                LEFT JOIN platform_bills b ON b.tenant_id = p.tenant_id AND b.bill_id = p.posting_id
                WHERE p.tenant_id = \(tenant) AND p.reverses IS NULL AND u.posting_id IS NULL
                GROUP BY p.currency
                HAVING coalesce(sum(p.amount) FILTER (WHERE b.due_on < \(today)), 0)
                    > coalesce(sum(p.amount) FILTER (WHERE p.kind = 'payment'), 0))
            """) ?? false
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
