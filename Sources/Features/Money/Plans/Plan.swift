import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Time

/// A plan: un plan de internet. Its price and speeds apply to new sales; an existing service keeps what was agreed.
package struct Plan: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Plan>

    package let id: ID
    package var name = ""
    /// With or without tax, like all of the company's prices.
    package var price: Money
    package var tax = TaxRule.company
    package var charge = Charge.inAdvance
    /// The days of a prepaid package; 0 for monthly plans.
    package var days = 0
    /// As advertised.
    package var download = Speed(kilobits: 0)
    package var upload = Speed(kilobits: 0)
    /// As configured on routers, often more than advertised.
    package var provisionedDownload = Speed(kilobits: 0)
    package var provisionedUpload = Speed(kilobits: 0)
    package var burstDownload = Speed(kilobits: 0)
    package var burstUpload = Speed(kilobits: 0)
    package var thresholdDownload = Speed(kilobits: 0)
    package var thresholdUpload = Speed(kilobits: 0)
    package var burstSeconds = 0
    /// Whether its customers are reminded and cut automatically.
    package var isCollected = true
    package var earlyDiscount: Money
    /// Days after the invoice's date.
    package var earlyDays = 0
    package var retiredAt: Instant?

    package init(id: ID, in currency: Currency) {
        (self.id, price, earlyDiscount) = (id, .zero(currency), .zero(currency))
    }

    package var state: State { retiredAt == nil ? .inUse : .retired }
    package var currency: Currency { price.currency }

    package enum TaxRule: String, FieldChoice {
        case company, exempt

        package var message: Message {
            switch self {
            case .company: Message(es: "El de la empresa", en: "The company's", pt: "O da empresa")
            case .exempt: Message(es: "Exento", en: "Exempt", pt: "Isento")
            }
        }
    }

    package enum Charge: String, FieldChoice {
        case inAdvance = "in_advance"
        case inArrears = "in_arrears"
        case byDays = "by_days"

        package var message: Message {
            switch self {
            case .inAdvance: Message(es: "Por mes adelantado", en: "Monthly in advance", pt: "Por mês adiantado")
            case .inArrears: Message(es: "Por mes vencido", en: "Monthly in arrears", pt: "Por mês vencido")
            case .byDays: Message(es: "Por días prepago", en: "Prepaid days", pt: "Por dias pré-pagos")
            }
        }
    }

    package enum State: String, FieldChoice {
        case inUse = "in_use"
        case retired

        package var message: Message {
            switch self {
            case .inUse: Message(es: "En venta", en: "On sale", pt: "À venda")
            case .retired: Message(es: "Retirado", en: "Retired", pt: "Retirado")
            }
        }

        package var tone: Tone { self == .inUse ? .good : .quiet }
    }
}

extension Plan: Fielded {
    package static let noun = "Plan"

    package static let fields: [Field<Plan>] = basics + speeds + collection

    private static let basics: [Field<Plan>] = [
        .line("name", \.name, 1...100, Message(es: "Nombre del plan", en: "Name of the plan", pt: "Nome do plano"))
            .sorted(by: "name COLLATE \"und-x-icu\""),
        .money("price", \.price, isRequired: true, Message(es: "Precio", en: "Price", pt: "Preço"))
            .sorted(by: "price").hint(
                Message(
                    es: "El de las ventas nuevas; los servicios que ya lo tienen conservan el suyo.",
                    en: "That of new sales; services that have the plan keep theirs.",
                    pt: "O das novas vendas; os serviços que já o têm mantêm o seu.")
            ).meaning(
                Message(
                    es: "Precio en unidades mínimas de currency.", en: "Price in minor units of currency.",
                    pt: "Preço em unidades mínimas de currency.")),
        .choice("tax", \.tax, Message(es: "Impuesto", en: "Tax", pt: "Imposto")).only(in: [.form, .api, .record]),
        .choice("charge", \.charge, Message(es: "Se cobra", en: "Charged", pt: "Cobrança"))
            .only(in: [.form, .api, .record]),
        .count("days", \.days, 0...366, Message(es: "Días prepago", en: "Prepaid days", pt: "Dias pré-pagos"))
            .only(in: [.form, .api, .record]).hint(
                Message(
                    es: "Los que dura cada pago, si se cobra por días.",
                    en: "How long a payment lasts, where it is charged by days.",
                    pt: "Quantos dura cada pagamento, se for cobrado por dias.")),
    ]

    private static let speeds: [Field<Plan>] = [
        .speed(
            "download", \.download, isRequired: true,
            Message(es: "Velocidad de bajada", en: "Download speed", pt: "Velocidade de download")
        ).hint(
            Message(
                es: "La comercial: 8M, 512k o 1G.", en: "As advertised: 8M, 512k or 1G.",
                pt: "A comercial: 8M, 512k ou 1G.")
        ).meaning(inKilobits),
        .speed(
            "upload", \.upload, isRequired: true,
            Message(es: "Velocidad de subida", en: "Upload speed", pt: "Velocidade de upload")
        ).meaning(inKilobits),
        technical(
            "provisioned_download", \.provisionedDownload,
            Message(es: "Bajada aprovisionada", en: "Provisioned download", pt: "Download provisionado")
        ).hint(
            Message(
                es: "La que recibe el router; vacía, la comercial.",
                en: "What the router is told; empty, as advertised.",
                pt: "A que o roteador recebe; vazia, a comercial.")),
        technical(
            "provisioned_upload", \.provisionedUpload,
            Message(es: "Subida aprovisionada", en: "Provisioned upload", pt: "Upload provisionado")),
        technical(
            "burst_download", \.burstDownload,
            Message(es: "Bajada en ráfaga", en: "Burst download", pt: "Download em rajada")
        ).hint(
            Message(
                es: "Vacía si no hay ráfaga.", en: "Empty where there is no burst.", pt: "Vazia se não há rajada.")),
        technical(
            "burst_upload", \.burstUpload, Message(es: "Subida en ráfaga", en: "Burst upload", pt: "Upload em rajada")),
        technical(
            "threshold_download", \.thresholdDownload,
            Message(es: "Umbral de bajada", en: "Download threshold", pt: "Limiar de download")),
        technical(
            "threshold_upload", \.thresholdUpload,
            Message(es: "Umbral de subida", en: "Upload threshold", pt: "Limiar de upload")),
        .count(
            "burst_seconds", \.burstSeconds, 0...300,
            Message(es: "Segundos de ráfaga", en: "Burst seconds", pt: "Segundos de rajada")
        ).only(in: [.form, .api, .record]),
    ]

    private static let collection: [Field<Plan>] = [
        .flag(
            "is_collected", \.isCollected,
            Message(es: "Cobro automático", en: "Collected automatically", pt: "Cobrança automática")
        ).meaning(
            Message(
                es: "Si a sus clientes se les avisa y se les corta por falta de pago sin que nadie lo pida.",
                en: "Whether its customers are reminded and cut for unpaid invoices by themselves.",
                pt: "Se seus clientes são avisados e cortados por falta de pagamento sem que ninguém peça.")),
        .money(
            "early_discount", \.earlyDiscount,
            Message(
                es: "Descuento por pronto pago", en: "Early-payment discount", pt: "Desconto por pagamento antecipado")
        ).only(in: [.form, .api, .record]).meaning(
            Message(
                es: "Descuento por pronto pago, en unidades mínimas de currency.",
                en: "Early-payment discount in minor units of currency.",
                pt: "Desconto por pagamento antecipado, em unidades mínimas de currency.")),
        .count(
            "early_days", \.earlyDays, 0...31,
            Message(es: "Días de pronto pago", en: "Days of early payment", pt: "Dias de pagamento antecipado")
        ).only(in: [.form, .api, .record]).hint(
            Message(
                es: "Después del día de la factura.", en: "After the invoice's day.", pt: "Depois do dia da fatura.")),
    ]

    private static let inKilobits = Message(
        es: "En kilobits por segundo.", en: "In kilobits a second.", pt: "Em kilobits por segundo.")

    private static func technical(_ name: String, _ path: Field<Plan>.Path<Speed>, _ label: Message) -> Field<Plan> {
        .speed(name, path, label).only(in: [.form, .api, .record]).meaning(inKilobits)
    }
}

extension Plan: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("currency", currency.code)
            json.member("state", state.rawValue)
            json.fields(of: self)
        }
    }
}

extension Plan {
    private static let listed: [Field<UsedNoun<Plan>>] =
        fields.map { $0.of(\.noun) } + [
            .derived("state", \.noun.state, Message(es: "Estado", en: "Status", pt: "Situação"))
                .filtered(by: "CASE WHEN p.retired_at IS NULL THEN 'in_use' ELSE 'retired' END")
        ]

    /// A retired plan may share its name.
    static let list = List<UsedNoun<Plan>>(
        "plans", at: "/panel/plans", PlanWords.plans.message, of: listed, by: "name", key: "p.plan_id",
        id: \.noun.id.uuid, isSearchable: true)
}
