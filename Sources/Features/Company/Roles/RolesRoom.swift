import Declarations
import Locale

extension Permission {
    package static let staffRead = Permission("staff.read")
    package static let staffManage = Permission("staff.manage")
    package static let rolesManage = Permission("roles.manage")
}

extension SearchKind {
    package static let role = SearchKind(
        "role", Message(es: "Roles y permisos", en: "Roles and permissions", pt: "Papéis e permissões"), icon: .roles,
        at: "/panel/roles", permission: .staffRead)
}

extension EventKind {
    package static let roleCreated = EventKind(
        "role.created", Message(es: "Creó un rol", en: "Created a role", pt: "Criou um papel"),
        told: Message(es: "Rol creado", en: "Role created", pt: "Papel criado"), to: .staffRead)
    package static let roleChanged = EventKind(
        "role.changed", Message(es: "Cambió un rol", en: "Changed a role", pt: "Alterou um papel"),
        told: Message(es: "Rol cambiado", en: "Role changed", pt: "Papel alterado"), to: .staffRead)
    package static let roleDeleted = EventKind(
        "role.deleted", Message(es: "Eliminó un rol", en: "Deleted a role", pt: "Excluiu um papel"),
        told: Message(es: "Rol eliminado", en: "Role deleted", pt: "Papel excluído"), to: .staffRead)
    package static let staffRolesChanged = EventKind(
        "staff.roles_changed",
        Message(
            es: "Cambió los roles de un usuario", en: "Changed a user's roles", pt: "Alterou os papéis de um usuário"),
        told: Message(
            es: "Roles de un usuario cambiados", en: "User's roles changed", pt: "Papéis de um usuário alterados"),
        to: .staffRead)
}

extension DetailKind {
    package static let roles = DetailKind("roles", Message(es: "Roles", en: "Roles", pt: "Papéis"))
}

extension RoomDeclarations {
    package static let roles = RoomDeclarations(
        "Roles", module: .settings(.staff),
        permissions: [
            GrantablePermission(
                .staffRead,
                Message(es: "Ver usuarios y roles", en: "See users and roles", pt: "Ver usuários e papéis"),
                heldBy: .ownerOnly, isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .staffManage,
                Message(
                    es: "Invitar, cambiar y desactivar usuarios", en: "Invite, change and disable users",
                    pt: "Convidar, alterar e desativar usuários"), heldBy: .ownerOnly, lent: .never),
            GrantablePermission(
                .rolesManage,
                Message(es: "Crear y cambiar roles", en: "Create and change roles", pt: "Criar e alterar papéis"),
                heldBy: .ownerOnly, lent: .never),
        ],
        events: [
            .roleCreated, .roleChanged, .roleDeleted, .staffRolesChanged,
        ],
        details: [
            .list("allowed", Message(es: "Permite", en: "Allows", pt: "Permite")) { $1.words(of: Permission($0)) },
            .list("denied", Message(es: "Niega", en: "Denies", pt: "Nega")) { $1.words(of: Permission($0)) },
            .roles,
        ])
}
