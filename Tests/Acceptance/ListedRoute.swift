import JSON

/// A route as `mastil routes --json` tells of it.
struct ListedRoute: Sendable {
    let shell: String
    let method: String
    let pattern: String
    let permission: String
    let summary: String

    /// Whether its answer goes on for as long as somebody listens.
    var isStream: Bool { pattern.hasSuffix("/stream") || pattern.hasSuffix("/live") }

    private init(_ json: JSONValue) throws {
        guard case .object(let route) = json else { throw Failed("No route: \(json)") }
        func text(_ name: String) throws -> String {
            guard let text = route.text(name), !text.isEmpty else { throw Failed("A route without \(name)") }
            return text
        }
        shell = try text("shell")
        method = try text("method")
        pattern = try text("pattern")
        permission = try text("permission")
        summary = try text("summary")
    }

    static func all() async throws -> [ListedRoute] {
        let outcome = try await Programs.mastil(["routes", "--json"])
        guard case .array(let routes) = try JSONValue.parse(Array(outcome.output.utf8)) else { throw Failed("No list") }
        return try routes.map { try ListedRoute($0) }
    }
}
