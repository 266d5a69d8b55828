import Locale
import Postgres
import Time

/// How many customers there are, and how many came: what the first page of the panel shows.
package struct CustomerFigures: Sendable {
    package let byState: [Customer.State: Int]
    /// The months up to this one, the oldest first, those without a customer too.
    package let newByMonth: [(month: Month, count: Int)]

    package var total: Int { byState.values.reduce(0, +) }
    package var newThisMonth: Int { newByMonth.last?.count ?? 0 }
    package var newLastMonth: Int { newByMonth.dropLast().last?.count ?? 0 }

    package func count(_ states: Customer.State...) -> Int { states.reduce(0) { $0 + (byState[$1] ?? 0) } }
}

extension Customer.State {
    package func text(for reader: Reader) -> String { words.text(for: reader) }

    /// The list of those in this state.
    package var path: String { "\(CustomerList.path)?state=\(rawValue)" }
}

extension TenantDatabase {
    package func customerFigures(for months: Int, until today: Day) async throws(DatabaseError) -> CustomerFigures {
        let first = today.month - (months - 1)
        let results = try await batch([
            "SELECT state, count(*) AS count FROM customers WHERE tenant_id = \(tenant) GROUP BY state",
            """
            SELECT date_trunc('month', since)::date AS month, count(*) AS count FROM customers
            WHERE tenant_id = \(tenant) AND since BETWEEN \(first.first) AND \(today.month.last) GROUP BY 1
            """,
        ])
        let states: [CountedState] = try results[0].read()
        let counted: [CountedMonth] = try results[1].read()
        return CustomerFigures(
            byState: Dictionary(uniqueKeysWithValues: states.map { ($0.state, $0.count) }),
            newByMonth: (0..<months).map { index in
                let month = first + index
                return (month, counted.first { $0.month == month }?.count ?? 0)
            })
    }
}

private struct CountedState: RowReadable {
    let state: Customer.State
    let count: Int

    init(row: Row) throws(DatabaseError) {
        let word: String = try row.read("state")
        guard let known = Customer.State(rawValue: word) else { throw .wrongColumn("There is no state '\(word)'") }
        state = known
        count = try row.read("count")
    }
}

private struct CountedMonth: RowReadable {
    let month: Month
    let count: Int

    init(row: Row) throws(DatabaseError) {
        let first: Day = try row.read("month")
        month = first.month
        count = try row.read("count")
    }
}
