import Access
import HTTP
import Locale

package enum ServiceRefusal: Refusal, MessageCatalogue, Equatable {
    case planMissing, planByChange, unknownProfile, notActive, alreadyActivated, cancelled, alreadyCut, notCut
    case alreadyFrozen, notFrozen, noteRequired, inThePast, tooFar, endsBeforeItBegins, samePlan, samePrice
    case discountMissing, amountMissing, chargeEnded, notPrepaid, daysEndAlone

    package var status: Status {
        switch self {
        case .notActive, .alreadyActivated, .cancelled, .alreadyCut, .notCut, .alreadyFrozen, .notFrozen, .samePlan,
            .samePrice, .chargeEnded, .notPrepaid:
            .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .planMissing: "plan_missing"
        case .planByChange: "plan_by_change"
        case .unknownProfile: "unknown_profile"
        case .notActive: "service_not_active"
        case .alreadyActivated: "already_activated"
        case .cancelled: "service_cancelled"
        case .alreadyCut: "already_cut"
        case .notCut: "not_cut"
        case .alreadyFrozen: "already_frozen"
        case .notFrozen: "not_frozen"
        case .noteRequired: "note_required"
        case .inThePast: "day_past"
        case .tooFar: "day_too_far"
        case .endsBeforeItBegins: "ends_before_it_begins"
        case .samePlan: "same_plan"
        case .samePrice: "same_price"
        case .discountMissing: "discount_missing"
        case .amountMissing: "amount_missing"
        case .chargeEnded: "charge_ended"
        case .notPrepaid: "service_not_prepaid"
        case .daysEndAlone: "days_end_by_themselves"
        }
    }

    /// The form field to correct.
    var field: String {
        switch self {
        case .planMissing, .planByChange, .samePlan: "plan"
        case .unknownProfile: "profile"
        case .noteRequired: "note"
        case .inThePast, .tooFar: "day"
        case .endsBeforeItBegins: "to_day"
        case .samePrice: "price"
        case .discountMissing: "percent"
        case .amountMissing: "amount"
        case .daysEndAlone: "reason"
        default: ""
        }
    }

    package var message: Message {
        switch self {
        case .planMissing: Message(es: "Elija un plan.", en: "Choose a plan.", pt: "Escolha um plano.")
        case .planByChange:
            Message(
                es: "El plan de un servicio se cambia con un cambio de plan, que dice desde qué día.",
                en: "A service's plan is changed by a plan change, which says from which day on.",
                pt: "O plano de um serviço muda com uma mudança de plano, que diz a partir de que dia.")
        case .unknownProfile:
            Message(
                es: "Esos datos fiscales no son de este cliente.", en: "Those tax details are not this customer's.",
                pt: "Esses dados fiscais não são deste cliente.")
        case .notActive:
            Message(
                es: "El servicio todavía no está instalado.", en: "The service is not installed yet.",
                pt: "O serviço ainda não está instalado.")
        case .alreadyActivated:
            Message(
                es: "El servicio ya está activado.", en: "The service is activated already.",
                pt: "O serviço já está ativado.")
        case .cancelled:
            Message(
                es: "El servicio está cancelado. Para volver, cree otro.",
                en: "The service is cancelled. To come back, create another.",
                pt: "O serviço está cancelado. Para voltar, crie outro.")
        case .alreadyCut:
            Message(
                es: "El servicio ya está cortado.", en: "The service is cut already.", pt: "O serviço já está cortado.")
        case .notCut:
            Message(
                es: "El servicio no está cortado.", en: "The service is not cut.", pt: "O serviço não está cortado.")
        case .alreadyFrozen:
            Message(
                es: "El servicio ya está congelado en esos días.", en: "The service is frozen on those days already.",
                pt: "O serviço já está congelado nesses dias.")
        case .notFrozen:
            Message(
                es: "El servicio no está congelado.", en: "The service is not frozen.",
                pt: "O serviço não está congelado.")
        case .noteRequired:
            Message(
                es: "Con ese motivo hace falta una nota.", en: "That reason needs a note.",
                pt: "Com esse motivo é preciso uma nota.")
        case .inThePast:
            Message(es: "Ese día ya pasó.", en: "That day is past.", pt: "Esse dia já passou.")
        case .tooFar:
            Message(
                es: "Ese día está a más de un año.", en: "That day is more than a year away.",
                pt: "Esse dia está a mais de um ano.")
        case .endsBeforeItBegins:
            Message(
                es: "El último día no puede ser anterior al primero.",
                en: "The last day cannot be before the first one.",
                pt: "O último dia não pode ser anterior ao primeiro.")
        case .samePlan:
            Message(
                es: "El servicio ya tiene ese plan y ese precio.", en: "The service has that plan and price already.",
                pt: "O serviço já tem esse plano e esse preço.")
        case .samePrice:
            Message(
                es: "El servicio ya tiene ese precio.", en: "The service has that price already.",
                pt: "O serviço já tem esse preço.")
        case .discountMissing:
            Message(
                es: "Diga un porcentaje o un importe, uno de los dos.",
                en: "Say a percentage or an amount, one of them.",
                pt: "Diga uma porcentagem ou um valor, um dos dois.")
        case .amountMissing:
            Message(
                es: "Diga un importe mayor que cero.", en: "Say an amount above zero.",
                pt: "Diga um valor maior que zero.")
        case .notPrepaid:
            Message(
                es: "El plan del servicio no se paga por días.", en: "The service's plan is not paid by days.",
                pt: "O plano do serviço não é pago por dias.")
        case .daysEndAlone:
            Message(
                es: "Los días prepago se terminan solos. Elija otro motivo.",
                en: "Prepaid days end by themselves. Choose another reason.",
                pt: "Os dias pré-pagos terminam sozinhos. Escolha outro motivo.")
        case .chargeEnded:
            Message(
                es: "Ese cargo ya terminó.", en: "That charge has ended already.", pt: "Essa cobrança já terminou.")
        }
    }
}
