import Access
import Customers
import HTML
import HTTP
import Identifiers
import Identity
import Locale
import Nouns
import Panel
import Subscribers
import Tenancy
import Time

struct CustomerPortalPage: View {
    let heading: CustomerHeading
    let subscriber: Subscriber
    let sessions: [OpenSession]
    let email: String
    let phone: String
    let faults: [FormFault]
    let isMailed: Bool
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        heading
        ContactsForm(
            subscriber: subscriber, email: email, phone: phone, faults: faults,
            mayWrite: visit.mayAct(with: .customersWrite),
            reader: reader)
        if visit.mayAct(with: .portalAccess) {
            PortalAccessCard(subscriber: subscriber, sessions: sessions, isMailed: isMailed, visit: visit)
        }
    }
}

struct ContactsForm: View {
    let subscriber: Subscriber
    let email: String
    let phone: String
    let faults: [FormFault]
    let mayWrite: Bool
    let reader: Reader

    var body: Markup {
        section(.class("card")) {
            form(.method(.post), .action("/panel/customers/\(subscriber.id)/contacts")) {
                h2 { CustomerPageWords.contacts.text(for: reader) }
                FormField(PortalWords.email.text(for: reader), name: "email", error: fault("email")) { wiring in
                    input(
                        wiring, .type("email"), .autocomplete("off"), .maxlength(254), .value(email),
                        .readonly(!mayWrite))
                }
                FormField(PortalWords.phone.text(for: reader), name: "phone", error: fault("phone")) { wiring in
                    input(
                        wiring, .type("tel"), .autocomplete("off"), .maxlength(40), .value(phone),
                        .readonly(!mayWrite))
                }
                if mayWrite {
                    button(.type("submit"), .class("primary")) { CustomerPageWords.save.text(for: reader) }
                }
            }
            if subscriber.phoneIsClaimed {
                form(.class("acts"), .method(.post), .action("/panel/customers/\(subscriber.id)/confirm-phone")) {
                    p(.class("hint")) { CustomerPageWords.phoneClaimed.text(for: reader) }
                    if mayWrite {
                        button(.type("submit")) { CustomerPageWords.confirmPhone.text(for: reader) }
                    }
                }
            }
        }
    }

    private func fault(_ name: String) -> String? {
        faults.first { $0.name == name }?.message.text(for: reader)
    }
}

struct PortalAccessCard: View {
    let subscriber: Subscriber
    let sessions: [OpenSession]
    let isMailed: Bool
    let visit: Visit

    var body: Markup {
        let reader = visit.reader
        section(.class("card")) {
            h2 { CustomerPageWords.portal.text(for: reader) }
            p { lastVisit(reader) }
            div(.class("acts")) {
                act("portal-link", .makeLink, reader)
                if isMailed, !subscriber.email.isEmpty { act("portal-mail", .mailLink, reader) }
                act("portal-code", .makeCode, reader)
                if !sessions.isEmpty { act("portal-end", .endSessions, reader, .class("danger")) }
            }
            p(.class("hint")) { CustomerPageWords.secretHint.text(for: reader) }
        }
    }

    private func lastVisit(_ reader: Reader) -> String {
        guard let last = sessions.first else { return CustomerPageWords.noSessions.text(for: reader) }
        return CustomerPageWords.openSessions.text(
            for: reader, .count(sessions.count),
            .text("moment", last.seenAt.text(.short, in: visit.tenant.timeZone, for: reader)))
    }

    private func act(
        _ path: String, _ words: CustomerPageWords, _ reader: Reader, _ look: Attribute = .class("")
    ) -> Markup {
        form(.method(.post), .action("/panel/customers/\(subscriber.id)/\(path)")) {
            button(.type("submit"), look) { words.text(for: reader) }
        }
    }
}

/// Shown once: the secret is not stored.
struct PortalSecretPage: View {
    enum Secret {
        case link(String)
        case code(String)
    }

    let subscriber: Subscriber
    let secret: Secret
    /// The company's name, for the message to send.
    let company: String
    let reader: Reader

    var body: Markup {
        h1 { subscriber.name }
        div(.class("card")) {
            switch secret {
            case .link(let address):
                p { CustomerPageWords.linkHint.text(for: reader) }
                FormField(CustomerPageWords.link.text(for: reader), name: "link") { wiring in
                    input(wiring, .readonly(), .value(address))
                }
                whatsApp(address)
            case .code(let digits):
                p { CustomerPageWords.codeHint.text(for: reader) }
                p(.class("large")) { output(.id("code"), .class("code")) { digits } }
            }
            p { a(.href("/panel/customers/\(subscriber.id)/portal")) { CustomerPageWords.back.text(for: reader) } }
        }
    }

    /// Opens WhatsApp with the link as a message to the customer's telephone.
    private func whatsApp(_ address: String) -> Markup {
        guard let phone = Phone(e164: subscriber.phone) else { return .nothing }
        let text = CustomerPageWords.chatText.text(for: reader, .text("company", company), .text("link", address))
        let chat = Fields(["text": text]).query(of: "https://wa.me/\(phone.e164.dropFirst())")
        return p {
            a(.class("button"), .href(chat), .rel("noopener"), .target("_blank")) {
                CustomerPageWords.sendByWhatsApp.text(for: reader)
            }
        }
    }
}

enum CustomerPageWords: MessageCatalogue {
    case contacts, save, phoneClaimed, confirmPhone, portal, noSessions, openSessions
    case makeLink, mailLink, sendByWhatsApp, chatText, makeCode, endSessions, secretHint, linkHint, link, codeHint, back

    var message: Message {
        switch self {
        case .contacts: Message(es: "Contacto", en: "Contact", pt: "Contato")
        case .save: Message(es: "Guardar", en: "Save", pt: "Salvar")
        case .phoneClaimed:
            Message(
                es:
                    "El cliente escribió este teléfono en el portal. Confírmelo con él para que pueda entrar con su número.",
                en:
                    "The customer wrote this telephone in the portal. Confirm it with them so that they can sign in with it.",
                pt: "O cliente escreveu este telefone no portal. Confirme com ele para que possa entrar com o número.")
        case .confirmPhone: Message(es: "Confirmar teléfono", en: "Confirm telephone", pt: "Confirmar telefone")
        case .portal: Message(es: "Portal del cliente", en: "Customer portal", pt: "Portal do cliente")
        case .noSessions:
            Message(es: "No tiene accesos abiertos.", en: "No open sessions.", pt: "Não há acessos abertos.")
        case .openSessions:
            Message(
                es: .count(
                    one: "Un acceso abierto; último uso: {moment}.",
                    many: "{count} de accesos abiertos; último uso: {moment}.",
                    other: "{count} accesos abiertos; último uso: {moment}."),
                en: .count(
                    one: "One open session; last use: {moment}.", other: "{count} open sessions; last use: {moment}."),
                pt: .count(
                    one: "{count} acesso aberto; último uso: {moment}.",
                    many: "{count} de acessos abertos; último uso: {moment}.",
                    other: "{count} acessos abertos; último uso: {moment}."))
        case .makeLink: Message(es: "Crear enlace", en: "Create a link", pt: "Criar link")
        case .mailLink:
            Message(es: "Enviar enlace por correo", en: "Send a link by e-mail", pt: "Enviar link por e-mail")
        case .chatText:
            Message(
                es:
                    "Hola, le escribe {company}. Con este enlace entra a su portal, una sola vez y durante 24 horas: {link}",
                en: "Hello from {company}. This link opens your portal, once and within 24 hours: {link}",
                pt: "Olá, aqui é {company}. Com este link você entra no seu portal, uma só vez e por 24 horas: {link}")
        case .sendByWhatsApp:
            Message(es: "Enviar por WhatsApp", en: "Send by WhatsApp", pt: "Enviar por WhatsApp")
        case .makeCode:
            Message(es: "Crear código para dictar", en: "Create a code to read out", pt: "Criar código para ditar")
        case .endSessions: Message(es: "Cerrar sus accesos", en: "Close their sessions", pt: "Encerrar os acessos")
        case .secretHint:
            Message(
                es:
                    "El enlace y el código abren la cuenta del cliente. Delos solo a la persona titular; queda en la auditoría quién los creó.",
                en:
                    "Link and code open the customer's account. Give them to the holder only; the audit trail keeps who made them.",
                pt:
                    "O link e o código abrem a conta do cliente. Entregue-os só ao titular; a auditoria guarda quem os criou."
            )
        case .linkHint:
            Message(
                es:
                    "Entréguelo por WhatsApp o como prefiera. Sirve una vez, durante 24 horas, y no se vuelve a mostrar.",
                en: "Hand it over by WhatsApp or as you like. It works once, for 24 hours, and is not shown again.",
                pt: "Entregue por WhatsApp ou como preferir. Vale uma vez, por 24 horas, e não é mostrado de novo.")
        case .link: Message(es: "Enlace", en: "Link", pt: "Link")
        case .codeHint:
            Message(
                es:
                    "El cliente escribe en el portal su correo o teléfono y luego este código. Sirve una vez, durante 10 minutos.",
                en:
                    "In the portal the customer writes their e-mail or telephone and then this code. It works once, for 10 minutes.",
                pt:
                    "No portal o cliente escreve seu e-mail ou telefone e depois este código. Vale uma vez, por 10 minutos."
            )
        case .back: Message(es: "Volver al cliente", en: "Back to the customer", pt: "Voltar ao cliente")
        }
    }
}
