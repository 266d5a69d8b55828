import HTTP
import Locale
import Nouns
import Panel
import Tenancy
import Time

/// The form of the company's settings.
struct CompanyForm {
    private(set) var company: Company
    /// As typed, even when invalid.
    private(set) var rateText: String
    private(set) var phoneText: String
    private(set) var whatsAppText: String
    private(set) var faults: [FormFault] = []

    /// Without labels of its own the company is shown its country's usual tax names.
    init(of company: Company, in region: Region) {
        self.company = company
        if company.taxes.name.isEmpty { self.company.taxes.name = region.usualTaxName }
        if company.taxes.idLabel.isEmpty { self.company.taxes.idLabel = region.usualTaxIDLabel }
        phoneText = company.contact.phone?.text(in: region) ?? ""
        whatsAppText = company.contact.whatsApp?.text(in: region) ?? ""
        rateText = company.taxes.rate.text
    }

    init(_ fields: Fields, changing known: Company, in region: Region) throws {
        try fields.allow([
            "name", "legal_name", "language", "courtesy", "zone", "tax_name", "tax_rate", "tax_included",
            "tax_id_label", "tax_id", "phone", "whatsapp", "hours", "address",
        ])
        company = known
        phoneText = FormText.line(fields["phone"])
        whatsAppText = FormText.line(fields["whatsapp"])
        rateText = FormText.line(fields["tax_rate"])
        company.name = FormText.line(fields["name"])
        company.legalName = FormText.line(fields["legal_name"])
        company.taxes.name = FormText.line(fields["tax_name"])
        company.taxes.idLabel = FormText.line(fields["tax_id_label"])
        company.taxes.id = FormText.line(fields["tax_id"])
        company.taxes.areIncluded = fields["tax_included"] != "no"
        company.language = fields["language"].flatMap(Language.init(rawValue:)) ?? known.language
        company.courtesy = fields["courtesy"].flatMap(Courtesy.init(rawValue:)) ?? known.courtesy
        company.contact.hours = FormText.line(fields["hours"])
        company.contact.address = FormText.line(fields["address"])
        company.contact.phone = phone("phone", phoneText, in: region)
        company.contact.whatsApp = phone("whatsapp", whatsAppText, in: region)
        if company.name.isEmpty { faults.append(FormFault(name: "name", message: SettingsWords.nameMissing.message)) }
        if let rate = TaxRate(rateText.isEmpty ? "0" : rateText) {
            company.taxes.rate = rate
        } else {
            faults.append(FormFault(name: "tax_rate", message: SettingsWords.rateWrong.message))
        }
        do {
            company.timeZone = try TimeZone.named(FormText.line(fields["zone"]))
        } catch {
            faults.append(FormFault(name: "zone", message: SettingsWords.zoneWrong.message))
        }
    }

    private mutating func phone(_ name: String, _ text: String, in region: Region) -> Phone? {
        guard !text.isEmpty else { return nil }
        do {
            return try Phone(typed: text, in: region)
        } catch {
            faults.append(FormFault(name: name, message: error.message))
            return nil
        }
    }
}
