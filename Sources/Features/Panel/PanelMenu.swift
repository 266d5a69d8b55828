import Access
import HTML
import HTTP
import Locale

/// The menu: what is built, in the order of daily use. Each entry asks for the permission its page asks for.
struct MenuSection: Sendable {
    struct Entry: Sendable {
        let words: PanelWords
        let path: String
        let permission: Permission
        var icon = Icon.next
        /// Pressed after `g`, it leads there.
        var key: String?

        func isOpen(to visit: Visit) -> Bool { permission == .signedIn || visit.may(permission) }
    }

    /// The first section needs no heading.
    let words: PanelWords?
    let entries: [Entry]

    static let all = [
        MenuSection(
            words: nil, entries: [Entry(words: .home, path: "/panel", permission: .signedIn, icon: .home, key: "i")]),
        MenuSection(
            words: .customers,
            entries: [
                Entry(
                    words: .customerList, path: "/panel/customers", permission: .customersRead, icon: .customers,
                    key: "c")
            ]),
        MenuSection(
            words: .staff,
            entries: [
                Entry(words: .users, path: "/panel/staff", permission: .staffRead, icon: .staff, key: "u"),
                Entry(words: .roles, path: "/panel/roles", permission: .staffRead, icon: .roles, key: "r"),
                Entry(words: .audit, path: "/panel/audit", permission: .auditRead, icon: .audit, key: "a"),
            ]),
        MenuSection(
            words: .settings,
            entries: [
                Entry(words: .tokens, path: "/panel/tokens", permission: .tokensManage, icon: .tokens, key: "t")
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
            if let words = section.words { p(.class("menu-heading")) { words.text(for: visit.reader) } }
            ul { for entry in entries { li { link(to: entry) } } }
        }
    }

    private func link(to entry: MenuSection.Entry) -> Markup {
        a(
            .href(entry.path), .when(isHere(entry), .aria("current", "page")),
            entry.key.map { .data("key", $0) } ?? .absent
        ) {
            entry.icon
            span { entry.words.text(for: visit.reader) }
        }
    }

    private func isHere(_ entry: MenuSection.Entry) -> Bool {
        let target = visit.request.rawTarget
        let isBelow = entry.path != "/panel" && target.hasPrefix(entry.path + "/")
        return target == entry.path || isBelow || target.hasPrefix(entry.path + "?")
    }
}
