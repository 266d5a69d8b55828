import Locale
import Nouns

extension Decision {
    /// Why something is done, or why not.
    package enum Cause: String, FieldChoice {
        case stopped, off, notCollected = "not_collected", notInService = "not_in_service"
        case owesNothing = "owes_nothing", beforeStart = "before_start", notDue = "not_due", notYet = "not_yet"
        case feeTooLarge = "fee_too_large"
        case held, promised, paymentPending = "payment_pending", stage, waitsAfterWarning = "waits_after_warning",
            overdue
        case reconnectedByPerson = "reconnected_by_person", strikes
        case daysLeft = "days_left", daysOver = "days_over", renewed
        case missing, paid, annulled, cutByPerson = "cut_by_person", cutOtherwise = "cut_otherwise"

        package var tone: Tone {
            switch self {
            case .owesNothing, .paid, .daysLeft, .renewed: .good
            case .overdue, .strikes, .missing, .feeTooLarge, .daysOver: .bad
            case .stage, .waitsAfterWarning, .promised, .held, .paymentPending: .warning
            default: .quiet
            }
        }

        package var message: Message {
            switch self {
            case .stopped:
                Message(
                    es: "La plataforma detuvo todos los cortes.", en: "The platform stopped all cuts.",
                    pt: "A plataforma parou todos os cortes.")
            case .off:
                Message(
                    es: "La cobranza automática está apagada.", en: "Automatic collection is off.",
                    pt: "A cobrança automática está desligada.")
            case .notCollected:
                Message(
                    es: "Su plan no es de cobro automático.", en: "Their plan is not collected automatically.",
                    pt: "Seu plano não é de cobrança automática.")
            case .notInService:
                Message(
                    es: "El servicio no está activo.", en: "The service is not active.",
                    pt: "O serviço não está ativo.")
            case .owesNothing: Message(es: "No debe nada.", en: "Owes nothing.", pt: "Não deve nada.")
            case .beforeStart:
                Message(
                    es: "Lo que debe es anterior al arranque de la cobranza.",
                    en: "What is owed is from before collection began.",
                    pt: "O que deve é anterior ao início da cobrança.")
            case .feeTooLarge:
                Message(
                    es: "El cargo que resulta de la política es mayor que el que admiten los libros.",
                    en: "The fee that the policy comes to is larger than the books can hold.",
                    pt: "O encargo que resulta da política é maior do que os livros admitem.")
            case .notDue:
                Message(
                    es: "Lo que debe aún no vence para el día del corte.",
                    en: "What is owed was not due on the day of the cut.",
                    pt: "O que deve ainda não vence no dia do corte.")
            case .notYet:
                Message(
                    es: "Todavía no llega la siguiente etapa.", en: "The next stage has not come yet.",
                    pt: "A próxima etapa ainda não chegou.")
            case .held:
                Message(
                    es: "Tiene una prórroga o una retención vigente.", en: "Days of grace or a hold are in force.",
                    pt: "Tem uma prorrogação ou retenção vigente.")
            case .promised:
                Message(
                    es: "Tiene una promesa de pago vigente.", en: "A promise to pay is in force.",
                    pt: "Tem uma promessa de pagamento vigente.")
            case .paymentPending:
                Message(
                    es: "Tiene un pago por aprobar.", en: "A payment waits for approval.",
                    pt: "Tem um pagamento a aprovar.")
            case .stage:
                Message(es: "Hoy toca esta etapa.", en: "This stage is for today.", pt: "Esta etapa é para hoje.")
            case .waitsAfterWarning:
                Message(
                    es: "El corte espera los días que la política deja después de la advertencia.",
                    en: "The cut waits the days that the policy leaves after the warning.",
                    pt: "O corte espera os dias que a política deixa após a advertência.")
            case .overdue:
                Message(
                    es: "La deuda venció y llegó el día del corte.",
                    en: "The debt is overdue and the day of the cut has come.",
                    pt: "A dívida venceu e chegou o dia do corte.")
            case .reconnectedByPerson:
                Message(
                    es: "Una persona lo reconectó en este periodo.", en: "A person reconnected it in this period.",
                    pt: "Uma pessoa o reconectou neste período.")
            case .strikes:
                Message(
                    es: "Llegó al límite de comprobantes falsos.", en: "The limit of false receipts is reached.",
                    pt: "Chegou ao limite de comprovantes falsos.")
            case .daysLeft:
                Message(
                    es: "Le quedan días prepago.", en: "Prepaid days are left.", pt: "Restam dias pré-pagos.")
            case .daysOver:
                Message(
                    es: "Terminaron sus días prepago.", en: "The prepaid days are over.",
                    pt: "Terminaram os dias pré-pagos.")
            case .renewed:
                Message(es: "Compró más días.", en: "More days were bought.", pt: "Comprou mais dias.")
            case .missing:
                Message(
                    es: "Está cortado y aún falta por pagar.", en: "It is cut and something is still to be paid.",
                    pt: "Está cortado e ainda falta pagar.")
            case .paid:
                Message(
                    es: "Pagó la deuda y la reconexión.", en: "The debt and the fee are paid.",
                    pt: "Pagou a dívida e a reconexão.")
            case .annulled:
                Message(
                    es: "Ya no tiene los comprobantes falsos que lo cortaron.",
                    en: "The false receipts that cut it no longer count.",
                    pt: "Já não tem os comprovantes falsos que o cortaram.")
            case .cutByPerson:
                Message(
                    es: "Lo cortó una persona; se reconecta al pagar o a mano.",
                    en: "A person cut it; it comes back on payment or by hand.",
                    pt: "Uma pessoa o cortou; reconecta ao pagar ou à mão.")
            case .cutOtherwise:
                Message(
                    es: "El corte no es por falta de pago.", en: "It is not cut for a debt.",
                    pt: "O corte não é por falta de pagamento.")
            }
        }
    }
}
