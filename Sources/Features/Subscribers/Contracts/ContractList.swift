import Customers
import HTTP
import Locale
import Nouns
import Panel
import Postgres
import Search

/// The filter and order of contracts, held in the URL.
struct ContractList: Sendable, Equatable {
    enum Order: String, Sendable {
        case newest, oldest

        var turned: Order { self == .newest ? .oldest : .newest }
    }

    static let path = "/panel/contracts"
    static let length = 50

    private(set) var text = ""
    private(set) var state: Contract.State?
    private(set) var order = Order.newest
    /// The position before the page.
    private(set) var after: Int?

    init(_ query: Fields) throws(RequestError) {
        text = FormText.line(query["q"])
        state = query["state"].flatMap(Contract.State.init)
        order = query["order"].flatMap(Order.init) ?? .newest
        after = try query.value("after", as: Int.self)
    }

    var isFiltered: Bool { state != nil || !text.isEmpty }

    var address: String {
        Fields([
            "q": text.isEmpty ? nil : text, "state": state?.rawValue,
            "order": order == .newest ? nil : order.rawValue, "after": after.map { "\($0)" },
        ]).query(of: Self.path)
    }

    var turned: ContractList {
        var list = following(nil)
        list.order = order.turned
        return list
    }

    func following(_ contract: Contract?) -> ContractList {
        var list = self
        list.after = contract?.number
        return list
    }
}

extension TenantDatabase {
    /// One more than a page shows, if there are more. A number finds a contract, words its customer.
    func contracts(_ list: ContractList, for reader: Reader) async throws -> [Contract] {
        try await transaction { database in
            let words: SQL
            if let number = Int(list.text) {
                words = "AND c.number = \(number)"
            } else {
                words = try await database.matching(
                    SearchQuery(list.text, in: reader.region), .customer, number: "customers.number")
            }
            return try await database.contracts(list, words)
        }
    }

    private func contracts(_ list: ContractList, _ words: SQL) async throws(DatabaseError) -> [Contract] {
        let state: SQL = list.state.map { "AND c.state = \($0.rawValue)" } ?? .nothing
        let (position, sorting): (SQL, SQL) =
            switch list.order {
            case .newest: (list.after.map { "AND c.number < \($0)" } ?? .nothing, "ORDER BY c.number DESC")
            case .oldest: (list.after.map { "AND c.number > \($0)" } ?? .nothing, "ORDER BY c.number")
            }
        return try await rows(
            "\(contractColumns) \(state) \(words) \(position) \(sorting) LIMIT \(ContractList.length + 1)")
    }
}
