import BankStatementReading
import BankStatements
import JSON
import Locale
import Sandbox
import SpreadsheetReading
import Spreadsheets

/// Files of banks: what is read goes unchanged through the wire, is an answer that the server takes, and can be asked
/// for all that is made of it.
enum StatementFileReading {
    private static let mapping = StatementMapping(
        [.init(.day, at: 0), .init(.amount, at: 1), .init(.description, at: 2)], decimalMark: .comma)

    static func check(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        do throws(StatementFault) {
            let work = try ReadBankStatement(
                Array(bytes[1...]), in: first & 1 == 0 ? .mxn : .clp, mappings: first & 2 == 0 ? [] : [mapping])
            let file = try work.perform()
            precondition(work.accepts(file), "The server would not take it")
            precondition(sent(file) == file, "It is another behind the wire")
            for statement in file.statements {
                _ = statement.check
                precondition(
                    Set(statement.lines.map(\.fingerprint)).count == statement.lines.count, "Two lines are one")
            }
            guard file.format == .table, let reading = file.reading else { return }
            let told = file.faults.map(\.line) + file.asides + file.statements.flatMap { $0.lines.map(\.line) }
            precondition(Set(told).count == told.count, "A line is told of twice")
            var json = JSONWriter()
            json.value(reading.mapping)
            precondition(json.bytes.withUnsafeBytes { kept($0) } == reading.mapping, "The mapping is not kept")
        } catch {}
    }

    private static func kept(_ json: UnsafeRawBufferPointer) -> StatementMapping? {
        do throws(JSONError) {
            return try StatementMapping(json: try JSONValue.parse(json, as: .strict))
        } catch {
            return nil
        }
    }
}

enum TableFileReading {
    static func check(_ bytes: UnsafeRawBufferPointer) {
        do throws(SpreadsheetFault) {
            let work = try ReadTables(Array(bytes), assuming: .dayFirst, .comma)
            let tables = try work.perform()
            precondition(work.accepts(tables), "The server would not take it")
            precondition(sent(tables) == tables, "It is another behind the wire")
            for table in tables {
                for row in table.rows {
                    for (column, cell) in zip(table.columns, row.cells) where cell != .empty && column.kind == .day {
                        precondition(cell.day(column.dayOrder) != nil, "A day is none")
                    }
                }
            }
        } catch {}
    }
}

/// What arrives of it at the other end of a wire.
private func sent<Value: WireValue>(_ value: Value) -> Value? {
    var writer = WireWriter()
    writer.write(value)
    var reader = WireReader(writer.bytes)
    do throws(WireError) { return try reader.read(Value.self) } catch { return nil }
}
