import Assembly
import Declarations
import Locale
import Panel

extension RoomDeclarations {
    package static let home = RoomDeclarations(
        "Home",
        menu: [
            MenuEntry(
                .menu(.home, 10), Message(es: "Inicio", en: "Home", pt: "Início"), path: "/panel",
                permission: .signedIn, icon: .home)
        ])
}

extension Room {
    package static let home = Room(
        .home, panel: { routes, context in HomeRoutes(rooms: context.rooms).add(to: &routes) })
}
