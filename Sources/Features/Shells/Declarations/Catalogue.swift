import Locale

/// The declarations of all rooms, assembled once at startup.
package final class Catalogue: Sendable {
    /// In the order of the rooms.
    package let permissions: [GrantablePermission]
    package let modules: [Module]
    package let grantable: Set<Permission>
    package let withinZones: Set<Permission>
    package let menu: Menu
    package let searchKinds: [SearchKind]
    /// The kinds of events published to programs.
    package let publishedEvents: [EventKind]
    package let customerTabs: [CustomerTab]
    package let portalTabs: [PortalTab]
    package let portalCards: [PortalCard]
    private let parts: [any RoomPart]
    private let letters: [String: LetterKind]
    private let permissionWords: [Permission: Message]
    private let notices: [String: Notice]
    private let events: [String: EventKind]
    /// By event kind, those of its room.
    private let details: [String: [String: DetailKind]]
    private let usualDetails: [String: DetailKind]

    package init(_ rooms: [RoomDeclarations]) throws(DeclarationClash) {
        try DeclarationClash.check(rooms)
        permissions = rooms.flatMap(\.permissions)
        let byModule = Dictionary(grouping: rooms) { $0.module ?? PermissionModule(of: $0) }
        modules = PermissionModule.inOrder.compactMap { module in
            let permissions = (byModule[module] ?? []).flatMap(\.permissions)
            return permissions.isEmpty ? nil : Module(module: module, permissions: permissions)
        }
        grantable = Set(permissions.map(\.permission))
        withinZones = Set(permissions.filter(\.isWithinZones).map(\.permission))
        permissionWords = Dictionary(
            uniqueKeysWithValues: permissions.map { ($0.permission, $0.words) } + [
                (.signedIn, Message(es: "Su propia cuenta", en: "Their own account", pt: "A própria conta"))
            ])
        menu = Menu(rooms.flatMap(\.menu))
        notices = Dictionary(uniqueKeysWithValues: (Notice.usual + rooms.flatMap(\.notices)).map { ($0.name, $0) })
        searchKinds = rooms.flatMap(\.searchKinds)
        let events = rooms.flatMap(\.events)
        publishedEvents = events.filter { $0.publication != nil }
        self.events = Dictionary(uniqueKeysWithValues: events.map { ($0.name, $0) })
        details = Dictionary(
            uniqueKeysWithValues: rooms.flatMap { room in
                let details = Dictionary(uniqueKeysWithValues: room.details.map { ($0.name, $0) })
                return room.events.map { ($0.name, details) }
            })
        customerTabs = rooms.flatMap(\.customerTabs).sorted { $0.number < $1.number }
        portalTabs = rooms.flatMap(\.portalTabs).sorted { $0.number < $1.number }
        portalCards = rooms.flatMap(\.portalCards).sorted { $0.number < $1.number }
        parts = rooms.flatMap(\.parts).sorted { $0.number < $1.number }
        letters = Dictionary(uniqueKeysWithValues: rooms.flatMap(\.letters).map { ($0.name, $0) })
        usualDetails = Dictionary(uniqueKeysWithValues: DetailKind.usual.map { ($0.name, $0) })
    }

    package func parts<Part: RoomPart>(_ kind: Part.Type = Part.self) -> [Part] { parts.compactMap { $0 as? Part } }

    // Nil for an undeclared name: invented, or newer than this program.

    package func words(of permission: Permission) -> Message? { permissionWords[permission] }

    package func notice(_ name: String) -> Notice? { notices[name] }

    package func event(_ name: String) -> EventKind? { events[name] }

    package func letter(_ name: String) -> LetterKind? { letters[name] }

    package func detail(_ name: String, ofEvent kind: String) -> DetailKind? {
        details[kind]?[name] ?? usualDetails[name]
    }

    package func permissions(of role: ReadyMadeRole) -> Set<Permission> {
        Set(permissions.filter { role == .owner || $0.roles.contains(role) }.map(\.permission))
    }

    /// The published events that these permissions may see.
    package func publishedEvents(to permissions: Set<Permission>) -> [EventKind] {
        publishedEvents.filter { $0.publication.map { permissions.contains($0.permission) } == true }
    }
}

/// Two rooms declare the same thing; the program does not start.
package struct DeclarationClash: Error, Equatable, CustomStringConvertible {
    package let description: String

    static func check(_ rooms: [RoomDeclarations]) throws(DeclarationClash) {
        try check("permission", in: rooms) { $0.permissions.map(\.permission.rawValue) }
        try check("page", in: rooms) { $0.menu.filter { !$0.isTask }.map(\.path) }
        let usual = RoomDeclarations("every room", notices: Notice.usual)
        try check("notice", in: [usual] + rooms) { $0.notices.map(\.name) }
        try check("kind of what is found", in: rooms) { $0.searchKinds.map(\.name) }
        try check("kind of event", in: rooms) { $0.events.map(\.name) }
        try check("kind of letter", in: rooms) { $0.letters.map(\.name) }
        try check("page of a customer", in: rooms) { $0.customerTabs.map(\.path) }
        try check("page of the portal", in: rooms) { $0.portalTabs.map(\.path) + $0.portalCards.map(\.path) }
        for room in rooms { try check("detail", in: [room]) { $0.details.map(\.name) } }
    }

    private static func check(
        _ what: String, in rooms: [RoomDeclarations], _ names: (RoomDeclarations) -> [String]
    ) throws(DeclarationClash) {
        var owners: [String: String] = [:]
        for room in rooms {
            for name in names(room) {
                if let owner = owners.updateValue(room.room, forKey: name) {
                    throw DeclarationClash(
                        description: "The \(what) '\(name)' is declared twice: by \(owner) and by \(room.room).")
                }
            }
        }
    }
}
