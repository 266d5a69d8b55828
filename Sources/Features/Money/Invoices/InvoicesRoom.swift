import Access
import Assembly
import Customers
import Declarations
import HTML
import Identifiers
import Ledger
import Locale
import Nouns
import Postgres

extension Permission {
    package static let invoicesView = Permission("invoices.view")
    package static let invoicesIssue = Permission("invoices.issue")
    package static let invoicesRun = Permission("invoices.run")
    package static let invoicesVoid = Permission("invoices.void")
    package static let daysSell = Permission("services.sell_days")
    package static let billingPolicy = Permission("billing.policy")
}

extension EventKind {
    package static let invoiceIssued = EventKind(
        "invoice.issued", Message(es: "Emitió una factura", en: "Issued an invoice", pt: "Emitiu uma fatura"),
        told: Message(es: "Factura emitida", en: "Invoice issued", pt: "Fatura emitida"), to: .invoicesView)
    package static let invoiceVoided = EventKind(
        "invoice.voided", Message(es: "Anuló una factura", en: "Voided an invoice", pt: "Anulou uma fatura"),
        told: Message(es: "Factura anulada", en: "Invoice voided", pt: "Fatura anulada"), to: .invoicesView)
    package static let creditNoteIssued = EventKind(
        "credit_note.issued",
        Message(es: "Emitió una nota de crédito", en: "Issued a credit note", pt: "Emitiu uma nota de crédito"),
        told: Message(es: "Nota de crédito emitida", en: "Credit note issued", pt: "Nota de crédito emitida"),
        to: .invoicesView)
    package static let daysSold = EventKind(
        "service.days_sold",
        Message(es: "Vendió días prepago", en: "Sold prepaid days", pt: "Vendeu dias pré-pagos"),
        told: Message(es: "Días prepago vendidos", en: "Prepaid days sold", pt: "Dias pré-pagos vendidos"),
        to: .invoicesView)
    package static let invoicesRaised = EventKind(
        "invoices.raised", Message(es: "Facturó lo que tocaba", en: "Invoiced what was due", pt: "Faturou o devido"))
    package static let billingSettingsChanged = EventKind(
        "billing_settings.changed",
        Message(
            es: "Cambió la política de facturación", en: "Changed the billing policy",
            pt: "Alterou a política de faturamento"))
}

extension Notice {
    package static let invoicesRaised = Notice(
        "invoices_raised",
        Message(es: "Facturación en cola.", en: "The invoices are queued.", pt: "Faturamento na fila."))
    package static let daysSold = Notice(
        "days_sold", Message(es: "Días vendidos.", en: "Days sold.", pt: "Dias vendidos."))
    package static let daysBought = Notice(
        "days_bought",
        Message(
            es: "Listo. Si su servicio estaba suspendido, vuelve en minutos.",
            tu: "Listo. Si tu servicio estaba suspendido, vuelve en minutos.",
            en: "Done. If your service was suspended, it is back in minutes.",
            pt: "Pronto. Se seu serviço estava suspenso, volta em minutos."))
    package static let invoiceVoided = Notice(
        "invoice_voided", Message(es: "Factura anulada.", en: "Invoice voided.", pt: "Fatura anulada."))
}

extension RoomDeclarations {
    package static let invoices = RoomDeclarations(
        "Invoices",
        permissions: [
            GrantablePermission(
                .invoicesView, Message(es: "Ver facturas", en: "See invoices", pt: "Ver faturas"),
                heldBy: [.accountant, .cashier, .collector, .support], isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .invoicesIssue,
                Message(
                    es: "Hacer facturas sueltas y notas de crédito", en: "Make single invoices and credit notes",
                    pt: "Fazer faturas avulsas e notas de crédito"),
                heldBy: [.accountant], isWithinZones: true),
            GrantablePermission(
                .invoicesRun,
                Message(
                    es: "Facturar a todos los clientes", en: "Invoice all customers", pt: "Faturar todos os clientes"),
                heldBy: [.accountant]),
            GrantablePermission(
                .invoicesVoid, Message(es: "Anular facturas", en: "Void invoices", pt: "Anular faturas"),
                heldBy: .ownerOnly, isWithinZones: true),
            GrantablePermission(
                .daysSell, Message(es: "Vender días prepago", en: "Sell prepaid days", pt: "Vender dias pré-pagos"),
                heldBy: [.cashier, .collector, .support], isWithinZones: true),
            GrantablePermission(
                .billingPolicy,
                Message(
                    es: "Cambiar la política de facturación", en: "Change the billing policy",
                    pt: "Alterar a política de faturamento"),
                heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.finance, 10), Message(es: "Facturas", en: "Invoices", pt: "Faturas"), path: "/panel/invoices",
                permission: .invoicesView, icon: .billing,
                synonyms: Message(es: "recibos boletas cargos", en: "bills charges", pt: "boletos cobranças")),
            MenuEntry(
                .menu(.finance, 15), Message(es: "Facturar", en: "Invoice", pt: "Faturar"), path: "/panel/billing",
                permission: .invoicesRun, icon: .billing),
            MenuEntry(
                .settings(.collection, 40),
                Message(es: "Política de facturación", en: "Billing policy", pt: "Política de faturamento"),
                path: "/panel/billing/policy", permission: .billingPolicy, icon: .settings),
        ],
        notices: [.invoicesRaised, .invoiceVoided, .daysSold, .daysBought],
        events: [
            .invoiceIssued, .invoiceVoided, .creditNoteIssued, .daysSold, .invoicesRaised, .billingSettingsChanged,
        ],
        details: BillingSettings.detailKinds + [
            .money("amount", Message(es: "Importe", en: "Amount", pt: "Valor")),
            DetailKind("customer", Message(es: "Cliente", en: "Customer", pt: "Cliente")),
            .day("day", Message(es: "Fecha", en: "Date", pt: "Data")),
            .day("due_on", Message(es: "Fecha límite", en: "Due", pt: "Vencimento")),
            DetailKind("invoices", Message(es: "Facturas", en: "Invoices", pt: "Faturas")),
            DetailKind("days", Message(es: "Días", en: "Days", pt: "Dias")),
            DetailKind("credit_notes", Message(es: "Notas de crédito", en: "Credit notes", pt: "Notas de crédito")),
        ],
        customerTabs: [
            CustomerTab(
                18, Message(es: "Facturas", en: "Invoices", pt: "Faturas"), path: "/invoices",
                permission: .invoicesView)
        ],
        portalCards: [
            PortalCard(
                15, Message(es: "Mis facturas", en: "My invoices", pt: "Minhas faturas"),
                button: Message(es: "Ver mis facturas", en: "See my invoices", pt: "Ver minhas faturas"),
                path: "/portal/invoices")
        ],
        parts: [
            Invoice.search,
            DaySalePart.onService, DaySalePart.onCustomer, PlanChangeCost.part, PlanChangeCost.rule,
            CustomerCards(
                20, for: .invoicesView,
                reading: { visit, customer in
                    [visit.database.invoicesStatement(concerning: customer.id, on: visit.today, limit: 5)]
                },
                { rows, visit, customer in
                    let invoices: [Invoice] = try rows[0].read()
                    guard !invoices.isEmpty else { return nil }
                    return CustomerCard(InvoiceWords.invoices.text(for: visit.reader), in: .side) {
                        InvoiceCardLines(
                            invoices: invoices, path: "\(customer.panelPath)/invoices", reader: visit.reader)
                    }
                }),
            AfterPayment(10) { paid, database in
                let (actor, now) = (paid.principal.actor, paid.principal.now)
                switch paid.event {
                case .applied:
                    try await database.grantEarlyDiscounts(
                        to: [paid.customer], paidOn: paid.paidOn, on: paid.bookedOn, by: actor, at: now,
                        from: paid.randomness)
                case .undone(let reason):
                    try await database.takeBackEarlyDiscounts(
                        from: [paid.customer], on: paid.bookedOn, because: reason, by: actor, at: now,
                        from: paid.randomness)
                case .takenInCash, .claimed, .rejected: break
                }
            },
            CustomerFacts(
                15, for: .invoicesView,
                reading: { visit, customer in [visit.database.earlyDiscountStatement(of: customer.id, on: visit.today)]
                },
                { rows, visit, _ in
                    let reader = visit.reader
                    return try (rows[0].read() as [Invoice]).compactMap { invoice in
                        invoice.early.map {
                            CustomerFact(
                                InvoiceWords.early.text(for: reader), $0.text(for: reader), .good,
                                at: "\(Invoice.list.path)/\(invoice.id)")
                        }
                    }
                }),
            CustomerNouns(at: "/panel/invoices", for: .invoicesView) { database, customer in
                """
                SELECT invoice_id FROM invoices WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)
                """
            },
            CustomerRows(
                10, papers: "invoices",
                Message(
                    es: "Facturas y notas de crédito", en: "Invoices and credit notes",
                    pt: "Faturas e notas de crédito"),
                holding: { _, database in _ = try await database.lockBilling() }),
        ])
}

extension Room {
    package static let invoices = Room(
        .invoices,
        panel: { routes, context in
            InvoiceRoutes(
                InvoiceActs(randomness: context.randomness), InvoicePrinter(in: context.sandbox),
                randomness: context.randomness, files: context.files
            ).add(to: &routes)
            BillingRoutes(randomness: context.randomness, files: context.files).add(to: &routes)
            DaySaleRoutes(InvoiceActs(randomness: context.randomness)).add(to: &routes)
        },
        portal: { routes, context in
            PortalInvoiceRoutes(InvoicePrinter(in: context.sandbox)).add(to: &routes)
            PortalDayRoutes(InvoiceActs(randomness: context.randomness)).add(to: &routes)
        },
        api: { routes, context in
            InvoiceAPI(InvoiceActs(randomness: context.randomness), InvoicePrinter(in: context.sandbox))
                .add(to: &routes)
            BillingAPI(randomness: context.randomness).add(to: &routes)
        },
        onPortal: PortalDayRoutes.ofSubscriber,
        jobs: { jobs, context in
            jobs.add(RaiseInvoices.self) { try await $0.run(in: $1, from: context.randomness) }
            jobs.add(GoOnBilling.self) { try await $0.run(in: $1, from: context.randomness) }
        },
        nightly: [RaiseInvoices.self])
}
