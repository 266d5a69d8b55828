import Access
import HTTP
import Locale

package enum PlanRefusal: Refusal, MessageCatalogue, Equatable {
    case nameTaken, daysMissing, discountTooLarge, discountDaysMissing, burstIncomplete, burstTooSlow, sold, retired
    case notRetired, unknown, otherCurrency, chargeStays

    package var status: Status {
        switch self {
        case .nameTaken, .sold, .retired, .notRetired, .chargeStays: .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .nameTaken: "name_taken"
        case .daysMissing: "days_missing"
        case .discountTooLarge: "discount_too_large"
        case .discountDaysMissing: "discount_days_missing"
        case .burstIncomplete: "burst_incomplete"
        case .burstTooSlow: "burst_too_slow"
        case .sold: "plan_sold"
        case .retired: "plan_retired"
        case .notRetired: "plan_not_retired"
        case .unknown: "unknown_plan"
        case .otherCurrency: "other_currency"
        case .chargeStays: "charge_stays"
        }
    }

    /// The form field to correct.
    var field: String {
        switch self {
        case .daysMissing: "days"
        case .discountTooLarge: "early_discount"
        case .discountDaysMissing: "early_days"
        case .burstIncomplete, .burstTooSlow: "burst_download"
        case .otherCurrency: "price"
        case .chargeStays: "charge"
        default: "name"
        }
    }

    package var message: Message {
        switch self {
        case .nameTaken:
            Message(
                es: "Ya hay un plan en venta con ese nombre.", en: "There is a plan of that name on sale already.",
                pt: "Já existe um plano à venda com esse nome.")
        case .chargeStays:
            Message(
                es:
                    "Un plan que ya se vendió conserva cómo se cobra y su impuesto. Cree otro plan y cambie los servicios.",
                en:
                    "A plan that was sold keeps how it is charged and its tax. Make another plan and change the services.",
                pt: "Um plano que já foi vendido conserva como se cobra e seu imposto. Crie outro e mude os serviços.")
        case .daysMissing:
            Message(
                es: "Diga cuántos días dura cada pago.", en: "Say how many days a payment lasts.",
                pt: "Diga quantos dias dura cada pagamento.")
        case .discountTooLarge:
            Message(
                es: "El descuento no puede ser mayor que el precio.", en: "The discount cannot be more than the price.",
                pt: "O desconto não pode ser maior que o preço.")
        case .discountDaysMissing:
            Message(
                es: "El descuento por pronto pago necesita un importe y sus días.",
                en: "The early-payment discount needs an amount and its days.",
                pt: "O desconto por pagamento antecipado precisa de um valor e dos seus dias.")
        case .burstIncomplete:
            Message(
                es: "Una ráfaga necesita bajada, subida, los dos umbrales y los segundos.",
                en: "A burst needs download, upload, both thresholds and the seconds.",
                pt: "Uma rajada precisa de download, upload, os dois limiares e os segundos.")
        case .burstTooSlow:
            Message(
                es: "La ráfaga debe ser más rápida que la velocidad aprovisionada.",
                en: "The burst must be faster than the provisioned speed.",
                pt: "A rajada deve ser mais rápida que a velocidade provisionada.")
        case .sold:
            Message(
                es:
                    "El plan se ha vendido y no puede eliminarse. Retírelo: deja de venderse y sus servicios siguen igual.",
                en:
                    "The plan has been sold and cannot be deleted. Retire it: it is sold no more and its services go on.",
                pt:
                    "O plano foi vendido e não pode ser excluído. Retire-o: deixa de ser vendido e seus serviços continuam."
            )
        case .retired:
            Message(
                es: "El plan está retirado: ya no se vende.", en: "The plan is retired: it is sold no more.",
                pt: "O plano está retirado: não é mais vendido.")
        case .notRetired:
            Message(es: "El plan está en venta.", en: "The plan is on sale.", pt: "O plano está à venda.")
        case .unknown: Message(es: "Ese plan no existe.", en: "There is no such plan.", pt: "Esse plano não existe.")
        case .otherCurrency:
            Message(
                es: "El precio es en otra moneda que la de la empresa.",
                en: "The price is in another currency than the company's.",
                pt: "O preço está em outra moeda que a da empresa.")
        }
    }
}
