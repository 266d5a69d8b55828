import Locale
import Payments

enum ReceiptWords: MessageCatalogue {
    case toReview, none, all, policy, policyHint, next, picture, payment, noDoubts, doubts, like, destination, lookAgain
    case amount, method, day, reference, approve, reject, isFalse, otherReason, amountWrong, dayWrong
    case illegible, notArrived, otherAccount, usedBefore
    case people, provisional, automatic
    case bankSilent, list, read, apiPayment, apiDoubts, apiLike, apiEffect, apiBank, apiAmount, apiDay, apiReference
    case apiSure, apiState, receipts, owes, toReconnect, rejectForThis

    static let reasons: [ReceiptWords] = [.notArrived, .illegible, .otherAccount, .usedBefore]

    static func trust(_ trust: ReceiptTrust) -> ReceiptWords {
        switch trust {
        case .people: .people
        case .provisional: .provisional
        case .automatic: .automatic
        }
    }

    var message: Message {
        switch self {
        case .toReview:
            Message(es: "Comprobantes por revisar", en: "Receipts to look at", pt: "Comprovantes por conferir")
        case .none:
            Message(
                es: "No hay comprobantes por revisar.", en: "No receipt waits.", pt: "Não há comprovantes por conferir."
            )
        case .all: Message(es: "Todos los comprobantes", en: "All receipts", pt: "Todos os comprovantes")
        case .policy:
            Message(
                es: "Confianza en comprobantes", en: "Trust in receipts", pt: "Confiança nos comprovantes")
        case .policyHint:
            Message(
                es:
                    """
                    Un comprobante es lo que el cliente dice; solo el banco prueba que el dinero llegó. Cuántos \
                    días se reconecta a quien lo envía está en la política de cobranza.
                    """,
                en:
                    """
                    A receipt is what the customer says; only the bank proves that the money came. For how many \
                    days it reconnects is in the collection policy.
                    """,
                pt:
                    """
                    Um comprovante é o que o cliente diz; só o banco prova que o dinheiro chegou. Por quantos \
                    dias se reconecta está na política de cobrança.
                    """
            )
        case .next: Message(es: "Siguiente", en: "Next", pt: "Seguinte")
        case .picture: Message(es: "La foto del comprobante", en: "The receipt's picture", pt: "A foto do comprovante")
        case .payment: Message(es: "Ver el pago", en: "See the payment", pt: "Ver o pagamento")
        case .noDoubts:
            Message(
                es: "Lo leído no deja dudas.", en: "What was read leaves no doubts.", pt: "O lido não deixa dúvidas.")
        case .doubts: Message(es: "Revise con cuidado:", en: "Look carefully:", pt: "Confira com cuidado:")
        case .like:
            Message(
                es: "Comparar con el pago {number}", en: "Compare with payment {number}",
                pt: "Comparar com o pagamento {number}")
        case .destination: Message(es: "a la cuenta …{number}", en: "to account …{number}", pt: "à conta …{number}")
        case .lookAgain:
            Message(
                es: "No se leyó con seguridad: compárelo con la foto.",
                tu: "No se leyó con seguridad: compáralo con la foto.",
                vos: "No se leyó con seguridad: comparalo con la foto.",
                en: "Not read for sure: compare it with the picture.",
                pt: "Não se leu com segurança: compare com a foto.")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .method: Message(es: "Forma de pago", en: "Method of payment", pt: "Forma de pagamento")
        case .day: Message(es: "Fecha", en: "Date", pt: "Data")
        case .reference: Message(es: "Número de operación", en: "Number of the operation", pt: "Número da operação")
        case .approve: Message(es: "Aprobar", en: "Approve", pt: "Aprovar")
        case .reject: Message(es: "Rechazar porque…", en: "Reject because…", pt: "Rejeitar porque…")
        case .isFalse:
            Message(
                es: "Es falso: cuenta en contra del cliente", en: "It is false: it counts against the customer",
                pt: "É falso: conta contra o cliente")
        case .owes: Message(es: "Debe", en: "Owes", pt: "Deve")
        case .toReconnect:
            Message(es: "Total para reconectar", en: "Total to reconnect", pt: "Total para reconectar")
        case .rejectForThis:
            Message(
                es: "Rechazar con este motivo", en: "Reject for this reason", pt: "Rejeitar com este motivo")
        case .otherReason: Message(es: "Otro motivo", en: "Another reason", pt: "Outro motivo")
        case .amountWrong: Message(es: "Eso no es un importe.", en: "That is no amount.", pt: "Isso não é um valor.")
        case .dayWrong: Message(es: "Elija una fecha.", en: "Choose a date.", pt: "Escolha uma data.")
        case .illegible: Message(es: "No se lee", en: "It cannot be read", pt: "Não se lê")
        case .notArrived: Message(es: "El dinero no llegó", en: "The money did not arrive", pt: "O dinheiro não chegou")
        case .otherAccount:
            Message(es: "Es de otra cuenta", en: "It is another account's", pt: "É de outra conta")
        case .usedBefore: Message(es: "Ya se había usado", en: "It was used before", pt: "Já tinha sido usado")
        case .people:
            Message(
                es: "espera sin efecto", en: "waits without effect", pt: "espera sem efeito")
        case .provisional:
            Message(
                es: "reconecta según la política", en: "reconnects by the policy", pt: "reconecta pela política")
        case .automatic:
            Message(es: "registrado automáticamente", en: "applied automatically", pt: "registrado automaticamente")
        case .bankSilent:
            Message(
                es: "El banco no muestra este dinero", en: "The bank does not show this money",
                pt: "O banco não mostra este dinheiro")
        case .list:
            Message(es: "Lo leído de los comprobantes", en: "What was read of receipts", pt: "O lido dos comprovantes")
        case .read:
            Message(es: "Lo leído de un comprobante", en: "What was read of a receipt", pt: "O lido de um comprovante")
        case .apiPayment:
            Message(es: "El pago que dice.", en: "The payment that it claims.", pt: "O pagamento que diz.")
        case .apiDoubts:
            Message(
                es: "Por qué espera a una persona.", en: "Why it waits for a person.", pt: "Por que espera uma pessoa.")
        case .apiLike:
            Message(
                es: "El pago al que se parece; null si no hay.", en: "The payment that it is like; null without one.",
                pt: "O pagamento a que se parece; null se não há.")
        case .apiEffect:
            Message(
                es: "Qué logró antes de que alguien mirara.", en: "What it brought about before anybody looked.",
                pt: "O que conseguiu antes de alguém olhar.")
        case .apiBank:
            Message(
                es: "El banco o la billetera; puede faltar.", en: "The bank or wallet; may be empty.",
                pt: "O banco ou a carteira; pode faltar.")
        case .apiAmount:
            Message(
                es: "El importe leído, en unidades menores; null si no se leyó.",
                en: "The amount read, in minor units; null where it was not.",
                pt: "O valor lido, em unidades menores; null se não se leu.")
        case .apiDay:
            Message(
                es: "La fecha leída; null si no se leyó.", en: "The date read; null where it was not.",
                pt: "A data lida; null se não se leu.")
        case .apiReference:
            Message(
                es: "El número de operación leído.", en: "The operation's number as read.",
                pt: "O número da operação lido.")
        case .apiSure: Message(es: "Seguridad, de 0 a 100.", en: "Sureness, 0 to 100.", pt: "Segurança, de 0 a 100.")
        case .apiState:
            Message(
                es: "Solo los de pagos en este estado.", en: "Only of payments of this status.",
                pt: "Só os de pagamentos nesta situação.")
        case .receipts: Message(es: "Comprobantes", en: "Receipts", pt: "Comprovantes")
        }
    }
}
