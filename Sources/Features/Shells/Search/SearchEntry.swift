import Declarations
import Identifiers

/// An entry of the search index, written by the act that changes it.
package struct SearchEntry: Sendable {
    package let kind: SearchKind
    package let id: UUID
    /// The number people know it by, if its kind is numbered.
    package let number: Int?
    package let title: String
    package let detail: String
    /// Hides it from principals limited to other zones; nil if zones do not matter.
    package let zone: UUID?
    let tokens: Set<String>

    /// For an entry that could have a zone and has none: visible only without a limit to zones.
    package static let noZone = UUID(high: 0, low: 0)

    package init(
        _ kind: SearchKind, _ id: UUID, number: Int? = nil, title: String, detail: String, zone: UUID? = nil,
        tokens: [String]
    ) {
        self.kind = kind
        self.id = id
        self.number = number
        self.title = title
        self.detail = detail
        self.zone = zone
        self.tokens = Set(tokens).union(["@" + (zone?.description ?? "")])
    }
}

package struct SearchHit: Sendable, Equatable {
    /// The name of its kind.
    package let kind: String
    package let id: UUID
    package let title: String
    package let detail: String
}
