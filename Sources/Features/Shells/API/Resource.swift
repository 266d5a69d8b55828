import Access
import Crypto
import HTTP
import JSON
import Nouns

/// Something that the API serves at a path of its own.
package protocol Resource: JSONWritable, Sendable {
    static var schema: Schema { get }
    var path: String { get }
}

/// A resource with a secret that is shown only on creation.
package protocol OneTimeResource: Resource {
    /// Without the secret: what is stored, and what a repeated request gets.
    var lasting: Self { get }
}

/// A resource for work that goes on after the response and reports its progress.
package protocol QueuedResource: Resource {}

/// A resource of a list, ordered by a unique number.
package protocol ListedResource: Resource {
    var position: Int { get }
}

extension Response {
    /// The entity tag is a hash of the bytes, so a client that returns it has read exactly these.
    static func resource(_ resource: some Resource, _ status: Status = .ok) -> Response {
        var json = JSONWriter(reserving: 512)
        json.value(resource)
        var response = Response.json(json.bytes, status: status)
        response.headers["ETag"] = EntityTag(of: json.bytes).text
        return response
    }
}

/// A refused act that was recorded all the same, such as a failed attempt: its transaction is committed.
package struct RecordedRefusal: Error {
    let refusal: any Refusal

    package init(_ refusal: any Refusal) { self.refusal = refusal }
}

/// An act's response, and the version of it stored for its idempotency key.
struct ActAnswer {
    private(set) var response: Response
    let kept: Response

    init(_ response: Response) { (self.response, kept) = (response, response) }

    init(made: some Resource) {
        response = Self.created(made)
        guard let shownOnce = made as? any OneTimeResource else {
            kept = response
            return
        }
        kept = Self.created(shownOnce.lasting)
        response.headers["ETag"] = kept.headers["ETag"]
    }

    private static func created(_ made: some Resource) -> Response {
        var response = Response.resource(made, made is any QueuedResource ? .accepted : .created)
        response.headers["Location"] = made.path
        return response
    }
}

/// The If-Match of a change: without it a client might undo what it never saw.
struct EntityTagCondition {
    private let isAny: Bool
    private let tags: [String]

    init(_ request: Request) throws {
        let members = request.headers.all("if-match").flatMap { $0.split(separator: ",") }
        guard !members.isEmpty else { throw ChangeRefusal.conditionMissing }
        tags = members.map { Self.plain(String($0.filter { $0 != " " && $0 != "\t" })) }
        isAny = tags == ["*"]
    }

    func check(_ resource: some Resource) throws {
        guard isAny || tags.contains(EntityTag(of: resource).text) else { throw ChangeRefusal.changedMeanwhile }
    }

    /// A compressed response's tag also names its coding, but the resource is the same.
    private static func plain(_ tag: String) -> String {
        for coding in ["-gzip\"", "-br\""] where tag.hasSuffix(coding) { return tag.dropLast(coding.count) + "\"" }
        return tag
    }
}
