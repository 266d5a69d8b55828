import API
import Access
import HTTP
import Identifiers
import Panel
import Postgres
import Search
import Time
import Zones

/// Which customers a list shows and in which order: all of it stands in the address.
struct CustomerList: Sendable, Equatable {
    enum Order: String, Sendable, CaseIterable {
        case number, newestNumber = "-number"
        case name, nameBackwards = "-name"
        case since, latest = "-since"

        var isDescending: Bool { rawValue.hasPrefix("-") }
        /// The same column, the other way round.
        var turned: Order {
            switch self {
            case .number: .newestNumber
            case .newestNumber: .number
            case .name: .nameBackwards
            case .nameBackwards: .name
            case .since: .latest
            case .latest: .since
            }
        }
    }

    /// The row that a page follows: its number, and what it is sorted by.
    struct Place: Sendable, Equatable {
        let number: Int
        let key: String
    }

    var text = ""
    var state: Customer.State?
    var zone: CoverageZone.ID?
    var order = Order.number
    var after: Place?

    init() {}

    init(_ query: Fields) throws(RequestError) {
        text = FormText.line(query["q"])
        state = query["state"].flatMap(Customer.State.init)
        zone = query["zone"].flatMap { CoverageZone.ID($0) }
        order = query["order"].flatMap(Order.init) ?? .number
        guard let number = try query.value("after", as: Int.self) else { return }
        let key = query["from"] ?? ""
        if order == .since || order == .latest, Day(iso: key) == nil { throw .malformed("The place cannot be read.") }
        after = Place(number: number, key: key)
    }

    static let path = "/panel/customers"

    var isFiltered: Bool { state != nil || zone != nil || !text.isEmpty }

    var address: String {
        Fields([
            "q": text.isEmpty ? nil : text, "state": state?.rawValue, "zone": zone.map { "\($0)" },
            "order": order == .number ? nil : order.rawValue, "after": after.map { "\($0.number)" },
            "from": after.flatMap { $0.key.isEmpty ? nil : $0.key },
        ]).query(of: Self.path)
    }

    func sorted(by order: Order) -> CustomerList {
        var list = self
        list.order = order
        list.after = nil
        return list
    }

    func following(_ customer: Customer?) -> CustomerList {
        var list = self
        list.after = customer.map { customer in
            switch order {
            case .number, .newestNumber: Place(number: customer.number, key: "")
            case .name, .nameBackwards: Place(number: customer.number, key: customer.name)
            case .since, .latest: Place(number: customer.number, key: customer.since.iso)
            }
        }
        return list
    }
}

extension CustomerList {
    func restriction(in database: TenantDatabase) -> SQL {
        let state: SQL = state.map { "AND state = \($0.rawValue)" } ?? .nothing
        let zone: SQL = zone.map { "AND zone_id = \($0)" } ?? .nothing
        return "\(state) \(zone) \(database.matching(SearchText.query(text), .customer, id: "customer_id"))"
    }

    var sorting: SQL {
        switch order {
        case .number: "ORDER BY number"
        case .newestNumber: "ORDER BY number DESC"
        case .name: "ORDER BY name COLLATE \"und-x-icu\", number"
        case .nameBackwards: "ORDER BY name COLLATE \"und-x-icu\" DESC, number DESC"
        case .since: "ORDER BY since, number"
        case .latest: "ORDER BY since DESC, number DESC"
        }
    }

    var position: SQL {
        guard let after else { return .nothing }
        return switch order {
        case .number: "AND number > \(after.number)"
        case .newestNumber: "AND number < \(after.number)"
        case .name: "AND (name COLLATE \"und-x-icu\", number) > (\(after.key), \(after.number))"
        case .nameBackwards: "AND (name COLLATE \"und-x-icu\", number) < (\(after.key), \(after.number))"
        case .since: "AND (since, number) > (\(after.key)::text::date, \(after.number))"
        case .latest: "AND (since, number) < (\(after.key)::text::date, \(after.number))"
        }
    }
}

extension TenantDatabase {
    /// One more than a page shows, when there are more, and the zones that they can be in.
    func customers(
        _ list: CustomerList, limit: Int
    ) async throws(DatabaseError) -> (customers: [Customer], zones: [CoverageZone]) {
        let results = try await batch([
            """
            SELECT customer_id, number, name, phone, email, address, neighbourhood, state, since, zone_id
            FROM customers WHERE tenant_id = \(tenant) \(list.restriction(in: self)) \(list.position)
            \(list.sorting) LIMIT \(limit)
            """, coverageZonesStatement,
        ])
        return (try results[0].read(), try results[1].read())
    }
}
