import Customers
import Identifiers
import Identity
import JSON
import Locale
import Nouns
import Postgres
import Time

/// Where something is, or goes.
package enum StockPlace: Sendable, Equatable {
    case warehouse(Warehouse.ID)
    case technician(StaffMember.ID)
    case customer(Customer.ID)
    case lost

    package enum Kind: String, FieldChoice {
        case warehouse, technician, customer, lost, supplier

        package var message: Message {
            switch self {
            case .warehouse: Message(es: "Almacén", en: "Warehouse", pt: "Almoxarifado")
            case .technician: Message(es: "Técnico", en: "Technician", pt: "Técnico")
            case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
            case .lost: Message(es: "Perdido o dañado", en: "Lost or broken", pt: "Perdido ou danificado")
            case .supplier: Message(es: "Proveedor", en: "Supplier", pt: "Fornecedor")
            }
        }

        package var tone: Tone {
            switch self {
            case .warehouse: .good
            case .technician, .customer: .quiet
            case .lost: .bad
            case .supplier: .quiet
            }
        }
    }

    package var kind: Kind {
        switch self {
        case .warehouse: .warehouse
        case .technician: .technician
        case .customer: .customer
        case .lost: .lost
        }
    }

    package var id: UUID? {
        switch self {
        case .warehouse(let id): id.uuid
        case .technician(let id): id.uuid
        case .customer(let id): id.uuid
        case .lost: nil
        }
    }

    /// As a form sends it: `warehouse:018f…`, `lost`.
    package init?(written text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (parts.first.flatMap(Kind.init), parts.count > 1 ? UUID(parts[1]) : nil) {
        case (.warehouse, let id?): self = .warehouse(ID(id))
        case (.technician, let id?): self = .technician(ID(id))
        case (.customer, let id?): self = .customer(ID(id))
        case (.lost, nil): self = .lost
        default: return nil
        }
    }

    package var written: String { id.map { "\(kind.rawValue):\($0)" } ?? kind.rawValue }
}

/// A piece with a serial number of its own.
package struct StockUnit: Sendable, Equatable {
    package typealias ID = Identifiers.ID<StockUnit>

    package let id: ID
    package let number: Int
    package let product: StockProduct.ID
    package let productName: String
    package let serial: String
    package let place: StockPlace
    package let placeName: String
    /// Whether it is still with a customer who has no service any more.
    package let recovery: Recovery

    package enum Recovery: String, FieldChoice {
        case due, none

        package var message: Message {
            switch self {
            case .due: Message(es: "Por retirar", en: "To be fetched", pt: "A retirar")
            case .none: Message(es: "No hace falta", en: "Not needed", pt: "Não é preciso")
            }
        }

        package var tone: Tone { self == .due ? .warning : .quiet }
    }

    package static let path = "/panel/stock-units"
    package var panelPath: String { "\(Self.path)/\(id)" }
    package var placeKind: StockPlace.Kind { place.kind }

    static let fields: [Field<StockUnit>] = [
        .counted("number", \.number, StockWords.number.message).sorted(by: "u.number"),
        Field("serial", .line(0...60), StockWords.serial.message) { .text($0.serial) },
        Field("product_name", .line(0...100), StockWords.product.message) { .text($0.productName) },
        .derived("place", \.placeKind, StockWords.place.message).filtered(by: "u.place"),
        Field("place_name", .line(0...200), StockWords.who.message) { .text($0.placeName) },
        .derived("recovery", \.recovery, StockWords.recovery.message)
            .filtered(
                by: """
                    (CASE WHEN EXISTS (
                        SELECT FROM services v WHERE v.tenant_id = u.tenant_id AND v.customer_id = u.customer_id
                    ) AND NOT EXISTS (
                        SELECT FROM services v
                        WHERE v.tenant_id = u.tenant_id AND v.customer_id = u.customer_id AND v.state <> 'cancelled'
                    ) THEN 'due' ELSE 'none' END)
                    """
            ).only(in: []),
        Field("product", .reference, StockWords.product.message) { .id($0.product.uuid) }
            .filtered(by: "u.product_id").only(in: []),
    ]

    static let list = List<StockUnit>(
        "stock-units", at: path, StockWords.units.message, of: fields, by: "number", id: \.id.uuid)
}

extension StockUnit: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        (id, number) = (try row.read("unit_id"), try row.read("number"))
        (product, productName) = (try row.read("product_id"), try row.read("product_name"))
        (serial, placeName) = (try row.read("serial"), try row.read("place_name"))
        let isDue: Bool = try row.read("is_due")
        recovery = isDue ? .due : .none
        let kind: StockPlace.Kind = try row.word("place")
        let place: UUID? = try row.read("place_id")
        self.place = StockPlace(written: place.map { "\(kind.rawValue):\($0)" } ?? kind.rawValue) ?? .lost
    }
}

extension StockUnit: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("product", product.description)
            json.member("serial", serial)
            json.member("place", place.kind.rawValue)
            json.member("holder", place.id?.description)
            json.member("holder_name", placeName)
        }
    }
}

/// A way that something went. Nothing of it is ever changed.
package struct StockMovement: Sendable, Equatable {
    package typealias ID = Identifiers.ID<StockMovement>

    package let id: ID
    package let number: Int
    package let product: StockProduct.ID
    package let unit: StockUnit.ID?
    package let productName: String
    package let serial: String
    package let quantity: Int
    package let from: StockPlace.Kind
    package let fromName: String
    package let to: StockPlace.Kind
    package let toName: String
    package let note: String
    package let author: String
    package let madeAt: Instant

    package static let path = "/panel/stock-movements"

    /// The page of what went: the piece, or its product.
    package var panelPath: String { unit.map { "\(StockUnit.path)/\($0)" } ?? "\(StockProduct.path)/\(product)" }

    static let fields: [Field<StockMovement>] = [
        .counted("number", \.number, StockWords.number.message).sorted(by: "m.number"),
        Field("product", .line(0...100), StockWords.product.message) { .text($0.productName) }
            .toned { _ in .quiet }.linked { $0.panelPath },
        Field("serial", .line(0...60), StockWords.serial.message) { .text($0.serial) },
        .counted("quantity", \.quantity, StockWords.quantity.message),
        .derived("from", \.from, StockWords.from.message).filtered(by: "m.from_place"),
        Field("from_name", .line(0...200), StockWords.who.message) { .text($0.fromName) },
        .derived("to", \.to, StockWords.to.message).filtered(by: "m.to_place"),
        Field("to_name", .line(0...200), StockWords.who.message) { .text($0.toName) },
        Field("author", .line(0...200), StockWords.author.message) { .text($0.author) }.minor(),
        Field("note", .line(0...300), StockWords.note.message) { .text($0.note) }.minor(),
        Field("made", .line(0...40), StockWords.madeAt.message) { .text($0.madeAt.rfc3339) }.only(in: .record),
    ]

    static let list = List<StockMovement>(
        "stock-movements", at: path, StockWords.movements.message, of: fields, by: "number", id: \.id.uuid)
}

extension StockMovement: RowReadable {
    package init(row: Row) throws(DatabaseError) {
        (id, number) = (try row.read("movement_id"), try row.read("number"))
        (product, unit) = (try row.read("product_id"), try row.read("unit_id"))
        (productName, serial) = (try row.read("product_name"), try row.read("serial"))
        let count: Int32 = try row.read("quantity")
        quantity = Int(count)
        (from, fromName) = (try row.word("from_place"), try row.read("from_name"))
        (to, toName) = (try row.word("to_place"), try row.read("to_name"))
        (note, author, madeAt) = (try row.read("note"), try row.read("actor"), try row.read("made_at"))
    }
}
