import Access
import HTML
import HTTP
import Locale
import Tenancy

/// The menu: what is built, in the order of daily use. Each entry asks for the permission its page asks for.
struct MenuSection: Sendable {
    struct Entry: Sendable {
        let text: Message
        let path: String
        let icon: Icon
        /// Pressed after `g`, it leads there.
        let key: String?
        private let gate: Gate

        private enum Gate {
            case panel(Permission)
            case console(PlatformPermission)
        }

        init(words: PanelWords, path: String, permission: Permission, icon: Icon, key: String? = nil) {
            (text, self.path, self.icon, self.key, gate) = (words.message, path, icon, key, .panel(permission))
        }

        init(words: ConsoleMenuWords, path: String, permission: PlatformPermission, icon: Icon, key: String? = nil) {
            (text, self.path, self.icon, self.key, gate) = (words.message, path, icon, key, .console(permission))
        }

        func isOpen(to visit: Visit) -> Bool {
            switch gate {
            case .panel(let permission): permission == .signedIn || visit.may(permission)
            case .console(let permission): visit.may(permission)
            }
        }
    }

    /// The first section needs no heading.
    let heading: Message?
    let entries: [Entry]

    init(words: PanelWords?, entries: [Entry]) { (heading, self.entries) = (words?.message, entries) }

    init(words: ConsoleMenuWords, entries: [Entry]) { (heading, self.entries) = (words.message, entries) }

    /// The platform's console stands in the same frame.
    static func all(for visit: Visit) -> [MenuSection] { visit.tenant.isPlatform ? console : panel }

    /// What the visitor may open, besides their own account.
    static func entries(for visit: Visit) -> [Entry] {
        all(for: visit).flatMap(\.entries).filter { $0.isOpen(to: visit) }
    }

    private static let panel = [
        MenuSection(
            words: nil, entries: [Entry(words: .home, path: "/panel", permission: .signedIn, icon: .home, key: "i")]),
        MenuSection(
            words: .customers,
            entries: [
                Entry(
                    words: .customerList, path: "/panel/customers", permission: .customersRead, icon: .customers,
                    key: "c"),
                Entry(
                    words: .contracts, path: "/panel/contracts", permission: .contractsView, icon: .contracts,
                    key: "o"),
            ]),
        MenuSection(
            words: .staff,
            entries: [
                Entry(words: .users, path: "/panel/staff", permission: .staffRead, icon: .staff, key: "u"),
                Entry(words: .roles, path: "/panel/roles", permission: .staffRead, icon: .roles, key: "r"),
                Entry(words: .audit, path: "/panel/audit", permission: .auditRead, icon: .audit, key: "a"),
                Entry(words: .platformVisits, path: "/panel/visits", permission: .auditRead, icon: .visits),
            ]),
        MenuSection(
            words: .settings,
            entries: [
                Entry(words: .zones, path: "/panel/zones", permission: .zonesManage, icon: .zones, key: "z"),
                Entry(
                    words: .myCompany, path: "/panel/company", permission: .settingsManage, icon: .companies, key: "m"),
                Entry(words: .myPlan, path: "/panel/plan", permission: .settingsManage, icon: .billing, key: "p"),
                Entry(words: .brand, path: "/panel/brand", permission: .settingsManage, icon: .brand, key: "b"),
                Entry(
                    words: .contractTemplate, path: "/panel/contract-template", permission: .contractsTemplates,
                    icon: .contracts),
                Entry(words: .domains, path: "/panel/domains", permission: .settingsManage, icon: .domains, key: "d"),
                Entry(
                    words: .security, path: "/panel/security", permission: .securityManage, icon: .security, key: "s"),
                Entry(words: .letters, path: "/panel/letters", permission: .lettersManage, icon: .letters, key: "e"),
                Entry(words: .tokens, path: "/panel/tokens", permission: .tokensManage, icon: .tokens, key: "t"),
                Entry(
                    words: .webhooks, path: "/panel/webhooks", permission: .webhooksManage, icon: .webhooks, key: "w"),
            ]),
    ]

    static let account = Entry(words: .account, path: "/panel/account", permission: .signedIn, icon: .account)

    /// What is done often enough to be a word away.
    static let acts = [
        Entry(words: .newCustomer, path: "/panel/customers/new", permission: .customersWrite, icon: .plus),
        Entry(words: .inviteUser, path: "/panel/staff/new", permission: .staffManage, icon: .plus),
        Entry(words: .newRole, path: "/panel/roles/new", permission: .rolesManage, icon: .plus),
        Entry(words: .newToken, path: "/panel/tokens/new", permission: .tokensManage, icon: .plus),
    ]
}

struct MenuPart: View {
    let section: MenuSection
    let visit: Visit

    var body: Markup {
        let entries = section.entries.filter { $0.isOpen(to: visit) }
        if !entries.isEmpty {
            if let heading = section.heading { p(.class("menu-heading")) { heading.text(for: visit.reader) } }
            ul { for entry in entries { li { link(to: entry) } } }
        }
    }

    private func link(to entry: MenuSection.Entry) -> Markup {
        a(
            .href(entry.path), .when(isHere(entry), .aria("current", "page")),
            entry.key.map { .data("key", $0) } ?? .absent
        ) {
            entry.icon
            span { entry.text.text(for: visit.reader) }
        }
    }

    private func isHere(_ entry: MenuSection.Entry) -> Bool {
        let target = visit.request.rawTarget
        let isBelow = entry.path != "/panel" && target.hasPrefix(entry.path + "/")
        return target == entry.path || isBelow || target.hasPrefix(entry.path + "?")
    }
}
