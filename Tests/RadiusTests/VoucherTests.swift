import Access
import CashDesk
import Declarations
import Documents
import Expenses
import HTTP
import Identifiers
import Jobs
import Ledger
import Locale
import Loop
import Nouns
import Panel
import Postgres
import RADIUS
import Sandbox
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Radius
@testable import Vouchers

/// Hotspot cards, as the real FreeRADIUS lets them in.
@Suite struct VoucherTests {
    private static let device = "Calling-Station-Id = \"02-00-00-00-00-01\""
    private static let other = "Calling-Station-Id = \"02-00-00-00-00-02\""

    private static func make(
        _ size: Int, of bench: RadiusBench, hours: Int = 2
    ) async throws -> (batch: VoucherBatch, codes: [String]) {
        let acts = VoucherActs(randomness: bench.tenant.site.randomness)
        var batch = acts.blank(in: bench.tenant.tenant.currency, at: bench.tenant.now)
        (batch.name, batch.size, batch.span, batch.unit) = ("Plaza", size, hours, .hours)
        (batch.price, batch.download, batch.upload) = (
            Money(minor: 1500, bench.tenant.tenant.currency), Speed(kilobits: 4000), Speed(kilobits: 1000)
        )
        batch.page = "http://wifi.local/login"
        let made = try await acts.make(batch, by: bench.principal, in: bench.tenant.database)
        return (made, try await bench.tenant.database.vouchers(of: made.id).map(\.code))
    }

    private static func show(_ code: String, from device: String, at bench: RadiusBench) async throws
        -> FreeRADIUS.Reply
    {
        try await bench.radius.ask(
            ["User-Name = \"\(code)\"", "User-Password = \"\(code)\"", device], from: bench.source, secret: bench.secret
        )
    }

    @Test func `a card lets in the first device that shows it, for its time, and nobody else`() async throws {
        try await RadiusBench.serving { norte, sur in
            let (batch, codes) = try await Self.make(3, of: norte)
            #expect(
                Set(codes).count == 3 && codes.allSatisfy { $0.count == 8 && $0.allSatisfy(Voucher.letters.contains) })
            let code = codes[0]
            #expect(try await Self.show(code, from: Self.device, at: sur).isRejected)
            // As people type it.
            let first = try await Self.show(code.lowercased(), from: Self.device, at: norte)
            #expect(first.isAccepted && first["Mikrotik-Rate-Limit"] == "1000k/4000k")
            #expect((7100...7200).contains(Int(first["Session-Timeout"] ?? "") ?? 0))
            #expect(try await Self.show(code, from: Self.device, at: norte).isAccepted)
            let second = try await Self.show(code, from: Self.other, at: norte)
            #expect(second.isRejected && second["Mikrotik-Rate-Limit"] == nil)
            #expect(
                try await norte.radius.ask(
                    ["User-Name = \"\(code)\"", "User-Password = \"otra\"", Self.device], from: norte.source,
                    secret: norte.secret
                ).isRejected)
            #expect(try await Set(norte.rejections()) == ["\(code): used", "\(code): password"])
            try norte.change("UPDATE vouchers SET ends_at = now() - interval '1 second' WHERE code = '\(code)'")
            #expect(try await Self.show(code, from: Self.device, at: norte).isRejected)
            let cards = try await norte.tenant.database.vouchers(of: batch.id)
            #expect(cards.map(\.state) == [.over, .fresh, .fresh])
            #expect(cards[0].caller == "02-00-00-00-00-01")
            #expect(try await sur.tenant.database.voucherBatch(batch.id) == nil)
        }
    }

    @Test func `of two devices that show a card at once one gets in`() async throws {
        try await RadiusBench.serving { norte, _ in
            for code in try await Self.make(5, of: norte).codes {
                async let one = Self.show(code, from: Self.device, at: norte)
                async let two = Self.show(code, from: Self.other, at: norte)
                let answers = try await [one.isAccepted, two.isAccepted]
                #expect(answers.filter(\.self).count == 1)
            }
        }
    }

    @Test func `a session ends when the card is void or its time is over`() async throws {
        let nas = NASDouble(.ack)
        defer { nas.close() }
        try await RadiusBench.serving(port: nas.port) { norte, _ in
            nas.share(norte.secret)
            let (batch, codes) = try await Self.make(2, of: norte)
            for (place, code) in codes.enumerated() {
                #expect(try await Self.show(code, from: Self.device, at: norte).isAccepted)
                try await norte.report("Start", "8000000\(place)", code, Self.device)
            }
            try norte.change(
                "UPDATE vouchers SET ends_at = now() - interval '1 second' WHERE code = '\(codes[1])'")
            try norte.change(
                "UPDATE radius_sessions SET due_at = now() - interval '1 second' WHERE login = '\(codes[1])'")
            try await norte.working {
                var voiding = VoucherVoiding()
                (voiding.last, voiding.reason) = (1, "Robada")
                let changed = try await VoucherActs(randomness: norte.tenant.site.randomness).void(
                    voiding, of: batch.id, by: norte.principal, in: norte.tenant.database)
                #expect(changed.voided == 1)
                try await norte.tenant.database.queue(WatchSessions(), at: TimeSource.system.now())
                try await eventually { nas.orders.count >= 2 }
                let ended = nas.orders.compactMap { $0.first(RADIUSPacket.userName)?.value }
                #expect(Set(ended.map { String(decoding: $0, as: UTF8.self) }) == Set(codes))
            }
            #expect(try await Self.show(codes[0], from: Self.device, at: norte).isRejected)
        }
    }

    @Test func `a sale is booked once for the cards that were not sold, and the sheet shows every card's code`()
        async throws
    {
        try await RadiusBench.serving { norte, sur in
            let (batch, codes) = try await Self.make(5, of: norte)
            let acts = VoucherActs(randomness: norte.tenant.site.randomness)
            func sell(_ count: Int, from first: Int = 0) async throws -> VoucherBatch {
                var sale = VoucherSale()
                (sale.count, sale.first, sale.party) = (count, first, "Abarrotes Sol")
                return try await acts.sell(
                    sale, of: batch.id, to: norte.tenant.tenant, by: norte.principal, in: norte.tenant.database
                ).batch
            }
            #expect(try await sell(1, from: 2).sold == 1)
            #expect(try await sell(3).sold == 4)
            await #expect(throws: VoucherRefusal.tooFewToSell) { _ = try await sell(2) }
            await #expect(throws: VoucherRefusal.noneToSell) { _ = try await sell(1, from: 6) }
            let booked: Int? = try await norte.tenant.database.value(
                """
                SELECT -sum(amount)::bigint FROM ledger_postings
                WHERE tenant_id = \(norte.tenant.database.tenant) AND account = 'income' AND name = 'other_vouchers'
                """)
            #expect(booked == 6000)
            await #expect(throws: AccessRefusal.notFound) {
                _ = try await acts.sell(
                    VoucherSale(), of: batch.id, to: sur.tenant.tenant, by: sur.principal, in: sur.tenant.database)
            }
            _ = try await Self.show(codes[4], from: Self.device, at: norte)
            #expect(try await norte.tenant.database.voucherBatch(batch.id)?.usedUnsold == 1)
            for columns in Card.columns {
                let paper = VoucherPaper(
                    batch: batch, vouchers: try await norte.tenant.database.vouchers(of: batch.id), columns: columns,
                    tenant: norte.tenant.tenant, logo: nil)
                let pdf = try await paper.document.pdf(in: .tests, for: norte.tenant.tenant.id.uuid)
                let folder = try TemporaryFolder()
                try folder.write("cards.pdf", pdf)
                let text = try await ChildProcess.run(
                    "/usr/bin/pdftotext", ["-layout", "\(folder.path)/cards.pdf", "-"], input: [],
                    on: Loops.tests.all[0])
                let words = String(decoding: text.output, as: UTF8.self)
                #expect(codes.allSatisfy(words.contains))
            }
        }
    }

    @Test func `cards sold for cash are in the seller's shift, and leave it where the sale is undone`() async throws {
        try await RadiusBench.serving { norte, sur in
            let (batch, codes) = try await Self.make(12, of: norte)
            let tenant = norte.tenant
            let seller = try await Person(tenant, [.vouchersView, .vouchersSell, .cashKeep, .cashView]) {
                routes, randomness in
                VoucherRoutes(acts: VoucherActs(randomness: randomness), files: .tests, sandbox: .tests)
                    .add(to: &routes)
                ShiftRoutes(ShiftActs(randomness: randomness), sandbox: .tests).add(to: &routes)
            }
            let sell = "/panel/vouchers/\(batch.id)/sell"
            let words = "count=3&first=0&account=cash&party="
            // Without a shift it is said beforehand, and the cash is shown as such.
            let asked = try await seller.see("\(sell)?\(words)")
            #expect(asked.status == .ok && asked.text.contains("3 fichas · $45.00"))
            #expect(asked.text.contains("No tiene turno abierto"))
            #expect(try await seller.see(sell).text.contains("1 ficha · $15.00"))
            let sold = try await seller.send(sell, "form=\(try #require(asked.hidden("form")))&\(words)")
            let place = try #require(sold.place)
            let page = try await seller.see(place)
            #expect(page.text.contains("3 fichas · $45.00") && codes.prefix(3).allSatisfy(page.text.contains))
            #expect(!page.text.contains(codes[3]))
            let day = try await seller.see("/panel/cash/day").text
            #expect(day.contains("Efectivo cobrado sin turno") && day.contains("$45.00"))
            let opening = try #require(try await seller.see("/panel/shifts/new").hidden("form"))
            let opened = try await seller.send("/panel/shifts", "form=\(opening)&float=0")
            #expect(opened.status == .seeOther)
            let mine = try await seller.see("/panel/cash").text
            #expect(mine.contains("fichas hotspot"))
            let shift = try #require(
                mine.split(separator: "/panel/shifts/").dropFirst().first?.prefix(36).description)
            _ = try await seller.send("/panel/shifts/\(shift)/payments", "")
            func drawer() async throws -> Int64? {
                try await tenant.database.value(
                    "SELECT sum(amount)::bigint FROM shift_entries WHERE tenant_id = \(tenant.database.tenant)")
            }
            #expect(try await drawer() == 4500)
            // A second sale goes straight into the drawer, and comes out of it again.
            let again = try await seller.see("\(sell)?count=2&first=0&account=cash&party=")
            #expect(!again.text.contains("No tiene turno abierto"))
            let more = try await seller.send(
                sell, "form=\(try #require(again.hidden("form")))&count=2&first=0&account=cash&party=")
            let second = try #require(more.place)
            #expect(try await drawer() == 7500)
            let stranger = try await Person(sur.tenant, [.vouchersView, .vouchersSell]) { routes, randomness in
                VoucherRoutes(acts: VoucherActs(randomness: randomness), files: .tests, sandbox: .tests)
                    .add(to: &routes)
            }
            #expect(try await stranger.see(second).status == .notFound)
            #expect(try await stranger.send("\(second)/undo", "reason=Error").status == .notFound)
            let undone = try await seller.send("\(second)/undo", "reason=Era+otra")
            #expect(undone.status == .seeOther)
            #expect(try await drawer() == 4500)
            #expect(try await seller.see(second).text.contains("Venta deshecha"))
            #expect(try await tenant.database.voucherBatch(batch.id)?.sold == 3)
            // What somebody used stays sold.
            _ = try await Self.show(codes[0], from: Self.device, at: norte)
            #expect(try await seller.send("\(place)/undo", "reason=Error").status == .conflict)
            #expect(try await drawer() == 4500)
        }
    }

    @Test func `what a service moves is counted once a day, however sessions end, wrap and come again`() async throws {
        try await RadiusBench.serving { norte, sur in
            let id = try await norte.serve("ana", "clave-de-ana")
            try await norte.report("Start", "1", "ana")
            for _ in 1...2 {
                try await norte.report(
                    "Interim-Update", "1", "ana", "Acct-Session-Time = 300", "Acct-Input-Octets = 4294967000",
                    "Acct-Output-Octets = 100")
            }
            // Its counter of 32 bits has wrapped.
            try await norte.report(
                "Stop", "1", "ana", "Acct-Session-Time = 600", "Acct-Input-Octets = 4", "Acct-Input-Gigawords = 1",
                "Acct-Output-Octets = 250")
            // A new session begins at nothing.
            try await norte.report(
                "Interim-Update", "2", "ana", "Acct-Session-Time = 10", "Acct-Input-Octets = 6",
                "Acct-Output-Octets = 50")
            let today = norte.tenant.tenant.timeZone.day(at: TimeSource.system.now())
            let days = try await norte.tenant.database.traffic(of: [id], since: today - 1)
            #expect(days.map(\.sent).reduce(0, +) == 4_294_967_306 && days.map(\.received).reduce(0, +) == 300)
            #expect(try await sur.tenant.database.traffic(of: [id], since: today - 1) == [])
        }
    }

    @Test func `an address that nobody used is free after a day, and one in use is not`() async throws {
        try await RadiusBench.serving { norte, sur in
            func claim() async throws -> AccessServer {
                var server = sur.acts.blank(at: sur.tenant.now)
                (server.name, server.address) = ("Ajeno", norte.source)
                return try await sur.acts.add(
                    server, to: sur.tenant.tenant, by: sur.tenant.commandLine, in: sur.tenant.database)
            }
            await #expect(throws: RadiusRefusal.addressTaken) { _ = try await claim() }
            let age =
                "UPDATE radius_peers SET claimed_at = now() - interval '25 hours' WHERE address = '\(norte.source)'"
            try norte.change(age)
            try await norte.report("Start", "1", "nadie")
            await #expect(throws: RadiusRefusal.addressTaken) { _ = try await claim() }
            try norte.change("UPDATE radius_peers SET proven_at = NULL WHERE address = '\(norte.source)'")
            let taken = try await claim()
            #expect(taken.hasAddress)
            let lost = try #require(try await norte.tenant.database.accessServer(norte.server.id))
            #expect(!lost.hasAddress)
        }
    }

    @Test func `its words are whole`() {
        #expect(VoucherWords.problems == [] && VoucherAPIWords.problems == [] && VoucherRefusal.problems == [])
        #expect(Voucher.State.problems == [] && VoucherBatch.Unit.problems == [])
    }
}
