import Customers
import Identifiers
import JSON
import Locale
import Nouns
import Plans
import Postgres
import Time
import Zones

/// A service: a plan at a place. The events of its life are nouns of their own: activation, freeze, plan change, move,
/// cut and cancellation.
package struct Service: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Service>

    package let id: ID
    /// Numbered within the tenant, 0 before it is added.
    package var number = 0
    package let customer: Customer.ID
    package var address = ""
    package var neighbourhood = ""
    package var coordinates: Coordinates?
    package var zone: Zone.ID?
    /// The contact on site, if not the customer.
    package var contact = ""
    package var contactPhone = ""
    /// The day of the month on which periods begin; the last day in a shorter month.
    package var billingDay = 1
    package var profile: FiscalProfile.ID?
    /// Derived from its events.
    package internal(set) var state = State.pending
    /// The present terms.
    package var plan: Plan.ID?
    package internal(set) var planName = ""
    package internal(set) var price: Money
    /// Agreed with the customer, rather than the plan's.
    package internal(set) var isPriceAgreed = false
    /// Whether its present plan is prepaid.
    package internal(set) var isPrepaid = false
    /// The last paid day of a prepaid service; nil during a pause that keeps the rest.
    package internal(set) var prepaidThrough: Day?
    /// Some of its prepaid days were charged and are not paid yet.
    package internal(set) var owesDays = false

    package enum State: String, FieldChoice {
        case pending, active, cut, frozen, cancelled

        package var message: Message {
            switch self {
            case .pending:
                Message(es: "Pendiente de instalación", en: "Awaiting installation", pt: "Aguardando instalação")
            case .active: Message(es: "Activo", en: "Active", pt: "Ativo")
            case .cut: Message(es: "Cortado", en: "Cut", pt: "Cortado")
            case .frozen: Message(es: "Congelado", en: "Frozen", pt: "Congelado")
            case .cancelled: Message(es: "Cancelado", en: "Cancelled", pt: "Cancelado")
            }
        }

        package var tone: Tone {
            switch self {
            case .active: .good
            case .pending: .warning
            case .cut: .bad
            case .frozen, .cancelled: .quiet
            }
        }
    }
}

extension Service: Fielded {
    package static let noun = "Service"

    package static let fields: [Field<Service>] = [
        .counted("number", \.number, Message(es: "N.º", en: "No.", pt: "N.º")).sorted(by: "s.number"),
        .derived("state", \.state, Message(es: "Estado", en: "Status", pt: "Situação")).filtered(by: "s.state").meaning(
            Message(
                es: "Sigue de lo que pasó en la vida del servicio; nadie lo escribe.",
                en: "Follows from what happened in the service's life; nobody sets it.",
                pt: "Decorre do que houve na vida do serviço; ninguém o escreve.")),
        .reference("plan", \.plan, Message(es: "Plan", en: "Plan", pt: "Plano")).only(in: [.form, .api]).meaning(
            Message(
                es: "Su plan de hoy, de /api/v1/plans; después de crearlo se cambia con plan-changes.",
                en: "Its plan today, of /api/v1/plans; once made it is changed with plan-changes.",
                pt: "Seu plano de hoje, de /api/v1/plans; depois de criado muda com plan-changes.")),
        .line("address", \.address, 0...300, Message(es: "Dirección", en: "Address", pt: "Endereço")),
        .line(
            "neighbourhood", \.neighbourhood, 0...100,
            Message(es: "Colonia o barrio", en: "Neighbourhood", pt: "Bairro")
        ).minor(),
        .coordinates(
            "coordinates", \.coordinates, Message(es: "Coordenadas", en: "Coordinates", pt: "Coordenadas")
        ).only(in: [.form, .api, .record]).hint(
            Message(
                es: "Latitud y longitud, como las copia un mapa: 19.4326, -99.1332.",
                en: "Latitude and longitude, as a map copies them: 19.4326, -99.1332.",
                pt: "Latitude e longitude, como um mapa as copia: 19.4326, -99.1332.")),
        .reference("zone", \.zone, Message(es: "Zona", en: "Zone", pt: "Zona"))
            .only(in: [.form, .api, .record]).filtered(by: "s.zone_id"),
        .line(
            "contact", \.contact, 0...200,
            Message(es: "Contacto en el lugar", en: "Contact there", pt: "Contato no local")
        )
        .only(in: [.form, .api, .record]).hint(
            Message(
                es: "Por quién preguntar, si no es el cliente.", en: "Whom to ask for, where not the customer.",
                pt: "Por quem perguntar, se não for o cliente.")),
        .phone(
            "contact_phone", \.contactPhone,
            Message(es: "Teléfono del contacto", en: "Contact's phone", pt: "Telefone do contato")
        ).only(in: [.form, .api, .record]),
        .count(
            "billing_day", \.billingDay, 1...31, Message(es: "Día de cobro", en: "Billing day", pt: "Dia de cobrança")
        )
        .only(in: [.form, .api, .record]).hint(
            Message(
                es: "Del mes; el último donde el mes es más corto.", en: "Of the month; the last where it is shorter.",
                pt: "Do mês; o último onde o mês é mais curto.")),
        .reference("profile", \.profile, Message(es: "Datos fiscales", en: "Tax details", pt: "Dados fiscais"))
            .only(in: [.form, .api, .record]).meaning(
                Message(
                    es: "A nombre de quién se factura; null es el público en general.",
                    en: "In whose name it is invoiced; null is the public in general.",
                    pt: "Em nome de quem se fatura; null é o público em geral.")),
    ]
}

extension Service: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", id.description)
            json.member("customer", customer.description)
            json.member("price", Int(price.minor))
            json.member("currency", price.currency.code)
            json.member("is_price_agreed", isPriceAgreed)
            json.member("prepaid_through", prepaidThrough?.iso)
            json.fields(of: self)
        }
    }
}

/// A row of the list of services, with the customer.
struct ServiceRow: Sendable {
    let service: Service
    let customerName: String
    /// The network's observation of it.
    var seen: ServiceSight.Seen?

    static let fields: [Field<ServiceRow>] =
        [
            Service.fields[0].of(\.service),
            Field("customer", .line(1...200), Message(es: "Cliente", en: "Customer", pt: "Cliente")) {
                .text($0.customerName)
            },
            Field("plan", .line(1...100), Message(es: "Plan", en: "Plan", pt: "Plano")) { .text($0.service.planName) },
            Field("price", .money(isRequired: true), Message(es: "Precio", en: "Price", pt: "Preço")) {
                .money($0.service.price)
            },
            Field("prepaid_through", .day, ServiceWords.paidThrough.message) {
                $0.service.prepaidThrough.map { .day($0) } ?? .none
            }.only(in: [.record]),
        ] + Service.fields.dropFirst().map { $0.of(\.service) }

    static let list = List<ServiceRow>(
        "services", at: "/panel/services", ServiceWords.services.message, of: fields, by: "number",
        id: \.service.id.uuid, isSearchable: true)
}
