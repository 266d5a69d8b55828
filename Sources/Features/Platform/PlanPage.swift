import HTML
import Locale
import Panel
import Tenancy

/// What was agreed with a company, to be changed.
struct PlanPage: View {
    let tenant: Tenant
    let form: PlanForm
    let reader: Reader

    private var path: String { "/platform/tenants/\(tenant.id)" }

    var body: Markup {
        Crumb(tenant.name, path: path)
        h1 { TenantWords.changePlan.text(for: reader) }
        HTML.form(.class("card form"), .method(.post), .action("\(path)/plan")) {
            ErrorSummary(
                PlatformWords.problems.text(for: reader),
                errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
            FormField(TenantWords.plan.text(for: reader), name: "name") { wiring in
                input(wiring, .maxlength(60), .autocomplete("off"), .value(form.plan.name))
            }
            p(.class("hint")) { TenantWords.limitHint.text(for: reader) }
            limit(TenantWords.customersLimit, "customers")
            limit(TenantWords.staffLimit, "staff")
            limit(TenantWords.routers, "routers")
            if tenant.state == .trial {
                FormField(
                    TenantWords.trialEnds.text(for: reader), name: "trial_ends",
                    hint: TenantWords.trialHint.text(for: reader), error: form.fault("trial_ends", for: reader)
                ) { wiring in
                    input(wiring, .type("date"), .value(form.text("trial_ends")))
                }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { TenantWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { TenantWords.save.text(for: reader) }
            }
        }
    }

    private func limit(_ words: TenantWords, _ name: String) -> Markup {
        FormField(words.text(for: reader), name: name, error: form.fault(name, for: reader)) { wiring in
            input(wiring, .inputmode("numeric"), .maxlength(7), .autocomplete("off"), .value(form.text(name)))
        }.body
    }
}
