import Assembly
import Customers
import Declarations
import Locale
import Panel
import Subscribers

extension Notice {
    package static let confirmationSent = Notice(
        "confirmation_sent",
        Message(
            es: "Le enviamos un enlace al correo nuevo. Ábralo para confirmarlo.",
            en: "We sent a link to the new e-mail. Open it to confirm.",
            pt: "Enviamos um link ao e-mail novo. Abra-o para confirmar."))
    package static let phoneClaimed = Notice(
        "phone_claimed",
        Message(
            es: "Anotamos su teléfono nuevo. Lo confirmaremos con usted.",
            en: "We noted your new telephone. We will confirm it with you.",
            pt: "Anotamos seu telefone novo. Vamos confirmá-lo com você."))
    package static let emailConfirmed = Notice(
        "email_confirmed",
        Message(es: "Su correo quedó confirmado.", en: "Your e-mail is confirmed.", pt: "Seu e-mail foi confirmado."))
    package static let accessEnded = Notice(
        "access_ended",
        Message(es: "El acceso quedó cerrado.", en: "The device is signed out.", pt: "O acesso foi encerrado."))
}

extension PortalTab {
    package static let home = PortalTab(
        10, PortalWords.home.message, path: "/portal", drawing: "M3 11 12 4l9 7M6 9v11h12V9")
    package static let details = PortalTab(
        70, PortalWords.details.message, path: "/portal/details",
        drawing: "M12 12a4 4 0 1 0-.01 0M4 21c1-5 4-6 8-6s7 1 8 6")
    package static let sessions = PortalTab(
        80, PortalWords.sessions.message, path: "/portal/sessions", drawing: "M8 3h8v18H8zM11 18h2")
    package static let help = PortalTab(
        90, PortalWords.help.message, path: "/portal/help",
        drawing: "M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2m0 3v.5M12 22a10 10 0 1 1 .01 0")
}

extension RoomDeclarations {
    package static let portal = RoomDeclarations(
        "Portal", notices: [.confirmationSent, .phoneClaimed, .emailConfirmed, .accessEnded],
        customerTabs: [
            CustomerTab(
                30, Message(es: "Contacto y portal", en: "Contact and portal", pt: "Contato e portal"), path: "/portal",
                permission: .customersRead)
        ],
        portalTabs: [.home, .details, .sessions, .help])
}

extension Room {
    package static let portal = Room(
        .subscribers, .portal,
        panel: { routes, context in
            CustomerPageRoutes(mailing: context.mailing, randomness: context.randomness).add(to: &routes)
        },
        portal: { routes, context in
            PortalSignInRoutes(mailing: context.mailing, randomness: context.randomness).add(to: &routes)
            PortalRoutes(mailing: context.mailing, randomness: context.randomness, rooms: context.rooms).add(
                to: &routes)
        },
        jobs: { jobs, _ in jobs.add(ForgetPortalCredentials.self) { try await $0.run(in: $1) } },
        nightly: [ForgetPortalCredentials.self], letters: SubscriberLetters.add)
}
