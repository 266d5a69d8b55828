import Declarations
import Locale

extension Permission {
    package static let auditRead = Permission("audit.read")
}

extension RoomDeclarations {
    package static let events = RoomDeclarations(
        "Events", module: .settings(.record),
        permissions: [
            GrantablePermission(
                .auditRead, Message(es: "Ver la auditoría", en: "See the audit trail", pt: "Ver a auditoria"),
                heldBy: [.accountant], lent: .toReaders)
        ])
}
