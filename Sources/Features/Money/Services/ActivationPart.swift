import Access
import Declarations
import HTML

/// What another room says before a service is activated, in the form.
package struct ActivationPart: RoomPart {
    package typealias Show = @Sendable (_ service: Service, _ visit: Visit) async throws -> Markup

    package let number: Int
    private let show: Show

    package init(_ number: Int, _ show: @escaping Show) { (self.number, self.show) = (number, show) }

    static func all(of service: Service, _ visit: Visit) async throws -> [Markup] {
        var parts: [Markup] = []
        for part in visit.catalogue.parts(ActivationPart.self) { parts.append(try await part.show(service, visit)) }
        return parts
    }
}
