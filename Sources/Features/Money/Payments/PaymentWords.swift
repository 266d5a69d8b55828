import Locale

enum PaymentWords: MessageCatalogue {
    case whoPays, find, nobodyFound
    case evidence, withEvidence, evidenceMissing, evidenceHint, sendEvidence, heldForEvidence, alreadyPaid, myPayments
    case noMethodsToSend, heldForDoubt
    case payments, lastPayments, paymentNumber, takeFrom, take, takeAndPrint, takeNext, received, receivedHint,
        receivedLess, change,
        keptInFavour, inFavour, owes, amount, method, reference, referenceHint, day,
        note, more
    case settlesFirst, oldestFirst, cancel, mistakes, dayWrong, customer, number, state, author, approver, decider,
        reason,
        settled
    case falseReceipt, toReconnect, missingToReconnect, approve, reject, reverse, rejectHint, reverseHint, feeUndone,
        toBeChecked,
        graceUntil, graceHint,
        heldForApproval, heldAsDuplicate,
        heldForSeries
    case from, to, customerOrReceipt, nonePaid
    case reconnectionFee, ticket80, ticket58, receipt, receiptReversed, balanceNow, notFiscal
    case methods, kind, needsReference, isOffered, name, nameMissing, limits, limitsHint

    var message: Message {
        switch self {
        case .whoPays:
            Message(
                es: "Nombre, teléfono o número", en: "Name, telephone or number", pt: "Nome, telefone ou número")
        case .evidence: Message(es: "Comprobante", en: "Receipt", pt: "Comprovante")
        case .withEvidence:
            Message(es: "Enviado por el cliente", en: "Sent by the customer", pt: "Enviado pelo cliente")
        case .evidenceMissing:
            Message(
                es: "Elija la foto o captura de su comprobante.", tu: "Elige la foto o captura de tu comprobante.",
                vos: "Elegí la foto o captura de tu comprobante.",
                en: "Choose the photograph or screenshot of your receipt.",
                pt: "Escolha a foto ou captura do seu comprovante.")
        case .evidenceHint:
            Message(
                es: "Revisamos cada comprobante. Su saldo cambia cuando lo aprobamos.",
                tu: "Revisamos cada comprobante. Tu saldo cambia cuando lo aprobamos.",
                en: "We look at each receipt. Your balance changes once it is approved.",
                pt: "Conferimos cada comprovante. Seu saldo muda quando o aprovamos.")
        case .sendEvidence: Message(es: "Enviar comprobante", en: "Send receipt", pt: "Enviar comprovante")
        case .heldForEvidence:
            Message(
                es: "El cliente envió un comprobante: revíselo antes de aprobar.",
                en: "The customer sent a receipt: look at it before you approve.",
                pt: "O cliente enviou um comprovante: confira antes de aprovar.")
        case .heldForDoubt:
            Message(
                es: "El comprobante del cliente deja dudas: no tiene efecto hasta que lo revise.",
                tu: "El comprobante del cliente deja dudas: no tiene efecto hasta que lo revises.",
                vos: "El comprobante del cliente deja dudas: no tiene efecto hasta que lo revises.",
                en: "The customer's receipt leaves doubts: it has no effect until you look at it.",
                pt: "O comprovante do cliente deixa dúvidas: não tem efeito até que o confira.")
        case .alreadyPaid: Message(es: "Ya pagué", en: "I have paid", pt: "Já paguei")
        case .myPayments: Message(es: "Mis pagos", en: "My payments", pt: "Meus pagamentos")
        case .noMethodsToSend:
            Message(
                es: "Los pagos se hacen en la oficina.", en: "Payments are made at the office.",
                pt: "Os pagamentos são feitos no escritório.")
        case .find: Message(es: "Buscar", en: "Find", pt: "Buscar")
        case .nobodyFound:
            Message(
                es: "Ningún cliente coincide con lo que escribió.", en: "No customer matches what you typed.",
                pt: "Nenhum cliente corresponde ao que você digitou.")
        case .lastPayments: Message(es: "Últimos pagos", en: "Last payments", pt: "Últimos pagamentos")
        case .payments: Message(es: "Pagos", en: "Payments", pt: "Pagamentos")
        case .paymentNumber: Message(es: "Pago {number}", en: "Payment {number}", pt: "Pagamento {number}")
        case .takeFrom: Message(es: "Cobrar a {name}", en: "Take payment from {name}", pt: "Cobrar de {name}")
        case .take: Message(es: "Cobrar", en: "Take payment", pt: "Cobrar")
        case .takeAndPrint: Message(es: "Cobrar e imprimir", en: "Take payment and print", pt: "Cobrar e imprimir")
        case .takeNext: Message(es: "Cobrar a otro", en: "Take the next payment", pt: "Cobrar de outro")
        case .received: Message(es: "Recibe", en: "Received", pt: "Recebe")
        case .receivedHint:
            Message(
                es: "Lo que le entregan, si hay que dar cambio.", en: "What you are given, where there is change.",
                pt: "O que lhe entregam, se houver troco.")
        case .receivedLess:
            Message(
                es: "Es menos que el importe.", en: "That is less than the amount.", pt: "É menos que o valor.")
        case .change: Message(es: "Cambio", en: "Change", pt: "Troco")
        case .keptInFavour:
            Message(
                es: "Más que la deuda: quedan a favor", en: "More than is owed: kept in favour",
                pt: "Mais que a dívida: ficam a favor")
        case .inFavour: Message(es: "Saldo a favor", en: "Kept in favour", pt: "Saldo a favor")
        case .falseReceipt:
            Message(
                es: "El comprobante es falso: cuenta en su contra", en: "The receipt is false: it counts against them",
                pt: "O comprovante é falso: conta contra ele")
        case .toReconnect:
            Message(es: "Total para reconectar", en: "Total to reconnect", pt: "Total para reconectar")
        case .missingToReconnect:
            Message(
                es: "Faltan {amount} para reconectar.", en: "{amount} is missing to reconnect.",
                pt: "Faltam {amount} para reconectar.")
        case .owes: Message(es: "Saldo", en: "Balance", pt: "Saldo")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .method: Message(es: "Forma de pago", en: "Method of payment", pt: "Forma de pagamento")
        case .reference: Message(es: "Referencia", en: "Reference", pt: "Referência")
        case .referenceHint:
            Message(
                es: "Folio u operación del banco o de la billetera. En efectivo no hace falta.",
                en: "The bank's or wallet's number. Cash needs none.",
                pt: "Número do banco ou da carteira. Em dinheiro não é preciso.")
        case .day: Message(es: "Fecha del pago", en: "Date of payment", pt: "Data do pagamento")
        case .note: Message(es: "Nota", en: "Note", pt: "Nota")
        case .more: Message(es: "Fecha, nota y cargos", en: "Date, note and charges", pt: "Data, nota e cobranças")
        case .settlesFirst: Message(es: "Pagar primero", en: "Pay first", pt: "Pagar primeiro")
        case .oldestFirst:
            Message(
                es: "Sin elegir, se paga primero lo más antiguo.", en: "With none chosen, the oldest is paid first.",
                pt: "Sem escolher, paga-se primeiro o mais antigo.")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .mistakes: Message(es: "Revise esto:", en: "Look at this:", pt: "Confira isto:")
        case .dayWrong: Message(es: "Elija una fecha.", en: "Choose a date.", pt: "Escolha uma data.")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .number: Message(es: "Comprobante", en: "Receipt", pt: "Recibo")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .author: Message(es: "Registró", en: "Written down by", pt: "Registrou")
        case .approver: Message(es: "Aprobó", en: "Approved by", pt: "Aprovou")
        case .decider: Message(es: "Decidió", en: "Decided by", pt: "Decidiu")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .settled: Message(es: "Pagó", en: "Paid", pt: "Pagou")
        case .approve: Message(es: "Aprobar pago", en: "Approve payment", pt: "Aprovar pagamento")
        case .reject: Message(es: "Rechazar pago", en: "Reject payment", pt: "Rejeitar pagamento")
        case .reverse: Message(es: "Reversar pago", en: "Reverse payment", pt: "Estornar pagamento")
        case .rejectHint:
            Message(
                es: "El pago no cambiará el saldo del cliente.",
                en: "The payment will not change the customer's balance.",
                pt: "O pagamento não mudará o saldo do cliente.")
        case .reverseHint:
            Message(
                es: "Lo que este pago cubrió vuelve a deberse. No se puede deshacer.",
                en: "What this payment covered is owed again. This cannot be undone.",
                pt: "O que este pagamento cobriu volta a ser devido. Não pode ser desfeito.")
        case .feeUndone:
            Message(
                es: "El cargo por reconexión que trajo, {amount}, se reversa con él.",
                en: "The reconnection fee that it brought about, {amount}, is reversed with it.",
                pt: "A taxa de reconexão que trouxe, {amount}, é estornada com ele.")
        case .toBeChecked:
            Message(
                es: "Por verificar: {amount} del {day}. Le avisamos al revisarlo.",
                tu: "Por verificar: {amount} del {day}. Te avisamos al revisarlo.",
                en: "To be checked: {amount} of {day}. We will tell you once we have looked.",
                pt: "Por conferir: {amount} de {day}. Avisamos ao conferir.")
        case .graceUntil: Message(es: "Dar prórroga hasta", en: "Give grace until", pt: "Dar prorrogação até")
        case .graceHint:
            Message(
                es: "Vacío: no se espera.", en: "Empty: there is no waiting.", pt: "Vazio: não se espera.")
        case .heldForApproval:
            Message(
                es: "Espera la aprobación de otra persona. Hasta entonces no cambia el saldo.",
                en: "It waits for another's approval. Until then it does not change the balance.",
                pt: "Espera a aprovação de outra pessoa. Até lá não muda o saldo.")
        case .heldForSeries:
            Message(
                es:
                    "Llegó con un número de recibo de otro dispositivo, o que ya se usó, y tiene uno nuevo. Compruébelo antes de aprobar.",
                tu:
                    "Llegó con un número de recibo de otro dispositivo, o que ya se usó, y tiene uno nuevo. Compruébalo antes de aprobar.",
                vos:
                    "Llegó con un número de recibo de otro dispositivo, o que ya se usó, y tiene uno nuevo. Comprobalo antes de aprobar.",
                en:
                    "It came with a receipt number of another device, or one that was used, and has a new one. Check it before you approve.",
                pt:
                    "Chegou com um número de recibo de outro dispositivo, ou que já foi usado, e tem um novo. Confira antes de aprovar."
            )
        case .heldAsDuplicate:
            Message(
                es:
                    "Parece repetido: hay otro pago de la misma referencia, o del mismo importe en las últimas 24 horas. Apruébelo si es otro.",
                en:
                    "It looks like a repetition: there is another payment of the same reference, or of the same amount within 24 hours. Approve it if it is another.",
                pt:
                    "Parece repetido: há outro pagamento da mesma referência, ou do mesmo valor nas últimas 24 horas. Aprove-o se for outro."
            )
        case .from: Message(es: "Desde", en: "From", pt: "De")
        case .to: Message(es: "Hasta", en: "To", pt: "Até")
        case .customerOrReceipt:
            Message(
                es: "Cliente, comprobante o referencia", en: "Customer, receipt or reference",
                pt: "Cliente, recibo ou referência")
        case .nonePaid:
            Message(es: "Todavía no hay pagos.", en: "There are no payments yet.", pt: "Ainda não há pagamentos.")
        case .reconnectionFee:
            Message(es: "Cargo por reconexión", en: "Reconnection fee", pt: "Taxa de reconexão")
        case .ticket80: Message(es: "Ticket 80 mm", en: "80 mm ticket", pt: "Cupom 80 mm")
        case .ticket58: Message(es: "Ticket 58 mm", en: "58 mm ticket", pt: "Cupom 58 mm")
        case .receipt: Message(es: "Comprobante de pago {number}", en: "Receipt {number}", pt: "Recibo {number}")
        case .receiptReversed:
            Message(es: "Este pago se reversó.", en: "This payment was reversed.", pt: "Este pagamento foi estornado.")
        case .balanceNow: Message(es: "Saldo actual", en: "Balance now", pt: "Saldo atual")
        case .notFiscal:
            Message(
                es: "Este comprobante no tiene valor fiscal.", en: "This receipt is no tax document.",
                pt: "Este recibo não é um documento fiscal.")
        case .methods: Message(es: "Formas de pago", en: "Methods of payment", pt: "Formas de pagamento")
        case .kind: Message(es: "Tipo", en: "Kind", pt: "Tipo")
        case .needsReference: Message(es: "Pide referencia", en: "Needs a reference", pt: "Pede referência")
        case .isOffered:
            Message(es: "Se ofrece al cobrar", en: "Offered when taking payments", pt: "Oferecida ao cobrar")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .nameMissing: Message(es: "Escriba un nombre.", en: "Write a name.", pt: "Escreva um nome.")
        case .limits: Message(es: "Sin aprobación hasta", en: "Without approval up to", pt: "Sem aprovação até")
        case .limitsHint:
            Message(
                es:
                    "Tope por rol. Vacío: según el permiso de cobrar sin aprobación; transferencias y depósitos esperan a quien puede aprobar. Cero: siempre espera a otra persona.",
                en:
                    "Limit by role. Empty: as the permission to take payments without approval says; transfers and deposits wait for who may approve. Zero: always waits for another person.",
                pt:
                    "Limite por papel. Vazio: conforme a permissão de cobrar sem aprovação; transferências e depósitos esperam quem pode aprovar. Zero: sempre espera outra pessoa."
            )
        }
    }
}
