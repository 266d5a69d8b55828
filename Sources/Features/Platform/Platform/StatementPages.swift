import Access
import Declarations
import HTML
import Locale
import Panel
import PlatformBilling
import Tenancy

/// A company's statement of bills and payments.
struct StatementPage: View {
    let tenant: Tenant
    let next: BillingPeriod?
    let accounts: [PlatformAccount]
    let visit: ConsoleVisit

    private var path: String { "/platform/billing/\(tenant.id)" }

    var body: Markup {
        let reader = visit.reader
        Crumb(BillingConsoleWords.title.text(for: reader), path: "/platform/billing")
        PageHeading(tenant.name) {
            if visit.may(.manage) {
                a(.class("button primary"), .href("\(path)/payments/new"), .data("new", "")) {
                    BillingConsoleWords.registerPayment.text(for: reader)
                }
            }
        }
        p(.class("subject")) {
            a(.href("/platform/tenants/\(tenant.id)")) { tenant.slug }
            TenantState(state: tenant.state, reader: reader)
        }
        Facts(facts: facts(reader))
        p(.class("hint")) { BillingWords.policy.text(for: reader) }
        p(.class("hint")) { BillingConsoleWords.nobodySuspended.text(for: reader) }
        if accounts.isEmpty { EmptyState(.billing, BillingWords.noBills.text(for: reader)) }
        for account in accounts {
            AccountTables(account, paper: { "\(path)/bills/\($0)" }, undoing: { undoing($0) }, reader: reader)
        }
    }

    private func facts(_ reader: Reader) -> [(name: String, value: String)] {
        let plan = tenant.plan
        var facts: [(BillingWords, String)] = [
            (.plan, plan.name.isEmpty ? TenantWords.noPlan.text(for: reader) : plan.name),
            (.price, plan.priceText(for: reader) ?? TenantWords.noPrice.text(for: reader)),
            (.nextBill, next?.from.text(.long, for: reader) ?? BillingWords.notBilled.text(for: reader)),
        ]
        for account in accounts {
            facts.append((.balance, account.balance.balanceText(for: reader)))
            if account.overdue.isPositive { facts.append((.overdueAmount, account.overdue.exactText(for: reader))) }
        }
        return facts.map { ($0.text(for: reader), $1) }
    }

    private func undoing(_ posting: PlatformPosting) -> (text: String, path: String)? {
        guard visit.may(.manage), let words = posting.undoWords else { return nil }
        return (words.text(for: visit.reader), "\(path)/postings/\(posting.id)/undo")
    }
}

/// Confirms annulling a bill or reversing a payment, which is final.
struct UndoPage: View {
    let tenant: Tenant
    let posting: PlatformPosting
    let fault: Message?
    let reader: Reader

    private var path: String { "/platform/billing/\(tenant.id)" }
    private var act: String { posting.undoWords?.text(for: reader) ?? "" }
    var title: String { act }

    var body: Markup {
        h1 { title }
        form(.class("confirm"), .method(.post), .action("\(path)/postings/\(posting.id)/undo")) {
            p {
                "\(tenant.name) · \(posting.name(for: reader)) · \(posting.day.text(.short, for: reader)) · "
                strong { posting.amount.exactText(for: reader) }
            }
            p {
                (posting.kind == .bill ? BillingConsoleWords.annulHint : .reverseHint).text(for: reader)
            }
            FormField(
                PlatformWords.reason.text(for: reader), name: "why", hint: TenantWords.reasonHint.text(for: reader),
                error: fault?.text(for: reader)
            ) { wiring in
                input(wiring, .required(), .maxlength(300), .autocomplete("off"))
            }
            div(.class("confirm-acts")) {
                a(.class("button"), .href(path), .data("close", "")) { TenantWords.cancel.text(for: reader) }
                button(.type("submit"), .class("danger-solid")) { act }
            }
        }
    }
}

extension PlatformPosting {
    fileprivate var undoWords: BillingConsoleWords? {
        switch kind.undoing {
        case .annulment: .annulBill
        case .reversal: .reversePayment
        case .bill, .payment, nil: nil
        }
    }
}

struct PaymentPage: View {
    let tenant: Tenant
    let form: PaymentForm
    let reader: Reader

    private var path: String { "/platform/billing/\(tenant.id)" }

    var body: Markup {
        Crumb(tenant.name, path: path)
        h1 { BillingConsoleWords.registerPayment.text(for: reader) }
        HTML.form(.class("card form"), .method(.post), .action("\(path)/payments")) {
            ErrorSummary(PlatformWords.problems.text(for: reader), errors: form.errors)
            input(.type("hidden"), .name("form"), .value("\(form.form)"))
            FormField(BillingWords.amount.text(for: reader), name: "amount", error: form.amountFault) { wiring in
                input(
                    wiring, .required(), .inputmode("decimal"), .maxlength(30), .autocomplete("off"),
                    .value(form.amount))
            }
            FormField(PlatformWords.currency.text(for: reader), name: "currency") { wiring in
                select(wiring) {
                    for currency in Currency.allCases {
                        option(.value(currency.rawValue), .selected(currency == form.currency)) { currency.code }
                    }
                }
            }
            FormField(BillingConsoleWords.paidOn.text(for: reader), name: "day", error: form.dayFault) { wiring in
                input(wiring, .type("date"), .required(), .value(form.day))
            }
            FormField(BillingConsoleWords.method.text(for: reader), name: "method") { wiring in
                select(wiring) {
                    for method in PaymentMethod.allCases {
                        option(.value(method.rawValue), .selected(method == form.method)) {
                            method.words.text(for: reader)
                        }
                    }
                }
            }
            FormField(
                BillingConsoleWords.reference.text(for: reader), name: "reference",
                hint: BillingConsoleWords.referenceHint.text(for: reader)
            ) { wiring in
                input(wiring, .maxlength(100), .autocomplete("off"), .value(form.reference))
            }
            p(.class("hint")) { BillingConsoleWords.paymentHint.text(for: reader) }
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { TenantWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { BillingConsoleWords.registerPayment.text(for: reader) }
            }
        }
    }
}
