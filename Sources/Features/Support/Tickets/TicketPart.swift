import Access
import Declarations
import HTML

/// Another room's section on a ticket's page, for holders of its permission.
package struct TicketPart: RoomPart {
    package typealias Show = @Sendable (_ ticket: Ticket, _ visit: Visit) async throws -> Markup

    package let number: Int
    private let permission: Permission
    private let show: Show

    package init(_ number: Int, for permission: Permission, _ show: @escaping Show) {
        (self.number, self.permission, self.show) = (number, permission, show)
    }

    static func all(of ticket: Ticket, for visit: Visit) async throws -> [Markup] {
        var parts: [Markup] = []
        for part in visit.catalogue.parts(TicketPart.self) where visit.may(part.permission) {
            parts.append(try await part.show(ticket, visit))
        }
        return parts
    }
}
