import Crypto
import Customers
import Identifiers
import Locale
import Nouns
import Search
import Spreadsheets
import Time
import Workbooks
import Zones

/// A row of a file as it was read, before anybody is looked for who could be the same person.
struct ImportedPerson: Sendable {
    let line: Int
    let reference: String
    var customer: Customer
    var faults: [ImportRow.Fault]
    /// The same for rows that say the same.
    let digest: [UInt8]
}

/// Reads rows by what their columns hold.
struct ImportedRows: Sendable {
    private let columns: [(place: Int, field: ImportedField)]
    private let dayOrder: DayOrder
    private let zones: [String: Zone.ID]
    private let notation: Notation
    private let today: Day

    init(_ file: Import, of table: Table, zones: [Zone], in notation: Notation, on today: Day) {
        columns = file.columns.enumerated().compactMap { place, column in column.field.map { (place, $0) } }
        let days = columns.first { $0.field == .since }.map { table.texts(ofColumn: $0.place) } ?? []
        let customary: DayOrder = notation.reader.writesMonthFirst ? .monthFirst : .dayFirst
        let found = DayOrder.found(in: days, assuming: customary)
        dayOrder = found?.isCertain == true ? found!.order : file.notation.dayOrder ?? found?.order ?? customary
        self.zones = Dictionary(zones.map { (Title($0.name).words, $0.id) }) { first, _ in first }
        (self.notation, self.today) = (notation, today)
    }

    func person(of row: Table.Row, as id: Customer.ID) -> ImportedPerson {
        var customer = Customer.new(id, since: today)
        var faults: [ImportRow.Fault] = []
        var (reference, parts): (String, [ImportedField: String]) = ("", [:])
        for (place, field) in columns {
            let text = place < row.cells.count ? row.cells[place].line : ""
            guard !text.isEmpty else { continue }
            switch field {
            case .reference: reference = String(text.unicodeScalars.prefix(100).map(Character.init))
            case .name, .firstName, .lastName, .company: parts[field] = text
            case .zone:
                customer.zone = zones[Title(text).words]
                if customer.zone == nil { faults.append(.init(column: place, reason: .unknownZone, value: text)) }
            case .since:
                if let day = row.cells[place].day(dayOrder) {
                    customer.since = day
                } else {
                    faults.append(.init(column: place, reason: .notDay, value: text))
                }
            case .phone, .email, .identification, .address, .neighbourhood:
                do {
                    try set(field, text, of: &customer)
                } catch {
                    faults.append(.init(column: place, reason: .init(error), value: text))
                }
            }
        }
        let whole = [parts[.firstName], parts[.lastName]].compactMap(\.self).joined(separator: " ")
        let name = [parts[.name], whole, parts[.company]].compactMap(\.self).first { !$0.isEmpty } ?? ""
        do {
            try set(.name, name, of: &customer)
        } catch {
            let place = columns.first { [.name, .firstName, .company].contains($0.field) }?.place
            faults.append(.init(column: place, reason: .init(error), value: name))
        }
        return ImportedPerson(
            line: row.line, reference: reference, customer: customer, faults: faults, digest: digest(of: row))
    }

    /// By the customer's own field and its limits.
    private func set(_ field: ImportedField, _ text: String, of customer: inout Customer) throws(Violation.Fault) {
        guard let own = Customer.fields.first(where: { $0.name == field.customerField }) else { return }
        // Other programs keep several in one cell; the first that can be read is taken.
        let texts = field == .phone || field == .email ? text.split { ",;/|".contains($0) }.map(String.init) : [text]
        var fault: Violation.Fault?
        for text in texts {
            do {
                own.set?(try own.kind.read(text, in: notation), &customer)
                return
            } catch {
                fault = fault ?? error
            }
        }
        throw fault ?? .missing
    }

    private func digest(of row: Table.Row) -> [UInt8] {
        var text = ""
        for (place, field) in columns.sorted(by: { $0.field.rawValue < $1.field.rawValue }) {
            text += "\(field.rawValue)\u{1F}\(place < row.cells.count ? row.cells[place].line : "")\u{1E}"
        }
        return Array(SHA256.digest(of: Array(text.utf8)).prefix(16))
    }
}

extension ImportRow.Fault.Reason {
    init(_ fault: Violation.Fault) {
        switch fault {
        case .missing: self = .missing
        case .tooLong: self = .tooLong
        case .notPhone: self = .notPhone
        case .notEmail: self = .notEmail
        case .notDay: self = .notDay
        default: self = .unreadable
        }
    }
}

extension Spreadsheet.Cell {
    /// As it was before somebody's export kept spreadsheets from taking it for a formula.
    fileprivate var line: String { FormText.line(CSV.plain(text), upTo: 1000) }
}

extension Table {
    func texts(ofColumn place: Int) -> [String] {
        rows.compactMap { $0.cells.count > place && $0.cells[place] != .empty ? $0.cells[place].text : nil }
    }
}
