import API
import Access
import Assembly
import Customers
import Declarations
import HTML
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import Tenancy

extension Permission {
    package static let paymentsView = Permission("payments.view")
    package static let paymentsRegister = Permission("payments.register")
    package static let paymentsApply = Permission("payments.apply")
    package static let paymentsApprove = Permission("payments.approve")
    package static let paymentsReverse = Permission("payments.reverse")
    package static let paymentsRefund = Permission("payments.refund")
    package static let paymentsWithhold = Permission("payments.withhold")
    package static let paymentsMethods = Permission("payments.methods")
}

extension EventKind {
    package static let paymentRegistered = EventKind(
        "payment.registered",
        Message(
            es: "Registró un pago por verificar", en: "Wrote down a payment to be checked",
            pt: "Registrou um pagamento a verificar"),
        told: Message(es: "Pago por verificar", en: "Payment to be checked", pt: "Pagamento a verificar"),
        to: .paymentsView)
    package static let paymentApplied = EventKind(
        "payment.applied", Message(es: "Aplicó un pago", en: "Applied a payment", pt: "Aplicou um pagamento"),
        told: Message(es: "Pago aplicado", en: "Payment applied", pt: "Pagamento aplicado"), to: .paymentsView)
    package static let paymentRejected = EventKind(
        "payment.rejected", Message(es: "Rechazó un pago", en: "Rejected a payment", pt: "Rejeitou um pagamento"),
        told: Message(es: "Pago rechazado", en: "Payment rejected", pt: "Pagamento rejeitado"), to: .paymentsView)
    package static let paymentCorrected = EventKind(
        "payment.corrected",
        Message(
            es: "Corrigió un pago por verificar", en: "Corrected a payment to be checked",
            pt: "Corrigiu um pagamento a verificar"))
    package static let paymentReversed = EventKind(
        "payment.reversed", Message(es: "Reversó un pago", en: "Reversed a payment", pt: "Estornou um pagamento"),
        told: Message(es: "Pago reversado", en: "Payment reversed", pt: "Pagamento estornado"), to: .paymentsView)
    package static let paymentChargedBack = EventKind(
        "payment.charged_back",
        Message(es: "Registró un contracargo", en: "Wrote down a chargeback", pt: "Registrou um estorno do banco"),
        told: Message(es: "Contracargo de un pago", en: "Payment charged back", pt: "Pagamento contestado"),
        to: .paymentsView)
    package static let refundRequested = EventKind(
        "refund.requested",
        Message(es: "Pidió una devolución", en: "Asked for a refund", pt: "Pediu uma devolução"),
        told: Message(es: "Devolución por aprobar", en: "Refund to be approved", pt: "Devolução a aprovar"),
        to: .paymentsView)
    package static let refundApplied = EventKind(
        "refund.applied", Message(es: "Devolvió saldo a favor", en: "Gave a refund", pt: "Devolveu saldo a favor"),
        told: Message(es: "Saldo devuelto", en: "Refund given", pt: "Saldo devolvido"), to: .paymentsView)
    package static let withholdingApplied = EventKind(
        "withholding.applied",
        Message(es: "Registró una retención", en: "Wrote down a withholding", pt: "Registrou uma retenção"),
        told: Message(es: "Retención registrada", en: "Withholding written down", pt: "Retenção registrada"),
        to: .paymentsView)
    package static let adjustmentRejected = EventKind(
        "refund.rejected", Message(es: "Rechazó una devolución", en: "Rejected a refund", pt: "Rejeitou uma devolução"),
        told: Message(es: "Devolución rechazada", en: "Refund rejected", pt: "Devolução rejeitada"), to: .paymentsView)
    package static let adjustmentReversed = EventKind(
        "adjustment.reversed",
        Message(
            es: "Reversó una devolución o retención", en: "Reversed a refund or withholding",
            pt: "Estornou uma devolução ou retenção"),
        told: Message(
            es: "Devolución o retención reversada", en: "Refund or withholding reversed",
            pt: "Devolução ou retenção estornada"), to: .paymentsView)
    package static let paymentMethodChanged = EventKind(
        "payment_method.changed",
        Message(
            es: "Cambió una forma de pago", en: "Changed a method of payment", pt: "Alterou uma forma de pagamento"))
}

extension Notice {
    package static let paymentTaken = Notice(
        "payment_taken", Message(es: "Pago aplicado.", en: "Payment applied.", pt: "Pagamento aplicado."))
    package static let paymentHeld = Notice(
        "payment_held",
        Message(
            es: "Pago registrado, por verificar. El saldo aún no cambia.",
            en: "Payment written down, to be checked. The balance does not change yet.",
            pt: "Pagamento registrado, a verificar. O saldo ainda não muda."))
}

extension Notice {
    package static let receiptSent = Notice(
        "receipt_sent",
        Message(
            es: "Recibimos su comprobante. Lo revisaremos pronto.",
            en: "We have your receipt and will look at it soon.", pt: "Recebemos seu comprovante. Vamos conferi-lo."))
}

extension RoomDeclarations {
    package static let payments = RoomDeclarations(
        "Payments",
        permissions: [
            GrantablePermission(
                .paymentsView, Message(es: "Ver pagos", en: "See payments", pt: "Ver pagamentos"),
                heldBy: [.accountant, .cashier, .collector, .support], isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .paymentsRegister,
                Message(
                    es: "Cobrar: registrar pagos", en: "Take payments: write them down",
                    pt: "Cobrar: registrar pagamentos"),
                heldBy: [.cashier, .collector], isWithinZones: true),
            GrantablePermission(
                .paymentsApply,
                Message(
                    es: "Cobrar sin que otra persona apruebe", en: "Take payments without another's approval",
                    pt: "Cobrar sem aprovação de outra pessoa"),
                heldBy: [.cashier], isWithinZones: true),
            GrantablePermission(
                .paymentsApprove,
                Message(
                    es: "Aprobar y rechazar pagos", en: "Approve and reject payments",
                    pt: "Aprovar e rejeitar pagamentos"),
                heldBy: .ownerOnly, isWithinZones: true),
            GrantablePermission(
                .paymentsReverse,
                Message(
                    es: "Reversar pagos, devoluciones y retenciones, y registrar contracargos",
                    en: "Reverse payments, refunds and withholdings, and write down chargebacks",
                    pt: "Estornar pagamentos, devoluções e retenções, e registrar contestações"),
                heldBy: .ownerOnly, isWithinZones: true),
            GrantablePermission(
                .paymentsRefund,
                Message(
                    es: "Devolver saldo a favor", en: "Refund what is in favour", pt: "Devolver saldo a favor"),
                heldBy: .ownerOnly, isWithinZones: true),
            GrantablePermission(
                .paymentsWithhold,
                Message(
                    es: "Registrar retenciones", en: "Write down withholdings", pt: "Registrar retenções"),
                heldBy: [.accountant], isWithinZones: true),
            GrantablePermission(
                .paymentsMethods,
                Message(
                    es: "Cambiar formas de pago y límites", en: "Change methods of payment and limits",
                    pt: "Alterar formas de pagamento e limites"),
                heldBy: .ownerOnly),
        ],
        menu: [
            MenuEntry(
                .menu(.collection, 10), Message(es: "Pagos", en: "Payments", pt: "Pagamentos"), path: "/panel/payments",
                permission: .paymentsView, icon: .billing,
                count: { tenant in
                    """
                    SELECT count(*) AS count FROM (
                        SELECT FROM payments WHERE tenant_id = \(tenant) AND state = 'pending' LIMIT 100) waiting
                    """
                }),
            MenuEntry(
                .menu(.finance, 25), AdjustmentWords.adjustments.message, path: Adjustment.list.path,
                permission: .paymentsView, icon: .billing,
                synonyms: Message(
                    es: "reembolsos contracargos certificados", en: "refunds chargebacks certificates",
                    pt: "reembolsos contestações certificados"),
                count: { tenant in
                    """
                    SELECT count(*) AS count FROM (
                        SELECT FROM account_adjustments
                        WHERE tenant_id = \(tenant) AND state = 'pending' LIMIT 100) waiting
                    """
                }),
            MenuEntry(
                .task([.cashier, .collector], 10), PaymentWords.take.message, path: WhoPaysPage.path,
                permission: .paymentsRegister, icon: .collection),
            MenuEntry(
                .task([.cashier], 60),
                Message(es: "Reimprimir", en: "Print again", pt: "Reimprimir"), path: "/panel/payments",
                permission: .paymentsView, icon: .billing),
            MenuEntry(
                .act, PaymentWords.take.message, path: WhoPaysPage.path, permission: .paymentsRegister, icon: .plus,
                synonyms: Message(
                    es: "registrar pago abono recibo", en: "take payment collect", pt: "registrar pagamento recibo")),
            MenuEntry(
                .settings(.collection, 10),
                Message(es: "Formas de pago", en: "Methods of payment", pt: "Formas de pagamento"),
                path: "/panel/payment-methods", permission: .paymentsMethods, icon: .billing),
        ],
        notices: [.paymentTaken, .paymentHeld, .receiptSent],
        events: [
            .paymentRegistered, .paymentApplied, .paymentRejected, .paymentCorrected, .paymentReversed,
            .paymentChargedBack, .refundRequested, .refundApplied, .withholdingApplied, .adjustmentRejected,
            .adjustmentReversed, .paymentMethodChanged,
        ],
        details: [
            DetailKind(
                "payment_state", Message(es: "Estado del pago", en: "Payment's status", pt: "Situação do pagamento"),
                values: Dictionary(uniqueKeysWithValues: Payment.State.allCases.map { ($0.rawValue, $0.message) })),
            .money("amount", Message(es: "Importe", en: "Amount", pt: "Valor")),
            DetailKind("method", Message(es: "Forma de pago", en: "Method of payment", pt: "Forma de pagamento")),
            .day("day", Message(es: "Fecha", en: "Date", pt: "Data")),
            DetailKind("reference", Message(es: "Referencia", en: "Reference", pt: "Referência")),
            DetailKind("customer", Message(es: "Cliente", en: "Customer", pt: "Cliente")),
            DetailKind("supervisor", Message(es: "Autorizó", en: "Confirmed by", pt: "Autorizado por")),
            .flag(
                "needs_reference",
                Message(es: "Pide referencia", en: "Needs a reference", pt: "Pede referência")),
            .flag(
                "active",
                Message(es: "Se ofrece al cobrar", en: "Offered when taking payments", pt: "Oferecida ao cobrar")),
            .flag(
                "false_receipt",
                Message(es: "Comprobante falso", en: "False receipt", pt: "Comprovante falso")),
            DetailKind(
                "limits", Message(es: "Sin aprobación hasta", en: "Without approval up to", pt: "Sem aprovação até")),
        ],
        portalCards: [
            PortalCard(
                14, PaymentWords.alreadyPaid.message,
                hint: Message(
                    es: "Envíe la foto de su comprobante.", tu: "Envía la foto de tu comprobante.",
                    vos: "Enviá la foto de tu comprobante.", en: "Send the picture of your receipt.",
                    pt: "Envie a foto do seu comprovante."),
                button: PaymentWords.sendEvidence.message, path: "/portal/receipts")
        ],
        parts: [
            Payment.search,
            Adjustment.card,
            CustomerNouns(at: Adjustment.list.path, for: .paymentsView) { database, customer in
                """
                SELECT adjustment_id FROM account_adjustments
                WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)
                ORDER BY number DESC LIMIT 50
                """
            },
            CustomerRows(
                21, "account_adjustments", AdjustmentWords.adjustments.message, in: "account_adjustments",
                by: "adjustment_id"),
            CustomerActs(10, for: .paymentsRegister) { _, visit, customer in
                guard visit.mayAct(with: .paymentsRegister) else { return [] }
                return [
                    CustomerAct(
                        PaymentWords.take.text(for: visit.reader),
                        at: "\(Customer.list.path)/\(customer.account)/payments/new", .primary,
                        icon: .billing, key: "p")
                ]
            },
            CustomerCards(
                12, for: .paymentsView,
                reading: { visit, customer in [visit.database.paymentsStatement(of: customer.account, limit: 3)] },
                { rows, visit, customer in
                    let payments: [Payment] = try rows[0].read()
                    guard !payments.isEmpty else { return nil }
                    return CustomerCard(PaymentWords.lastPayments.text(for: visit.reader), in: .side) {
                        ul(.class("plain lines")) {
                            for payment in payments {
                                li {
                                    a(.href("\(Payment.list.path)/\(payment.id)")) {
                                        payment.day.text(.short, for: visit.reader)
                                    }
                                    StateMark(payment.state, for: visit.reader)
                                    span(.class("figures")) { payment.amount.exactText(for: visit.reader) }
                                }
                            }
                        }
                    }
                }),
            CustomerFacts(
                15, for: .paymentsView,
                reading: { visit, customer in
                    [visit.database.pendingStatement(of: customer.id, in: visit.tenant.currency)]
                },
                { rows, visit, customer in
                    let minor: Int64 = try rows[0].first?.read("amount") ?? 0
                    guard minor > 0 else { return [] }
                    return [
                        CustomerFact(
                            Payment.State.pending.text(for: visit.reader),
                            Money(minor: minor, visit.tenant.currency).exactText(for: visit.reader), .warning,
                            at: "\(Payment.list.path)?state=pending&customer=\(customer.id)")
                    ]
                }),
            CustomerNouns(at: Payment.list.path, for: .paymentsView) { database, customer in
                """
                SELECT payment_id FROM payments WHERE tenant_id = \(database.tenant) AND customer_id = \(customer)
                ORDER BY made_at DESC LIMIT 50
                """
            },
            CustomerRows(
                20, papers: "payments", Message(es: "Pagos", en: "Payments", pt: "Pagamentos"),
                holding: { customer, database in try await database.holdPayments(of: customer) }),
        ])
}

extension Room {
    package static let payments = Room(
        .payments,
        panel: { routes, context in
            PaymentRoutes(
                PaymentActs(randomness: context.randomness), ReceiptPrinter(in: context.sandbox),
                vault: context.vault, randomness: context.randomness, files: context.files
            ).add(to: &routes)
            MethodRoutes().add(to: &routes)
            AdjustmentRoutes(PaymentActs(randomness: context.randomness), files: context.files).add(to: &routes)
        },
        portal: { routes, context in
            PortalReceiptRoutes(
                PaymentActs(randomness: context.randomness), drawingIn: context.sandbox, vault: context.vault,
                randomness: context.randomness
            ).add(to: &routes)
        },
        api: { routes, context in
            PaymentAPI(
                PaymentActs(randomness: context.randomness), ReceiptPrinter(in: context.sandbox), vault: context.vault,
                randomness: context.randomness
            ).add(to: &routes)
            AdjustmentAPI(PaymentActs(randomness: context.randomness)).add(to: &routes)
        },
        home: PaymentHome.parts, onPortal: PendingReceipts.ofSubscriber)
}
