import Access
import HTTP
import Locale

package enum CashDeskRefusal: Refusal, MessageCatalogue, Equatable {
    case noShift, alreadyOpen, tillTaken, tillUnknown, tillNameTaken, tillInUse, closed, notYours, wrongAmount,
        moreThanThere
    case reasonMissing, receiverUnknown, receiverClosed, alreadyReceived, tooManyEntries, undoneAlready

    package var status: Status {
        switch self {
        case .tillUnknown, .wrongAmount, .reasonMissing, .receiverUnknown: .unprocessableContent
        case .notYours: .forbidden
        case .noShift, .moreThanThere, .alreadyOpen, .tillTaken, .tillNameTaken, .tillInUse, .closed, .receiverClosed,
            .alreadyReceived, .tooManyEntries, .undoneAlready:
            .conflict
        }
    }

    package var code: String {
        switch self {
        case .noShift: "no_shift"
        case .alreadyOpen: "shift_already_open"
        case .tillTaken: "till_taken"
        case .tillUnknown: "unknown_till"
        case .tillNameTaken: "till_name_taken"
        case .tillInUse: "till_in_use"
        case .closed: "shift_closed"
        case .notYours: "not_your_shift"
        case .wrongAmount: "wrong_amount"
        case .moreThanThere: "more_than_in_till"
        case .reasonMissing: "count_differs"
        case .receiverUnknown: "unknown_receiver"
        case .receiverClosed: "receiver_closed"
        case .alreadyReceived: "already_received"
        case .tooManyEntries: "too_many_entries"
        case .undoneAlready: "undone_already"
        }
    }

    var field: String {
        switch self {
        case .tillTaken, .tillUnknown, .alreadyOpen: "till"
        case .tillNameTaken: "name"
        case .tillInUse: "is_active"
        case .reasonMissing: "counted"
        case .receiverUnknown, .receiverClosed, .alreadyReceived: "handed_to"
        case .noShift, .closed, .notYours, .wrongAmount, .moreThanThere, .tooManyEntries: "amount"
        case .undoneAlready: "reason"
        }
    }

    package var message: Message {
        switch self {
        case .noShift:
            Message(
                es: "Abra su turno en «Mi caja» antes de cobrar o devolver efectivo.",
                tu: "Abre tu turno en «Mi caja» antes de cobrar o devolver efectivo.",
                vos: "Abrí tu turno en «Mi caja» antes de cobrar o devolver efectivo.",
                en: "Open your shift in “My till” before taking or giving back cash.",
                pt: "Abra seu turno em «Meu caixa» antes de receber ou devolver dinheiro.")
        case .alreadyOpen:
            Message(
                es: "Ya tiene un turno abierto.", tu: "Ya tienes un turno abierto.", vos: "Ya tenés un turno abierto.",
                en: "You have an open shift already.", pt: "Você já tem um turno aberto.")
        case .tillTaken:
            Message(
                es: "Otra persona tiene un turno abierto en esa caja.",
                en: "Somebody else has an open shift at that till.",
                pt: "Outra pessoa tem um turno aberto nesse caixa.")
        case .tillUnknown:
            Message(es: "Elija una caja en uso.", en: "Choose a till in use.", pt: "Escolha um caixa em uso.")
        case .tillNameTaken:
            Message(
                es: "Ya hay una caja con ese nombre.", en: "There is a till of that name already.",
                pt: "Já existe um caixa com esse nome.")
        case .tillInUse:
            Message(
                es: "Esa caja tiene un turno abierto: ciérrelo primero.",
                en: "That till has an open shift: close it first.",
                pt: "Esse caixa tem um turno aberto: feche-o primeiro.")
        case .closed:
            Message(es: "El turno ya se cerró.", en: "The shift is closed already.", pt: "O turno já foi fechado.")
        case .notYours:
            Message(
                es: "Ese turno es de otra persona.", en: "That shift is somebody else's.",
                pt: "Esse turno é de outra pessoa.")
        case .wrongAmount:
            Message(
                es: "El importe debe ser mayor que cero y caber en los libros.",
                en: "The amount must be above zero and fit into the books.",
                pt: "O valor deve ser maior que zero e caber nos livros.")
        case .moreThanThere:
            Message(
                es: "En la caja no hay tanto. Compruebe el importe.",
                tu: "En la caja no hay tanto. Comprueba el importe.",
                vos: "En la caja no hay tanto. Comprobá el importe.",
                en: "There is not as much in the till. Check the amount.",
                pt: "Não há tanto no caixa. Confira o valor.")
        case .reasonMissing:
            Message(
                es: "No coincide con lo registrado. Cuente otra vez; si es lo que hay, escriba el motivo.",
                en: "That is not what was written down. Count again; if it is what there is, write the reason.",
                pt: "Não confere com o registrado. Conte de novo; se é o que há, escreva o motivo.")
        case .receiverUnknown:
            Message(
                es: "Elija a quien tenga un turno abierto.", en: "Choose somebody with an open shift.",
                pt: "Escolha quem tenha um turno aberto.")
        case .receiverClosed:
            Message(
                es: "Quien lo recibe ya cerró su turno.", en: "Whoever receives it has closed their shift.",
                pt: "Quem recebe já fechou o turno.")
        case .alreadyReceived:
            Message(
                es: "Esa entrega ya se recibió.", en: "That cash was received already.",
                pt: "Essa entrega já foi recebida.")
        case .undoneAlready:
            Message(
                es: "Ese movimiento ya se deshizo.", en: "That movement was undone already.",
                pt: "Esse movimento já foi desfeito.")
        case .tooManyEntries:
            Message(
                es: "El turno tiene demasiados movimientos: ciérrelo y abra otro.",
                en: "The shift has too many movements: close it and open another.",
                pt: "O turno tem movimentos demais: feche-o e abra outro.")
        }
    }
}
