import Locale

enum InvoiceAPIWords: MessageCatalogue {
    case settings, changeSettings, sellDays, runs, run, runID, runNumber, runDay, runState, endedAt
    case list, read, lines, pdf, issue, credit, void, preview, raise, id, kind, folio, sequence, customer, receiver,
        taxID
    case issuedOn, dueOn, currency, net, tax, rounding, total, open, state, corrects, note, author, madeAt, voidedAt,
        reason
    case lineKind, service, name, from, to, quantity, amount, fineNet, fineTax, taxName, invoices, creditNotes,
        customers,
        faults, earlyDiscount, earlyUntil, earlyGranted, ofKind, ofState, ofCustomer, items, profile, price, exempt,
        reissued

    var message: Message {
        switch self {
        case .list:
            Message(
                es: "Las facturas y notas de crédito, en el orden en que se emitieron",
                en: "The invoices and credit notes, in the order of being issued",
                pt: "As faturas e notas de crédito, na ordem em que foram emitidas")
        case .runs:
            Message(
                es: "Las facturaciones pedidas", en: "The runs of invoices that were asked for",
                pt: "Os faturamentos pedidos")
        case .run: Message(es: "Una facturación", en: "One run of invoices", pt: "Um faturamento")
        case .runID: Message(es: "La identifica.", en: "Stands for it.", pt: "Identifica-o.")
        case .runNumber: Message(es: "Su número.", en: "Its number.", pt: "Seu número.")
        case .runDay:
            Message(
                es: "El día hasta el que se factura.", en: "By which what is due is invoiced.",
                pt: "O dia até o qual se fatura.")
        case .runState:
            Message(
                es: "queued mientras emite; los importes crecen hasta que es done.",
                en: "queued while it issues; its amounts grow until it is done.",
                pt: "queued enquanto emite; os valores crescem até ser done.")
        case .endedAt: Message(es: "Cuándo terminó.", en: "When it ended.", pt: "Quando terminou.")
        case .sellDays:
            Message(es: "Vende días prepago", en: "Sells prepaid days", pt: "Vende dias pré-pagos")
        case .settings:
            Message(es: "La política de facturación", en: "The billing policy", pt: "A política de faturamento")
        case .changeSettings:
            Message(
                es: "Cambia la política de facturación", en: "Changes the billing policy",
                pt: "Altera a política de faturamento")
        case .read: Message(es: "Una factura", en: "One invoice", pt: "Uma fatura")
        case .lines: Message(es: "Los conceptos de una factura", en: "An invoice's lines", pt: "Os itens de uma fatura")
        case .pdf: Message(es: "Una factura en PDF", en: "An invoice as PDF", pt: "Uma fatura em PDF")
        case .issue:
            Message(
                es: "Emite una factura suelta a un cliente", en: "Issues a single invoice to a customer",
                pt: "Emite uma fatura avulsa a um cliente")
        case .credit:
            Message(
                es: "Emite una nota de crédito por parte de una factura",
                en: "Issues a credit note for a part of an invoice",
                pt: "Emite uma nota de crédito por parte de uma fatura")
        case .void:
            Message(
                es: "Anula una factura, y si se pide factura lo mismo de nuevo",
                en: "Voids an invoice, and on request invoices the same anew",
                pt: "Anula uma fatura e, se pedido, fatura o mesmo de novo")
        case .preview:
            Message(
                es: "Lo que se facturaría hoy", en: "What would be invoiced today", pt: "O que se faturaria hoje")
        case .raise:
            Message(
                es: "Factura lo que toca hoy", en: "Invoices what is due today", pt: "Fatura o que é devido hoje")
        case .id: Message(es: "Identifica la factura.", en: "Stands for the invoice.", pt: "Identifica a fatura.")
        case .kind:
            Message(es: "Factura o nota de crédito.", en: "Invoice or credit note.", pt: "Fatura ou nota de crédito.")
        case .folio: Message(es: "Serie y número.", en: "Series and number.", pt: "Série e número.")
        case .sequence:
            Message(
                es: "Su lugar entre todas las emitidas.", en: "Its place among all that were issued.",
                pt: "Seu lugar entre todas as emitidas.")
        case .customer: Message(es: "El cliente.", en: "The customer.", pt: "O cliente.")
        case .receiver: Message(es: "A nombre de quién está.", en: "In whose name it is.", pt: "Em nome de quem está.")
        case .taxID:
            Message(
                es: "Su identificación fiscal; vacía si es público en general.",
                en: "Their tax number; empty for the public in general.",
                pt: "Sua identificação fiscal; vazia se é público em geral.")
        case .issuedOn: Message(es: "El día de la factura.", en: "The invoice's day.", pt: "O dia da fatura.")
        case .dueOn:
            Message(es: "El último día para pagar.", en: "The last day to pay.", pt: "O último dia para pagar.")
        case .currency: Message(es: "Moneda, ISO 4217.", en: "Currency, ISO 4217.", pt: "Moeda, ISO 4217.")
        case .net: Message(es: "Sin impuestos.", en: "Without taxes.", pt: "Sem impostos.")
        case .tax: Message(es: "Los impuestos.", en: "The taxes.", pt: "Os impostos.")
        case .rounding:
            Message(
                es: "Lo que falta para un importe que se pueda pagar.",
                en: "What is missing to an amount that can be paid.",
                pt: "O que falta para um valor que se possa pagar.")
        case .total: Message(es: "El total.", en: "The total.", pt: "O total.")
        case .open: Message(es: "Lo que falta pagar.", en: "What is still to be paid.", pt: "O que falta pagar.")
        case .state: Message(es: "Estado de la factura.", en: "The invoice's status.", pt: "Situação da fatura.")
        case .earlyDiscount:
            Message(
                es: "Cuánto menos paga quien paga pronto; null si no se ofrece.",
                en: "How much less who pays early pays; null where it is not offered.",
                pt: "Quanto a menos paga quem paga cedo; null se não se oferece.")
        case .earlyUntil:
            Message(
                es: "El último día de pronto pago.", en: "The last day of early payment.",
                pt: "O último dia de pagamento antecipado.")
        case .earlyGranted:
            Message(
                es: "Si el descuento se aplicó.", en: "Whether the discount was applied.",
                pt: "Se o desconto foi aplicado.")
        case .corrects:
            Message(
                es: "La factura que acredita o a la que sustituye.", en: "The invoice that it credits or replaces.",
                pt: "A fatura que credita ou substitui.")
        case .note: Message(es: "Una nota.", en: "A note.", pt: "Uma nota.")
        case .author: Message(es: "Quién la emitió.", en: "Who issued it.", pt: "Quem a emitiu.")
        case .madeAt: Message(es: "Cuándo se emitió.", en: "When it was issued.", pt: "Quando foi emitida.")
        case .voidedAt: Message(es: "Cuándo se anuló.", en: "When it was voided.", pt: "Quando foi anulada.")
        case .reason: Message(es: "El motivo.", en: "The reason.", pt: "O motivo.")
        case .lineKind: Message(es: "Qué cobra.", en: "What it charges.", pt: "O que cobra.")
        case .service:
            Message(es: "El servicio que cobra.", en: "The service that it charges.", pt: "O serviço que cobra.")
        case .name: Message(es: "El concepto.", en: "What it is for.", pt: "A descrição.")
        case .from:
            Message(
                es: "El primer día que cobra.", en: "The first day that it charges.", pt: "O primeiro dia que cobra.")
        case .to:
            Message(es: "El último día que cobra.", en: "The last day that it charges.", pt: "O último dia que cobra.")
        case .quantity: Message(es: "Cuántos son.", en: "How many there are.", pt: "Quantos são.")
        case .amount:
            Message(
                es: "El importe en unidades menores (centavos).", en: "The amount in minor units (cents).",
                pt: "O valor em unidades menores (centavos).")
        case .fineNet:
            Message(
                es: "Sin impuestos, con seis decimales.", en: "Without taxes, with six decimals.",
                pt: "Sem impostos, com seis decimais.")
        case .fineTax:
            Message(
                es: "El impuesto, con seis decimales.", en: "The tax, with six decimals.",
                pt: "O imposto, com seis decimais.")
        case .taxName: Message(es: "Qué impuesto es.", en: "Which tax it is.", pt: "Qual imposto é.")
        case .invoices: Message(es: "Cuántas facturas.", en: "How many invoices.", pt: "Quantas faturas.")
        case .creditNotes:
            Message(es: "Cuántas notas de crédito.", en: "How many credit notes.", pt: "Quantas notas de crédito.")
        case .customers: Message(es: "A cuántos clientes.", en: "To how many customers.", pt: "A quantos clientes.")
        case .faults:
            Message(
                es: "Números de los servicios que no se pueden facturar.",
                en: "Numbers of the services that cannot be invoiced.",
                pt: "Números dos serviços que não se podem faturar.")
        case .ofKind: Message(es: "Solo de esta clase.", en: "Only of this kind.", pt: "Só desta classe.")
        case .ofState:
            Message(es: "Solo las de este estado.", en: "Only those of this status.", pt: "Só as desta situação.")
        case .ofCustomer:
            Message(es: "Solo las de este cliente.", en: "Only this customer's.", pt: "Só as deste cliente.")
        case .items: Message(es: "Los conceptos.", en: "The lines.", pt: "Os itens.")
        case .profile:
            Message(
                es: "A nombre de quién; sin ellos, público en general.",
                en: "In whose name; without, the public in general.",
                pt: "Em nome de quem; sem eles, público em geral.")
        case .price:
            Message(
                es: "El precio de uno, en unidades menores.", en: "The price of one, in minor units.",
                pt: "O preço de um, em unidades menores.")
        case .exempt: Message(es: "Si no paga impuesto.", en: "Whether it is not taxed.", pt: "Se não paga imposto.")
        case .reissued:
            Message(
                es: "Si se factura lo mismo de nuevo.", en: "Whether the same is invoiced anew.",
                pt: "Se o mesmo é faturado de novo.")
        }
    }
}
