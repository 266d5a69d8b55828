import JSON

/// The kinds of job a worker can run.
package struct JobKinds: Sendable {
    struct Kind: Sendable {
        let rules: JobRules
        let read: @Sendable (JSONValue) throws(JSONError) -> @Sendable (JobContext) async throws -> Void
    }

    private(set) var kinds: [String: Kind] = [:]

    package init() {}

    /// `run` captures what the job needs besides its payload: a web client, a mailer.
    package mutating func add<Added: Job>(
        _ type: Added.Type, run: @escaping @Sendable (Added, JobContext) async throws -> Void
    ) {
        precondition(kinds[Added.kind] == nil, "Two kinds of job are called \(Added.kind)")
        kinds[Added.kind] = Kind(rules: Added.rules) { (json) throws(JSONError) in
            let job = try Added(json: json)
            return { context in try await run(job, context) }
        }
    }

    subscript(name: String) -> Kind? { kinds[name] }

    var names: [String] { kinds.keys.sorted() }
}
