import Access
import Declarations
import Letters
import Locale
import Mail
import Postgres
import Synchronization
import Tenancy
import TenantSupport
import TestSupport

@testable import Notices

/// A mail server that is a list.
final class MailList: Sendable {
    private let taken = Mutex<[MailMessage]>([])

    var messages: [MailMessage] { taken.withLock { $0 } }

    func office(of site: TestSite) -> LetterSender {
        let database = site.test.database
        var office = LetterSender(
            sender: "avisos@{slug}.example",
            tenant: { id in try await database.platform.tenants().first { $0.id.scope == id } },
            send: { [self] message throws(MailError) in taken.withLock { $0.append(message) } })
        NoticeLetters.add(to: &office)
        return office
    }
}

extension NoticeKind {
    static let invented = NoticeKind(
        "invented", Message(es: "Prueba", en: "Test", pt: "Teste"), blanks: ["nombre", "mes", "monto"])
}

extension RoomDeclarations {
    static let invented = RoomDeclarations("Invented", parts: [NoticeKind.invented])
}
