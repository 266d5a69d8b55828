import Access
import HTTP
import Locale

package enum RadiusRefusal: Refusal, MessageCatalogue, Equatable {
    case nameTaken, addressTaken, loginTaken, customerAddressUnreadable

    package var status: Status {
        switch self {
        case .nameTaken, .addressTaken, .loginTaken: .conflict
        case .customerAddressUnreadable: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .nameTaken: "name_taken"
        case .addressTaken: "address_taken"
        case .loginTaken: "login_taken"
        case .customerAddressUnreadable: "customer_address_unreadable"
        }
    }

    /// The field of a form that has to be changed.
    var field: String {
        switch self {
        case .nameTaken: "name"
        case .addressTaken, .customerAddressUnreadable: "address"
        case .loginTaken: "login"
        }
    }

    package var message: Message {
        switch self {
        case .nameTaken:
            Message(
                es: "Ya hay un NAS con ese nombre.", en: "There is a NAS of that name already.",
                pt: "Já existe um NAS com esse nome.")
        case .addressTaken:
            Message(
                es: "Esa IP no se puede usar aquí. Dele al NAS una propia, por ejemplo la de su túnel.",
                en: "That IP cannot be used here. Give the NAS one of its own, such as that of its tunnel.",
                pt: "Esse IP não pode ser usado aqui. Dê ao NAS um próprio, por exemplo o do seu túnel.")
        case .loginTaken:
            Message(
                es: "Otro servicio ya tiene ese usuario.", en: "Another service has that user already.",
                pt: "Outro serviço já tem esse usuário.")
        case .customerAddressUnreadable:
            Message(
                es: "La IP del cliente no se puede leer.", en: "The customer's IP cannot be read.",
                pt: "O IP do cliente não pode ser lido.")
        }
    }
}
