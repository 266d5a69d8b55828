import Locale
import Nouns
import RouterScripts

/// An obstacle to upgrading a router to version 7.
package enum UpgradeConcern: String, CaseIterable, Sendable {
    case smallStorage = "small_storage"
    case activeProfile = "active_profile"
    case userManager = "user_manager"
    case routingProtocols = "routing_protocols"
    case routingFilters = "routing_filters"
    case routingMarks = "routing_marks"

    /// The upgrade would fail, or nothing would work after it.
    var isBlocking: Bool { [.smallStorage, .activeProfile, .userManager].contains(self) }

    /// Empty for a router that already runs version 7.
    static func all(of router: RouterUnderAudit) -> [UpgradeConcern] {
        let configuration = router.configuration
        guard !router.isVersion7 else { return [] }
        return allCases.filter { concern in
            switch concern {
            case .smallStorage: router.facts.storage.map { $0 < 16_000_000 } == true
            case .activeProfile:
                configuration.rows("/ppp/profile").contains { row in
                    ["on-up", "on-down"].contains { row[$0].map { ScriptSource($0).askingSecrets != nil } == true }
                }
            case .userManager: configuration.menus.contains { $0.hasPrefix("/tool/user-manager") }
            case .routingProtocols:
                configuration.menus.contains { $0.hasPrefix("/routing/ospf") || $0.hasPrefix("/routing/bgp") }
            case .routingFilters: !configuration.enabled("/routing/filter").isEmpty
            case .routingMarks:
                configuration.enabled("/ip/route").contains { $0["routing-mark"] != nil }
                    || !configuration.enabled("/ip/route/rule").isEmpty
            }
        }
    }
}

/// «¿Seguro actualizar a 7.x?»
package enum UpgradeVerdict: String, FieldChoice {
    case done, safe, careful, no

    init(_ concerns: [UpgradeConcern], isVersion7: Bool) {
        self =
            isVersion7 ? .done : concerns.contains(where: \.isBlocking) ? .no : concerns.isEmpty ? .safe : .careful
    }

    package var message: Message {
        switch self {
        case .done: Message(es: "Ya usa RouterOS 7", en: "Already on RouterOS 7", pt: "Já usa RouterOS 7")
        case .safe:
            Message(es: "Seguro actualizar a 7.x", en: "Safe to upgrade to 7.x", pt: "Seguro atualizar para 7.x")
        case .careful:
            Message(
                es: "Actualizar a 7.x con cuidado", en: "Upgrade to 7.x with care", pt: "Atualizar para 7.x com cuidado"
            )
        case .no:
            Message(
                es: "Todavía no actualice a 7.x", en: "Do not upgrade to 7.x yet", pt: "Ainda não atualize para 7.x")
        }
    }

    package var tone: Tone {
        switch self {
        case .done: .quiet
        case .safe: .good
        case .careful: .warning
        case .no: .bad
        }
    }
}
