import Identifiers
import JSON
import Locale
import Postgres
import Time

/// What a folder of `Tenants/` says about a tenant: `tenant.json`, where comments are allowed.
package struct TenantPack: Sendable, Equatable {
    package let slug: String
    package let name: String
    package let state: Tenant.State
    package let region: Region
    package let language: Language
    package let currency: Currency
    package let zone: Zone
    package let colour: Colour
    /// How many invented customers a demonstration shows.
    package let demoCustomers: Int

    package init(_ bytes: [UInt8]) throws(JSONError) {
        try self.init(json: try JSONValue.parse(bytes, as: .json5), at: .root)
    }
}

extension TenantPack: JSONReadable {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let slug = fields.required("slug", as: String.self)
        let name = fields.required("name", as: String.self)
        let state = fields.word("state", of: Tenant.State.self)
        let region = fields.word("country", of: Region.self)
        let language = fields.word("language", of: Language.self)
        let currency = fields.word("currency", of: Currency.self)
        let zoneName = fields.required("zone", as: String.self)
        let colourText = fields.required("colour", as: String.self)
        let demo = fields.optional("demo", as: Demo.self)
        if slug == Tenant.platformSlug { fields.refuse("slug", .expected("a name that is not the platform's own")) }
        if let slug, !Self.isSlug(slug) {
            fields.refuse("slug", .expected("2 to 31 lower-case letters, digits and hyphens, a letter first"))
        }
        if let name, name.allSatisfy(\.isWhitespace) { fields.refuse("name", .expected("a name")) }
        let zone = zoneName.flatMap { try? Zone.named($0) }
        if zoneName != nil, zone == nil {
            fields.refuse("zone", .expected("a time zone such as America/Mexico_City"))
        }
        let colour = colourText.flatMap(Colour.init)
        if colourText != nil, colour == nil { fields.refuse("colour", .expected("a colour such as #1f6feb")) }
        (self.slug, self.name, self.state, self.region, self.language, self.currency, self.zone, self.colour) =
            try fields.finish(slug, name, state, region, language, currency, zone, colour)
        demoCustomers = demo?.customers ?? 0
    }

    private static func isSlug(_ text: String) -> Bool {
        guard let first = text.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return false }
        return (2...31).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
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

extension JSONFields {
    fileprivate mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String, of type: Word.Type
    ) -> Word? {
        guard let text = required(name, as: String.self) else { return nil }
        guard let word = Word(rawValue: text) else {
            refuse(name, .expected("one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))"))
            return nil
        }
        return word
    }
}

// Applying a pack makes the database say what the pack says; doing it again changes nothing.
extension TenantPack {
    package enum Outcome: Sendable, Equatable {
        case made
        case changed([String])
        case unchanged
    }

    package func apply(
        at now: Instant, from randomness: Randomness, in database: PlatformDatabase
    ) async throws -> (tenant: Tenant, outcome: Outcome) {
        try await database.transaction { database in
            guard let known = try await database.tenant(slug: slug) else {
                let tenant = tenant(id: .make(milliseconds: now.milliseconds, from: randomness))
                try await database.insert(tenant, at: now)
                try await database.announceTenants()
                return (tenant, .made)
            }
            let tenant = tenant(id: known.id)
            let differences = tenant.differences(from: known)
            guard !differences.isEmpty else { return (tenant, .unchanged) }
            try await database.update(tenant)
            try await database.announceTenants()
            return (tenant, .changed(differences))
        }
    }

    private func tenant(id: Tenant.ID) -> Tenant {
        Tenant(
            id: id, slug: slug, name: name, state: state, region: region, language: language, currency: currency,
            zone: zone, colour: colour)
    }
}

extension Tenant {
    /// In words of the pack: `name: 'Norte' → 'Norte Internet'`.
    fileprivate func differences(from old: Tenant) -> [String] {
        let pairs: [(field: String, old: String, new: String)] = [
            ("name", old.name, name), ("state", old.state.rawValue, state.rawValue),
            ("country", old.region.rawValue, region.rawValue), ("language", old.language.rawValue, language.rawValue),
            ("currency", old.currency.code, currency.code), ("zone", old.zone.name, zone.name),
            ("colour", old.colour.text, colour.text),
        ]
        return pairs.filter { $0.old != $0.new }.map { "\($0.field): '\($0.old)' → '\($0.new)'" }
    }
}
