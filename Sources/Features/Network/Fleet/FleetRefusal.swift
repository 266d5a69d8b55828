import Access
import FleetProtocol
import HTTP
import Locale

package enum FleetRefusal: Refusal, MessageCatalogue, Equatable {
    case addressUnreadable, addressRefused, tokenNeeded, siteUnknown, serviceUnknown, intruder, notPhantom, reasonNeeded
    case nothingToClose, notTwin, deviceTaken
    /// The controller did not do it, for this reason of `FleetFailure`.
    case failed(String)

    package static let allCases: [FleetRefusal] =
        [
            .addressUnreadable, .addressRefused, .tokenNeeded, .siteUnknown, .serviceUnknown, .intruder, .notPhantom,
            .reasonNeeded, .nothingToClose, .notTwin, .deviceTaken,
        ] + FleetTrouble.allCases.map { .failed($0.rawValue) }

    package var status: Status {
        switch self {
        case .intruder, .notPhantom, .nothingToClose, .notTwin, .deviceTaken: .conflict
        case .failed: .badGateway
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .addressUnreadable: "address_unreadable"
        case .addressRefused: "address_refused"
        case .tokenNeeded: "token_needed"
        case .siteUnknown: "unknown_site"
        case .serviceUnknown: "unknown_service"
        case .intruder: "device_intruder"
        case .notPhantom: "device_not_phantom"
        case .reasonNeeded: "reason_needed"
        case .nothingToClose: "nothing_to_close"
        case .notTwin: "device_not_superfluous"
        case .deviceTaken: "device_taken"
        case .failed: "controller_failed"
        }
    }

    /// The form field at fault.
    var field: String {
        switch self {
        case .addressUnreadable, .addressRefused: "address"
        case .tokenNeeded: "token"
        case .siteUnknown: "site"
        case .serviceUnknown: "service"
        case .reasonNeeded: "reason"
        case .deviceTaken: "device"
        default: "name"
        }
    }

    package var message: Message {
        switch self {
        case .addressUnreadable:
            Message(
                es: "Escriba la dirección como https://uisp.suempresa.com, sin nada detrás.",
                tu: "Escribe la dirección como https://uisp.tuempresa.com, sin nada detrás.",
                vos: "Escribí la dirección como https://uisp.tuempresa.com, sin nada detrás.",
                en: "Write the address like https://uisp.example.com, with nothing behind it.",
                pt: "Escreva o endereço como https://uisp.suaempresa.com, sem nada depois.")
        case .addressRefused:
            Message(
                es:
                    "Esa dirección no se puede usar: un nombre de internet va con https, y una IP debe estar en Redes de equipos.",
                en: "That address cannot be used: a public name needs https, and an IP must be in Device networks.",
                pt:
                    "Esse endereço não pode ser usado: um nome da internet vai com https, e um IP deve estar em Redes de equipamentos."
            )
        case .tokenNeeded:
            Message(
                es: "Falta el token: al cambiar la dirección hay que darlo de nuevo.",
                en: "The token is missing: with another address it has to be given again.",
                pt: "Falta o token: ao mudar o endereço é preciso informá-lo de novo.")
        case .siteUnknown:
            Message(
                es: "Elija un sitio de la lista.", tu: "Elige un sitio de la lista.",
                vos: "Elegí un sitio de la lista.",
                en: "Choose a site of the list.", pt: "Escolha um local da lista.")
        case .serviceUnknown:
            Message(
                es: "No hay ningún servicio con ese número.", en: "There is no service of that number.",
                pt: "Não há nenhum serviço com esse número.")
        case .intruder:
            Message(
                es: "Es un intruso: no se autoriza desde aquí.",
                en: "It is an intruder: it is not authorized from here.",
                pt: "É um intruso: não se autoriza daqui.")
        case .notPhantom:
            Message(
                es: "Solo se eliminan fantasmas y duplicados caídos.",
                en: "Only phantoms and duplicates that are down are removed.",
                pt: "Só se removem fantasmas e duplicados fora do ar.")
        case .reasonNeeded:
            Message(
                es: "Escriba por qué no hace falta nada más.", tu: "Escribe por qué no hace falta nada más.",
                vos: "Escribí por qué no hace falta nada más.", en: "Write why nothing more is needed.",
                pt: "Escreva por que não é preciso mais nada.")
        case .nothingToClose:
            Message(
                es: "Este equipo ya no está por atender.", en: "This device is not waiting to be looked at.",
                pt: "Este equipamento já não está a atender.")
        case .notTwin:
            Message(
                es: "Ya no es un duplicado.", en: "It is no duplicate any more.", pt: "Já não é um duplicado.")
        case .deviceTaken:
            Message(
                es: "Elija un equipo de la lista.", tu: "Elige un equipo de la lista.",
                vos: "Elegí un equipo de la lista.", en: "Choose a device of the list.",
                pt: "Escolha um equipamento da lista.")
        case .failed(let word): FleetTrouble(rawValue: word)?.message ?? FleetTrouble.refused.message
        }
    }
}

/// Why a controller did not answer as it should, and what to do.
enum FleetTrouble: String, MessageCatalogue {
    case unreachable, untrusted
    case tokenRefused = "token_refused"
    case notAllowed = "not_allowed"
    case tooMany = "too_many"
    case troubled
    case notData = "not_data"
    case unreadable, refused

    var message: Message {
        switch self {
        case .unreachable:
            Message(
                es: "UISP no responde en esa dirección. Lo que había sigue aquí; se intenta de nuevo en dos minutos.",
                en:
                    "UISP does not answer at that address. What there was stays here; it is tried again in two minutes.",
                pt: "O UISP não responde nesse endereço. O que havia continua aqui; tenta-se de novo em dois minutos.")
        case .untrusted:
            Message(
                es: "El certificado de UISP no es de confianza. Si es propio, dé la huella de su clave.",
                en: "UISP's certificate is not trusted. If it is its own, give its key's fingerprint.",
                pt: "O certificado do UISP não é confiável. Se for próprio, informe a impressão da sua chave.")
        case .tokenRefused:
            Message(
                es:
                    "UISP no acepta el token. Debe ser el de Settings › Users › API tokens; la App Key del CRM es otra.",
                en:
                    "UISP does not accept the token. It has to be that of Settings › Users › API tokens; the CRM's App Key is another.",
                pt: "O UISP não aceita o token. Deve ser o de Settings › Users › API tokens; a App Key do CRM é outra.")
        case .notAllowed:
            Message(
                es: "El token es de solo lectura. Para autorizar y eliminar hace falta uno que pueda escribir.",
                en: "The token is read-only. To authorize and remove, one that may write is needed.",
                pt: "O token é somente leitura. Para autorizar e remover é preciso um que possa escrever.")
        case .tooMany:
            Message(
                es: "UISP recibe demasiadas consultas. Se intenta de nuevo en dos minutos.",
                en: "UISP is asked too often. It is tried again in two minutes.",
                pt: "O UISP recebe consultas demais. Tenta-se de novo em dois minutos.")
        case .troubled:
            Message(
                es: "UISP falló por dentro. Mire si todos sus contenedores están en marcha.",
                tu: "UISP falló por dentro. Mira si todos sus contenedores están en marcha.",
                vos: "UISP falló por dentro. Mirá si todos sus contenedores están en marcha.",
                en: "UISP failed inside. See whether all its containers are running.",
                pt: "O UISP falhou por dentro. Veja se todos os seus contêineres estão em execução.")
        case .notData:
            Message(
                es: "En esa dirección responde una página web, no la interfaz de UISP.",
                en: "A web page answers at that address, not UISP's interface.",
                pt: "Nesse endereço responde uma página da web, não a interface do UISP.")
        case .unreadable:
            Message(
                es:
                    "UISP respondió, pero falta un dato que se necesita: puede ser una versión más nueva. Nada se cambió.",
                en:
                    "UISP answered, but a member that is needed is missing: it may be a newer version. Nothing was changed.",
                pt: "O UISP respondeu, mas falta um dado necessário: pode ser uma versão mais nova. Nada foi alterado.")
        case .refused:
            Message(
                es: "UISP no quiso hacerlo.", en: "UISP refused to do it.", pt: "O UISP não quis fazê-lo.")
        }
    }
}
