import Declarations
import Locale

extension Permission {
    /// To read events, as far as one may see what they concern.
    package static let eventsRead = Permission("events.read")
}

extension RoomDeclarations {
    package static let feed = RoomDeclarations(
        "Feed", module: .settings(.integrations),
        permissions: [
            GrantablePermission(
                .eventsRead,
                Message(
                    es: "Recibir por la API lo que va ocurriendo", en: "Be told by the API what happens",
                    pt: "Receber pela API o que vai acontecendo"), heldBy: .ownerOnly, lent: .toReaders)
        ])
}
