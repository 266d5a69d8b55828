import Access
import Locale

extension MenuSection {
    /// The menu of the platform's console, in the place of the panel's.
    static let console = [
        MenuSection(
            words: ConsoleMenuWords.companies,
            entries: [
                Entry(words: .tenants, path: "/platform/tenants", permission: .see, icon: .companies, key: "e"),
                Entry(words: .billing, path: "/platform/billing", permission: .see, icon: .billing, key: "f"),
                Entry(words: .domains, path: "/platform/domains", permission: .see, icon: .domains, key: "d"),
                Entry(words: .visits, path: "/platform/visits", permission: .see, icon: .visits, key: "v"),
            ]),
        MenuSection(
            words: ConsoleMenuWords.system,
            entries: [
                Entry(words: .health, path: "/platform/health", permission: .see, icon: .health, key: "s"),
                Entry(words: .isolation, path: "/platform/isolation", permission: .see, icon: .isolation, key: "i"),
                Entry(words: .versions, path: "/platform/versions", permission: .see, icon: .versions),
            ]),
        MenuSection(
            words: ConsoleMenuWords.platform,
            entries: [
                Entry(words: .audit, path: "/platform/audit", permission: .see, icon: .audit, key: "a"),
                Entry(words: .admins, path: "/platform/admins", permission: .administer, icon: .staff, key: "u"),
            ]),
    ]
}

package enum ConsoleMenuWords: MessageCatalogue {
    case companies, tenants, billing, domains, visits, system, health, isolation, versions, platform, audit, admins,
        search

    package var message: Message {
        switch self {
        case .companies, .tenants: Message(es: "Empresas", en: "Companies", pt: "Empresas")
        case .billing:
            Message(es: "Facturación de la plataforma", en: "Platform billing", pt: "Faturamento da plataforma")
        case .search: Message(es: "Buscar", en: "Search", pt: "Buscar")
        case .domains: Message(es: "Dominios", en: "Domains", pt: "Domínios")
        case .visits: Message(es: "Visitas a empresas", en: "Visits to companies", pt: "Visitas a empresas")
        case .system: Message(es: "Sistema", en: "System", pt: "Sistema")
        case .health: Message(es: "Salud y colas", en: "Health and queues", pt: "Saúde e filas")
        case .isolation: Message(es: "Aislamiento", en: "Isolation", pt: "Isolamento")
        case .versions: Message(es: "Versiones", en: "Versions", pt: "Versões")
        case .platform: Message(es: "Plataforma", en: "Platform", pt: "Plataforma")
        case .audit: Message(es: "Auditoría global", en: "Global audit trail", pt: "Auditoria global")
        case .admins: Message(es: "Administradores", en: "Administrators", pt: "Administradores")
        }
    }
}
