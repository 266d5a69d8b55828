import API
import Access
import HTTP
import Identifiers
import JSON
import Locale
import Postgres
import Tenancy
import Time

/// The customers as programs see them.
package struct CustomerAPI: Sendable {
    private let randomness: Randomness

    package init(randomness: Randomness) { self.randomness = randomness }

    package func add(to routes: inout API.Routes) {
        routes.list("/api/v1/customers", .customersRead, CustomerAPIWords.list, by: CustomerFilter.self) {
            visit, filter, page in
            try await visit.database.customers(after: page.after, in: filter.state, of: filter.zone, limit: page.limit)
        }
        routes.post("/api/v1/customers", .customersWrite, CustomerAPIWords.create, create)
        routes.get("/api/v1/customers/:id", .customersRead, CustomerAPIWords.read) { (visit, id: Customer.ID) in
            try await visit.database.customer(id)
        }
        routes.patch(
            "/api/v1/customers/:id", .customersWrite, CustomerAPIWords.change,
            of: { (visit, id: Customer.ID) in try await visit.database.customer(id, locked: true) }, change)
    }

    private func create(_ visit: Visit, _ new: NewCustomer) async throws -> Customer {
        try await Customer.add(
            new, to: visit.tenant, by: visit.author, from: randomness, in: visit.database)
    }

    private func change(_ visit: Visit, _ customer: Customer, _ changes: CustomerChanges) async throws -> Customer {
        try await customer.change(changes, of: visit.tenant, by: visit.author, in: visit.database)
    }
}

extension Customer: ListedResource {
    package static let schema = Schema.object(
        "Customer",
        [
            .required("id", .id, CustomerAPIWords.id),
            .required("number", .integer(1...Int.max), CustomerAPIWords.number),
            .required("name", .text, CustomerAPIWords.name),
            .required("phone", .text, CustomerAPIWords.phone),
            .required("email", .text, CustomerAPIWords.email),
            .required("address", .text, CustomerAPIWords.address),
            .required("neighbourhood", .text, CustomerAPIWords.neighbourhood),
            .required("state", State.schema, CustomerAPIWords.state),
            .required("since", .day, CustomerAPIWords.since),
            .required("zone", .id.orNull, CustomerAPIWords.zone),
        ])

    package var path: String { "/api/v1/customers/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", ascii: id.uuid.appendText)
            json.member("number", number)
            json.member("name", name)
            json.member("phone", phone)
            json.member("email", email)
            json.member("address", address)
            json.member("neighbourhood", neighbourhood)
            json.member("state", state.rawValue)
            json.member("since", ascii: since.appendISO)
            json.member("zone", zone.map { JSONValue.string($0.description) } ?? .null)
        }
    }
}

extension Customer.State {
    static let schema = Schema.words(allCases.map(\.rawValue))
}
