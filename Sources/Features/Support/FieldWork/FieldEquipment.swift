import Access
import Declarations
import Identifiers
import Identity

/// Pieces that another room knows by their serial numbers: what the technician carries and what the customer has, so
/// that a tick names a piece and nobody types its number.
package struct FieldEquipment: RoomPart {
    package struct Piece: Sendable {
        let serial: String
        let name: String

        package init(_ serial: String, _ name: String) { (self.serial, self.name) = (serial, name) }
    }

    package typealias Find =
        @Sendable (_ job: FieldJob, _ technician: StaffMember.ID?, _ visit: Visit) async throws -> (
            carried: [Piece], atCustomer: [Piece]
        )

    package let number: Int
    private let permission: Permission
    private let find: Find

    package init(_ number: Int, for permission: Permission, _ find: @escaping Find) {
        (self.number, self.permission, self.find) = (number, permission, find)
    }

    static func all(
        of job: FieldJob, for visit: Visit
    ) async throws -> (carried: [Piece], atCustomer: [Piece]) {
        var pieces: (carried: [Piece], atCustomer: [Piece]) = ([], [])
        guard !job.isOver else { return pieces }
        let own = visit.admitted.flatMap { $0.kind == .session ? StaffMember.ID($0.id) : nil }
        for part in visit.catalogue.parts(FieldEquipment.self) where visit.may(part.permission) {
            let found = try await part.find(job, job.assignee ?? own, visit)
            if job.kind != .recovery { pieces.carried += found.carried }
            if job.kind != .installation { pieces.atCustomer += found.atCustomer }
        }
        return pieces
    }
}
