import API
import Access
import Assembly
import Declarations
import Locale
import Nouns
import Panel
import Postgres
import Tenancy
import Zones

extension Permission {
    package static let customersRead = Permission("customers.read")
    package static let customersWrite = Permission("customers.write")
    package static let customersImport = Permission("customers.import")
    package static let customersExport = Permission("customers.export")
    package static let customersMerge = Permission("customers.merge")
}

extension Notice {
    package static let customerCreated = Notice(
        "customer_created", Message(es: "Cliente creado.", en: "Customer created.", pt: "Cliente criado."))
    package static let zoneChanged = Notice(
        "zone_changed", Message(es: "Se cambió la zona.", en: "The zone was changed.", pt: "A zona foi alterada."),
        undoneAt: "/panel/customers/zone-change/undo")
    package static let customersMerged = Notice(
        "customers_merged",
        Message(es: "Los registros se unieron.", en: "The records were merged.", pt: "Os registros foram unidos."))
    package static let customersSeparated = Notice(
        "customers_separated",
        Message(
            es: "Los registros se separaron.", en: "The records were separated.", pt: "Os registros foram separados."))
}

extension SearchKind {
    package static let customer = SearchKind(
        "customer", Message(es: "Clientes", en: "Customers", pt: "Clientes"), icon: .customers, at: "/panel/customers",
        permission: .customersRead, isNumbered: true)
}

extension EventKind {
    package static let customerCreated = EventKind(
        "customer.created", Message(es: "Creó un cliente", en: "Created a customer", pt: "Criou um cliente"),
        told: Message(es: "Cliente creado", en: "Customer created", pt: "Cliente criado"), to: .customersRead)
    package static let customerChanged = EventKind(
        "customer.changed", Message(es: "Cambió un cliente", en: "Changed a customer", pt: "Alterou um cliente"),
        told: Message(es: "Cliente cambiado", en: "Customer changed", pt: "Cliente alterado"), to: .customersRead)
    package static let customerPayerChanged = EventKind(
        "customer.payer_changed",
        Message(
            es: "Cambió quién paga por un cliente", en: "Changed who pays for a customer",
            pt: "Alterou quem paga por um cliente"),
        told: Message(es: "Cambio de quien paga", en: "Payer changed", pt: "Mudança de quem paga"), to: .customersRead)
    package static let customersMerged = EventKind(
        "customer.merged",
        Message(es: "Unió a un cliente repetido", en: "Merged a duplicate customer", pt: "Uniu um cliente repetido"),
        told: Message(es: "Clientes unidos", en: "Customers merged", pt: "Clientes unidos"), to: .customersRead)
    package static let customersSeparated = EventKind(
        "customer.separated",
        Message(
            es: "Separó a un cliente que había unido", en: "Separated a customer who had been merged",
            pt: "Separou um cliente que havia unido"),
        told: Message(es: "Clientes separados", en: "Customers separated", pt: "Clientes separados"), to: .customersRead
    )
}

extension RoomDeclarations {
    package static let customers = RoomDeclarations(
        "Customers",
        permissions: [
            GrantablePermission(
                .customersRead, Message(es: "Ver clientes", en: "See customers", pt: "Ver clientes"),
                heldBy: .everyRole, isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .customersWrite,
                Message(
                    es: "Crear y cambiar clientes", en: "Create and change customers", pt: "Criar e alterar clientes"),
                heldBy: .ownerOnly, isWithinZones: true),
            GrantablePermission(
                .customersImport,
                Message(
                    es: "Importar clientes de un archivo", en: "Import customers from a file",
                    pt: "Importar clientes de um arquivo"),
                heldBy: .ownerOnly),
            GrantablePermission(
                .customersExport,
                Message(
                    es: "Exportar las listas de clientes y servicios", en: "Export the lists of customers and services",
                    pt: "Exportar as listas de clientes e serviços"),
                heldBy: [.accountant], isWithinZones: true, lent: .toReaders),
            GrantablePermission(
                .customersMerge,
                Message(
                    es: "Unir y separar clientes repetidos", en: "Merge and separate duplicate customers",
                    pt: "Unir e separar clientes repetidos"),
                heldBy: .ownerOnly, isWithinZones: true),
        ],
        menu: [
            MenuEntry(
                .menu(.customers, 10), Message(es: "Lista de clientes", en: "All customers", pt: "Lista de clientes"),
                path: "/panel/customers", permission: .customersRead, icon: .customers,
                synonyms: Message(
                    es: "abonados suscriptores usuarios", en: "subscribers clients accounts",
                    pt: "assinantes usuários contas")),
            MenuEntry(
                .menu(.customers, 80), MergeWords.duplicates.message, path: MergeRoutes.path,
                permission: .customersMerge, icon: .customers,
                synonyms: Message(
                    es: "duplicados repetidos unir fusionar", en: "duplicates merge twice",
                    pt: "duplicados unir mesclar"
                )),
            MenuEntry(
                .task([.cashier], 20), Message(es: "Buscar", en: "Search", pt: "Buscar"), path: "/panel/search",
                permission: .customersRead, icon: .search),
            MenuEntry(
                .task([.collector, .technician], 30), Message(es: "Clientes", en: "Customers", pt: "Clientes"),
                path: "/panel/customers", permission: .customersRead, icon: .customers),
            MenuEntry(
                .search, Message(es: "Clientes con deuda", en: "Customers in debt", pt: "Clientes com dívida"),
                path: "/panel/customers?state=in_debt", permission: .customersRead, icon: .customers,
                synonyms: Message(
                    es: "morosos deudores mora atrasados vencidos cobranza", en: "debtors overdue late arrears unpaid",
                    pt: "inadimplentes devedores atrasados vencidos cobrança")),
            MenuEntry(
                .act, Message(es: "Crear cliente", en: "Create a customer", pt: "Criar cliente"),
                path: "/panel/customers/new", permission: .customersWrite, icon: .plus,
                synonyms: Message(
                    es: "alta agregar añadir registrar", en: "add register sign up", pt: "adicionar registrar novo")),
        ],
        notices: [.customerCreated, .zoneChanged, .customersMerged, .customersSeparated],
        searchKinds: [.customer],
        events: [
            .customerCreated, .customerChanged, .customerPayerChanged, .customersMerged, .customersSeparated,
        ],
        details: Customer.detailKinds + [
            DetailKind(
                "duplicate", Message(es: "Cliente repetido", en: "Duplicate customer", pt: "Cliente repetido")),
            DetailKind("payer", Message(es: "Quién paga", en: "Who pays", pt: "Quem paga")),
            .flag(
                "billed_apart",
                Message(es: "En factura aparte", en: "In an invoice apart", pt: "Em fatura à parte")),
        ],
        customerTabs: [
            CustomerTab(
                10, Message(es: "Ficha", en: "Record", pt: "Ficha"), path: "", permission: .customersRead)
        ],
        parts: [
            NounUse<Zone>(10, "customers", Message(es: "Clientes", en: "Customers", pt: "Clientes")) { database, zone in
                "FROM customers u WHERE u.tenant_id = \(database.tenant) AND u.zone_id = \(zone)"
            },
            PayerCard.part,
            CustomerRows(
                65, "paid_for",
                Message(
                    es: "Clientes por los que paga", en: "Customers that they pay for",
                    pt: "Clientes pelos quais paga"),
                move: { move, database in
                    try await database.movedRows(
                        """
                        UPDATE customers SET payer_id = \(move.to)
                        WHERE tenant_id = \(database.tenant) AND payer_id = \(move.from) AND customer_id <> \(move.to)
                            AND NOT EXISTS (
                                SELECT FROM customers k WHERE k.tenant_id = \(database.tenant)
                                    AND k.customer_id = \(move.to) AND k.payer_id IS NOT NULL)
                        RETURNING customer_id AS id
                        """)
                },
                moveBack: { ids, move, database in
                    try await database.execute(
                        """
                        UPDATE customers SET payer_id = \(move.from)
                        WHERE tenant_id = \(database.tenant) AND payer_id = \(move.to) AND customer_id = ANY (\(ids))
                        """)
                }),
        ])
}

extension Room {
    package static let customers = Room(
        .customers,
        panel: { routes, context in
            CustomerRoutes(randomness: context.randomness, files: context.files).add(
                to: &routes)
        },
        api: { routes, context in CustomerAPI(randomness: context.randomness).add(to: &routes) },
        home: CustomerHome.parts,
        figures: [
            CompanyFigure(Message(es: "Clientes", en: "Customers", pt: "Clientes"), limit: \.customers) { database in
                try await database.value(
                    "SELECT count(*) FROM customers WHERE tenant_id = \(database.tenant) AND state <> 'cancelled'") ?? 0
            }
        ],
        jobs: { jobs, _ in jobs.add(RecountCustomers.self) { try await $0.run(in: $1) } },
        nightly: [RecountCustomers.self],
        reindex: { database in
            try await Customer.indexAll(in: database)
            try await database.recountFigures()
        })
}
