import Customers
import Declarations
import Identifiers
import Letters
import Locale
import Postgres
import Tenancy

extension LetterKind {
    package static let notice = LetterKind("notice", Message(es: "Aviso al cliente", en: "Notice", pt: "Aviso"))
}

extension NoticeCarrier {
    /// Letters to the address on the customer's record.
    package static let email = NoticeCarrier(
        "email", Message(es: "Correo", en: "E-mail", pt: "E-mail"), rank: 90,
        failures: [
            "mail_refused": Message(
                es: "El servidor de correo lo rechazó.", en: "The mail server refused it.",
                pt: "O servidor de e-mail recusou.")
        ],
        reach: { customers, desk in
            guard desk.isMailed else { return { _, _ in false } }
            let people = try await desk.database.customers(customers)
            let known = Set(people.filter { !$0.email.isEmpty }.map(\.id))
            return { customer, _ in known.contains(customer) }
        },
        carry: { notice, desk in
            guard desk.isMailed, let customer = try await desk.database.customer(notice.customer),
                !customer.email.isEmpty
            else { return .absent }
            let head = Letterhead(language: desk.tenant.language, origin: desk.address)
            return .taken(
                try await desk.database.write(
                    .notice, to: customer.email, about: notice.id.uuid, on: head, at: desk.now, from: desk.randomness
                ).uuid)
        })
}

/// Letters with the text of their notice.
enum NoticeLetters {
    static func add(to office: inout LetterSender) {
        office.add(.notice) { letter, desk in
            guard let id = letter.about, let notice = try await desk.database.notice(ID(id)) else { return nil }
            if let kind = desk.parts.compactMap({ $0 as? NoticeKind }).first(where: { $0.name == notice.kind }),
                try await !kind.applies(notice, desk.database)
            {
                return nil
            }
            return LetterText(
                subject: notice.subject,
                paragraphs: notice.text.split(separator: "\n").map(String.init).filter { !$0.isEmpty },
                link: notice.link.isEmpty
                    ? nil : (NoticeWords.seeMore.text(for: desk.reader), "\(letter.origin)\(notice.link)"))
        }
        office.follow(.notice) { letter, end, database, now in
            let fate: NoticeFate =
                switch end {
                case .sent: .sent
                case .failed: .failed("mail_refused")
                case .removed: .withdrawn
                }
            try await database.note(fate, ofCarried: letter.id.uuid, at: now)
        }
    }
}
