import Access
import HTML
import HTTP
import Locale

/// The menu of the platform's console, in the place of the panel's: the same frame, another area.
struct ConsoleMenu: View {
    private struct Entry {
        let words: ConsoleMenuWords
        let path: String
        let permission: PlatformPermission
    }

    private static let sections: [(words: ConsoleMenuWords, entries: [Entry])] = [
        (
            .companies,
            [
                Entry(words: .tenants, path: "/platform/tenants", permission: .see),
                Entry(words: .domains, path: "/platform/domains", permission: .see),
                Entry(words: .visits, path: "/platform/visits", permission: .see),
            ]
        ),
        (
            .system,
            [
                Entry(words: .health, path: "/platform/health", permission: .see),
                Entry(words: .isolation, path: "/platform/isolation", permission: .see),
                Entry(words: .versions, path: "/platform/versions", permission: .see),
            ]
        ),
        (
            .platform,
            [
                Entry(words: .audit, path: "/platform/audit", permission: .see),
                Entry(words: .admins, path: "/platform/admins", permission: .administer),
            ]
        ),
    ]

    let visit: Visit

    var body: Markup {
        nav(.id("menu"), .class("menu"), .popover(), .aria("label", PanelWords.menu.text(for: visit.reader))) {
            for section in Self.sections {
                let entries = section.entries.filter { visit.may($0.permission) }
                if !entries.isEmpty {
                    p(.class("menu-heading")) { section.words.text(for: visit.reader) }
                    ul { for entry in entries { li { link(to: entry) } } }
                }
            }
            ul { li { a(.href("/panel/account")) { PanelWords.account.text(for: visit.reader) } } }
        }
    }

    private func link(to entry: Entry) -> Markup {
        let target = visit.request.rawTarget
        let isHere = target == entry.path || target.hasPrefix(entry.path + "/") || target.hasPrefix(entry.path + "?")
        return a(.href(entry.path), .when(isHere, .aria("current", "page"))) { entry.words.text(for: visit.reader) }
    }
}

package enum ConsoleMenuWords: MessageCatalogue {
    case companies, tenants, domains, visits, system, health, isolation, versions, platform, audit, admins

    package var message: Message {
        switch self {
        case .companies, .tenants: Message(es: "Empresas", en: "Companies", pt: "Empresas")
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
