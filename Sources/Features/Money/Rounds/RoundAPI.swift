import API
import Access
import Customers
import Declarations
import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Time

/// Visits in the API.
struct RoundAPI: Sendable {
    let randomness: Randomness

    func add(to routes: inout API.Routes) {
        routes.post("/api/v1/customers/:id/failed-visits", .roundsWalk, RoundAPIWords.create) {
            (visit, new: NewNoun<FailedVisit>, id: Customer.ID) in
            let missed = try new.noun(
                from: FailedVisit(id: .make(milliseconds: visit.now.milliseconds, from: randomness), customer: id))
            try await missed.add(of: visit.tenant, by: visit.principal, in: visit.database)
            return missed
        }
    }
}

extension FailedVisit: Resource {
    package static let schema = Schema.object(
        "FailedVisit",
        [
            .required("id", .id, RoundAPIWords.id), .required("customer", .id, RoundAPIWords.customer),
        ] + schemaFields)

    /// Shown among the customer's events.
    package var path: String { "/api/v1/customers/\(customer)" }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("customer", customer.description)
            json.fields(of: self)
        }
    }
}

enum RoundAPIWords: MessageCatalogue {
    case create, id, customer

    var message: Message {
        switch self {
        case .create:
            Message(
                es: "Anota que no se localizó a un cliente", en: "Notes that a customer was not found",
                pt: "Anota que um cliente não foi encontrado")
        case .id: Message(es: "Identifica la visita.", en: "Stands for the visit.", pt: "Identifica a visita.")
        case .customer: Message(es: "El cliente.", en: "The customer.", pt: "O cliente.")
        }
    }
}
