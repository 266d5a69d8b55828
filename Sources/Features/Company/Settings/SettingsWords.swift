import Locale

enum SettingsWords: MessageCatalogue {
    case myCompany, save, problems, name, nameHint, nameMissing, legalName, legalNameHint, language
    case zone, zoneHint, zoneWrong
    case phone, phoneHint, whatsApp, hours, hoursHint, address
    case taxIDLabel, taxIDLabelHint, taxID, taxName, taxNameHint, taxRate, rateWrong, prices, taxIncluded, taxAdded
    case plan, planHint, planName, price, state, trialEnds, routers, currency, country

    var message: Message {
        switch self {
        case .myCompany: Message(es: "Mi empresa", en: "My company", pt: "Minha empresa")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .problems: Message(es: "Revise estos datos", en: "Please check these", pt: "Revise estes dados")
        case .name: Message(es: "Nombre comercial", en: "Trading name", pt: "Nome comercial")
        case .nameHint:
            Message(
                es: "Como lo conocen sus clientes.", en: "As your customers know you.",
                pt: "Como seus clientes conhecem a empresa.")
        case .nameMissing:
            Message(es: "Escriba el nombre comercial.", en: "Write the trading name.", pt: "Escreva o nome comercial.")
        case .legalName: Message(es: "Razón social", en: "Legal name", pt: "Razão social")
        case .legalNameHint:
            Message(
                es: "Como va en las facturas, si es distinta.", en: "As it stands on invoices, where it differs.",
                pt: "Como aparece nas faturas, se for diferente.")
        case .language: Message(es: "Idioma", en: "Language", pt: "Idioma")
        case .phone: Message(es: "Teléfono de atención", en: "Customer telephone", pt: "Telefone de atendimento")
        case .phoneHint:
            Message(
                es: "Sus clientes lo ven en el portal y al entrar, con su WhatsApp, horario y dirección.",
                en: "Your customers see it in the portal and on signing in, with WhatsApp, hours and address.",
                pt: "Seus clientes o veem no portal e ao entrar, com WhatsApp, horário e endereço.")
        case .whatsApp: Message(es: "WhatsApp", en: "WhatsApp", pt: "WhatsApp")
        case .hours: Message(es: "Horario de atención", en: "Hours", pt: "Horário de atendimento")
        case .hoursHint:
            Message(
                es: "Por ejemplo: lunes a sábado, de 9 a 18 h.", en: "For example: Monday to Saturday, 9 to 18 h.",
                pt: "Por exemplo: segunda a sábado, das 9 às 18 h.")
        case .address: Message(es: "Dirección de la oficina", en: "Office address", pt: "Endereço do escritório")
        case .zone: Message(es: "Zona horaria", en: "Time zone", pt: "Fuso horário")
        case .zoneHint:
            Message(
                es: "Decide cuándo empieza cada día: vencimientos, cortes y reportes.",
                en: "It decides when each day begins: due dates, cut-offs and reports.",
                pt: "Decide quando começa cada dia: vencimentos, cortes e relatórios.")
        case .zoneWrong:
            Message(
                es: "Elija una zona horaria de la lista.", en: "Choose a time zone from the list.",
                pt: "Escolha um fuso horário da lista.")
        case .taxIDLabel:
            Message(
                es: "Cómo se llama la identificación fiscal", en: "What the tax id is called",
                pt: "Como se chama a identificação fiscal")
        case .taxIDLabelHint:
            Message(
                es: "RFC, RUC, NIT, CUIT… Así se pedirá también a sus clientes.",
                en: "RFC, RUC, NIT, CUIT… Your customers are asked for theirs by this word too.",
                pt: "RFC, RUC, NIT, CUIT… Assim também será pedida aos seus clientes.")
        case .taxID:
            Message(
                es: "Identificación fiscal de la empresa", en: "The company's tax id",
                pt: "Identificação fiscal da empresa")
        case .taxName: Message(es: "Impuesto", en: "Tax", pt: "Imposto")
        case .taxNameHint:
            Message(
                es: "Como va en la factura: IVA, IGV. Vacío si no cobra impuesto.",
                en: "As it stands on the invoice: IVA, IGV. Empty if you charge none.",
                pt: "Como aparece na fatura: IVA, IGV. Vazio se não cobra imposto.")
        case .taxRate: Message(es: "Tasa del impuesto (%)", en: "Rate of the tax (%)", pt: "Alíquota do imposto (%)")
        case .rateWrong:
            Message(
                es: "Escriba un porcentaje de 0 a 100, con dos decimales a lo más: 16 o 10.5.",
                en: "Write a percentage from 0 to 100 with at most two decimals: 16 or 10.5.",
                pt: "Escreva uma porcentagem de 0 a 100, com no máximo duas casas decimais: 16 ou 10,5.")
        case .prices: Message(es: "Precios de los planes", en: "Prices of plans", pt: "Preços dos planos")
        case .taxIncluded: Message(es: "Ya incluyen el impuesto", en: "Include the tax", pt: "Já incluem o imposto")
        case .taxAdded:
            Message(
                es: "El impuesto se suma al cobrar", en: "The tax is added on top", pt: "O imposto é somado na cobrança"
            )
        case .plan: Message(es: "Su plan", en: "Your plan", pt: "Seu plano")
        case .planHint:
            Message(
                es: "El plan, la moneda y el país los cambia quien le provee el sistema.",
                en: "Plan, currency and country are changed by whoever provides the system to you.",
                pt: "O plano, a moeda e o país são alterados por quem lhe fornece o sistema.")
        case .planName: Message(es: "Plan", en: "Plan", pt: "Plano")
        case .price: Message(es: "Precio", en: "Price", pt: "Preço")
        case .state: Message(es: "Estado", en: "Status", pt: "Situação")
        case .trialEnds: Message(es: "La prueba termina", en: "The trial ends", pt: "O teste termina")
        case .routers: Message(es: "Routers, hasta", en: "Routers, at most", pt: "Roteadores, até")
        case .currency: Message(es: "Moneda", en: "Currency", pt: "Moeda")
        case .country: Message(es: "País", en: "Country", pt: "País")
        }
    }
}
