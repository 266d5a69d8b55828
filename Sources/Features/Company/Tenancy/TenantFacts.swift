import Events
import Identifiers
import Locale
import Time

extension Tenant {
    /// All settings, named as in a pack.
    var facts: [Act.Detail] {
        func limit(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
        return [
            Act.Detail("name", name), Act.Detail("legal_name", company.legalName),
            Act.Detail("state", state.rawValue), Act.Detail("trial_ends", trialEndsOn?.iso ?? ""),
            Act.Detail("country", region.rawValue), Act.Detail("language", language.rawValue),
            Act.Detail("courtesy", company.courtesy.rawValue), Act.Detail("currency", currency.code),
            Act.Detail("zone", timeZone.name), Act.Detail("colour", brand.colour.text),
            Act.Detail("accent", brand.accent?.text ?? ""), Act.Detail("logo", brand.logo ?? ""),
            Act.Detail("plan", plan.name), Act.Detail("plan.customers", limit(plan.customers)),
            Act.Detail("plan.staff", limit(plan.staff)), Act.Detail("plan.routers", limit(plan.routers)),
            Act.Detail("plan.price", plan.price?.plainText ?? ""), Act.Detail("plan.cycle", plan.cycle.rawValue),
            Act.Detail("tax.name", company.taxes.name), Act.Detail("tax.rate", company.taxes.rate.text),
            Act.Detail("tax.included", company.taxes.areIncluded ? "true" : "false"),
            Act.Detail("tax.id_label", company.taxes.idLabel), Act.Detail("tax.id", company.taxes.id),
            Act.Detail("contact.phone", company.contact.phone?.e164 ?? ""),
            Act.Detail("contact.whatsapp", company.contact.whatsApp?.e164 ?? ""),
            Act.Detail("contact.hours", company.contact.hours), Act.Detail("contact.address", company.contact.address),
        ]
    }

    package var subject: Act.Subject { Act.Subject("company", id.uuid, named: name) }

    /// The differences, as recorded.
    package func changes(from old: Tenant) -> (before: [Act.Detail], after: [Act.Detail]) {
        let pairs = zip(old.facts, facts).filter { $0 != $1 }
        return (pairs.map(\.0), pairs.map(\.1))
    }
}
