import Events
import Identifiers
import JSON
import Locale
import Nouns
import Postgres

/// Something that a company keeps in stock: antennas by their serial numbers, connectors by their number.
package struct StockProduct: Sendable, Equatable {
    package typealias ID = Identifiers.ID<StockProduct>

    package let id: ID
    package internal(set) var number = 0
    package var name = ""
    package var code = ""
    /// Whether each piece is known by its serial number.
    package var isSerial = true
    package var minimum = 0
    package var note = ""
    // How many there are, by where they are.
    package internal(set) var inWarehouses = 0
    package internal(set) var withTechnicians = 0
    package internal(set) var atCustomers = 0

    package init(id: ID) { self.id = id }

    package static let path = "/panel/stock"
    package var panelPath: String { "\(Self.path)/\(id)" }
    var subject: Act.Subject { Act.Subject("stock_product", id.uuid, named: "\(name) (\(number))") }

    package enum Supply: String, FieldChoice {
        case enough, low

        package var message: Message {
            switch self {
            case .enough: Message(es: "Suficiente", en: "Enough", pt: "Suficiente")
            case .low: Message(es: "Por comprar", en: "To be bought", pt: "A comprar")
            }
        }

        package var tone: Tone { self == .low ? .bad : .good }
    }

    package var supply: Supply { inWarehouses < minimum ? .low : .enough }
}

extension StockProduct: Fielded {
    package static let noun = "StockProduct"

    package static let fields: [Field<StockProduct>] = [
        .line("name", \.name, 1...100, StockWords.name.message),
        .line("code", \.code, 0...40, StockWords.code.message),
        .flag("serial", \.isSerial, StockWords.isSerial.message),
        .count("minimum", \.minimum, 0...100_000, StockWords.minimum.message).hint(StockWords.minimumHint.message),
        .lines("note", \.note, 0...500, StockWords.note.message),
    ]

    static let list = List<StockProduct>(
        "stock", at: path, StockWords.stock.message,
        of: [
            .counted("number", \.number, StockWords.number.message).sorted(by: "p.number"),
            Field("name", .line(0...100), StockWords.name.message) { .text($0.name) },
            Field("code", .line(0...40), StockWords.code.message) { .text($0.code) }.minor(),
            .counted("warehouses", \.inWarehouses, StockWords.inWarehouses.message),
            .counted("technicians", \.withTechnicians, StockWords.withTechnicians.message),
            .counted("customers", \.atCustomers, StockWords.atCustomers.message),
            .counted("minimum", \.minimum, StockWords.minimum.message).minor(),
            .derived("supply", \.supply, StockWords.supply.message).filtered(
                by: "(CASE WHEN p.in_warehouses < p.minimum THEN 'low' ELSE 'enough' END)"),
        ], by: "number", id: \.id.uuid)
}

extension StockProduct: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.fields(of: self)
            json.member("in_warehouses", inWarehouses)
            json.member("with_technicians", withTechnicians)
            json.member("at_customers", atCustomers)
        }
    }
}

extension StockProduct: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("product_id")
        (number, name, code) = (try row.read("number"), try row.read("name"), try row.read("code"))
        (isSerial, note) = (try row.read("is_serial"), try row.read("note"))
        let least: Int32 = try row.read("minimum")
        minimum = Int(least)
        (inWarehouses, withTechnicians) = (try row.read("in_warehouses"), try row.read("with_technicians"))
        atCustomers = try row.read("at_customers")
    }
}

/// Where stock is kept.
package struct Warehouse: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Warehouse>

    package let id: ID
    package internal(set) var number = 0
    package var name = ""
    package var note = ""

    package init(id: ID) { self.id = id }

    package static let path = "/panel/warehouses"
}

extension Warehouse: Fielded {
    package static let noun = "Warehouse"

    package static let fields: [Field<Warehouse>] = [
        .line("name", \.name, 1...100, StockWords.name.message),
        .lines("note", \.note, 0...500, StockWords.note.message),
    ]

    static let list = List<Warehouse>(
        "warehouses", at: path, StockWords.warehouses.message,
        of: [
            .counted("number", \.number, StockWords.number.message).sorted(by: "w.number"),
            Field("name", .line(0...100), StockWords.name.message) { .text($0.name) },
            Field("note", .line(0...500), StockWords.note.message) { .text($0.note) },
        ], by: "number", id: \.id.uuid)
}

extension Warehouse: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

extension Warehouse: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("warehouse_id")
        (number, name, note) = (try row.read("number"), try row.read("name"), try row.read("note"))
    }
}

/// Whom a company buys from.
package struct Supplier: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Supplier>

    package let id: ID
    package internal(set) var number = 0
    package var name = ""
    package var phone = ""
    package var email = ""
    package var note = ""

    package init(id: ID) { self.id = id }

    package static let path = "/panel/suppliers"
}

extension Supplier: Fielded {
    package static let noun = "Supplier"

    package static let fields: [Field<Supplier>] = [
        .line("name", \.name, 1...100, StockWords.name.message),
        .line("phone", \.phone, 0...40, StockWords.telephone.message),
        .line("email", \.email, 0...254, StockWords.email.message),
        .lines("note", \.note, 0...500, StockWords.note.message),
    ]

    static let list = List<Supplier>(
        "suppliers", at: path, StockWords.suppliers.message,
        of: [
            .counted("number", \.number, StockWords.number.message).sorted(by: "s.number"),
            Field("name", .line(0...100), StockWords.name.message) { .text($0.name) },
            Field("phone", .line(0...40), StockWords.telephone.message) { .text($0.phone) },
            Field("email", .line(0...254), StockWords.email.message) { .text($0.email) },
        ], by: "number", id: \.id.uuid)
}

extension Supplier: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.fields(of: self)
        }
    }
}

extension Supplier: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        id = try row.read("supplier_id")
        (number, name, phone) = (try row.read("number"), try row.read("name"), try row.read("phone"))
        (email, note) = (try row.read("email"), try row.read("note"))
    }
}
