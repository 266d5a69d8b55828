import Access
import HTTP
import Locale

package enum FibreRefusal: Refusal, MessageCatalogue, Equatable {
    case nameTaken, inUse, unknownOLT, unknownTemplate, unknownService, otherVendor, passwordNeeded, portsUnreadable
    case serialUnreadable, serialTaken, serviceHasONU, serviceOver, portUnknown, placeUnknown
    case nameOutside, profileNumber, speedsTogether, typeMissing, profileMissing, notBound, noRestart, notOnline

    package var status: Status {
        switch self {
        case .nameTaken, .inUse, .serialTaken, .serviceHasONU, .serviceOver, .notBound, .noRestart, .notOnline:
            .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .nameTaken: "name_taken"
        case .inUse: "in_use"
        case .unknownOLT: "unknown_olt"
        case .unknownTemplate: "unknown_template"
        case .unknownService: "unknown_service"
        case .otherVendor: "template_of_other_vendor"
        case .passwordNeeded: "password_needed"
        case .portsUnreadable: "ports_unreadable"
        case .serialUnreadable: "serial_unreadable"
        case .serialTaken: "serial_taken"
        case .serviceHasONU: "service_has_onu"
        case .serviceOver: "service_cancelled"
        case .portUnknown: "unknown_port"
        case .placeUnknown: "onu_not_found"
        case .nameOutside: "name_unusable"
        case .profileNumber: "profile_is_a_number"
        case .speedsTogether: "speeds_together"
        case .typeMissing: "type_missing"
        case .profileMissing: "profile_missing"
        case .notBound: "onu_without_service"
        case .noRestart: "no_restart"
        case .notOnline: "onu_not_online"
        }
    }

    /// The form field at fault.
    var field: String {
        switch self {
        case .nameTaken, .inUse: "name"
        case .unknownOLT, .placeUnknown: "olt"
        case .unknownTemplate, .otherVendor: "template"
        case .unknownService, .serviceHasONU, .serviceOver, .notBound: "service"
        case .passwordNeeded: "password"
        case .portsUnreadable: "ports"
        case .serialUnreadable, .serialTaken, .noRestart, .notOnline: "serial"
        case .portUnknown: "port"
        case .nameOutside, .profileNumber, .profileMissing: "line_profile"
        case .speedsTogether: "upload_profile"
        case .typeMissing: "unit_type"
        }
    }

    package var message: Message {
        switch self {
        case .nameTaken:
            Message(
                es: "Ya hay otra con ese nombre.", en: "There is another of that name.",
                pt: "Já há outra com esse nome.")
        case .inUse:
            Message(
                es: "Hay ONU que dependen de ella.", en: "There are ONUs that depend on it.",
                pt: "Há ONU que dependem dela.")
        case .unknownOLT:
            Message(
                es: "Elija una OLT.", tu: "Elige una OLT.", vos: "Elegí una OLT.", en: "Choose an OLT.",
                pt: "Escolha uma OLT.")
        case .unknownTemplate:
            Message(
                es: "Elija una plantilla.", tu: "Elige una plantilla.", vos: "Elegí una plantilla.",
                en: "Choose a template.", pt: "Escolha um modelo.")
        case .unknownService:
            Message(
                es: "Elija el servicio del cliente.", tu: "Elige el servicio del cliente.",
                vos: "Elegí el servicio del cliente.", en: "Choose the customer's service.",
                pt: "Escolha o serviço do cliente.")
        case .otherVendor:
            Message(
                es: "Esa plantilla es de otra marca de OLT.", en: "That template is of another vendor's OLT.",
                pt: "Esse modelo é de outra marca de OLT.")
        case .passwordNeeded:
            Message(
                es: "La OLT está en otra dirección: escriba otra vez la contraseña.",
                tu: "La OLT está en otra dirección: escribe otra vez la contraseña.",
                vos: "La OLT está en otra dirección: escribí otra vez la contraseña.",
                en: "The OLT is at another address: write the password again.",
                pt: "A OLT está em outro endereço: escreva a senha outra vez.")
        case .portsUnreadable:
            Message(
                es: "Escriba los puertos como los cuenta esa marca, por ejemplo 0/1/0-7.",
                tu: "Escribe los puertos como los cuenta esa marca, por ejemplo 0/1/0-7.",
                vos: "Escribí los puertos como los cuenta esa marca, por ejemplo 0/1/0-7.",
                en: "Write the ports as that vendor counts them, such as 0/1/0-7.",
                pt: "Escreva as portas como essa marca as conta, por exemplo 0/1/0-7.")
        case .serialUnreadable:
            Message(
                es: "El número de serie tiene cuatro letras y ocho cifras, como HWTC11E70E9A.",
                en: "The serial number has four letters and eight digits, such as HWTC11E70E9A.",
                pt: "O número de série tem quatro letras e oito dígitos, como HWTC11E70E9A.")
        case .serialTaken:
            Message(
                es: "Esa ONU ya es de otro servicio.", en: "That ONU is another service's already.",
                pt: "Essa ONU já é de outro serviço.")
        case .serviceHasONU:
            Message(
                es: "Ese servicio ya tiene una ONU. Cámbiela en su página.",
                tu: "Ese servicio ya tiene una ONU. Cámbiala en su página.",
                vos: "Ese servicio ya tiene una ONU. Cambiala en su página.",
                en: "That service has an ONU already. Change it on its page.",
                pt: "Esse serviço já tem uma ONU. Altere-a na página dela.")
        case .serviceOver:
            Message(
                es: "Ese servicio está cancelado.", en: "That service is cancelled.",
                pt: "Esse serviço está cancelado.")
        case .portUnknown:
            Message(
                es: "La OLT no tiene ese puerto.", en: "The OLT has no such port.", pt: "A OLT não tem essa porta.")
        case .placeUnknown:
            Message(
                es: "Esa ONU no aparece entre las que piden entrar: elija la OLT y el puerto.",
                tu: "Esa ONU no aparece entre las que piden entrar: elige la OLT y el puerto.",
                vos: "Esa ONU no aparece entre las que piden entrar: elegí la OLT y el puerto.",
                en: "That ONU is not among those that ask: choose its OLT and port.",
                pt: "Essa ONU não está entre as que pedem entrada: escolha a OLT e a porta.")
        case .nameOutside:
            Message(
                es: "Los nombres de perfiles no llevan espacios, acentos ni comillas.",
                en: "Names of profiles have no blanks, accents or quotes.",
                pt: "Os nomes de perfis não levam espaços, acentos nem aspas.")
        case .profileNumber:
            Message(
                es: "En Huawei los perfiles y las tablas de tráfico son números.",
                en: "On Huawei profiles and traffic tables are numbers.",
                pt: "Na Huawei os perfis e as tabelas de tráfego são números.")
        case .speedsTogether:
            Message(
                es: "En Huawei la subida y la bajada van juntas.", en: "On Huawei upload and download go together.",
                pt: "Na Huawei o upload e o download vão juntos.")
        case .typeMissing:
            Message(
                es: "Escriba el tipo de ONU y, en ZTE, la velocidad de subida.",
                tu: "Escribe el tipo de ONU y, en ZTE, la velocidad de subida.",
                vos: "Escribí el tipo de ONU y, en ZTE, la velocidad de subida.",
                en: "Write the ONU type and, on ZTE, the upload speed.",
                pt: "Escreva o tipo de ONU e, na ZTE, a velocidade de upload.")
        case .profileMissing:
            Message(
                es: "Escriba los dos perfiles.", tu: "Escribe los dos perfiles.", vos: "Escribí los dos perfiles.",
                en: "Write both profiles.", pt: "Escreva os dois perfis.")
        case .noRestart:
            Message(
                es: "Esta marca de OLT no tiene comando para reiniciar una ONU.",
                en: "This vendor's OLT has no command to restart an ONU.",
                pt: "Esta marca de OLT não tem comando para reiniciar uma ONU.")
        case .notOnline:
            Message(
                es: "La ONU no está en línea: no se puede reiniciar desde aquí.",
                en: "The ONU is not on line: it cannot be restarted from here.",
                pt: "A ONU não está on-line: não pode ser reiniciada daqui.")
        case .notBound:
            Message(
                es: "Esa ONU no es de ningún servicio.", en: "That ONU is no service's.",
                pt: "Essa ONU não é de nenhum serviço.")
        }
    }
}
