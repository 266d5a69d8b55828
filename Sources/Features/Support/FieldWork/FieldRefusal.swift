import Access
import HTTP
import Locale

package enum FieldRefusal: Refusal, MessageCatalogue {
    case unknownCustomer, unknownService, unknownTicket, unknownTechnician, dayFarOff, dayMissing
    case timeUnreadable, overAlready, unchecked, reportMissing, reasonMissing, photoTooLarge, photoUnreadable
    case tooManyPhotos

    package var status: Status {
        switch self {
        case .overAlready: .conflict
        case .photoTooLarge: .contentTooLarge
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .unknownCustomer: "unknown_customer"
        case .unknownService: "unknown_service"
        case .unknownTicket: "unknown_ticket"
        case .unknownTechnician: "unknown_technician"
        case .dayFarOff: "day_far_off"
        case .dayMissing: "day_missing"
        case .timeUnreadable: "time_unreadable"
        case .overAlready: "over_already"
        case .unchecked: "unchecked"
        case .reportMissing: "report_missing"
        case .reasonMissing: "reason_missing"
        case .photoTooLarge: "photo_too_large"
        case .photoUnreadable: "photo_unreadable"
        case .tooManyPhotos: "too_many_photos"
        }
    }

    /// The form's field that it is about.
    var field: String {
        switch self {
        case .unknownCustomer: "client"
        case .unknownService: "service"
        case .unknownTicket: "ticket"
        case .unknownTechnician: "assignee"
        case .dayFarOff, .dayMissing: "day"
        case .timeUnreadable: "begins"
        case .overAlready, .reportMissing: "report"
        case .unchecked: "checked"
        case .reasonMissing: "reason"
        case .photoTooLarge, .photoUnreadable, .tooManyPhotos: "photo"
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
        case .unknownTicket:
            Message(
                es: "El ticket no es de ese cliente o ya terminó.",
                en: "The ticket is not that customer's or is over.",
                pt: "O ticket não é desse cliente ou já terminou.")
        case .unknownTechnician:
            Message(
                es: "Esa persona no va a trabajos de esa zona.", en: "That person does not go out in that zone.",
                pt: "Essa pessoa não vai a trabalhos dessa zona.")
        case .dayFarOff:
            Message(
                es: "Elija un día desde hoy y de los próximos doce meses.",
                tu: "Elige un día desde hoy y de los próximos doce meses.",
                vos: "Elegí un día desde hoy y de los próximos doce meses.",
                en: "Choose a day within the next twelve months.",
                pt: "Escolha um dia desde hoje e dos próximos doze meses.")
        case .dayMissing: Message(es: "Falta el día.", en: "The day is missing.", pt: "Falta o dia.")
        case .timeUnreadable:
            Message(
                es: "La hora se escribe 09:30, de 00:00 a 23:59.",
                en: "Write the time as 09:30, from 00:00 to 23:59.",
                pt: "A hora se escreve 09:30, de 00:00 a 23:59.")
        case .overAlready:
            Message(es: "El trabajo ya terminó.", en: "The work is over.", pt: "O trabalho já terminou.")
        case .unchecked:
            Message(
                es: "Falta revisar algo de la lista.", en: "Something on the list is not checked.",
                pt: "Falta verificar algo da lista.")
        case .reportMissing:
            Message(
                es: "Falta decir qué se hizo.", en: "It is not said what was done.",
                pt: "Falta dizer o que foi feito.")
        case .reasonMissing: Message(es: "Falta el motivo.", en: "The reason is missing.", pt: "Falta o motivo.")
        case .photoTooLarge:
            Message(
                es: "La foto es demasiado grande.", en: "The picture is too large.", pt: "A foto é grande demais.")
        case .photoUnreadable:
            Message(
                es: "La foto no se puede leer.", en: "The picture cannot be read.", pt: "A foto não pode ser lida.")
        case .tooManyPhotos:
            Message(
                es: "El trabajo ya tiene demasiadas fotos.", en: "The work has too many pictures already.",
                pt: "O trabalho já tem fotos demais.")
        }
    }
}
