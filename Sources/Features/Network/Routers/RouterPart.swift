import Access
import Declarations
import HTML

/// Another room's card on a router's page.
package struct RouterPart: RoomPart {
    package typealias Show = @Sendable (_ router: Router, _ visit: Visit) async throws -> Markup

    package let number: Int
    private let show: Show

    package init(_ number: Int, _ show: @escaping Show) { (self.number, self.show) = (number, show) }

    static func all(of router: Router, _ visit: Visit) async throws -> [Markup] {
        var parts: [Markup] = []
        for part in visit.catalogue.parts(RouterPart.self) { parts.append(try await part.show(router, visit)) }
        return parts
    }
}
