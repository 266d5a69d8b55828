import Access
import Declarations
import HTML
import HTTP
import Locale
import Tenancy

extension Visit {
    /// The panel's or the console's menu.
    var menu: [Menu.Part<MenuSection>] { catalogue.menu.parts(ofConsole: tenant.isPlatform) }

    /// The settings that the visitor may open. The console has none.
    var settings: [Menu.Part<SettingsSection>] {
        guard !tenant.isPlatform else { return [] }
        return catalogue.menu.settings.compactMap { part in
            let entries = part.entries.filter(mayOpen)
            return entries.isEmpty ? nil : Menu.Part(section: part.section, entries: entries)
        }
    }

    func mayOpen(_ entry: MenuEntry) -> Bool { entry.permission == .signedIn || may(entry.permission) }

    /// Everything the visitor may open, except their own account.
    var openEntries: [MenuEntry] { menu.flatMap(\.entries).filter(mayOpen) + settings.flatMap(\.entries) }

    /// The menu entry of the current page.
    var openEntry: MenuEntry? {
        let path = request.rawTarget.prefix { $0 != "?" }
        return openEntries.first { $0.path == path }
    }

    /// Of entries for a page and one below it, only the latter.
    func isAt(_ entry: MenuEntry) -> Bool {
        isBelow(entry)
            && !openEntries.contains { $0.path.utf8.count > entry.path.utf8.count && isBelow($0) }
    }

    private func isBelow(_ entry: MenuEntry) -> Bool {
        let target = request.rawTarget
        guard entry.path != "/panel" else { return target == entry.path || target.hasPrefix("/panel?") }
        guard Self.isWithin(target, entry.path) else { return false }
        return !(entry.isTask ? catalogue.menu.allTasks : openEntries).contains {
            $0.path.utf8.count > entry.path.utf8.count && Self.isWithin(target, $0.path)
        }
    }

    /// The longest matching path wins.
    private static func isWithin(_ target: String, _ path: String) -> Bool {
        target == path || target.hasPrefix(path + "/") || target.hasPrefix(path + "?")
    }
}

extension MenuEntry {
    /// At the menu's foot, and in the search.
    static let account = MenuEntry(
        .search, PanelWords.account.message, path: "/panel/account", permission: .signedIn, icon: .account,
        synonyms: Message(
            es: "contraseña clave password perfil sesiones", en: "password profile sessions",
            pt: "senha perfil sessões"))

    static let settings = MenuEntry(
        .search, PanelWords.settings.message, path: "/panel/settings", permission: .signedIn, icon: .settings,
        synonyms: Message(es: "configuración opciones", en: "configuration options", pt: "configuração opções"))
}

/// The menu: the short one, or pinned pages and groups.
struct PanelMenu: View {
    let frame: Frame
    let visit: Visit

    var body: Markup {
        if frame.tasks.isEmpty {
            if !frame.pins.isEmpty {
                p(.class("menu-heading")) { PanelWords.pinned.text(for: visit.reader) }
                list(of: frame.pins)
            }
            for part in visit.menu { MenuGroup(part: part, frame: frame, visit: visit) }
        } else {
            list(of: frame.tasks)
        }
    }

    private func list(of entries: [MenuEntry]) -> Markup {
        ul {
            for entry in entries {
                li { MenuLink(entry, entry.words, frame: frame, visit: visit) }
            }
        }
    }
}

/// A group of pages; a single page is a plain link.
struct MenuGroup: View {
    let part: Menu.Part<MenuSection>
    let frame: Frame
    let visit: Visit

    var body: Markup {
        let entries = part.entries.filter(visit.mayOpen)
        if entries.count == 1 {
            ul {
                li {
                    MenuLink(
                        entries[0], part.section.heading, icon: part.section.icon, key: part.section.key, frame: frame,
                        visit: visit)
                }
            }
        } else if !entries.isEmpty {
            details(.name("menu"), .when(entries.contains(where: visit.isAt), .open())) {
                summary {
                    part.section.icon
                    span { part.section.heading.text(for: visit.reader) }
                    MenuCount(entries.reduce(0) { $0 + (frame.counts[$1.path] ?? 0) }, visit.reader)
                }
                ul {
                    for (place, entry) in entries.enumerated() {
                        li {
                            MenuLink(
                                entry, entry.words, key: place == 0 ? part.section.key : nil, frame: frame,
                                visit: visit)
                        }
                    }
                }
            }
        }
    }
}

struct MenuLink: View {
    private let entry: MenuEntry
    private let words: Message
    private let icon: Icon
    private let key: String?
    private let frame: Frame
    private let visit: Visit

    init(_ entry: MenuEntry, _ words: Message, icon: Icon? = nil, key: String? = nil, frame: Frame, visit: Visit) {
        self.entry = entry
        self.words = words
        self.icon = icon ?? entry.icon
        self.key = key
        self.frame = frame
        self.visit = visit
    }

    var body: Markup {
        a(
            .href(entry.path), .when(visit.isAt(entry), .aria("current", "page")),
            key.map { .data("key", $0) } ?? .absent
        ) {
            icon
            span { words.text(for: visit.reader) }
            MenuCount(entry.count == nil ? 0 : frame.counts[entry.path] ?? 0, visit.reader)
        }
    }
}

/// The count of waiting work; zero is hidden.
struct MenuCount: View {
    private let count: Int
    private let reader: Reader

    init(_ count: Int, _ reader: Reader) {
        self.count = count
        self.reader = reader
    }

    var body: Markup {
        if count > 0 {
            span(.class("waiting")) {
                count < 100 ? count.text(for: reader) : "99+"
                span(.class("unseen")) { " \(PanelWords.waiting.text(for: reader))" }
            }
        }
    }
}

/// On a phone, the short menu as a bottom bar.
struct TaskBar: View {
    let frame: Frame
    let visit: Visit

    var body: Markup {
        if !frame.tasks.isEmpty {
            nav(.class("task-bar"), .aria("label", PanelWords.tasks.text(for: visit.reader))) {
                for entry in frame.tasks.prefix(5) { MenuLink(entry, entry.words, frame: frame, visit: visit) }
            }
        }
    }
}
