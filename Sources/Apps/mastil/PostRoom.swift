import Access
import Contracts
import Identity
import Letters
import Loop
import Mail
import Postgres
import Subscribers
import Tenancy

/// Where letters leave the house: the rooms that write them, and the mail server.
struct PostRoom: Sendable {
    let office: LetterOffice
    private let mailer: Mailer

    init(_ settings: MailSettings, database: Database, on loop: EventLoop) {
        let mailer = Mailer(to: settings.relay, on: loop)
        self.mailer = mailer
        var office = LetterOffice(
            sender: settings.sender,
            tenant: { id in try await database.platform.tenants().first { $0.id.scope == id } },
            send: { message throws(MailError) in try await mailer.send(message) })
        StaffLetters.add(to: &office)
        SubscriberLetters.add(to: &office)
        ContractLetters.add(to: &office)
        self.office = office
    }

    func close() async { await mailer.close() }
}
