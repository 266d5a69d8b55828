import API
import Access
import HTTP
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Tenancy
import Time
import Zones

/// Customers in the API.
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
        MergeAPI(randomness: randomness).add(to: &routes)
        PayerRoutes.add(to: &routes)
    }

    private func create(_ visit: Visit, _ new: NewCustomer) async throws -> Customer {
        let customer = try new.customer.noun(from: .blank(for: visit, from: randomness), in: visit.notation)
        return try await Customer.add(
            [customer], distinct: new.isDistinct, to: visit.tenant, by: visit.principal, in: visit.database)[0]
    }

    private func change(
        _ visit: Visit, _ customer: Customer, _ changes: NounChanges<Customer>
    ) async throws -> Customer {
        let changed = try changes.applied(to: customer, in: visit.notation)
        return try await customer.change(to: changed, of: visit.tenant, by: visit.principal, in: visit.database)
    }
}

extension Customer: ListedResource {
    package static let schema = Schema.object(
        "Customer", [.required("id", .id, CustomerAPIWords.id)] + schemaFields)

    package var path: String { "/api/v1/customers/\(id)" }
    package var position: Int { number }
}

/// The input for a new customer.
struct NewCustomer: Input {
    static var schema: Schema {
        .object(
            "NewCustomer",
            NewNoun<Customer>.schema.fields + [.optional(LikelyDuplicates.field, .flag, CustomerAPIWords.distinct)])
    }

    let customer: NewNoun<Customer>
    let isDistinct: Bool

    init(_ members: Members) {
        customer = NewNoun(members)
        isDistinct = members[LikelyDuplicates.field] == .bool(true)
    }
}

/// The filter of a list of customers.
struct CustomerFilter: Input {
    static let schema = Schema.object(
        "CustomerFilter",
        [
            .optional("state", .words(Customer.State.allCases.map(\.rawValue)), CustomerAPIWords.ofState),
            .optional("zone", .id, CustomerAPIWords.ofZone),
        ])

    let state: Customer.State?
    let zone: Zone.ID?

    init(_ members: Members) {
        state = members.word("state")
        zone = members.id("zone")
    }
}

enum CustomerAPIWords: MessageCatalogue {
    case list, create, read, change, id, ofState, ofZone, distinct

    var message: Message {
        switch self {
        case .list: Message(es: "Lista de clientes", en: "The customers", pt: "Lista de clientes")
        case .create: Message(es: "Crea un cliente", en: "Makes a customer", pt: "Cria um cliente")
        case .read: Message(es: "Un cliente", en: "One customer", pt: "Um cliente")
        case .change: Message(es: "Cambia un cliente", en: "Changes a customer", pt: "Altera um cliente")
        case .id: Message(es: "Identifica al cliente.", en: "Stands for the customer.", pt: "Identifica o cliente.")
        case .distinct:
            Message(
                es: "Es otra persona que los clientes con su nombre, teléfono o correo; sin esto se rechaza (409).",
                en:
                    "This is another person than the customers with their name, phone or e-mail; refused without (409).",
                pt: "É outra pessoa que os clientes com seu nome, telefone ou e-mail; sem isto é recusado (409).")
        case .ofState:
            Message(es: "Solo los de este estado.", en: "Only those of this status.", pt: "Só os desta situação.")
        case .ofZone: Message(es: "Solo los de esta zona.", en: "Only those of this zone.", pt: "Só os desta zona.")
        }
    }
}
