import Assembly
import Declarations
import Letters
import Locale
import Panel

extension Permission {
    package static let lettersManage = Permission("letters.manage")
}

extension EventKind {
    package static let letterResent = EventKind(
        "letter.resent", Message(es: "Reenvió un correo", en: "Sent a message again", pt: "Reenviou um e-mail"))
}

extension RoomDeclarations {
    package static let letterBook = RoomDeclarations(
        "LetterBook",
        permissions: [
            GrantablePermission(
                .lettersManage,
                Message(
                    es: "Ver y reenviar los correos enviados", en: "See and resend sent mail",
                    pt: "Ver e reenviar os e-mails enviados"), heldBy: .ownerOnly)
        ],
        menu: [
            MenuEntry(
                .settings(.channels, 10), Message(es: "Correos enviados", en: "Sent mail", pt: "E-mails enviados"),
                path: "/panel/letters", permission: .lettersManage, icon: .letters,
                synonyms: Message(es: "mensajes avisos email", en: "mail messages notices", pt: "mensagens avisos"))
        ],
        events: [
            .letterResent
        ])
}

extension Crew {
    static let letters = Crew("letters", places: 16)
}

extension Room {
    package static let letterBook = Room(
        .letterBook, panel: { routes, _ in LetterRoutes.add(to: &routes) },
        jobs: { jobs, context in
            jobs.add(ForgetLetters.self) { try await $0.run(in: $1) }
            jobs.add(SendLetter.self, to: .letters) { try await $0.run(in: $1, by: context.letters) }
        },
        nightly: [ForgetLetters.self])
}
