import API
import Access
import Assembly
import Declarations
import Events
import Locale
import Nouns
import Panel
import Payments
import Postgres

extension Permission {
    package static let receiptsPolicy = Permission("receipts.policy")
}

extension EventKind {
    package static let receiptPolicyChanged = EventKind(
        "receipts.policy_changed",
        Message(
            es: "Cambió la confianza en comprobantes", en: "Changed the trust in receipts",
            pt: "Alterou a confiança nos comprovantes"))
}

extension Notice {
    package static let receiptApproved = Notice(
        "receipt_approved",
        Message(es: "Comprobante aprobado.", en: "Receipt approved.", pt: "Comprovante aprovado."))
    package static let receiptRejected = Notice(
        "receipt_rejected",
        Message(es: "Comprobante rechazado.", en: "Receipt rejected.", pt: "Comprovante rejeitado."))
}

extension RoomDeclarations {
    package static let receipts = RoomDeclarations(
        "Receipts",
        permissions: [
            GrantablePermission(
                .receiptsPolicy,
                Message(
                    es: "Cambiar cuánto se confía en los comprobantes", en: "Change how far receipts are trusted",
                    pt: "Alterar quanto se confia nos comprovantes"),
                heldBy: .ownerOnly)
        ],
        menu: [
            MenuEntry(
                .menu(.collection, 12), ReceiptWords.toReview.message, path: ReceiptRoutes.path,
                permission: .paymentsView, icon: .billing,
                synonyms: Message(
                    es: "fotos transferencias yape nequi spei vouchers", en: "pictures transfers vouchers",
                    pt: "fotos transferências pix"),
                count: { tenant in
                    """
                    SELECT count(*) AS count FROM (
                        SELECT FROM payments p WHERE p.tenant_id = \(tenant) AND p.state = 'pending' AND EXISTS (
                            SELECT FROM receipt_readings r
                            WHERE r.tenant_id = p.tenant_id AND r.payment_id = p.payment_id) LIMIT 100) waiting
                    """
                }),
            MenuEntry(
                .settings(.collection, 15), ReceiptWords.policy.message, path: ReceiptRoutes.policyPath,
                permission: .receiptsPolicy, icon: .billing,
                synonyms: Message(
                    es: "comprobantes automático provisional fraude", en: "receipts automatic provisional fraud",
                    pt: "comprovantes automático provisório fraude")),
        ],
        notices: [.receiptApproved, .receiptRejected],
        events: [.receiptPolicyChanged],
        details: ReceiptPolicy.detailKinds,
        parts: [ReceiptActs.taking])
}

extension Room {
    package static let receipts = Room(
        .receipts,
        panel: { routes, context in ReceiptRoutes(PaymentActs(randomness: context.randomness)).add(to: &routes) },
        api: { routes, _ in ReceiptAPI().add(to: &routes) },
        jobs: { jobs, context in
            let acts = PaymentActs(randomness: context.randomness)
            jobs.add(ConfirmReceipts.self) { try await $0.run(in: $1, by: acts, knowing: context.catalogue) }
        },
        nightly: [ConfirmReceipts.self])
}
