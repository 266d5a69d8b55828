import API
import Access
import Customers
import GatewayProtocol
import Identifiers
import JSON
import Locale
import Nouns
import Tenancy
import Time

/// On-line payments as programs see them: asked for, and read until the provider has said that the money came. The payment
/// that is written down then has the same identifier.
struct OnlinePaymentAPI: Sendable {
    let acts: OnlinePaymentActs
    let randomness: Randomness

    func add(to routes: inout API.Routes) {
        routes.list("/api/v1/gateways", .gatewaysManage, OnlinePaymentAPIWords.gateways, by: NoInput.self) {
            visit, _, page in
            try await visit.database.gateways().sorted { $0.position < $1.position }
                .filter { $0.position > page.after }.prefix(page.limit).map(\.self)
        }
        routes.list(
            "/api/v1/online-payments", .onlinePaymentsView, OnlinePaymentAPIWords.list, by: OnlinePaymentFilter.self
        ) { visit, filter, page in
            try await visit.database.onlinePayments(
                after: page.after, in: filter.state, of: filter.customer, limit: page.limit)
        }
        routes.get("/api/v1/online-payments/:id", .onlinePaymentsView, OnlinePaymentAPIWords.read) {
            (visit, id: OnlinePayment.ID) in try await visit.database.onlinePayment(id)
        }
        routes.post("/api/v1/online-payments", .onlinePaymentsAsk, OnlinePaymentAPIWords.create) {
            (visit, input: OnlinePaymentInput) in
            let new = input.payment(
                in: visit.tenant.currency, otherwise: .make(milliseconds: visit.now.milliseconds, from: randomness))
            guard let new else { throw GatewayRefusal.noWay }
            return try await acts.ask(new, of: visit.tenant, at: visit.address, now: visit.now, in: visit.database)
        }
    }
}

extension Gateway: ListedResource {
    package static let schema = Schema.object(
        "Gateway",
        [
            .required("gateway", .words(GatewayProvider.allCases.map(\.rawValue)), OnlinePaymentAPIWords.gateway),
            .required("account", .text, OnlinePaymentAPIWords.account),
            .required("is_on", .flag, OnlinePaymentAPIWords.isOn),
            .required("is_live", .flag, OnlinePaymentAPIWords.isLive),
            .required(
                "ways", .list(of: .words(PaymentWay.allCases.map(\.rawValue))), OnlinePaymentAPIWords.ways),
            .required("currencies", .list(of: .text), OnlinePaymentAPIWords.currencies),
            .required("examined_at", .text, OnlinePaymentAPIWords.examinedAt),
            .required("noticed_at", Schema.text.orNull, OnlinePaymentAPIWords.noticedAt),
        ])

    package var path: String { "/api/v1/gateways" }
    package var position: Int { (GatewayProvider.allCases.firstIndex(of: provider) ?? 0) + 1 }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("gateway", provider.rawValue)
            json.member("account", account)
            json.member("is_on", isOn)
            json.member("is_live", isLive)
            json.member("ways", provider.ways.map(\.rawValue))
            json.member("currencies", currencies ?? [])
            json.member("examined_at", examinedAt.rfc3339)
            json.member("noticed_at", noticedAt?.rfc3339)
        }
    }
}

extension OnlinePayment: ListedResource, QueuedResource {
    package static let schema = Schema.object(
        "OnlinePayment",
        [
            .required("id", .id, OnlinePaymentAPIWords.id),
            .required("customer", .id, OnlinePaymentAPIWords.customer),
            .required("gateway", .words(GatewayProvider.allCases.map(\.rawValue)), OnlinePaymentAPIWords.gateway),
            .required("way", .words(PaymentWay.allCases.map(\.rawValue)), OnlinePaymentAPIWords.way),
            .required("amount", .integer(1...Int(Money.most)), OnlinePaymentAPIWords.amount),
            .required("currency", .text, OnlinePaymentAPIWords.currency),
            .required("state", .words(State.allCases.map(\.rawValue)), OnlinePaymentAPIWords.state),
            .required("trouble", .words([""] + Trouble.allCases.map(\.rawValue)), OnlinePaymentAPIWords.trouble),
            .required("address", Schema.text.orNull, OnlinePaymentAPIWords.address),
            .required("pay_reference", Schema.text.orNull, OnlinePaymentAPIWords.payReference),
            .required("pay_place", Schema.text.orNull, OnlinePaymentAPIWords.payPlace),
            .required("checkout", Schema.text.orNull, OnlinePaymentAPIWords.checkout),
            .required("received", Schema.integer(0...Int(Int64.max)).orNull, OnlinePaymentAPIWords.received),
            .required("refunded", .integer(0...Int(Int64.max)), OnlinePaymentAPIWords.refunded),
            .required("made_at", .text, OnlinePaymentAPIWords.madeAt),
            .required("expires_at", .text, OnlinePaymentAPIWords.expiresAt),
            .required("settled_at", Schema.text.orNull, OnlinePaymentAPIWords.settledAt),
            .required("reason", .text, OnlinePaymentAPIWords.reason),
        ])

    package var path: String { "/api/v1/online-payments/\(id)" }
    package var position: Int { number }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("customer", customer.description)
            json.member("gateway", provider.rawValue)
            json.member("way", way.rawValue)
            json.member("amount", amount.minor)
            json.member("currency", amount.currency.code)
            json.member("state", state.rawValue)
            json.member("trouble", trouble?.rawValue ?? "")
            json.member("address", address)
            json.member("pay_reference", payReference)
            json.member("pay_place", payPlace)
            json.member("checkout", checkout)
            json.member("received", receivedMinor)
            json.member("refunded", refundedMinor)
            json.member("made_at", madeAt.rfc3339)
            json.member("expires_at", expiresAt.rfc3339)
            json.member("settled_at", settledAt?.rfc3339)
            json.member("reason", reason)
        }
    }
}

struct OnlinePaymentFilter: Input {
    static let schema = Schema.object(
        "OnlinePaymentFilter",
        [
            .optional("state", .words(OnlinePayment.State.allCases.map(\.rawValue)), OnlinePaymentAPIWords.ofState),
            .optional("customer", .id, OnlinePaymentAPIWords.ofCustomer),
        ])

    let state: OnlinePayment.State?
    let customer: Customer.ID?

    init(_ members: Members) {
        state = members.word("state")
        customer = members.id("customer")
    }
}

struct OnlinePaymentInput: Input {
    static let schema = Schema.object(
        "NewOnlinePayment",
        [
            .optional("id", .id, OnlinePaymentAPIWords.ownID),
            .required("customer", .id, OnlinePaymentAPIWords.customer),
            .required("gateway", .words(GatewayProvider.allCases.map(\.rawValue)), OnlinePaymentAPIWords.gateway),
            .required("way", .words(PaymentWay.allCases.map(\.rawValue)), OnlinePaymentAPIWords.way),
            .required("amount", .integer(1...Int(Money.most)), OnlinePaymentAPIWords.amount),
        ])

    private let members: Members

    init(_ members: Members) { self.members = members }

    func payment(in currency: Currency, otherwise id: OnlinePayment.ID) -> NewOnlinePayment? {
        guard let customer: Customer.ID = members.id("customer"),
            let provider: GatewayProvider = members.word("gateway"),
            let way: PaymentWay = members.word("way")
        else { return nil }
        return NewOnlinePayment(
            id: members.id("id") ?? id, customer: customer, way: GatewayWay(provider: provider, way: way),
            amount: Money(minor: Int64(members.integer("amount") ?? 0), currency))
    }
}

enum OnlinePaymentAPIWords: MessageCatalogue {
    case gateways, list, read, create, gateway, account, isOn, isLive, ways, currencies, examinedAt, noticedAt
    case id, ownID, customer, way, amount, currency, state, trouble, address, payReference, payPlace, checkout
    case received, refunded, madeAt, expiresAt, settledAt, reason, ofState, ofCustomer

    var message: Message {
        switch self {
        case .gateways:
            Message(es: "Las pasarelas de pago", en: "The payment gateways", pt: "Os meios de pagamento on-line")
        case .list: Message(es: "Los pagos en línea", en: "The on-line payments", pt: "Os pagamentos on-line")
        case .read: Message(es: "Un pago en línea", en: "One on-line payment", pt: "Um pagamento on-line")
        case .create:
            Message(
                es: "Pide a un cliente que pague en línea: la dirección o la referencia está cuando el estado es open",
                en: "Asks a customer to pay on line: its address or reference is there once the state is open",
                pt: "Pede a um cliente que pague on-line: o endereço ou a referência está quando a situação é open")
        case .gateway: Message(es: "La pasarela.", en: "The gateway.", pt: "O meio de pagamento.")
        case .account:
            Message(es: "La cuenta con el proveedor.", en: "The account at the provider.", pt: "A conta no provedor.")
        case .isOn:
            Message(
                es: "Si se ofrece a los clientes.", en: "Whether it is offered to customers.",
                pt: "Se é oferecido aos clientes.")
        case .isLive:
            Message(es: "Si no es de prueba.", en: "Whether it is no test account.", pt: "Se não é de teste.")
        case .ways: Message(es: "Cómo se paga allí.", en: "How it is paid there.", pt: "Como se paga ali.")
        case .currencies:
            Message(
                es: "En qué monedas cobra, ISO 4217; vacío si en cualquiera.",
                en: "What it charges in, ISO 4217; empty for any currency.",
                pt: "Em que moedas cobra, ISO 4217; vazio se em qualquer uma.")
        case .examinedAt:
            Message(
                es: "Cuándo se probaron las claves.", en: "When the keys were tried.",
                pt: "Quando as chaves foram testadas.")
        case .noticedAt:
            Message(
                es: "Cuándo llegó el último aviso.", en: "When the last notice came.",
                pt: "Quando chegou o último aviso.")
        case .id:
            Message(
                es: "Identifica el pago en línea, y el pago que se registra cuando llega.",
                en: "Stands for the on-line payment, and for the payment that is written down when it comes.",
                pt: "Identifica o pagamento on-line e o pagamento que se registra quando chega.")
        case .ownID:
            Message(
                es: "El identificador que usted hizo; pedido otra vez no se repite.",
                en: "The identifier that you made; asked for again it is not repeated.",
                pt: "O identificador que você fez; pedido de novo não se repete.")
        case .customer: Message(es: "El cliente.", en: "The customer.", pt: "O cliente.")
        case .way:
            Message(
                es:
                    "hosted: en una página del proveedor; cash: en efectivo con una referencia; transfer: a una cuenta.",
                en: "hosted: on a page of the provider's; cash: with a reference at a shop; transfer: to an account.",
                pt: "hosted: numa página do provedor; cash: em dinheiro com uma referência; transfer: a uma conta.")
        case .amount:
            Message(
                es: "El importe en unidades menores (centavos).", en: "The amount in minor units (cents).",
                pt: "O valor em unidades menores (centavos).")
        case .currency: Message(es: "Moneda, ISO 4217.", en: "Currency, ISO 4217.", pt: "Moeda, ISO 4217.")
        case .state:
            Message(
                es: "Lo que el proveedor dice; review espera a una persona.",
                en: "What the provider says; review waits for a person.",
                pt: "O que o provedor diz; review espera uma pessoa.")
        case .trouble:
            Message(
                es: "Por qué espera a una persona; vacío si no espera.",
                en: "Why it waits for a person; empty if it does not.",
                pt: "Por que espera uma pessoa; vazio se não espera.")
        case .address:
            Message(
                es: "Adonde va el cliente a pagar.", en: "Where the customer goes to pay.",
                pt: "Aonde o cliente vai pagar.")
        case .payReference:
            Message(
                es: "Lo que se dice en la tienda, o la cuenta (CLABE).",
                en: "What is said at the shop, or the account (CLABE).",
                pt: "O que se diz na loja, ou a conta (CLABE).")
        case .payPlace: Message(es: "La tienda o el banco.", en: "The shop or the bank.", pt: "A loja ou o banco.")
        case .checkout:
            Message(
                es: "El número del proveedor.", en: "The provider's number of it.", pt: "O número do provedor.")
        case .received:
            Message(
                es: "Lo que el proveedor dice que llegó, en unidades menores.",
                en: "What the provider says that came, in minor units.",
                pt: "O que o provedor diz que chegou, em unidades menores.")
        case .refunded:
            Message(
                es: "Lo que de ello se devolvió al cliente, en unidades menores.",
                en: "What of it went back to the customer, in minor units.",
                pt: "O que disso foi devolvido ao cliente, em unidades menores.")
        case .madeAt: Message(es: "Cuándo se pidió.", en: "When it was asked for.", pt: "Quando foi pedido.")
        case .expiresAt: Message(es: "Hasta cuándo se paga.", en: "Until when it is paid.", pt: "Até quando se paga.")
        case .settledAt:
            Message(
                es: "Cuándo dejó de esperarse.", en: "When nothing more was expected.",
                pt: "Quando deixou de ser esperado.")
        case .reason:
            Message(
                es: "Por qué no se abrió, o qué se decidió.", en: "Why it did not open, or what was decided.",
                pt: "Por que não abriu, ou o que se decidiu.")
        case .ofState:
            Message(es: "Solo los de este estado.", en: "Only those of this status.", pt: "Só os desta situação.")
        case .ofCustomer:
            Message(es: "Solo los de este cliente.", en: "Only those of this customer.", pt: "Só os deste cliente.")
        }
    }
}
