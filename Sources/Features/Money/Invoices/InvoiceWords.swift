import Locale

enum InvoiceWords: MessageCatalogue {
    case invoices, invoiceFolio, creditNoteFolio, folio, customerOrFolio, none, noneOfCustomer, month, customer,
        issuedOn, dueOn, net,
        tax,
        rounding, total, open, state, kind, receiver, taxID, author, note, reason, voided, corrects, corrected
    case early, earlyUntil, earlyGranted, paidFor
    case lines, what, amount, adjustment, credit, quantity, period, services
    case pdf, ticket80, ticket58, new, issue, void, voidHint, reissue, reissueHint, makeCreditNote, creditHint, cancel,
        mistakes, name, price, exempt, profile, publicInGeneral, moreLines
    case billing, billingIntro, onDay, show, toIssue, nothingDue, raise, raiseHint, previewMore, previewPartial, faults,
        notSetUp,
        setUp,
        policy, policyIntro, creditNotes, dueInFuture
    case scan, notFiscal, ofCustomer, voidedPaper, subtotal, myInvoices, noneOwn,
        download
    case runs, run, reallyIssue, underWay, refresh, seeCustomers, prepare, numberOrName

    var message: Message {
        switch self {
        case .invoices: Message(es: "Facturas", en: "Invoices", pt: "Faturas")
        case .invoiceFolio: Message(es: "Factura {folio}", en: "Invoice {folio}", pt: "Fatura {folio}")
        case .creditNoteFolio:
            Message(es: "Nota de crédito {folio}", en: "Credit note {folio}", pt: "Nota de crédito {folio}")
        case .folio: Message(es: "Folio", en: "Number", pt: "Número")
        case .customerOrFolio:
            Message(es: "Cliente o folio", en: "Customer or number", pt: "Cliente ou número")
        case .none:
            Message(es: "Todavía no hay facturas.", en: "There are no invoices yet.", pt: "Ainda não há faturas.")
        case .noneOfCustomer:
            Message(
                es: "Este cliente no tiene facturas.", en: "This customer has no invoices.",
                pt: "Este cliente não tem faturas.")
        case .month: Message(es: "Mes", en: "Month", pt: "Mês")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .issuedOn: Message(es: "Fecha", en: "Date", pt: "Data")
        case .dueOn: Message(es: "Fecha límite", en: "Due", pt: "Vencimento")
        case .early: Message(es: "Pronto pago", en: "Early payment", pt: "Pagamento antecipado")
        case .paidFor:
            Message(es: "Paga los servicios de:", en: "Pays for the services of:", pt: "Paga os serviços de:")
        case .earlyUntil:
            Message(
                es: "{amount} menos si paga hasta el {day}", en: "{amount} less if paid by {day}",
                pt: "{amount} a menos se pagar até {day}")
        case .earlyGranted:
            Message(es: "{amount} menos, aplicado", en: "{amount} less, applied", pt: "{amount} a menos, aplicado")
        case .net: Message(es: "Subtotal", en: "Net", pt: "Subtotal")
        case .tax: Message(es: "Impuestos", en: "Taxes", pt: "Impostos")
        case .rounding: Message(es: "Redondeo", en: "Rounding", pt: "Arredondamento")
        case .total: Message(es: "Total", en: "Total", pt: "Total")
        case .open: Message(es: "Por pagar", en: "To pay", pt: "A pagar")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .kind: Message(es: "Documento", en: "Document", pt: "Documento")
        case .receiver: Message(es: "A nombre de", en: "In the name of", pt: "Em nome de")
        case .taxID: Message(es: "Identificación fiscal", en: "Tax number", pt: "Identificação fiscal")
        case .author: Message(es: "Emitió", en: "Issued by", pt: "Emitiu")
        case .note: Message(es: "Nota", en: "Note", pt: "Nota")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .voided: Message(es: "Anulada", en: "Voided", pt: "Anulada")
        case .corrects: Message(es: "Corrige a", en: "Corrects", pt: "Corrige")
        case .corrected: Message(es: "Corregida por", en: "Corrected by", pt: "Corrigida por")
        case .lines: Message(es: "Conceptos", en: "Lines", pt: "Itens")
        case .what: Message(es: "Concepto", en: "What for", pt: "Descrição")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .adjustment: Message(es: "Ajuste {name}", en: "Adjustment {name}", pt: "Ajuste {name}")
        case .credit: Message(es: "Bonificación {name}", en: "Credit {name}", pt: "Bonificação {name}")
        case .quantity: Message(es: "Cantidad", en: "Quantity", pt: "Quantidade")
        case .period: Message(es: "{from} a {to}", en: "{from} to {to}", pt: "{from} a {to}")
        case .services: Message(es: "Servicios", en: "Services", pt: "Serviços")
        case .pdf: Message(es: "PDF", en: "PDF", pt: "PDF")
        case .ticket80: Message(es: "Ticket 80 mm", en: "80 mm ticket", pt: "Cupom 80 mm")
        case .ticket58: Message(es: "Ticket 58 mm", en: "58 mm ticket", pt: "Cupom 58 mm")
        case .new: Message(es: "Nueva factura", en: "New invoice", pt: "Nova fatura")
        case .issue: Message(es: "Emitir factura", en: "Issue invoice", pt: "Emitir fatura")
        case .void: Message(es: "Anular", en: "Void", pt: "Anular")
        case .voidHint:
            Message(
                es: "Lo que se pagó de ella queda a favor del cliente. No se puede deshacer.",
                en: "What was paid of it stays in the customer's favour. This cannot be undone.",
                pt: "O que foi pago dela fica a favor do cliente. Não pode ser desfeito.")
        case .reissue:
            Message(es: "Facturar de nuevo lo mismo", en: "Invoice the same anew", pt: "Faturar o mesmo de novo")
        case .reissueHint:
            Message(
                es: "Con el precio, los datos fiscales y la política de hoy.",
                en: "With the price, tax details and policy of today.",
                pt: "Com o preço, os dados fiscais e a política de hoje.")
        case .makeCreditNote: Message(es: "Nota de crédito", en: "Credit note", pt: "Nota de crédito")
        case .creditHint:
            Message(
                es: "Baja primero lo que falta pagar de esta factura; el resto queda a favor del cliente.",
                en: "It lowers what is open of this invoice first; the rest is in the customer's favour.",
                pt: "Reduz primeiro o que falta pagar desta fatura; o resto fica a favor do cliente.")
        case .cancel: Message(es: "Cancelar", en: "Cancel", pt: "Cancelar")
        case .mistakes: Message(es: "Revise esto:", en: "Look at this:", pt: "Confira isto:")
        case .name: Message(es: "Concepto {number}", en: "Line {number}", pt: "Item {number}")
        case .price: Message(es: "Precio", en: "Price", pt: "Preço")
        case .exempt: Message(es: "Sin impuesto", en: "Without tax", pt: "Sem imposto")
        case .profile: Message(es: "Datos fiscales", en: "Tax details", pt: "Dados fiscais")
        case .publicInGeneral:
            Message(es: "Público en general", en: "The public in general", pt: "Público em geral")
        case .moreLines: Message(es: "Más conceptos", en: "More lines", pt: "Mais itens")
        case .billing: Message(es: "Facturar", en: "Invoice", pt: "Faturar")
        case .runs: Message(es: "Facturaciones", en: "Runs of invoices", pt: "Faturamentos")
        case .run: Message(es: "Facturación {number}", en: "Run of invoices {number}", pt: "Faturamento {number}")
        case .reallyIssue:
            Message(
                es:
                    "Se emiten {invoices} facturas y {notes} notas de crédito por {amount} a {customers} clientes, con fecha de hoy. No se borran; se anulan una por una.",
                en:
                    "{invoices} invoices and {notes} credit notes for {amount} are issued to {customers} customers, dated today. They are not deleted; they are voided one by one.",
                pt:
                    "Emitem-se {invoices} faturas e {notes} notas de crédito por {amount} a {customers} clientes, com data de hoje. Não se apagam; anulam-se uma a uma."
            )
        case .underWay:
            Message(
                es: "Sigue en segundo plano; puede cerrar esta página.",
                en: "It goes on in the background; this page may be closed.",
                pt: "Continua em segundo plano; esta página pode ser fechada.")
        case .refresh: Message(es: "Actualizar", en: "Refresh", pt: "Atualizar")
        case .seeCustomers: Message(es: "Ver clientes", en: "See customers", pt: "Ver clientes")
        case .prepare:
            Message(es: "Ver todos los clientes", en: "See all customers", pt: "Ver todos os clientes")
        case .numberOrName:
            Message(
                es: "Número o inicio del nombre", en: "Number or beginning of the name", pt: "Número ou início do nome")
        case .billingIntro:
            Message(
                es: "Así quedarían las facturas de lo que toca cobrar, antes de emitirlas.",
                en: "This is how the invoices of what is due would be, before they are issued.",
                pt: "Assim ficariam as faturas do que se deve cobrar, antes de emiti-las.")
        case .onDay: Message(es: "Día", en: "Day", pt: "Dia")
        case .show: Message(es: "Ver", en: "Show", pt: "Ver")
        case .toIssue:
            Message(
                es: "{invoices} facturas y {notes} notas de crédito por {amount}, a {customers} clientes.",
                en: "{invoices} invoices and {notes} credit notes for {amount}, to {customers} customers.",
                pt: "{invoices} faturas e {notes} notas de crédito por {amount}, a {customers} clientes.")
        case .nothingDue:
            Message(es: "No hay nada que facturar.", en: "There is nothing to invoice.", pt: "Não há nada a faturar.")
        case .raise: Message(es: "Emitir todas", en: "Issue all", pt: "Emitir todas")
        case .raiseHint:
            Message(
                es: "Las facturas emitidas no se borran; se anulan una por una.",
                en: "Issued invoices are not deleted; they are voided one by one.",
                pt: "As faturas emitidas não se apagam; anulam-se uma a uma.")
        case .previewMore:
            Message(
                es: "Se muestran los primeros {shown} clientes.", en: "The first {shown} customers are shown.",
                pt: "Mostram-se os primeiros {shown} clientes.")
        case .previewPartial:
            Message(
                es: "Hay más clientes por facturar: el total se sabe al emitir.",
                en: "There are more customers to invoice: the total is known once they are issued.",
                pt: "Há mais clientes a faturar: o total se sabe ao emitir.")
        case .faults:
            Message(
                es: "No se puede facturar: servicio {numbers}. Revise su precio y su moneda.",
                en: "Cannot be invoiced: service {numbers}. Check its price and currency.",
                pt: "Não se pode faturar: serviço {numbers}. Confira seu preço e sua moeda.")
        case .notSetUp:
            Message(
                es: "Todavía no se factura. Diga primero desde qué día se cobra.",
                en: "Nothing is invoiced yet. First say from which day on is charged.",
                pt: "Ainda não se fatura. Diga primeiro desde que dia se cobra.")
        case .setUp: Message(es: "Empezar a facturar", en: "Begin to invoice", pt: "Começar a faturar")
        case .policy: Message(es: "Política de facturación", en: "Billing policy", pt: "Política de faturamento")
        case .policyIntro:
            Message(
                es: "Vale para las facturas que se emitan desde ahora.",
                en: "It holds for invoices issued from now on.",
                pt: "Vale para as faturas emitidas a partir de agora.")
        case .creditNotes: Message(es: "Notas de crédito", en: "Credit notes", pt: "Notas de crédito")
        case .dueInFuture:
            Message(
                es: "Ese día aún no llega: es solo una vista previa.", en: "That day is still to come: only a preview.",
                pt: "Esse dia ainda não chegou: é só uma prévia.")
        case .scan:
            Message(
                es: "Vea esta factura en su portal.", en: "See this invoice in your portal.",
                pt: "Veja esta fatura no seu portal.")
        case .notFiscal:
            Message(
                es: "Este documento no es un comprobante fiscal.", en: "This document is no tax receipt.",
                pt: "Este documento não é um comprovante fiscal.")
        case .ofCustomer: Message(es: "Cliente n.º", en: "Customer no.", pt: "Cliente n.º")
        case .voidedPaper: Message(es: "ANULADA", en: "VOIDED", pt: "ANULADA")
        case .subtotal: Message(es: "Subtotal", en: "Subtotal", pt: "Subtotal")
        case .myInvoices: Message(es: "Mis facturas", en: "My invoices", pt: "Minhas faturas")
        case .noneOwn:
            Message(
                es: "Todavía no tiene facturas.", en: "You have no invoices yet.", pt: "Você ainda não tem faturas.")
        case .download: Message(es: "Descargar PDF", en: "Download PDF", pt: "Baixar PDF")
        }
    }
}

extension EarlyDiscount {
    func text(for reader: Reader) -> String {
        let amount = Blank.text("amount", amount.exactText(for: reader))
        return isGranted
            ? InvoiceWords.earlyGranted.text(for: reader, amount)
            : InvoiceWords.earlyUntil.text(for: reader, amount, .text("day", until.text(.long, for: reader)))
    }
}
