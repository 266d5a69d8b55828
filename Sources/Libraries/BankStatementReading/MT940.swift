import BankStatements
import Locale
import Spreadsheets
import Time

/// MT940, as SWIFT has it: fields that begin with `:61:` and go on over lines.
struct MT940 {
    private let text: [UInt8]

    init(_ text: [UInt8]) { self.text = text }

    private struct Field {
        let line: Int
        let tag: String
        var text: String
    }

    private var fields: [Field] {
        var fields: [Field] = []
        var number = 0
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            number += 1
            var line = line
            if line.last == 0x0D { line.removeLast() }
            // The blocks around the message, when it is still in its envelope.
            if line.first == UInt8(ascii: "{"), let end = line.lastIndex(of: UInt8(ascii: "{")) {
                guard let colon = line[end...].firstIndex(of: UInt8(ascii: ":")), colon + 1 < line.count else {
                    continue
                }
                line = line[(colon + 1)...]
            }
            if line.first == UInt8(ascii: "-"), line.count == 1 || line.dropFirst().first == UInt8(ascii: "}") {
                continue
            }
            let parts = line.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
            if parts.count == 3, parts[0].isEmpty, (2...3).contains(parts[1].count),
                parts[1].prefix(2).allSatisfy(\.isDigit)
            {
                fields.append(
                    Field(
                        line: number, tag: String(decoding: parts[1], as: UTF8.self),
                        text: String(decoding: parts[2], as: UTF8.self)))
            } else if let last = fields.indices.last, fields[last].text.utf8.count < 4 * ReadBankStatement.mostText {
                fields[last].text += "\n" + String(decoding: line, as: UTF8.self)
            }
        }
        return fields
    }

    func file(_ work: ReadBankStatement) throws(StatementFault) -> StatementFile {
        var file = StatementFile(.mt940)
        var statement: BankStatement?
        var account = ""
        // Whether a following `:86:` belongs to the last line, or to one that could not be read.
        var hasLine = false
        // A long statement spans several messages, with intermediate balances (60M, 62M) in between.
        var goesOn = false
        func close(_ statement: inout BankStatement?) {
            if let said = statement { file.statements.append(said) }
            statement = nil
        }
        for field in fields {
            switch field.tag {
            case "20": if !goesOn { close(&statement) }
            case "25":
                account = field.text.tidied
                if statement?.account != account { close(&statement) }
            case "60F", "60M":
                hasLine = false
                guard let (balance, currency) = try Self.balance(field.text) else { continue }
                if field.tag == "60M", goesOn, statement?.currency == currency { continue }
                close(&statement)
                statement = BankStatement(account: account, in: currency)
                statement?.opening = balance
            case "61":
                hasLine = false
                if statement == nil { statement = BankStatement(account: account, in: work.currency) }
                switch Self.line(field.text, at: field.line, in: statement?.currency ?? work.currency) {
                case .success(let line):
                    statement?.lines.append(line)
                    hasLine = true
                case .failure(let fault): file.faults.append(fault.fault)
                }
            case "86":
                if hasLine, var line = statement?.lines.popLast() {
                    MovementDetails(field.text).tell(&line)
                    statement?.lines.append(line)
                }
                hasLine = false
            case "62F", "62M":
                hasLine = false
                goesOn = field.tag == "62M"
                statement?.closing = try Self.balance(field.text)?.0
            default: break
            }
        }
        file.isCut = statement != nil && (statement?.closing == nil || goesOn)
        close(&statement)
        guard !file.statements.isEmpty else { throw .noStatement }
        return file
    }

    /// `C260301MXN1234,56`
    private static func balance(_ text: String) throws(StatementFault) -> (BankStatement.Balance, Currency)? {
        var cursor = Cursor(text)
        guard let mark = cursor.letters(1), mark == "C" || mark == "D", let day = cursor.day(),
            let code = cursor.letters(3)
        else { return nil }
        guard let currency = Currency(rawValue: code) else { throw .unknownCurrency }
        guard let minor = try? cursor.amount(currency) else { return nil }
        return (.init(mark == "D" ? -minor : minor, on: day), currency)
    }

    private struct Unreadable: Error { let fault: LineFault }

    /// `2603010302C1500,50NTRFreferencia//banco`, with the bank's supplementary details on a line of their own.
    private static func line(_ text: String, at number: Int, in currency: Currency)
        -> Swift.Result<StatementLine, Unreadable>
    {
        func fault(_ reason: LineFault.Reason) -> Swift.Result<StatementLine, Unreadable> {
            .failure(Unreadable(fault: LineFault(line: number, reason, text.tidied)))
        }
        var cursor = Cursor(text)
        guard let valued = cursor.day() else { return fault(.unreadableDay) }
        let booked = cursor.day(near: valued) ?? valued
        let isReversal = cursor.take("R") || cursor.take("E")
        guard let mark = cursor.letters(1), mark == "C" || mark == "D" else { return fault(.unreadableSign) }
        // The currency's third letter, which is optional here.
        _ = cursor.letters(1)
        let minor: Int64
        do {
            minor = try cursor.amount(currency)
        } catch {
            return fault(cursor.isAtEnd ? .cut : .init(error))
        }
        // A reversal has the opposite sign.
        var line = StatementLine(line: number, day: booked, minor: (mark == "C") == isReversal ? -minor : minor)
        line.isReversal = isReversal
        let rest = cursor.rest.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let references = (rest.first ?? "").dropFirst(4)
        if let bank = references.firstRange(of: "//") {
            line.reference = String(references[..<bank.lowerBound]).tidied
            line.bankID = String(references[bank.upperBound...]).tidied
        } else {
            line.reference = String(references).tidied
        }
        if line.reference == "NONREF" { line.reference = "" }
        if rest.count > 1 { line.description = String(rest[1]).tidied }
        return .success(line)
    }
}

/// Reads a field from left to right.
private struct Cursor {
    private var bytes: Substring.UTF8View

    init(_ text: String) { bytes = text[...].utf8 }

    var isAtEnd: Bool { bytes.isEmpty }
    var rest: Substring { Substring(bytes) }

    mutating func take(_ letter: Unicode.Scalar) -> Bool {
        guard bytes.first == UInt8(ascii: letter) else { return false }
        bytes.removeFirst()
        return true
    }

    mutating func letters(_ count: Int) -> String? {
        let letters = bytes.prefix(count)
        guard letters.count == count, letters.allSatisfy({ $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }) else {
            return nil
        }
        bytes.removeFirst(count)
        return String(Substring(letters))
    }

    private mutating func digits(_ count: Int) -> Int? {
        let digits = bytes.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isDigit) else { return nil }
        bytes.removeFirst(count)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    mutating func day() -> Day? {
        guard let number = digits(6) else { return nil }
        let year = number / 10_000
        return Day(year: year + (year < 80 ? 2000 : 1900), month: number / 100 % 100, day: number % 100)
    }

    /// A day without a year; near New Year, the candidate nearest to the other day.
    mutating func day(near other: Day) -> Day? {
        let start = bytes
        guard let number = digits(4) else { return nil }
        let days = (-1...1).compactMap { Day(year: other.year + $0, month: number / 100, day: number % 100) }
        guard let nearest = days.min(by: { abs($0 - other) < abs($1 - other) }) else {
            bytes = start
            return nil
        }
        return nearest
    }

    mutating func amount(_ currency: Currency) throws(AmountFault) -> Int64 {
        let digits = bytes.prefix { $0 == UInt8(ascii: ",") || $0.isDigit }
        bytes.removeFirst(digits.count)
        let text = Substring(digits)
        guard let amount = WrittenAmount(text.hasSuffix(",") ? String(text.dropLast()) : String(text)) else {
            throw .notAnAmount
        }
        return try amount.minorUnits(currency.minorDigits, .comma)
    }
}

/// The `:86:` field with a movement's details: in the subfields of German (`?20`) or Dutch (`/REMI/`) banks, or free
/// text.
struct MovementDetails {
    private let text: String
    /// Without line breaks, which may fall anywhere.
    private let whole: String

    init(_ text: String) {
        self.text = text
        whole = String(decoding: text.utf8.filter { $0 != 0x0A }, as: UTF8.self)
    }

    func tell(_ line: inout StatementLine) {
        if let parts = numberedParts {
            tell(&line, parts)
        } else if let parts = namedParts {
            tell(&line, parts)
        } else {
            line.description = [line.description, text].filter { !$0.isEmpty }.joined(separator: " ").tidied
        }
        if line.reference.isEmpty { line.reference = SPEIText.reference(in: line.description) ?? "" }
    }

    /// The numbered subfields of `166?00ABONO?20texto?32nombre`.
    private var numberedParts: [(number: Int, text: String)]? {
        guard whole.utf8.prefix(3).allSatisfy(\.isDigit) || whole.hasPrefix("?"), whole.utf8.count > 6 else {
            return nil
        }
        let parts = whole.utf8.split(separator: UInt8(ascii: "?"), omittingEmptySubsequences: false).dropFirst()
            .compactMap { part -> (number: Int, text: String)? in
                let digits = part.prefix(2)
                guard digits.count == 2, digits.allSatisfy(\.isDigit), let number = Int(Substring(digits)) else {
                    return nil
                }
                return (number, String(Substring(part.dropFirst(2))))
            }
        return parts.isEmpty ? nil : parts
    }

    private func tell(_ line: inout StatementLine, _ parts: [(number: Int, text: String)]) {
        func text(_ numbers: [ClosedRange<Int>]) -> String {
            parts.filter { part in numbers.contains { $0.contains(part.number) } }.map(\.text).joined()
        }
        let purpose = text([20...29, 60...63])
        let references = Self.tagged(purpose)
        line.description = (references["SVWZ"] ?? (purpose.isEmpty ? text([0...0]) : purpose)).tidied
        if let reference = references["EREF"], reference != "NOTPROVIDED" { line.reference = reference.tidied }
        line.payer = text([32...33]).tidied
        line.payerAccount = text([31...31]).tidied
    }

    /// The SEPA tags of `EREF+uno SVWZ+dos`; text before the first tag is ignored.
    private static func tagged(_ text: String) -> [String: String] {
        var tagged: [String: String] = [:]
        var name: String?
        var rest = text[...]
        while let plus = rest.firstIndex(of: "+") {
            let before = rest[..<plus]
            let tag = String(before.suffix(4))
            rest = rest[rest.index(after: plus)...]
            guard ["EREF", "KREF", "MREF", "SVWZ", "CRED", "DEBT", "ABWA", "IBAN"].contains(tag) else {
                if let name { tagged[name, default: ""] += before + "+" }
                continue
            }
            if let name { tagged[name, default: ""] += before.dropLast(4) }
            name = tag
        }
        if let name { tagged[name, default: ""] += rest }
        return tagged
    }

    /// The named subfields of `/EREF/uno/NAME/dos/REMI/tres`.
    private var namedParts: [String: String]? {
        guard whole.hasPrefix("/") else { return nil }
        var parts: [String: String] = [:]
        var name: String?
        for word in whole.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            if (2...4).contains(word.utf8.count),
                word.utf8.allSatisfy({ $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") })
            {
                name = String(word)
            } else if let name {
                parts[name] = parts[name].map { $0.isEmpty ? String(word) : $0 + "/" + word } ?? String(word)
            }
        }
        return parts.isEmpty ? nil : parts
    }

    private func tell(_ line: inout StatementLine, _ parts: [String: String]) {
        line.description = (parts["REMI"] ?? parts["SVWZ"] ?? parts["TRTP"] ?? text).tidied
        if let reference = parts["EREF"] ?? parts["ROC"], reference != "NOTPROVIDED" {
            line.reference = reference.tidied
        }
        line.payer = (parts["NAME"] ?? parts["ORDP"] ?? "").tidied
        line.payerAccount = (parts["IBAN"] ?? parts["CNTP"] ?? "").tidied
    }
}
