import Access
import Declarations
import Events
import HTTP
import Identifiers
import Letters
import Locale
import Postgres
import ShellSupport
import Tenancy
import TenantSupport
import Testing
import Time

@testable import Plans
@testable import Services

@Suite struct PriceRiseTests {
    @Test func `a price rises from its day for those who have the plan's price, and each is told once`() async throws {
        try await ServiceTests.with { fixture, sur in
            let database = fixture.tenant.database
            let (usual, own, other) = (
                try await fixture.sell(), try await fixture.sell(), try await fixture.sell(fixture.better)
            )
            try await fixture.act("price-changes", "price=250", to: own)
            try await database.execute(
                "UPDATE customers SET email = 'eva@example.com' WHERE tenant_id = \(database.tenant)")
            let day = fixture.today + 30
            let form = "plan=\(fixture.basic)&price=350&day=\(day.iso)"
            let path = "/panel/services/price-rise"

            let preview = try await fixture.ana.send("\(path)/new", form)
            #expect(preview.text.contains("1 servicio pasa de $300.00 a $350.00"), "\(preview.text)")
            #expect(preview.text.contains("1 servicio con precio acordado lo conserva."))
            #expect(try await fixture.service(usual).price.minor == 30_000)
            for (wrong, refusal) in [
                ("plan=\(fixture.basic)&price=300&day=\(day.iso)", ServiceRefusal.samePrice),
                ("plan=\(fixture.basic)&price=350&day=\(fixture.today.iso)", .inThePast),
            ] {
                let answer = try await fixture.ana.send(path, wrong)
                #expect(answer.status == refusal.status, "\(wrong)")
                #expect(answer.text.contains(refusal.message.text(for: fixture.tenant.tenant.reader)), "\(wrong)")
            }

            let twice = form + "&form=\(UUID.v7(milliseconds: fixture.tenant.now.milliseconds, from: .system))"
            for _ in 0..<2 { #expect(try await fixture.ana.send(path, twice).status == .seeOther) }
            #expect(try await fixture.service(usual).price.minor == 30_000)
            for (id, price) in [(usual, 35_000), (own, 25_000), (other, 50_000)] {
                #expect(try await database.service(id, on: day)?.price.minor == Int64(price))
            }
            #expect(try await database.plan(fixture.basic)?.price.minor == 35_000)
            let letters = try await database.letters(before: nil, limit: 9)
            #expect(letters.map(\.kind) == ["price_rise"] && letters.first?.about == usual.uuid)
            #expect(try await sur.database.letters(before: nil, limit: 9).isEmpty)
            let events = try await database.events(limit: 9).map(\.kind)
            #expect(events.prefix(3) == ["services.prices_raised", "service.price_changed", "plan.changed"])
        }
    }

    @Test func `a service has the plan's price or an agreed one, whatever the plan's price is by now`() async throws {
        try await ServiceTests.with { fixture, _ in
            let database = fixture.tenant.database
            let (usual, own, back) = (try await fixture.sell(), try await fixture.sell(), try await fixture.sell())
            // Agreed, though the plan comes to cost as much.
            try await fixture.act("price-changes", "price=320", to: own)
            try await fixture.act("price-changes", "price=250", to: back)
            try await fixture.act("price-changes", "price=300", to: back)
            #expect(try await fixture.service(own).isPriceAgreed)
            #expect(try await !fixture.service(back).isPriceAgreed)
            var plan = try #require(try await database.plan(fixture.basic))
            plan.price = Money(minor: 32_000, fixture.tenant.tenant.currency)
            _ = try await #require(try await database.plan(fixture.basic)).change(
                to: plan, by: fixture.tenant.commandLine, in: database)
            func raise(to price: String, from day: Day) async throws {
                let answer = try await fixture.ana.send(
                    "/panel/services/price-rise", "plan=\(fixture.basic)&price=\(price)&day=\(day.iso)")
                #expect(answer.status == .seeOther)
            }
            func prices(on day: Day) async throws -> [Int64?] {
                var prices: [Int64?] = []
                for id in [usual, own, back] { prices.append(try await database.service(id, on: day)?.price.minor) }
                return prices
            }
            let day = fixture.today
            try await raise(to: "350", from: day + 60)
            #expect(try await prices(on: day + 60) == [35_000, 32_000, 35_000])
            // Another rise for an earlier day holds beyond the later one.
            try await raise(to: "400", from: day + 30)
            #expect(try await prices(on: day + 29) == [30_000, 32_000, 30_000])
            #expect(try await prices(on: day + 30) == [40_000, 32_000, 40_000])
            #expect(try await prices(on: day + 60) == [40_000, 32_000, 40_000])
        }
    }
}
