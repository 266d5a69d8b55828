import API
import Access
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy

/// Stock in the API.
struct StockAPI: Sendable {
    let acts: StockActs

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/stock-products", .stockRead, StockAPIWords.products, by: NoInput.self) {
            visit, _, page in
            try await visit.database.stockProducts(after: page.after, limit: page.limit)
        }
        routes.list("/api/v1/stock-units", .stockRead, StockAPIWords.units, by: NoInput.self) { visit, _, page in
            try await visit.database.stockUnits(after: page.after, limit: page.limit)
        }
        routes.get("/api/v1/stock-units/:id", .stockRead, StockAPIWords.unit) { (visit, id: StockUnit.ID) in
            try await visit.database.stockUnit(id)
        }
        routes.post("/api/v1/stock-units/:id/moves", .stockMove, StockAPIWords.move) {
            (visit, body: StockMove, id: StockUnit.ID) in
            guard let place = body.place else { throw StockRefusal.unknownPlace }
            return try await acts.move(id, to: place, note: body.note, by: visit.principal, in: visit.database)
        }
    }
}

struct StockMove: Input {
    static let schema = Schema.object(
        "StockMove",
        [
            .required("place", .words(["warehouse", "technician", "customer", "lost"]), StockAPIWords.place),
            .optional("holder", Schema.id.orNull, StockAPIWords.holder),
            .optional("note", .line(0...300), StockWords.note),
        ])

    let place: StockPlace?
    let note: String

    init(_ members: Members) {
        let written = [members.text("place"), members.text("holder")].compactMap(\.self).joined(separator: ":")
        place = StockPlace(written: written)
        note = FormText.line(members.text("note"), upTo: 300)
    }
}

extension StockProduct: ListedResource {
    package static let schema = Schema.object(
        "StockProduct",
        [.required("id", .id, StockAPIWords.productID), .required("number", .integer(1...Int.max), StockWords.number)]
            + schemaFields + [
                .required("in_warehouses", .integer(0...Int.max), StockWords.inWarehouses),
                .required("with_technicians", .integer(0...Int.max), StockWords.withTechnicians),
                .required("at_customers", .integer(0...Int.max), StockWords.atCustomers),
            ])

    package var path: String { "/api/v1/stock-products/\(id)" }
    package var position: Int { number }
}

extension StockUnit: ListedResource {
    package static let schema = Schema.object(
        "StockUnit",
        [
            .required("id", .id, StockAPIWords.unitID), .required("number", .integer(1...Int.max), StockWords.number),
            .required("product", .id, StockAPIWords.productID), .required("serial", .text, StockWords.serial),
            .required("place", .words(["warehouse", "technician", "customer", "lost"]), StockAPIWords.place),
            .required("holder", Schema.id.orNull, StockAPIWords.holder),
            .required("holder_name", .text, StockWords.who),
        ])

    package var path: String { "/api/v1/stock-units/\(id)" }
    package var position: Int { number }
}
