import API
import Access
import Assembly
import Customers
import Declarations
import HTML
import Identifiers
import JSON
import Locale
import Nouns
import Panel
import Postgres
import Routers
import Services
import Tenancy
import Time

/// What services moved on each of the last thirty days, as access servers report it (consumo).
struct ServiceTraffic: Sendable, Equatable {
    /// Of the service, in the API's address.
    let service: Service.ID?
    /// From the first day to today; a day without traffic is there too.
    let days: [TrafficDay]

    static let span = 30

    var sent: Int { days.reduce(0) { $0.clamped(adding: $1.sent) } }
    var received: Int { days.reduce(0) { $0.clamped(adding: $1.received) } }

    static func lately(of services: [Service.ID], _ visit: Visit) async throws -> ServiceTraffic {
        let today = visit.today
        let found = try await visit.database.traffic(of: services, since: today - (span - 1))
        return ServiceTraffic(
            service: services.first,
            days: (0..<span).map { place in
                let day = today - (span - 1) + place
                return found.first { $0.day == day } ?? TrafficDay(day: day, sent: 0, received: 0)
            })
    }

    /// On a service's page; nothing where nothing was ever counted.
    static func ofService(_ service: Service, _ visit: Visit) async throws -> Markup {
        guard visit.may(.networkRead) else { return .nothing }
        let traffic = try await lately(of: [service.id], visit)
        return traffic.isEmpty ? .nothing : TrafficCard(traffic: traffic, title: .traffic30, reader: visit.reader).body
    }

    /// On the portal, of all of the customer's services together.
    static func ofSubscriber(_ visit: Visit, _ customer: UUID) async throws -> [HomePart] {
        let services = try await visit.database.services(of: ID(customer), on: visit.today)
        guard !services.isEmpty else { return [] }
        let traffic = try await lately(of: services.map(\.id), visit)
        guard !traffic.isEmpty else { return [] }
        return [HomePart(.top, 60, TrafficCard(traffic: traffic, title: .consumption, reader: visit.reader))]
    }

    private var isEmpty: Bool { days.allSatisfy { $0.sent == 0 && $0.received == 0 } }
}

struct TrafficDay: Sendable, Equatable {
    let day: Day
    /// In bytes, from the customer and to the customer.
    let sent: Int
    let received: Int
}

extension TrafficDay: RowReadable {
    init(row: Row) throws(DatabaseError) {
        (day, sent, received) = (try row.read("day"), try row.read("sent"), try row.read("received"))
    }
}

extension Int {
    /// The largest number instead of more.
    fileprivate func clamped(adding other: Int) -> Int {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        return isTooLarge ? .max : sum
    }
}

extension TenantDatabase {
    func traffic(of services: [Service.ID], since day: Day) async throws(DatabaseError) -> [TrafficDay] {
        try await rows(
            """
            SELECT f.day, least(sum(f.sent), 9223372036854775807)::bigint AS sent,
                least(sum(f.received), 9223372036854775807)::bigint AS received
            FROM service_traffic f
            WHERE f.tenant_id = \(tenant) AND f.service_id = ANY (\(services)) AND f.day >= \(day)
            GROUP BY f.day ORDER BY f.day
            """)
    }
}

private struct TrafficCard: View {
    let traffic: ServiceTraffic
    let title: RadiusWords
    let reader: Reader

    var body: Markup {
        section(.class("card"), .aria("label", title.text(for: reader))) {
            BarChart(
                id: "traffic", title.text(for: reader),
                summary: RadiusWords.trafficHint.text(
                    for: reader, .text("received", Self.megabytes(traffic.received).text(for: reader)),
                    .text("sent", Self.megabytes(traffic.sent).text(for: reader))),
                traffic.days.enumerated().map { place, day in
                    BarChart.Bar(
                        day.day.text(.short, for: reader),
                        short: place.isMultiple(of: 7) ? String(day.day.iso.suffix(2)) : "",
                        Self.megabytes(day.received),
                        text:
                            "↓ \(Self.megabytes(day.received).text(for: reader)) ↑ \(Self.megabytes(day.sent).text(for: reader)) MB"
                    )
                }, reader: reader)
            p(.class("hint")) {
                RadiusWords.trafficHint.text(
                    for: reader, .text("received", Self.megabytes(traffic.received).text(for: reader)),
                    .text("sent", Self.megabytes(traffic.sent).text(for: reader)))
            }
        }
    }

    private static func megabytes(_ bytes: Int) -> Int { bytes / 1_000_000 }
}

extension ServiceTraffic: Resource {
    static let schema = Schema.object(
        "ServiceTraffic",
        [
            .required(
                "items",
                .list(
                    of: .object(
                        "TrafficDay",
                        [
                            .required("day", .day, RadiusAPIWords.day),
                            .required("bytes_sent", .integer(0...Int.max), RadiusAPIWords.sent),
                            .required("bytes_received", .integer(0...Int.max), RadiusAPIWords.received),
                        ])), RadiusAPIWords.traffic)
        ])

    var path: String { "/api/v1/services/\(service?.description ?? "")/traffic" }

    func write(to json: inout JSONWriter) {
        json.object { json in
            json.array("items") { json in
                for one in days {
                    json.object { json in
                        json.member("day", one.day.iso)
                        json.member("bytes_sent", one.sent)
                        json.member("bytes_received", one.received)
                    }
                }
            }
        }
    }
}
