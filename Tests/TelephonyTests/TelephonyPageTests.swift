import Access
import Declarations
import HTTP
import Identifiers
import Locale
import Nouns
import Panel
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import TestSupport
import Testing
import Time

@testable import Telephony

/// Telephony in the panel, and rates as they are pasted.
@Suite struct TelephonyPageTests {
    private func person(_ tenant: TestTenant) async throws -> Person {
        try await Person(tenant, tenant.everything) { routes, randomness in
            TelephonyRoutes(files: .tests, randomness: randomness).add(to: &routes)
        }
    }

    @Test func `a deck is pasted, looked at and taken; a SIP customer and a carrier use it, and a neighbour sees none`()
        async throws
    {
        try await VoiceBench.withVoice { norte, sur in
            let ana = try await person(norte)
            let made = try await ana.send("/panel/voice/decks", "name=Venta&note=")
            #expect(made.status == .seeOther)
            let deck: Deck = try #require(try await norte.database.voices(Deck.self).first)
            let csv = "prefix,destination,price%0A52,M%C3%A9xico,0.12%0A521-523,Celular,0.25,30,6"
            let shown = try await ana.send("\(deck.panelPath)/rates", "csv=\(csv)&act=look")
            #expect(shown.status == .ok && shown.text.contains("0.25") && shown.text.contains("Guardar tarifas"))
            #expect(try await norte.database.latestVoiceRates(of: deck.id, ["52"]).isEmpty)
            let wrong = try await ana.send("\(deck.panelPath)/rates", "csv=\(csv)%0Axx,y,z&act=save")
            #expect(wrong.status == .unprocessableContent)
            #expect(try await ana.send("\(deck.panelPath)/rates", "csv=\(csv)&act=save").status == .seeOther)
            #expect(try await ana.see("\(deck.panelPath)/rates").text.contains("523"))
            // The whole deck anew: one dearer, three ended.
            let next = try await ana.send("\(deck.panelPath)/rates", "csv=52,M%C3%A9xico,0.15&whole=yes&act=look")
            #expect(next.text.contains("0.12") && next.text.contains("0.15"))
            #expect(
                try await ana.send("\(deck.panelPath)/rates", "csv=52,M%C3%A9xico,0.15&whole=yes&act=save").status
                    == .seeOther)
            #expect(try await norte.database.latestVoiceRates(of: deck.id, ["52", "521"]).map(\.price) == [150_000])

            let customer = try await norte.customer("Beto")
            let account =
                "name=Beto&customer=\(customer)&deck=\(deck.id)&addresses=203.0.113.9&payment=prepaid&state=active"
                + "&credit_limit=&pace=5&channels=10&longest=60&margin=0&country=52&national_digits=10&access_code=00"
            #expect(try await ana.send("/panel/voice/accounts", account).status == .seeOther)
            let taken = try await ana.send(
                "/panel/voice/accounts", account.replacing("name=Beto", with: "name=Otro"))
            #expect(taken.status == .conflict && taken.text.contains("otra cuenta"))
            let carrier =
                "name=Mayorista&address=198.51.100.7&port=5060&tech_prefix=&deck=\(deck.id)&priority=10&channels=30"
                + "&state=active"
            #expect(try await ana.send("/panel/voice/carriers", carrier).status == .seeOther)
            let blocked = try await ana.send("/panel/voice/blocks", "prefix=5299&kind=destination&reason=Fraude")
            #expect(blocked.status == .seeOther)
            // What is in use stays.
            #expect(try await ana.send("\(deck.panelPath)/delete").status == .conflict)
            let sold: VoiceAccount = try #require(
                try await norte.database.voices(VoiceAccount.self).first)
            for path in ["accounts", "carriers", "decks", "blocks", "calls", "live", "policy", "accounts/\(sold.id)"] {
                #expect(try await ana.see("/panel/voice/\(path)").status == .ok, "\(path)")
            }

            let stranger = try await person(sur)
            #expect(try await stranger.see(deck.panelPath).status == .notFound)
            #expect(try await stranger.see("\(deck.panelPath)/rates").status == .notFound)
            #expect(try await stranger.see(sold.panelPath).status == .notFound)
            #expect(try await !stranger.see("/panel/voice/carriers").text.contains("Mayorista"))
            let claimed = try await stranger.send(
                "/panel/voice/accounts", account.replacing("\(customer)", with: "\(try await sur.customer("Eva"))"))
            #expect(claimed.status == .unprocessableContent)
        }
    }

    @Test func `a demonstration company has called, is charged for it and is refused without balance`() async throws {
        try await VoiceBench.withVoice { norte, sur in
            for name in ["Beto", "Eva"] { _ = try await norte.customer(name) }
            let rates = Array("52,México,0.12,60,60\n1,Estados Unidos,0.35,60,60".utf8)
            for _ in 0..<2 {
                try await InventedTelephony.fill(
                    rates: rates, of: norte.tenant, by: norte.commandLine, from: norte.site.randomness,
                    in: norte.database)
            }
            let calls = try await norte.database.voiceCalls()
            #expect(calls.count == 412 && Set(calls.map(\.state)) == [.answered, .busy, .cancelled, .failed, .blocked])
            let total = calls.reduce(0) { $0 + $1.amount }
            let accounts = try await norte.database.voices(VoiceAccount.self)
            #expect(total > 0 && accounts.map(\.unposted) == [total, 0])
            let page = try await person(norte).see("/panel/voice/calls?state=answered&account=\(accounts[0].id)")
            #expect(page.text.contains("Estados Unidos") && page.text.contains("Contestada"))
            let file = try await person(norte).see("/panel/voice/calls.csv?state=blocked")
            #expect(file.status == .ok)
            let call = try await person(norte).see("/panel/voice/calls/\(calls[0].id)")
            #expect(call.status == .ok)
            #expect(try await person(sur).see("/panel/voice/calls/\(calls[0].id)").status == .notFound)
        }
    }

    @Test(arguments: [
        ("60/60", "1,x,0.012,60,60", 61, 24_000), ("6/6", "1,x,0.06,6,6", 7, 12_000),
        ("1/1", "1,x,0.06,1,1", 59, 59_000), ("30/6 with a fee", "1,x,0.6,30,6,0.5", 31, 860_000),
    ])
    func `seconds are billed by the minimum and the increment`(
        _ name: String, _ rate: String, _ seconds: Int, _ amount: Int64
    ) async throws {
        let sheet = RateSheet(rate, at: Instant(seconds: 0), in: .utc)
        let line = try #require(sheet.lines.first)
        try await VoiceBench.withVoice { norte, _ in
            let micros: Int64? = try await norte.database.value(
                """
                SELECT voice_amount(
                    \(line.price), \(line.fee), \(Int32(line.minimum)), \(Int32(line.increment)), \(Int32(seconds)))
                """)
            #expect(micros == amount)
        }
    }

    @Test func `amounts are read and written to the millionth, and what is none is refused`() {
        #expect(Micros.read("0.000001") == 1 && Micros.read("0,012") == 12_000 && Micros.read("1000") == 1_000_000_000)
        for text in ["", "-1", "1e9", "1000.1", "0.0000001", "1.2.3", "99999999999999999999", "٣"] {
            #expect(Micros.read(text) == nil, "\(text)")
        }
        #expect(Micros.text(12_000) == "0.012" && Micros.text(1_500_000) == "1.50" && Micros.text(-1) == "-0.000001")
        let sheet = RateSheet(
            "521-529;Móvil;0,2\n99999-1;x;1\n00-09;x;1;0\n" + String(repeating: "9", count: 40) + ";x;1",
            at: Instant(seconds: 0), in: .utc)
        #expect(sheet.lines.count == 9 && sheet.unreadable == [2, 3, 4])
    }

    @Test func `the room's words are whole in every language`() {
        #expect(TelephonyWords.problems == [] && TelephonyAPIWords.problems == [])
        #expect(TelephonyRefusal.problems == [] && FraudRule.problems == [] && VoiceCall.Reason.problems == [])
        #expect((VoiceAccount.fields.flatMap(\.problems) + Carrier.fields.flatMap(\.problems)) == [])
        #expect((VoiceBlock.fields.flatMap(\.problems) + VoicePolicy.fields.flatMap(\.problems)) == [])
    }
}
