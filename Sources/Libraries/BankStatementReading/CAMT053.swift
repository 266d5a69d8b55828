import BankStatements
import Locale
import SpreadsheetReading
import Spreadsheets
import Time
import XML

/// camt.053 of ISO 20022, in any of its versions: elements are known by their names, not by their namespace.
enum CAMT053 {
    static func file(_ text: [UInt8], of work: ReadBankStatement) throws(StatementFault) -> StatementFile {
        let handler = StatementHandler(work)
        do {
            let reader = try XMLReader(handler)
            handler.reader = reader
            // The text is UTF-8 by now, whatever its declaration says.
            var rest = withoutDeclaration(text)
            // libxml2 refuses ten million bytes in one call.
            while !rest.isEmpty {
                try reader.read(Array(rest.prefix(64 * 1024)))
                rest = rest.dropFirst(64 * 1024)
            }
            do {
                try reader.read([], isLast: true)
            } catch is XMLFault {
                handler.end()
            }
        } catch {
            throw error as? StatementFault ?? .broken
        }
        guard !handler.file.statements.isEmpty else { throw .noStatement }
        return handler.file
    }

    private static func withoutDeclaration(_ text: [UInt8]) -> ArraySlice<UInt8> {
        let start = text.firstIndex { $0 > 0x20 } ?? 0
        guard text[start...].starts(with: Array("<?xml".utf8)),
            let end = text[start...].firstIndex(of: UInt8(ascii: ">"))
        else { return text[start...] }
        return text[(end + 1)...]
    }
}

private final class StatementHandler: XMLHandler {
    var file = StatementFile(.camt053)
    weak var reader: XMLReader?
    private let work: ReadBankStatement
    private var path: [String] = []
    private var text: [UInt8] = []
    private var isCut = false
    private var statement: Said?
    private var balance: Said?
    private var entry: Said?
    private var details: [Said] = []
    private var read: BankStatement?
    private var lines = 0

    /// An element's texts, keyed by the path of names below it: `Amt`, `Refs/EndToEndId`.
    private struct Said {
        var depth: Int
        var line: Int
        var values: [String: String] = [:]
    }

    init(_ work: ReadBankStatement) { self.work = work }

    func begin(_ element: String, _ attributes: XMLAttributes) throws {
        guard path.count < 64 else { throw StatementFault.broken }
        path.append(element)
        text = []
        let said = Said(depth: path.count, line: reader?.line ?? 0)
        switch element {
        case "Stmt" where statement == nil: (statement, read) = (said, nil)
        case "Bal" where statement != nil && entry == nil: balance = said
        case "Ntry" where statement != nil && entry == nil:
            (entry, details) = (said, [])
            lines += 1
        case "TxDtls" where entry != nil:
            details.append(said)
            lines += 1
        default: break
        }
        guard lines <= ReadBankStatement.mostLines else { throw StatementFault.tooLarge }
        if let currency = attributes["Ccy"] { keep(currency, as: element + "@Ccy") }
    }

    func text(_ bytes: UnsafeRawBufferPointer) {
        if text.count < 4 * ReadBankStatement.mostText { text += bytes }
    }

    func end(_ element: String) throws {
        if !text.isEmpty {
            let said = String(decoding: text, as: UTF8.self).tidied
            text = []
            if !said.isEmpty { keep(said, as: element) }
        }
        switch element {
        case "Bal":
            if let balance, balance.depth == path.count { try book(balance: balance) }
            if balance?.depth == path.count { balance = nil }
        case "Ntry":
            if let entry, entry.depth == path.count {
                try book(entry)
                self.entry = nil
            }
        case "Stmt" where statement?.depth == path.count: close()
        default: break
        }
        path.removeLast()
    }

    /// The document was truncated.
    func end() {
        file.isCut = true
        if let entry { file.faults.append(LineFault(line: entry.line, .cut, entry.values["NtryRef"] ?? "")) }
        close()
    }

    private func close() {
        guard let statement else { return }
        var closed = read ?? BankStatement(in: currency(statement.values["Acct/Ccy"]) ?? work.currency)
        closed.account = statement.values["Acct/Id/IBAN"] ?? statement.values["Acct/Id/Othr/Id"] ?? ""
        file.statements.append(closed)
        (self.statement, read, entry, balance) = (nil, nil, nil, nil)
    }

    private func keep(_ said: String, as name: String) {
        func path(below depth: Int) -> String { (self.path[depth...].dropLast() + [name]).joined(separator: "/") }
        if let last = details.indices.last, self.path.count > details[last].depth,
            self.path[details[last].depth - 1] == "TxDtls",
            entry != nil
        {
            let key = path(below: details[last].depth)
            // A remittance text may span several elements.
            let before = key == "RmtInf/Ustrd" ? details[last].values[key].map { $0 + " " } : nil
            details[last].values[key] = ((before ?? "") + said).tidied
        } else if let depth = entry?.depth, self.path.count > depth {
            entry?.values[path(below: depth)] = said
        } else if let depth = balance?.depth, self.path.count > depth {
            balance?.values[path(below: depth)] = said
        } else if let depth = statement?.depth, self.path.count > depth {
            statement?.values[path(below: depth)] = said
        }
    }

    private func currency(_ code: String?) -> Currency? { code.flatMap { Currency(rawValue: $0) } }

    /// The currency of the current statement; its first amount sets it.
    private func currency(of said: Said) throws(StatementFault) -> Currency {
        if let read { return read.currency }
        let code = said.values["Amt@Ccy"] ?? statement?.values["Acct/Ccy"]
        guard let known = code == nil ? work.currency : currency(code) else { throw .unknownCurrency }
        read = BankStatement(in: known)
        return known
    }

    private func book(balance: Said) throws(StatementFault) {
        let currency = try currency(of: balance)
        guard let kind = balance.values["Tp/CdOrPrtry/Cd"],
            let minor = try? Self.minor(balance.values["Amt"] ?? "", currency)
        else { return }
        let signed = BankStatement.Balance(
            balance.values["CdtDbtInd"] == "DBIT" ? -minor : minor,
            on: Self.day(balance.values["Dt/Dt"] ?? balance.values["Dt/DtTm"]))
        switch kind {
        case "OPBD": read?.opening = signed
        // The previous statement's closing balance is this one's opening balance.
        case "PRCD": if read?.opening == nil { read?.opening = signed }
        case "CLBD": read?.closing = signed
        default: break
        }
    }

    private func book(_ entry: Said) throws(StatementFault) {
        let currency = try currency(of: entry)
        let values = entry.values
        func fault(_ reason: LineFault.Reason, _ text: String?) {
            file.faults.append(LineFault(line: entry.line, reason, text ?? ""))
        }
        // Pending entries are announced, not booked.
        if let status = values["Sts/Cd"] ?? values["Sts"], status != "BOOK" {
            file.asides.append(entry.line)
            return
        }
        let said = values["BookgDt/Dt"] ?? values["BookgDt/DtTm"] ?? values["ValDt/Dt"] ?? values["ValDt/DtTm"]
        guard let day = Self.day(said) else { return fault(said == nil ? .noDay : .unreadableDay, said) }
        guard values["Amt@Ccy"].map({ $0 == currency.code }) ?? true else {
            return fault(.otherCurrency, values["Amt@Ccy"])
        }
        guard let isDebit = Self.isDebit(values["CdtDbtInd"]) else {
            return fault(.unreadableSign, values["CdtDbtInd"])
        }
        guard let amount = values["Amt"] else { return fault(.noAmount, values["NtryRef"]) }
        let minor: Int64
        do {
            minor = try Self.minor(amount, currency)
        } catch {
            return fault(.init(error), amount)
        }
        var line = StatementLine(line: entry.line, day: day, minor: isDebit ? -minor : minor)
        line.bankID = values["AcctSvcrRef"] ?? ""
        line.reference = values["NtryRef"] ?? ""
        line.description = values["AddtlNtryInf"] ?? ""
        line.isReversal = values["RvslInd"] == "true" || values["RvslInd"] == "1"
        let parts = parts(of: line, in: currency)
        read?.lines += parts.reduce(0) { $0 + $1.minor } == line.minor ? parts : [line]
    }

    /// A batch booking's details become the lines if they have amounts of their own that sum to it.
    private func parts(of line: StatementLine, in currency: Currency) -> [StatementLine] {
        details.map { part in
            var own = line
            let amount = part.values["Amt"] ?? part.values["AmtDtls/TxAmt/Amt"]
            if let amount, details.count > 1 {
                own.minor = (try? Self.minor(amount, currency)) ?? 0
                if Self.isDebit(part.values["CdtDbtInd"]) ?? (line.minor < 0) { own.minor = -own.minor }
                own.bankID = part.values["Refs/AcctSvcrRef"] ?? part.values["Refs/TxId"] ?? ""
            }
            let structured = part.values["RmtInf/Strd/CdtrRefInf/Ref"]
            let reference = structured ?? part.values["Refs/EndToEndId"].flatMap { $0 == "NOTPROVIDED" ? nil : $0 }
            own.reference = reference ?? part.values["Refs/TxId"] ?? line.reference
            own.description = part.values["RmtInf/Ustrd"] ?? part.values["AddtlTxInf"] ?? line.description
            let other = line.minor < 0 ? "Cdtr" : "Dbtr"
            own.payer = part.values["RltdPties/\(other)/Nm"] ?? part.values["RltdPties/\(other)/Pty/Nm"] ?? ""
            own.payerAccount =
                part.values["RltdPties/\(other)Acct/Id/IBAN"] ?? part.values["RltdPties/\(other)Acct/Id/Othr/Id"] ?? ""
            return own
        }
    }

    private static func isDebit(_ said: String?) -> Bool? { said == "DBIT" ? true : said == "CRDT" ? false : nil }

    private static func minor(_ text: String, _ currency: Currency) throws(AmountFault) -> Int64 {
        guard let amount = WrittenAmount(text), !amount.isNegative else { throw .notAnAmount }
        return try amount.minorUnits(currency.minorDigits, .point)
    }

    private static func day(_ text: String?) -> Day? { text.flatMap { WrittenDay($0)?.day(.yearFirst) } }
}
