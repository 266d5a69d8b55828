import Access
import HTTP
import Locale

package enum TicketRefusal: Refusal, MessageCatalogue {
    case unknownCustomer, unknownService, unknownIncident, unknownStaff, unknownTicket, anothersTicket, merged
    case overAlready, notOver, nobodyToHold, nobodyFree, tooManyOpen, tooManyFiles, tooLong, empty
    case ratedAlready, ratingWrong, fileTooLarge, fileUnreadable, hoursWrong, addressUnreadable

    package var status: Status {
        switch self {
        case .overAlready, .notOver, .ratedAlready, .merged, .nobodyFree, .tooManyOpen, .tooLong: .conflict
        case .fileTooLarge: .contentTooLarge
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .unknownCustomer: "unknown_customer"
        case .unknownService: "unknown_service"
        case .unknownIncident: "unknown_incident"
        case .unknownStaff: "unknown_staff"
        case .unknownTicket: "unknown_ticket"
        case .anothersTicket: "anothers_ticket"
        case .merged: "ticket_merged"
        case .overAlready: "over_already"
        case .notOver: "not_over"
        case .nobodyToHold: "nobody_to_hold"
        case .nobodyFree: "nobody_free"
        case .tooManyOpen: "too_many_open"
        case .tooManyFiles: "too_many_files"
        case .tooLong: "too_long"
        case .empty: "empty"
        case .ratedAlready: "rated_already"
        case .ratingWrong: "rating_wrong"
        case .fileTooLarge: "file_too_large"
        case .fileUnreadable: "file_unreadable"
        case .hoursWrong: "hours_wrong"
        case .addressUnreadable: "address_unreadable"
        }
    }

    /// The form's field that it is about.
    var field: String {
        switch self {
        case .unknownCustomer, .tooManyOpen: "client"
        case .unknownService: "service"
        case .unknownIncident: "incident"
        case .unknownStaff, .nobodyFree: "member"
        case .unknownTicket, .anothersTicket, .merged: "into"
        case .nobodyToHold: "holds"
        case .tooManyFiles, .fileTooLarge, .fileUnreadable: "file"
        case .ratedAlready, .ratingWrong, .notOver: "rating"
        case .hoursWrong: "opens"
        case .addressUnreadable: "alerted"
        case .overAlready, .tooLong, .empty: "text"
        }
    }

    package var message: Message {
        switch self {
        case .unknownCustomer:
            Message(
                es: "Ningún cliente tiene ese número.", en: "No customer has that number.",
                pt: "Nenhum cliente tem esse número.")
        case .unknownService:
            Message(
                es: "El servicio no es de ese cliente.", en: "The service is not that customer's.",
                pt: "O serviço não é desse cliente.")
        case .unknownIncident:
            Message(es: "Esa falla no existe.", en: "There is no such incident.", pt: "Essa falha não existe.")
        case .unknownStaff:
            Message(
                es: "Esa persona no atiende tickets de esa zona.",
                en: "That person does not see to tickets of that zone.",
                pt: "Essa pessoa não atende tickets dessa zona.")
        case .unknownTicket:
            Message(
                es: "Ningún otro ticket tiene ese número.", en: "No other ticket has that number.",
                pt: "Nenhum outro ticket tem esse número.")
        case .anothersTicket:
            Message(
                es: "Ese ticket es de otro cliente. Los de una misma causa se ligan a la falla.",
                en: "That ticket is another customer's. Those with one cause are linked to the incident.",
                pt: "Esse ticket é de outro cliente. Os de uma mesma causa se ligam à falha.")
        case .merged:
            Message(es: "Ya se unió a otro ticket.", en: "It was merged already.", pt: "Já foi unido a outro ticket.")
        case .overAlready:
            Message(es: "El ticket ya terminó.", en: "The ticket is over.", pt: "O ticket já terminou.")
        case .notOver:
            Message(
                es: "El ticket aún no se resuelve.", en: "The ticket is not resolved yet.",
                pt: "O ticket ainda não foi resolvido.")
        case .nobodyToHold:
            Message(
                es: "Sin cliente no hay cobranza que pausar.", en: "Without a customer there is no collection to hold.",
                pt: "Sem cliente não há cobrança para pausar.")
        case .nobodyFree:
            Message(
                es: "Nadie atiende tickets de esa zona.", en: "Nobody sees to tickets of that zone.",
                pt: "Ninguém atende tickets dessa zona.")
        case .tooManyOpen:
            Message(
                es: "El cliente ya tiene demasiados tickets abiertos.",
                en: "The customer has too many open tickets already.",
                pt: "O cliente já tem tickets abertos demais.")
        case .tooManyFiles:
            Message(
                es: "El ticket ya tiene demasiados archivos.", en: "The ticket has too many files already.",
                pt: "O ticket já tem arquivos demais.")
        case .tooLong:
            Message(
                es: "El ticket ya tiene demasiados comentarios. Abra otro.",
                tu: "El ticket ya tiene demasiados comentarios. Abre otro.",
                vos: "El ticket ya tiene demasiados comentarios. Abrí otro.",
                en: "The ticket has too many comments. Open another.",
                pt: "O ticket já tem comentários demais. Abra outro.")
        case .empty:
            Message(
                es: "Escriba algo o adjunte un archivo.", tu: "Escribe algo o adjunta un archivo.",
                vos: "Escribí algo o adjuntá un archivo.", en: "Write something or attach a file.",
                pt: "Escreva algo ou anexe um arquivo.")
        case .ratedAlready:
            Message(
                es: "Ya lo calificó.", tu: "Ya lo calificaste.", vos: "Ya lo calificaste.",
                en: "You rated it already.", pt: "Você já o avaliou.")
        case .ratingWrong:
            Message(
                es: "Elija de 1 a 5.", tu: "Elige de 1 a 5.", vos: "Elegí de 1 a 5.", en: "Choose from 1 to 5.",
                pt: "Escolha de 1 a 5.")
        case .fileTooLarge:
            Message(
                es: "El archivo es demasiado grande.", en: "The file is too large.", pt: "O arquivo é grande demais.")
        case .fileUnreadable:
            Message(
                es: "El archivo no se puede leer: envíe una foto o un PDF.",
                tu: "El archivo no se puede leer: envía una foto o un PDF.",
                vos: "El archivo no se puede leer: enviá una foto o un PDF.",
                en: "The file cannot be read: send a picture or a PDF.",
                pt: "O arquivo não pode ser lido: envie uma foto ou um PDF.")
        case .hoursWrong:
            Message(
                es: "El horario se escribe 08:00 a 18:00 y dura al menos una hora.",
                en: "Write the hours as 08:00 to 18:00, at least one hour.",
                pt: "O horário se escreve 08:00 a 18:00 e dura ao menos uma hora.")
        case .addressUnreadable:
            Message(
                es: "Una de las direcciones de correo no se lee.", en: "One of the e-mail addresses cannot be read.",
                pt: "Um dos endereços de e-mail não é legível.")
        }
    }
}
