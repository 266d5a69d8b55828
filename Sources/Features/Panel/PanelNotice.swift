import HTML
import HTTP
import Locale

/// What was just done, said once on the page that follows.
package enum PanelNotice: String, Sendable, CaseIterable {
    case saved, created, queued, deleted, revoked, disabled, enabled, passwordChanged = "password_changed",
        sessionEnded =
        "session_ended"
    case domainProven = "domain_proven"
    case mailed
    case published, contractSigned = "contract_signed", contractAnnulled = "contract_annulled"
    case paymentRegistered = "payment_registered"
    case visitEnded = "visit_ended", retried, discarded
    case secondFactorOff = "second_factor_off"
    case identityLinked = "identity_linked"
    case secondFactorReset = "second_factor_reset"

    var words: PanelWords {
        switch self {
        case .saved: .saved
        case .created: .created
        case .queued: .queued
        case .deleted: .deleted
        case .revoked: .revoked
        case .disabled: .disabled
        case .enabled: .enabled
        case .passwordChanged: .passwordChanged
        case .sessionEnded: .sessionEnded
        case .domainProven: .domainProven
        case .visitEnded: .visitEnded
        case .retried: .retried
        case .discarded: .discarded
        case .identityLinked: .identityLinked
        case .secondFactorOff: .secondFactorOff
        case .secondFactorReset: .secondFactorReset
        case .mailed: .mailed
        case .published: .published
        case .contractSigned: .contractSigned
        case .contractAnnulled: .contractAnnulled
        case .paymentRegistered: .paymentRegistered
        }
    }
}

struct NoticeBar: View {
    let request: Request
    let reader: Reader

    var body: Markup {
        if let notice = request.query["notice"].flatMap(PanelNotice.init) {
            p(.class("notice"), .role("status"), .data("passing", "")) { notice.words.text(for: reader) }
        }
    }
}
