import Locale

/// What happened, for those who want to be told of it: the kinds of events that leave the house, each with what one has
/// to be allowed to see. A kind that is not here stays in the audit trail.
package enum PublishedEvent: String, Sendable, CaseIterable {
    case customerCreated = "customer.created"
    case customerChanged = "customer.changed"
    case contractCreated = "contract.created"
    case contractSigned = "contract.signed"
    case contractAnnulled = "contract.annulled"
    case staffInvited = "staff.invited"
    case staffRolesChanged = "staff.roles_changed"
    case staffDisabled = "staff.disabled"
    case staffEnabled = "staff.enabled"
    case roleCreated = "role.created"
    case roleChanged = "role.changed"
    case roleDeleted = "role.deleted"
    case tokenCreated = "token.created"
    case tokenRevoked = "token.revoked"
    case sessionStarted = "session.started"

    package var permission: Permission {
        switch self {
        case .customerCreated, .customerChanged: .customersRead
        case .contractCreated, .contractSigned, .contractAnnulled: .contractsView
        case .staffInvited, .staffRolesChanged, .staffDisabled, .staffEnabled: .staffRead
        case .roleCreated, .roleChanged, .roleDeleted: .staffRead
        case .tokenCreated, .tokenRevoked: .tokensManage
        case .sessionStarted: .auditRead
        }
    }

    /// Those that somebody with these permissions may be told of.
    package static func visible(with permissions: Set<Permission>) -> [PublishedEvent] {
        allCases.filter { permissions.contains($0.permission) }
    }

    package var words: PublishedEventWords {
        switch self {
        case .customerCreated: .customerCreated
        case .customerChanged: .customerChanged
        case .contractCreated: .contractCreated
        case .contractSigned: .contractSigned
        case .contractAnnulled: .contractAnnulled
        case .staffInvited: .staffInvited
        case .staffRolesChanged: .staffRolesChanged
        case .staffDisabled: .staffDisabled
        case .staffEnabled: .staffEnabled
        case .roleCreated: .roleCreated
        case .roleChanged: .roleChanged
        case .roleDeleted: .roleDeleted
        case .tokenCreated: .tokenCreated
        case .tokenRevoked: .tokenRevoked
        case .sessionStarted: .sessionStarted
        }
    }
}

package enum PublishedEventWords: MessageCatalogue {
    case customerCreated, customerChanged, staffInvited, staffRolesChanged, staffDisabled, staffEnabled
    case roleCreated, roleChanged, roleDeleted, tokenCreated, tokenRevoked, sessionStarted
    case contractCreated, contractSigned, contractAnnulled

    package var message: Message {
        switch self {
        case .customerCreated: Message(es: "Cliente creado", en: "Customer created", pt: "Cliente criado")
        case .customerChanged: Message(es: "Cliente cambiado", en: "Customer changed", pt: "Cliente alterado")
        case .contractCreated: Message(es: "Contrato creado", en: "Contract made", pt: "Contrato criado")
        case .contractSigned: Message(es: "Contrato firmado", en: "Contract signed", pt: "Contrato assinado")
        case .contractAnnulled: Message(es: "Contrato anulado", en: "Contract annulled", pt: "Contrato anulado")
        case .staffInvited: Message(es: "Usuario invitado", en: "User invited", pt: "Usuário convidado")
        case .staffRolesChanged:
            Message(
                es: "Roles de un usuario cambiados", en: "User's roles changed", pt: "Papéis de um usuário alterados")
        case .staffDisabled: Message(es: "Usuario desactivado", en: "User disabled", pt: "Usuário desativado")
        case .staffEnabled: Message(es: "Usuario activado", en: "User enabled", pt: "Usuário ativado")
        case .roleCreated: Message(es: "Rol creado", en: "Role created", pt: "Papel criado")
        case .roleChanged: Message(es: "Rol cambiado", en: "Role changed", pt: "Papel alterado")
        case .roleDeleted: Message(es: "Rol eliminado", en: "Role deleted", pt: "Papel excluído")
        case .tokenCreated: Message(es: "Token de API creado", en: "API token created", pt: "Token de API criado")
        case .tokenRevoked: Message(es: "Token de API revocado", en: "API token revoked", pt: "Token de API revogado")
        case .sessionStarted: Message(es: "Sesión iniciada", en: "Signed in", pt: "Sessão iniciada")
        }
    }
}
