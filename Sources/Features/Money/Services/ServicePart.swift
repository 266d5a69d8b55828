import Access
import Declarations
import HTML

/// Another room's section on a service's page.
package struct ServicePart: RoomPart {
    package typealias Show = @Sendable (_ service: Service, _ visit: Visit) async throws -> Markup

    package let number: Int
    private let show: Show

    package init(_ number: Int, _ show: @escaping Show) { (self.number, self.show) = (number, show) }

    static func all(of service: Service, _ visit: Visit) async throws -> [Markup] {
        var parts: [Markup] = []
        for part in visit.catalogue.parts(ServicePart.self) { parts.append(try await part.show(service, visit)) }
        return parts
    }
}
