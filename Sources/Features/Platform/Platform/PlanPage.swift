import Access
import HTML
import Locale
import Panel
import Tenancy

/// Edits a company's plan.
struct PlanPage: View {
    let tenant: Tenant
    let form: PlanForm
    let reader: Reader

    private var path: String { "/platform/tenants/\(tenant.id)" }

    var body: Markup {
        Crumb(tenant.name, path: path)
        h1 { TenantWords.changePlan.text(for: reader) }
        HTML.form(.class("card form"), .method(.post), .action("\(path)/plan")) {
            ErrorSummary(PlatformWords.problems.text(for: reader), errors: form.errors(for: reader))
            PlanFields(form: form, reader: reader)
            if tenant.state == .trial {
                TrialField(form: form, reader: reader)
                label(.class("choice")) {
                    input(.type("checkbox"), .name("active"), .value("yes"))
                    span { TenantWords.activate.text(for: reader) }
                }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href(path)) { TenantWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { TenantWords.save.text(for: reader) }
            }
        }
    }
}

/// Limits and price.
struct PlanFields: View {
    let form: PlanForm
    var staffFault: String?
    let reader: Reader

    var body: Markup {
        FormField(TenantWords.plan.text(for: reader), name: "plan") { wiring in
            input(wiring, .maxlength(60), .autocomplete("off"), .value(form.plan.name))
        }
        p(.class("hint")) { TenantWords.limitHint.text(for: reader) }
        limit(TenantWords.customersLimit, "customers")
        limit(TenantWords.staffLimit, "staff")
        limit(TenantWords.routers, "routers")
        FormField(
            TenantWords.price.text(for: reader), name: "price", hint: TenantWords.priceHint.text(for: reader),
            error: form.priceFault
        ) { wiring in
            input(wiring, .inputmode("decimal"), .maxlength(30), .autocomplete("off"), .value(form.text("price")))
        }
        FormField(TenantWords.priceCurrency.text(for: reader), name: "price_currency") { wiring in
            select(wiring) {
                for currency in Currency.allCases {
                    option(.value(currency.rawValue), .selected(currency == form.currency)) { currency.code }
                }
            }
        }
        FormField(TenantWords.cycle.text(for: reader), name: "cycle") { wiring in
            select(wiring) {
                for cycle in PlatformPlan.Cycle.allCases {
                    option(.value(cycle.rawValue), .selected(cycle == form.plan.cycle)) {
                        cycle.words.text(for: reader)
                    }
                }
            }
        }
    }

    private func limit(_ words: TenantWords, _ name: String) -> Markup {
        FormField(words.text(for: reader), name: name, error: fault(name)) { wiring in
            input(wiring, .inputmode("numeric"), .maxlength(7), .autocomplete("off"), .value(form.text(name)))
        }.body
    }

    private func fault(_ name: String) -> String? {
        form.fault(name, for: reader) ?? (name == "staff" ? staffFault : nil)
    }
}

struct TrialField: View {
    let form: PlanForm
    let reader: Reader

    var body: Markup {
        FormField(
            TenantWords.trialEnds.text(for: reader), name: "trial_ends",
            hint: TenantWords.trialHint.text(for: reader), error: form.fault("trial_ends", for: reader)
        ) { wiring in
            input(wiring, .type("date"), .value(form.text("trial_ends")))
        }
    }
}
