import Identifiers
import Letters
import Locale
import Tenancy

/// Letters to customers about contracts.
package enum ContractLetters {
    package static func add(to office: inout LetterSender) {
        office.add(.contractToSign) { letter, desk in
            try await text(letter, desk, in: .pending, .toSignSubject, .toSignText, .toSignLink)
        }
        office.add(.contractSigned) { letter, desk in
            try await text(letter, desk, in: .signed, .signedSubject, .signedText, .signedLink)
        }
    }

    /// Nil when it no longer applies: signed or annulled meanwhile.
    private static func text(
        _ letter: Letter, _ desk: LetterDesk, in state: Contract.State, _ subject: ContractLetterWords,
        _ paragraph: ContractLetterWords, _ link: ContractLetterWords
    ) async throws -> LetterText? {
        guard let id = letter.about, let contract = try await desk.database.contract(Contract.ID(id)),
            contract.state == state
        else { return nil }
        let (reader, company) = (desk.reader, Blank.text("company", desk.tenant.name))
        let number = Blank.text("number", "\(contract.number)")
        return LetterText(
            subject: subject.text(for: reader, company, number),
            paragraphs: [
                ContractLetterWords.greeting.text(for: reader, .name(contract.customerName)),
                paragraph.text(for: reader, company, number),
            ],
            link: (link.text(for: reader), "\(letter.origin)/portal/contracts/\(contract.id)"),
            closing: [ContractLetterWords.closing.text(for: reader, company)])
    }
}

enum ContractLetterWords: MessageCatalogue {
    case greeting, toSignSubject, toSignText, toSignLink, signedSubject, signedText, signedLink, closing

    var message: Message {
        switch self {
        case .greeting: Message(es: "Hola, {name}:", en: "Hello {name},", pt: "Olá, {name}:")
        case .toSignSubject:
            Message(
                es: "Tiene un contrato por firmar con {company}", en: "You have a contract to sign with {company}",
                pt: "Você tem um contrato para assinar com {company}")
        case .toSignText:
            Message(
                es:
                    "Su contrato n.º {number} está listo. Léalo con calma en el portal; ahí mismo puede descargarlo y firmarlo.",
                en:
                    "Your contract no. {number} is ready. Take your time to read it in the portal; you can download and sign it there.",
                pt:
                    "Seu contrato n.º {number} está pronto. Leia com calma no portal; lá mesmo você pode baixá-lo e assiná-lo."
            )
        case .toSignLink: Message(es: "Leer y firmar", en: "Read and sign", pt: "Ler e assinar")
        case .signedSubject:
            Message(
                es: "Su contrato con {company} quedó firmado", en: "Your contract with {company} is signed",
                pt: "Seu contrato com {company} foi assinado")
        case .signedText:
            Message(
                es:
                    "Su contrato n.º {number} quedó firmado. En el portal puede leerlo y descargarlo cuando lo necesite.",
                en: "Your contract no. {number} is signed. You can read and download it in the portal at any time.",
                pt: "Seu contrato n.º {number} foi assinado. No portal você pode lê-lo e baixá-lo quando precisar.")
        case .signedLink: Message(es: "Ver mi contrato", en: "See my contract", pt: "Ver meu contrato")
        case .closing:
            Message(
                es: "Para entrar le pediremos un código que llega a este correo. Si usted no lo esperaba, llámenos.",
                en: "To enter we will ask for a code that comes to this mailbox. If you did not expect this, call us.",
                pt:
                    "Para entrar pediremos um código que chega a este e-mail. Se você não esperava isto, ligue para nós."
            )
        }
    }
}
