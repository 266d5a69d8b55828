import Locale
import Nouns
import Spreadsheets

/// The possible contents of a column in other programs' files: data of a customer, their service or balance.
package enum ImportedField: String, FieldChoice {
    /// The customer's identifier in the other program.
    case reference
    case name
    case firstName = "first_name"
    case lastName = "last_name"
    case company
    case identification, phone, email, address, neighbourhood, zone, since
    case plan, speed, price
    case serviceState = "service_state"
    case billingDay = "billing_day"
    case debt, credit
    /// A balance that is negative for debts.
    case balance

    package var message: Message {
        switch self {
        case .reference:
            Message(es: "Código en el otro sistema", en: "Code in the other system", pt: "Código no outro sistema")
        case .name: Message(es: "Nombre completo", en: "Full name", pt: "Nome completo")
        case .firstName: Message(es: "Nombre de pila", en: "First name", pt: "Primeiro nome")
        case .lastName: Message(es: "Apellidos", en: "Last name", pt: "Sobrenome")
        case .company: Message(es: "Empresa", en: "Company", pt: "Empresa")
        case .identification: Message(es: "Identificación", en: "Identification", pt: "Identificação")
        case .phone: Message(es: "Teléfono", en: "Phone", pt: "Telefone")
        case .email: Message(es: "Correo", en: "E-mail", pt: "E-mail")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .neighbourhood: Message(es: "Colonia o barrio", en: "Neighbourhood", pt: "Bairro")
        case .zone: Message(es: "Zona", en: "Zone", pt: "Zona")
        case .since: Message(es: "Cliente desde", en: "Customer since", pt: "Cliente desde")
        case .plan: Message(es: "Servicio: plan", en: "Service: plan", pt: "Serviço: plano")
        case .speed: Message(es: "Servicio: velocidad", en: "Service: speed", pt: "Serviço: velocidade")
        case .price: Message(es: "Servicio: precio", en: "Service: price", pt: "Serviço: preço")
        case .serviceState: Message(es: "Servicio: estado", en: "Service: status", pt: "Serviço: situação")
        case .billingDay:
            Message(es: "Servicio: día de cobro", en: "Service: billing day", pt: "Serviço: dia de cobrança")
        case .debt: Message(es: "Deuda", en: "Debt", pt: "Dívida")
        case .credit: Message(es: "Saldo a favor", en: "Credit", pt: "Saldo a favor")
        case .balance:
            Message(
                es: "Saldo (negativo si debe)", en: "Balance (negative where owed)", pt: "Saldo (negativo se deve)")
        }
    }

    /// Column titles in use, normalised as by `Title`.
    var phrases: [String] {
        switch self {
        case .reference:
            [
                "id", "codigo", "codigo de cliente", "codigo cliente", "id cliente", "id de cliente", "nro cliente",
                "numero de cliente", "no cliente", "custom id", "client id", "customer id", "user ident", "userident",
                "id servicio", "referencia", "public id", "contrato", "codigo do cliente", "id do cliente", "usuario",
            ]
        case .name:
            [
                "nombre", "nombre completo", "nombre y apellido", "nombre y apellidos", "nombres y apellidos",
                "nombre del cliente", "nombre cliente", "cliente", "abonado", "titular", "suscriptor", "name",
                "full name", "client", "client name", "customer", "customer name", "nome", "nome completo",
                "nome do cliente", "assinante",
            ]
        case .firstName: ["first name", "nombre de pila", "nombres", "primer nombre", "primeiro nome", "firstname"]
        case .lastName: ["last name", "apellido", "apellidos", "surname", "sobrenome", "lastname"]
        case .company:
            ["company", "company name", "empresa", "razon social", "razao social", "nome fantasia", "companyname"]
        case .identification:
            [
                "identificacion", "documento", "documento de identidad", "dni", "ruc", "rut", "cuit", "cuil", "nit",
                "rfc", "curp", "cedula", "ci", "dni c i c c", "numero de documento", "nro documento", "tax id", "cpf",
                "cnpj", "cpf cnpj", "identification", "identificacao", "company registration number",
                "company tax id", "vat", "id number", "national id",
            ]
        case .phone:
            [
                "telefono", "telefonos", "telefono movil", "telefono celular", "celular", "movil", "whatsapp", "phone",
                "phone 1", "phones", "telephone", "mobile", "mobile phone", "cell", "telefone", "telefone celular",
                "tel", "telefono 1", "phone mobile", "contacto",
            ]
        case .email:
            ["correo", "correo electronico", "email", "e mail", "mail", "email 1", "emails", "correo e"]
        case .address:
            [
                "direccion", "direccion del cliente", "domicilio", "calle", "calle y numero", "address", "full address",
                "street", "street 1", "street address", "endereco", "logradouro", "rua", "street1", "fulladdress",
            ]
        case .neighbourhood:
            ["colonia", "barrio", "localidad", "urbanizacion", "neighbourhood", "neighborhood", "bairro", "distrito"]
        case .zone: ["zona", "zone", "sector", "nodo", "area", "zona de cobertura", "regiao"]
        case .since:
            [
                "alta", "fecha de alta", "fecha alta", "cliente desde", "desde", "fecha de instalacion",
                "fecha instalacion", "fecha de registro", "fecha registro", "registration date", "created",
                "customer since", "since", "data de cadastro", "data de instalacao", "registrationdate",
            ]
        case .plan:
            [
                "plan", "plan internet", "plan de internet", "servicio", "paquete", "service plan", "service",
                "service plan name", "serviceplanname", "plano", "plano de internet", "pacote", "tarifa", "plan name",
            ]
        case .speed:
            [
                "velocidad", "velocidad de bajada", "bajada", "download", "download speed", "downloadspeed", "speed",
                "velocidade", "megas", "mbps",
            ]
        case .price:
            [
                "precio", "precio plan", "precio del plan", "mensualidad", "costo", "tarifa mensual", "price",
                "service price", "totalprice", "monthly fee", "mensalidade", "preco", "valor", "cuota", "abono",
            ]
        case .serviceState:
            [
                "estado", "estado del servicio", "estado servicio", "estado del cliente", "status", "service status",
                "state", "situacao", "estado contrato", "estado del contrato",
            ]
        case .billingDay:
            [
                "dia de cobro", "dia de corte", "dia corte", "dia de pago", "dia pago", "fecha de corte",
                "fecha corte", "fecha de pago", "dia de facturacion", "billing day", "invoicing day",
                "invoicingperiodstartday", "dia de vencimento", "vencimento", "dia de cobranca", "dia vencimiento",
            ]
        case .debt:
            [
                "deuda", "adeudo", "debe", "monto adeudado", "deuda total", "total adeudado", "saldo deudor",
                "saldo pendiente", "por pagar", "debt", "outstanding", "account outstanding", "accountoutstanding",
                "amount due", "divida", "debito",
            ]
        case .credit:
            [
                "saldo a favor", "a favor", "credito", "credit", "account credit", "accountcredit", "anticipo",
            ]
        // A plain "saldo" does not tell whether debts are negative: a person decides.
        case .balance: ["account balance", "accountbalance"]
        }
    }

    var isDay: Bool { self == .since }

    var isAmount: Bool { [.price, .debt, .credit, .balance].contains(self) }

    /// The customer's field that stores it, with its limits.
    var customerField: String? {
        switch self {
        case .name, .identification, .phone, .email, .address, .neighbourhood, .zone, .since: rawValue
        default: nil
        }
    }
}

extension ImportedField {
    /// Guesses each column by its title: each field once, for the best-matching title. Columns with unknown titles stay
    /// unassigned.
    static func guess(_ titles: [String]) -> [ImportedField?] {
        let read = titles.map { Title($0) }
        var places = allCases.flatMap { field in
            read.enumerated().map { (field: field, column: $0.offset, score: $0.element.score(field.phrases)) }
        }
        places.removeAll { $0.score < 300 }
        places.sort { ($1.score, $0.column) < ($0.score, $1.column) }
        var guessed: [ImportedField?] = Array(repeating: nil, count: titles.count)
        var taken: Set<ImportedField> = []
        for place in places where guessed[place.column] == nil && !taken.contains(place.field) {
            guessed[place.column] = place.field
            taken.insert(place.field)
        }
        // "Nombre" beside "Apellidos" is not the whole name.
        if let last = guessed.firstIndex(of: .lastName), let name = guessed.firstIndex(of: .name), name != last,
            !guessed.contains(.firstName), !read[name].words.contains(" ")
        {
            guessed[name] = .firstName
        }
        return guessed
    }
}
