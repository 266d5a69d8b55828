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
}
