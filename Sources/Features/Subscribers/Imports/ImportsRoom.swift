import Access
import Assembly
import Customers
import Declarations
import Locale
import Nouns
import Panel
import Plans
import Postgres

extension EventKind {
    package static let customersImported = EventKind(
        "import.done",
        Message(es: "Importó un archivo", en: "Imported a file", pt: "Importou um arquivo"),
        told: Message(es: "Archivo importado", en: "File imported", pt: "Arquivo importado"), to: .customersImport)
    package static let importUndone = EventKind(
        "import.undone",
        Message(es: "Deshizo una importación", en: "Undid an import", pt: "Desfez uma importação"),
        told: Message(es: "Importación deshecha", en: "Import undone", pt: "Importação desfeita"), to: .customersImport)
    package static let servicesImported = EventKind(
        "import.services",
        Message(
            es: "Importó servicios de un archivo", en: "Imported services from a file",
            pt: "Importou serviços de um arquivo"))
}

extension RoomDeclarations {
    package static let imports = RoomDeclarations(
        "Imports",
        menu: [
            MenuEntry(
                .menu(.customers, 90), ImportWords.imports.message, path: Import.path, permission: .customersImport,
                icon: .customers,
                synonyms: Message(
                    es: "migrar csv excel uisp wisphub wispro", en: "migrate csv excel uisp wisphub wispro",
                    pt: "migrar csv excel uisp wisphub wispro"))
        ],
        events: [.customersImported, .importUndone, .servicesImported],
        details: ImportRow.Outcome.allCases.map { DetailKind($0.rawValue, $0.message) } + [
            DetailKind("imported_services", Message(es: "Servicios", en: "Services", pt: "Serviços"))
        ],
        parts: [
            // A plan used by a file's row must not be deleted.
            NounUse<Plan>(60, "imports") { database, plan in
                "FROM import_rows r WHERE r.tenant_id = \(database.tenant) AND r.plan_id = \(plan)"
            }
        ])
}

extension Room {
    package static let imports = Room(
        .imports,
        panel: { routes, context in
            ImportRoutes(ImportActs(sandbox: context.sandbox, randomness: context.randomness)).add(to: &routes)
        },
        api: { routes, context in
            ImportAPI(acts: ImportActs(sandbox: context.sandbox, randomness: context.randomness)).add(to: &routes)
        },
        setup: [
            SetupStep(
                50, Message(es: "Importe sus clientes", en: "Import your customers", pt: "Importe seus clientes"),
                path: "\(Import.path)/new", permission: .customersImport
            ) { visit in
                try await visit.database.value(
                    "SELECT EXISTS (SELECT FROM customers WHERE tenant_id = \(visit.database.tenant))") ?? false
            }
        ],
        jobs: { jobs, context in
            let acts = ImportActs(sandbox: context.sandbox, randomness: context.randomness)
            jobs.add(GoOnImport.self) { try await $0.run(in: $1, acts, knowing: context.catalogue) }
        })
}
