import Access
import HTTP
import Locale

package enum RouterRefusal: Refusal, MessageCatalogue, Equatable {
    case nameTaken, inUse, unknown, addressUnreadable, addressRefused, passwordNeeded, cutProfileMissing
    case rangeUnreadable, nameBound, spareNotActive, customerAddressUnreadable, customerAddressMissing, macUnreadable
    /// The service that has the address; empty for somebody who does not see it.
    case addressBound(String)

    package static let allCases: [RouterRefusal] = [
        .nameTaken, .inUse, .unknown, .addressUnreadable, .addressRefused, .passwordNeeded, .cutProfileMissing,
        .rangeUnreadable, .nameBound, .spareNotActive, .customerAddressUnreadable, .customerAddressMissing,
        .macUnreadable, .addressBound(""), .addressBound("Plan 10 (1)"),
    ]

    package var status: Status {
        switch self {
        case .nameTaken, .inUse, .nameBound, .addressBound: .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .nameTaken: "name_taken"
        case .inUse: "router_in_use"
        case .unknown: "unknown_router"
        case .addressUnreadable: "address_unreadable"
        case .addressRefused: "address_refused"
        case .passwordNeeded: "password_needed"
        case .cutProfileMissing: "cut_profile_missing"
        case .rangeUnreadable: "range_unreadable"
        case .spareNotActive: "spare_not_active"
        case .nameBound: "name_bound"
        case .addressBound: "address_bound"
        case .customerAddressUnreadable: "customer_address_unreadable"
        case .customerAddressMissing: "customer_address_missing"
        case .macUnreadable: "mac_unreadable"
        }
    }

    /// The form field at fault.
    var field: String {
        switch self {
        case .nameTaken, .inUse, .nameBound, .macUnreadable: "name"
        case .unknown, .spareNotActive: "router"
        case .addressUnreadable, .addressRefused, .customerAddressUnreadable, .customerAddressMissing, .addressBound:
            "address"
        case .passwordNeeded: "password"
        case .cutProfileMissing: "cut_profile"
        case .rangeUnreadable: "ranges"
        }
    }

    package var message: Message {
        switch self {
        case .nameTaken:
            Message(
                es: "Ya hay un router con ese nombre.", en: "There is a router of that name already.",
                pt: "Já existe um roteador com esse nome.")
        case .inUse:
            Message(
                es: "El router tiene servicios. Páselos a otro antes de eliminarlo.",
                en: "The router has services. Move them to another before deleting it.",
                pt: "O roteador tem serviços. Passe-os a outro antes de excluí-lo.")
        case .unknown:
            Message(es: "Elija un router.", en: "Choose a router.", pt: "Escolha um roteador.")
        case .addressUnreadable:
            Message(
                es: "Escriba la dirección IP del router, como 10.0.0.1.",
                en: "Write the router's IP address, such as 10.0.0.1.",
                pt: "Escreva o endereço IP do roteador, como 10.0.0.1.")
        case .addressRefused:
            Message(
                es: "Esa dirección no está en sus redes de equipos. Agréguela en Redes de equipos.",
                en: "That address is not in your device networks. Add it under Device networks.",
                pt: "Esse endereço não está nas suas redes de equipamentos. Adicione-o em Redes de equipamentos.")
        case .passwordNeeded:
            Message(
                es: "Escriba otra vez la contraseña: la dirección, el puerto o el cifrado cambian.",
                en: "Write the password again: the address, the port or the encryption changes.",
                pt: "Escreva a senha de novo: o endereço, a porta ou a criptografia mudam.")
        case .cutProfileMissing:
            Message(
                es: "Escriba el perfil de morosos.", en: "Write the profile of debtors.",
                pt: "Escreva o perfil de inadimplentes.")
        case .rangeUnreadable:
            Message(
                es: "Escriba una red por línea, como 10.20.0.0/16.",
                en: "Write a network a line, such as 10.20.0.0/16.",
                pt: "Escreva uma rede por linha, como 10.20.0.0/16.")
        case .spareNotActive:
            Message(
                es: "Ese router está en sombra o en pausa: actívelo primero.",
                en: "That router is in shadow or paused: activate it first.",
                pt: "Esse roteador está em sombra ou em pausa: ative-o primeiro.")
        case .nameBound:
            Message(
                es: "Otro servicio ya usa ese nombre en el router.",
                en: "Another service has that name on the router already.",
                pt: "Outro serviço já usa esse nome no roteador.")
        case .addressBound(""):
            Message(
                es: "Otro servicio ya tiene esa IP en el router.",
                en: "Another service has that IP on the router already.",
                pt: "Outro serviço já tem esse IP no roteador.")
        case .addressBound(let other):
            Message(
                es: .always(
                    "Esa IP ya es del servicio \(other) en el router, y con la misma se cortarían juntos. Use otra o desligue aquel."
                ),
                en: .always(
                    "Service \(other) has that IP on the router, and sharing it they would be cut together. Use another or unbind that one."
                ),
                pt: .always(
                    "Esse IP já é do serviço \(other) no roteador, e com o mesmo seriam cortados juntos. Use outro ou desligue aquele."
                ))
        case .customerAddressUnreadable:
            Message(
                es: "La IP del cliente no se puede leer.", en: "The customer's IP cannot be read.",
                pt: "O IP do cliente não pode ser lido.")
        case .customerAddressMissing:
            Message(
                es: "Escriba la IP del cliente.", en: "Write the customer's IP.", pt: "Escreva o IP do cliente.")
        case .macUnreadable:
            Message(
                es: "Escriba la MAC, como 02:AB:00:12:34:56.", en: "Write the MAC, such as 02:AB:00:12:34:56.",
                pt: "Escreva o MAC, como 02:AB:00:12:34:56.")
        }
    }
}
