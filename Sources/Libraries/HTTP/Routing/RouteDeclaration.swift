import Loop

/// A route's limits.
package struct RouteLimits: Sendable, Equatable {
    /// Bytes of the request body.
    package var body: Int
    /// The time until the answer must begin; then 503.
    package var deadline: Duration
    /// The class of the rate limit.
    package var rate: String

    package init(body: Int = 1_000_000, deadline: Duration = .seconds(30), rate: String = "standard") {
        self.body = body
        self.deadline = deadline
        self.rate = rate
    }

    package static let standard = RouteLimits()
}

/// Everything known of a route without running it; `mastil routes` and the API's description are made from these.
package final class RouteDeclaration: Sendable {
    package struct Parameter: Sendable, Equatable {
        package let name: String
        package let schema: ParameterSchema
    }

    package let method: Method
    package let pattern: String
    package let parameters: [Parameter]
    package let permission: String
    package let summary: String
    package let limits: RouteLimits
    /// Method and pattern, the name of a route in crash reports.
    package var name: String { String(decoding: label, as: UTF8.self) }
    let label: [UInt8]

    init(
        method: Method, pattern: String, parameters: [Parameter], permission: String, summary: String,
        limits: RouteLimits
    ) {
        self.method = method
        self.pattern = pattern
        self.parameters = parameters
        self.permission = permission
        self.summary = summary
        self.limits = limits
        label = Array("\(method.name) \(pattern)".utf8)
    }
}
