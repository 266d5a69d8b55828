/// A typed identifier: an `ID<Customer>` cannot be passed where an `ID<Service>` is expected.
package struct ID<Noun>: Hashable, Sendable, Comparable {
    package let uuid: UUID

    package init(_ uuid: UUID) { self.uuid = uuid }

    package static func make(milliseconds: Int64, from randomness: Randomness) -> ID {
        ID(.v7(milliseconds: milliseconds, from: randomness))
    }

    package static func < (left: ID, right: ID) -> Bool { left.uuid < right.uuid }
}

extension ID: LosslessStringConvertible {
    package init?(_ text: String) {
        guard let uuid = UUID(text) else { return nil }
        self.uuid = uuid
    }

    package var description: String { uuid.description }
}
