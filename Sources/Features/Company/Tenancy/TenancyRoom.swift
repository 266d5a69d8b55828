import Declarations
import Locale

extension Permission {
    package static let settingsManage = Permission("settings.manage")
}

extension EventKind {
    package static let companyCreated = EventKind(
        "company.created", Message(es: "Creó la empresa", en: "Created the company", pt: "Criou a empresa"))
    package static let companyChanged = EventKind(
        "company.changed",
        Message(
            es: "Cambió los datos de la empresa", en: "Changed the company's details", pt: "Alterou os dados da empresa"
        ))
    package static let companySuspended = EventKind(
        "company.suspended", Message(es: "Suspendió la empresa", en: "Suspended the company", pt: "Suspendeu a empresa")
    )
    package static let companyResumed = EventKind(
        "company.resumed", Message(es: "Reactivó la empresa", en: "Resumed the company", pt: "Reativou a empresa"))
    package static let companyClosed = EventKind(
        "company.closed", Message(es: "Cerró la empresa", en: "Closed the company", pt: "Encerrou a empresa"))
    package static let brandChanged = EventKind(
        "brand.changed", Message(es: "Cambió la marca", en: "Changed the brand", pt: "Alterou a marca"))
    package static let platformCompanySuspended = EventKind(
        "platform.company_suspended",
        Message(es: "Suspendió una empresa", en: "Suspended a company", pt: "Suspendeu uma empresa"))
    package static let platformCompanyResumed = EventKind(
        "platform.company_resumed",
        Message(es: "Reactivó una empresa", en: "Resumed a company", pt: "Reativou uma empresa"))
    package static let platformCompanyCreated = EventKind(
        "platform.company_created", Message(es: "Creó una empresa", en: "Created a company", pt: "Criou uma empresa"))
    package static let companyExported = EventKind(
        "company.exported",
        Message(
            es: "Exportó todos los datos de la empresa", en: "Exported all the company's data",
            pt: "Exportou todos os dados da empresa"))
    package static let platformCompanyExported = EventKind(
        "platform.company_exported",
        Message(
            es: "Exportó todos los datos de una empresa", en: "Exported all of a company's data",
            pt: "Exportou todos os dados de uma empresa"))
    package static let platformCompanyClosed = EventKind(
        "platform.company_closed", Message(es: "Cerró una empresa", en: "Closed a company", pt: "Encerrou uma empresa"))
    package static let platformPlanChanged = EventKind(
        "platform.plan_changed",
        Message(
            es: "Cambió el plan de una empresa", en: "Changed a company's plan", pt: "Alterou o plano de uma empresa"))
}

extension RoomDeclarations {
    package static let tenancy = RoomDeclarations(
        "Tenancy", module: .settings(.company),
        permissions: [
            GrantablePermission(
                .settingsManage,
                Message(
                    es: "Cambiar los datos, la marca y los dominios de la empresa",
                    en: "Change the company's details, brand and domains",
                    pt: "Alterar os dados, a marca e os domínios da empresa"), heldBy: .ownerOnly)
        ],
        events: [
            .companyCreated, .companyChanged, .companySuspended, .companyResumed, .companyClosed, .brandChanged,
            .platformCompanySuspended, .platformCompanyResumed, .platformCompanyCreated, .companyExported,
            .platformCompanyExported, .platformCompanyClosed, .platformPlanChanged,
        ],
        details: [
            DetailKind("legal_name", Message(es: "Razón social", en: "Legal name", pt: "Razão social")),
            DetailKind("state", Message(es: "Estado", en: "Status", pt: "Situação")) { value, _, reader in
                Tenant.State(rawValue: value)?.words.text(for: reader) ?? value
            },
            .day("trial_ends", Message(es: "La prueba termina", en: "The trial ends", pt: "O teste termina")),
            DetailKind("country", Message(es: "País", en: "Country", pt: "País")) { value, _, reader in
                Region(rawValue: value)?.words.text(for: reader) ?? value
            },
            DetailKind("language", Message(es: "Idioma", en: "Language", pt: "Idioma")) { value, _, _ in
                Language(rawValue: value)?.ownName ?? value
            },
            DetailKind("courtesy", Message(es: "Trato", en: "Form of address", pt: "Tratamento")),
            DetailKind("currency", Message(es: "Moneda", en: "Currency", pt: "Moeda")),
            DetailKind("zone", Message(es: "Zona horaria", en: "Time zone", pt: "Fuso horário")),
            DetailKind("colour", Message(es: "Color principal", en: "Main colour", pt: "Cor principal")),
            DetailKind("accent", Message(es: "Color de enlaces", en: "Colour of links", pt: "Cor dos links")),
            DetailKind("logo", Message(es: "Logo", en: "Logo", pt: "Logo")) { value, _, _ in
                String(value.prefix(8))
            },
            DetailKind("plan", Message(es: "Plan", en: "Plan", pt: "Plano")),
            DetailKind(
                "plan.customers", Message(es: "Clientes del plan", en: "Customers of the plan", pt: "Clientes do plano")
            ),
            DetailKind(
                "plan.staff", Message(es: "Usuarios del plan", en: "Users of the plan", pt: "Usuários do plano")),
            DetailKind(
                "plan.routers", Message(es: "Routers del plan", en: "Routers of the plan", pt: "Roteadores do plano")),
            .money("plan.price", Message(es: "Precio del plan", en: "Price of the plan", pt: "Preço do plano")),
            DetailKind("plan.cycle", Message(es: "Ciclo de cobro", en: "Billing cycle", pt: "Ciclo de cobrança")) {
                value, _, reader in
                PlatformPlan.Cycle(rawValue: value)?.words.text(for: reader) ?? value
            },
            DetailKind("tax.name", Message(es: "Impuesto", en: "Tax", pt: "Imposto")),
            DetailKind("tax.rate", Message(es: "Tasa del impuesto", en: "Rate of the tax", pt: "Alíquota do imposto")),
            .flag(
                "tax.included",
                Message(
                    es: "Precios con impuesto incluido", en: "Prices include the tax", pt: "Preços com imposto incluído"
                )),
            DetailKind(
                "tax.id_label",
                Message(es: "Nombre del número fiscal", en: "Name of the tax number", pt: "Nome do número fiscal")),
            DetailKind("tax.id", Message(es: "Número fiscal", en: "Tax number", pt: "Número fiscal")),
            .phone(
                "contact.phone",
                Message(es: "Teléfono de atención", en: "Customer telephone", pt: "Telefone de atendimento")),
            .phone("contact.whatsapp", Message(es: "WhatsApp", en: "WhatsApp", pt: "WhatsApp")),
            DetailKind("contact.hours", Message(es: "Horario de atención", en: "Hours", pt: "Horário de atendimento")),
            DetailKind(
                "contact.address",
                Message(es: "Dirección de la oficina", en: "Office address", pt: "Endereço do escritório")),
            DetailKind(
                "sender_name", Message(es: "Nombre del remitente", en: "Name of the sender", pt: "Nome do remetente")),
            DetailKind("reply_to", Message(es: "Responder a", en: "Reply to", pt: "Responder a")),
            DetailKind(
                "invoice_footer", Message(es: "Pie de facturas", en: "Under invoices", pt: "Rodapé das faturas")),
            DetailKind(
                "receipt_footer",
                Message(es: "Pie de comprobantes", en: "Under receipts", pt: "Rodapé dos comprovantes")),
            DetailKind("mail_footer", Message(es: "Pie de correos", en: "Under e-mails", pt: "Rodapé dos e-mails")),
            DetailKind("rows", Message(es: "Filas", en: "Rows", pt: "Linhas")),
            DetailKind("tables", Message(es: "Tablas", en: "Tables", pt: "Tabelas")),
        ])
}
