import Access
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Search
import Tenancy
import Time

/// The form for a new company.
struct NewTenantForm {
    private(set) var name = ""
    private(set) var slug = ""
    private(set) var region: Region
    private(set) var currency: Currency
    private(set) var language: Language
    private(set) var courtesy: Courtesy
    private(set) var zone: String
    private(set) var isTrial = true
    private(set) var plan: PlanForm
    private(set) var admin = CompanyAdmin(name: "", email: "")
    var faults: [FormFault] = []

    static let trialDays = 30

    /// Filled with the country's defaults.
    init(named name: String, in region: Region, besides slugs: Set<String>, pricedIn usual: Currency, at now: Instant) {
        self.name = name
        slug = Slug.proposal(from: SearchText.words(name), besides: slugs)
        self.region = region
        currency = region.usualCurrency
        language = region.usualLanguage
        courtesy = region.usualCourtesy
        zone = region.usualZone
        let today = (try? TimeZone.named(region.usualZone))?.day(at: now)
        plan = PlanForm(in: usual, trialEndsOn: today.map { $0 + Self.trialDays })
    }

    init(_ fields: Fields, for reader: Reader) throws {
        try fields.allow(
            PlanForm.names.union([
                "name", "slug", "country", "currency", "language", "courtesy", "zone", "state", "admin_name",
                "admin_email",
            ]))
        guard let region = Region(rawValue: fields["country"] ?? ""),
            let currency = Currency(rawValue: fields["currency"] ?? ""),
            let language = Language(rawValue: fields["language"] ?? ""),
            let courtesy = Courtesy(rawValue: fields["courtesy"] ?? ""),
            let state = Tenant.State(rawValue: fields["state"] ?? ""), state == .trial || state == .active
        else { throw BadRequest() }
        (self.region, self.currency, self.language, self.courtesy) = (region, currency, language, courtesy)
        isTrial = state == .trial
        name = FormText.line(fields["name"])
        slug = FormText.line(fields["slug"]).lowercased()
        zone = FormText.line(fields["zone"])
        plan = try PlanForm(fields, for: reader)
        let (typed, person) = (FormText.line(fields["admin_email"], upTo: 254), FormText.line(fields["admin_name"]))
        let email = StaffMember.email(typed)
        admin = CompanyAdmin(name: person, email: email ?? typed)
        if name.isEmpty { fault("name", PlatformWords.nameMissing.message) }
        if !Slug.isSound(slug) { fault("slug", NewTenantWords.slugWrong.message) }
        if Slug.isReserved(slug) { fault("slug", NewTenantWords.slugReserved.message) }
        if Self.zone(zone) == nil { fault("zone", NewTenantWords.zoneWrong.message) }
        if person.isEmpty { fault("admin_name", PlatformWords.nameMissing.message) }
        if email == nil { fault("admin_email", PlatformWords.emailWrong.message) }
    }

    mutating func fault(_ name: String, _ message: Message) { faults.append(FormFault(name: name, message: message)) }

    func fault(_ name: String, for reader: Reader) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }

    var isSound: Bool { faults.isEmpty && plan.isSound }

    func errors(for reader: Reader) -> [(String, String)] {
        faults.map { ($0.name, $0.message.text(for: reader)) } + plan.errors(for: reader)
    }

    /// Nil with errors.
    func tenant(_ id: Tenant.ID) -> Tenant? {
        guard isSound, let zone = Self.zone(zone) else { return nil }
        var company = Company(name: name, language: language, timeZone: zone)
        company.courtesy = courtesy
        return Tenant(
            id: id, slug: slug, state: isTrial ? .trial : .active, trialEndsOn: plan.trialEndsOn, plan: plan.plan,
            region: region, currency: currency, company: company)
    }

    private static func zone(_ name: String) -> TimeZone? {
        KnownTimeZones.names(besides: "UTC").contains(name) ? try? TimeZone.named(name) : nil
    }
}
