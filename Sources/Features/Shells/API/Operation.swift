import Access
import Declarations
import HTTP
import Locale
import Nouns

/// All that the description says of a route: what its declaration gave, which is also what it is served by.
struct Operation: Sendable {
    let route: RouteDeclaration
    let permission: Permission
    let summary: Message
    var query: [Schema.Field] = []
    var body: Schema?
    var answers: [Answer]
    /// Of a POST, which needs one, or of another act, which may have one.
    var idempotencyKey: Need?
    /// The change of something that was read before.
    var isConditional = false
    /// A stream that goes on from the message whose id is given.
    var isResumable = false

    enum Need { case required, optional }

    struct Answer: Sendable {
        enum Content: Sendable {
            case nothing
            case json(Schema)
            case other(ContentType)
            /// What no schema describes.
            case bytes(ContentType)
        }

        let status: Status
        let content: Content
        let meaning: Message
        var headers: [AnswerHeader] = []
    }

    enum AnswerHeader: String, Sendable, CaseIterable {
        case etag = "ETag"
        case location = "Location"
        case link = "Link"
        case replayed = "Idempotency-Replayed"
    }

    /// Every refusal it may answer with.
    var refusals: [Status] {
        var refusals = Problem.everywhere
        if permission != .anyone { refusals += [.unauthorized, .forbidden, .tooManyRequests] }
        if !route.parameters.isEmpty { refusals.append(.notFound) }
        if body != nil {
            refusals += [.requestTimeout, .contentTooLarge, .unsupportedMediaType, .unprocessableContent]
        }
        // What is asked about one thing may be what it cannot be.
        if !query.isEmpty, !route.parameters.isEmpty { refusals += [.conflict, .unprocessableContent] }
        if idempotencyKey != nil { refusals += [.conflict, .unprocessableContent] }
        // What is in use is not taken away.
        if route.method == .delete { refusals.append(.conflict) }
        if isConditional { refusals += [.preconditionFailed, .preconditionRequired] }
        return Array(Set(refusals)).sorted { $0.code < $1.code }
    }

    /// `/api/v1/customers/{id}`.
    var path: String {
        route.pattern.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
    }

    var title: String { "\(route.method.name) \(path)" }

    /// `get_customers_id`: stable, and unique because no two routes have the same path and method.
    var id: String {
        let words = route.pattern.split(separator: "/").dropFirst(2).map { $0.filter { $0 != ":" } }
        return ([route.method.name.description.lowercased()] + words).joined(separator: "_")
            .replacing(".", with: "_")
    }
}
