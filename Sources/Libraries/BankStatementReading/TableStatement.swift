import BankStatements
import Locale
import Spreadsheets
import Time

/// A statement in rows and columns.
struct TableStatement {
    private let sheet: Spreadsheet.Sheet
    private let work: ReadBankStatement
    private let layout: TableLayout
    private let indices: ByRole<Int>
    private let order: DayOrder
    private let marks: ByRole<DecimalMark>
    private let debitsAreNegative: Bool
    private var reading: TableReading

    init(_ sheet: Spreadsheet.Sheet, for work: ReadBankStatement) {
        let layout = TableLayout(of: sheet, with: work.mappings)
        let indices = ByRole(layout.columns.map { ($0.role, $0.index) })
        let rows = sheet.rows[(layout.titleRow + 1)...]
        func cells(_ role: StatementMapping.Role) -> [Spreadsheet.Cell] {
            indices[role].map { index in rows.compactMap { $0.indices.contains(index) ? $0[index] : nil } } ?? []
        }

        var doubts: [TableReading.Doubt] = []
        if let order = layout.mapping?.dayOrder {
            self.order = order
        } else {
            let found = DayOrder.found(in: cells(.day).map(\.text), assuming: work.dayOrder)
            order = found?.order ?? work.dayOrder
            if found?.isCertain == false { doubts.append(.dayOrder) }
        }

        let roles: [StatementMapping.Role] = [.amount, .credit, .debit, .balance]
        let findings = roles.map { DecimalMark.found(in: cells($0)) }
        // A bank usually writes all amounts of a file alike: a column that leaves its decimal mark open takes
        // another's.
        let usual = findings.lazy.compactMap(\.mark).first
        marks = ByRole(
            zip(roles, findings).map { role, finding in
                (role, layout.mapping?.decimalMark ?? finding.mark ?? usual ?? work.decimalMark)
            })
        if layout.mapping?.decimalMark == nil, usual == nil, findings.contains(where: \.isAmbiguous) {
            doubts.append(.decimalMark)
        }
        debitsAreNegative =
            cells(.debit).contains { $0.isNegativeAmount }
            && cells(.debit).allSatisfy { $0.isNegativeAmount || !$0.isPositiveAmount }
        if indices[.amount] != nil, indices[.sign] == nil, indices[.debit] == nil,
            !cells(.amount).contains(where: \.isNegativeAmount)
        {
            doubts.append(.signs)
        }

        (self.sheet, self.work, self.layout, self.indices) = (sheet, work, layout, indices)
        reading = TableReading(
            layout.source,
            StatementMapping(
                layout.columns, dayOrder: layout.mapping?.dayOrder, decimalMark: layout.mapping?.decimalMark))
        reading.doubts = doubts
        reading.sheet = sheet.name
        reading.titleLine = layout.titleRow + 1
        let titles = layout.titleRow >= 0 ? sheet.rows[layout.titleRow] : []
        reading.titles = (0..<rows.prefix(50).map(\.count).reduce(titles.count, max)).map { column in
            titles.indices.contains(column) ? titles[column].text.tidied : ""
        }
        reading.samples = rows.lazy.filter { !$0.isEmpty }.prefix(5).map { $0.map(\.text.tidied) }
    }

    func file() -> StatementFile {
        var file = StatementFile(.table)
        var statement = BankStatement(in: work.currency)
        var reading = reading
        for (row, cells) in sheet.rows.enumerated() where !cells.isEmpty {
            guard row > layout.titleRow, layout.source != .nothing else {
                file.asides.append(row + 1)
                if row != layout.titleRow { note(cells, of: &statement) }
                continue
            }
            switch line(cells, at: row) {
            case .line(let line): statement.lines.append(line)
            case .fault(let fault): file.faults.append(fault)
            case .aside:
                file.asides.append(row + 1)
                note(cells, of: &statement)
            }
        }
        if layout.source != .nothing { file.isCut = isCut(&file, &statement) }
        let tried = statement.lines.count + file.faults.count
        let base =
            switch layout.source {
            case .mapping: 100
            case .titles: 95
            case .content: 60
            case .nothing: 0
            }
        reading.confidence =
            tried == 0 ? base / 2 : max(0, base * statement.lines.count / tried - 20 * reading.doubts.count)
        file.statements = layout.source == .nothing ? [] : [statement]
        file.reading = reading
        return file
    }

    private enum Result {
        case line(StatementLine)
        case fault(LineFault)
        case aside
    }

    private func line(_ cells: [Spreadsheet.Cell], at row: Int) -> Result {
        func text(_ role: StatementMapping.Role) -> String { cell(role, cells).text.tidied }
        let said = cell(.day, cells).text
        let hasAmount = [.amount, .credit, .debit].contains { cell($0, cells) != .empty }
        guard let day = cell(.day, cells).day(order) else {
            if !hasAmount || names(cells, ColumnWords.totals) || isTitle(cells) { return .aside }
            return .fault(LineFault(line: row + 1, said.isEmpty ? .noDay : .unreadableDay, said))
        }
        if indices[.status] != nil, !Set(ColumnWords.notPaid).isDisjoint(with: [Title(text(.status)).words]) {
            return .aside
        }
        guard hasAmount else {
            if names(cells, ColumnWords.opening + ColumnWords.closing) { return .aside }
            return .fault(LineFault(line: row + 1, .noAmount, said))
        }
        if indices[.currency] != nil, let currency = Currency(rawValue: text(.currency).uppercased()),
            currency != work.currency
        {
            return .fault(LineFault(line: row + 1, .otherCurrency, currency.code))
        }
        let minor: Int64
        do {
            minor = try self.minor(cells)
        } catch {
            return .fault(LineFault(line: row + 1, error.reason, error.text))
        }
        // A remark of the bank, without an amount.
        if minor == 0 { return .aside }
        var line = StatementLine(line: row + 1, day: day, minor: minor)
        line.description = text(.description)
        line.reference = text(.reference)
        line.payer = text(.payer)
        line.payerAccount = text(.payerAccount)
        line.bankID = text(.bankID)
        line.balance = try? amount(.balance, cells)
        if line.reference.isEmpty { line.reference = SPEIText.reference(in: line.description) ?? "" }
        return .line(line)
    }

    private struct Unreadable: Error {
        let reason: LineFault.Reason
        let text: String
    }

    private func minor(_ cells: [Spreadsheet.Cell]) throws(Unreadable) -> Int64 {
        if cell(.amount, cells) != .empty {
            let minor = try amount(.amount, cells) ?? 0
            let sign = cell(.sign, cells).text
            guard indices[.sign] != nil, !sign.isEmpty else { return minor }
            guard let isCredit = ColumnWords.isCredit(sign) else {
                throw Unreadable(reason: .unreadableSign, text: sign)
            }
            let size = Int64(minor.magnitude)
            return isCredit ? size : -size
        }
        let credit = try amount(.credit, cells) ?? 0
        let debit = try amount(.debit, cells) ?? 0
        guard credit == 0 || debit == 0 else {
            throw Unreadable(reason: .twoAmounts, text: cell(.credit, cells).text + " " + cell(.debit, cells).text)
        }
        return credit + (debitsAreNegative ? debit : -debit)
    }

    private func amount(_ role: StatementMapping.Role, _ cells: [Spreadsheet.Cell]) throws(Unreadable) -> Int64? {
        let cell = cell(role, cells)
        // A dash stands for an empty cell.
        if cell == .empty || ["", "-", "–", "—"].contains(cell.text.tidied) { return nil }
        do {
            return try cell.minorUnits(work.currency.minorDigits, marks[role] ?? work.decimalMark)
        } catch {
            let reason: LineFault.Reason =
                switch error {
                case .notAnAmount: .unreadableAmount
                case .tooManyDecimals: .tooManyDecimals
                case .tooLarge: .amountTooLarge
                }
            throw Unreadable(reason: reason, text: cell.text)
        }
    }

    private func cell(_ role: StatementMapping.Role, _ cells: [Spreadsheet.Cell]) -> Spreadsheet.Cell {
        guard let index = indices[role], cells.indices.contains(index) else { return .empty }
        return cells[index]
    }

    /// Whether one of the first filled cells is one of these labels.
    private func names(_ cells: [Spreadsheet.Cell], _ phrases: [String]) -> Bool {
        cells.lazy.filter { $0 != .empty }.prefix(3).contains { cell in
            let words = " " + Title(cell.text).words + " "
            return phrases.contains { words.hasPrefix(" \($0) ") }
        }
    }

    /// Titles repeated at the head of another page.
    private func isTitle(_ cells: [Spreadsheet.Cell]) -> Bool {
        layout.titleRow >= 0 && cells == sheet.rows[layout.titleRow]
    }
}

// Rows above and below the movements.
extension TableStatement {
    /// Takes a balance or the account out of a row above or below the movements.
    private func note(_ cells: [Spreadsheet.Cell], of statement: inout BankStatement) {
        for (index, cell) in cells.enumerated().prefix(20) where cell != .empty {
            let words = " " + Title(cell.text).words + " "
            func isNamed(_ phrases: [String]) -> Bool { phrases.contains { words.hasPrefix(" \($0) ") } }
            if isNamed(ColumnWords.opening) {
                statement.opening = statement.opening ?? balance(after: index, in: cells)
            } else if isNamed(ColumnWords.closing) {
                statement.closing = balance(after: index, in: cells) ?? statement.closing
            } else if statement.account.isEmpty, isNamed(ColumnWords.accounts) {
                statement.account = account(after: index, in: cells)
            }
        }
    }

    /// The value behind a colon in the same cell, or in the next cells.
    private func values(after index: Int, in cells: [Spreadsheet.Cell]) -> [Spreadsheet.Cell] {
        let own = cells[index].text.split(separator: ":", maxSplits: 1).dropFirst().map {
            Spreadsheet.Cell.text(String($0))
        }
        return own + cells[(index + 1)...]
    }

    private func balance(after index: Int, in cells: [Spreadsheet.Cell]) -> BankStatement.Balance? {
        let mark = marks[.balance] ?? work.decimalMark
        for value in [cell(.balance, cells)] + values(after: index, in: cells) {
            if let minor = try? value.minorUnits(work.currency.minorDigits, mark) { return .init(minor) }
        }
        return nil
    }

    private func account(after index: Int, in cells: [Spreadsheet.Cell]) -> String {
        let named = values(after: index, in: cells).map(\.text.tidied).first { text in
            text.utf8.count(where: \.isDigit) >= 4
        }
        return named.map { String($0.prefix(40)) } ?? ""
    }

    /// Whether the file is truncated in its last line, which is then a fault, whatever of it could be read.
    private func isCut(_ file: inout StatementFile, _ statement: inout BankStatement) -> Bool {
        let ends: [UInt8] = [0x0A, 0x0D]
        guard !work.file.starts(with: [0x50, 0x4B]), !work.file.suffix(2).contains(where: ends.contains),
            let last = sheet.rows.indices.last, last - 1 > layout.titleRow,
            sheet.rows[last].count < sheet.rows[last - 1].count,
            cell(.day, sheet.rows[last]).text.utf8.first?.isDigit == true
        else { return false }
        if let line = statement.lines.last, line.line == last + 1 {
            let before = statement.lines.dropLast().last
            guard line.balance == nil, before?.balance != nil else { return false }
            statement.lines.removeLast()
        }
        file.faults.removeAll { $0.line == last + 1 }
        file.asides.removeAll { $0 == last + 1 }
        let text = sheet.rows[last].map(\.text).joined(separator: " ")
        file.faults.append(LineFault(line: last + 1, .cut, text.tidied))
        return true
    }
}

/// A few values by role: a linear search is quicker than hashing a role's name for every cell.
private struct ByRole<Value> {
    private let pairs: [(role: StatementMapping.Role, value: Value)]

    init(_ pairs: [(StatementMapping.Role, Value)]) { self.pairs = pairs }

    subscript(role: StatementMapping.Role) -> Value? {
        for pair in pairs where pair.role == role { return pair.value }
        return nil
    }
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
}

extension Spreadsheet.Cell {
    private var minorOrNil: Int64? {
        if case .number(let number) = self { return try? WrittenAmount.minorUnits(2, ofNumber: number) }
        guard case .text(let text) = self, let amount = WrittenAmount(text) else { return nil }
        return amount.isNegative ? -1 : text.utf8.contains { (0x31...0x39).contains($0) } ? 1 : 0
    }

    fileprivate var isNegativeAmount: Bool { (minorOrNil ?? 0) < 0 }
    fileprivate var isPositiveAmount: Bool { (minorOrNil ?? 0) > 0 }
}

/// The description that Mexican banks give an incoming transfer: `SPEI RECIBIDOBANCO / 0012345678 646 0004711concepto`.
enum SPEIText {
    /// The seven-digit reference that the payer typed.
    static func reference(in description: String) -> String? {
        guard description.uppercased().hasPrefix("SPEI RECIBIDO"), let slash = description.firstIndex(of: "/") else {
            return nil
        }
        let words = description[slash...].dropFirst().split(separator: " ", maxSplits: 2)
        func isNumber(_ text: Substring, _ lengths: ClosedRange<Int>) -> Bool {
            lengths.contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit)
        }
        guard words.count == 3, isNumber(words[0], 7...10), isNumber(words[1], 3...3),
            isNumber(words[2].prefix(7), 7...7)
        else { return nil }
        return String(words[2].prefix(7))
    }
}
