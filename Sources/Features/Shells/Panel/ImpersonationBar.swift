import Access
import HTML
import Locale
import Roles
import Tenancy
import Time

/// A bar above every page during an impersonation, naming the tenant's panel it is in.
struct ImpersonationBar: View {
    let impersonation: ActiveImpersonation
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        let name = visit.person ?? ""
        aside(.class("impersonation-bar"), .aria("label", ImpersonationWords.bar.text(for: reader))) {
            p {
                strong {
                    ImpersonationWords.youAreIn.text(for: reader, .text("tenant", visit.tenant.name), .name(name))
                }
                " \(impersonation.power.words.text(for: reader)) · "
                ImpersonationWords.until.text(
                    for: reader,
                    .text("time", impersonation.expiresAt.text(.short, in: visit.tenant.timeZone, for: reader)))
                " · \(ImpersonationWords.reason.text(for: reader)): \(impersonation.reason)"
            }
            form(.method(.post), .action("/panel/leave-visit")) {
                button(.type("submit")) { ImpersonationWords.leave.text(for: reader) }
            }
        }
    }
}

/// Shown on every page to those who manage the tenant's roles, until they have looked.
struct PlatformVisitNotice: View {
    let visit: Visit

    var body: Markup {
        if visit.admitted?.hasImpersonationToSee == true, visit.may(.rolesManage) {
            p(.class("notice notice-warn"), .role("status")) {
                ImpersonationWords.platformWasHere.text(for: visit.reader)
                " "
                a(.href("/panel/visits")) { ImpersonationWords.seeVisits.text(for: visit.reader) }
            }
        }
    }
}

struct StartImpersonationPage: SignedOutPage {
    let tenant: String
    let secret: String
    let name: String
    let reason: String
    let power: ActiveImpersonation.Power
    let until: String
    let reader: Reader

    var title: String { PanelWords.enter.text(for: reader, .name(tenant)) }

    var body: Markup {
        h1 { title }
        p { ImpersonationWords.youWillBe.text(for: reader, .name(name)) }
        p { "\(power.words.text(for: reader)) · \(ImpersonationWords.until.text(for: reader, .text("time", until)))" }
        p { "\(ImpersonationWords.reason.text(for: reader)): \(reason)" }
        p(.class("hint")) { ImpersonationWords.theyAreTold.text(for: reader) }
        form(.method(.post), .action("/panel/visit/\(secret)")) {
            button(.type("submit"), .class("primary"), .autofocus()) { ImpersonationWords.enter.text(for: reader) }
        }
    }
}

struct LeftPage: SignedOutPage {
    let tenant: String
    let reader: Reader

    var title: String { ImpersonationWords.left.text(for: reader) }

    var body: Markup {
        h1 { title }
        p { ImpersonationWords.leftHint.text(for: reader, .text("tenant", tenant)) }
    }
}

package enum ImpersonationWords: MessageCatalogue {
    case bar, youAreIn, until, reason, leave, platformWasHere, seeVisits
    case youWillBe, theyAreTold, enter, left, leftHint, inside

    package var message: Message {
        switch self {
        case .bar: Message(es: "Visita de la plataforma", en: "Visit of the platform", pt: "Visita da plataforma")
        case .youAreIn:
            Message(
                es: "Está en el panel de {tenant} como {name}.", en: "You are in the panel of {tenant} as {name}.",
                pt: "Você está no painel de {tenant} como {name}.")
        case .until: Message(es: "Termina: {time}", en: "Ends: {time}", pt: "Termina: {time}")
        case .reason: Message(es: "Motivo", en: "Reason", pt: "Motivo")
        case .leave: Message(es: "Salir del panel", en: "Leave the panel", pt: "Sair do painel")
        case .platformWasHere:
            Message(
                es: "La plataforma entró al panel de su empresa.", en: "The platform entered your company's panel.",
                pt: "A plataforma entrou no painel da sua empresa.")
        case .seeVisits: Message(es: "Ver quién y por qué", en: "See who and why", pt: "Ver quem e por quê")
        case .youWillBe:
            Message(
                es: "Entrará como {name}. Todo lo que haga queda registrado con su nombre.",
                en: "You will enter as {name}. Whatever you do is recorded under your name.",
                pt: "Você entrará como {name}. Tudo o que fizer fica registrado com o seu nome.")
        case .theyAreTold:
            Message(
                es: "Los administradores de la empresa verán un aviso y pueden terminar la visita.",
                en: "The company's administrators will see a notice and can end the visit.",
                pt: "Os administradores da empresa verão um aviso e podem encerrar a visita.")
        case .enter: Message(es: "Entrar al panel", en: "Enter the panel", pt: "Entrar no painel")
        case .left: Message(es: "La visita terminó", en: "The visit is over", pt: "A visita terminou")
        case .leftHint:
            Message(
                es: "Ya no está en el panel de {tenant}. Puede cerrar esta ventana.",
                en: "You are no longer in the panel of {tenant}. You can close this window.",
                pt: "Você não está mais no painel de {tenant}. Pode fechar esta janela.")
        case .inside:
            Message(
                es: "Está dentro de este panel como plataforma.", en: "You are in this panel for the platform.",
                pt: "Você está neste painel pela plataforma.")
        }
    }
}
