import API
import Access
import Identifiers
import JSON
import Ledger
import Locale
import Nouns
import Tenancy
import Time

/// Expenses and other income in the API.
struct ExpenseAPI: Sendable {
    let randomness: Randomness

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/expenses", .expensesView, ExpenseAPIWords.list, by: NoInput.self) { visit, _, page in
            try await visit.database.houseEntries(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/expenses", .expensesManage, ExpenseAPIWords.create) { (visit, new: NewNoun<HouseEntry>) in
            let blank = HouseEntry(
                id: .make(milliseconds: visit.now.milliseconds, from: randomness),
                on: visit.tenant.timeZone.day(at: visit.now), in: visit.tenant.currency)
            return try await new.noun(from: blank).add(of: visit.tenant, by: visit.principal, in: visit.database)
        }
        routes.get("/api/v1/expenses/:id", .expensesView, ExpenseAPIWords.read) { (visit, id: HouseEntry.ID) in
            try await visit.database.houseEntry(id)
        }
        routes.post("/api/v1/expenses/:id/reversals", .expensesManage, ExpenseAPIWords.reverse) {
            (visit, new: NewNoun<Reversal>, id: HouseEntry.ID) in
            try await HouseEntry.reverse(
                id, because: new.noun(from: Reversal()).reason,
                as: .make(milliseconds: visit.now.milliseconds, from: randomness), of: visit.tenant,
                by: visit.principal, in: visit.database)
        }
    }
}

extension HouseEntry: ListedResource {
    package static let schema = Schema.object(
        "HouseEntry",
        [
            .required("id", .id, ExpenseAPIWords.id),
            .required("number", .integer(1...Int.max), ExpenseAPIWords.number),
            .required("currency", .text, ExpenseAPIWords.currency),
            .required("state", .words(State.allCases.map(\.rawValue)), ExpenseAPIWords.state),
            .required("shift", Schema.id.orNull, ExpenseAPIWords.shift),
            .required("author", .text, ExpenseAPIWords.author), .required("reason", .text, ExpenseAPIWords.reason),
        ] + schemaFields)

    package var path: String { "/api/v1/expenses/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("currency", amount.currency.code)
            json.member("state", state.rawValue)
            json.member("shift", shift?.description)
            json.member("author", author)
            json.member("reason", reason)
            json.fields(of: self)
        }
    }
}
