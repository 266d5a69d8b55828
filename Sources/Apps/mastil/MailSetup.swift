import Access
import Assembly
import Letters
import Loop
import Mail
import Postgres
import Tenancy

/// Outgoing mail: the rooms' letters and the mail server.
struct MailSetup: Sendable {
    let office: LetterSender
    private let mailer: Mailer

    init(_ settings: MailSettings, database: Database, on loop: EventLoop) {
        let mailer = Mailer(to: settings.relay, on: loop)
        self.mailer = mailer
        var office = LetterSender(
            sender: settings.sender,
            tenant: { id in try await database.platform.tenants().first { $0.id.scope == id } },
            send: { message throws(MailError) in try await mailer.send(message) })
        Rooms.list.addLetters(to: &office)
        self.office = office
    }

    func close() async { await mailer.close() }
}
