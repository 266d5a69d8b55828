import Access
import Declarations
import HTML
import Identity
import Locale
import Panel
import Tenancy
import Time

struct ImpersonationCard: View {
    let tenant: Tenant
    let form: ImpersonationForm
    let reader: Reader

    var body: Markup {
        h2 { PlatformWords.enterAs.text(for: reader) }
        HTML.form(.class("card"), .method(.post), .action("/platform/tenants/\(tenant.id)/enter")) {
            ErrorSummary(
                PlatformWords.problems.text(for: reader),
                errors: form.fault.map { [("reason", $0.text(for: reader))] } ?? [])
            p(.class("hint")) { PlatformWords.enterHint.text(for: reader) }
            FormField(
                PlatformWords.reason.text(for: reader), name: "reason",
                hint: PlatformWords.reasonHint.text(for: reader), error: form.fault?.text(for: reader)
            ) { wiring in
                input(
                    wiring, .required(), .minlength(Impersonation.Wish.reasonLength.lowerBound), .maxlength(100),
                    .autocomplete("off"), .value(form.reason))
            }
            fieldset {
                legend { PlatformWords.power.text(for: reader) }
                for power in ActiveImpersonation.Power.allCases {
                    label(.class("choice")) {
                        input(
                            .type("radio"), .name("power"), .value(power.rawValue), .checked(power == form.power))
                        span { power.words.text(for: reader) }
                    }
                }
            }
            FormField(PlatformWords.howLong.text(for: reader), name: "minutes") { wiring in
                select(wiring) {
                    for minutes in Impersonation.Wish.minutes {
                        option(.value("\(minutes)"), .selected(minutes == form.minutes)) {
                            PlatformWords.minutes.text(for: reader, .count(minutes))
                        }
                    }
                }
            }
            button(.type("submit"), .class("primary")) { PlatformWords.makeLink.text(for: reader) }
        }
    }
}

/// A link, since the panel is at another host, where a form may not go (form-action).
struct ImpersonationLinkPage: View {
    let tenant: Tenant
    let address: String
    let reader: Reader

    var body: Markup {
        h1 { PlatformWords.linkReady.text(for: reader, .name(tenant.name)) }
        div(.class("card")) {
            p { PlatformWords.linkHint.text(for: reader) }
            p { a(.class("button primary"), .href(address)) { PlatformWords.goOn.text(for: reader) } }
            p { a(.href("/platform/tenants/\(tenant.id)")) { PlatformWords.back.text(for: reader) } }
        }
    }
}

struct VisitListPage: View {
    let visits: [PlatformVisit]
    let visit: ConsoleVisit

    var body: Markup {
        h1 { PlatformWords.visits.text(for: visit.reader) }
        p(.class("hint lead")) { PlatformWords.visitsIntro.text(for: visit.reader) }
        if visits.isEmpty {
            EmptyState(.visits, PlatformWords.noVisits.text(for: visit.reader))
        } else {
            VisitTable(visits: visits, visit: visit)
        }
    }
}

struct VisitTable: View {
    let visits: [PlatformVisit]
    let visit: ConsoleVisit

    var body: Markup {
        let reader = visit.reader
        ConsoleTable(
            label: PlatformWords.visits.text(for: reader),
            headings: [PlatformWords.who, .company, .reason, .when, .state].map { $0.text(for: reader) },
            rows: visits.map(row))
    }

    private func row(of item: PlatformVisit) -> Markup {
        let reader = visit.reader
        return tr {
            td { item.adminName }
            td { a(.href("/platform/tenants/\(item.tenant)")) { item.tenantName } }
            td(.class("wide")) {
                item.reason
                span(.class("hint")) { item.power.words.text(for: reader) }
            }
            td {
                time(.datetime(item.madeAt.rfc3339)) { visit.text(item.madeAt) }
                span(.class("hint")) {
                    PlatformWords.until.text(for: reader, .text("time", visit.text(item.expiresAt)))
                }
            }
            td { state(of: item, reader) }
        }
    }

    @MarkupBuilder private func state(of item: PlatformVisit, _ reader: Reader) -> Markup {
        if item.isOpen(at: visit.now) {
            span(.class("state"), .data("state", "in_debt")) { PlatformWords.open.text(for: reader) }
            if visit.may(.enter) {
                HTML.form(.method(.post), .action("/platform/visits/\(item.id)/end")) {
                    button(.type("submit"), .class("danger")) { PlatformWords.endVisit.text(for: reader) }
                }
            }
        } else {
            span(.class("state"), .data("state", "ended")) { PlatformWords.over.text(for: reader) }
            if let by = item.endedBy { span(.class("hint")) { PlatformWords.endedBy.text(for: reader, .name(by)) } }
        }
    }
}
