import Access
import HTTP
import Locale

package enum InvoiceRefusal: Refusal, MessageCatalogue, Equatable {
    case notSetUp, seriesWrong, firstDayFarOff, firstDayStays
    case nothingToCharge, tooManyLines, amountWrong, unknownProfile, idTaken, tooLarge
    case runUnderWay, notPrepared, notPrepaid, serviceOver, creditMissing
    case voidedAlready, hasCreditNotes, periodsFollow, noInvoice, moreThanInvoiced, reasonMissing

    package var status: Status {
        switch self {
        case .notSetUp, .firstDayStays, .idTaken, .voidedAlready, .hasCreditNotes, .periodsFollow, .noInvoice,
            .runUnderWay, .notPrepared, .notPrepaid, .serviceOver, .creditMissing:
            .conflict
        default: .unprocessableContent
        }
    }

    package var code: String {
        switch self {
        case .notSetUp: "billing_not_set_up"
        case .seriesWrong: "series_wrong"
        case .firstDayFarOff: "first_day_far_off"
        case .firstDayStays: "first_day_stays"
        case .nothingToCharge: "nothing_to_charge"
        case .tooManyLines: "too_many_lines"
        case .amountWrong: "amount_wrong"
        case .unknownProfile: "unknown_profile"
        case .idTaken: "id_taken"
        case .tooLarge: "invoice_too_large"
        case .runUnderWay: "run_under_way"
        case .notPrepared: "run_not_prepared"
        case .notPrepaid: "service_not_prepaid"
        case .serviceOver: "service_cancelled"
        case .creditMissing: "credit_missing"
        case .voidedAlready: "voided_already"
        case .hasCreditNotes: "has_credit_notes"
        case .periodsFollow: "periods_follow"
        case .noInvoice: "no_invoice"
        case .moreThanInvoiced: "more_than_invoiced"
        case .reasonMissing: "reason_missing"
        }
    }

    /// The form field to correct.
    var field: String {
        switch self {
        case .seriesWrong: "series"
        case .firstDayFarOff, .firstDayStays: "first_day"
        case .unknownProfile: "profile"
        case .amountWrong, .moreThanInvoiced, .tooLarge: "amount"
        case .nothingToCharge, .tooManyLines: "name"
        case .reasonMissing: "reason"
        case .notPrepaid, .serviceOver, .creditMissing: "days"
        default: ""
        }
    }

    package var message: Message {
        switch self {
        case .notSetUp:
            Message(
                es: "Primero diga desde qué día se cobra, en la política de facturación.",
                en: "First say from which day on is charged, in the billing policy.",
                pt: "Primeiro diga desde que dia se cobra, na política de faturamento.")
        case .runUnderWay:
            Message(
                es: "Ya se están emitiendo facturas. Espere a que terminen.",
                en: "Invoices are being issued already. Wait until they are.",
                pt: "Já se estão emitindo faturas. Aguarde que terminem.")
        case .notPrepared:
            Message(
                es: "Esa vista previa no se puede emitir hoy. Haga otra.",
                en: "That preview cannot be issued today. Make another.",
                pt: "Essa prévia não pode ser emitida hoje. Faça outra.")
        case .notPrepaid:
            Message(
                es: "El plan del servicio no se paga por días.", en: "The service's plan is not paid by days.",
                pt: "O plano do serviço não é pago por dias.")
        case .serviceOver:
            Message(
                es: "El servicio está cancelado. Para volver, cree otro.",
                en: "The service is cancelled. To come back, create another.",
                pt: "O serviço está cancelado. Para voltar, crie outro.")
        case .creditMissing:
            Message(
                es: "El saldo a favor no alcanza para esos días.",
                en: "What is in favour does not suffice for those days.",
                pt: "O saldo a favor não alcança para esses dias.")
        case .seriesWrong:
            Message(
                es: "Una serie tiene de una a diez letras mayúsculas o cifras, y la de notas de crédito es otra.",
                en: "A series has one to ten capital letters or digits, and that of credit notes is another.",
                pt: "Uma série tem de uma a dez letras maiúsculas ou dígitos, e a das notas de crédito é outra.")
        case .firstDayFarOff:
            Message(
                es: "Elija un día de los últimos dos años o del próximo.",
                en: "Choose a day of the last two years or the next one.",
                pt: "Escolha um dia dos últimos dois anos ou do próximo.")
        case .firstDayStays:
            Message(
                es: "Ya se facturó desde ese día, y no cambia.", en: "It was invoiced from that day on, which stays.",
                pt: "Já se faturou desde esse dia, e ele não muda.")
        case .nothingToCharge:
            Message(
                es: "Escriba al menos un concepto con su importe.", en: "Write at least one line with its amount.",
                pt: "Escreva pelo menos um item com seu valor.")
        case .tooManyLines:
            Message(
                es: "Son demasiados conceptos para una factura.", en: "There are too many lines for one invoice.",
                pt: "São itens demais para uma fatura.")
        case .amountWrong:
            Message(
                es: "El importe debe ser mayor que cero y poder pagarse.",
                en: "The amount must be more than zero and one that can be paid.",
                pt: "O valor deve ser maior que zero e possível de pagar.")
        case .unknownProfile:
            Message(
                es: "Esos datos fiscales no son del cliente.", en: "Those tax details are not the customer's.",
                pt: "Esses dados fiscais não são do cliente.")
        case .idTaken:
            Message(
                es: "Ya hay otra factura con este identificador.", en: "There is another invoice with this identifier.",
                pt: "Já existe outra fatura com este identificador.")
        case .tooLarge:
            Message(
                es: "La factura sumaría más de lo que admiten los libros.",
                en: "The invoice would come to more than the books can hold.",
                pt: "A fatura somaria mais do que os livros admitem.")
        case .voidedAlready:
            Message(es: "Ya está anulada.", en: "It is voided already.", pt: "Já está anulada.")
        case .hasCreditNotes:
            Message(
                es: "Tiene notas de crédito. Anúlelas primero.", en: "It has credit notes. Void them first.",
                pt: "Tem notas de crédito. Anule-as primeiro.")
        case .periodsFollow:
            Message(
                es:
                    "Lo que cobra ya no se puede facturar de nuevo: hay periodos posteriores. Haga una nota de crédito.",
                en: "What it charges can no longer be invoiced anew: later periods follow. Make a credit note.",
                pt:
                    "O que ela cobra não pode mais ser faturado de novo: há períodos posteriores. Faça uma nota de crédito."
            )
        case .noInvoice:
            Message(
                es: "Solo se acredita una factura.", en: "Only an invoice is credited.",
                pt: "Só se credita uma fatura.")
        case .moreThanInvoiced:
            Message(
                es: "El importe debe ser mayor que cero y no más de lo que queda de la factura.",
                en: "The amount must be more than zero and no more than what is left of the invoice.",
                pt: "O valor deve ser maior que zero e não mais do que resta da fatura.")
        case .reasonMissing: Message(es: "Escriba el motivo.", en: "Write the reason.", pt: "Escreva o motivo.")
        }
    }

    /// Translates overflows of the books' bounds.
    static func translating<Result>(_ work: () throws(MoneyError) -> Result) throws(InvoiceRefusal) -> Result {
        do throws(MoneyError) { return try work() } catch { throw .tooLarge }
    }
}
