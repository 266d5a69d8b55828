import Access
import HTTP
import Identifiers
import Locale
import Nouns
import Postgres
import Routers
import Time

/// A stored finding: when it opened and closed, and what people decided.
package struct RouterFinding: Sendable, Equatable {
    package typealias ID = Identifiers.ID<RouterFinding>

    package enum Standing: String, FieldChoice {
        case open, ignored, fixed

        package var message: Message {
            switch self {
            case .open: Message(es: "Abierto", en: "Open", pt: "Aberto")
            case .ignored: Message(es: "Ignorado", en: "Ignored", pt: "Ignorado")
            case .fixed: Message(es: "Resuelto", en: "Fixed", pt: "Resolvido")
            }
        }

        package var tone: Tone {
            switch self {
            case .open: .warning
            case .ignored: .quiet
            case .fixed: .good
            }
        }
    }

    package enum Fix: String, FieldChoice {
        case asked, kept
        case takenBack = "taken_back"
        case failed

        package var message: Message {
            switch self {
            case .asked: Message(es: "Se aplica ahora", en: "Being applied", pt: "Sendo aplicada")
            case .kept: Message(es: "Aplicada y verificada", en: "Applied and verified", pt: "Aplicada e verificada")
            case .takenBack:
                Message(
                    es: "Deshecha: se perdió la gestión", en: "Taken back: management was lost",
                    pt: "Desfeita: a gestão se perdeu")
            case .failed: Message(es: "No se aplicó", en: "Not applied", pt: "Não foi aplicada")
            }
        }

        package var tone: Tone {
            switch self {
            case .asked: .quiet
            case .kept: .good
            case .takenBack: .warning
            case .failed: .bad
            }
        }
    }

    package let id: ID
    package let router: Router.ID
    let routerName: String
    package let rule: AuditRule
    package let subject: String
    let found: String
    let wanted: String
    package let commands: [String]
    let undo: [String]
    package let isApplicable: Bool
    let openedAt: Instant
    package let fixedAt: Instant?
    let ignoredAt: Instant?
    let ignoredBy: String
    let ignoredBecause: String
    package let fix: Fix?
    let fixNote: String

    package var standing: Standing { fixedAt != nil ? .fixed : ignoredAt != nil ? .ignored : .open }

    func text(for reader: Reader) -> String {
        rule.text.text(for: reader, .text("subject", subject), .text("found", found), .text("wanted", wanted))
    }
}

/// The state of a router's last audit.
package struct RouterAudit: Sendable, Equatable {
    package let auditedAt: Instant?
    let version: String
    let concerns: [UpgradeConcern]
    let unread: Int
    package let trouble: String

    var verdict: UpgradeVerdict { UpgradeVerdict(concerns, isVersion7: !version.hasPrefix("6.")) }
}

package enum AuditRefusal: Refusal, MessageCatalogue, Equatable {
    case reasonNeeded, notApplicable, inShadow, over

    package var status: Status { self == .reasonNeeded ? .unprocessableContent : .conflict }

    package var code: String {
        switch self {
        case .reasonNeeded: "reason_needed"
        case .notApplicable: "fix_needs_person"
        case .inShadow: "router_in_shadow"
        case .over: "finding_over"
        }
    }

    package var message: Message {
        switch self {
        case .reasonNeeded:
            Message(es: "Escriba por qué se ignora.", en: "Write why it is ignored.", pt: "Escreva por que se ignora.")
        case .notApplicable:
            Message(
                es: "Estos comandos los termina una persona en el router.",
                en: "A person completes these commands on the router.",
                pt: "Estes comandos são terminados por uma pessoa no roteador.")
        case .inShadow:
            Message(
                es: "El router está en sombra o en pausa: no se le envía nada.",
                en: "The router is in shadow or paused: nothing is sent to it.",
                pt: "O roteador está em sombra ou em pausa: nada lhe é enviado.")
        case .over:
            Message(
                es: "El hallazgo ya no está abierto.", en: "The finding is no longer open.",
                pt: "O achado não está mais aberto.")
        }
    }
}
