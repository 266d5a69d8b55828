import Access
import HTTP
import Locale

package enum BankFileRefusal: Refusal, Equatable {
    case fileMissing, fileTooLarge, unknownAccount, columnsMissing, notInThatState
    case lineDecided, unknownCustomer, otherPayment, reasonMissing
    /// The number of the identical file.
    case sameFile(number: Int)

    package static let cases: [BankFileRefusal] = [
        .fileMissing, .fileTooLarge, .unknownAccount, .columnsMissing, .notInThatState, .lineDecided, .unknownCustomer,
        .otherPayment, .reasonMissing, .sameFile(number: 1),
    ]

    package var status: Status {
        switch self {
        case .sameFile, .notInThatState, .lineDecided, .otherPayment: .conflict
        case .fileMissing, .fileTooLarge, .unknownAccount, .columnsMissing, .unknownCustomer, .reasonMissing:
            .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .fileMissing: "file_missing"
        case .fileTooLarge: "file_too_large"
        case .unknownAccount: "unknown_account"
        case .columnsMissing: "columns_missing"
        case .notInThatState: "not_in_that_state"
        case .lineDecided: "line_decided"
        case .unknownCustomer: "unknown_customer"
        case .otherPayment: "other_payment"
        case .reasonMissing: "reason_missing"
        case .sameFile: "same_file"
        }
    }

    var field: String {
        switch self {
        case .unknownAccount: "account"
        case .reasonMissing: "reason"
        default: "file"
        }
    }

    package var message: Message {
        switch self {
        case .fileMissing:
            Message(
                es: "Elija el archivo que descargó del banco.", tu: "Elige el archivo que descargaste del banco.",
                vos: "Elegí el archivo que descargaste del banco.", en: "Choose the file you downloaded from the bank.",
                pt: "Escolha o arquivo que baixou do banco.")
        case .fileTooLarge: BankFile.Fault.tooLarge.message
        case .unknownAccount:
            Message(
                es: "Elija una de las cuentas bancarias de la empresa.",
                en: "Choose one of the company's bank accounts.",
                pt: "Escolha uma das contas bancárias da empresa.")
        case .columnsMissing:
            Message(
                es: "Diga qué columna es la fecha y cuál el importe (o el abono).",
                en: "Say which column is the date and which the amount (or the credit).",
                pt: "Diga qual coluna é a data e qual o valor (ou o crédito).")
        case .notInThatState:
            Message(
                es: "El archivo ya no está en ese estado: vuelva a cargar la página.",
                en: "The file is no longer in that state: reload the page.",
                pt: "O arquivo já não está nesse estado: recarregue a página.")
        case .lineDecided:
            Message(
                es: "Alguien ya decidió esta línea, o su archivo todavía no se aplica.",
                en: "Somebody decided this line already, or its file is not applied yet.",
                pt: "Alguém já decidiu esta linha, ou seu arquivo ainda não foi aplicado.")
        case .unknownCustomer:
            Message(es: "Elija un cliente.", en: "Choose a customer.", pt: "Escolha um cliente.")
        case .otherPayment:
            Message(
                es: "Ese pago es de otro cliente o importe, o ya tiene su línea del banco.",
                en: "That payment is of another customer or amount, or has its line of the bank already.",
                pt: "Esse pagamento é de outro cliente ou valor, ou já tem sua linha do banco.")
        case .reasonMissing: Message(es: "Escriba el motivo.", en: "Write the reason.", pt: "Escreva o motivo.")
        case .sameFile(let number):
            Message(
                es: .always("Este mismo archivo ya se subió: es el n.º \(number). No se repite nada."),
                en: .always("This very file was uploaded already: it is no. \(number). Nothing is repeated."),
                pt: .always("Este mesmo arquivo já foi enviado: é o n.º \(number). Nada se repete."))
        }
    }
}
