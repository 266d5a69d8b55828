import Locale

enum CashDeskWords: MessageCatalogue {
    case mine, mineOnTheRoad, shifts, shift, shiftNumber, intro, noShifts, open, openHint, till, tills, newTill,
        tillHint
    case noTills, onTheRoad, keeper, opened, closed, state, counted, expected, difference, over, short, balanced, reason
    case received, notReceived, close, newMovement, movements, movement, time, what, amount, more, earlier, nobody,
        hands
    case confirm, ticket, sheet, paper, broken, brokenPaper, signature, takings, nothingTaken, day, see, method,
        payments
    case total, requiresShift, withoutShift, loose, looseHint, takeIn, undo, undoMovement, wasUndone

    var message: Message {
        switch self {
        case .withoutShift:
            Message(
                es: "No tiene turno abierto: el efectivo que cobre no entra en ningún corte.",
                tu: "No tienes turno abierto: el efectivo que cobres no entra en ningún corte.",
                vos: "No tenés turno abierto: el efectivo que cobres no entra en ningún corte.",
                en: "You have no open shift: the cash you take stands in no close.",
                pt: "Você não tem turno aberto: o dinheiro que receber não entra em nenhum fechamento.")
        case .loose:
            Message(
                es: "Efectivo cobrado sin turno", en: "Cash taken without a shift", pt: "Dinheiro recebido sem turno")
        case .looseHint:
            Message(
                es: "Abra su turno y páselo a él.", tu: "Abre tu turno y pásalo a él.",
                vos: "Abrí tu turno y pasalo a él.", en: "Open your shift and take it in.",
                pt: "Abra seu turno e passe-o para ele.")
        case .takeIn: Message(es: "Pasarlo a este turno", en: "Take it into this shift", pt: "Passá-lo a este turno")
        case .undo: Message(es: "Deshacer", en: "Undo", pt: "Desfazer")
        case .undoMovement:
            Message(es: "Deshacer un movimiento", en: "Undo a movement", pt: "Desfazer um movimento")
        case .wasUndone: Message(es: "Deshecho", en: "Undone", pt: "Desfeito")
        case .mine: Message(es: "Mi caja", en: "My till", pt: "Meu caixa")
        case .mineOnTheRoad: Message(es: "Mi corte del día", en: "My day's close", pt: "Meu fechamento do dia")
        case .shifts: Message(es: "Caja y cortes", en: "Tills and closes", pt: "Caixa e fechamentos")
        case .shift: Message(es: "Turno", en: "Shift", pt: "Turno")
        case .shiftNumber: Message(es: "Turno {number}", en: "Shift {number}", pt: "Turno {number}")
        case .intro:
            Message(
                es: "Cada turno con lo que se contó y lo que debía haber.",
                en: "Each shift with what was counted and what should have been there.",
                pt: "Cada turno com o que se contou e o que devia haver.")
        case .noShifts:
            Message(
                es: "Todavía nadie ha abierto un turno.", en: "Nobody has opened a shift yet.",
                pt: "Ninguém abriu um turno ainda.")
        case .open: Message(es: "Abrir turno", en: "Open shift", pt: "Abrir turno")
        case .openHint:
            Message(
                es: "Abra su turno para que lo que cobre en efectivo quede en su corte.",
                tu: "Abre tu turno para que lo que cobres en efectivo quede en tu corte.",
                vos: "Abrí tu turno para que lo que cobres en efectivo quede en tu corte.",
                en: "Open your shift, so that the cash you take stands in your close.",
                pt: "Abra seu turno para que o que receber em dinheiro fique no seu fechamento.")
        case .till: Message(es: "Caja", en: "Till", pt: "Caixa")
        case .tills: Message(es: "Cajas", en: "Tills", pt: "Caixas")
        case .newTill: Message(es: "Nueva caja", en: "New till", pt: "Novo caixa")
        case .tillHint:
            Message(
                es: "Una caja es un cajón de efectivo; la lleva una persona a la vez.",
                en: "A till is a cash drawer; one person keeps it at a time.",
                pt: "Um caixa é uma gaveta de dinheiro; uma pessoa o leva por vez.")
        case .noTills: Message(es: "Todavía no hay cajas.", en: "There are no tills yet.", pt: "Ainda não há caixas.")
        case .onTheRoad: Message(es: "Sin caja: cobro en la calle", en: "No till: on the road", pt: "Sem caixa: na rua")
        case .keeper: Message(es: "Persona", en: "Person", pt: "Pessoa")
        case .opened: Message(es: "Abierto", en: "Opened", pt: "Aberto")
        case .closed: Message(es: "Cerrado", en: "Closed", pt: "Fechado")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .counted: Message(es: "Contado", en: "Counted", pt: "Contado")
        case .expected: Message(es: "Debía haber", en: "Should have been", pt: "Devia haver")
        case .difference: Message(es: "Diferencia", en: "Difference", pt: "Diferença")
        case .over: Message(es: "Sobrante", en: "Too much", pt: "Sobra")
        case .short: Message(es: "Faltante", en: "Missing", pt: "Falta")
        case .balanced: Message(es: "El corte cuadra.", en: "The close balances.", pt: "O fechamento confere.")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .received: Message(es: "Entrega recibida", en: "Cash received", pt: "Entrega recebida")
        case .notReceived:
            Message(es: "Todavía sin confirmar", en: "Not confirmed yet", pt: "Ainda sem confirmação")
        case .close: Message(es: "Corte de caja", en: "Close the shift", pt: "Fechar o caixa")
        case .newMovement: Message(es: "Entrada o salida", en: "Cash in or out", pt: "Entrada ou saída")
        case .movements: Message(es: "Movimientos", en: "Movements", pt: "Movimentos")
        case .movement: Message(es: "Movimiento", en: "Movement", pt: "Movimento")
        case .time: Message(es: "Hora", en: "Time", pt: "Hora")
        case .what: Message(es: "Concepto", en: "What for", pt: "Motivo")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .more:
            Message(
                es: "Se muestran los últimos; el corte los cuenta todos.",
                en: "The last ones are shown; the close counts all.",
                pt: "São mostrados os últimos; o fechamento conta todos.")
        case .earlier: Message(es: "Turnos anteriores", en: "Earlier shifts", pt: "Turnos anteriores")
        case .nobody: Message(es: "Nadie: queda en la caja", en: "Nobody: it stays", pt: "Ninguém: fica no caixa")
        case .hands:
            Message(
                es: "{name} le entrega {amount} en efectivo. Cuéntelo antes de confirmar.",
                tu: "{name} te entrega {amount} en efectivo. Cuéntalo antes de confirmar.",
                vos: "{name} te entrega {amount} en efectivo. Contalo antes de confirmar.",
                en: "{name} hands you {amount} in cash. Count it before you confirm.",
                pt: "{name} lhe entrega {amount} em dinheiro. Conte antes de confirmar.")
        case .confirm: Message(es: "Confirmar que lo recibí", en: "Confirm", pt: "Confirmar que recebi")
        case .ticket: Message(es: "Imprimir corte", en: "Print the close", pt: "Imprimir fechamento")
        case .sheet: Message(es: "En hoja", en: "On a sheet", pt: "Em folha")
        case .paper:
            Message(es: "Corte de caja {number}", en: "Close of shift {number}", pt: "Fechamento de caixa {number}")
        case .broken:
            Message(
                es: .always("El movimiento {number} no es el que se registró: alguien lo cambió en la base de datos."),
                en: .always("Movement {number} is not what was written down: somebody changed it in the database."),
                pt: .always("O movimento {number} não é o que se registrou: alguém o mudou no banco de dados."))
        case .brokenPaper:
            Message(
                es: "Los movimientos no son los que se registraron.",
                en: "The movements are not what was written down.",
                pt: "Os movimentos não são os que se registraram.")
        case .signature: Message(es: "Firma", en: "Signature", pt: "Assinatura")
        case .takings: Message(es: "Cobrado en el día", en: "Taken on a day", pt: "Recebido no dia")
        case .nothingTaken:
            Message(es: "Ese día no se cobró nada.", en: "Nothing was taken on that day.", pt: "Nada foi recebido.")
        case .day: Message(es: "Día", en: "Day", pt: "Dia")
        case .see: Message(es: "Ver", en: "See", pt: "Ver")
        case .method: Message(es: "Forma de pago", en: "Method of payment", pt: "Forma de pagamento")
        case .payments: Message(es: "Pagos", en: "Payments", pt: "Pagamentos")
        case .total: Message(es: "Total", en: "Total", pt: "Total")
        case .requiresShift:
            Message(
                es: "Cobrar en efectivo solo con turno abierto", en: "Cash is taken only within an open shift",
                pt: "Receber em dinheiro só com turno aberto")
        }
    }
}
