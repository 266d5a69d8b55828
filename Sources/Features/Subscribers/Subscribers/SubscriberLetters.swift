import Crypto
import Customers
import Identifiers
import Letters
import Locale
import Tenancy
import Time

/// Letters to subscribers. Codes and links are made as the letter leaves.
package enum SubscriberLetters {
    package static func add(to office: inout LetterSender) {
        office.add(.portalCode, writeCode)
        office.add(.portalLink) { letter, desk in
            guard let subscriber = try await subscriber(of: letter, desk), subscriber.email == letter.recipient else {
                return nil
            }
            let link = try await link(for: subscriber, within: PortalLink.handedSpan, letter, desk)
            return text(.linkSubject, .linkText, (.enter, link), [.linkLasts], subscriber, desk)
        }
        office.add(.emailConfirmation) { letter, desk in
            guard let subscriber = try await subscriber(of: letter, desk) else { return nil }
            let link = try await link(
                for: subscriber, confirming: letter.recipient, within: PortalLink.confirmationSpan, letter, desk)
            return text(.confirmSubject, .confirmText, (.confirm, link), [.linkLasts, .notAsked], subscriber, desk)
        }
        office.add(.emailChanged) { letter, desk in
            guard let subscriber = try await subscriber(of: letter, desk) else { return nil }
            return text(.changedSubject, .changedText, nil, [.changedClosing], subscriber, desk)
        }
    }

    private static func writeCode(_ letter: Letter, _ desk: LetterDesk) async throws -> LetterText? {
        guard let id = letter.about,
            let code = try await PortalCode.address(
                PortalCode.ID(id), at: desk.now, from: desk.randomness, in: desk.database)
        else { return nil }
        let (reader, company) = (desk.reader, Blank.text("company", desk.tenant.name))
        var link: String?
        if code.subscribers.count == 1 {
            link = try await Self.link(for: code.subscribers[0], within: PortalCode.span, letter, desk)
        }
        return LetterText(
            subject: SubscriberLetterWords.codeSubject.text(for: reader, .text("code", code.digits), company),
            paragraphs: [SubscriberLetterWords.codeText.text(for: reader, company)], code: code.digits,
            link: link.map { (SubscriberLetterWords.enter.text(for: reader), $0) },
            closing: [SubscriberLetterWords.codeClosing.text(for: reader)], recipient: code.recipient)
    }

    private static func subscriber(of letter: Letter, _ desk: LetterDesk) async throws -> Subscriber? {
        guard let id = letter.about else { return nil }
        return try await desk.database.subscriber(Customer.ID(id))
    }

    private static func link(
        for subscriber: Subscriber, confirming email: String? = nil, within span: Duration, _ letter: Letter,
        _ desk: LetterDesk
    ) async throws -> String {
        let link = try await PortalLink.make(
            for: subscriber.id, confirming: email, within: span, at: desk.now, from: desk.randomness,
            in: desk.database)
        return "\(letter.origin)/portal/link/\(link.secret.text)"
    }

    private static func text(
        _ subject: SubscriberLetterWords, _ paragraph: SubscriberLetterWords,
        _ link: (words: SubscriberLetterWords, url: String)?, _ closing: [SubscriberLetterWords],
        _ subscriber: Subscriber, _ desk: LetterDesk
    ) -> LetterText {
        let (reader, company) = (desk.reader, Blank.text("company", desk.tenant.name))
        return LetterText(
            subject: subject.text(for: reader, company),
            paragraphs: [
                SubscriberLetterWords.greeting.text(for: reader, .name(subscriber.name)),
                paragraph.text(for: reader, company),
            ],
            link: link.map { ($0.words.text(for: reader), $0.url) }, closing: closing.map { $0.text(for: reader) })
    }
}

package enum SubscriberLetterWords: MessageCatalogue {
    case greeting, codeSubject, codeText, codeClosing, enter, linkSubject, linkText, linkLasts
    case confirmSubject, confirmText, confirm, notAsked, changedSubject, changedText, changedClosing

    package var message: Message {
        switch self {
        case .greeting: Message(es: "Hola, {name}:", en: "Hello {name},", pt: "Olá, {name}:")
        case .codeSubject:
            Message(
                es: "{code} es su código de {company}", en: "{code} is your code for {company}",
                pt: "{code} é o seu código de {company}")
        case .codeText:
            Message(
                es: "Este es el código para entrar al portal de {company}. Sirve durante 10 minutos.",
                en: "This is the code to enter the portal of {company}. It works for 10 minutes.",
                pt: "Este é o código para entrar no portal de {company}. Vale por 10 minutos.")
        case .codeClosing:
            Message(
                es: "No se lo diga a nadie. Si usted no lo pidió, no haga nada.",
                en: "Tell it to nobody. If you did not ask for it, do nothing.",
                pt: "Não o conte a ninguém. Se não foi você que pediu, não faça nada.")
        case .enter: Message(es: "Entrar al portal", en: "Enter the portal", pt: "Entrar no portal")
        case .linkSubject:
            Message(
                es: "Su acceso al portal de {company}", en: "Your access to the portal of {company}",
                pt: "Seu acesso ao portal de {company}")
        case .linkText:
            Message(
                es: "Con este enlace entra al portal de {company}, donde ve su servicio y sus datos.",
                en: "This link takes you into the portal of {company}, where you see your service and your details.",
                pt: "Com este link você entra no portal de {company}, onde vê seu serviço e seus dados.")
        case .linkLasts:
            Message(
                es: "El enlace sirve una vez, durante 24 horas.", en: "The link works once, for 24 hours.",
                pt: "O link vale uma vez, por 24 horas.")
        case .confirmSubject:
            Message(
                es: "Confirme su correo para {company}", en: "Confirm your e-mail for {company}",
                pt: "Confirme seu e-mail para {company}")
        case .confirmText:
            Message(
                es: "Confirme que este es su correo: con él entrará al portal de {company}.",
                en: "Confirm that this is your e-mail: you will enter the portal of {company} with it.",
                pt: "Confirme que este é o seu e-mail: com ele você entrará no portal de {company}.")
        case .confirm: Message(es: "Confirmar mi correo", en: "Confirm my e-mail", pt: "Confirmar meu e-mail")
        case .notAsked:
            Message(
                es: "Si usted no lo pidió, no haga nada.", en: "If you did not ask for it, do nothing.",
                pt: "Se não foi você que pediu, não faça nada.")
        case .changedSubject:
            Message(
                es: "Cambió el correo de su cuenta en {company}", en: "The e-mail of your account at {company} changed",
                pt: "O e-mail da sua conta em {company} mudou")
        case .changedText:
            Message(
                es: "El correo de su cuenta en {company} ya no es este: alguien confirmó otro.",
                en: "The e-mail of your account at {company} is no longer this one: somebody confirmed another.",
                pt: "O e-mail da sua conta em {company} já não é este: alguém confirmou outro.")
        case .changedClosing:
            Message(
                es: "Si no fue usted, comuníquese con nosotros cuanto antes.",
                en: "If it was not you, get in touch with us as soon as you can.",
                pt: "Se não foi você, fale conosco o quanto antes.")
        }
    }
}
