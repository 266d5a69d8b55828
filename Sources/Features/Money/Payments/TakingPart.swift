import Access
import Declarations
import HTML

/// What another room tells whoever is about to take a payment, in the form.
package struct TakingPart: RoomPart {
    package typealias Show = @Sendable (_ visit: Visit) async throws -> Markup

    package let number: Int
    private let show: Show

    package init(_ number: Int, _ show: @escaping Show) { (self.number, self.show) = (number, show) }

    static func all(_ visit: Visit) async throws -> [Markup] {
        var all: [Markup] = []
        for part in visit.catalogue.parts(TakingPart.self) { all.append(try await part.show(visit)) }
        return all
    }
}
