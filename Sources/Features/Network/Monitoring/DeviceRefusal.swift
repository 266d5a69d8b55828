import Access
import HTTP
import Locale

package enum DeviceRefusal: Refusal, MessageCatalogue, Equatable {
    case addressMissing, communityMissing, userMissing, passwordMissing, passwordShort, methodOfRouters
    case upstreamUnknown, upstreamLoop, ofRouter, monitorOff

    package var status: Status { [.ofRouter, .monitorOff].contains(self) ? .conflict : .unprocessableContent }

    package var code: String {
        switch self {
        case .addressMissing: "address_missing"
        case .communityMissing: "community_missing"
        case .userMissing: "snmp_user_missing"
        case .passwordMissing: "snmp_password_missing"
        case .passwordShort: "snmp_password_short"
        case .methodOfRouters: "method_of_routers"
        case .upstreamUnknown: "unknown_upstream"
        case .upstreamLoop: "upstream_loop"
        case .ofRouter: "device_of_router"
        case .monitorOff: "monitor_off"
        }
    }

    /// The form field at fault.
    var field: String {
        switch self {
        case .addressMissing: "address"
        case .communityMissing: "community"
        case .userMissing: "snmp_user"
        case .passwordMissing, .passwordShort: "snmp_password"
        case .methodOfRouters: "method"
        case .upstreamUnknown, .upstreamLoop: "upstream"
        case .ofRouter, .monitorOff: "name"
        }
    }

    package var message: Message {
        switch self {
        case .addressMissing:
            Message(
                es: "Escriba la dirección IP del equipo.", tu: "Escribe la dirección IP del equipo.",
                vos: "Escribí la dirección IP del equipo.", en: "Write the device's IP address.",
                pt: "Escreva o endereço IP do equipamento.")
        case .communityMissing:
            Message(
                es: "Escriba la comunidad SNMP.", tu: "Escribe la comunidad SNMP.", vos: "Escribí la comunidad SNMP.",
                en: "Write the SNMP community.", pt: "Escreva a comunidade SNMP.")
        case .userMissing:
            Message(
                es: "Escriba el usuario de SNMP v3.", tu: "Escribe el usuario de SNMP v3.",
                vos: "Escribí el usuario de SNMP v3.", en: "Write the SNMP v3 user.",
                pt: "Escreva o usuário de SNMP v3.")
        case .passwordMissing:
            Message(
                es: "Escriba la contraseña de autenticación y, si la usa, la de privacidad.",
                tu: "Escribe la contraseña de autenticación y, si la usas, la de privacidad.",
                vos: "Escribí la contraseña de autenticación y, si la usás, la de privacidad.",
                en: "Write the authentication password and, if you use one, that of privacy.",
                pt: "Escreva a senha de autenticação e, se a usa, a de privacidade.")
        case .passwordShort:
            Message(
                es: "Las contraseñas de SNMP v3 tienen 8 letras o más.",
                en: "Passwords of SNMP v3 have 8 letters or more.", pt: "As senhas de SNMP v3 têm 8 letras ou mais.")
        case .methodOfRouters:
            Message(
                es: "Por la API solo se vigilan los routers que están en Routers, y esos solo por ella.",
                en: "Only the routers under Routers are watched by the API, and those by nothing else.",
                pt: "Pela API só se vigiam os roteadores que estão em Roteadores, e esses só por ela.")
        case .upstreamUnknown:
            Message(
                es: "Elija un equipo de la lista.", tu: "Elige un equipo de la lista.",
                vos: "Elegí un equipo de la lista.", en: "Choose a device of the list.",
                pt: "Escolha um equipamento da lista.")
        case .upstreamLoop:
            Message(
                es: "Ese equipo ya cuelga de este.", en: "That device hangs on this one already.",
                pt: "Esse equipamento já depende deste.")
        case .monitorOff:
            Message(es: "El monitor está apagado.", en: "The monitor is off.", pt: "O monitor está desligado.")
        case .ofRouter:
            Message(
                es: "Este equipo es un router: se elimina en Routers. Para no vigilarlo, quite «Vigilarlo».",
                tu: "Este equipo es un router: se elimina en Routers. Para no vigilarlo, quita «Vigilarlo».",
                vos: "Este equipo es un router: se elimina en Routers. Para no vigilarlo, quitá «Vigilarlo».",
                en: "This device is a router: it is deleted under Routers. Not to watch it, clear “Watch it”.",
                pt: "Este equipamento é um roteador: exclui-se em Roteadores. Para não vigiá-lo, desmarque «Vigiar».")
        }
    }
}
