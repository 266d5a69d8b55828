import Crypto
import Customers
import Identifiers
import Locale
import Nouns
import Plans
import Services
import Spreadsheets
import Time
import Workbooks
import Zones

/// A parsed row, not yet matched with customers.
struct ImportedPerson: Sendable {
    let line: Int
    let reference: String
    var customer: Customer
    let service: ImportRow.Sold?
    /// Positive is debt, negative credit.
    let balance: Money?
    var faults: [ImportRow.Fault]
    /// A hash, equal for rows of equal content.
    let digest: [UInt8]
}

/// Parses rows by their assigned columns.
struct ImportedRows: Sendable {
    private let columns: [(place: Int, field: ImportedField)]
    private let dayOrder: DayOrder
    private let decimalMark: DecimalMark
    private let zones: [String: Zone.ID]
    private let plans: [Plan]
    private let plansByName: [String: Plan]
    private let notation: Notation
    private let today: Day

    init(
        _ file: Import, of table: Table, zones: [Zone], plans: [Plan], in notation: Notation, on today: Day
    ) {
        columns = file.columns.enumerated().compactMap { place, column in column.field.map { (place, $0) } }
        let days = columns.first { $0.field == .since }.map { table.texts(ofColumn: $0.place) } ?? []
        let customary: DayOrder = notation.reader.writesMonthFirst ? .monthFirst : .dayFirst
        let found = DayOrder.found(in: days, assuming: customary)
        dayOrder = found?.isCertain == true ? found!.order : file.notation.dayOrder ?? found?.order ?? customary
        let amounts = columns.filter { $0.field.isAmount }.map {
            DecimalMark.found(in: table.cells(ofColumn: $0.place))
        }
        decimalMark = amounts.lazy.compactMap(\.mark).first ?? file.notation.decimalMark ?? .point
        self.plans = plans
        plansByName = Dictionary(plans.map { (Title($0.name).words, $0) }) { first, _ in first }
        self.zones = Dictionary(zones.map { (Title($0.name).words, $0.id) }) { first, _ in first }
        (self.notation, self.today) = (notation, today)
    }

    func person(of row: Table.Row, as id: Customer.ID) -> ImportedPerson {
        var customer = Customer.new(id, since: today)
        var faults: [ImportRow.Fault] = []
        var (reference, parts): (String, [ImportedField: String]) = ("", [:])
        var sold = SoldParts()
        var balance: Int64?
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
            case .plan: sold.planName = text
            case .speed:
                let first = text.split(separator: "/").first.map(String.init) ?? text
                sold.speed = Speed(first)
                if sold.speed == nil { faults.append(.init(column: place, reason: .notSpeed, value: text)) }
            case .serviceState:
                sold.state = ServiceStateWords.state(text)
                if sold.state == nil { faults.append(.init(column: place, reason: .unknownState, value: text)) }
            case .billingDay:
                sold.billingDay = billingDay(of: row.cells[place], text)
                if sold.billingDay == nil { faults.append(.init(column: place, reason: .notBillingDay, value: text)) }
            case .price, .debt, .credit, .balance:
                do {
                    let minor = try row.cells[place].minorUnits(notation.currency.minorDigits, decimalMark)
                    switch field {
                    case .price where minor >= 0: sold.price = Money(minor: minor, notation.currency)
                    case .debt: balance = (balance ?? 0) + minor
                    case .credit: balance = (balance ?? 0) - minor.magnitudeAsMinor
                    case .balance: balance = (balance ?? 0) - minor
                    default: throw AmountFault.notAnAmount
                    }
                } catch {
                    faults.append(.init(column: place, reason: .notAmount, value: text))
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
        let service = service(sold, &faults)
        return ImportedPerson(
            line: row.line, reference: reference, customer: customer, service: service,
            balance: balance.flatMap { $0 == 0 ? nil : Money(minor: $0, notation.currency) }, faults: faults,
            digest: digest(of: row))
    }

    /// The row's data on a service.
    private struct SoldParts {
        var planName = ""
        var speed: Speed?
        var price: Money?
        var state: Service.State?
        var billingDay: Int?
    }

    /// Finds the plan by name, or the only plan of that speed and price. Nil without a service.
    private func service(_ sold: SoldParts, _ faults: inout [ImportRow.Fault]) -> ImportRow.Sold? {
        guard !sold.planName.isEmpty || sold.speed != nil else { return nil }
        var found = sold.planName.isEmpty ? nil : plansByName[Title(sold.planName).words]
        if found == nil, let speed = sold.speed ?? Speed(sold.planName) {
            let alike = plans.filter { $0.download == speed && (sold.price == nil || $0.price == sold.price) }
            if alike.count == 1 { found = alike[0] }
        }
        let place = columns.first { $0.field == .plan || $0.field == .speed }?.place
        guard let plan = found else {
            let value = sold.planName.isEmpty ? sold.speed?.text ?? "" : sold.planName
            faults.append(.init(column: place, reason: .unknownPlan, value: value))
            return nil
        }
        guard plan.charge != .byDays else {
            faults.append(.init(column: place, reason: .prepaidPlan, value: plan.name))
            return nil
        }
        return ImportRow.Sold(
            plan: plan.id, planName: plan.name, price: sold.price ?? plan.price,
            isPriceAgreed: sold.price.map { $0 != plan.price } ?? false, state: sold.state ?? .active,
            billingDay: sold.billingDay ?? 1)
    }

    /// A day number, or the day of a full date.
    private func billingDay(of cell: Spreadsheet.Cell, _ text: String) -> Int? {
        if let number = Int(text) { return (1...31).contains(number) ? number : nil }
        return cell.day(dayOrder)?.dayOfMonth
    }

    /// Validated by the customer's own field.
    private func set(_ field: ImportedField, _ text: String, of customer: inout Customer) throws(Violation.Fault) {
        guard let own = Customer.fields.first(where: { $0.name == field.customerField }) else { return }
        // Other programs put several values in a cell; the first valid one is taken.
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
    /// Undoes the quoting that an export added to prevent formulas.
    fileprivate var line: String { FormText.line(CSV.plain(text), upTo: 1000) }
}

extension Int64 {
    /// Cannot overflow: amounts are far within the bounds.
    fileprivate var magnitudeAsMinor: Int64 { self < 0 ? -self : self }
}

extension Table {
    func cells(ofColumn place: Int) -> [Spreadsheet.Cell] {
        rows.lazy.filter { $0.cells.count > place }.map { $0.cells[place] }
    }

    func texts(ofColumn place: Int) -> [String] {
        rows.compactMap { $0.cells.count > place && $0.cells[place] != .empty ? $0.cells[place].text : nil }
    }
}

/// Words for a service's state in other programs.
enum ServiceStateWords {
    private static let words: [(state: Service.State, titles: [String])] = [
        (.active, ["activo", "activa", "active", "ativo", "ativa", "habilitado", "enabled", "al dia", "1", "gratis"]),
        (
            .cut,
            [
                "suspendido", "suspendida", "cortado", "cortada", "bloqueado", "suspended", "cut", "blocked",
                "disabled",
                "deshabilitado", "moroso", "suspenso", "suspensa", "bloqueada", "3",
            ]
        ),
        (.frozen, ["congelado", "congelada", "pausado", "pausada", "frozen", "paused", "en pausa"]),
        (
            .pending,
            [
                "pendiente", "pendiente de instalacion", "por instalar", "instalacion", "pending", "prepared", "quoted",
                "pendente", "nuevo",
            ]
        ),
        (
            .cancelled,
            [
                "cancelado", "cancelada", "baja", "de baja", "dado de baja", "retirado", "ended", "cancelled",
                "canceled", "archived", "inactivo", "inactive", "eliminado", "2",
            ]
        ),
    ]

    static func state(_ text: String) -> Service.State? {
        let title = Title(text).words
        return words.first { $0.titles.contains(title) }?.state
    }
}
