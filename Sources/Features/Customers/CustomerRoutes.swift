import Access
import HTTP
import Locale
import Panel

package enum CustomerRoutes {
    package static func add(to routes: inout Panel.Routes) {
        routes.get("/panel/customers", .customersRead, "Lista de clientes", list)
    }

    static func list(_ visit: Visit) async throws -> Response {
        let after = try visit.request.query.value("after", as: Int.self) ?? 0
        let customers = try await visit.database.customers(after: after, limit: CustomerListPage.length + 1)
        return try await Panel.page(
            CustomerListPage(customers: customers, after: after, reader: visit.reader),
            titled: CustomerWords.list.text(for: visit.reader), for: visit)
    }
}
