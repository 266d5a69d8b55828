import Locale

enum ReportWords: MessageCatalogue {
    case reports, period, thisMonth, lastMonth, thisYear, from, to, show, comparedWith, comparedFrom, comparedTo
    case beforeWas, nothing, restInFile, chartSays, total, before, change, currency, without, noZone, noPlan
    case collected, collectedIntro, byDay, byMethod, byCashier, byZone, byPlan, byCustomer, netByDay, netByMonth
    case day, method, cashier, zone, plan, payments, paid, returned, net
    case due, dueIntro, byAge, age, amount, notDue, upTo30, upTo60, upTo90, over90, receivable, overdue, owing, late
    case customers, customer, number
    case sales, salesIntro, salesBook, byDocument, byTax, document, documents, tax, base, taxAmount, folio, state,
        receiver
    case taxID, beforeTax, rounding, invoices, creditNotes, voided, invoice, creditNote, invoiced
    case cashBook, cashBookIntro, opening, closing, cameIn, wentOut, movements, what, reference, author
    case journal, journalIntro, byAccount, account, debit, credit, entries, entry
    case result, resultIntro, byCategory, category, fromCustomers, otherIncome, spent, left
    case churn, churnIntro, byMovement, movement, byReason, reason, service, services, monthly, note, whoLeft, churnRate
    case came, cameMonthly, gone, goneMonthly, raised, lowered, atStart, atEnd
    case collectedToday, yesterdayWas, overdueOf

    var message: Message {
        switch self {
        case .reports: Message(es: "Reportes", en: "Reports", pt: "Relatórios")
        case .period: Message(es: "Periodo", en: "Period", pt: "Período")
        case .thisMonth: Message(es: "Este mes", en: "This month", pt: "Este mês")
        case .lastMonth: Message(es: "Mes pasado", en: "Last month", pt: "Mês passado")
        case .thisYear: Message(es: "Este año", en: "This year", pt: "Este ano")
        case .from: Message(es: "Desde", en: "From", pt: "De")
        case .to: Message(es: "Hasta", en: "To", pt: "Até")
        case .show: Message(es: "Ver", en: "Show", pt: "Ver")
        case .comparedWith:
            Message(
                es: "Se compara con los días del {from} al {to}.", en: "Compared with the days from {from} to {to}.",
                pt: "Compara-se com os dias de {from} a {to}.")
        case .comparedFrom:
            Message(
                es: "El primer día con que se compara", en: "The first day that it is compared with",
                pt: "O primeiro dia com que se compara")
        case .comparedTo:
            Message(
                es: "El último día con que se compara", en: "The last day that it is compared with",
                pt: "O último dia com que se compara")
        case .beforeWas: Message(es: "antes {amount}", en: "before {amount}", pt: "antes {amount}")
        case .nothing:
            Message(
                es: "No hay nada en este periodo.", en: "There is nothing in this period.",
                pt: "Não há nada neste período.")
        case .restInFile:
            Message(
                es: "Se muestran los primeros {number}; el archivo los trae todos.",
                en: "The first {number} are shown; the file has them all.",
                pt: "São mostrados os primeiros {number}; o arquivo traz todos.")
        case .chartSays:
            Message(
                es: "La barra más alta es la de {label}, con {amount}.",
                en: "The highest bar is that of {label}, with {amount}.",
                pt: "A barra mais alta é a de {label}, com {amount}.")
        case .total: Message(es: "Total", en: "Total", pt: "Total")
        case .before: Message(es: "Periodo anterior", en: "Period before", pt: "Período anterior")
        case .change: Message(es: "Cambio", en: "Change", pt: "Variação")
        case .currency: Message(es: "Moneda", en: "Currency", pt: "Moeda")
        case .without: Message(es: "Sin dato", en: "Not stated", pt: "Sem dado")
        case .noZone: Message(es: "Sin zona", en: "No zone", pt: "Sem zona")
        case .noPlan: Message(es: "Sin plan", en: "No plan", pt: "Sem plano")
        case .collected: Message(es: "Cobrado", en: "Collected", pt: "Recebido")
        case .collectedIntro:
            Message(
                es:
                    "Pagos aplicados menos reversos, devoluciones y contracargos, por el día en que se contabilizaron. El plan es el del servicio más caro de cada cliente.",
                en:
                    "Applied payments less reversals, refunds and chargebacks, by the day on which they were booked. The plan is that of each customer's dearest service.",
                pt:
                    "Pagamentos aplicados menos estornos, devoluções e contestações, pelo dia em que foram contabilizados. O plano é o do serviço mais caro de cada cliente."
            )
        case .byDay: Message(es: "Por día", en: "By day", pt: "Por dia")
        case .byMethod: Message(es: "Por forma de pago", en: "By method of payment", pt: "Por forma de pagamento")
        case .byCashier: Message(es: "Por cajero", en: "By cashier", pt: "Por caixa")
        case .byZone: Message(es: "Por zona", en: "By zone", pt: "Por zona")
        case .byPlan: Message(es: "Por plan", en: "By plan", pt: "Por plano")
        case .byCustomer: Message(es: "Por cliente", en: "By customer", pt: "Por cliente")
        case .netByDay: Message(es: "Neto por día", en: "Net by day", pt: "Líquido por dia")
        case .netByMonth: Message(es: "Neto por mes", en: "Net by month", pt: "Líquido por mês")
        case .day: Message(es: "Fecha", en: "Date", pt: "Data")
        case .method: Message(es: "Forma de pago", en: "Method of payment", pt: "Forma de pagamento")
        case .cashier: Message(es: "Cajero", en: "Cashier", pt: "Caixa")
        case .zone: Message(es: "Zona", en: "Zone", pt: "Zona")
        case .plan: Message(es: "Plan", en: "Plan", pt: "Plano")
        case .payments: Message(es: "Pagos", en: "Payments", pt: "Pagamentos")
        case .paid: Message(es: "Cobrado", en: "Collected", pt: "Recebido")
        case .returned:
            Message(es: "Devuelto y reversado", en: "Returned and reversed", pt: "Devolvido e estornado")
        case .net: Message(es: "Neto", en: "Net", pt: "Líquido")
        case .due: Message(es: "Por cobrar", en: "Receivable", pt: "A receber")
        case .dueIntro:
            Message(
                es:
                    "Lo que los clientes deben al terminar el último día del periodo, y desde cuándo está vencido: antigüedad de saldos.",
                en: "What customers owe at the end of the period's last day, and how long it has been overdue.",
                pt: "O que os clientes devem ao fim do último dia do período, e há quanto tempo está vencido.")
        case .byAge: Message(es: "Antigüedad de saldos", en: "Ageing", pt: "Idade dos saldos")
        case .age: Message(es: "Días de vencido", en: "Days overdue", pt: "Dias de atraso")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .notDue: Message(es: "Por vencer", en: "Not due yet", pt: "A vencer")
        case .upTo30: Message(es: "1 a 30 días", en: "1 to 30 days", pt: "1 a 30 dias")
        case .upTo60: Message(es: "31 a 60 días", en: "31 to 60 days", pt: "31 a 60 dias")
        case .upTo90: Message(es: "61 a 90 días", en: "61 to 90 days", pt: "61 a 90 dias")
        case .over90: Message(es: "Más de 90 días", en: "Over 90 days", pt: "Mais de 90 dias")
        case .receivable: Message(es: "Por cobrar", en: "Receivable", pt: "A receber")
        case .overdue: Message(es: "Vencido", en: "Overdue", pt: "Vencido")
        case .owing: Message(es: "Clientes que deben", en: "Customers who owe", pt: "Clientes que devem")
        case .late: Message(es: "Morosos", en: "Debtors", pt: "Inadimplentes")
        case .customers: Message(es: "Clientes", en: "Customers", pt: "Clientes")
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .number: Message(es: "N.º", en: "No.", pt: "N.º")
        case .sales: Message(es: "Ventas e impuestos", en: "Sales and taxes", pt: "Vendas e impostos")
        case .salesIntro:
            Message(
                es:
                    "Facturas y notas de crédito por el día en que se emitieron; las notas restan y las anuladas cuentan cero.",
                en:
                    "Invoices and credit notes by the day on which they were issued; credit notes are subtracted, and what was voided counts nothing.",
                pt:
                    "Faturas e notas de crédito pelo dia em que foram emitidas; as notas subtraem e as anuladas contam zero."
            )
        case .salesBook: Message(es: "Libro de ventas", en: "Sales book", pt: "Livro de vendas")
        case .byDocument: Message(es: "Por documento", en: "By document", pt: "Por documento")
        case .byTax: Message(es: "Impuestos por tasa", en: "Taxes by rate", pt: "Impostos por alíquota")
        case .document: Message(es: "Documento", en: "Document", pt: "Documento")
        case .documents: Message(es: "Documentos", en: "Documents", pt: "Documentos")
        case .tax: Message(es: "Impuesto y tasa", en: "Tax and rate", pt: "Imposto e alíquota")
        case .base: Message(es: "Base", en: "Base", pt: "Base")
        case .taxAmount: Message(es: "Impuesto", en: "Tax", pt: "Imposto")
        case .folio: Message(es: "Folio", en: "Number", pt: "Número")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .receiver: Message(es: "Receptor", en: "Receiver", pt: "Destinatário")
        case .taxID: Message(es: "Identificación fiscal", en: "Tax number", pt: "Identificação fiscal")
        case .beforeTax: Message(es: "Subtotal", en: "Before tax", pt: "Subtotal")
        case .rounding: Message(es: "Redondeo", en: "Rounding", pt: "Arredondamento")
        case .invoices: Message(es: "Facturas", en: "Invoices", pt: "Faturas")
        case .creditNotes: Message(es: "Notas de crédito", en: "Credit notes", pt: "Notas de crédito")
        case .voided: Message(es: "Anulada", en: "Voided", pt: "Anulada")
        case .invoice: Message(es: "Factura", en: "Invoice", pt: "Fatura")
        case .creditNote: Message(es: "Nota de crédito", en: "Credit note", pt: "Nota de crédito")
        case .invoiced: Message(es: "Facturado", en: "Invoiced", pt: "Faturado")
        case .cashBook: Message(es: "Libro de caja", en: "Cash book", pt: "Livro-caixa")
        case .cashBookIntro:
            Message(
                es: "Con cuánto empezó cada forma de pago, qué entró y salió, y con cuánto terminó.",
                en: "What each method of payment began with, what came in and went out, and what it ended with.",
                pt: "Com quanto começou cada forma de pagamento, o que entrou e saiu, e com quanto terminou.")
        case .opening: Message(es: "Saldo inicial", en: "Opening balance", pt: "Saldo inicial")
        case .closing: Message(es: "Saldo final", en: "Closing balance", pt: "Saldo final")
        case .cameIn: Message(es: "Entradas", en: "In", pt: "Entradas")
        case .wentOut: Message(es: "Salidas", en: "Out", pt: "Saídas")
        case .movements: Message(es: "Movimientos", en: "Movements", pt: "Lançamentos")
        case .what: Message(es: "Concepto", en: "Item", pt: "Descrição")
        case .reference: Message(es: "Referencia", en: "Reference", pt: "Referência")
        case .author: Message(es: "Registró", en: "Entered by", pt: "Registrado por")
        case .journal: Message(es: "Libro diario", en: "Journal", pt: "Livro diário")
        case .journalIntro:
            Message(
                es: "Todos los asientos del libro contable, con su debe y su haber.",
                en: "Every entry of the ledger, with its debits and credits.",
                pt: "Todos os lançamentos do livro contábil, com débito e crédito.")
        case .byAccount: Message(es: "Por cuenta", en: "By account", pt: "Por conta")
        case .account: Message(es: "Cuenta", en: "Account", pt: "Conta")
        case .debit: Message(es: "Debe", en: "Debit", pt: "Débito")
        case .credit: Message(es: "Haber", en: "Credit", pt: "Crédito")
        case .entries: Message(es: "Asientos", en: "Entries", pt: "Lançamentos")
        case .entry: Message(es: "Asiento", en: "Entry", pt: "Lançamento")
        case .result: Message(es: "Lo que queda", en: "What is left", pt: "O que sobra")
        case .resultIntro:
            Message(
                es: "Lo cobrado a clientes más otros ingresos, menos gastos, por el día en que se contabilizaron.",
                en:
                    "What was collected from customers and other income, less expenses, by the day on which they were booked.",
                pt:
                    "O recebido dos clientes mais outras receitas, menos despesas, pelo dia em que foram contabilizados."
            )
        case .byCategory: Message(es: "Por tipo", en: "By kind", pt: "Por tipo")
        case .category: Message(es: "Tipo", en: "Kind", pt: "Tipo")
        case .fromCustomers:
            Message(es: "Cobrado a clientes", en: "Collected from customers", pt: "Recebido de clientes")
        case .otherIncome: Message(es: "Otros ingresos", en: "Other income", pt: "Outras receitas")
        case .spent: Message(es: "Gastos", en: "Expenses", pt: "Despesas")
        case .left: Message(es: "Queda", en: "Left", pt: "Sobra")
        case .churn: Message(es: "Altas y bajas", en: "Joined and left", pt: "Entradas e saídas")
        case .churnIntro:
            Message(
                es:
                    "Los servicios y el ingreso mensual que había al empezar, los que llegaron, los que se fueron y por qué. Cuenta el precio del plan de cada día; el prepago, treinta días.",
                en:
                    "The services and the monthly revenue there were at the start, what came, what left and why. It counts each day's price of the plan; of prepaid, thirty days.",
                pt:
                    "Os serviços e a receita mensal que havia no início, os que chegaram, os que saíram e por quê. Conta o preço do plano de cada dia; do pré-pago, trinta dias."
            )
        case .byMovement: Message(es: "Ingreso mensual", en: "Monthly revenue", pt: "Receita mensal")
        case .movement: Message(es: "Movimiento", en: "Movement", pt: "Movimento")
        case .byReason: Message(es: "Bajas por motivo", en: "Left, by reason", pt: "Saídas por motivo")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .service: Message(es: "Servicio", en: "Service", pt: "Serviço")
        case .services: Message(es: "Servicios", en: "Services", pt: "Serviços")
        case .monthly: Message(es: "Al mes", en: "A month", pt: "Por mês")
        case .note: Message(es: "Nota", en: "Note", pt: "Nota")
        case .whoLeft: Message(es: "Quién se fue", en: "Who left", pt: "Quem saiu")
        case .churnRate:
            Message(es: "Bajas de los que había", en: "Left, of those there were", pt: "Saídas dos que havia")
        case .came: Message(es: "Altas", en: "Joined", pt: "Entradas")
        case .cameMonthly: Message(es: "Altas, al mes", en: "Joined, a month", pt: "Entradas, por mês")
        case .gone: Message(es: "Bajas", en: "Left", pt: "Saídas")
        case .goneMonthly: Message(es: "Bajas, al mes", en: "Left, a month", pt: "Saídas, por mês")
        case .raised:
            Message(es: "Aumentos de precio o plan", en: "Price or plan raised", pt: "Aumentos de preço ou plano")
        case .lowered:
            Message(es: "Rebajas de precio o plan", en: "Price or plan lowered", pt: "Reduções de preço ou plano")
        case .atStart: Message(es: "Al empezar", en: "At the start", pt: "No início")
        case .atEnd: Message(es: "Al terminar", en: "At the end", pt: "No fim")
        case .collectedToday: Message(es: "Cobrado hoy", en: "Collected today", pt: "Recebido hoje")
        case .yesterdayWas: Message(es: "ayer {amount}", en: "yesterday {amount}", pt: "ontem {amount}")
        case .overdueOf: Message(es: "{amount} vencido", en: "{amount} overdue", pt: "{amount} vencido")
        }
    }
}
