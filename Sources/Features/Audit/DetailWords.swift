import Access
import Events
import Locale
import Panel
import PlatformBilling
import Tenancy
import Time

/// The properties that entries name, as people call them.
enum DetailWords: MessageCatalogue {
    case name, email, phone, roles, allowed, denied, permissions, addresses, expires, address, kinds, reason, event,
        power
    case minutes, kind, neighbourhood, state, since, zone, zones
    case companyState, timeZone, legalName, trialEnds, country, language, formOfAddress, currency, colour, accent, logo
    case plan, planCustomers, planStaff, planRouters, planPrice, planCycle, rows, tables, taxName, taxRate, taxIncluded,
        taxIDLabel,
        taxID
    case amount, billNumber, period, dueOn, day, method, paymentReference
    case senderName, replyTo, invoiceFooter, receiptFooter, mailFooter
    case customer, version, identification, conditions, contractState, signer, signature, inPerson, textHash, pdfHash
    case pending, signed, annulled, drawn, typed
    case secondFactor, app, recoveryCode, trustedDevice, forEverybody, yes, no, google, domain, client, clientSecret

    static func text(of name: String, in event: Event, for reader: Reader) -> String {
        word(of: name, in: event)?.text(for: reader) ?? name
    }

    /// What is recorded by a word for programs, in one for people.
    static func value(of name: String, _ value: String, in event: Event, for reader: Reader) -> String {
        switch word(of: name, in: event) {
        case .allowed, .denied, .permissions:
            value.split(separator: ", ").map { word in
                Permission(rawValue: String(word))?.words.text(for: reader) ?? String(word)
            }.joined(separator: ", ")
        case .power: Guest.Power(rawValue: value)?.words.text(for: reader) ?? value
        case .companyState: Tenant.State(rawValue: value)?.words.text(for: reader) ?? value
        case .state: CustomerStateWords(rawValue: value)?.text(for: reader) ?? value
        case .country: Region(rawValue: value)?.words.text(for: reader) ?? value
        case .language: Language(rawValue: value)?.ownName ?? value
        case .method: PaymentMethod(rawValue: value)?.words.text(for: reader) ?? value
        case .planCycle: PlatformPlan.Cycle(rawValue: value)?.words.text(for: reader) ?? value
        case .kinds:
            value.split(separator: ", ").map { EventWords.text(of: String($0), for: reader) }.joined(separator: ", ")
        case .secondFactor, .forEverybody, .google, .taxIncluded, .contractState, .signature, .inPerson:
            words[value]?.text(for: reader) ?? value
        case .expires: Instant(rfc3339: value)?.rfc3339.prefix(10).description ?? value
        case .logo: String(value.prefix(8))
        default: value
        }
    }

    /// Of a company some words mean something else than of a customer.
    private static func word(of name: String, in event: Event) -> DetailWords? {
        (event.kind.hasPrefix("company.") || event.kind.hasPrefix("platform.") ? ofCompanies[name] : nil) ?? known[name]
    }

    private static let ofCompanies: [String: DetailWords] = ["state": .companyState, "zone": .timeZone]

    private static let words: [String: DetailWords] = [
        "app": .app, "recovery_code": .recoveryCode, "trusted_device": .trustedDevice, "yes": .yes, "no": .no,
        "true": .yes, "false": .no, "pending": .pending, "signed": .signed, "annulled": .annulled, "drawn": .drawn,
        "typed": .typed,
    ]

    private static let known: [String: DetailWords] = [
        "second_factor": .secondFactor, "for_everybody": .forEverybody, "allowed_google": .google, "domain": .domain,
        "client": .client, "client_secret": .clientSecret,
        "name": .name, "email": .email, "phone": .phone, "roles": .roles, "allowed": .allowed, "denied": .denied,
        "permissions": .permissions, "addresses": .addresses, "expires": .expires,
        "zone": .zone, "zones": .zones, "neighbourhood": .neighbourhood, "state": .state, "since": .since,
        "reason": .reason, "power": .power, "minutes": .minutes, "kind": .kind, "address": .address,
        "kinds": .kinds, "event": .event, "legal_name": .legalName, "trial_ends": .trialEnds, "country": .country,
        "language": .language, "courtesy": .formOfAddress, "currency": .currency, "colour": .colour,
        "accent": .accent, "logo": .logo, "plan": .plan, "plan.customers": .planCustomers,
        "plan.staff": .planStaff, "plan.routers": .planRouters, "plan.price": .planPrice, "rows": .rows,
        "tables": .tables, "plan.cycle": .planCycle,
        "tax.name": .taxName, "tax.rate": .taxRate,
        "tax.included": .taxIncluded, "tax.id_label": .taxIDLabel, "tax.id": .taxID,
        "amount": .amount, "bill_number": .billNumber, "period": .period, "due_on": .dueOn, "day": .day,
        "method": .method, "payment_reference": .paymentReference,
        "sender_name": .senderName, "reply_to": .replyTo, "invoice_footer": .invoiceFooter,
        "receipt_footer": .receiptFooter, "mail_footer": .mailFooter, "customer": .customer, "version": .version,
        "identification": .identification, "conditions": .conditions, "contract_state": .contractState,
        "signer": .signer, "signature": .signature, "in_person": .inPerson, "text_sha256": .textHash,
        "pdf_sha256": .pdfHash,
    ]

    var message: Message {
        switch self {
        case .customer: Message(es: "Cliente", en: "Customer", pt: "Cliente")
        case .version: Message(es: "Versión", en: "Version", pt: "Versão")
        case .identification: Message(es: "Identificación", en: "Identification", pt: "Identificação")
        case .conditions:
            Message(es: "Condiciones particulares", en: "Particular conditions", pt: "Condições particulares")
        case .contractState: Message(es: "Estado", en: "Status", pt: "Situação")
        case .signer: Message(es: "Firmante", en: "Signer", pt: "Signatário")
        case .signature: Message(es: "Firma", en: "Signature", pt: "Assinatura")
        case .inPerson: Message(es: "En persona", en: "In person", pt: "Presencial")
        case .textHash: Message(es: "SHA-256 del texto", en: "SHA-256 of the text", pt: "SHA-256 do texto")
        case .pdfHash: Message(es: "SHA-256 del PDF", en: "SHA-256 of the PDF", pt: "SHA-256 do PDF")
        case .pending: Message(es: "Por firmar", en: "To sign", pt: "Por assinar")
        case .signed: Message(es: "Firmado", en: "Signed", pt: "Assinado")
        case .annulled: Message(es: "Anulado", en: "Annulled", pt: "Anulado")
        case .drawn: Message(es: "Dibujada", en: "Drawn", pt: "Desenhada")
        case .typed: Message(es: "Nombre escrito", en: "Typed name", pt: "Nome escrito")
        case .secondFactor: Message(es: "Segundo paso", en: "Second step", pt: "Segunda etapa")
        case .app: Message(es: "Código de la aplicación", en: "Code of the app", pt: "Código do aplicativo")
        case .recoveryCode: Message(es: "Código de recuperación", en: "Recovery code", pt: "Código de recuperação")
        case .trustedDevice: Message(es: "Equipo de confianza", en: "Trusted device", pt: "Aparelho de confiança")
        case .google: Message(es: "Entrar con Google", en: "Sign in with Google", pt: "Entrar com o Google")
        case .client: Message(es: "Cliente de Google", en: "Google client", pt: "Cliente do Google")
        case .clientSecret: Message(es: "Secreto del cliente", en: "Client secret", pt: "Segredo do cliente")
        case .domain: Message(es: "Dominio", en: "Domain", pt: "Domínio")
        case .forEverybody: Message(es: "Todo el personal", en: "All staff", pt: "Toda a equipe")
        case .yes: Message(es: "Sí", en: "Yes", pt: "Sim")
        case .no: Message(es: "No", en: "No", pt: "Não")
        case .name: Message(es: "Nombre", en: "Name", pt: "Nome")
        case .phone: Message(es: "Teléfono", en: "Telephone", pt: "Telefone")
        case .email: Message(es: "Correo", en: "E-mail", pt: "E-mail")
        case .roles: Message(es: "Roles", en: "Roles", pt: "Papéis")
        case .allowed: Message(es: "Permite", en: "Allows", pt: "Permite")
        case .denied: Message(es: "Niega", en: "Denies", pt: "Nega")
        case .permissions: Message(es: "Permisos", en: "Permissions", pt: "Permissões")
        case .addresses: Message(es: "Direcciones IP", en: "IP addresses", pt: "Endereços IP")
        case .zone: Message(es: "Zona", en: "Zone", pt: "Zona")
        case .zones: Message(es: "Zonas", en: "Zones", pt: "Zonas")
        case .neighbourhood: Message(es: "Colonia o barrio", en: "Neighbourhood", pt: "Bairro")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .since: Message(es: "Alta", en: "Since", pt: "Desde")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .power: Message(es: "Alcance", en: "Power", pt: "Alcance")
        case .minutes: Message(es: "Minutos", en: "Minutes", pt: "Minutos")
        case .kind: Message(es: "Tipo", en: "Kind", pt: "Tipo")
        case .address: Message(es: "Dirección", en: "Address", pt: "Endereço")
        case .kinds: Message(es: "Eventos", en: "Events", pt: "Eventos")
        case .event: Message(es: "Evento", en: "Event", pt: "Evento")
        case .companyState: Message(es: "Estado", en: "Status", pt: "Situação")
        case .timeZone: Message(es: "Zona horaria", en: "Time zone", pt: "Fuso horário")
        case .legalName: Message(es: "Razón social", en: "Legal name", pt: "Razão social")
        case .trialEnds: Message(es: "La prueba termina", en: "The trial ends", pt: "O teste termina")
        case .country: Message(es: "País", en: "Country", pt: "País")
        case .language: Message(es: "Idioma", en: "Language", pt: "Idioma")
        case .formOfAddress: Message(es: "Trato", en: "Form of address", pt: "Tratamento")
        case .currency: Message(es: "Moneda", en: "Currency", pt: "Moeda")
        case .colour: Message(es: "Color principal", en: "Main colour", pt: "Cor principal")
        case .accent: Message(es: "Color de enlaces", en: "Colour of links", pt: "Cor dos links")
        case .logo: Message(es: "Logo", en: "Logo", pt: "Logo")
        case .plan: Message(es: "Plan", en: "Plan", pt: "Plano")
        case .planCustomers: Message(es: "Clientes del plan", en: "Customers of the plan", pt: "Clientes do plano")
        case .planStaff: Message(es: "Usuarios del plan", en: "Users of the plan", pt: "Usuários do plano")
        case .planRouters: Message(es: "Routers del plan", en: "Routers of the plan", pt: "Roteadores do plano")
        case .planPrice: Message(es: "Precio del plan", en: "Price of the plan", pt: "Preço do plano")
        case .rows: Message(es: "Filas", en: "Rows", pt: "Linhas")
        case .tables: Message(es: "Tablas", en: "Tables", pt: "Tabelas")
        case .planCycle: Message(es: "Ciclo de cobro", en: "Billing cycle", pt: "Ciclo de cobrança")
        case .taxName: Message(es: "Impuesto", en: "Tax", pt: "Imposto")
        case .taxRate: Message(es: "Tasa del impuesto", en: "Rate of the tax", pt: "Alíquota do imposto")
        case .taxIncluded:
            Message(
                es: "Precios con impuesto incluido", en: "Prices include the tax", pt: "Preços com imposto incluído")
        case .taxIDLabel:
            Message(es: "Nombre del número fiscal", en: "Name of the tax number", pt: "Nome do número fiscal")
        case .taxID: Message(es: "Número fiscal", en: "Tax number", pt: "Número fiscal")
        case .amount: Message(es: "Importe", en: "Amount", pt: "Valor")
        case .billNumber: Message(es: "Factura n.º", en: "Bill no.", pt: "Fatura n.º")
        case .period: Message(es: "Periodo", en: "Period", pt: "Período")
        case .dueOn: Message(es: "Fecha límite", en: "Due on", pt: "Vencimento")
        case .day: Message(es: "Fecha", en: "Day", pt: "Data")
        case .method: Message(es: "Forma de pago", en: "Way of payment", pt: "Forma de pagamento")
        case .paymentReference: Message(es: "Referencia", en: "Reference", pt: "Referência")
        case .senderName: Message(es: "Nombre del remitente", en: "Name of the sender", pt: "Nome do remetente")
        case .replyTo: Message(es: "Responder a", en: "Reply to", pt: "Responder a")
        case .invoiceFooter: Message(es: "Pie de facturas", en: "Under invoices", pt: "Rodapé das faturas")
        case .receiptFooter: Message(es: "Pie de comprobantes", en: "Under receipts", pt: "Rodapé dos comprovantes")
        case .mailFooter: Message(es: "Pie de correos", en: "Under e-mails", pt: "Rodapé dos e-mails")
        case .expires: Message(es: "Vence", en: "Expires", pt: "Vence")
        }
    }
}
