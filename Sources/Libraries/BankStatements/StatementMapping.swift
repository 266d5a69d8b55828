import JSON
import Sandbox
import Spreadsheets

/// The roles of a bank's table columns: detected once, confirmed by a person, and kept for the bank's next file.
package struct StatementMapping: WireValue, Equatable, JSONReadable, JSONWritable {
    package enum Role: String, CaseIterable, Sendable, JSONReadable, WireName {
        case day, description, reference, payer
        case payerAccount = "payer_account"
        case bankID = "bank_id"
        /// Signed, or with a separate sign column.
        case amount
        case credit, debit
        /// Marks an amount as credit or debit.
        case sign
        case balance, currency, status
    }

    package struct Column: WireValue, Equatable, JSONReadable, JSONWritable {
        /// Zero-based.
        package var index: Int
        /// Finds the column again if the bank moves it. Empty in a table without titles.
        package var title: String
        package var role: Role

        package init(_ role: Role, at index: Int, title: String = "") {
            self.index = index
            self.title = title
            self.role = role
        }
    }

    package var columns: [Column]
    /// Nil: detected in each file.
    package var dayOrder: DayOrder?
    package var decimalMark: DecimalMark?

    package init(_ columns: [Column], dayOrder: DayOrder? = nil, decimalMark: DecimalMark? = nil) {
        self.columns = columns
        self.dayOrder = dayOrder
        self.decimalMark = decimalMark
    }

    package func index(of role: Role) -> Int? { columns.first { $0.role == role }?.index }

    /// Whether the mapping suffices to read a statement.
    package var isComplete: Bool {
        let roles = Set(columns.map(\.role))
        return roles.contains(.day) && !roles.isDisjoint(with: [.amount, .credit, .debit])
            && columns.allSatisfy { (0..<ReadSpreadsheet.mostColumns).contains($0.index) }
    }
}

extension StatementMapping {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let columns = fields.required("columns", as: [Column].self)
        dayOrder = fields.optional("day_order", as: DayOrder.self)
        decimalMark = fields.optional("decimal_mark", as: DecimalMark.self)
        self.columns = try fields.finish(columns)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("columns", columns)
            if let dayOrder { json.member("day_order", dayOrder.rawValue) }
            if let decimalMark { json.member("decimal_mark", decimalMark.rawValue) }
        }
    }
}

extension StatementMapping.Column {
    package init(json: JSONValue, at pointer: JSONPointer) throws(JSONError) {
        var fields = try JSONFields(json, at: pointer)
        let index = fields.required("index", as: Int.self)
        let title = fields.required("title", as: String.self)
        let role = fields.required("role", as: StatementMapping.Role.self)
        (self.index, self.title, self.role) = try fields.finish(index, title, role)
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("index", index)
            json.member("title", title)
            json.member("role", role.rawValue)
        }
    }
}

extension DayOrder: JSONReadable {}
extension DecimalMark: JSONReadable {}
