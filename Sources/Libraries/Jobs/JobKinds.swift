import JSON

/// The jobs that a worker can do.
package struct JobKinds: Sendable {
    struct Kind: Sendable {
        let rules: JobRules
        let decode: @Sendable (JSONValue) throws(JSONError) -> any Job
    }

    private(set) var kinds: [String: Kind] = [:]

    package init() {}

    package mutating func add<Added: Job>(_ type: Added.Type) {
        precondition(kinds[Added.kind] == nil, "Two kinds of job are called \(Added.kind)")
        kinds[Added.kind] = Kind(rules: Added.rules) { (json) throws(JSONError) in try Added(json: json) }
    }

    subscript(name: String) -> Kind? { kinds[name] }

    var names: [String] { kinds.keys.sorted() }
}
