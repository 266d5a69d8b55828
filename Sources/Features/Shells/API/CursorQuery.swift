import Access
import Crypto
import HTTP
import JSON
import Nouns
import Tenancy

/// A list's query and response: its own filter, and the paging shared by all.
struct CursorQuery: Sendable {
    let schema: Schema
    let answerSchema: Schema
    private let filter: Schema

    init(filter: Schema, of resource: (some ListedResource).Type) {
        self.filter = filter
        let name = resource.schema.name ?? "Resource"
        schema = .object(
            "\(name)Query",
            filter.fields + [
                .optional("limit", .integer(1...Page.most), APIWords.limit),
                .optional("cursor", .token(of: Cursor.length), APIWords.cursor),
            ])
        answerSchema = .object(
            "\(name)Page",
            [
                .required("items", .list(of: resource.schema), APIWords.items),
                .required("next", Schema.text.orNull, APIWords.next),
            ])
    }

    func read(_ visit: Visit) throws -> (filter: Members, page: Page, place: ListedPlace) {
        let members = try Members(query: visit.request.query, as: schema)
        let filters = filter.fields.compactMap { field in
            visit.request.query[field.name].map { "\(field.name)=\(PercentCoding.escape($0))" }
        }
        let address = visit.request.rawTarget.prefix { $0 != "?" }
        let place = ListedPlace(
            tenant: visit.tenant.id, address: (["\(address)?"] + filters.map { $0 + "&" }).joined())
        var after = 0
        if let text = members.text("cursor") {
            guard let cursor = Cursor(text, in: place) else { throw CursorRefusal.malformed }
            after = cursor.position
        }
        return (members, Page(after: after, limit: (members.integer("limit") ?? Page.standard) + 1), place)
    }

    func answer(_ found: [some ListedResource], _ page: Page, _ place: ListedPlace) -> Response {
        let shown = found.prefix(page.limit - 1)
        var next: String?
        if found.count == page.limit, let last = shown.last { next = Cursor(after: last.position).text(in: place) }
        var json = JSONWriter(reserving: 256 * (shown.count + 1))
        json.object { json in
            json.array("items") { json in for resource in shown { json.value(resource) } }
            json.member("next", next)
        }
        var response = Response.json(json.bytes)
        if let next {
            response.headers["Link"] = "<\(place.address)limit=\(page.limit - 1)&cursor=\(next)>; rel=\"next\""
        }
        return response
    }
}
