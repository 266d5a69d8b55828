import Access
import Audit
import Declarations
import Events
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Time
import Zones

/// A customer's page: the rooms' cards, the timeline, and the contact data.
struct CustomerPage: View {
    private let customer: Customer
    private let heading: CustomerHeading
    private let cards: [CustomerCard]
    private let moments: [CustomerMoment]
    private let zone: Zone?
    private let merges: [CustomerMerge]
    private let visit: Visit

    /// Reads everything in one round trip, except computed outlooks.
    init(_ customer: Customer, for visit: Visit) async throws {
        var reading = CustomerReading(customer, for: visit)
        let (facts, acts) = (reading.take(CustomerFacts.self), reading.take(CustomerActs.self))
        let (cards, outlooks) = (reading.take(CustomerCards.self), reading.takeOutlooks())
        let own = reading.statements.count
        let rows = try await visit.database.batch(
            reading.statements + CustomerMoment.statements(of: customer, for: visit)
                + [
                    visit.database.coverageZoneStatement(customer.zone),
                    visit.database.mergesStatement(into: customer.id),
                ])
        heading = try await CustomerHeading(customer, facts(rows) + [outlooks(rows)], acts(rows), for: visit)
        self.cards = try cards(rows).compactMap(\.self)
        moments = CustomerMoment.told(try rows[own + 1].read())
        zone = try (rows[own + 2].read() as [Zone]).first
        merges = try rows[own + 3].read()
        (self.customer, self.visit) = (customer, visit)
    }

    private var reader: Reader { visit.reader }

    var body: Markup {
        heading
        div(.class("customer-page")) {
            div(.class("wide")) {
                for card in cards where card.column == .wide { view(of: card) }
                CustomerTimeline(customer: customer, moments: moments, visit: visit)
            }
            div(.class("side-column")) {
                for card in cards where card.column == .side { view(of: card) }
                section(.class("card")) {
                    h2 { CustomerWords.details.text(for: reader) }
                    NounFacts(
                        customer, options: zone.map { ["zone": Zone.options([$0], for: visit)] } ?? [:], for: reader)
                }
                MergesCard(customer: customer, merges: merges, visit: visit)
            }
        }
    }

    private func view(of card: CustomerCard) -> Markup {
        section(.class("card")) {
            h2 { card.title }
            card.content
        }
    }
}

/// An event about a customer or one of their nouns.
struct CustomerMoment: RowReadable {
    let event: Event
    /// The noun's page.
    let path: String?

    init(row: Row) throws(DatabaseError) {
        event = try Event(row: row)
        path = try row.read("path")
    }

    private static let most = 30

    /// Omits changes of the customer's state that follow from another event shown.
    static func told(_ moments: [CustomerMoment]) -> [CustomerMoment] {
        Array(
            moments.filter {
                $0.event.kind != EventKind.customerChanged.name
                    || ($0.event.before + $0.event.after).contains { $0.name != "state" }
            }.prefix(most))
    }

    /// Seals first, then reads. Those who may see the record get all events, others those of the rooms they may see.
    static func statements(of customer: Customer, for visit: Visit) -> [SQL] {
        let nouns = visit.catalogue.parts(CustomerNouns.self).filter { visit.may($0.permission) }.map { nouns -> SQL in
            "UNION ALL SELECT own.id, \(nouns.path.map { $0 + "/" }) || own.id::text FROM (\(nouns.ids(visit.database, customer.id))) own(id)"
        }
        let own: SQL = """
            SELECT \(customer.id)::uuid, NULL::text
            UNION ALL SELECT customer_id, NULL FROM customers
            WHERE tenant_id = \(visit.database.tenant) AND merged_into = \(customer.id)
            """
        let subjects: SQL = nouns.reduce(own) { "\($0) \($1)" }
        let kinds =
            visit.may(.auditRead)
            ? nil : visit.catalogue.publishedEvents(to: visit.admitted?.permissions ?? []).map(\.name)
        return visit.database.eventsOfSubjects(subjects, kinds: kinds, limit: 2 * most)
    }
}

/// The timeline, newest first: who did what and when, with changes collapsed.
private struct CustomerTimeline: View {
    let customer: Customer
    let moments: [CustomerMoment]
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        h2 { CustomerWords.history.text(for: reader) }
        if moments.isEmpty {
            p(.class("hint")) { CustomerWords.noHistory.text(for: reader) }
        } else {
            ol(.class("timeline")) { for moment in moments { line(moment) } }
            if visit.may(.auditRead) {
                p {
                    a(.href("/panel/audit?subject=\(customer.id)")) { CustomerWords.wholeHistory.text(for: reader) }
                }
            }
        }
    }

    /// Details shown without expanding.
    private static let shown: Set = ["amount", "stage"]

    private func line(_ moment: CustomerMoment) -> Markup {
        let event = moment.event
        return li {
            div {
                strong { visit.catalogue.text(of: event, for: reader) }
                for detail in event.after where Self.shown.contains(detail.name) {
                    " "
                    span(.class("figures")) {
                        visit.catalogue.value(ofDetail: detail.name, detail.value, in: event, for: reader)
                    }
                }
                if let path = moment.path, let subject = event.subject {
                    " "
                    a(.class("chip"), .href(path)) { subject.replacing(" · \(customer.name)", with: "") }
                }
            }
            div(.class("hint author")) {
                "\(EventTimeline.author(of: event, for: reader)) · "
                time(.datetime(event.at.rfc3339)) { event.at.text(.short, in: visit.tenant.timeZone, for: reader) }
            }
            FoldedChanges(event: event, visit: visit)
        }
    }
}
