import Locale

/// The console's texts on companies' debts.
enum BillingConsoleWords: MessageCatalogue {
    case title, receivable, overdue, collected, nobodySuspended, nobody
    case withOverdue, owing, favour, settled
    case registerPayment, reversePayment, annulBill, reverseHint, annulHint
    case paidOn, method, reference, referenceHint, paymentHint, dayFarOff

    var message: Message {
        switch self {
        case .title:
            Message(es: "Facturación de la plataforma", en: "Platform billing", pt: "Faturamento da plataforma")
        case .receivable: Message(es: "Por cobrar", en: "Receivable", pt: "A receber")
        case .overdue: Message(es: "Vencido", en: "Overdue", pt: "Vencido")
        case .collected: Message(es: "Cobrado este mes", en: "Collected this month", pt: "Recebido este mês")
        case .nobodySuspended:
            Message(
                es:
                    "Ninguna empresa se suspende automáticamente por falta de pago: lo decide una persona, en la página de la empresa.",
                en: "No company is suspended by itself for what it owes: a person decides, on the company's page.",
                pt: "Nenhuma empresa é suspensa sozinha por dever: uma pessoa decide, na página da empresa.")
        case .nobody:
            Message(
                es: "Ninguna empresa con este filtro tiene precio acordado ni facturas.",
                en: "No company of this filter has an agreed price or bills.",
                pt: "Nenhuma empresa com este filtro tem preço combinado nem faturas.")
        case .withOverdue: Message(es: "Con saldo vencido", en: "With something overdue", pt: "Com saldo vencido")
        case .owing: Message(es: "Con saldo pendiente", en: "Owing something", pt: "Com saldo pendente")
        case .favour: Message(es: "Con saldo a favor", en: "With something in their favour", pt: "Com saldo a favor")
        case .settled: Message(es: "Al corriente", en: "Owing nothing", pt: "Em dia")
        case .registerPayment: Message(es: "Registrar pago", en: "Register a payment", pt: "Registrar pagamento")
        case .reversePayment: Message(es: "Reversar pago", en: "Reverse the payment", pt: "Estornar pagamento")
        case .annulBill: Message(es: "Anular factura", en: "Annul the bill", pt: "Anular fatura")
        case .reverseHint:
            Message(
                es:
                    "El pago queda sin efecto y lo que cubría vuelve a estar pendiente. Si fue un error, regístrelo bien.",
                en:
                    "The payment counts no more, and what it settled is owed again. If it was a mistake, register it right.",
                pt:
                    "O pagamento fica sem efeito e o que ele cobria volta a ficar pendente. Se foi um erro, registre certo."
            )
        case .annulHint:
            Message(
                es:
                    "La factura deja de deberse y su periodo no se vuelve a facturar. Lo que se pagó de ella cubre otras facturas, o queda a favor.",
                en:
                    "The bill is owed no more, and its period is not billed again. What was paid of it settles other bills, or stays in the company's favour.",
                pt:
                    "A fatura deixa de ser devida e o período não é faturado de novo. O que foi pago dela cobre outras faturas, ou fica a favor."
            )
        case .paidOn: Message(es: "Día del pago", en: "Day of the payment", pt: "Dia do pagamento")
        case .method: Message(es: "Forma de pago", en: "Way of payment", pt: "Forma de pagamento")
        case .reference: Message(es: "Referencia", en: "Reference", pt: "Referência")
        case .referenceHint:
            Message(
                es: "Folio, número de operación o comprobante; lo verá la empresa.",
                en: "Number of the transfer or receipt; the company will see it.",
                pt: "Número da operação ou do comprovante; a empresa vai ver.")
        case .paymentHint:
            Message(
                es: "Cubre primero las facturas más antiguas; lo que sobre queda a favor de la empresa.",
                en: "It settles the oldest bills first; what is left stays in the company's favour.",
                pt: "Cobre primeiro as faturas mais antigas; o que sobrar fica a favor da empresa.")
        case .dayFarOff:
            Message(
                es: "El día del pago no puede ser futuro ni tener más de dos años.",
                en: "The day of a payment is neither in the future nor more than two years ago.",
                pt: "O dia do pagamento não pode ser futuro nem ter mais de dois anos.")
        }
    }
}
