import Identifiers

/// A type that can be read from a path segment: `/customers/:id`. An unreadable segment is a 404.
package protocol PathParameter: Sendable {
    init?(pathSegment: String)
    static var schema: ParameterSchema { get }
}

/// The type as OpenAPI names it.
package struct ParameterSchema: Sendable, Equatable {
    package let type: String
    package let format: String?

    package init(type: String, format: String? = nil) {
        self.type = type
        self.format = format
    }
}

extension String: PathParameter {
    package init?(pathSegment: String) {
        if pathSegment.isEmpty { return nil }
        self = pathSegment
    }

    package static var schema: ParameterSchema { ParameterSchema(type: "string") }
}

extension Int: PathParameter {
    /// Plain digits only, so that one page has one address.
    package init?(pathSegment: String) {
        guard let number = Int(pathSegment), String(number) == pathSegment else { return nil }
        self = number
    }

    package static var schema: ParameterSchema { ParameterSchema(type: "integer", format: "int64") }
}

extension UUID: PathParameter {
    package init?(pathSegment: String) { self.init(pathSegment) }

    package static var schema: ParameterSchema { ParameterSchema(type: "string", format: "uuid") }
}

extension ID: PathParameter {
    package init?(pathSegment: String) { self.init(pathSegment) }

    package static var schema: ParameterSchema { UUID.schema }
}
