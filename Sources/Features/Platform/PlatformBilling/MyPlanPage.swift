import Access
import Assembly
import HTML
import Locale
import Panel
import Tenancy

struct MyPlanPage: View {
    let figures: [CompanyFigure.Counted]
    let next: BillingPeriod?
    let accounts: [PlatformAccount]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { MyPlanWords.title.text(for: reader) }
        dl(.class("facts card")) {
            for (name, value) in facts {
                div {
                    dt { name }
                    dd { value }
                }
            }
        }
        p(.class("hint")) { BillingWords.policy.text(for: reader) }
        if accounts.isEmpty { p { BillingWords.noBills.text(for: reader) } }
        for account in accounts { AccountTables(account, paper: { "/panel/plan/bills/\($0)" }, reader: reader) }
    }

    private var facts: [(name: String, value: String)] {
        let (reader, plan) = (visit.reader, visit.tenant.plan)
        var facts: [(BillingWords, String)] = [
            (.plan, plan.name.isEmpty ? "–" : plan.name),
            (.price, plan.priceText(for: reader) ?? MyPlanWords.notAgreed.text(for: reader)),
            (.nextBill, next?.from.text(.long, for: reader) ?? BillingWords.notBilled.text(for: reader)),
        ]
        for account in accounts {
            facts.append((.balance, account.balance.balanceText(for: reader)))
            if account.overdue.isPositive {
                facts.append((.overdueAmount, account.overdue.exactText(for: reader)))
            }
        }
        let routers = plan.routers.map { [(MyPlanWords.routers.text(for: reader), $0.text(for: reader))] } ?? []
        return facts.map { ($0.text(for: reader), $1) }
            + figures.map { ($0.words.text(for: reader), $0.text(for: reader)) } + routers
    }
}

enum MyPlanWords: MessageCatalogue {
    case title, notAgreed, routers

    var message: Message {
        switch self {
        case .title: Message(es: "Mi plan", en: "My plan", pt: "Meu plano")
        case .notAgreed: Message(es: "Sin acordar", en: "Not agreed", pt: "Não combinado")
        case .routers: Message(es: "Routers, hasta", en: "Routers, at most", pt: "Roteadores, até")
        }
    }
}
