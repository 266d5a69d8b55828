import Access
import HTTP
import Locale

package enum RoleWords: MessageCatalogue {
    case owner, cashier, collector, technician, support, noc, accountant
    case beyondOwn, beyondZones, nameTaken, readyMade, inUse, lastOwner

    package var message: Message {
        switch self {
        case .owner: Message(es: "Administrador", en: "Administrator", pt: "Administrador")
        case .cashier: Message(es: "Cajero", en: "Cashier", pt: "Caixa")
        case .collector: Message(es: "Cobrador", en: "Collector", pt: "Cobrador")
        case .technician: Message(es: "Técnico", en: "Technician", pt: "Técnico")
        case .support: Message(es: "Soporte", en: "Support", pt: "Suporte")
        case .noc: Message(es: "NOC", en: "NOC", pt: "NOC")
        case .accountant: Message(es: "Contador (lectura)", en: "Accountant (read only)", pt: "Contador (leitura)")
        case .beyondOwn:
            Message(
                es: "No puede dar un permiso que usted no tiene.", en: "You cannot grant a permission you do not have.",
                pt: "Não é possível conceder uma permissão que a sua conta não tem.")
        case .beyondZones:
            Message(
                es: "Limitado a zonas, solo puede tener permisos sobre los clientes de esas zonas. Quite los demás.",
                en: "Limited to zones, only what is of their customers is possible. Take the other permissions away.",
                pt: "Limitado a zonas, só é permitido o que é dos clientes delas. Retire as demais permissões.")
        case .nameTaken:
            Message(
                es: "Ya hay un rol con ese nombre.", en: "There is a role of that name already.",
                pt: "Já existe um papel com esse nome.")
        case .readyMade:
            Message(
                es: "Este rol viene con el sistema y no se cambia. Haga una copia.",
                en: "This role comes with the system and stays as it is. Make a copy.",
                pt: "Este papel vem com o sistema e não se altera. Faça uma cópia.")
        case .inUse:
            Message(
                es: "Hay usuarios con este rol. Quíteselo antes de eliminarlo.",
                en: "There are users with this role. Take it from them before deleting it.",
                pt: "Há usuários com este papel. Retire-o deles antes de excluí-lo.")
        case .lastOwner:
            Message(
                es: "Alguien debe poder administrar usuarios y roles: es la última persona que puede.",
                en: "Somebody has to be able to manage users and roles: this is the last person who can.",
                pt: "Alguém precisa poder administrar usuários e papéis: é a última pessoa que pode.")
        }
    }
}

package enum RoleRefusal: Refusal, Equatable {
    case beyondOwn, beyondZones, nameTaken, readyMade, inUse, lastOwner

    package var status: Status {
        switch self {
        case .beyondOwn: .forbidden
        case .beyondZones: .unprocessableContent
        case .nameTaken, .readyMade, .inUse, .lastOwner: .conflict
        }
    }

    package var code: String {
        switch self {
        case .beyondOwn: "beyond_own_permissions"
        case .beyondZones: "beyond_zones"
        case .nameTaken: "name_taken"
        case .readyMade: "ready_made_role"
        case .inUse: "role_in_use"
        case .lastOwner: "last_owner"
        }
    }

    package var message: Message {
        switch self {
        case .beyondOwn: RoleWords.beyondOwn.message
        case .beyondZones: RoleWords.beyondZones.message
        case .nameTaken: RoleWords.nameTaken.message
        case .readyMade: RoleWords.readyMade.message
        case .inUse: RoleWords.inUse.message
        case .lastOwner: RoleWords.lastOwner.message
        }
    }
}
