import Access
import HTTP
import Locale

package enum PaymentRefusal: Refusal, Equatable {
    case unknownCustomer, unknownMethod, referenceMissing, dayFarOff, amountNotPositive, amountTooLarge
    case certificateMissing, certificateTaken, taxMissing, unknownCharge, moreThanCharged, moreThanInFavour
    case otherCurrency, idTaken, folioWrong, folioTaken, decided, reasonMissing, tooManyWaiting
    /// The author may not approve it.
    case ownPayment
    /// With the receipt number of the payment that has the reference.
    case sameReference(folio: String)
    /// With the receipt number of the payment that has the picture.
    case sameEvidence(folio: String)

    package static let cases: [PaymentRefusal] = [
        .unknownCustomer, .unknownMethod, .referenceMissing, .dayFarOff, .amountNotPositive, .amountTooLarge,
        .otherCurrency, .idTaken, .folioWrong, .folioTaken, .decided, .reasonMissing, .ownPayment,
        .certificateMissing, .certificateTaken, .taxMissing, .unknownCharge, .moreThanCharged, .moreThanInFavour,
        .sameReference(folio: "000001"), .sameEvidence(folio: "000001"), .tooManyWaiting,
    ]

    package var status: Status {
        switch self {
        case .idTaken, .folioTaken, .decided, .sameReference, .sameEvidence, .tooManyWaiting, .certificateTaken,
            .moreThanCharged, .moreThanInFavour:
            .conflict
        case .ownPayment: .forbidden
        case .unknownCustomer, .unknownMethod, .referenceMissing, .dayFarOff, .amountNotPositive, .amountTooLarge,
            .otherCurrency, .folioWrong, .reasonMissing, .certificateMissing, .taxMissing, .unknownCharge:
            .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .unknownCustomer: "unknown_customer"
        case .unknownMethod: "unknown_method"
        case .referenceMissing: "reference_missing"
        case .dayFarOff: "day_far_off"
        case .amountNotPositive: "amount_not_positive"
        case .amountTooLarge: "amount_too_large"
        case .otherCurrency: "other_currency"
        case .idTaken: "id_taken"
        case .folioWrong: "series_wrong"
        case .folioTaken: "number_taken"
        case .decided: "payment_decided"
        case .reasonMissing: "reason_missing"
        case .sameReference: "same_reference"
        case .sameEvidence: "same_receipt"
        case .tooManyWaiting: "too_many_waiting"
        case .ownPayment: "own_payment"
        case .certificateMissing: "certificate_missing"
        case .certificateTaken: "certificate_taken"
        case .taxMissing: "tax_missing"
        case .unknownCharge: "unknown_charge"
        case .moreThanCharged: "more_than_open"
        case .moreThanInFavour: "more_than_in_favour"
        }
    }

    /// The form field at fault.
    package var field: String {
        switch self {
        case .unknownCustomer: "customer"
        case .unknownMethod, .taxMissing: "method"
        case .unknownCharge: "charge"
        case .referenceMissing, .sameReference, .certificateMissing, .certificateTaken: "reference"
        case .dayFarOff: "day"
        case .reasonMissing: "reason"
        case .sameEvidence, .tooManyWaiting: "receipt"
        case .amountNotPositive, .amountTooLarge, .otherCurrency, .idTaken, .folioWrong, .folioTaken, .decided,
            .ownPayment, .moreThanCharged, .moreThanInFavour:
            "amount"
        }
    }

    package var message: Message {
        switch self {
        case .unknownCustomer:
            Message(es: "No hay un cliente así.", en: "There is no such customer.", pt: "Não há tal cliente.")
        case .unknownMethod:
            Message(
                es: "Elija una forma de pago.", en: "Choose a method of payment.", pt: "Escolha uma forma de pagamento."
            )
        case .sameEvidence(let folio):
            Message(
                es: .always("Este comprobante ya se recibió: pago \(folio)."),
                en: .always("This receipt came already: payment \(folio)."),
                pt: .always("Este comprovante já foi recebido: pagamento \(folio)."))
        case .tooManyWaiting:
            Message(
                es: "Sus comprobantes anteriores aún están por revisar. Espere a que los veamos.",
                en: "Your earlier receipts are still to be looked at. Wait until we have.",
                pt: "Seus comprovantes anteriores ainda estão por conferir. Aguarde.")
        case .referenceMissing:
            Message(
                es: "Escriba la referencia u operación del pago.", en: "Write the payment's reference.",
                pt: "Escreva a referência do pagamento.")
        case .dayFarOff:
            Message(
                es: "La fecha del pago no puede ser futura ni de hace más de dos años.",
                en: "The payment's date cannot be in the future or over two years ago.",
                pt: "A data do pagamento não pode ser futura nem de mais de dois anos atrás.")
        case .amountNotPositive:
            Message(
                es: "El importe debe ser mayor que cero.", en: "The amount must be above zero.",
                pt: "O valor deve ser maior que zero.")
        case .amountTooLarge:
            Message(
                es: "El importe es mayor que el que admiten los libros.",
                en: "The amount is larger than the books can hold.",
                pt: "O valor é maior do que os livros admitem.")
        case .certificateMissing:
            Message(
                es: "Escriba el número del certificado.", en: "Write the certificate's number.",
                pt: "Escreva o número do certificado.")
        case .certificateTaken:
            Message(
                es: "Ese certificado de este cliente ya está registrado.",
                en: "That certificate of this customer is written down already.",
                pt: "Esse certificado deste cliente já está registrado.")
        case .taxMissing:
            Message(
                es: "Escriba qué impuesto se retuvo.", en: "Write which tax was withheld.",
                pt: "Escreva qual imposto foi retido.")
        case .unknownCharge:
            Message(
                es: "Elija un cargo que el cliente deba.", en: "Choose a charge that the customer owes.",
                pt: "Escolha uma cobrança que o cliente deva.")
        case .moreThanCharged:
            Message(
                es: "De ese cargo se debe menos.", en: "Less is owed of that charge.",
                pt: "Dessa cobrança deve-se menos.")
        case .moreThanInFavour:
            Message(
                es: "El cliente tiene menos saldo a favor.", en: "The customer has less in favour.",
                pt: "O cliente tem menos saldo a favor.")
        case .otherCurrency:
            Message(
                es: "El pago debe ser en la moneda de la empresa.",
                en: "The payment must be in the company's currency.",
                pt: "O pagamento deve ser na moeda da empresa.")
        case .idTaken:
            Message(
                es: "Ya hay otro pago con este identificador.", en: "There is another payment with this identifier.",
                pt: "Já existe outro pagamento com este identificador.")
        case .folioWrong:
            Message(
                es: "La serie de un equipo va con su número, y lleva solo mayúsculas sin acento, cifras y guiones.",
                en: "A device's series comes with its number and has only plain capitals, digits and hyphens.",
                pt: "A série de um aparelho vem com seu número e tem só maiúsculas sem acento, algarismos e hifens.")
        case .folioTaken:
            Message(
                es: "Ya hay otro pago con ese número en la serie.",
                en: "Another payment has that number in the series.",
                pt: "Já existe outro pagamento com esse número na série.")
        case .decided:
            Message(
                es: "El pago ya no está en ese estado. Revise quién lo decidió.",
                en: "The payment is no longer in that state. See who decided it.",
                pt: "O pagamento já não está nesse estado. Veja quem decidiu.")
        case .reasonMissing: Message(es: "Escriba el motivo.", en: "Write the reason.", pt: "Escreva o motivo.")
        case .ownPayment:
            Message(
                es: "Usted registró este pago: lo aprueba otra persona.",
                tu: "Tú registraste este pago: lo aprueba otra persona.",
                vos: "Vos registraste este pago: lo aprueba otra persona.",
                en: "You registered this payment: somebody else approves it.",
                pt: "Você registrou este pagamento: outra pessoa o aprova.")
        case .sameReference(""):
            Message(
                es: "Esa referencia ya está en otro pago.", en: "Another payment has that reference already.",
                pt: "Essa referência já está em outro pagamento.")
        case .sameReference(let folio):
            Message(
                es: .always("Esa referencia ya está en el pago \(folio)."),
                en: .always("Payment \(folio) has that reference already."),
                pt: .always("Essa referência já está no pagamento \(folio)."))
        }
    }
}
