import Access
import Conversations
import Customers
import Declarations
import Events
import Identifiers
import Jobs
import Ledger
import Locale
import Loop
import Payments
import Postgres
import Receipts
import Sandbox
import Services
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Bot
@testable import Collection

/// «Quiero 5 días», a quote, a picture, an approval, and the days are there.
@Suite struct ChatReceiptTests {
    private static let beto = "+525511112222"

    @Test func `days are bought by chat: a quote, a picture, an approval, and they are added to what is left`()
        async throws
    {
        try await withBots { norte, _ in
            let customer = try await norte.makeCustomer("Beto", phone: Self.beto, days: 1)
            let chat = norte.chat("5215511112222", phone: Self.beto)
            let quote = try await chat.say("quiero 5 dias").joined(separator: "\n")
            #expect(quote.contains("$350.00") && quote.contains("Banco Norte"), "\(quote)")
            let service = try #require(try await norte.database.services(of: customer, on: norte.today).first)
            // Asked again meanwhile: nothing is lost.
            let said = try await chat.send(norte.receipt("$350.00", "BNV48210034455667"))
            #expect(said.joined().contains("Recibí su comprobante: $350.00"), "\(said)")
            let payment = try #require(try await norte.database.waitingReceipts(limit: 9).first?.payment)
            #expect(payment.customer == customer && payment.amount == norte.money(35_000))
            _ = try await norte.till.approve(payment.id, by: norte.owner, in: norte.database)
            let told = try await chat.tellOfReceipts()
            #expect(told.joined().contains("quedó registrado") && told.joined().contains("5 días"), "\(told)")
            let after = try await norte.database.service(service.id, on: norte.today)
            #expect(after?.prepaidThrough == (service.prepaidThrough ?? norte.today - 1) + 5)
            // Told once, and not again.
            #expect(try await chat.tellOfReceipts().isEmpty)
            // The same receipt is recognised.
            let twice = try await chat.send(norte.receipt("$350.00", "BNV48210034455667"))
            #expect(twice.joined().contains("ya está en el pago"), "\(twice)")
        }
    }

    @Test func `a rejection is told with its reason, a stranger links first, and what is no receipt goes to a person`()
        async throws
    {
        try await withBots { norte, _ in
            let customer = try await norte.makeCustomer("Beto", phone: Self.beto)
            try await norte.charge(30_000, to: customer)
            let stranger = norte.chat("999")
            _ = try await stranger.send(norte.receipt("$350.00", "BNV48210034455667"))
            #expect(try await stranger.outcome() == .notLinked)
            #expect(try await norte.database.waitingReceipts(limit: 9).isEmpty)
            let chat = norte.chat("5215511112222", phone: Self.beto)
            _ = try await chat.send(norte.receipt("$300.00", "BNV58210034455667"))
            let payment = try #require(try await norte.database.waitingReceipts(limit: 9).first?.payment)
            _ = try await norte.till.reject(
                payment.id, because: "El dinero no llegó", by: norte.owner, in: norte.database)
            #expect(try await chat.tellOfReceipts().joined().contains("El dinero no llegó"))
            _ = try await chat.send(norte.receipt("", ""))
            #expect(try await chat.conversation()?.state == .open)
        }
    }
}

extension TestTenant {
    fileprivate var till: PaymentActs { PaymentActs(randomness: site.randomness) }
    fileprivate var owner: Principal {
        Principal(
            Actor(.staff, id: UUID(high: 3, low: 3), name: "Caro"), permissions: Set(everything), of: site.catalogue,
            at: now)
    }
    fileprivate var taker: ChatReceiptTaker {
        ChatReceiptTaker(catalogue: site.catalogue, randomness: site.randomness, sandbox: .tests, vault: site.vault)
    }

    fileprivate func receipt(_ amount: String, _ key: String) -> [UInt8] {
        let rows =
            key.isEmpty
            ? ""
            : """
            <text x='100' y='360' font-size='36'>Fecha \(today.dayOfMonth)/\(today.month.number)/\(today.year)</text>\
            <text x='100' y='450' font-size='36'>Clave de rastreo \(key)</text>\
            <text x='100' y='540' font-size='36'>Cuenta destino ****9719</text>\
            <text x='100' y='630' font-size='36'>Estatus Liquidada</text>
            """
        return Array(
            """
            <svg xmlns='http://www.w3.org/2000/svg' width='1000' height='800' font-family='Open Sans'>\
            <rect width='1000' height='800' fill='#fff'/><text x='100' y='120' font-size='54'>Hola</text>\
            <text x='500' y='250' font-size='80' text-anchor='middle'>\(amount)</text>\(rows)</svg>
            """.utf8)
    }
}

extension Chat {
    /// Sends a picture, which the channel hands over; what the bot says to it.
    fileprivate func send(_ file: [UInt8]) async throws -> [String] {
        tenant.site.clock.advance(by: .milliseconds(1))
        let database = tenant.database
        let inbound = InboundMessage(
            .whatsapp, account: nil, from: correspondent, phone: phone, name: "Alguien",
            providerID: "wamid.\(tenant.site.randomness.next())", kind: .image, body: "",
            files: [InboundFile(providerFile: "1", mediaType: "image/jpeg", name: "", bytes: nil)], sentAt: tenant.now)
        guard let message = try await database.receive(inbound, of: tenant.tenant, at: tenant.now) else { return [] }
        let before = try await sent().count
        try await tenant.responder.respond(
            to: RespondToMessage(message.id, in: message.conversation), of: tenant.tenant, at: tenant.now, in: database)
        let picture = try await MessageFile.draw(file, in: .tests, for: tenant.tenant.id.uuid)
        for file in try await database.waitingFiles(of: message.id) {
            try await database.keep(file.id, picture, mediaType: "image/png", in: tenant.site.vault, at: tenant.now)
        }
        try await tenant.taker.take(
            TakeChatReceipt(message.id, in: message.conversation), at: tenant.now, in: database)
        return try await sent().dropFirst(before).map(\.body)
    }

    /// Runs what decisions queued; what is told of them.
    fileprivate func tellOfReceipts() async throws -> [String] {
        let before = try await sent().count
        let receipts: [ToldReceipt] = try await tenant.database.rows(
            "SELECT payment_id FROM chat_receipts WHERE tenant_id = \(tenant.database.tenant)")
        for receipt in receipts {
            try await tenant.taker.tell(TellOfReceipt(receipt.id), at: tenant.now, in: tenant.database)
        }
        return try await sent().dropFirst(before).map(\.body)
    }
}

private struct ToldReceipt: RowReadable {
    let id: Payment.ID

    init(row: Row) throws(DatabaseError) { id = try row.read("payment_id") }
}
