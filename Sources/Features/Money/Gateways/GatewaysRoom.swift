import API
import Access
import Assembly
import Customers
import Declarations
import GatewayProtocol
import HTML
import Identifiers
import Ledger
import Locale
import Nouns
import Panel
import Payments
import Portal
import Postgres
import Tenancy

extension Permission {
    package static let gatewaysManage = Permission("gateways.manage")
    package static let onlinePaymentsView = Permission("online_payments.view")
    package static let onlinePaymentsAsk = Permission("online_payments.ask")
    package static let onlinePaymentsDecide = Permission("online_payments.decide")
}

extension EventKind {
    package static let gatewayChanged = EventKind(
        "gateway.changed",
        Message(es: "Cambió una pasarela de pago", en: "Changed a payment gateway", pt: "Alterou um meio de pagamento"))
    package static let onlinePaymentOpened = EventKind(
        "online_payment.opened",
        Message(es: "Abrió un pago en línea", en: "Opened an on-line payment", pt: "Abriu um pagamento on-line"))
    package static let onlinePaymentHeld = EventKind(
        "online_payment.held",
        Message(
            es: "Dejó un pago en línea por revisar", en: "Left an on-line payment to be looked at",
            pt: "Deixou um pagamento on-line a conferir"),
        told: Message(
            es: "Pago en línea por revisar", en: "On-line payment to be looked at",
            pt: "Pagamento on-line a conferir"), to: .onlinePaymentsView)
    package static let onlinePaymentClosed = EventKind(
        "online_payment.closed",
        Message(
            es: "Cerró la revisión de un pago en línea", en: "Closed what was to be looked at of an on-line payment",
            pt: "Encerrou a conferência de um pagamento on-line"))
}

extension Notice {
    package static let asked = Notice(
        "asked",
        Message(
            es: "Se le pregunta al proveedor; en unos segundos se ve aquí.",
            en: "The provider is being asked; it shows here in a few seconds.",
            pt: "O provedor está sendo consultado; em alguns segundos aparece aqui."))
}

extension RoomDeclarations {
    package static let gateways = RoomDeclarations(
        "Gateways",
        permissions: [
            GrantablePermission(
                .gatewaysManage,
                Message(
                    es: "Configurar pasarelas de pago", en: "Set up payment gateways",
                    pt: "Configurar meios de pagamento on-line"),
                heldBy: .ownerOnly, lent: .never),
            GrantablePermission(
                .onlinePaymentsView,
                Message(es: "Ver pagos en línea", en: "See on-line payments", pt: "Ver pagamentos on-line"),
                heldBy: [.cashier, .support, .accountant], isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .onlinePaymentsAsk,
                Message(
                    es: "Pedir pagos en línea", en: "Ask customers to pay on line", pt: "Pedir pagamentos on-line"),
                heldBy: [.cashier, .support], isWithinZones: true),
            GrantablePermission(
                .onlinePaymentsDecide,
                Message(
                    es: "Resolver pagos en línea por revisar", en: "Settle on-line payments that wait for somebody",
                    pt: "Resolver pagamentos on-line a conferir"),
                heldBy: .ownerOnly, isWithinZones: true),
        ],
        menu: [
            MenuEntry(
                .menu(.collection, 14), GatewayWords.onlinePayments.message, path: OnlinePaymentRoutes.path,
                permission: .onlinePaymentsView, icon: .billing,
                synonyms: Message(
                    es: "tarjeta stripe mercado pago conekta oxxo spei",
                    en: "card stripe mercado pago conekta oxxo spei",
                    pt: "cartão stripe mercado pago conekta oxxo spei"),
                count: { tenant in
                    """
                    SELECT count(*) AS count FROM (
                        SELECT FROM online_payments WHERE tenant_id = \(tenant) AND state = 'review' LIMIT 100) waiting
                    """
                }),
            MenuEntry(
                .settings(.collection, 48), GatewayWords.gateways.message, path: GatewayRoutes.path,
                permission: .gatewaysManage, icon: .billing,
                synonyms: Message(
                    es: "stripe mercado pago conekta tarjeta oxxo spei",
                    en: "stripe mercado pago conekta card oxxo spei",
                    pt: "stripe mercado pago conekta cartão oxxo spei")),
        ],
        notices: [.asked],
        events: [.gatewayChanged, .onlinePaymentOpened, .onlinePaymentHeld, .onlinePaymentClosed],
        details: [
            DetailKind("gateway_account", Message(es: "Cuenta", en: "Account", pt: "Conta")),
            DetailKind(
                "gateway_keys", Message(es: "Claves", en: "Keys", pt: "Chaves"),
                values: ["changed": Message(es: "Cambiadas", en: "Changed", pt: "Alteradas")]),
            .flag(
                "gateway_on",
                Message(es: "Se ofrece a los clientes", en: "Offered to customers", pt: "Oferecida aos clientes")),
            DetailKind("gateway", Message(es: "Pasarela", en: "Gateway", pt: "Meio de pagamento")),
            DetailKind("customer", Message(es: "Cliente", en: "Customer", pt: "Cliente")),
            .money("amount", Message(es: "Importe", en: "Amount", pt: "Valor")),
        ],
        parts: [
            WayToPay(10) { visit, owed in try await PortalPayRoutes.offer(visit, of: owed) },
            CustomerNouns(at: OnlinePaymentRoutes.path, for: .onlinePaymentsView) { database, customer in
                """
                SELECT online_payment_id FROM online_payments
                WHERE tenant_id = \(database.tenant) AND customer_id = \(customer) ORDER BY made_at DESC LIMIT 50
                """
            },
            CustomerRows(
                22, "online_payments", GatewayWords.onlinePayments.message, in: "online_payments",
                by: "online_payment_id"),
        ])
}

extension Crew {
    /// Providers may be slow to answer.
    static let gateways = Crew("gateways", places: 16)
}

extension Room {
    package static let gateways = Room(
        .gateways,
        panel: { routes, context in
            GatewayRoutes(GatewayActs(context)).add(to: &routes)
            OnlinePaymentRoutes(OnlinePaymentActs(context)).add(to: &routes)
            NoticeRoutes(GatewayActs(context)).add(to: &routes)
        },
        portal: { routes, context in
            PortalPayRoutes(OnlinePaymentActs(context), randomness: context.randomness).add(to: &routes)
        },
        api: { routes, context in
            OnlinePaymentAPI(acts: OnlinePaymentActs(context), randomness: context.randomness).add(to: &routes)
        },
        onPortal: { visit, customer in
            let owed = try await visit.database.balance(of: ID(customer), in: visit.tenant.currency).owed
            return [HomePart(.top, 21, OfferedWays(offer: try await WayToPay.offers(of: owed, for: visit)))]
        },
        jobs: { jobs, context in
            let acts = OnlinePaymentActs(context)
            jobs.add(LookAtOnlinePayment.self, to: .gateways) {
                try await $0.run(in: $1, by: acts, knowing: context.catalogue)
            }
            jobs.add(OpenOnlinePayment.self, to: .gateways) { try await $0.run(in: $1, by: acts) }
            jobs.add(FollowNotice.self, to: .gateways) { try await $0.run(in: $1, by: acts) }
            jobs.add(LookForOnlinePayments.self) { try await $0.run(in: $1) }
        },
        nightly: [LookForOnlinePayments.self])
}

private struct OfferedWays: View {
    let offer: Markup

    var body: Markup { offer }
}

extension GatewayActs {
    init(_ context: RoomContext) {
        self.init(context.gateways, vault: context.vault, randomness: context.randomness)
    }
}

extension OnlinePaymentActs {
    init(_ context: RoomContext) {
        self.init(GatewayActs(context), PaymentActs(randomness: context.randomness))
    }
}
