import BankStatements
import Locale
import Spreadsheets
import Time

/// OFX, written as SGML with unclosed leaves (1.x) or as XML (2.x): both are read as tags with the text behind them.
/// Entity declarations are skipped, so only the predefined entities exist.
///
/// libofx is no alternative: 0.10.9 writes the file to /tmp and leaves it there, reads its DTDs from the disk, keeps
/// amounts as binary fractions and takes more than a minute for 100,000 lines.
struct OFX {
    private let bytes: [UInt8]
    private var line = 1

    init(_ text: [UInt8]) { bytes = text }

    /// The aggregate that the current fields belong to.
    fileprivate enum Part { case other, account, payerAccount, transaction, ledger }

    fileprivate struct Transaction {
        var line: Int
        var isWhole = false
        var fields: [String: String] = [:]
    }

    fileprivate struct Statement {
        var fields: [String: String] = [:]
        var account: [String: String] = [:]
        var ledger: [String: String] = [:]
        var transactions: [Transaction] = []
    }

    func file(_ work: ReadBankStatement) throws(StatementFault) -> StatementFile {
        var reader = self
        return try reader.read(work)
    }

    private mutating func read(_ work: ReadBankStatement) throws(StatementFault) -> StatementFile {
        var file = StatementFile(.ofx)
        file.isCut = true
        var statement: Statement?
        var part = Part.other
        var count = 0
        var place = 0
        while let tag = nextTag(&place) {
            switch tag.name {
            case "STMTRS" where tag.opens, "CCSTMTRS" where tag.opens:
                try close(&statement, in: &file, work)
                (statement, part) = (Statement(), .other)
            case "/STMTRS", "/CCSTMTRS": try close(&statement, in: &file, work)
            case "/OFX": file.isCut = false
            case "BANKACCTFROM", "CCACCTFROM": part = .account
            case "BANKACCTTO", "CCACCTTO": part = .payerAccount
            case "/BANKACCTTO", "/CCACCTTO": part = .transaction
            case "LEDGERBAL": part = .ledger
            case "/BANKACCTFROM", "/CCACCTFROM", "/LEDGERBAL", "AVAILBAL": part = .other
            case "/STMTTRN":
                part = .other
                if let last = statement?.transactions.indices.last { statement?.transactions[last].isWhole = true }
            case "STMTTRN":
                part = .transaction
                count += 1
                guard count <= ReadBankStatement.mostLines else { throw .tooLarge }
                statement?.transactions.append(Transaction(line: tag.line))
            case _ where !tag.text.isEmpty: statement?.keep(tag.text, tag.name, part)
            default: break
            }
        }
        if let last = statement?.transactions.last, !last.isWhole {
            statement?.transactions.removeLast()
            file.faults.append(LineFault(line: last.line, .cut, last.fields["NAME"] ?? ""))
        }
        try close(&statement, in: &file, work)
        guard !file.statements.isEmpty else { throw .noStatement }
        return file
    }

    private struct Tag {
        var name: String
        var text: String
        var line: Int
        var opens: Bool { !name.hasPrefix("/") }
    }

    /// The next tag and the text behind it; nil at the end or at an unterminated tag.
    private mutating func nextTag(_ place: inout Int) -> Tag? {
        while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
            guard let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            line += bytes[place..<start].count { $0 == 0x0A }
            let next = bytes[end...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
            place = end + 1
            let name = bytes[(start + 1)..<end]
            guard name.count <= 40, let first = name.first, first != UInt8(ascii: "!"), first != UInt8(ascii: "?")
            else {
                continue
            }
            return Tag(
                name: String(decoding: name, as: UTF8.self).uppercased(),
                text: Self.text(bytes[(end + 1)..<next]), line: line)
        }
        return nil
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes.prefix(4 * ReadBankStatement.mostText), as: UTF8.self).tidied
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        return [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }.tidied
    }

    private func close(
        _ statement: inout Statement?, in file: inout StatementFile, _ work: ReadBankStatement
    ) throws(StatementFault) {
        guard let said = statement else { return }
        statement = nil
        var currency = work.currency
        if let code = said.fields["CURDEF"] {
            guard let known = Currency(rawValue: code.uppercased()) else { throw .unknownCurrency }
            currency = known
        }
        var read = BankStatement(account: said.account["ACCTID"] ?? "", in: currency)
        if let amount = said.ledger["BALAMT"], let minor = try? Self.minor(amount, currency) {
            read.closing = .init(minor, on: Self.day(said.ledger["DTASOF"]))
        }
        for transaction in said.transactions {
            let fields = transaction.fields
            func fault(_ reason: LineFault.Reason, _ name: String) {
                file.faults.append(LineFault(line: transaction.line, reason, fields[name] ?? ""))
            }
            guard let day = Self.day(fields["DTPOSTED"]) else {
                fault(fields["DTPOSTED"] == nil ? .noDay : .unreadableDay, "DTPOSTED")
                continue
            }
            guard let amount = fields["TRNAMT"] else {
                fault(.noAmount, "NAME")
                continue
            }
            do {
                var line = StatementLine(line: transaction.line, day: day, minor: try Self.minor(amount, currency))
                line.description = fields["MEMO"] ?? fields["NAME"] ?? ""
                line.reference = fields["REFNUM"] ?? fields["CHECKNUM"] ?? ""
                line.payer = fields["NAME"] ?? ""
                line.payerAccount = fields["ACCTID"] ?? ""
                line.bankID = fields["FITID"] ?? ""
                line.isReversal = fields["CORRECTFITID"] != nil
                read.lines.append(line)
            } catch {
                fault(.init(error), "TRNAMT")
            }
        }
        file.statements.append(read)
    }

    /// OFX has no thousands separator.
    private static func minor(_ text: String, _ currency: Currency) throws(AmountFault) -> Int64 {
        guard let amount = WrittenAmount(text) else { throw .notAnAmount }
        return try amount.minorUnits(
            currency.minorDigits, text.utf8.last { $0 == 0x2C || $0 == 0x2E } == 0x2C ? .comma : .point)
    }

    private static func day(_ text: String?) -> Day? {
        text.flatMap { WrittenDay(String($0.prefix(8)))?.day(.yearFirst) }
    }
}

extension OFX.Statement {
    fileprivate mutating func keep(_ text: String, _ name: String, _ part: OFX.Part) {
        switch part {
        case .other: fields[name] = text
        case .account: account[name] = text
        case .ledger: ledger[name] = text
        case .transaction, .payerAccount:
            if let last = transactions.indices.last { transactions[last].fields[name] = text }
        }
    }
}

extension LineFault.Reason {
    init(_ fault: AmountFault) {
        self =
            switch fault {
            case .notAnAmount: .unreadableAmount
            case .tooManyDecimals: .tooManyDecimals
            case .tooLarge: .amountTooLarge
            }
    }
}
