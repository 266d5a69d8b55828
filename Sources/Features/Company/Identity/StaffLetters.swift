import Access
import Crypto
import Identifiers
import Letters
import Locale
import Postgres
import Tenancy
import Time

/// Letters to the ISP's own staff. Links are made as the letter leaves, so that no secret is stored.
package enum StaffLetters {
    package static func add(to office: inout LetterSender) {
        office.add(.invitation) { letter, desk in
            guard let id = letter.about, let member = try await desk.database.staffMember(ID(id)),
                member.state == .invited
            else { return nil }
            return text(
                .invitationSubject, [.invitationText], (.choosePassword, try await link(for: member, letter, desk)),
                [.linkLasts], member, desk)
        }
        office.add(.passwordLink) { letter, desk in
            guard let member = try await owner(of: letter, desk), member.state != .disabled else { return nil }
            return text(
                .passwordSubject, [.passwordText], (.choosePassword, try await link(for: member, letter, desk)),
                [.linkLasts, .notAsked], member, desk)
        }
        office.add(.newDevice, writeNewDevice)
    }

    /// For a link asked for while signed out, only the typed address is known.
    private static func owner(of letter: Letter, _ desk: LetterDesk) async throws -> StaffMember? {
        guard let id = letter.about else { return try await desk.database.staffMember(email: letter.recipient) }
        return try await desk.database.staffMember(ID(id))
    }

    private static func link(
        for member: StaffMember, _ letter: Letter, _ desk: LetterDesk
    ) async throws -> String {
        let link = try await SignInLink.make(
            .password, for: member.id, at: desk.now, from: desk.randomness, in: desk.database)
        return "\(letter.origin)/panel/enter/\(link.secret.text)"
    }

    private static func writeNewDevice(_ letter: Letter, _ desk: LetterDesk) async throws -> LetterText? {
        guard let id = letter.about else { return nil }
        let found: StartedSession? = try await desk.database.first(
            """
            SELECT p.name, s.device, s.address, s.made_at
            FROM sessions s JOIN staff p ON p.tenant_id = s.tenant_id AND p.staff_id = s.staff_id
            WHERE s.tenant_id = \(desk.database.tenant) AND s.session_id = \(id)
            """)
        guard let found else { return nil }
        let reader = desk.reader
        return LetterText(
            subject: StaffLetterWords.newDeviceSubject.text(for: reader),
            paragraphs: [
                StaffLetterWords.greeting.text(for: reader, .name(found.name)),
                StaffLetterWords.newDeviceText.text(
                    for: reader, .text("company", desk.tenant.name), .text("device", Browser.name(found.device)),
                    .text("address", found.address),
                    .text("moment", found.madeAt.text(.long, in: desk.tenant.timeZone, for: reader))),
            ],
            link: (StaffLetterWords.seeSessions.text(for: reader), "\(letter.origin)/panel/account"),
            closing: [StaffLetterWords.newDeviceClosing.text(for: reader)])
    }

    private static func text(
        _ subject: StaffLetterWords, _ paragraphs: [StaffLetterWords], _ link: (words: StaffLetterWords, url: String),
        _ closing: [StaffLetterWords], _ member: StaffMember, _ desk: LetterDesk
    ) -> LetterText {
        let (reader, company) = (desk.reader, Blank.text("company", desk.tenant.name))
        return LetterText(
            subject: subject.text(for: reader, company),
            paragraphs: [StaffLetterWords.greeting.text(for: reader, .name(member.name))]
                + paragraphs.map { $0.text(for: reader, company) },
            link: (link.words.text(for: reader), link.url), closing: closing.map { $0.text(for: reader) })
    }
}

private struct StartedSession: RowReadable {
    let name: String
    let device: String
    let address: String
    let madeAt: Instant

    init(row: Row) throws(DatabaseError) {
        name = try row.read("name")
        device = try row.read("device")
        address = try row.read("address")
        madeAt = try row.read("made_at")
    }
}

package enum StaffLetterWords: MessageCatalogue {
    case greeting, invitationSubject, invitationText, passwordSubject, passwordText, choosePassword, linkLasts, notAsked
    case newDeviceSubject, newDeviceText, seeSessions, newDeviceClosing

    package var message: Message {
        switch self {
        case .greeting: Message(es: "Hola, {name}:", en: "Hello {name},", pt: "Olá, {name}:")
        case .invitationSubject:
            Message(
                es: "Su acceso al panel de {company}", en: "Your access to the panel of {company}",
                pt: "Seu acesso ao painel de {company}")
        case .invitationText:
            Message(
                es: "Le invitaron a trabajar en el panel de {company}. Elija su contraseña para entrar.",
                en: "You were invited to work in the panel of {company}. Choose your password to sign in.",
                pt: "Você foi convidado a trabalhar no painel de {company}. Escolha sua senha para entrar.")
        case .passwordSubject:
            Message(
                es: "Elija una contraseña nueva para {company}", en: "Choose a new password for {company}",
                pt: "Escolha uma senha nova para {company}")
        case .passwordText:
            Message(
                es: "Con este enlace puede elegir una contraseña nueva para el panel de {company}.",
                en: "With this link you can choose a new password for the panel of {company}.",
                pt: "Com este link você pode escolher uma senha nova para o painel de {company}.")
        case .choosePassword: Message(es: "Elegir contraseña", en: "Choose a password", pt: "Escolher senha")
        case .linkLasts:
            Message(
                es: "El enlace sirve una vez, durante 3 días.", en: "The link works once, for 3 days.",
                pt: "O link vale uma vez, por 3 dias.")
        case .notAsked:
            Message(
                es: "Si usted no lo pidió, no haga nada: su contraseña sigue igual.",
                en: "If you did not ask for it, do nothing: your password stays as it is.",
                pt: "Se não foi você que pediu, não faça nada: sua senha continua a mesma.")
        case .newDeviceSubject:
            Message(
                es: "Inicio de sesión desde un equipo nuevo", en: "Sign-in from a new device",
                pt: "Entrada a partir de um aparelho novo")
        case .newDeviceText:
            Message(
                es: "Alguien inició sesión con su cuenta en {company}: {device}, desde {address}, {moment}.",
                en: "Somebody signed in with your account at {company}: {device}, from {address}, {moment}.",
                pt: "Alguém entrou com sua conta em {company}: {device}, de {address}, {moment}.")
        case .seeSessions: Message(es: "Ver mis sesiones", en: "See my sessions", pt: "Ver minhas sessões")
        case .newDeviceClosing:
            Message(
                es: "Si fue usted, no haga nada. Si no, cierre esa sesión y cambie su contraseña.",
                en: "If it was you, do nothing. If not, close that session and change your password.",
                pt: "Se foi você, não faça nada. Se não foi, encerre essa sessão e altere sua senha.")
        }
    }
}
