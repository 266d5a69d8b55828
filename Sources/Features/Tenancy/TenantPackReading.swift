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
        let zone = fields.zone("zone")
        let colour = fields.required("colour", as: Colour.self)
        let demo = fields.optional("demo", as: Demo.self)
        legalName = fields.optional("legalName", as: String.self)
        courtesy = fields.optional("courtesy", as: Word<Courtesy>.self)?.word
        trialEndsOn = fields.optional("trialEnds", as: CalendarDay.self)?.day
        plan = fields.optional("plan", as: PlatformPlan.self)
        taxes = fields.optional("tax", as: Taxes.self)
        accent = fields.optional("accent", as: Colour.self)
        texts = fields.optional("texts", as: BrandTexts.self)?.texts
        domains = fields.optional("domains", as: [String].self)
        if let slug, !Slug.isSound(slug) {
            fields.refuse("slug", .expected("2 to 31 lower-case letters, digits and hyphens, a letter first"))
        }
        if let slug, Slug.isReserved(slug) { fields.refuse("slug", .expected("a name that is not reserved")) }
        if let name, name.allSatisfy(\.isWhitespace) { fields.refuse("name", .expected("a name")) }
        (self.slug, self.name, self.state, self.region, self.language, self.currency, self.zone, self.colour) =
            try fields.finish(slug, name, state, region, language, currency, zone, colour)
        demoCustomers = demo?.customers ?? 0
    }
}

private struct Demo: JSONReadable {
    let customers: Int

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let customers = fields.required("customers", as: Int.self)
        if let customers, !(0...1_000_000).contains(customers) {
            fields.refuse("customers", .expected("a number up to 1000000"))
        }
        self.customers = try fields.finish(customers)
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
        let rate = rateText.flatMap { TaxRate($0) }
        if rateText != nil, rate == nil { fields.refuse("rate", .expected("a percentage such as \"16\" or \"10.5\"")) }
        (self.name, self.rate, self.areIncluded) = try fields.finish(name, rate, areIncluded)
    }
}

private struct BrandTexts: JSONReadable {
    let texts: [BrandText: String]

    init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        var texts: [BrandText: String] = [:]
        for name in BrandText.allCases {
            guard let text = fields.optional(name.packName, as: String.self) else { continue }
            if text.count > name.length {
                fields.refuse(name.packName, .expected("at most \(name.length) characters"))
            }
            texts[name] = text
        }
        try fields.finish()
        self.texts = texts
    }
}

extension BrandText {
    /// As the other fields of a pack are written.
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

    fileprivate mutating func zone(_ name: String) -> Zone? {
        guard let text = required(name, as: String.self) else { return nil }
        do {
            return try Zone.named(text)
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
