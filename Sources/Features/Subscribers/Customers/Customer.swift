import Identifiers
import JSON
import Locale
import Nouns
import Postgres
import Time
import Zones

/// A customer of the ISP: un cliente.
package struct Customer: Sendable, Equatable {
    package typealias ID = Identifiers.ID<Customer>

    package let id: ID
    /// The customer number, assigned within the tenant when added, 0 before.
    package var number = 0
    package var name = ""
    /// Derived from services and balance.
    package internal(set) var state = State.prospect
    /// E.164, or empty.
    package var phone = ""
    /// Normalised by `EmailAddress`, or empty.
    package var email = ""
    /// An identity document or tax number.
    package var identification = ""
    package var address = ""
    package var neighbourhood = ""
    package var zone: Zone.ID?
    package var since: Day
    /// Nil if the customer pays for themselves.
    package internal(set) var payer: Payer?

    package enum State: String, FieldChoice {
        case prospect
        case awaitingInstallation = "awaiting_installation"
        case active
        case inDebt = "in_debt"
        case suspended, frozen, courtesy, cancelled

        package var message: Message {
            switch self {
            case .prospect: Message(es: "Prospecto", en: "Prospect", pt: "Potencial")
            case .awaitingInstallation:
                Message(es: "Pendiente de instalación", en: "Awaiting installation", pt: "Aguardando instalação")
            case .active: Message(es: "Activo", en: "Active", pt: "Ativo")
            case .inDebt: Message(es: "Con deuda", en: "In debt", pt: "Com dívida")
            case .suspended: Message(es: "Suspendido", en: "Suspended", pt: "Suspenso")
            case .frozen: Message(es: "Congelado", en: "Frozen", pt: "Congelado")
            case .courtesy: Message(es: "Cortesía", en: "Courtesy", pt: "Cortesia")
            case .cancelled: Message(es: "Cancelado", en: "Cancelled", pt: "Cancelado")
            }
        }

        package var tone: Tone {
            switch self {
            case .active, .courtesy: .good
            case .inDebt, .awaitingInstallation: .warning
            case .suspended: .bad
            case .prospect, .frozen, .cancelled: .quiet
            }
        }
    }
}

extension Customer: Fielded {
    package static let noun = "Customer"

    package static let fields: [Field<Customer>] = [
        .counted("number", \.number, Message(es: "N.º", en: "No.", pt: "N.º")).sorted(by: "number").meaning(
            Message(
                es: "El número que el cliente dice al llamar.", en: "The number the customer says on the phone.",
                pt: "O número que o cliente diz ao ligar.")),
        .line("name", \.name, 1...200, Message(es: "Nombre", en: "Name", pt: "Nome"))
            .sorted(by: "name COLLATE \"und-x-icu\"").meaning(
                Message(
                    es: "Nombre de la persona o empresa.", en: "The person's or company's name.",
                    pt: "Nome da pessoa ou empresa.")),
        .derived("state", \.state, Message(es: "Estado", en: "Status", pt: "Situação")).filtered(by: "state").meaning(
            Message(
                es: "Sigue de sus servicios y su saldo; nadie lo escribe. Sin servicios es prospect.",
                en: "Follows from their services and balance; nobody sets it. Without services it is prospect.",
                pt: "Decorre dos seus serviços e saldo; ninguém o escreve. Sem serviços é prospect.")),
        .phone("phone", \.phone, Message(es: "Teléfono", en: "Phone", pt: "Telefone")).meaning(
            Message(
                es: "Teléfono en E.164 (+525512345678), o como se marca en el país de la empresa; vacío si no tiene.",
                en: "Phone as E.164 (+525512345678), or as it is dialled in the company's country; empty if none.",
                pt: "Telefone em E.164 (+525512345678), ou como se disca no país da empresa; vazio se não tiver.")),
        .email("email", \.email, Message(es: "Correo", en: "E-mail", pt: "E-mail"))
            .only(in: [.form, .api, .record]).meaning(
                Message(
                    es: "Correo, en minúsculas; vacío si no tiene.",
                    en: "E-mail, in small letters; empty if there is none.",
                    pt: "E-mail, em minúsculas; vazio se não tiver.")),
        .line(
            "identification", \.identification, 0...60,
            Message(es: "Identificación", en: "Identification", pt: "Identificação")
        )
        .only(in: [.form, .api, .record]).hint(
            Message(
                es: "La que pone en sus contratos: documento o número fiscal.",
                en: "As it stands in their contracts: a card's or tax number.",
                pt: "A que consta nos contratos: documento ou número fiscal.")),
        .line("address", \.address, 0...300, Message(es: "Dirección", en: "Address", pt: "Endereço")).minor(),
        .line(
            "neighbourhood", \.neighbourhood, 0...100,
            Message(es: "Colonia o barrio", en: "Neighbourhood", pt: "Bairro")
        ).minor(),
        .reference("zone", \.zone, Message(es: "Zona", en: "Zone", pt: "Zona"))
            .only(in: [.form, .api, .record]).filtered(by: "zone_id").meaning(
                Message(
                    es: "La zona donde vive, de /api/v1/zones.", en: "The zone they live in, of /api/v1/zones.",
                    pt: "A zona onde mora, de /api/v1/zones.")),
        .day("since", \.since, Message(es: "Alta", en: "Since", pt: "Desde")).sorted(by: "since").minor().meaning(
            Message(
                es: "Desde cuándo es cliente; hoy si no se dice.", en: "Customer since; today when not said.",
                pt: "Desde quando é cliente; hoje se não for dito.")),
    ]

    package static let list = List<Customer>(
        "customers", at: "/panel/customers", CustomerWords.list.message, of: fields, by: "number", id: \.id.uuid,
        isSearchable: true)
}

extension Customer: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("id", ascii: id.uuid.appendText)
            json.fields(of: self)
        }
    }
}
