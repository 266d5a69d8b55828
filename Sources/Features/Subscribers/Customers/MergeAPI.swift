import API
import Access
import Identifiers
import JSON
import Locale
import Nouns
import Tenancy
import Time

/// Finding, merging and separating duplicates in the API.
struct MergeAPI: Sendable {
    let randomness: Randomness

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/likely-duplicates", .customersMerge, MergeAPIWords.duplicates, by: EveryMerge.self) {
            visit, _, page in try await visit.database.likelyDuplicates(after: page.after, limit: page.limit)
        }
        routes.list("/api/v1/customer-merges", .customersMerge, MergeAPIWords.merges, by: EveryMerge.self) {
            visit, _, page in try await visit.database.merges(after: page.after, limit: page.limit)
        }
        routes.post("/api/v1/customers/:id/merges", .customersMerge, MergeAPIWords.merge) {
            (visit, input: MergeInput, id: Customer.ID) in
            try await CustomerMerge.make(
                of: input.duplicate, into: id, of: visit.tenant, by: visit.principal, from: randomness,
                in: visit.database)
        }
        routes.get("/api/v1/customer-merges/:id", .customersMerge, MergeAPIWords.oneMerge) {
            (visit, id: CustomerMerge.ID) in try await visit.database.merge(id)
        }
        routes.post("/api/v1/customer-merges/:id/separations", .customersMerge, MergeAPIWords.separate) {
            (visit, _: NoInput, id: CustomerMerge.ID) in
            try await CustomerMerge.undo(
                id, of: visit.tenant, by: visit.principal, from: randomness, in: visit.database)
        }
    }
}

struct EveryMerge: Input {
    static let schema = Schema.object("EveryMerge", [])
    init(_ members: Members) {}
}

struct MergeInput: Input {
    static let schema = Schema.object("NewCustomerMerge", [.required("duplicate", .id, MergeAPIWords.duplicate)])

    let duplicate: Customer.ID

    init(_ members: Members) { duplicate = members.id("duplicate") ?? Customer.ID(UUID(high: 0, low: 0)) }
}

extension CustomerMerge: ListedResource {
    package static let schema = Schema.object(
        "CustomerMerge",
        [
            .required("id", .id, MergeAPIWords.id), .required("number", .integer(1...Int.max), MergeAPIWords.number),
            .required("customer", .id, MergeAPIWords.customer), .required("duplicate", .id, MergeAPIWords.duplicate),
            .required("name", .text, MergeAPIWords.name), .required("filled", .list(of: .text), MergeAPIWords.filled),
            .required(
                "moved",
                .list(
                    of: .object(
                        "MovedRows",
                        [
                            .required("kind", .text, MergeAPIWords.kind),
                            .required("count", .integer(1...Int.max), MergeAPIWords.count),
                        ])), MergeAPIWords.moved),
            .required("author", .text, MergeAPIWords.author), .required("made_at", .text, MergeAPIWords.madeAt),
            .required("undone_at", Schema.text.orNull, MergeAPIWords.undoneAt),
        ])

    package var path: String { "/api/v1/customer-merges/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("number", number)
            json.member("customer", customer.description)
            json.member("duplicate", duplicate.description)
            json.member("name", duplicateName)
            json.array("filled") { json in for name in filled { json.value(name) } }
            json.array("moved") { json in
                for moved in moved {
                    json.object { json in
                        json.member("kind", moved.kind)
                        json.member("count", moved.count)
                    }
                }
            }
            json.member("author", author)
            json.member("made_at", madeAt.rfc3339)
            json.member("undone_at", undoneAt?.rfc3339)
        }
    }
}

extension LikelyDuplicate: ListedResource {
    package static let schema = Schema.object(
        "LikelyDuplicate",
        [
            .required("customer", .id, MergeAPIWords.duplicate),
            .required("number", .integer(1...Int.max), MergeAPIWords.number),
            .required("name", .text, MergeAPIWords.name), .required("older", .id, MergeAPIWords.older),
            .required("alike", .list(of: .words(Likeness.allCases.map(\.rawValue))), MergeAPIWords.alike),
        ])

    package var path: String { "/api/v1/customers/\(customer)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("customer", customer.description)
            json.member("number", number)
            json.member("name", name)
            json.member("older", older.description)
            json.array("alike") { json in for likeness in alike { json.value(likeness.rawValue) } }
        }
    }
}
