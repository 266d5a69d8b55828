import Locale

enum LedgerWords: MessageCatalogue {
    case statement, balances, ledger, from, to, asOf, show, currency, cut, noMovements, movements
    case opening, charges, payments, balance, overdue, overdueSince, day, what, note, due, charge, payment, line,
        reversed, voided, owes, oldestDue
    case inFavour, moreCharges, customer, number, owing, havingCredit, nobodyOwes, nobodyHasCredit, total
    case proof, proofHint, noProof, night, transactions, debits, credits, result, holds, broken
    case closings, closedThrough, neverClosed, closeThrough, closeHint, reason, reasonHint, close, closedUntil, by,
        dayWrong

    var message: Message {
        switch self {
        case .statement: Message(es: "Estado de cuenta", en: "Account statement", pt: "Extrato de conta")
        case .balances: Message(es: "Estado de cuenta", en: "Accounts", pt: "Extratos")
        case .ledger: Message(es: "Libro contable", en: "Ledger", pt: "Livro contábil")
        case .from: Message(es: "Desde", en: "From", pt: "De")
        case .to: Message(es: "Hasta", en: "To", pt: "Até")
        case .asOf: Message(es: "Según lo registrado hasta el", en: "As recorded until", pt: "Conforme registrado até")
        case .show: Message(es: "Mostrar", en: "Show", pt: "Mostrar")
        case .currency: Message(es: "Moneda", en: "Currency", pt: "Moeda")
        case .cut:
            Message(
                es: "Se muestran los primeros {most} movimientos. Elija menos días para ver los demás.",
                en: "The first {most} movements are shown. Choose fewer days to see the others.",
                pt: "São mostrados os primeiros {most} lançamentos. Escolha menos dias para ver os demais.")
        case .noMovements:
            Message(
                es: "No hay movimientos en estos días.", en: "There are no movements in these days.",
                pt: "Não há lançamentos nestes dias.")
        case .movements: Message(es: "Movimientos", en: "Movements", pt: "Lançamentos")
        case .opening: Message(es: "Saldo inicial", en: "Opening balance", pt: "Saldo inicial")
        case .charges: Message(es: "Cargos", en: "Charges", pt: "Cobranças")
        case .payments: Message(es: "Pagos y abonos", en: "Payments and credits", pt: "Pagamentos e créditos")
        case .balance: Message(es: "Saldo", en: "Balance", pt: "Saldo")
        case .overdue: Message(es: "Vencido", en: "Overdue", pt: "Vencido")
        case .owes: Message(es: "Debe", en: "Owes", pt: "Deve")
        case .oldestDue: Message(es: "Vence", en: "Due", pt: "Vence")
        case .overdueSince: Message(es: "Vencido desde", en: "Overdue since", pt: "Vencido desde")
        case .day: Message(es: "Fecha", en: "Date", pt: "Data")
        case .what: Message(es: "Concepto", en: "Item", pt: "Descrição")
        case .note: Message(es: "Referencia", en: "Reference", pt: "Referência")
        case .due: Message(es: "Fecha límite", en: "Due date", pt: "Vencimento")
        case .charge: Message(es: "Cargo", en: "Charge", pt: "Cobrança")
        case .payment: Message(es: "Abono", en: "Credit", pt: "Crédito")
        case .line: Message(es: "N.º", en: "No.", pt: "N.º")
        case .reversed: Message(es: "Reversado", en: "Reversed", pt: "Estornado")
        case .voided: Message(es: "Anulada", en: "Voided", pt: "Anulada")
        case .inFavour: Message(es: "{amount} a favor", en: "{amount} in favour", pt: "{amount} a favor")
        case .moreCharges:
            Message(
                es: .count(one: "y {count} cargo más", many: "y {count} de cargos más", other: "y {count} cargos más"),
                en: .count(one: "and {count} more charge", other: "and {count} more charges"),
                pt: .count(
                    one: "e mais {count} cobrança", many: "e mais {count} de cobranças",
                    other: "e mais {count} cobranças"))
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .owing: Message(es: "Con deuda", en: "In debt", pt: "Com dívida")
        case .havingCredit: Message(es: "Con saldo a favor", en: "With credit", pt: "Com saldo a favor")
        case .nobodyOwes: Message(es: "Nadie debe.", en: "Nobody owes.", pt: "Ninguém deve.")
        case .nobodyHasCredit:
            Message(es: "Nadie tiene saldo a favor.", en: "Nobody has credit.", pt: "Ninguém tem saldo a favor.")
        case .total:
            Message(
                es: .count(
                    one: "{count} cliente: {amount}", many: "{count} de clientes: {amount}",
                    other: "{count} clientes: {amount}"),
                en: .count(one: "{count} customer: {amount}", other: "{count} customers: {amount}"),
                pt: .count(
                    one: "{count} cliente: {amount}", many: "{count} de clientes: {amount}",
                    other: "{count} clientes: {amount}"))
        case .proof: Message(es: "Prueba de cada noche", en: "Nightly proof", pt: "Prova de cada noite")
        case .proofHint:
            Message(
                es:
                    "Cada noche se suma todo el libro de nuevo: los cargos deben igualar a los abonos, y los saldos guardados a la suma de sus movimientos.",
                en:
                    "Every night the whole ledger is summed anew: debits must equal credits, and kept balances the sum of their movements.",
                pt:
                    "Toda noite o livro inteiro é somado de novo: os débitos devem igualar os créditos, e os saldos guardados a soma dos lançamentos."
            )
        case .noProof:
            Message(
                es: "Todavía no hay ninguna; la primera es esta noche.", en: "There is none yet; the first is tonight.",
                pt: "Ainda não há nenhuma; a primeira é esta noite.")
        case .night: Message(es: "Cuándo", en: "When", pt: "Quando")
        case .transactions: Message(es: "Movimientos", en: "Movements", pt: "Lançamentos")
        case .debits: Message(es: "Cargos", en: "Debits", pt: "Débitos")
        case .credits: Message(es: "Abonos", en: "Credits", pt: "Créditos")
        case .result: Message(es: "Resultado", en: "Result", pt: "Resultado")
        case .holds: Message(es: "Cuadra", en: "Balances", pt: "Fecha")
        case .broken:
            Message(
                es: "No cuadra: {transactions} movimientos, {balances} saldos, {charges} cargos",
                en: "Does not balance: {transactions} movements, {balances} balances, {charges} charges",
                pt: "Não fecha: {transactions} lançamentos, {balances} saldos, {charges} cobranças")
        case .closings: Message(es: "Cierres", en: "Closings", pt: "Fechamentos")
        case .closedThrough:
            Message(
                es: "Los libros están cerrados hasta el {day}.", en: "The books are closed through {day}.",
                pt: "Os livros estão fechados até {day}.")
        case .neverClosed:
            Message(
                es: "Todavía no se cierra ningún periodo.", en: "No period was closed yet.",
                pt: "Nenhum período foi fechado ainda.")
        case .closeThrough: Message(es: "Cerrar hasta", en: "Close through", pt: "Fechar até")
        case .closeHint:
            Message(
                es: "Nada se registra después en esos días. Una fecha anterior reabre los que siguen.",
                en: "Nothing is entered into those days afterwards. An earlier date opens the days after it again.",
                pt: "Nada se registra depois nesses dias. Uma data anterior reabre os seguintes.")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .reasonHint:
            Message(es: "Obligatorio para reabrir.", en: "Required to open again.", pt: "Obrigatório para reabrir.")
        case .close: Message(es: "Cerrar periodo", en: "Close period", pt: "Fechar período")
        case .closedUntil: Message(es: "Cerrado hasta", en: "Closed through", pt: "Fechado até")
        case .by: Message(es: "Quién", en: "Who", pt: "Quem")
        case .dayWrong: Message(es: "Elija una fecha.", en: "Choose a date.", pt: "Escolha uma data.")
        }
    }
}

package enum TransactionWords: MessageCatalogue {
    case opening, invoice, charge, fee, creditNote, discount, writeOff, payment, withholding, refund, chargeback,
        settlement
    case transfer, expense, otherIncome, reversal

    package var message: Message {
        switch self {
        case .opening: Message(es: "Saldo anterior", en: "Previous balance", pt: "Saldo anterior")
        case .invoice: Message(es: "Factura", en: "Invoice", pt: "Fatura")
        case .charge: Message(es: "Cargo", en: "Charge", pt: "Cobrança")
        case .fee: Message(es: "Recargo", en: "Fee", pt: "Encargo")
        case .creditNote: Message(es: "Nota de crédito", en: "Credit note", pt: "Nota de crédito")
        case .discount: Message(es: "Descuento", en: "Discount", pt: "Desconto")
        case .writeOff: Message(es: "Deuda incobrable", en: "Write-off", pt: "Dívida incobrável")
        case .payment: Message(es: "Pago", en: "Payment", pt: "Pagamento")
        case .withholding: Message(es: "Retención", en: "Withholding", pt: "Retenção")
        case .refund: Message(es: "Devolución", en: "Refund", pt: "Devolução")
        case .chargeback: Message(es: "Contracargo", en: "Chargeback", pt: "Estorno do cartão")
        case .expense: Message(es: "Gasto", en: "Expense", pt: "Despesa")
        case .otherIncome: Message(es: "Otro ingreso", en: "Other income", pt: "Outra receita")
        case .settlement: Message(es: "Aplicación de saldo", en: "Credit applied", pt: "Aplicação de saldo")
        case .transfer: Message(es: "Traspaso de saldo", en: "Balance moved", pt: "Transferência de saldo")
        case .reversal: Message(es: "Reversa", en: "Reversal", pt: "Estorno")
        }
    }
}

extension Transaction.Kind {
    package var words: TransactionWords {
        switch self {
        case .opening: .opening
        case .invoice: .invoice
        case .charge: .charge
        case .fee: .fee
        case .creditNote: .creditNote
        case .discount: .discount
        case .writeOff: .writeOff
        case .payment: .payment
        case .withholding: .withholding
        case .refund: .refund
        case .chargeback: .chargeback
        case .expense: .expense
        case .otherIncome: .otherIncome
        case .settlement: .settlement
        case .transfer: .transfer
        case .reversal: .reversal
        }
    }
}
