import Access
import Assembly
import Customers
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Plans
import Postgres
import Tenancy
import Time

/// A customer's services on their pages.
enum CustomerServices {
    static let parts: [any RoomPart] = [
        CustomerActs(
            20, for: .servicesCut,
            reading: { visit, customer in [visit.database.servicesStatement(of: customer.id, on: visit.today)] },
            { rows, visit, customer in
                let services: [Service] = try rows[0].read()
                return act(on: services.filter { ![.pending, .cancelled].contains($0.state) }, of: customer, visit)
            }),
        CustomerCards(
            20, for: .servicesRead,
            reading: { visit, customer in
                [visit.database.servicesStatement(of: customer.id, on: visit.today)]
                    + ServiceSight.statements("s.customer_id = \(customer.id)", for: visit)
            },
            { rows, visit, customer in
                let card = ServicesCard(
                    services: try rows[0].read(), seen: try ServiceSight.seen(Array(rows.dropFirst()), for: visit),
                    customer: customer, visit: visit)
                return CustomerCard(ServiceWords.services.text(for: visit.reader), in: .wide) { card }
            }),
        CustomerStandings(20, for: .servicesRead) { visit, customers in
            let services: [OwnedService] = try await visit.database.rows(
                """
                SELECT service_id, customer_id FROM services
                WHERE tenant_id = \(visit.database.tenant) AND customer_id = ANY (\(customers))
                    AND state IN ('active', 'cut')
                ORDER BY number
                """)
            let seen = try await ServiceSight.seen("s.customer_id = ANY (\(customers))", for: visit)
            var standings: [Customer.ID: (words: String, tone: Tone)] = [:]
            for service in services where standings[service.customer] == nil {
                standings[service.customer] = seen[service.id]?.instead
            }
            return standings
        },
        CustomerColumns(
            20, for: .servicesRead,
            [.init("plan", .line(0...1000), Message(es: "Plan", en: "Plan", pt: "Plano"), "sold.plans")]
        ) { visit in
            """
            LEFT JOIN LATERAL (
                SELECT string_agg(DISTINCT p.name, ' · ') AS plans
                FROM services s
                JOIN desired_services d ON d.tenant_id = s.tenant_id AND d.service_id = s.service_id
                JOIN plans p ON p.tenant_id = d.tenant_id AND p.plan_id = d.plan_id
                WHERE s.tenant_id = \(visit.database.tenant) AND s.customer_id = c.customer_id
                    AND s.state <> 'cancelled') sold ON true
            """
        },
        CustomerNouns(at: ServiceRow.list.path, for: .servicesRead) { database, customer in
            "SELECT service_id FROM services WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)"
        },
        NounUse<Plan>(10, "services", ServiceWords.services.message) { database, plan in
            """
            FROM desired_services d
            WHERE d.tenant_id = \(database.tenant) AND d.plan_id = \(plan) AND d.access <> 'absent'
            """
        },
        // Including services that have another plan now.
        NounUse<Plan>(20, "sales") { database, plan in
            "FROM service_terms t WHERE t.tenant_id = \(database.tenant) AND t.plan_id = \(plan)"
        },
        CustomerRows(40, "services", ServiceWords.services.message, in: "services", by: "service_id"),
        CustomerRows(
            41, "fiscal_profiles", Message(es: "Datos fiscales", en: "Tax details", pt: "Dados fiscais"),
            in: "fiscal_profiles", by: "profile_id"),
    ]

    /// Cutting or reconnecting, whichever applies; with several services to cut, a choice.
    private static func act(on services: [Service], of customer: Customer, _ visit: Visit) -> [CustomerAct] {
        guard visit.mayAct(with: .servicesCut), let first = services.first else { return [] }
        let cut = services.filter { $0.state == .cut }
        let words: ServiceWords = cut.count == services.count ? .reconnectShort : .cutShort
        let segment = cut.count == services.count ? "reconnections" : Cut.segment
        let isChoice = services.count > 1
        return [
            CustomerAct(
                words.text(for: visit.reader),
                at: isChoice ? "\(customer.panelPath)/services" : "\(first.panelPath)/\(segment)/new",
                words == .cutShort ? .danger : .plain, asked: !isChoice)
        ]
    }
}

// The portal's first information to the customer.
extension CustomerServices {
    static func ofSubscriber(_ visit: Visit, _ customer: UUID) async throws -> [HomePart] {
        let services = try await visit.database.services(of: ID(customer), on: visit.today)
            .filter { $0.state != .cancelled }
        guard !services.isEmpty else { return [] }
        let seen = try await ServiceSight.seen("s.customer_id = \(customer)", for: visit)
        return [HomePart(.top, 30, PortalServicesCard(services: services, seen: seen, reader: visit.reader))]
    }
}

private struct OwnedService: RowReadable {
    let id: Service.ID
    let customer: Customer.ID

    init(row: Row) throws(DatabaseError) {
        id = try row.read("service_id")
        customer = try row.read("customer_id")
    }
}

private struct PortalServicesCard: View {
    let services: [Service]
    let seen: [Service.ID: ServiceSight.Seen]
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            h2 { ServiceWords.services.text(for: reader) }
            ul(.class("plain lines")) {
                for service in services {
                    li {
                        span {
                            strong { service.planName }
                            mark(of: service)
                            if let until = service.paidUntil(for: reader) { span(.class("hint")) { " \(until)" } }
                        }
                        span(.class("figures")) { service.price.exactText(for: reader) }
                    }
                }
            }
        }
    }
}

extension PortalServicesCard {
    /// What differs on a router is told to those who can mend it, not to its subscriber.
    private func mark(of service: Service) -> Markup {
        let seen = seen[service.id]
        return (seen?.isAwaited == true ? seen?.mark : nil) ?? StateMark(service.state, for: reader).body
    }
}

/// A row for each service, with what is done with it most.
struct ServicesCard: View {
    let services: [Service]
    let seen: [Service.ID: ServiceSight.Seen]
    let customer: Customer
    let visit: Visit

    private var reader: Reader { visit.reader }

    var body: Markup {
        if services.isEmpty { p(.class("hint")) { ServiceWords.noneOfCustomer.text(for: reader) } }
        ul(.class("plain service-rows")) { for service in services { row(of: service) } }
        if visit.mayAct(with: .servicesManage) {
            p {
                a(.class("button"), .href("\(customer.panelPath)/services/new")) { ServiceWords.new.text(for: reader) }
            }
        }
    }

    private func row(of service: Service) -> Markup {
        li {
            div {
                a(.class("name"), .href(service.panelPath)) { service.title }
                seen[service.id]?.mark ?? StateMark(service.state, for: reader).body
                p(.class("hint")) {
                    [
                        service.price.exactText(for: reader), service.paidUntil(for: reader) ?? "",
                        seen[service.id]?.words ?? "", service.address,
                    ].filter { !$0.isEmpty }.joined(separator: " · ")
                }
            }
            div(.class("row-acts")) {
                for act in acts(on: service) where visit.mayAct(with: act.permission) {
                    a(
                        .class(act.words == .cutShort ? "button danger" : "button"),
                        .href("\(service.panelPath)/\(act.segment)/new"), .data("dialog", ""),
                        .aria("label", "\(act.words.text(for: reader)): \(service.title)")
                    ) {
                        act.words.text(for: reader)
                    }
                }
            }
        }
    }

    private func acts(on service: Service) -> [(words: ServiceWords, segment: String, permission: Permission)] {
        switch service.state {
        case .pending: [(.activateShort, Activation.segment, .servicesActivate)]
        case .active, .frozen:
            [(.changePlan, PlanChange.segment, .servicesManage), (.cutShort, Cut.segment, .servicesCut)]
        case .cut: [(.reconnectShort, "reconnections", .servicesCut)]
        case .cancelled: []
        }
    }
}

extension Service {
    /// Nil unless it is prepaid.
    func paidUntil(for reader: Reader) -> String? {
        prepaidThrough.map {
            (owesDays ? ServiceWords.daysOnCredit : .paidUntil).text(
                for: reader, .text("until", $0.text(.short, for: reader)))
        }
    }
}
