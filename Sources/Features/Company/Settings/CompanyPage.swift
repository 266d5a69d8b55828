import Access
import Assembly
import HTML
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// Ajustes › Mi empresa: names, language, taxes, and the plan.
struct CompanyPage: View {
    let form: CompanyForm
    let figures: [CompanyFigure.Counted]
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        h1 { SettingsWords.myCompany.text(for: reader) }
        HTML.form(.class("card"), .method(.post), .action("/panel/company")) {
            ErrorSummary(
                SettingsWords.problems.text(for: reader),
                errors: form.faults.map { ($0.name, $0.message.text(for: reader)) })
            CompanyNameFields(form: form, reader: reader)
            CompanyContactFields(form: form, reader: reader)
            CompanyWayFields(company: form.company, reader: reader)
            CompanyTaxFields(form: form, reader: reader)
            if visit.mayAct(with: .settingsManage) {
                button(.type("submit"), .class("primary")) { SettingsWords.save.text(for: reader) }
            }
        }
        PlanCard(figures: figures, visit: visit)
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

/// The company's contact data.
struct CompanyContactFields: View {
    let form: CompanyForm
    let reader: Reader

    var body: Markup {
        FormField(
            SettingsWords.phone.text(for: reader), name: "phone", hint: SettingsWords.phoneHint.text(for: reader),
            error: form.fault("phone", reader)
        ) { wiring in
            input(wiring, .type("tel"), .autocomplete("tel"), .maxlength(40), .value(form.phoneText))
        }
        FormField(
            SettingsWords.whatsApp.text(for: reader), name: "whatsapp", error: form.fault("whatsapp", reader)
        ) { wiring in
            input(wiring, .type("tel"), .maxlength(40), .value(form.whatsAppText))
        }
        FormField(
            SettingsWords.hours.text(for: reader), name: "hours", hint: SettingsWords.hoursHint.text(for: reader)
        ) { wiring in
            input(wiring, .maxlength(CompanyContact.longestHours), .value(form.company.contact.hours))
        }
        FormField(SettingsWords.address.text(for: reader), name: "address") { wiring in
            input(
                wiring, .autocomplete("street-address"), .maxlength(CompanyContact.longestAddress),
                .value(form.company.contact.address))
        }
    }
}

/// Language, form of address and time zone.
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
                for name in KnownTimeZones.names(besides: company.timeZone.name) {
                    option(.value(name), .selected(name == company.timeZone.name)) { name.replacing("_", with: " ") }
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

/// The agreement with the platform, read-only.
struct PlanCard: View {
    let figures: [CompanyFigure.Counted]
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
                for figure in figures { fact(figure.words, figure.text(for: reader)) }
                if let routers = tenant.plan.routers { fact(.routers, routers.text(for: reader)) }
                fact(.currency, tenant.currency.code)
                fact(.country, tenant.region.words.text(for: reader))
            }
            p(.class("hint")) { SettingsWords.planHint.text(for: reader) }
        }
    }

    private func fact(_ name: SettingsWords, _ value: String) -> Markup { fact(name.message, value) }

    private func fact(_ name: Message, _ value: String) -> Markup {
        div {
            dt { name.text(for: visit.reader) }
            dd { value }
        }
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
