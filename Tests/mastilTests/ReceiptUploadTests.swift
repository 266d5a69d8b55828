import Access
import Assembly
import Customers
import HTTP
import Identifiers
import Ledger
import Locale
import Panel
import Payments
import Portal
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import mastil

/// From the subscriber's telephone to the cashier who looks at the picture.
@Suite struct ReceiptUploadTests {
    private static let drawing =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 90'><path d='M0 0h90v90z'/></svg>"

    private static func send(
        _ picture: String, amount: String, id: String, at tenant: TestTenant, as cookie: String
    ) async throws -> Answer {
        let gate = tenant.gate(
            tenant.site.context(of: Rooms.list).portalRoutes, credential: Portal.credential, refuse: Portal.refuse)
        var body = ""
        for (name, value) in [
            ("id", id), ("amount", amount), ("method", "transfer"), ("reference", "SPEI 778899"),
            ("day", tenant.tenant.timeZone.day(at: tenant.now).iso),
        ] {
            body += "--x\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        body += "--x\r\nContent-Disposition: form-data; name=\"receipt\"; filename=\"pago.png\"\r\n"
        body += "Content-Type: image/png\r\n\r\n\(picture)\r\n--x--\r\n"
        return try await tenant.ask(
            gate, "/portal/receipts", method: "POST",
            headers: [
                "Cookie": cookie, "Sec-Fetch-Site": "same-origin", "Content-Type": "multipart/form-data; boundary=x",
            ], body: Array(body.utf8))
    }

    @Test func `a subscriber sends a picture, a cashier sees it and approves, and the neighbour sees nothing`()
        async throws
    {
        try await withTenants(in: Rooms.declarations) { norte, sur in
            let (customer, cookie) = try await SubscriberIsolationTests.customer("Ana", at: norte)
            let id = UUID.v7(milliseconds: norte.now.milliseconds, from: norte.site.randomness)
            let bad = try await Self.send("no es una imagen", amount: "300", id: "\(id)", at: norte, as: cookie)
            #expect(bad.status == .unprocessableContent && bad.text.contains("foto o captura de pantalla"))
            let wrong = try await Self.send(Self.drawing, amount: "1e18", id: "\(id)", at: norte, as: cookie)
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("Eso no es un importe."))
            // Pressed twice.
            for _ in 0..<2 {
                let sent = try await Self.send(Self.drawing, amount: "300", id: "\(id)", at: norte, as: cookie)
                #expect(sent.status == .seeOther && sent.headers["Location"]?.contains("receipt_sent") == true)
            }
            let other = UUID.v7(milliseconds: norte.now.milliseconds, from: norte.site.randomness)
            let again = try await Self.send(Self.drawing, amount: "300", id: "\(other)", at: norte, as: cookie)
            #expect(again.status == .unprocessableContent)

            let panel = norte.gate(
                norte.site.context(of: Rooms.list).panelRoutes, credential: Panel.credential, refuse: Panel.refuse)
            let olga = try await norte.signIn(norte.everything, as: "Olga")
            let list = try await norte.ask(
                panel, "/panel/receipts", headers: ["Cookie": olga]
            ).text
            #expect(list.contains("\(id)") && list.contains("Comprobantes por revisar"))
            let page = try await norte.ask(panel, "/panel/payments/\(id)", headers: ["Cookie": olga]).text
            #expect(page.contains("/panel/payments/\(id)/evidence"))
            #expect(page.contains("no tiene efecto hasta que lo revise"))
            let picture = try await norte.ask(panel, "/panel/payments/\(id)/evidence", headers: ["Cookie": olga])
            #expect(picture.status == .ok && picture.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            // What lies in the database is not the picture.
            let stored = try norte.site.test.superuser().column(
                "SELECT encode(substring(picture FOR 64), 'hex') FROM payment_evidence")
            #expect(!stored.joined().contains("89504e47"))
            let theirs = sur.gate(
                sur.site.context(of: Rooms.list).panelRoutes, credential: Panel.credential, refuse: Panel.refuse)
            let hugo = try await sur.signIn(sur.everything, as: "Hugo")
            let stolen = try await sur.ask(theirs, "/panel/payments/\(id)/evidence", headers: ["Cookie": hugo])
            #expect(stolen.status == .notFound)

            let balance = { try await norte.database.balance(of: customer, in: norte.tenant.currency).balance.minor }
            #expect(try await balance() == 0)
            let done = try await norte.ask(
                panel, "/panel/payments/\(id)/approve", method: "POST",
                headers: [
                    "Cookie": olga, "Sec-Fetch-Site": "same-origin",
                    "Content-Type": "application/x-www-form-urlencoded",
                ])
            #expect(done.status == .seeOther)
            #expect(try await balance() == -30_000)
        }
    }
}
