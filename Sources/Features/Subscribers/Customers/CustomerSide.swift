import Access
import Declarations
import HTML
import Locale
import Nouns
import Panel
import Postgres

/// A customer beside something else, such as what they write: what rooms say of them, and what can be done.
package struct CustomerSide: View {
    private let customer: Customer
    private let facts: [CustomerFact]
    private let acts: [CustomerAct]
    private let cards: [CustomerCard]
    private let visit: Visit

    /// Nil for one whom the visitor does not reach.
    package init?(_ id: Customer.ID, for visit: Visit) async throws {
        guard let customer = try await visit.database.customer(id) else { return nil }
        var reading = CustomerReading(customer, for: visit)
        let (facts, acts) = (reading.take(CustomerFacts.self), reading.take(CustomerActs.self))
        let (cards, outlooks) = (reading.take(CustomerCards.self), reading.takeOutlooks())
        let rows = try await visit.database.batch(reading.statements)
        self.facts = try await facts(rows).flatMap(\.self) + outlooks(rows)
        self.acts = try acts(rows).flatMap(\.self)
        self.cards = try cards(rows).compactMap(\.self)
        (self.customer, self.visit) = (customer, visit)
    }

    private var reader: Reader { visit.reader }

    package var body: Markup {
        h2 { a(.href(customer.panelPath)) { customer.name } }
        p(.class("subject")) {
            span(.class("number")) {
                CustomerWords.number.text(for: reader, .text("number", "\(customer.number)"))
            }
            StateMark(customer.state, for: reader)
        }
        if !facts.isEmpty {
            ul(.class("plain lines")) {
                for fact in facts {
                    li(.data("tone", fact.tone.rawValue)) {
                        span { fact.name }
                        if let path = fact.path {
                            a(.href(path)) { strong { fact.value } }
                        } else {
                            strong { fact.value }
                        }
                    }
                }
            }
        }
        if !acts.isEmpty {
            nav(.class("buttons"), .aria("label", CustomerWords.acts.text(for: reader, .name(customer.name)))) {
                for act in acts {
                    a(
                        .class(
                            act.style == .primary ? "button primary" : act.style == .danger ? "button danger" : "button"
                        ),
                        .href(act.path), act.key.map { .data("press", $0) } ?? .absent,
                        .when(act.isAsked, .data("dialog", ""))
                    ) { act.text }
                }
            }
        }
        for card in cards {
            section(.class("side-card")) {
                h3 { card.title }
                card.content
            }
        }
    }
}
