import Locale

enum ExpenseWords: MessageCatalogue {
    case expenses, intro, new, none, category, amount, day, account, accountHint, party, receipt, note, number, state
    case author, from, to, reason, reverse, reverseHint, ofShift, save

    var message: Message {
        switch self {
        case .expenses: Message(es: "Gastos e ingresos", en: "Expenses and income", pt: "Despesas e receitas")
        case .intro:
            Message(
                es:
                    "Lo que la empresa gasta, y lo que gana además de lo que cobra a sus clientes. Los gastos de los turnos de caja entran aquí por sí solos.",
                en:
                    "What the company spends, and what it earns beside what customers are charged. Expenses of shifts come here by themselves.",
                pt:
                    "O que a empresa gasta, e o que ganha além do que cobra dos clientes. As despesas dos turnos de caixa entram aqui sozinhas."
            )
        case .new:
            Message(
                es: "Registrar gasto o ingreso", en: "Enter an expense or income", pt: "Registrar despesa ou receita")
        case .none:
            Message(
                es: "Todavía no hay gastos ni ingresos.", en: "There are no expenses and no income yet.",
                pt: "Ainda não há despesas nem receitas.")
        case .category: Message(es: "Tipo", en: "Kind", pt: "Tipo")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .day: Message(es: "Fecha", en: "Date", pt: "Data")
        case .account: Message(es: "Cuenta", en: "Account", pt: "Conta")
        case .accountHint:
            Message(
                es: "Un gasto de hoy en efectivo sale del turno abierto de quien lo registra.",
                en: "An expense of today in cash leaves the open shift of whoever enters it.",
                pt: "Uma despesa de hoje em dinheiro sai do turno aberto de quem a registra.")
        case .party: Message(es: "Proveedor o pagador", en: "Supplier or payer", pt: "Fornecedor ou pagador")
        case .receipt: Message(es: "N.º de comprobante", en: "Receipt number", pt: "N.º do comprovante")
        case .note: Message(es: "Nota", en: "Note", pt: "Nota")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .author: Message(es: "Registró", en: "Entered by", pt: "Registrado por")
        case .from: Message(es: "Desde", en: "From", pt: "De")
        case .to: Message(es: "Hasta", en: "To", pt: "Até")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .reverse: Message(es: "Reversar", en: "Reverse", pt: "Estornar")
        case .reverseHint:
            Message(
                es: "Se anota lo contrario en los libros, con el motivo; lo registrado queda a la vista.",
                en: "The opposite is booked, with the reason; what was entered stays to be seen.",
                pt: "O contrário é lançado nos livros, com o motivo; o registrado fica visível.")
        case .ofShift:
            Message(es: "Salió de un turno de caja", en: "It left a shift's drawer", pt: "Saiu de um turno de caixa")
        case .save: Message(es: "Registrar", en: "Enter", pt: "Registrar")
        }
    }
}

enum ExpenseAPIWords: MessageCatalogue {
    case list, create, read, reverse, id, number, currency, state, shift, author, reason

    var message: Message {
        switch self {
        case .list: Message(es: "Los gastos e ingresos", en: "The expenses and income", pt: "As despesas e receitas")
        case .create:
            Message(
                es: "Registra un gasto o ingreso", en: "Enters an expense or income",
                pt: "Registra uma despesa ou receita")
        case .read: Message(es: "Un gasto o ingreso", en: "One expense or income", pt: "Uma despesa ou receita")
        case .reverse:
            Message(
                es: "Reversa un gasto o ingreso", en: "Reverses an expense or income",
                pt: "Estorna uma despesa ou receita")
        case .id: Message(es: "Lo identifica.", en: "Stands for it.", pt: "Identifica-o.")
        case .number: Message(es: "Su número.", en: "Its number.", pt: "Seu número.")
        case .currency:
            Message(
                es: "La moneda; los importes van en unidades mínimas.", en: "The currency; amounts are in minor units.",
                pt: "A moeda; os valores vão em unidades mínimas.")
        case .state: Message(es: "Registrado o reversado.", en: "Entered or reversed.", pt: "Registrado ou estornado.")
        case .shift:
            Message(
                es: "El turno de cuya caja salió; null si no.", en: "The shift whose drawer it left; null where none.",
                pt: "O turno de cujo caixa saiu; null se não há.")
        case .author: Message(es: "Quién lo registró.", en: "Who entered it.", pt: "Quem o registrou.")
        case .reason: Message(es: "El motivo del reverso.", en: "Why it was reversed.", pt: "O motivo do estorno.")
        }
    }
}
