import Access
import HTTP
import Locale

package enum TelephonyRefusal: Refusal, MessageCatalogue, Equatable {
    case nameTaken, inUse, customerMissing, deckMissing, addressUnreadable, addressTaken, carrierUnreadable
    case digitsWanted, techPrefixWrong, prefixWrong, emergencyWrong, sheetEmpty, sheetUnreadable

    package var status: Status {
        switch self {
        case .nameTaken, .inUse, .addressTaken: .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .nameTaken: "name_taken"
        case .inUse: "in_use"
        case .customerMissing: "customer_missing"
        case .deckMissing: "deck_missing"
        case .addressUnreadable: "addresses_unreadable"
        case .addressTaken: "address_taken"
        case .carrierUnreadable: "address_unreadable"
        case .digitsWanted: "digits_wanted"
        case .techPrefixWrong: "tech_prefix_wrong"
        case .prefixWrong: "prefix_wrong"
        case .emergencyWrong: "emergency_wrong"
        case .sheetEmpty: "rates_missing"
        case .sheetUnreadable: "rates_unreadable"
        }
    }

    /// The field of a form that has to be changed.
    var field: String {
        switch self {
        case .nameTaken, .inUse: "name"
        case .customerMissing: "customer"
        case .deckMissing: "deck"
        case .addressUnreadable, .addressTaken: "addresses"
        case .carrierUnreadable: "address"
        case .digitsWanted: "country"
        case .techPrefixWrong: "tech_prefix"
        case .prefixWrong: "prefix"
        case .emergencyWrong: "emergency"
        case .sheetEmpty, .sheetUnreadable: "csv"
        }
    }

    package var message: Message {
        switch self {
        case .nameTaken:
            Message(es: "Ya hay uno igual.", en: "There is one like it already.", pt: "Já existe um igual.")
        case .inUse:
            Message(
                es: "Está en uso: tiene llamadas, cuentas o carriers.",
                en: "It is in use: it has calls, accounts or carriers.",
                pt: "Está em uso: tem chamadas, contas ou operadoras.")
        case .customerMissing:
            Message(
                es: "Elija un cliente.", tu: "Elige un cliente.", vos: "Elegí un cliente.", en: "Choose a customer.",
                pt: "Escolha um cliente.")
        case .deckMissing:
            Message(
                es: "Elija una lista de tarifas.", tu: "Elige una lista de tarifas.",
                vos: "Elegí una lista de tarifas.", en: "Choose a rate deck.", pt: "Escolha uma lista de tarifas.")
        case .addressUnreadable:
            Message(
                es: "Alguna IP no se puede leer, o son más de 20.",
                en: "One of the IPs cannot be read, or there are more than 20.",
                pt: "Algum IP não pode ser lido, ou são mais de 20.")
        case .addressTaken:
            Message(
                es: "Alguna de esas IP ya es de otra cuenta.", en: "One of those IPs is another account's already.",
                pt: "Algum desses IPs já é de outra conta.")
        case .carrierUnreadable:
            Message(es: "La IP no se puede leer.", en: "The IP cannot be read.", pt: "O IP não pode ser lido.")
        case .digitsWanted:
            Message(
                es: "El código de país y el de salida son solo dígitos.",
                en: "The country's code and the access code are digits only.",
                pt: "O código do país e o de saída são só dígitos.")
        case .techPrefixWrong, .prefixWrong:
            Message(es: "Solo dígitos.", en: "Digits only.", pt: "Só dígitos.")
        case .emergencyWrong:
            Message(
                es: "Solo números separados por espacios.", en: "Only numbers, separated by spaces.",
                pt: "Só números separados por espaços.")
        case .sheetEmpty:
            Message(es: "No hay ninguna tarifa.", en: "There is no rate in it.", pt: "Não há nenhuma tarifa.")
        case .sheetUnreadable:
            Message(
                es: "Hay líneas que no se pueden leer: no se cambió nada.",
                en: "There are lines that cannot be read: nothing was changed.",
                pt: "Há linhas que não podem ser lidas: nada foi alterado.")
        }
    }
}
