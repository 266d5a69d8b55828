import Access
import Locale
import Time

enum AuditWords: MessageCatalogue {
    case audit, intro, when, who, what, whom, changes, none, filter, everything, system

    var message: Message {
        switch self {
        case .audit: Message(es: "Auditoría", en: "Audit trail", pt: "Auditoria")
        case .intro:
            Message(
                es: "Quién hizo qué y cuándo. Nadie puede cambiarlo ni borrarlo.",
                en: "Who did what, and when. Nobody can change or delete it.",
                pt: "Quem fez o quê e quando. Ninguém pode alterar nem apagar.")
        case .when: Message(es: "Fecha", en: "When", pt: "Data")
        case .who: Message(es: "Quién", en: "Who", pt: "Quem")
        case .what: Message(es: "Qué hizo", en: "What they did", pt: "O que fez")
        case .whom: Message(es: "A quién o qué", en: "To whom or what", pt: "A quem ou o quê")
        case .changes: Message(es: "Cambios", en: "Changes", pt: "Alterações")
        case .none:
            Message(
                es: "No hay registros con este filtro.", en: "No entries match this filter.",
                pt: "Nenhum registro com este filtro.")
        case .filter: Message(es: "Filtrar", en: "Filter", pt: "Filtrar")
        case .system: Message(es: "Sistema", en: "System", pt: "Sistema")
        case .everything: Message(es: "Todo", en: "Everything", pt: "Tudo")
        }
    }
}

/// What each kind of event is called. One that is newer than this program shows its own word.
enum EventWords: MessageCatalogue {
    case roleCreated, roleChanged, roleDeleted, staffInvited, staffRolesChanged, staffLinkMade, staffDisabled
    case staffEnabled, passwordChosen, passwordChanged, sessionStarted, tokenCreated, tokenRevoked
    case customerCreated, customerChanged

    static func text(of kind: String, for reader: Reader) -> String {
        known[kind]?.text(for: reader) ?? kind
    }

    private static let known: [String: EventWords] = [
        "role.created": .roleCreated, "role.changed": .roleChanged, "role.deleted": .roleDeleted,
        "staff.invited": .staffInvited, "staff.roles_changed": .staffRolesChanged, "staff.link_made": .staffLinkMade,
        "staff.disabled": .staffDisabled, "staff.enabled": .staffEnabled, "staff.password_chosen": .passwordChosen,
        "staff.password_changed": .passwordChanged, "session.started": .sessionStarted,
        "token.created": .tokenCreated, "token.revoked": .tokenRevoked,
        "customer.created": .customerCreated, "customer.changed": .customerChanged,
    ]

    var message: Message {
        switch self {
        case .customerCreated: Message(es: "Creó un cliente", en: "Created a customer", pt: "Criou um cliente")
        case .customerChanged: Message(es: "Cambió un cliente", en: "Changed a customer", pt: "Alterou um cliente")
        case .roleCreated: Message(es: "Creó un rol", en: "Created a role", pt: "Criou um papel")
        case .roleChanged: Message(es: "Cambió un rol", en: "Changed a role", pt: "Alterou um papel")
        case .roleDeleted: Message(es: "Eliminó un rol", en: "Deleted a role", pt: "Excluiu um papel")
        case .staffInvited: Message(es: "Invitó a un usuario", en: "Invited a user", pt: "Convidou um usuário")
        case .staffRolesChanged:
            Message(
                es: "Cambió los roles de un usuario", en: "Changed a user's roles",
                pt: "Alterou os papéis de um usuário")
        case .staffLinkMade:
            Message(es: "Creó un enlace de contraseña", en: "Created a password link", pt: "Criou um link de senha")
        case .staffDisabled: Message(es: "Desactivó a un usuario", en: "Disabled a user", pt: "Desativou um usuário")
        case .staffEnabled: Message(es: "Activó a un usuario", en: "Enabled a user", pt: "Ativou um usuário")
        case .passwordChosen: Message(es: "Eligió su contraseña", en: "Chose their password", pt: "Escolheu sua senha")
        case .passwordChanged:
            Message(es: "Cambió su contraseña", en: "Changed their password", pt: "Alterou sua senha")
        case .sessionStarted: Message(es: "Inició sesión", en: "Signed in", pt: "Entrou")
        case .tokenCreated: Message(es: "Creó un token de API", en: "Created an API token", pt: "Criou um token de API")
        case .tokenRevoked:
            Message(es: "Revocó un token de API", en: "Revoked an API token", pt: "Revogou um token de API")
        }
    }
}

/// The properties that entries name, as people call them.
enum DetailWords: MessageCatalogue {
    case name, email, roles, allowed, denied, permissions, addresses, expires
    case phone, address, neighbourhood, state, since

    static func text(of name: String, for reader: Reader) -> String { known[name]?.text(for: reader) ?? name }

    /// Permissions are recorded by their words for programs, and read in those for people.
    static func value(of name: String, _ value: String, for reader: Reader) -> String {
        switch known[name] {
        case .allowed, .denied, .permissions:
            value.split(separator: ", ").map { word in
                Permission(rawValue: String(word))?.words.text(for: reader) ?? String(word)
            }.joined(separator: ", ")
        case .expires: Instant(rfc3339: value)?.rfc3339.prefix(10).description ?? value
        default: value
        }
    }

    private static let known: [String: DetailWords] = [
        "name": .name, "email": .email, "roles": .roles, "allowed": .allowed, "denied": .denied,
        "permissions": .permissions, "addresses": .addresses, "expires": .expires,
        "phone": .phone, "address": .address, "neighbourhood": .neighbourhood, "state": .state, "since": .since,
    ]

    var message: Message {
        switch self {
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .email: Message(es: "Correo", en: "E-mail", pt: "E-mail")
        case .roles: Message(es: "Roles", en: "Roles", pt: "Papéis")
        case .allowed: Message(es: "Permite", en: "Allows", pt: "Permite")
        case .denied: Message(es: "Niega", en: "Denies", pt: "Nega")
        case .permissions: Message(es: "Permisos", en: "Permissions", pt: "Permissões")
        case .addresses: Message(es: "Direcciones IP", en: "IP addresses", pt: "Endereços IP")
        case .phone: Message(es: "Teléfono", en: "Phone", pt: "Telefone")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .neighbourhood: Message(es: "Colonia o barrio", en: "Neighbourhood", pt: "Bairro")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .since: Message(es: "Alta", en: "Since", pt: "Desde")
        case .expires: Message(es: "Vence", en: "Expires", pt: "Vence")
        }
    }
}
