import Locale
import Postgres

/// The menu's groups, in the order of daily use. A group without a page open to the visitor is hidden.
package enum MenuSection: Sendable, CaseIterable {
    case home, customers, collection, finance, network, monitoring, support, messages, stock, vouchers, voice, reports
    // The platform's console uses the same menu.
    case companies, system, platform

    package var isOfConsole: Bool {
        switch self {
        case .companies, .system, .platform: true
        default: false
        }
    }

    package var heading: Message {
        switch self {
        case .home: Message(es: "Inicio", en: "Home", pt: "Início")
        case .customers: Message(es: "Clientes", en: "Customers", pt: "Clientes")
        case .collection: Message(es: "Cobranza", en: "Collection", pt: "Cobrança")
        case .finance: Message(es: "Finanzas", en: "Finance", pt: "Finanças")
        case .network: Message(es: "Red", en: "Network", pt: "Rede")
        case .monitoring: Message(es: "Monitoreo", en: "Monitoring", pt: "Monitoramento")
        case .support: Message(es: "Soporte", en: "Support", pt: "Suporte")
        case .messages: Message(es: "Mensajes", en: "Messages", pt: "Mensagens")
        case .stock: Message(es: "Almacén", en: "Stock", pt: "Estoque")
        case .vouchers: Message(es: "Fichas y prepago", en: "Vouchers and prepaid", pt: "Fichas e pré-pago")
        case .voice: Message(es: "Telefonía", en: "Telephony", pt: "Telefonia")
        case .reports: Message(es: "Reportes", en: "Reports", pt: "Relatórios")
        case .companies: Message(es: "Empresas", en: "Companies", pt: "Empresas")
        case .system: Message(es: "Sistema", en: "System", pt: "Sistema")
        case .platform: Message(es: "Plataforma", en: "Platform", pt: "Plataforma")
        }
    }

    package var icon: Icon {
        switch self {
        case .home: .home
        case .customers: .customers
        case .collection: .collection
        case .finance: .finance
        case .network: .network
        case .monitoring: .health
        case .support: .support
        case .messages: .messages
        case .stock: .stock
        case .vouchers: .vouchers
        case .voice: .phone
        case .reports: .reports
        case .companies: .companies
        case .system: .health
        case .platform: .staff
        }
    }

    /// The key that, after `g`, opens the group's first page.
    package var key: String {
        switch self {
        case .home: "i"
        case .customers: "c"
        case .collection: "b"
        case .finance: "f"
        case .network: "r"
        case .monitoring: "m"
        case .support: "s"
        case .messages: "j"
        case .stock: "a"
        case .vouchers: "h"
        case .voice: "t"
        case .reports: "e"
        case .companies: "e"
        case .system: "s"
        case .platform: "p"
        }
    }
}

/// The sections of the settings page.
package enum SettingsSection: Sendable, CaseIterable {
    case company, collection, customers, channels, staff, integrations, record

    package var heading: Message {
        switch self {
        case .company: Message(es: "Empresa", en: "Company", pt: "Empresa")
        case .collection: Message(es: "Cobro", en: "Collection", pt: "Cobrança")
        case .customers: Message(es: "Clientes", en: "Customers", pt: "Clientes")
        case .channels: Message(es: "Canales", en: "Channels", pt: "Canais")
        case .staff: Message(es: "Personal", en: "Staff", pt: "Equipe")
        case .integrations: Message(es: "Integraciones", en: "Integrations", pt: "Integrações")
        case .record: Message(es: "Registro", en: "Record", pt: "Registro")
        }
    }
}

/// A page in the menu or the search, for holders of its permission.
package struct MenuEntry: Sendable {
    package enum Place: Sendable {
        /// In the menu, ordered by number within its group.
        case menu(MenuSection, Int)
        /// On the page of settings.
        case settings(SettingsSection, Int)
        /// In the short menu of people with one of these roles and no other; the first entry is their start page.
        case task(Set<ReadyMadeRole>, Int)
        /// Only in the search.
        case search
        /// An action, found by its name in the search.
        case act
    }

    /// Counts what waits on a page, in a column named `count`. Above a hundred the menu says "many", so counting may
    /// stop there.
    package typealias Count = @Sendable (TenantID) -> SQL

    package let place: Place
    package let words: Message
    package let path: String
    package let permission: Permission
    package let icon: Icon
    /// Search synonyms of its name.
    package let synonyms: Message?
    package let count: Count?

    package init(
        _ place: Place, _ words: Message, path: String, permission: Permission, icon: Icon, synonyms: Message? = nil,
        count: Count? = nil
    ) {
        self.place = place
        self.words = words
        self.path = path
        self.permission = permission
        self.icon = icon
        self.synonyms = synonyms
        self.count = count
    }

    /// Tasks lead to pages that have an entry of their own too.
    package var isTask: Bool {
        if case .task = place { true } else { false }
    }
}

/// The entries of all rooms, by place.
package struct Menu: Sendable {
    package struct Part<Section: Sendable>: Sendable {
        package let section: Section
        package let entries: [MenuEntry]

        package init(section: Section, entries: [MenuEntry]) {
            self.section = section
            self.entries = entries
        }
    }

    private let panel: [Part<MenuSection>]
    private let console: [Part<MenuSection>]
    package let settings: [Part<SettingsSection>]
    private let tasks: [(roles: Set<ReadyMadeRole>, number: Int, entry: MenuEntry)]
    /// Pages found only through the search.
    package let searched: [MenuEntry]
    package let acts: [MenuEntry]

    init(_ entries: [MenuEntry]) {
        var groups: [MenuSection: [(number: Int, entry: MenuEntry)]] = [:]
        var settings: [SettingsSection: [(number: Int, entry: MenuEntry)]] = [:]
        var tasks: [(roles: Set<ReadyMadeRole>, number: Int, entry: MenuEntry)] = []
        var (searched, acts): ([MenuEntry], [MenuEntry]) = ([], [])
        for entry in entries {
            switch entry.place {
            case .menu(let section, let number): groups[section, default: []].append((number, entry))
            case .settings(let section, let number): settings[section, default: []].append((number, entry))
            case .task(let roles, let number): tasks.append((roles, number, entry))
            case .search: searched.append(entry)
            case .act: acts.append(entry)
            }
        }
        let parts = Self.parts(groups)
        panel = parts.filter { !$0.section.isOfConsole }
        console = parts.filter(\.section.isOfConsole)
        self.settings = Self.parts(settings)
        self.tasks = tasks.sorted { $0.number < $1.number }
        (self.searched, self.acts) = (searched, acts)
    }

    private static func parts<Section: CaseIterable & Hashable>(
        _ entries: [Section: [(number: Int, entry: MenuEntry)]]
    ) -> [Part<Section>] {
        Section.allCases.compactMap { section in
            entries[section].map { Part(section: section, entries: $0.sorted { $0.number < $1.number }.map(\.entry)) }
        }
    }

    package func parts(ofConsole: Bool) -> [Part<MenuSection>] { ofConsole ? console : panel }

    package var allTasks: [MenuEntry] { tasks.map(\.entry) }

    package func tasks(of role: ReadyMadeRole) -> [MenuEntry] {
        tasks.filter { $0.roles.contains(role) }.map(\.entry)
    }
}
