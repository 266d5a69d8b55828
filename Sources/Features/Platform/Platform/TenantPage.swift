import Access
import Assembly
import HTML
import Identity
import Locale
import Panel
import PlatformBilling
import Tenancy
import Time

/// A company as the platform sees it: its plan and usage, and nothing of its customers.
struct TenantPage: View {
    let tenant: Tenant
    let hosts: [String]
    let figures: [CompanyFigure.Counted]
    let visits: [PlatformVisit]
    let form: ImpersonationForm
    let stateFault: Message?
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        Crumb(PlatformWords.tenants.text(for: reader), path: "/platform/tenants")
        PageHeading(tenant.name) {
            a(.class("button"), .href("/platform/billing/\(tenant.id)")) {
                BillingWords.movements.text(for: reader)
            }
            if visit.may(.manage), tenant.state != .closed {
                a(.class("button"), .href("/platform/tenants/\(tenant.id)/admins/new")) {
                    NewTenantWords.inviteAdmin.text(for: reader)
                }
                a(.class("button"), .href("/platform/tenants/\(tenant.id)/plan")) {
                    TenantWords.changePlan.text(for: reader)
                }
            }
        }
        p(.class("subject")) {
            code { tenant.slug }
            TenantState(state: tenant.state, reader: reader)
        }
        if !tenant.stateReason.isEmpty {
            p(.class("notice notice-warn")) {
                "\(PlatformWords.reason.text(for: reader)): \(tenant.stateReason)"
            }
        }
        Facts(facts: facts(reader))
        if visit.may(.enter), tenant.state != .closed { ImpersonationCard(tenant: tenant, form: form, reader: reader) }
        if visit.may(.manage) { StateCard(tenant: tenant, fault: stateFault, reader: reader) }
        if !visits.isEmpty {
            h2 { PlatformWords.visits.text(for: reader) }
            VisitTable(visits: visits, visit: visit)
        }
    }

    private func facts(_ reader: Reader) -> [(name: String, value: String)] {
        let plan = tenant.plan
        var facts = [
            (
                TenantWords.plan.text(for: reader),
                plan.name.isEmpty ? TenantWords.noPlan.text(for: reader) : plan.name
            ),
            (
                TenantWords.price.text(for: reader),
                plan.priceText(for: reader) ?? TenantWords.noPrice.text(for: reader)
            ),
        ]
        facts += figures.map { ($0.words.text(for: reader), $0.text(for: reader)) }
        if let routers = plan.routers {
            facts.append((TenantWords.routers.text(for: reader), routers.text(for: reader)))
        }
        if tenant.state == .trial, let end = tenant.trialEndsOn {
            facts.append((TenantWords.trialEnds.text(for: reader), end.text(.long, for: reader)))
        }
        let rest: [(PlatformWords, String)] = [
            (.country, tenant.region.words.text(for: reader)), (.language, tenant.language.ownName),
            (.currency, tenant.currency.code), (.zone, tenant.timeZone.name.replacing("_", with: " ")),
            (.hosts, hosts.isEmpty ? "–" : hosts.joined(separator: ", ")),
        ]
        return facts + rest.map { ($0.text(for: reader), $1) }
    }
}

/// Suspending, resuming and closing a company.
struct StateCard: View {
    let tenant: Tenant
    let fault: Message?
    let reader: Reader

    private var isOpen: Bool { tenant.state == .trial || tenant.state == .active }

    var body: Markup {
        let act = isOpen ? TenantWords.suspend : .resume
        h2 { act.text(for: reader) }
        HTML.form(
            .class("card"), .method(.post),
            .action("/platform/tenants/\(tenant.id)/\(isOpen ? "suspend" : "resume")")
        ) {
            p(.class("hint")) { (isOpen ? TenantWords.suspendHint : .resumeHint).text(for: reader) }
            FormField(
                PlatformWords.reason.text(for: reader), name: "why",
                hint: TenantWords.reasonHint.text(for: reader), error: fault?.text(for: reader)
            ) { wiring in
                input(wiring, .required(), .maxlength(300), .autocomplete("off"))
            }
            button(.type("submit"), .class(isOpen ? "danger" : "primary")) { act.text(for: reader) }
        }
        if tenant.state == .closed {
            HTML.form(.class("card"), .method(.post), .action("/platform/tenants/\(tenant.id)/export")) {
                button(.type("submit")) { ClosingWords.download.text(for: reader) }
            }
        } else {
            p { a(.href("/platform/tenants/\(tenant.id)/close")) { ClosingWords.close.text(for: reader) } }
        }
    }
}
