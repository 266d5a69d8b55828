import Assembly
import Declarations
import Locale
import Panel
import Tenancy

extension EventKind {
    package static let platformBillIssued = EventKind(
        "platform.bill_issued",
        Message(
            es: "Emitió una factura de la plataforma", en: "Issued a bill of the platform",
            pt: "Emitiu uma fatura da plataforma"))
    package static let platformBillAnnulled = EventKind(
        "platform.bill_annulled",
        Message(
            es: "Anuló una factura de la plataforma", en: "Annulled a bill of the platform",
            pt: "Anulou uma fatura da plataforma"))
    package static let platformPaymentRegistered = EventKind(
        "platform.payment_registered",
        Message(
            es: "Registró un pago a la plataforma", en: "Registered a payment to the platform",
            pt: "Registrou um pagamento à plataforma"))
    package static let platformPaymentReversed = EventKind(
        "platform.payment_reversed",
        Message(
            es: "Reversó un pago a la plataforma", en: "Reversed a payment to the platform",
            pt: "Estornou um pagamento à plataforma"))
}

extension RoomDeclarations {
    package static let platformBilling = RoomDeclarations(
        "PlatformBilling",
        menu: [
            MenuEntry(
                .settings(.company, 40), Message(es: "Mi plan", en: "My plan", pt: "Meu plano"), path: "/panel/plan",
                permission: .settingsManage, icon: .billing,
                synonyms: Message(
                    es: "facturas pagos suscripción mastil", en: "invoices bills payments subscription",
                    pt: "faturas pagamentos assinatura"))
        ],
        events: [
            .platformBillIssued, .platformBillAnnulled, .platformPaymentRegistered, .platformPaymentReversed,
        ],
        details: [
            DetailKind("bill_number", Message(es: "Factura n.º", en: "Bill no.", pt: "Fatura n.º")),
            .days("period", Message(es: "Periodo", en: "Period", pt: "Período")),
            .day("due_on", Message(es: "Fecha límite", en: "Due on", pt: "Vencimento")),
            .money("amount", Message(es: "Importe", en: "Amount", pt: "Valor")),
            .day("day", Message(es: "Fecha", en: "Day", pt: "Data")),
            DetailKind("method", Message(es: "Forma de pago", en: "Way of payment", pt: "Forma de pagamento")) {
                value, _, reader in
                PaymentMethod(rawValue: value)?.words.text(for: reader) ?? value
            },
            DetailKind("payment_reference", Message(es: "Referencia", en: "Reference", pt: "Referência")),
        ])
}

extension Room {
    package static let platformBilling = Room(
        .platformBilling,
        panel: { routes, context in
            MyPlanRoutes(
                printer: BillPrinter(database: context.database, in: context.sandbox), figures: context.rooms.figures
            ).add(to: &routes)
        },
        home: OverdueBills.parts,
        jobs: { jobs, context in
            let books = PlatformBooks(database: context.database, randomness: context.randomness)
            jobs.add(RaiseBills.self) { try await $0.run(in: $1, with: books) }
        })
}
