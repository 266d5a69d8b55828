import Locale

/// A part of the product whose permissions are granted together.
package enum PermissionModule: Hashable, Sendable {
    case group(MenuSection)
    case settings(SettingsSection)

    package static let inOrder = MenuSection.allCases.map(Self.group) + SettingsSection.allCases.map(Self.settings)

    package var heading: Message {
        switch self {
        case .group(let section): section.heading
        case .settings(let section): section.heading
        }
    }

    /// Used in URLs and forms.
    package var name: String {
        switch self {
        case .group(let section): "\(section)"
        case .settings(let section): "settings-\(section)"
        }
    }

    /// The module of the room's first page; settings of customers and collection belong to those modules.
    init?(of room: RoomDeclarations) {
        for entry in room.menu {
            switch entry.place {
            case .menu(let section, _): self = .group(section)
            case .settings(.customers, _): self = .group(.customers)
            case .settings(.collection, _): self = .group(.collection)
            case .settings(let section, _): self = .settings(section)
            case .task, .search, .act: continue
            }
            return
        }
        return nil
    }
}

extension Catalogue {
    /// Permissions grouped by module.
    package struct Module: Sendable {
        package let module: PermissionModule
        package let permissions: [GrantablePermission]

        /// The permissions that only allow reading.
        package var reading: Set<Permission> {
            Set(permissions.filter { $0.lending == .toReaders }.map(\.permission))
        }

        package var all: Set<Permission> { Set(permissions.map(\.permission)) }
    }
}
