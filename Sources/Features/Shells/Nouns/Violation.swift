import Identifiers
import JSON
import Locale
import Time

/// A position in the input that violates its schema.
package struct Violation: Sendable, Equatable {
    package enum Fault: Error, Equatable {
        case missing
        case unknown
        case repeated
        case notText, notInteger, notFlag, notList, notObject
        case tooShort(Int)
        case tooLong(Int)
        case outside(ClosedRange<Int>)
        case notAmong([String])
        case notALine, notLines
        case notID, notDay, notEmail, notAToken, notSpeed, notCoordinates
        case notAmount(AmountRefusal, Currency)
        case notPhone(PhoneRefusal)
        case negative
    }

    package let pointer: JSONPointer
    package let fault: Fault

    package init(pointer: JSONPointer, fault: Fault) {
        self.pointer = pointer
        self.fault = fault
    }

    /// A list of faults is for people; a million wrong elements must not become a million pointers.
    package static let most = 50
}

extension Schema {
    /// All violations of a value.
    package func violations(of value: JSONValue, at pointer: JSONPointer = .root) -> [Violation] {
        if value == .null, isNullable { return [] }
        switch (kind, value) {
        case (.text(let rule), .string(let text)): return one(rule.fault(of: text), pointer)
        case (.text, _): return one(.notText, pointer)
        case (.integer(let range), .integer(let number)):
            return one(range.contains(Int(number)) ? nil : .outside(range), pointer)
        case (.integer, _): return one(.notInteger, pointer)
        case (.flag, .bool): return []
        case (.flag, _): return one(.notFlag, pointer)
        case (.list(let element), .array(let values)):
            var found: [Violation] = []
            for (index, value) in values.enumerated() where found.count < Violation.most {
                found += element.violations(of: value, at: pointer.appending(index))
            }
            return found
        case (.list, _): return one(.notList, pointer)
        case (.object(let fields), .object(let object)): return violations(of: object, fields, pointer)
        case (.anyObject, .object): return []
        case (.object, _), (.anyObject, _): return one(.notObject, pointer)
        }
    }

    private func violations(of object: JSONObject, _ fields: [Field], _ pointer: JSONPointer) -> [Violation] {
        var found: [Violation] = []
        for field in fields {
            if let value = object[field.name] {
                found += field.schema.violations(of: value, at: pointer.appending(field.name))
            } else if field.isRequired {
                found.append(Violation(pointer: pointer.appending(field.name), fault: .missing))
            }
        }
        for member in object.members where found.count < Violation.most {
            if fields.contains(where: { $0.name == member.name }) { continue }
            found.append(Violation(pointer: pointer.appending(member.name), fault: .unknown))
        }
        return Array(found.prefix(Violation.most))
    }

    private func one(_ fault: Violation.Fault?, _ pointer: JSONPointer) -> [Violation] {
        fault.map { [Violation(pointer: pointer, fault: $0)] } ?? []
    }
}

extension TextRule {
    fileprivate func fault(of text: String) -> Violation.Fault? {
        switch self {
        case .any: return nil
        case .line(let length):
            let count = text.unicodeScalars.count
            if count < length.lowerBound { return .tooShort(length.lowerBound) }
            if count > length.upperBound { return .tooLong(length.upperBound) }
            return Self.isLine(text.utf8) ? nil : .notALine
        case .lines(let length):
            let count = text.unicodeScalars.count
            if count < length.lowerBound { return .tooShort(length.lowerBound) }
            if count > length.upperBound { return .tooLong(length.upperBound) }
            return Self.areLines(text.utf8) ? nil : .notLines
        case .token(let length):
            return text.utf8.count == length && text.utf8.allSatisfy(Self.isTokenCharacter) ? nil : .notAToken
        case .words(let words): return words.contains(text) ? nil : .notAmong(words)
        // The schema was not completed with the rooms' words.
        case .declared: return .notAmong([])
        case .format(.uuid): return UUID(text) == nil ? .notID : nil
        case .format(.date): return Day(iso: text) == nil ? .notDay : nil
        }
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Equivalent to `linesPattern`.
    private static func areLines(_ text: String.UTF8View) -> Bool {
        text.allSatisfy { [0x09, 0x0A, 0x0D].contains($0) || ($0 >= 0x20 && $0 != 0x7F) }
    }

    /// Equivalent to `linePattern`.
    private static func isLine(_ text: String.UTF8View) -> Bool {
        func isMark(_ byte: UInt8?) -> Bool { byte.map { $0 > 0x20 && $0 != 0x7F } ?? true }
        return isMark(text.first) && isMark(text.last) && text.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

extension Violation.Fault {
    /// A stable identifier for programs.
    package var code: String {
        switch self {
        case .missing: "missing"
        case .unknown: "unknown"
        case .repeated: "repeated"
        case .notText, .notInteger, .notFlag, .notList, .notObject: "type"
        case .tooShort: "too_short"
        case .tooLong: "too_long"
        case .outside, .negative: "out_of_range"
        case .notAmong: "not_allowed"
        case .notALine, .notLines: "characters"
        case .notID, .notDay, .notEmail, .notAToken, .notSpeed, .notCoordinates, .notAmount, .notPhone: "format"
        }
    }

    package func text(for reader: Reader) -> String { message.text(for: reader, blanks) }

    var message: Message {
        switch self {
        case .notAmount(let refusal, _): refusal.message
        case .notPhone(let refusal): refusal.message
        default: words.message
        }
    }

    private var words: ViolationWords {
        switch self {
        case .missing: .missing
        case .unknown: .unknown
        case .repeated: .repeated
        case .notText: .notText
        case .notInteger: .notInteger
        case .notFlag: .notFlag
        case .notList: .notList
        case .notObject: .notObject
        case .tooShort: .tooShort
        case .tooLong: .tooLong
        case .outside: .outside
        case .notAmong: .notAmong
        case .notALine: .notALine
        case .notLines: .notLines
        case .notID: .notID
        case .notDay: .notDay
        case .notEmail: .notEmail
        case .notAToken: .notAToken
        case .notSpeed: .notSpeed
        case .notCoordinates: .notCoordinates
        case .notAmount: .notAmount
        case .notPhone: .notPhone
        case .negative: .negative
        }
    }

    var blanks: [Blank] {
        switch self {
        case .tooShort(let length), .tooLong(let length): [.count(length)]
        case .outside(let range): [.number("least", range.lowerBound), .number("most", range.upperBound)]
        case .notAmong(let words): [.text("words", words.joined(separator: ", "))]
        case .notAmount(_, let currency): [.money("example", AmountRefusal.example(in: currency))]
        default: []
        }
    }
}

package enum ViolationWords: MessageCatalogue {
    case missing, unknown, repeated, notText, notInteger, notFlag, notList, notObject, tooShort, tooLong, outside,
        notAmong
    case notALine, notLines, notID, notDay, notEmail, notAToken, notSpeed, notCoordinates, notAmount, notPhone,
        negative, invalidBody,
        invalidQuery, malformedJSON

    package var message: Message {
        switch self {
        case .missing: Message(es: "Falta este campo.", en: "This field is missing.", pt: "Falta este campo.")
        case .unknown:
            Message(
                es: "Aquí no existe un campo con este nombre.", en: "There is no field of this name here.",
                pt: "Não existe um campo com este nome aqui.")
        case .repeated:
            Message(es: "Se dio más de una vez.", en: "It was given twice.", pt: "Foi dado mais de uma vez.")
        case .notText: Message(es: "Debe ser un texto.", en: "It must be text.", pt: "Deve ser um texto.")
        case .notInteger:
            Message(
                es: "Debe ser un número entero.", en: "It must be a whole number.", pt: "Deve ser um número inteiro.")
        case .notFlag:
            Message(es: "Debe ser true o false.", en: "It must be true or false.", pt: "Deve ser true ou false.")
        case .notList: Message(es: "Debe ser una lista.", en: "It must be a list.", pt: "Deve ser uma lista.")
        case .notObject: Message(es: "Debe ser un objeto.", en: "It must be an object.", pt: "Deve ser um objeto.")
        case .tooShort:
            Message(
                es: .count(
                    one: "Debe tener al menos un carácter.", many: "Debe tener al menos {count} de caracteres.",
                    other: "Debe tener al menos {count} caracteres."),
                en: .count(
                    one: "It must have at least one character.", other: "It must have at least {count} characters."),
                pt: .count(
                    one: "Deve ter ao menos {count} caractere.", many: "Deve ter ao menos {count} de caracteres.",
                    other: "Deve ter ao menos {count} caracteres."))
        case .tooLong:
            Message(
                es: .count(
                    one: "Puede tener un carácter como máximo.",
                    many: "Puede tener {count} de caracteres como máximo.",
                    other: "Puede tener {count} caracteres como máximo."),
                en: .count(
                    one: "It may have one character at most.", other: "It may have {count} characters at most."),
                pt: .count(
                    one: "Pode ter {count} caractere no máximo.", many: "Pode ter {count} de caracteres no máximo.",
                    other: "Pode ter {count} caracteres no máximo."))
        case .outside:
            Message(
                es: "Debe estar entre {least} y {most}.", en: "It must be between {least} and {most}.",
                pt: "Deve estar entre {least} e {most}.")
        case .notAmong:
            Message(es: "Debe ser uno de: {words}.", en: "It must be one of: {words}.", pt: "Deve ser um de: {words}.")
        case .notALine:
            Message(
                es: "Debe ser una sola línea, sin espacios al principio ni al final.",
                en: "It must be a single line without blanks around it.",
                pt: "Deve ser uma única linha, sem espaços no começo nem no fim.")
        case .notLines:
            Message(
                es: "Debe ser texto legible, sin caracteres de control.",
                en: "It must be text that can be read, without control characters.",
                pt: "Deve ser texto legível, sem caracteres de controle.")
        case .notID:
            Message(
                es: "Debe ser un identificador (UUID).", en: "It must be an identifier (UUID).",
                pt: "Deve ser um identificador (UUID).")
        case .notEmail:
            Message(
                es: "Debe ser un correo como ana@ejemplo.com.", en: "It must be an e-mail such as ana@example.com.",
                pt: "Deve ser um e-mail como ana@exemplo.com.")
        case .notDay:
            Message(
                es: "Debe ser una fecha que exista, como 2026-11-20.",
                en: "It must be a day that exists, as 2026-11-20.",
                pt: "Deve ser uma data que exista, como 2026-11-20.")
        case .notSpeed:
            Message(
                es: "Debe ser una velocidad como 8M, 512k o 1G.", en: "It must be a speed such as 8M, 512k or 1G.",
                pt: "Deve ser uma velocidade como 8M, 512k ou 1G.")
        case .notCoordinates:
            Message(
                es: "Deben ser latitud y longitud, como 19.4326, -99.1332.",
                en: "They must be latitude and longitude, as 19.4326, -99.1332.",
                pt: "Devem ser latitude e longitude, como 19.4326, -99.1332.")
        case .notAmount: AmountRefusal.notANumber.message
        case .notPhone: PhoneRefusal.unknownPrefix.message
        case .negative:
            Message(
                es: "No puede ser un importe negativo.", en: "It cannot be a negative amount.",
                pt: "Não pode ser um valor negativo.")
        case .invalidBody:
            Message(
                es: "El cuerpo no es como se describe. Vea errors.", en: "The body is not as described. See errors.",
                pt: "O corpo não é como se descreve. Veja errors.")
        case .invalidQuery:
            Message(
                es: "La consulta no es como se describe. Vea errors.", en: "The query is not as described. See errors.",
                pt: "A consulta não é como se descreve. Veja errors.")
        case .malformedJSON:
            Message(
                es: "El cuerpo no es JSON: se rompe en el lugar de line y column.",
                en: "The body is not JSON: it breaks at the place of line and column.",
                pt: "O corpo não é JSON: quebra no lugar de line e column.")
        case .notAToken:
            Message(
                es: "El cursor no es de esta lista con este filtro.",
                en: "The cursor is not of this list with this filter.",
                pt: "O cursor não é desta lista com este filtro.")
        }
    }
}
