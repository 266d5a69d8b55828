import Customers
import Identifiers
import Incidents
import Locale
import Nouns
import Services

/// What is reported or asked for, as it is entered.
package struct NewTicket: Sendable, Equatable {
    /// The customer's number, on paper forms and in the panel; empty for a colleague's own.
    package var client = ""
    package var customer: Customer.ID?
    package var title = ""
    package var kind = Ticket.Kind.noInternet
    package var priority = Ticket.Priority.normal
    package var service: Service.ID?
    package var incident: Incident.ID?
    package var text = ""
    package var isHolding = false

    package init() {}
}

extension NewTicket: Fielded {
    package static let noun = "Ticket"

    package static let fields: [Field<NewTicket>] = [
        .line("client", \.client, 0...20, TicketWords.client.message).hint(TicketWords.clientHint.message)
            .only(in: .form),
        .reference("customer", \.customer, TicketWords.customer.message).only(in: .api),
        .choice("kind", \.kind, TicketWords.kind.message),
        .line("title", \.title, 1...100, TicketWords.title.message),
        .choice("priority", \.priority, TicketWords.priority.message),
        .reference("service", \.service, TicketWords.service.message),
        .reference("incident", \.incident, TicketWords.incident.message).hint(TicketWords.incidentHint.message),
        .lines("text", \.text, 0...4000, TicketWords.details.message),
        .flag("holds", \.isHolding, TicketWords.isHolding.message),
    ]
}

/// What may be changed of a ticket that is there.
package struct TicketTerms: Sendable, Equatable {
    package var title = ""
    package var kind = Ticket.Kind.other
    package var priority = Ticket.Priority.normal
    package var service: Service.ID?
    package var incident: Incident.ID?
    package var isHolding = false
}

extension TicketTerms: Fielded {
    package static let noun = "TicketTerms"

    package static let fields: [Field<TicketTerms>] = [
        .line("title", \.title, 1...100, TicketWords.title.message),
        .choice("kind", \.kind, TicketWords.kind.message),
        .choice("priority", \.priority, TicketWords.priority.message),
        .reference("service", \.service, TicketWords.service.message),
        .reference("incident", \.incident, TicketWords.incident.message).hint(TicketWords.incidentHint.message),
        .flag("holds", \.isHolding, TicketWords.isHolding.message),
    ]
}

extension Ticket {
    package var terms: TicketTerms {
        TicketTerms(
            title: title, kind: kind, priority: priority, service: service, incident: incident, isHolding: isHolding)
    }
}

/// Something to be written on a ticket.
package struct NewEntry: Sendable {
    package let text: String
    package let isInternal: Bool
    package let files: [SealedTicketFile]

    package init(_ text: String, internal isInternal: Bool = false, files: [SealedTicketFile] = []) {
        (self.text, self.isInternal, self.files) = (text, isInternal, files)
    }
}
