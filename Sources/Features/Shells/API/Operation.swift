import Access
import Declarations
import HTTP
import Locale
import Nouns

/// A route's description, from the same declaration that serves it.
struct Operation: Sendable {
    let route: RouteDeclaration
    let permission: Permission
    let summary: Message
    var query: [Schema.Field] = []
    var body: Schema?
    var answers: [Answer]
    /// Required for a POST, optional for other acts.
    var idempotencyKey: Need?
    /// Whether the change requires If-Match.
    var isConditional = false
    /// A stream that resumes after the given message id (Last-Event-ID).
    var isResumable = false

    enum Need { case required, optional }

    struct Answer: Sendable {
        enum Content: Sendable {
            case nothing
            case json(Schema)
            case other(ContentType)
            /// Bytes without a schema.
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

    /// All refusals it may respond with.
    var refusals: [Status] {
        var refusals = Problem.everywhere
        if permission != .anyone { refusals += [.unauthorized, .forbidden, .tooManyRequests] }
        if !route.parameters.isEmpty { refusals.append(.notFound) }
        if body != nil {
            refusals += [.requestTimeout, .contentTooLarge, .unsupportedMediaType, .unprocessableContent]
        }
        // A question about one resource may not fit its state.
        if !query.isEmpty, !route.parameters.isEmpty { refusals += [.conflict, .unprocessableContent] }
        if idempotencyKey != nil { refusals += [.conflict, .unprocessableContent] }
        // A resource in use cannot be deleted.
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

    /// `get_customers_id`: stable and unique, since no two routes share path and method.
    var id: String {
        let words = route.pattern.split(separator: "/").dropFirst(2).map { $0.filter { $0 != ":" } }
        return ([route.method.name.description.lowercased()] + words).joined(separator: "_")
            .replacing(".", with: "_")
    }
}
