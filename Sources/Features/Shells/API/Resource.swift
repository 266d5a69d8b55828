import Access
import Crypto
import HTTP
import JSON
import Nouns

/// Something that the API shows at an address of its own.
package protocol Resource: JSONWritable, Sendable {
    static var schema: Schema { get }
    var path: String { get }
}

/// A resource with a part that is shown only when it is made: a secret.
package protocol OneTimeResource: Resource {
    /// As it is ever after: what stands for it, and what a repeated request is answered with.
    var lasting: Self { get }
}

/// A resource that stands for work that goes on after the answer, and tells how far it is.
package protocol QueuedResource: Resource {}

/// A resource that stands in a list, in the order of a number that no other has.
package protocol ListedResource: Resource {
    var position: Int { get }
}

extension Response {
    /// Its entity tag is of its bytes: whoever sends it back has read exactly these.
    static func resource(_ resource: some Resource, _ status: Status = .ok) -> Response {
        var json = JSONWriter(reserving: 512)
        json.value(resource)
        var response = Response.json(json.bytes, status: status)
        response.headers["ETag"] = EntityTag(of: json.bytes).text
        return response
    }
}

/// What an act answers, and what is kept of that for the next who asks with the same key.
/// A refusal of an act that left something on record, such as a try: what was written stays.
package struct RecordedRefusal: Error {
    let refusal: any Refusal

    package init(_ refusal: any Refusal) { self.refusal = refusal }
}

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

/// The If-Match of a change: without one, who changes might undo what they never saw.
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

    /// The tag of a compressed answer names its coding too, but the resource is the same.
    private static func plain(_ tag: String) -> String {
        for coding in ["-gzip\"", "-br\""] where tag.hasSuffix(coding) { return tag.dropLast(coding.count) + "\"" }
        return tag
    }
}
