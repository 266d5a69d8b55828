import Access
import Declarations
import HTML

/// Another room's card on a device's page.
package struct DevicePart: RoomPart {
    package typealias Show = @Sendable (_ device: Device, _ visit: Visit) async throws -> Markup

    package let number: Int
    private let show: Show

    package init(_ number: Int, _ show: @escaping Show) { (self.number, self.show) = (number, show) }

    static func all(of device: Device, _ visit: Visit) async throws -> [Markup] {
        var parts: [Markup] = []
        for part in visit.catalogue.parts(DevicePart.self) { parts.append(try await part.show(device, visit)) }
        return parts
    }
}
