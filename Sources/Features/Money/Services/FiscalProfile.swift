import Access
import Customers
import Events
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Plans
import Postgres
import Time

/// The invoiced party of a service: datos fiscales. A customer may have several, one for each company or place.
package struct FiscalProfile: Sendable, Equatable {
    package typealias ID = Identifiers.ID<FiscalProfile>

    package let id: ID
    package let customer: Customer.ID
    package var legalName = ""
    /// Normalised by `TaxID`.
    package var taxID = ""
    /// The tax office's code of the regime: régimen fiscal 601.
    package var regime = ""
    /// The tax office's code of the invoice's use: uso del CFDI G03.
    package var purpose = ""
    package var postalCode = ""
    package var address = ""
    package var email = ""
    package var tax = TaxRule.plan
    /// The profile's own rate, in hundredths of a percent.
    package var taxRate = 0

    package enum TaxRule: String, FieldChoice {
        case plan, exempt, own

        package var message: Message {
            switch self {
            case .plan: Message(es: "El del plan", en: "The plan's", pt: "O do plano")
            case .exempt: Message(es: "Exento", en: "Exempt", pt: "Isento")
            case .own: Message(es: "Una tasa propia", en: "A rate of its own", pt: "Uma alíquota própria")
            }
        }
    }
}

extension FiscalProfile: Fielded {
    package static let noun = "FiscalProfile"

    package static let fields: [Field<FiscalProfile>] = [
        .line(
            "legal_name", \.legalName, 1...254,
            Message(es: "Nombre o razón social", en: "Legal name", pt: "Nome ou razão social")
        ).hint(
            Message(
                es: "Como está registrado ante la autoridad fiscal.", en: "As the tax office has it.",
                pt: "Como está registrado no fisco.")),
        .line(
            "tax_id", \.taxID, 1...20,
            Message(es: "Identificación fiscal", en: "Tax number", pt: "Identificação fiscal")),
        .line("regime", \.regime, 0...10, Message(es: "Régimen fiscal", en: "Tax regime", pt: "Regime tributário"))
            .hint(
                Message(
                    es: "La clave, como 601 o 612.", en: "Its code, as 601 or 612.", pt: "O código, como 601 ou 612.")),
        .line("purpose", \.purpose, 0...10, Message(es: "Uso del comprobante", en: "Purpose", pt: "Finalidade")).hint(
            Message(es: "La clave, como G03.", en: "Its code, as G03.", pt: "O código, como G03.")),
        .line(
            "postal_code", \.postalCode, 0...12,
            Message(es: "Código postal fiscal", en: "Postal code", pt: "Código postal fiscal")),
        .line("address", \.address, 0...300, Message(es: "Domicilio fiscal", en: "Tax address", pt: "Endereço fiscal")),
        .email(
            "email", \.email, Message(es: "Correo para facturas", en: "E-mail for invoices", pt: "E-mail para faturas")),
        .choice("tax", \.tax, Message(es: "Impuesto", en: "Tax", pt: "Imposto")),
        .count(
            "tax_rate", \.taxRate, 0...10_000,
            Message(
                es: "Tasa propia, en centésimas de %", en: "Own rate, in hundredths of %",
                pt: "Alíquota própria, em centésimos de %")
        ).hint(Message(es: "800 es el 8 %.", en: "800 is 8%.", pt: "800 é 8%.")),
    ]
}

extension FiscalProfile: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("customer", customer.description)
            json.fields(of: self)
        }
    }
}

extension FiscalProfile {
    /// Normalised; an invalid number is refused.
    func checked(in region: Region) throws(FiscalRefusal) -> FiscalProfile {
        var profile = self
        do {
            profile.taxID = try TaxID(typed: taxID, in: region).text
        } catch {
            throw error == .wrongDigit ? .wrongDigit : .wrongForm
        }
        guard tax != .own || taxRate > 0 else { throw .rateMissing }
        if tax != .own { profile.taxRate = 0 }
        return profile
    }

    /// Whether the check digit is wrong in a country that has issued such numbers.
    func isDoubtful(in region: Region) -> Bool { (try? TaxID(typed: taxID, in: region))?.isDoubtful ?? false }

    func add(in region: Region, by principal: Principal, in database: TenantDatabase) async throws -> FiscalProfile {
        let profile = try checked(in: region)
        return try await database.transaction { database in
            guard try await database.customer(customer, locked: true) != nil else { throw AccessRefusal.notFound }
            try await database.put(profile, at: principal.now)
            try await database.record(
                Act(.fiscalProfileCreated, profile.subject, after: profile.details()), by: principal.actor,
                at: principal.now)
            return profile
        }
    }

    func change(
        to changed: FiscalProfile, in region: Region, by principal: Principal, in database: TenantDatabase
    ) async throws -> FiscalProfile {
        let changed = try changed.checked(in: region)
        guard let act = Act.change(.fiscalProfileChanged, changed.subject, from: details(), to: changed.details())
        else { return self }
        return try await database.transaction { database in
            try await database.put(changed, at: principal.now)
            try await database.record(act, by: principal.actor, at: principal.now)
            return changed
        }
    }

    private var subject: Act.Subject { Act.Subject("fiscal_profile", id.uuid, named: legalName) }
}

package enum FiscalRefusal: Refusal, MessageCatalogue, Equatable {
    case wrongForm, wrongDigit, rateMissing

    package var status: Status { .unprocessableContent }

    package var code: String {
        switch self {
        case .wrongForm: "tax_id_form"
        case .wrongDigit: "tax_id_digit"
        case .rateMissing: "tax_rate_missing"
        }
    }

    var field: String { self == .rateMissing ? "tax_rate" : "tax_id" }

    package var message: Message {
        switch self {
        case .wrongForm:
            Message(
                es: "Esa no es una identificación fiscal del país. Revise las cifras y letras.",
                en: "That is no tax number of the country. Check its digits and letters.",
                pt: "Essa não é uma identificação fiscal do país. Revise os dígitos e letras.")
        case .wrongDigit:
            Message(
                es: "El dígito verificador no corresponde: hay una cifra equivocada.",
                en: "The check digit does not fit: one of the digits is wrong.",
                pt: "O dígito verificador não confere: há um dígito errado.")
        case .rateMissing:
            Message(es: "Diga la tasa propia.", en: "Say the rate of its own.", pt: "Diga a alíquota própria.")
        }
    }
}

extension TenantDatabase {
    private var profileColumns: SQL {
        """
        profile_id, customer_id, legal_name, tax_id, regime, purpose, postal_code, address, email, tax, tax_rate
        """
    }

    package func fiscalProfiles(of customer: Customer.ID) async throws(DatabaseError) -> [FiscalProfile] {
        try await rows(
            """
            SELECT \(profileColumns) FROM fiscal_profiles WHERE tenant_id = \(tenant) AND customer_id = \(customer)
            ORDER BY profile_id
            """)
    }

    package func fiscalProfile(_ id: FiscalProfile.ID, locked: Bool = false) async throws(DatabaseError)
        -> FiscalProfile?
    {
        try await first(
            """
            SELECT \(profileColumns) FROM fiscal_profiles WHERE tenant_id = \(tenant) AND profile_id = \(id)
            \(locked ? .forUpdate(of: "fiscal_profiles") : .nothing)
            """)
    }

    fileprivate func put(_ profile: FiscalProfile, at now: Instant) async throws(DatabaseError) {
        try await execute(
            """
            INSERT INTO fiscal_profiles (
                tenant_id, profile_id, customer_id, legal_name, tax_id, regime, purpose, postal_code, address, email,
                tax, tax_rate, made_at)
            VALUES (
                \(tenant), \(profile.id), \(profile.customer), \(profile.legalName), \(profile.taxID),
                \(profile.regime), \(profile.purpose), \(profile.postalCode), \(profile.address), \(profile.email),
                \(profile.tax.rawValue), \(Int32(profile.taxRate)), \(now))
            ON CONFLICT (tenant_id, profile_id) DO UPDATE SET
                legal_name = excluded.legal_name, tax_id = excluded.tax_id, regime = excluded.regime,
                purpose = excluded.purpose, postal_code = excluded.postal_code, address = excluded.address,
                email = excluded.email, tax = excluded.tax, tax_rate = excluded.tax_rate
            """)
    }
}

extension FiscalProfile: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("profile_id")
        customer = try row.read("customer_id")
        legalName = try row.read("legal_name")
        taxID = try row.read("tax_id")
        regime = try row.read("regime")
        purpose = try row.read("purpose")
        postalCode = try row.read("postal_code")
        address = try row.read("address")
        email = try row.read("email")
        tax = try row.word("tax")
        let rate: Int32 = try row.read("tax_rate")
        taxRate = Int(rate)
    }
}
