import Declarations
import Identifiers

/// Something that can be found, as its act writes it down.
package struct SearchEntry: Sendable {
    package let kind: SearchKind
    package let id: UUID
    /// By which people know it, where its kind is numbered.
    package let number: Int?
    package let title: String
    package let detail: String
    /// Nobody who is limited to other zones finds it; nil where no zone says who may.
    package let zone: UUID?
    let tokens: Set<String>

    /// Of what could be in a zone and is in none: only who may go everywhere finds it.
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
