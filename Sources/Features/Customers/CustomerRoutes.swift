import API
import Access
import HTTP
import Identifiers
import JSON
import Locale
import Panel
import Time

package enum CustomerRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers", .customersRead, "Lista de clientes", list)
    }

    package static func add(toAPI routes: inout API.Routes) {
        routes.get("/api/v1/customers/:id", .customersRead, "One customer", read)
    }

    static func list(_ visit: Visit) async throws -> Response {
        let after = try visit.request.query.value("after", as: Int.self) ?? 0
        let customers = try await visit.database.customers(after: after, limit: CustomerListPage.length + 1)
        return try await Panel.page(
            CustomerListPage(customers: customers, after: after, reader: visit.reader),
            titled: CustomerWords.list.text(for: visit.reader), for: visit)
    }

    static func read(_ visit: Visit, id: Customer.ID) async throws -> Response {
        guard let customer = try await visit.database.customer(id) else { throw AccessRefusal.notFound }
        var json = JSONWriter(reserving: 512)
        json.value(customer)
        return .json(json.bytes)
    }
}

extension Customer: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("name", name)
            json.member("phone", phone)
            json.member("address", address)
            json.member("neighbourhood", neighbourhood)
            json.member("state", state.rawValue)
            json.member("since", since.iso)
        }
    }
}
