import Customers
import Identifiers
import Locale
import Notices
import Postgres
import Services
import Tenancy
import Time

extension CollectionMessage.Kind {
    /// The kind of notice that tells it.
    var notice: NoticeKind {
        NoticeKind(
            "collection.\(rawValue)", words,
            blanks: (MessageText.Name.allCases.filter { $0 != .bank || tellsHowToPay }).map(\.rawValue) + ["corte"],
            tellsHowToPay: tellsHowToPay,
            applies: { notice, database in
                // A customer who paid meanwhile is not asked for money.
                guard [.notice, .reminder, .warning].contains(self),
                    let step = try await database.collectionStep(CollectionStep.ID(notice.about)),
                    step.owed.isPositive
                else { return true }
                return try await database.owes(step.customer, in: step.owed.currency)
            })
    }

    private var words: Message {
        switch self {
        case .notice: Message(es: "Cobranza: aviso de factura", en: "Collection: bill", pt: "Cobrança: fatura")
        case .reminder:
            Message(es: "Cobranza: recordatorio", en: "Collection: reminder", pt: "Cobrança: lembrete")
        case .warning:
            Message(es: "Cobranza: advertencia de corte", en: "Collection: warning", pt: "Cobrança: aviso de corte")
        case .cut: Message(es: "Cobranza: corte", en: "Collection: cut", pt: "Cobrança: corte")
        case .fraud:
            Message(
                es: "Cobranza: corte por comprobantes falsos", en: "Collection: cut for false receipts",
                pt: "Cobrança: corte por comprovantes falsos")
        case .daysEnding:
            Message(
                es: "Cobranza: días por terminar", en: "Collection: days about to end",
                pt: "Cobrança: dias para terminar")
        case .daysOver:
            Message(es: "Cobranza: días terminados", en: "Collection: days over", pt: "Cobrança: dias terminados")
        case .missing:
            Message(
                es: "Cobranza: pago incompleto", en: "Collection: payment too small",
                pt: "Cobrança: pagamento incompleto")
        case .reconnected:
            Message(es: "Cobranza: reconexión", en: "Collection: reconnection", pt: "Cobrança: reconexão")
        }
    }
}

extension NoticeKind {
    static var collection: [NoticeKind] { CollectionMessage.Kind.allCases.map(\.notice) }
}

extension Decision {
    /// What its customer is told.
    var notices: [NoticeKind] {
        steps.compactMap { step in
            switch step {
            case .tell(let stage):
                (endDay(of: stage) != nil ? CollectionMessage.Kind.daysEnding : CollectionMessage.Kind(stage)).notice
            case .cut(.fraud): CollectionMessage.Kind.fraud.notice
            case .cut(.daysOver): CollectionMessage.Kind.daysOver.notice
            case .cut: CollectionMessage.Kind.cut.notice
            default: nil
            }
        }
    }
}

/// By which channels customers are told.
package struct CollectionChannels: Sendable {
    let carriers: [NoticeCarrier]
    /// Whether a mail server is configured.
    let isMailed: Bool

    package init(_ carriers: [NoticeCarrier] = [.email], isMailed: Bool = true) {
        (self.carriers, self.isMailed) = (carriers, isMailed)
    }

    func reach(
        _ customers: [Customer.ID], of tenant: Tenant, at now: Instant, in database: TenantDatabase
    ) async throws -> NoticeReach {
        try await NoticeReach(
            customers, by: carriers,
            at: NoticeDesk(tenant, in: database, at: now, randomness: .system, address: "", isMailed: isMailed))
    }
}
