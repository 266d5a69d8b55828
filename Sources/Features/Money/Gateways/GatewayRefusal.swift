import Access
import GatewayProtocol
import HTTP
import Locale

/// Why a gateway's settings or an online payment are refused.
enum GatewayRefusal: Refusal, Equatable {
    case keyMissing
    case keyRefused(GatewayProvider)
    case notAllowed(GatewayProvider)
    case unreachable(GatewayProvider)
    /// With the provider's message.
    case refused(GatewayProvider, String)
    case otherCurrency(GatewayProvider)
    case noWay, amountWrong, contactMissing
    case settled

    init(_ failure: GatewayFailure, of provider: GatewayProvider) {
        self =
            switch failure {
            case .keyRefused: .keyRefused(provider)
            case .notAllowed: .notAllowed(provider)
            case .refused(let words): .refused(provider, String(words.prefix(300)))
            case .troubled, .unreachable, .unreadable: .unreachable(provider)
            }
    }

    var status: Status {
        switch self {
        case .settled: .conflict
        default: .unprocessableContent
        }
    }

    var code: String {
        switch self {
        case .keyMissing: "key_missing"
        case .keyRefused: "key_refused"
        case .notAllowed: "key_not_allowed"
        case .unreachable: "gateway_unreachable"
        case .refused: "gateway_refused"
        case .otherCurrency: "other_currency"
        case .noWay: "no_way_to_pay"
        case .amountWrong: "amount_wrong"
        case .contactMissing: "contact_missing"
        case .settled: "settled"
        }
    }

    var message: Message {
        switch self {
        case .keyMissing:
            Message(es: "Escriba la clave secreta.", en: "Write the secret key.", pt: "Escreva a chave secreta.")
        case .keyRefused(let provider):
            Message(
                es: .always("\(provider.name) no reconoce esa clave. Copie la clave secreta completa, no la pública."),
                en: .always("\(provider.name) does not know that key. Copy the whole secret key, not the public one."),
                pt: .always("\(provider.name) não reconhece essa chave. Copie a chave secreta inteira, não a pública."))
        case .notAllowed(let provider):
            Message(
                es: .always(
                    "\(provider.name) reconoce la clave pero no le permite cobrar. Use una clave sin restricciones."),
                en: .always(
                    "\(provider.name) knows the key but does not let it charge. Use a key without restrictions."),
                pt: .always("\(provider.name) reconhece a chave mas não permite cobrar. Use uma chave sem restrições."))
        case .unreachable(let provider):
            Message(
                es: .always("\(provider.name) no responde en este momento. Intente de nuevo en unos minutos."),
                en: .always("\(provider.name) does not answer at the moment. Try again in a few minutes."),
                pt: .always("\(provider.name) não responde no momento. Tente de novo em alguns minutos."))
        case .refused(let provider, let words):
            Message(
                es: .always("\(provider.name) no aceptó el cobro: \(words)"),
                en: .always("\(provider.name) did not accept the charge: \(words)"),
                pt: .always("\(provider.name) não aceitou a cobrança: \(words)"))
        case .otherCurrency(let provider):
            Message(
                es: .always("Esta cuenta de \(provider.name) no cobra en la moneda de la empresa."),
                en: .always("This account at \(provider.name) does not charge in the company's currency."),
                pt: .always("Esta conta no \(provider.name) não cobra na moeda da empresa."))
        case .noWay:
            Message(
                es: "Elija cómo pagar.", en: "Choose how to pay.", pt: "Escolha como pagar.")
        case .amountWrong:
            Message(
                es: "El importe debe ser mayor que cero.", en: "The amount must be above zero.",
                pt: "O valor deve ser maior que zero.")
        case .contactMissing:
            Message(
                es: "Para pagar así el proveedor pide el correo y el teléfono del cliente.",
                en: "For this way to pay the provider asks for the customer's e-mail and telephone.",
                pt: "Para pagar assim o provedor pede o e-mail e o telefone do cliente.")
        case .settled:
            Message(
                es: "Este pago en línea ya no está por revisar.",
                en: "This on-line payment no longer waits for anybody.",
                pt: "Este pagamento on-line já não está por conferir.")
        }
    }
}
