import JSON
import Locale
import Time

extension TenantPack: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let slug = fields.required("slug", as: String.self)
        let name = fields.required("name", as: String.self)
        let state = fields.word("state", of: Tenant.State.self, besides: [.suspended, .closed])
        let region = fields.word("country", of: Region.self)
        let language = fields.word("language", of: Language.self)
        let currency = fields.word("currency", of: Currency.self)
        let timeZone = fields.timeZone("zone")
        let colour = fields.required("colour", as: Colour.self)
        let demo = fields.optional("demo", as: Demo.self)
        legalName = fields.optional("legalName", as: String.self)
        courtesy = fields.optional("courtesy", as: Word<Courtesy>.self)?.word
        trialEndsOn = fields.optional("trialEnds", as: CalendarDay.self)?.day
        plan = fields.optional("plan", as: PlatformPlan.self)
        taxes = fields.optional("tax", as: Taxes.self)
        contact = fields.optional("contact", as: CompanyContact.self)
        accent = fields.optional("accent", as: Colour.self)
        texts = fields.optional("texts", as: BrandTexts.self)?.texts
        domains = fields.optional("domains", as: [String].self)
        billing = fields.optional("billing", as: JSONValue.self)
        collection = fields.optional("collection", as: JSONValue.self)
        if let slug, !Slug.isSound(slug) {
            fields.refuse("slug", .expected("2 to 31 lower-case letters, digits and hyphens, a letter first"))
        }
        if let slug, Slug.isReserved(slug) { fields.refuse("slug", .expected("a name that is not reserved")) }
        if let name, name.allSatisfy(\.isWhitespace) { fields.refuse("name", .expected("a name")) }
        fields.checkLength(of: "name", name)
        fields.checkLength(of: "legalName", legalName)
        (self.slug, self.name, self.state, self.region, self.language, self.currency, self.timeZone, self.colour) =
            try fields.finish(slug, name, state, region, language, currency, timeZone, colour)
        demoCustomers = demo?.customers ?? 0
        demoServices = demo?.services ?? 0
    }
}

private struct Demo: JSONReadable {
    let customers: Int
    let services: Int

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let customers = fields.required("customers", as: Int.self)
        if let customers, !(0...1_000_000).contains(customers) {
            fields.refuse("customers", .expected("a number up to 1000000"))
        }
        let services = fields.optional("services", as: Int.self)
        if let services, !(0...1_000_000).contains(services) {
            fields.refuse("services", .expected("a number up to 1000000"))
        }
        self.customers = try fields.finish(customers)
        self.services = services ?? self.customers
    }
}

extension Colour: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        guard let colour = Colour(try String(json: json, at: pointer)) else {
            throw .expected("a colour such as #1f6feb", at: pointer)
        }
        self = colour
    }
}

extension PlatformPlan: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let name = fields.required("name", as: String.self)
        fields.checkLength(of: "name", name, upTo: 60)
        customers = fields.limit("customers")
        staff = fields.limit("staff")
        routers = fields.limit("routers")
        price = fields.optional("price", as: Price.self)?.money
        cycle = fields.optional("cycle", as: Word<PlatformPlan.Cycle>.self)?.word ?? .monthly
        self.name = try fields.finish(name)
    }
}

/// `49.00 USD`
private struct Price: JSONReadable {
    let money: Money

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        let parts = try String(json: json, at: pointer).split(separator: " ")
        let currency = parts.last.flatMap { Currency(rawValue: String($0)) }
        guard parts.count == 2, let currency,
            let money = try? Money(typed: String(parts[0]), in: currency, for: Reader(.en, in: .unitedStates)),
            !money.isNegative
        else { throw .expected("a price such as \"49.00 USD\"", at: pointer) }
        self.money = money
    }
}

extension Taxes: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let name = fields.required("name", as: String.self)
        let rateText = fields.required("rate", as: String.self)
        let areIncluded = fields.required("included", as: Bool.self)
        idLabel = fields.optional("idLabel", as: String.self) ?? ""
        id = fields.optional("id", as: String.self) ?? ""
        fields.checkLength(of: "name", name)
        fields.checkLength(of: "idLabel", idLabel)
        fields.checkLength(of: "id", id)
        let rate = rateText.flatMap { TaxRate($0) }
        if rateText != nil, rate == nil { fields.refuse("rate", .expected("a percentage such as \"16\" or \"10.5\"")) }
        (self.name, self.rate, self.areIncluded) = try fields.finish(name, rate, areIncluded)
    }
}

extension CompanyContact: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        self.init()
        phone = fields.phone("phone")
        whatsApp = fields.phone("whatsapp")
        hours = fields.optional("hours", as: String.self) ?? ""
        address = fields.optional("address", as: String.self) ?? ""
        if hours.unicodeScalars.count > Self.longestHours {
            fields.refuse("hours", .expected("at most \(Self.longestHours) characters"))
        }
        if address.unicodeScalars.count > Self.longestAddress {
            fields.refuse("address", .expected("at most \(Self.longestAddress) characters"))
        }
        try fields.finish()
    }
}

private struct BrandTexts: JSONReadable {
    let texts: [BrandText: String]

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        var texts: [BrandText: String] = [:]
        for name in BrandText.allCases {
            guard let text = fields.optional(name.packName, as: String.self) else { continue }
            fields.checkLength(of: name.packName, text, upTo: name.length)
            texts[name] = text
        }
        try fields.finish()
        self.texts = texts
    }
}

extension BrandText {
    /// In a pack's naming style.
    fileprivate var packName: String {
        switch self {
        case .senderName: "senderName"
        case .replyTo: "replyTo"
        case .invoiceFooter: "invoiceFooter"
        case .receiptFooter: "receiptFooter"
        case .mailFooter: "mailFooter"
        }
    }
}

private struct Word<Known: RawRepresentable<String> & CaseIterable>: JSONReadable {
    let word: Known

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        guard let word = Known(rawValue: try String(json: json, at: pointer)) else {
            throw .expected("one of \(Known.allCases.map(\.rawValue).joined(separator: ", "))", at: pointer)
        }
        self.word = word
    }
}

private struct CalendarDay: JSONReadable {
    let day: Day

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        guard let day = Day(iso: try String(json: json, at: pointer)) else {
            throw .expected("a day such as 2026-12-31", at: pointer)
        }
        self.day = day
    }
}

extension JSONFields {
    /// The same limits as in forms.
    fileprivate mutating func checkLength(of name: String, _ text: String?, upTo length: Int = 100) {
        if let text, text.scalarCount > length { refuse(name, .expected("at most \(length) characters")) }
    }

    fileprivate mutating func word<Known: RawRepresentable<String> & CaseIterable & Equatable>(
        _ name: String, of type: Known.Type, besides excluded: [Known] = []
    ) -> Known? {
        guard let text = required(name, as: String.self) else { return nil }
        guard let word = Known(rawValue: text), !excluded.contains(word) else {
            let words = Known.allCases.filter { !excluded.contains($0) }.map(\.rawValue)
            refuse(name, .expected("one of \(words.joined(separator: ", "))"))
            return nil
        }
        return word
    }

    /// A telephone number with its country code.
    fileprivate mutating func phone(_ name: String) -> Phone? {
        guard let text = optional(name, as: String.self) else { return nil }
        guard text.hasPrefix("+"), let phone = try? Phone(typed: text, in: .mexico) else {
            refuse(name, .expected("a telephone such as +52 614 555 0100"))
            return nil
        }
        return phone
    }

    fileprivate mutating func timeZone(_ name: String) -> TimeZone? {
        guard let text = required(name, as: String.self) else { return nil }
        do {
            return try TimeZone.named(text)
        } catch {
            refuse(name, .expected("a time zone such as America/Mexico_City"))
            return nil
        }
    }

    fileprivate mutating func limit(_ name: String) -> Int? {
        guard let limit = optional(name, as: Int.self) else { return nil }
        if !(0...1_000_000_000).contains(limit) { refuse(name, .expected("a number from 0")) }
        return limit
    }
}
