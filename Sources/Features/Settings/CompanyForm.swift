import HTTP
import Locale
import Panel
import Tenancy
import Time

/// What the owner may say of the company.
struct CompanyForm {
    private(set) var company: Company
    /// As it was typed, also when it is no percentage.
    private(set) var rateText: String
    private(set) var faults: [FormFault] = []

    init(of company: Company) {
        self.company = company
        rateText = company.taxes.rate.text
    }

    init(_ fields: Fields, changing known: Company) throws {
        try fields.allow([
            "name", "legal_name", "language", "courtesy", "zone", "tax_name", "tax_rate", "tax_included",
            "tax_id_label", "tax_id",
        ])
        company = known
        rateText = FormText.line(fields["tax_rate"])
        company.name = FormText.line(fields["name"])
        company.legalName = FormText.line(fields["legal_name"])
        company.taxes.name = FormText.line(fields["tax_name"])
        company.taxes.idLabel = FormText.line(fields["tax_id_label"])
        company.taxes.id = FormText.line(fields["tax_id"])
        company.taxes.areIncluded = fields["tax_included"] != "no"
        company.language = fields["language"].flatMap(Language.init(rawValue:)) ?? known.language
        company.courtesy = fields["courtesy"].flatMap(Courtesy.init(rawValue:)) ?? known.courtesy
        if company.name.isEmpty { faults.append(FormFault(name: "name", message: SettingsWords.nameMissing.message)) }
        if let rate = TaxRate(rateText.isEmpty ? "0" : rateText) {
            company.taxes.rate = rate
        } else {
            faults.append(FormFault(name: "tax_rate", message: SettingsWords.rateWrong.message))
        }
        do {
            company.zone = try Zone.named(FormText.line(fields["zone"]))
        } catch {
            faults.append(FormFault(name: "zone", message: SettingsWords.zoneWrong.message))
        }
    }
}
