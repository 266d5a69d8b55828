import HTML
import Locale
import Panel
import Tenancy

/// The first step, from which defaults for the rest are derived.
struct NewTenantStart: View {
    let name: String
    let reader: Reader

    var body: Markup {
        Crumb(PlatformWords.tenants.text(for: reader), path: "/platform/tenants")
        h1 { NewTenantWords.title.text(for: reader) }
        HTML.form(.class("card form"), .method(.get), .action("/platform/tenants/new")) {
            p(.class("hint")) { NewTenantWords.startHint.text(for: reader) }
            FormField(NewTenantWords.name.text(for: reader), name: "name") { wiring in
                input(wiring, .required(), .maxlength(100), .autocomplete("off"), .value(name))
            }
            FormField(PlatformWords.country.text(for: reader), name: "country") { wiring in
                select(wiring) {
                    for region in Region.allCases {
                        option(.value(region.rawValue)) { region.words.text(for: reader) }
                    }
                }
            }
            div(.class("form-acts")) {
                a(.class("button"), .href("/platform/tenants")) { TenantWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { NewTenantWords.goOn.text(for: reader) }
            }
        }
    }
}

struct NewTenantPage: View {
    let form: NewTenantForm
    let base: String
    let reader: Reader

    var body: Markup {
        Crumb(PlatformWords.tenants.text(for: reader), path: "/platform/tenants")
        h1 { NewTenantWords.title.text(for: reader) }
        HTML.form(.class("card form"), .method(.post), .action("/platform/tenants")) {
            ErrorSummary(PlatformWords.problems.text(for: reader), errors: form.errors(for: reader))
            NewTenantNameFields(form: form, base: base, reader: reader)
            NewTenantWayFields(form: form, reader: reader)
            h2 { NewTenantWords.agreed.text(for: reader) }
            FormField(PlatformWords.state.text(for: reader), name: "state") { wiring in
                select(wiring) {
                    for state in [Tenant.State.trial, .active] {
                        option(.value(state.rawValue), .selected((state == .trial) == form.isTrial)) {
                            state.words.text(for: reader)
                        }
                    }
                }
            }
            TrialField(form: form.plan, reader: reader)
            PlanFields(form: form.plan, staffFault: form.fault("staff", for: reader), reader: reader)
            h2 { NewTenantWords.firstAdmin.text(for: reader) }
            p(.class("hint")) { NewTenantWords.firstAdminHint.text(for: reader) }
            CompanyAdminFields(
                admin: form.admin, nameFault: form.fault("admin_name", for: reader),
                emailFault: form.fault("admin_email", for: reader), reader: reader)
            div(.class("form-acts")) {
                a(.class("button"), .href("/platform/tenants")) { TenantWords.cancel.text(for: reader) }
                button(.type("submit"), .class("primary")) { NewTenantWords.create.text(for: reader) }
            }
        }
    }
}

struct NewTenantNameFields: View {
    let form: NewTenantForm
    let base: String
    let reader: Reader

    var body: Markup {
        FormField(NewTenantWords.name.text(for: reader), name: "name", error: form.fault("name", for: reader)) {
            wiring in
            input(wiring, .required(), .maxlength(100), .autocomplete("off"), .value(form.name))
        }
        FormField(
            NewTenantWords.slug.text(for: reader), name: "slug",
            hint: NewTenantWords.slugHint.text(for: reader, .text("base", base)),
            error: form.fault("slug", for: reader)
        ) { wiring in
            input(
                wiring, .required(), .maxlength(Slug.length.upperBound), .autocomplete("off"), .value(form.slug))
        }
    }
}

/// Country, language and form of address.
struct NewTenantWayFields: View {
    let form: NewTenantForm
    let reader: Reader

    var body: Markup {
        choice(PlatformWords.country.text(for: reader), "country", Region.allCases, form.region) {
            $0.words.text(for: reader)
        }
        choice(PlatformWords.currency.text(for: reader), "currency", Currency.allCases, form.currency) { $0.code }
        choice(PlatformWords.language.text(for: reader), "language", Language.allCases, form.language) { $0.ownName }
        choice(CourtesyWords.courtesy.text(for: reader), "courtesy", Courtesy.allCases, form.courtesy) {
            $0.words.text(for: reader)
        }
        FormField(PlatformWords.zone.text(for: reader), name: "zone", error: form.fault("zone", for: reader)) {
            wiring in
            select(wiring) {
                for name in KnownTimeZones.names(besides: "UTC") {
                    option(.value(name), .selected(name == form.zone)) { name.replacing("_", with: " ") }
                }
            }
        }
    }

    private func choice<Choice: RawRepresentable<String> & Equatable>(
        _ text: String, _ name: String, _ all: [Choice], _ chosen: Choice, _ words: (Choice) -> String
    ) -> Markup {
        FormField(text, name: name) { wiring in
            select(wiring) {
                for one in all {
                    option(.value(one.rawValue), .selected(one == chosen)) { words(one) }
                }
            }
        }.body
    }
}
