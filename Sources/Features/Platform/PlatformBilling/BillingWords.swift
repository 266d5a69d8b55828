import Locale

/// Texts on bills, for companies and for the platform.
package enum BillingWords: MessageCatalogue {
    case pending, partial, paid, overdue, annulled
    case bill, billNumber, annulment, payment, reversal, noPlanName
    case transfer, deposit, card, cash, other
    case bills, noBills, movements, number, period, amount, dueOn, state, left, day, what, charge, credit, balance
    case owes, inFavour, nothingOwed, overdueAmount, reasonOf, undone, seeBill
    case plan, price, nextBill, notBilled, policy, issuedOn, company, page, notPaidTwice

    package var message: Message {
        switch self {
        case .pending: Message(es: "Pendiente", en: "Pending", pt: "Pendente")
        case .partial: Message(es: "Parcial", en: "Partly paid", pt: "Parcial")
        case .paid: Message(es: "Pagada", en: "Paid", pt: "Paga")
        case .overdue: Message(es: "Vencida", en: "Overdue", pt: "Vencida")
        case .annulled: Message(es: "Anulada", en: "Annulled", pt: "Anulada")
        case .bill: Message(es: "Factura", en: "Bill", pt: "Fatura")
        case .billNumber: Message(es: "Factura n.º {number}", en: "Bill no. {number}", pt: "Fatura n.º {number}")
        case .annulment: Message(es: "Anulación de factura", en: "Annulment of a bill", pt: "Anulação de fatura")
        case .payment: Message(es: "Pago", en: "Payment", pt: "Pagamento")
        case .reversal: Message(es: "Reverso de pago", en: "Reversal of a payment", pt: "Estorno de pagamento")
        case .noPlanName: Message(es: "Plan acordado", en: "Agreed plan", pt: "Plano combinado")
        case .transfer: Message(es: "Transferencia", en: "Transfer", pt: "Transferência")
        case .deposit: Message(es: "Depósito", en: "Deposit", pt: "Depósito")
        case .card: Message(es: "Tarjeta", en: "Card", pt: "Cartão")
        case .cash: Message(es: "Efectivo", en: "Cash", pt: "Dinheiro")
        case .other: Message(es: "Otro medio", en: "Another way", pt: "Outro meio")
        case .bills: Message(es: "Facturas", en: "Bills", pt: "Faturas")
        case .noBills:
            Message(es: "Todavía no hay facturas.", en: "There are no bills yet.", pt: "Ainda não há faturas.")
        case .movements: Message(es: "Estado de cuenta", en: "Account statement", pt: "Extrato da conta")
        case .number: Message(es: "Número", en: "Number", pt: "Número")
        case .period: Message(es: "Periodo", en: "Period", pt: "Período")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .dueOn: Message(es: "Fecha límite", en: "Due on", pt: "Vencimento")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .left: Message(es: "Por pagar", en: "Left to pay", pt: "A pagar")
        case .day: Message(es: "Fecha", en: "Day", pt: "Data")
        case .what: Message(es: "Movimiento", en: "Movement", pt: "Movimento")
        case .charge: Message(es: "Cargo", en: "Charge", pt: "Débito")
        case .credit: Message(es: "Abono", en: "Credit", pt: "Crédito")
        case .balance: Message(es: "Saldo", en: "Balance", pt: "Saldo")
        case .owes: Message(es: "{amount} pendiente", en: "{amount} owed", pt: "{amount} pendente")
        case .inFavour: Message(es: "{amount} a favor", en: "{amount} in favour", pt: "{amount} a favor")
        case .nothingOwed: Message(es: "Al corriente", en: "Nothing owed", pt: "Em dia")
        case .overdueAmount: Message(es: "Vencido", en: "Overdue", pt: "Vencido")
        case .reasonOf: Message(es: "Motivo: {reason}", en: "Reason: {reason}", pt: "Motivo: {reason}")
        case .undone: Message(es: "Sin efecto", en: "Undone", pt: "Sem efeito")
        case .seeBill: Message(es: "Descargar PDF", en: "Download PDF", pt: "Baixar PDF")
        case .plan: Message(es: "Plan", en: "Plan", pt: "Plano")
        case .price: Message(es: "Precio", en: "Price", pt: "Preço")
        case .nextBill: Message(es: "Próxima factura", en: "Next bill", pt: "Próxima fatura")
        case .notBilled: Message(es: "No se factura", en: "Not billed", pt: "Não é faturado")
        case .policy:
            Message(
                es:
                    "Cada periodo se factura por adelantado, desde el día siguiente a la prueba o desde que se acordó el precio. Un cambio de plan cuenta desde el periodo siguiente, sin prorrateo. Mientras la empresa está suspendida no se factura; al reactivarla, el periodo siguiente empieza ese día, o cuando termina lo ya facturado. Los pagos cubren primero las facturas más antiguas.",
                en:
                    "Each period is billed in advance, from the day after the trial or since the price was agreed. A change of plan counts from the next period, without proration. A suspended company is not billed; when it is resumed, its next period begins on that day, or when what was billed is over. Payments settle the oldest bills first.",
                pt:
                    "Cada período é faturado antecipadamente, a partir do dia seguinte ao teste ou de quando o preço foi combinado. Uma mudança de plano vale a partir do período seguinte, sem rateio. Enquanto a empresa está suspensa não é faturada; ao reativá-la, o período seguinte começa nesse dia, ou quando termina o que já foi faturado. Os pagamentos cobrem primeiro as faturas mais antigas."
            )
        case .issuedOn: Message(es: "Emitida el", en: "Issued on", pt: "Emitida em")
        case .company: Message(es: "Empresa", en: "Company", pt: "Empresa")
        case .page:
            Message(es: "Página {page} de {pages}", en: "Page {page} of {pages}", pt: "Página {page} de {pages}")
        case .notPaidTwice:
            Message(
                es: "Esta factura fue anulada: no se paga.", en: "This bill was annulled: it is not to be paid.",
                pt: "Esta fatura foi anulada: não deve ser paga.")
        }
    }
}

extension PlatformBill.State {
    package var words: BillingWords {
        switch self {
        case .pending: .pending
        case .partial: .partial
        case .paid: .paid
        case .overdue: .overdue
        case .annulled: .annulled
        }
    }

    /// The state's colour.
    var mark: String {
        switch self {
        case .pending, .partial: "in_debt"
        case .paid: "active"
        case .overdue: "suspended"
        case .annulled: "closed"
        }
    }
}

extension PaymentMethod {
    package var words: BillingWords {
        switch self {
        case .transfer: .transfer
        case .deposit: .deposit
        case .card: .card
        case .cash: .cash
        case .other: .other
        }
    }
}

extension PlatformPosting {
    package func name(for reader: Reader) -> String {
        if let bill { return bill.name(for: reader) }
        let words: BillingWords =
            switch kind {
            case .bill: .bill
            case .annulment: .annulment
            case .payment: .payment
            case .reversal: .reversal
            }
        return words.text(for: reader)
    }
}

extension PlatformBill {
    package func name(for reader: Reader) -> String {
        BillingWords.billNumber.text(for: reader, .text("number", "\(number)"))
    }
}

extension BillingPeriod {
    package func text(for reader: Reader) -> String {
        "\(from.text(.short, for: reader)) – \(to.text(.short, for: reader))"
    }
}

extension Money {
    /// As a balance: a debt, or a credit of the company's.
    package func balanceText(for reader: Reader) -> String {
        if isZero { return BillingWords.nothingOwed.text(for: reader) }
        let amount = Money(minor: abs(minor), currency).exactText(for: reader)
        return (isPositive ? BillingWords.owes : .inFavour).text(for: reader, .text("amount", amount))
    }
}
