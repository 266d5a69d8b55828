import Access
import HTML
import Locale
import Panel
import Tenancy
import Time

/// Ajustes › Mi empresa: what the company is called, how it speaks, how it is taxed, and what its plan holds.
struct CompanyPage: View {
    let form: CompanyForm
    let usage: PlanUsage
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { SettingsWords.myCompany.text(for: reader) }
        HTML.form(.class("card"), .method(.post), .action("/panel/company")) {
            ErrorSummary(
                SettingsWords.problems.text(for: reader),
                errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
            CompanyNameFields(form: form, reader: reader)
            CompanyWayFields(company: form.company, reader: reader)
            CompanyTaxFields(form: form, reader: reader)
            button(.type("submit"), .class("primary")) { SettingsWords.save.text(for: reader) }
        }
        PlanCard(usage: usage, visit: visit)
    }
}

extension CompanyForm {
    func fault(_ name: String, _ reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}

struct CompanyNameFields: View {
    let form: CompanyForm
    let reader: Reader

    var body: Markup {
        FormField(
            SettingsWords.name.text(for: reader), name: "name", hint: SettingsWords.nameHint.text(for: reader),
            error: form.fault("name", reader)
        ) { wiring in
            input(wiring, .autocomplete("organization"), .required(), .maxlength(100), .value(form.company.name))
        }
        FormField(
            SettingsWords.legalName.text(for: reader), name: "legal_name",
            hint: SettingsWords.legalNameHint.text(for: reader)
        ) { wiring in
            input(wiring, .maxlength(100), .value(form.company.legalName))
        }
    }
}

/// How it speaks to people, and by which clock its days begin.
struct CompanyWayFields: View {
    let company: Company
    let reader: Reader

    var body: Markup {
        FormField(SettingsWords.language.text(for: reader), name: "language") { wiring in
            select(wiring) {
                for language in Language.allCases {
                    option(.value(language.rawValue), .selected(language == company.language)) { language.ownName }
                }
            }
        }
        FormField(
            CourtesyWords.courtesy.text(for: reader), name: "courtesy",
            hint: CourtesyWords.hint.text(for: reader)
        ) { wiring in
            select(wiring) {
                for courtesy in Courtesy.allCases {
                    option(.value(courtesy.rawValue), .selected(courtesy == company.courtesy)) {
                        courtesy.words.text(for: reader)
                    }
                }
            }
        }
        FormField(
            SettingsWords.zone.text(for: reader), name: "zone", hint: SettingsWords.zoneHint.text(for: reader)
        ) { wiring in
            select(wiring) {
                for name in KnownZones.names(besides: company.zone.name) {
                    option(.value(name), .selected(name == company.zone.name)) { name.replacing("_", with: " ") }
                }
            }
        }
    }
}

struct CompanyTaxFields: View {
    let form: CompanyForm
    let reader: Reader

    var body: Markup {
        let taxes = form.company.taxes
        FormField(
            SettingsWords.taxIDLabel.text(for: reader), name: "tax_id_label",
            hint: SettingsWords.taxIDLabelHint.text(for: reader)
        ) { wiring in
            input(wiring, .maxlength(100), .value(taxes.idLabel))
        }
        FormField(SettingsWords.taxID.text(for: reader), name: "tax_id") { wiring in
            input(wiring, .maxlength(100), .value(taxes.id))
        }
        FormField(
            SettingsWords.taxName.text(for: reader), name: "tax_name", hint: SettingsWords.taxNameHint.text(for: reader)
        ) { wiring in
            input(wiring, .maxlength(100), .value(taxes.name))
        }
        FormField(SettingsWords.taxRate.text(for: reader), name: "tax_rate", error: form.fault("tax_rate", reader)) {
            wiring in
            input(wiring, .inputmode("decimal"), .maxlength(6), .value(form.rateText))
        }
        fieldset {
            legend { SettingsWords.prices.text(for: reader) }
            choice("yes", .taxIncluded, isChosen: taxes.areIncluded)
            choice("no", .taxAdded, isChosen: !taxes.areIncluded)
        }
    }

    private func choice(_ value: String, _ words: SettingsWords, isChosen: Bool) -> Markup {
        label(.class("choice")) {
            input(.type("radio"), .name("tax_included"), .value(value), .checked(isChosen))
            span { words.text(for: reader) }
        }
    }
}

/// What was agreed with the platform: to be seen here, not changed.
struct PlanCard: View {
    let usage: PlanUsage
    let visit: Visit

    var body: Markup {
        let (reader, tenant) = (visit.reader, visit.tenant)
        section(.class("card")) {
            h2 { SettingsWords.plan.text(for: reader) }
            dl(.class("facts")) {
                fact(.state, visit.standing.words.text(for: reader))
                if !tenant.plan.name.isEmpty { fact(.planName, tenant.plan.name) }
                if let price = tenant.plan.priceText(for: reader) { fact(.price, price) }
                if tenant.state == .trial, let end = tenant.trialEndsOn {
                    fact(.trialEnds, end.text(.long, for: reader))
                }
                fact(.customers, count(usage.customers, of: tenant.plan.customers))
                fact(.users, count(usage.staff, of: tenant.plan.staff))
                if let routers = tenant.plan.routers { fact(.routers, count(0, of: routers)) }
                fact(.currency, tenant.currency.code)
                fact(.country, tenant.region.words.text(for: reader))
            }
            p(.class("hint")) { SettingsWords.planHint.text(for: reader) }
        }
    }

    private func fact(_ name: SettingsWords, _ value: String) -> Markup {
        div {
            dt { name.text(for: visit.reader) }
            dd { value }
        }
    }

    private func count(_ count: Int, of limit: Int?) -> String {
        guard let limit else { return SettingsWords.unlimited.text(for: visit.reader, .number("used", count)) }
        return SettingsWords.limited.text(for: visit.reader, .number("used", count), .number("most", limit))
    }
}

extension Standing {
    fileprivate var words: CompanyStateWords {
        switch self {
        case .active: .active
        case .trial(let left): left.map { $0 <= 7 } == true ? .ending : .trial
        case .suspended, .trialOver: .suspended
        case .closed: .closed
        }
    }
}
