import BankStatements
import Sandbox
import SpreadsheetReading
import Spreadsheets

extension ReadBankStatement: PerformableWork {
    package func perform() throws(StatementFault) -> StatementFile {
        var answer = try read()
        guard answer.statements.reduce(0, { $0 + $1.lines.count }) <= Self.mostLines,
            answer.statements.count <= Self.mostStatements
        else { throw .tooLarge }
        for index in answer.statements.indices { answer.statements[index].numberEqualLines() }
        return answer
    }

    private func read() throws(StatementFault) -> StatementFile {
        if file.starts(with: [0x50, 0x4B]) || file.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return try table() }
        let text = try decoded()
        let head = String(decoding: text.prefix(4096), as: UTF8.self).uppercased()
        if head.contains("<OFX>") || head.hasPrefix("OFXHEADER") { return try OFX(text).file(self) }
        if head.contains("<BKTOCSTMRSTMT") || head.contains(":BKTOCSTMRSTMT") || head.contains("CAMT.053") {
            return try CAMT053.file(text, of: self)
        }
        if head.hasPrefix("{1:") || head.hasPrefix(":20:") || head.contains("\n:20:") {
            return try MT940(text).file(self)
        }
        // An HTML page named .xls, or some other XML.
        guard !head.drop(while: \.isWhitespace).hasPrefix("<") else { throw .unknownKind }
        return try table()
    }

    private func decoded() throws(StatementFault) -> [UInt8] {
        do { return try TextEncoding.utf8(of: file) } catch { throw StatementFault(error) }
    }

    private func table() throws(StatementFault) -> StatementFile {
        let book: Spreadsheet
        do { book = try ReadSpreadsheet(file).perform() } catch { throw StatementFault(error) }
        // Sheets beside the statement are notes, or empty.
        let read = book.sheets.map { TableStatement($0, for: self).file() }
        func lines(_ file: StatementFile) -> Int { file.statements.first?.lines.count ?? 0 }
        guard let best = read.max(by: { (lines($0), $0.titles) < (lines($1), $1.titles) }) else { throw .noStatement }
        return best
    }
}

extension StatementFile {
    fileprivate var titles: Int { reading?.titles.count ?? 0 }
}

extension StatementFault {
    fileprivate init(_ fault: SpreadsheetFault) {
        self =
            switch fault {
            case .unknownKind: .unknownKind
            case .oldExcel: .oldExcel
            case .broken: .broken
            case .tooLarge: .tooLarge
            case .tooManyColumns: .tooManyColumns
            }
    }
}

extension String {
    /// On one line, with single spaces, cut to `mostText` bytes.
    var tidied: String {
        var text = self
        let clean: String? = text.withUTF8 { bytes in
            var (isClean, isSpace) = (bytes.count <= ReadBankStatement.mostText, true)
            for byte in bytes where isClean {
                if byte < 0x20 || byte == 0x7F || byte == 0xC2 || (byte == 0x20 && isSpace) { isClean = false }
                isSpace = byte == 0x20
            }
            return isClean && (!isSpace || bytes.isEmpty) ? nil : Self.tidied(bytes)
        }
        return clean ?? self
    }

    private static func tidied(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var clean: [UInt8] = []
        var place = 0
        while place < bytes.count, clean.count < ReadBankStatement.mostText {
            let isWide = bytes[place] == 0xC2 && place + 1 < bytes.count && bytes[place + 1] <= 0xA0
            if isWide || bytes[place] <= 0x20 || bytes[place] == 0x7F {
                if !clean.isEmpty, clean.last != 0x20 { clean.append(0x20) }
            } else {
                clean.append(bytes[place])
            }
            place += isWide ? 2 : 1
        }
        // Drops a UTF-8 character that was cut in two.
        if place < bytes.count, bytes[place] & 0xC0 == 0x80, let start = clean.lastIndex(where: { $0 & 0xC0 != 0x80 }) {
            clean.removeSubrange(start...)
        }
        while clean.last == 0x20 { clean.removeLast() }
        return String(decoding: clean, as: UTF8.self)
    }
}
