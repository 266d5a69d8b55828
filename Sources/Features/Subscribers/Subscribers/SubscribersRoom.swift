import Customers
import Declarations
import Locale

extension Permission {
    package static let portalAccess = Permission("portal.access")
}

extension EventKind {
    package static let portalEntered = EventKind(
        "portal.entered", Message(es: "Entró al portal", en: "Entered the portal", pt: "Entrou no portal"))
    package static let portalCodeMade = EventKind(
        "portal.code_made",
        Message(
            es: "Creó un código para dictar a un cliente", en: "Created a code to read out to a customer",
            pt: "Criou um código para ditar a um cliente"))
    package static let portalLinkMade = EventKind(
        "portal.link_made",
        Message(
            es: "Creó un enlace del portal para un cliente", en: "Created a portal link for a customer",
            pt: "Criou um link do portal para um cliente"))
    package static let portalLinkMailed = EventKind(
        "portal.link_mailed",
        Message(
            es: "Envió a un cliente un enlace del portal", en: "Mailed a portal link to a customer",
            pt: "Enviou a um cliente um link do portal"))
    package static let portalSessionsEnded = EventKind(
        "portal.sessions_ended",
        Message(
            es: "Cerró los accesos de un cliente", en: "Closed a customer's sessions",
            pt: "Encerrou os acessos de um cliente"))
    package static let customerEmailConfirmed = EventKind(
        "customer.email_confirmed",
        Message(es: "Confirmó su correo", en: "Confirmed their e-mail", pt: "Confirmou seu e-mail"))
    package static let customerPhoneClaimed = EventKind(
        "customer.phone_claimed",
        Message(es: "Escribió un teléfono nuevo", en: "Wrote a new telephone", pt: "Escreveu um telefone novo"))
    package static let customerPhoneConfirmed = EventKind(
        "customer.phone_confirmed",
        Message(
            es: "Confirmó el teléfono de un cliente", en: "Confirmed a customer's telephone",
            pt: "Confirmou o telefone de um cliente"))
}

extension LetterKind {
    package static let portalCode = LetterKind(
        "portal_code", Message(es: "Código para el portal", en: "Code for the portal", pt: "Código para o portal"))
    package static let portalLink = LetterKind(
        "portal_link", Message(es: "Enlace para el portal", en: "Link for the portal", pt: "Link para o portal"))
    package static let emailConfirmation = LetterKind(
        "email_confirmation",
        Message(es: "Confirmación de correo", en: "Confirmation of an e-mail", pt: "Confirmação de e-mail"))
    package static let emailChanged = LetterKind(
        "email_changed",
        Message(es: "Aviso de correo cambiado", en: "Notice of a changed e-mail", pt: "Aviso de e-mail alterado"))
}

extension RoomDeclarations {
    package static let subscribers = RoomDeclarations(
        "Subscribers", module: .group(.customers),
        permissions: [
            GrantablePermission(
                .portalAccess,
                Message(
                    es: "Dar a clientes acceso al portal", en: "Give customers access to the portal",
                    pt: "Dar a clientes acesso ao portal"), heldBy: [.cashier, .support], isWithinZones: true,
                lent: .never)
        ],
        events: [
            .portalEntered, .portalCodeMade, .portalLinkMade, .portalLinkMailed, .portalSessionsEnded,
            .customerEmailConfirmed, .customerPhoneClaimed, .customerPhoneConfirmed,
        ],
        letters: [.portalCode, .portalLink, .emailConfirmation, .emailChanged],
        parts: [
            CustomerRows(
                60, "portal_sessions",
                Message(es: "Sesiones del portal", en: "Portal sessions", pt: "Sessões do portal"),
                move: { move, database in try await PortalSession.moveAll(move, in: database) },
                moveBack: { ids, move, database in
                    try await PortalSession.moveBack(ids, move, in: database)
                })
        ])
}
