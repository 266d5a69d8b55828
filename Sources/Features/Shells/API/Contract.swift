import HTTP
import JSON
import Nouns

/// An operation's documented contract, for tests that check responses against it.
package struct Contract: Sendable {
    fileprivate let operation: Operation

    /// `GET /api/v1/customers/{id}`.
    package var title: String { operation.title }
    package var method: String { operation.route.method.name.description }

    /// Where a response deviates from the contract.
    package func problems(with status: Status, _ body: [UInt8], _ headers: ResponseHeaders) -> [String] {
        if let answer = operation.answers.first(where: { $0.status == status }) {
            var problems = answer.headers.filter { $0.isAlwaysThere && headers[$0.name] == nil }.map {
                "\($0.rawValue) is missing"
            }
            if case .json(let schema) = answer.content { problems += Self.problems(with: body, schema) }
            return problems
        }
        guard operation.refusals.contains(status) else { return ["\(status.code) is not described"] }
        return Self.problems(with: body, Problem.schema)
    }

    private static func problems(with body: [UInt8], _ schema: Schema) -> [String] {
        do {
            return schema.violations(of: try JSONValue.parse(body)).map { "\($0.pointer.text): \($0.fault.code)" }
        } catch {
            return ["\(error)"]
        }
    }
}

extension API {
    package static func contract(of routes: Routes) -> [Contract] { routes.operations.map(Contract.init) }
}

extension Operation.AnswerHeader {
    fileprivate var isAlwaysThere: Bool { self == .etag || self == .location }

    fileprivate var name: StaticString {
        switch self {
        case .etag: "ETag"
        case .location: "Location"
        case .link: "Link"
        case .replayed: "Idempotency-Replayed"
        }
    }
}
