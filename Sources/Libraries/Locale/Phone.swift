/// A telephone number, stored as E.164 ("+525512345678") and formatted as its country does.
package struct Phone: Hashable, Sendable {
    package let e164: String
    /// Nil for a country whose numbering plan is unknown.
    package let region: Region?

    /// A number typed in that country: with or without area, trunk and country prefixes, in any punctuation.
    package init(typed text: String, in region: Region) throws(PhoneRefusal) {
        var typed = try TypedPhone(text)
        typed.takeInternationalPrefix(of: region)
        if !typed.isInternational {
            let plan = PhonePlan.of(region)
            let number = try plan.number(from: typed.digits)
            self.init(number, of: PhonePlan.of(international: plan.countryCode + number) ?? plan)
        } else if let plan = PhonePlan.of(international: typed.digits) {
            try self.init(plan.number(from: Array(typed.digits.dropFirst(plan.countryCode.count))), of: plan)
        } else {
            // For other countries only E.164's own rules are known.
            guard typed.digits.count >= 8 else { throw .tooShort }
            guard typed.digits.count <= 15 else { throw .tooLong }
            guard typed.digits.first != UInt8(ascii: "0") else { throw .unknownPrefix }
            self.init(typed.digits)
        }
    }

    /// Parses a stored E.164 number; nil for anything else.
    package init?(e164 text: String) {
        guard text.utf8.first == UInt8(ascii: "+"), let phone = try? Phone(typed: text, in: .mexico) else { return nil }
        self = phone
    }

    private init(_ digits: [UInt8], of plan: PhonePlan? = nil) {
        e164 = "+" + String(decoding: (plan?.countryCode ?? []) + digits, as: UTF8.self)
        region = plan?.region
    }

    /// Without the country code where the plan is known.
    package var significantDigits: String {
        String(e164.dropFirst(1 + (region.map { PhonePlan.of($0).countryCode.count } ?? 0)))
    }

    /// "55 1234 5678", the national format; E.164 where it is unknown.
    package var national: String {
        guard let region else { return e164 }
        return PhonePlan.of(region).text(of: e164) ?? e164
    }

    /// In the national format for readers of the same country, else with the country code.
    package func text(in region: Region) -> String { self.region == region ? national : e164 }

    /// Formats a stored number fast enough for each row of a list. A text stored before numbers were validated is
    /// returned as it is.
    package static func text(of stored: String, in region: Region) -> String {
        PhonePlan.of(region).text(of: stored) ?? stored
    }
}

package enum PhoneRefusal: Error, MessageCatalogue {
    case empty
    case strangeCharacter
    case tooShort
    case tooLong
    case areaMissing
    case unknownPrefix

    package var message: Message {
        switch self {
        case .empty:
            Message(
                es: "Escriba un teléfono.", tu: "Escribe un teléfono.", vos: "Escribí un teléfono.",
                en: "Enter a phone number.", pt: "Digite um telefone.")
        case .strangeCharacter:
            Message(
                es: "El teléfono solo lleva cifras, espacios, guiones, paréntesis y un + al inicio.",
                en: "A phone number has only digits, spaces, hyphens, parentheses and a leading +.",
                pt: "O telefone só tem números, espaços, hífens, parênteses e um + no início.")
        case .tooShort:
            Message(
                es: "Al teléfono le faltan cifras.", en: "The phone number has too few digits.",
                pt: "Faltam números no telefone.")
        case .tooLong:
            Message(
                es: "Al teléfono le sobran cifras.", en: "The phone number has too many digits.",
                pt: "Há números demais no telefone.")
        case .areaMissing:
            Message(
                es: "Al teléfono le falta el código de área o el prefijo de celular.",
                en: "The phone number lacks its area code or mobile prefix.",
                pt: "Falta o DDD ou o 9 do celular no telefone.")
        case .unknownPrefix:
            Message(
                es: "Ningún teléfono del país empieza así.", en: "No phone number of the country begins like that.",
                pt: "Nenhum telefone do país começa assim.")
        }
    }
}

/// The digits of a typed number.
private struct TypedPhone {
    private(set) var digits: [UInt8] = []
    private(set) var isInternational = false

    init(_ text: String) throws(PhoneRefusal) {
        for letter in text.unicodeScalars {
            switch letter {
            case "0"..."9": digits.append(UInt8(ascii: letter))
            case " ", "\t", "\u{A0}", "-", "\u{2010}", "\u{2011}", "\u{2013}", ".", "(", ")", "/": break
            case "+" where digits.isEmpty && !isInternational: isInternational = true
            default: throw .strangeCharacter
            }
        }
        guard !digits.isEmpty else { throw .empty }
    }

    /// Takes the international dialling prefix.
    mutating func takeInternationalPrefix(of region: Region) {
        let dialsFromNorthAmerica = [.unitedStates, .puertoRico, .dominicanRepublic].contains(region)
        let prefix: [UInt8] = Array((dialsFromNorthAmerica ? "011" : "00").utf8)
        guard !isInternational, digits.starts(with: prefix), digits.count > prefix.count + 7 else { return }
        digits.removeFirst(prefix.count)
        isInternational = true
    }
}
