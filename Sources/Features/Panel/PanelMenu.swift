import Access
import HTML
import HTTP
import Locale
import Tenancy

/// The menu: what is built, in the order of daily use. Each entry asks for the permission its page asks for.
struct MenuSection: Sendable {
    struct Entry: Sendable {
        let words: PanelWords
        let path: String
        let permission: Permission
    }

    let words: PanelWords
    let entries: [Entry]

    static let all = [
        MenuSection(
            words: .customers,
            entries: [Entry(words: .customerList, path: "/panel/customers", permission: .customersRead)]),
        MenuSection(
            words: .staff,
            entries: [
                Entry(words: .users, path: "/panel/staff", permission: .staffRead),
                Entry(words: .roles, path: "/panel/roles", permission: .staffRead),
                Entry(words: .audit, path: "/panel/audit", permission: .auditRead),
                Entry(words: .platformVisits, path: "/panel/visits", permission: .auditRead),
            ]),
        MenuSection(
            words: .settings,
            entries: [
                Entry(words: .myCompany, path: "/panel/company", permission: .settingsManage),
                Entry(words: .brand, path: "/panel/brand", permission: .settingsManage),
                Entry(words: .domains, path: "/panel/domains", permission: .settingsManage),
                Entry(words: .tokens, path: "/panel/tokens", permission: .tokensManage),
                Entry(words: .security, path: "/panel/security", permission: .securityManage),
                Entry(words: .letters, path: "/panel/letters", permission: .lettersManage),
                Entry(words: .tokens, path: "/panel/tokens", permission: .tokensManage),
                Entry(words: .webhooks, path: "/panel/webhooks", permission: .webhooksManage),
            ]),
    ]

    /// Where somebody lands who opens the panel: the first page they may see.
    static func firstPath(for visit: Visit) -> String {
        if visit.tenant.isPlatform { return "/platform/tenants" }
        return all.lazy.flatMap(\.entries).first { visit.may($0.permission) }?.path ?? "/panel/account"
    }
}

struct PanelMenu: View {
    let visit: Visit

    var body: Markup {
        nav(.id("menu"), .class("menu"), .popover(), .aria("label", PanelWords.menu.text(for: visit.reader))) {
            for section in MenuSection.all { MenuPart(section: section, visit: visit) }
            if visit.guest == nil {
                ul { li { a(.href("/panel/account")) { PanelWords.account.text(for: visit.reader) } } }
            }
        }
    }
}

struct MenuPart: View {
    let section: MenuSection
    let visit: Visit

    var body: Markup {
        let entries = section.entries.filter { visit.may($0.permission) }
        if !entries.isEmpty {
            p(.class("menu-heading")) { section.words.text(for: visit.reader) }
            ul { for entry in entries { li { link(to: entry) } } }
        }
    }

    private func link(to entry: MenuSection.Entry) -> Markup {
        let target = visit.request.rawTarget
        let isHere = target == entry.path || target.hasPrefix(entry.path + "/") || target.hasPrefix(entry.path + "?")
        return a(.href(entry.path), .when(isHere, .aria("current", "page"))) { entry.words.text(for: visit.reader) }
    }
}
